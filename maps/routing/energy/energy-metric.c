/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/energy-metric.h"

#include "maps/routing/energy/potentials.h"

#include <math.h>

/* A link never costs less than recuperation gives for its fall, so recuperation x mass x gravity x
 * height is a potential that fits but for rounding (Sachenbacher and others 2011, "Efficient
 * energy-optimal routing for electric vehicles", use such heights); volant_potentials_find() mends
 * that milliwatt-hour. */

static int32_t *
link_energies (const VolantEnergyConditions *conditions, const VolantRoads *roads,
               const VolantMetric *time)
{
  int32_t *mwh = g_new (int32_t, time->n_links + 1);

  for (uint32_t link = 0; link < time->n_links; link++)
    mwh[link] = time->link_costs[link] == VOLANT_COST_NEVER
                  ? (int32_t) VOLANT_COST_NEVER
                  : volant_energy_link_mwh (conditions, roads, link, time->link_costs[link]);
  return mwh;
}

static int32_t *
height_potentials (const VolantEnergyConditions *conditions, const VolantRoads *roads)
{
  int32_t *potentials = g_new0 (int32_t, roads->n_junctions + 1);
  double mwh_per_dm = volant_energy_height_mwh_per_m (conditions) / 10.0;

  for (uint32_t s = 0; roads->elevations_dm != NULL && s < roads->n_segments; s++)
    {
      const VolantSegment *segment = &roads->segments[s];
      const int16_t *heights_dm = roads->elevations_dm + segment->first_point;

      potentials[segment->from_node] = (int32_t) lrint (mwh_per_dm * heights_dm[0]);
      potentials[segment->to_node] =
        (int32_t) lrint (mwh_per_dm * heights_dm[segment->n_points - 1]);
    }
  return potentials;
}

static void
fill_turns (VolantEnergyCosts *self, const VolantRoads *roads, const VolantTurns *turns)
{
  for (uint32_t state = 0; state < turns->n_states; state++)
    for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
      {
        uint32_t from = volant_turns_state_link (turns, state);
        uint32_t to = volant_turns_state_link (turns, turns->heads[arc]);

        self->energy->turn_costs[arc] =
          self->time->turn_costs[arc] == VOLANT_COST_NEVER
            ? VOLANT_COST_NEVER
            : volant_energy_turn_mwh (&self->conditions, roads, turns, from, to,
                                      self->time->link_costs[from], self->time->link_costs[to]);
      }
}

VolantEnergyCosts *
volant_energy_costs_new (const VolantRoads *roads, const VolantTurns *turns, VolantMetric *time,
                         const VolantEnergyConditions *conditions, GError **error)
{
  g_autoptr (VolantEnergyCosts) self = g_new0 (VolantEnergyCosts, 1);
  g_autofree int32_t *links_mwh = NULL;
  g_autofree int32_t *guess = NULL;

  g_return_val_if_fail (time->mode == conditions->vehicle->mode, NULL);

  if (!volant_energy_check (conditions, error))
    return NULL;
  self->conditions = *conditions;
  self->time = volant_metric_ref (time);
  self->energy = volant_metric_new (roads, turns, time->mode, VOLANT_COST_ENERGY);
  links_mwh = link_energies (conditions, roads, time);
  guess = height_potentials (conditions, roads);
  if (!volant_metric_reduce (self->energy, roads, links_mwh, guess, error))
    return NULL;
  fill_turns (self, roads, turns);
  self->start_mwh = g_new0 (uint32_t, turns->n_links + 1);
  for (uint32_t link = 0; link < turns->n_links; link++)
    if (time->link_costs[link] < VOLANT_COST_NEVER)
      self->start_mwh[link] =
        volant_energy_start_mwh (conditions, roads, link, time->link_costs[link]);
  return g_steal_pointer (&self);
}

void
volant_energy_costs_free (VolantEnergyCosts *self)
{
  if (self == NULL)
    return;
  volant_metric_unref (self->time);
  volant_metric_unref (self->energy);
  g_free (self->start_mwh);
  g_free (self);
}

int64_t
volant_energy_costs_part_mwh (const VolantEnergyCosts *self, const VolantRoads *roads,
                              uint32_t link, uint32_t at_mm)
{
  return volant_metric_get_signed (self->energy, roads, link) * at_mm /
         roads->segments[volant_link_segment (link)].length_mm;
}
