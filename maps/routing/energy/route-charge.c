/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/route-charge.h"

#include <math.h>

/* The battery is followed link by link, as the energy metric counts them: a link that rises and
 * falls counts by what it takes in all, and a part of one by its share of the length. */

typedef struct {
  const VolantRoute *route;
  const VolantRoads *roads;
  const VolantTurns *turns;
  const VolantMetric *clock;
  const VolantEnergyConditions *conditions;
  VolantRouteCharge *charge;
  int64_t now_mwh;
  unsigned n_charged;
} Drive;

static uint32_t
link_of (const Drive *drive, uint32_t step)
{
  return drive->route->steps[step].link;
}

static uint32_t
link_ms (const Drive *drive, uint32_t step)
{
  return volant_metric_cost_on (drive->clock, link_of (drive, step));
}

static void
use (Drive *drive, int64_t mwh)
{
  VolantRouteCharge *charge = drive->charge;
  int64_t left_mwh = drive->now_mwh - mwh;

  charge->used_mwh += mwh;
  if (left_mwh > charge->full_mwh)
    {
      charge->lost_mwh += left_mwh - charge->full_mwh;
      charge->used_mwh += left_mwh - charge->full_mwh;
      left_mwh = charge->full_mwh;
    }
  drive->now_mwh = left_mwh;
}

static void
set_off (Drive *drive, uint32_t step)
{
  use (drive, volant_energy_start_mwh (drive->conditions, drive->roads, link_of (drive, step),
                                       link_ms (drive, step)));
}

static int64_t
part_mwh (const Drive *drive, uint32_t step, uint32_t length_mm)
{
  uint32_t link = link_of (drive, step);
  int64_t mwh = volant_energy_link_mwh (drive->conditions, drive->roads, link,
                                        link_ms (drive, step));

  return mwh * length_mm / drive->roads->segments[volant_link_segment (link)].length_mm;
}

static void
plug_in (Drive *drive, uint32_t step)
{
  VolantRouteCharge *charge = drive->charge;
  VolantRouteCharging *charging = &charge->chargings[drive->n_charged++];

  charging->arrival_mwh = drive->now_mwh;
  charging->departure_mwh = MIN (MAX (charging->departure_mwh, drive->now_mwh), charge->full_mwh);
  charge->lowest_mwh = MIN (charge->lowest_mwh, drive->now_mwh);
  charge->time_ms = (uint32_t) MIN ((uint64_t) charge->time_ms + charging->charging_ms +
                                      charging->stop_ms,
                                    VOLANT_TIME_NEVER_MS);
  drive->now_mwh = charging->departure_mwh;
  set_off (drive, step);
}

/* Along a step, with the stops on it, and into the next. */
static void
drive_step (Drive *drive, uint32_t step)
{
  const VolantRoute *route = drive->route;
  bool is_last = step + 1 == route->n_steps;
  uint32_t at_mm = route->steps[step].at_mm;
  uint32_t end_mm = is_last ? route->length_mm : route->steps[step + 1].at_mm;
  int64_t mwh;

  while (drive->n_charged < drive->charge->n_chargings &&
         drive->charge->chargings[drive->n_charged].step == step)
    {
      uint32_t stop_mm = route->stops[drive->n_charged].at_mm;

      use (drive, part_mwh (drive, step, stop_mm - at_mm));
      at_mm = stop_mm;
      plug_in (drive, step);
    }
  mwh = part_mwh (drive, step, end_mm - at_mm);
  if (!is_last)
    mwh += volant_energy_turn_mwh (drive->conditions, drive->roads, drive->turns,
                                   link_of (drive, step), link_of (drive, step + 1),
                                   link_ms (drive, step), link_ms (drive, step + 1));
  use (drive, mwh);
}

static void
mark (Drive *drive, uint32_t step)
{
  VolantRouteCharge *charge = drive->charge;

  charge->steps_mwh[step] = drive->now_mwh;
  charge->lowest_mwh = MIN (charge->lowest_mwh, drive->now_mwh);
}

