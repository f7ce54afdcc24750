/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/reach/way-tree.h"

#include "maps/routing/profile.h"
#include "maps/routing/traffic/escape.h"

/* An arc lies on a cheapest way where the cost at its head is that at its tail and its own. All
 * that was reached hangs together by such arcs, so any walk along them, each state taken once,
 * visits every state behind the one before it on a cheapest way; arcs that cost nothing do no
 * harm. */

VolantWayTree *
volant_way_tree_new (const VolantTurns *turns)
{
  VolantWayTree *self = g_new0 (VolantWayTree, 1);

  self->values = g_new (int64_t, turns->n_states + 1);
  self->peaks = g_new (int64_t, turns->n_states + 1);
  self->lengths_mm = g_new (uint32_t, turns->n_states + 1);
  return self;
}

void
volant_way_tree_free (VolantWayTree *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self->peaks);
  g_free (self->lengths_mm);
  g_free (self);
}

int64_t
volant_way_link_value (const VolantRoads *roads, const VolantMetric *metric, uint32_t link)
{
  int64_t value = volant_metric_cost_on (metric, link);

  if (metric->potentials != NULL)
    value += (int64_t) metric->potentials[volant_roads_link_to (roads, link)] -
             metric->potentials[volant_roads_link_from (roads, link)];
  return value;
}

/* Entries only steer the search. */
static int64_t
turn_value (const VolantRoads *roads, const VolantMetric *metric, uint32_t arc, uint32_t from_link,
            uint32_t to_link)
{
  int64_t value = metric->turn_costs[arc];

  if (metric->cost == VOLANT_COST_TIME || metric->cost == VOLANT_COST_FREE_TIME)
    value -= volant_profile_entry_ms (roads, metric->mode, from_link, to_link);
  return value;
}

static void
take (VolantWayTree *self, GArray *open, uint32_t state, int64_t value, int64_t peak,
      uint64_t length_mm)
{
  self->values[state] = value;
  self->peaks[state] = MAX (value, peak);
  self->lengths_mm[state] = (uint32_t) MIN (length_mm, UINT32_MAX);
  g_array_append_val (open, state);
}

static void
go_on (VolantWayTree *self, const VolantRoads *roads, const VolantTurns *turns,
       const VolantMetric *metric, const uint32_t *costs, uint32_t state, GArray *open)
{
  uint32_t link = volant_turns_state_link (turns, state);
  uint32_t end_cost = volant_cost_add (costs[state], metric->link_costs[link]);
  int64_t end_value = self->values[state] + volant_way_link_value (roads, metric, link);
  uint64_t length_mm =
    (uint64_t) self->lengths_mm[state] + roads->segments[volant_link_segment (link)].length_mm;

  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    {
      uint32_t head = turns->heads[arc];
      uint32_t to_link = volant_turns_state_link (turns, head);

      if (self->values[head] == VOLANT_VALUE_NEVER && costs[head] < VOLANT_COST_NEVER &&
          volant_cost_add (end_cost, metric->turn_costs[arc]) == costs[head])
        take (self, open, head, end_value + turn_value (roads, metric, arc, link, to_link),
              self->peaks[state], length_mm);
    }
}

void
volant_way_tree_fill (VolantWayTree *self, const VolantRoads *roads, const VolantTurns *turns,
                      const VolantMetric *metric, const VolantWaySeed *seeds, unsigned n_seeds,
                      const uint32_t *costs)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (uint32_t state = 0; state < turns->n_states; state++)
    {
      self->values[state] = self->peaks[state] = VOLANT_VALUE_NEVER;
      self->lengths_mm[state] = 0;
    }
  for (unsigned i = 0; i < n_seeds; i++)
    if (seeds[i].cost < VOLANT_COST_NEVER && costs[seeds[i].state] == seeds[i].cost &&
        self->values[seeds[i].state] == VOLANT_VALUE_NEVER)
      take (self, open, seeds[i].state, seeds[i].value, 0, seeds[i].length_mm);
  while (open->len > 0)
    {
      uint32_t state = g_array_index (open, uint32_t, open->len - 1);

      g_array_set_size (open, open->len - 1);
      go_on (self, roads, turns, metric, costs, state, open);
    }
}

/* Out of streets that traffic closes a car may drive; what that takes is told as the search counts
 * it, the length as that of its first street. */
static void
add_escapes (GArray *seeds, const VolantTurns *turns, const VolantMetric *metric, uint32_t link,
             const VolantWaySeed *left)
{
  g_autoptr (GArray) escapes = g_array_new (FALSE, FALSE, sizeof (VolantSeed));

  volant_escape_add_seeds (turns, metric, link, left->cost, escapes);
  for (unsigned i = 0; i < escapes->len; i++)
    {
      const VolantSeed *escape = &g_array_index (escapes, VolantSeed, i);
      VolantWaySeed seed = { escape->state, escape->ms,
                             left->value + escape->ms - left->cost, left->length_mm };

      g_array_append_val (seeds, seed);
    }
}

/* What is left of a spot's link; a penalty for the heading only steers, one of energy is paid. */
static VolantWaySeed
left_of (const VolantRoads *roads, const VolantMetric *metric, const VolantSpot *spot)
{
  uint32_t length_mm = roads->segments[volant_link_segment (spot->link)].length_mm;
  uint32_t link_cost = volant_metric_cost_on (metric, spot->link);
  uint32_t cost = link_cost < VOLANT_COST_NEVER ? link_cost - MIN (spot->at_cost, link_cost)
                                                : VOLANT_COST_NEVER;
  int64_t value = volant_way_link_value (roads, metric, spot->link);

  value -= value * spot->at_mm / length_mm;
  if (metric->cost == VOLANT_COST_ENERGY)
    value += spot->penalty;
  return (VolantWaySeed) { spot->link, volant_cost_add (cost, spot->penalty), value,
                           length_mm - spot->at_mm };
}

void
volant_way_seeds_add (GArray *seeds, const VolantRoads *roads, const VolantTurns *turns,
                      const VolantMetric *metric, const VolantEnd *end)
{
  for (unsigned i = 0; i < end->n_spots; i++)
    {
      uint32_t link = end->spots[i].link;
      VolantWaySeed left = left_of (roads, metric, &end->spots[i]);

      if (volant_metric_is_closed (metric, link))
        {
          add_escapes (seeds, turns, metric, link, &left);
          continue;
        }
      for (uint32_t arc = turns->first_arc[link]; arc < turns->first_arc[link + 1]; arc++)
        {
          uint32_t to_link = volant_turns_state_link (turns, turns->heads[arc]);
          VolantWaySeed seed = left;

          seed.state = turns->heads[arc];
          seed.cost = volant_cost_add (left.cost, metric->turn_costs[arc]);
          seed.value += turn_value (roads, metric, arc, link, to_link);
          if (seed.cost < VOLANT_COST_NEVER)
            g_array_append_val (seeds, seed);
        }
    }
}