VolantRouteCharge *
volant_route_charge_new (const VolantRoute *route, const VolantRoads *roads,
                         const VolantTurns *turns, const VolantMetric *clock,
                         const VolantEnergyConditions *conditions, const VolantChargeLevels *levels,
                         const VolantRouteCharging *chargings, unsigned n_chargings)
{
  VolantRouteCharge *self = g_new0 (VolantRouteCharge, 1);
  double full_mwh = conditions->vehicle->battery_wh * 1000.0;
  Drive drive = { route, roads, turns, clock, conditions, self };

  self->vehicle = conditions->vehicle->name;
  self->full_mwh = llrint (full_mwh);
  self->reserve_mwh = llrint (full_mwh * levels->reserve_share);
  self->start_mwh = self->lowest_mwh = drive.now_mwh = llrint (full_mwh * levels->start_share);
  self->n_steps = route->n_steps;
  self->steps_mwh = g_new0 (int64_t, route->n_steps + 1);
  self->n_chargings = MIN (n_chargings, route->n_stops);
  self->chargings = g_new0 (VolantRouteCharging, self->n_chargings + 1);
  for (unsigned i = 0; i < self->n_chargings; i++)
    {
      self->chargings[i] = chargings[i];
      self->chargings[i].name = g_strdup (chargings[i].name != NULL ? chargings[i].name : "");
    }
  self->time_ms = route->time_ms;
  if (route->length_mm > 0)
    set_off (&drive, 0);
  for (uint32_t step = 0; step < route->n_steps; step++)
    {
      mark (&drive, step);
      drive_step (&drive, step);
    }
  mark (&drive, route->n_steps);
  self->arrival_mwh = drive.now_mwh;
  return self;
}

VolantRouteCharge *
volant_route_charge_copy (const VolantRouteCharge *charge)
{
  VolantRouteCharge *copy = g_memdup2 (charge, sizeof *charge);

  copy->steps_mwh = g_memdup2 (charge->steps_mwh,
                               ((size_t) charge->n_steps + 1) * sizeof *charge->steps_mwh);
  copy->chargings = g_memdup2 (charge->chargings,
                               charge->n_chargings * sizeof *charge->chargings);
  return copy;
}

void
volant_route_charge_free (VolantRouteCharge *self)
{
  if (self == NULL)
    return;
  for (unsigned i = 0; i < self->n_chargings; i++)
    g_free (self->chargings[i].name);
  g_free (self->steps_mwh);
  g_free (self->chargings);
  g_free (self);
}

int64_t
volant_route_charge_on_arrival (const VolantRouteCharge *self, const VolantRoute *route,
                                uint32_t travelled_mm, int64_t now_mwh)
{
  uint32_t step = 0, begin_mm, end_mm;
  int64_t here_mwh;

  if (route->n_steps == 0 || travelled_mm >= route->length_mm)
    return now_mwh;
  while (step + 1 < route->n_steps && route->steps[step + 1].at_mm <= travelled_mm)
    step++;
  begin_mm = route->steps[step].at_mm;
  end_mm = step + 1 < route->n_steps ? route->steps[step + 1].at_mm : route->length_mm;
  here_mwh = self->steps_mwh[step];
  if (end_mm > begin_mm)
    here_mwh += (self->steps_mwh[step + 1] - here_mwh) * (int64_t) (travelled_mm - begin_mm) /
                (end_mm - begin_mm);
  return MIN (now_mwh - (here_mwh - self->arrival_mwh), self->full_mwh);
}

bool
volant_route_charge_keeps_reserve (const VolantRouteCharge *self)
{
  return self->lowest_mwh >= self->reserve_mwh;
}

double
volant_route_charge_percent (const VolantRouteCharge *self, int64_t mwh)
{
  return 100.0 * (double) mwh / (double) self->full_mwh;
}
