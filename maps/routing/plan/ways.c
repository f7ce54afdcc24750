/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/ways.h"

#include "maps/routing/traffic/escape.h"

/* End after end, the least cost to each of its spots is kept, and how it was come by (Bellman's
 * dynamic programme, with two states a stage). */

/* How one came to a spot. */
typedef struct {
  uint32_t cost;    /* VOLANT_COST_NEVER where one does not */
  uint32_t state;   /* of the spot's link */
  unsigned before;  /* spot of the end before */
  GArray *states;   /* after the state before; empty where the way stays on its link */
} Arrival;

typedef struct {
  VolantFinder *finder;
  const VolantTurns *turns;
  const VolantMetric *metric;
  const VolantEnd *ends;
  unsigned n_ends;
  GArray *seeds;
  GArray *goals;
  Arrival arrivals[VOLANT_WAYS_MOST_ENDS][2];
} Ways;

/* Seeds of what leaves a spot, from a state of its link that was come to at a cost. */
static void
add_seeds_of (const VolantTurns *turns, const VolantMetric *metric, const VolantSpot *spot,
              uint32_t state, uint32_t cost, GArray *seeds)
{
  uint32_t link_cost = volant_metric_cost_on (metric, spot->link);
  uint32_t left = link_cost < VOLANT_COST_NEVER ? link_cost - MIN (spot->at_cost, link_cost)
                                                : VOLANT_COST_NEVER;

  cost = volant_cost_add (cost, left);
  if (volant_metric_is_closed (metric, spot->link))
    {
      volant_escape_add_seeds (turns, metric, state, cost, seeds);
      return;
    }
  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    {
      VolantSeed seed = { turns->heads[arc], volant_cost_add (cost, metric->turn_costs[arc]) };

      g_array_append_val (seeds, seed);
    }
}

void
volant_ways_add_seeds (const VolantTurns *turns, const VolantMetric *metric, const VolantEnd *end,
                       GArray *seeds, unsigned *first)
{
  for (unsigned i = 0; i < end->n_spots; i++)
    {
      if (first != NULL)
        first[i] = seeds->len;
      add_seeds_of (turns, metric, &end->spots[i], end->spots[i].link, end->spots[i].penalty,
                    seeds);
    }
  if (first != NULL)
    first[end->n_spots] = seeds->len;
}

void
volant_ways_add_goals (const VolantEnd *end, GArray *goals)
{
  for (unsigned i = 0; i < end->n_spots; i++)
    g_array_append_vals (goals, &(VolantGoal) { end->spots[i].link, end->spots[i].at_cost }, 1);
}

/* The way that stays on one link. */
static void
arrive_directly (Ways *self, unsigned to, unsigned spot)
{
  const VolantSpot *there = &self->ends[to].spots[spot];
  Arrival *arrival = &self->arrivals[to][spot];

  for (unsigned i = 0; i < self->ends[to - 1].n_spots; i++)
    {
      const VolantSpot *here = &self->ends[to - 1].spots[i];
      const Arrival *before = &self->arrivals[to - 1][i];
      uint32_t cost;

      if (here->link != there->link || there->at_mm < here->at_mm ||
          self->metric->link_costs[here->link] == VOLANT_COST_NEVER)
        continue;
      cost = volant_cost_add (before->cost, there->at_cost - here->at_cost);
      if (cost > arrival->cost || (cost == arrival->cost && arrival->states->len == 0))
        continue;
      g_array_set_size (arrival->states, 0);
      arrival->cost = cost;
      arrival->state = before->state;
      arrival->before = i;
    }
}

/* The way by the search to the best of some spots of an end. */
static void
arrive_by_search (Ways *self, unsigned to, unsigned first_spot, unsigned n_spots)
{
  const VolantEnd *from = &self->ends[to - 1];
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  unsigned first_seed[3] = { 0 };
  VolantSearchResult result;
  uint32_t seed = 0;
  Arrival *arrival;

  g_array_set_size (self->seeds, 0);
  g_array_set_size (self->goals, 0);
  for (unsigned i = 0; i < from->n_spots; i++)
    {
      const Arrival *before = &self->arrivals[to - 1][i];

      first_seed[i] = self->seeds->len;
      add_seeds_of (self->turns, self->metric, &from->spots[i], before->state, before->cost,
                    self->seeds);
    }
  first_seed[from->n_spots] = self->seeds->len;
  for (unsigned i = first_spot; i < first_spot + n_spots; i++)
    g_array_append_vals (self->goals,
                         &(VolantGoal) { self->ends[to].spots[i].link,
                                         self->ends[to].spots[i].at_cost }, 1);
  result = volant_finder_run (self->finder, self->metric, (VolantSeed *) self->seeds->data,
                              self->seeds->len, (VolantGoal *) self->goals->data,
                              self->goals->len, states, &seed);
  if (result.ms == VOLANT_COST_NEVER)
    return;
  arrival = &self->arrivals[to][first_spot + result.goal];
  arrival->cost = result.ms;
  arrival->state = g_array_index (states, uint32_t, states->len - 1);
  for (arrival->before = 0; seed >= first_seed[arrival->before + 1];)
    arrival->before++;
  if (volant_metric_is_closed (self->metric, from->spots[arrival->before].link))
    volant_escape_prepend (self->turns, self->metric,
                           self->arrivals[to - 1][arrival->before].state,
                           seed - first_seed[arrival->before], states);
  g_clear_pointer (&arrival->states, g_array_unref);
  arrival->states = g_steal_pointer (&states);
}

/* In a street that is driven in and out again, a stop is made on the way in: of two ways that cost
 * the same in the end, the one that comes to it later shall lose. */
static void
favour_first (Arrival arrivals[2])
{
  Arrival *later = &arrivals[arrivals[1].cost > arrivals[0].cost];

  if (arrivals[0].cost != arrivals[1].cost)
    later->cost = volant_cost_add (later->cost, 1);
}

/* Whether any spot of an end is come to. */
static bool
arrive (Ways *self, unsigned to)
{
  const VolantEnd *end = &self->ends[to];
  bool is_last = to + 1 == self->n_ends, arrives = false;

  /* where nothing comes after, only the cheapest spot matters */
  if (is_last)
    arrive_by_search (self, to, 0, end->n_spots);
  for (unsigned i = 0; i < end->n_spots; i++)
    {
      if (!is_last)
        arrive_by_search (self, to, i, 1);
      arrive_directly (self, to, i);
      arrives |= self->arrivals[to][i].cost < VOLANT_COST_NEVER;
    }
  if (!is_last)
    favour_first (self->arrivals[to]);
  return arrives;
}

/* Reads the chosen arrivals from the first end on. */
static void
write_way (const Ways *self, const unsigned *chosen, VolantWay *way)
{
  const VolantSpot *first = &self->ends[0].spots[chosen[0]];
  unsigned last = self->n_ends - 1;

  *way = (VolantWay) { .links = g_array_new (FALSE, FALSE, sizeof (uint32_t)),
                       .begin_mm = first->at_mm,
                       .end_mm = self->ends[last].spots[chosen[last]].at_mm };
  if (last > 1)
    way->stops = g_array_new (FALSE, FALSE, sizeof (VolantWayStop));
  g_array_append_val (way->links, first->link);
  for (unsigned i = 1; i <= last; i++)
    {
      const GArray *states = self->arrivals[i][chosen[i]].states;

      for (unsigned k = 0; k < states->len; k++)
        {
          uint32_t link = volant_turns_state_link (self->turns,
                                                   g_array_index (states, uint32_t, k));

          g_array_append_val (way->links, link);
        }
      if (i < last)
        {
          VolantWayStop stop = { way->links->len - 1, self->ends[i].spots[chosen[i]].at_mm };

          g_array_append_val (way->stops, stop);
        }
    }
}

static void
choose (Ways *self, VolantWay *way, uint32_t *cost)
{
  unsigned chosen[VOLANT_WAYS_MOST_ENDS];
  unsigned last = self->n_ends - 1;

  chosen[last] = self->ends[last].n_spots > 1 &&
                 self->arrivals[last][1].cost < self->arrivals[last][0].cost;
  *cost = self->arrivals[last][chosen[last]].cost;
  for (unsigned i = last; i > 0; i--)
    chosen[i - 1] = self->arrivals[i][chosen[i]].before;
  write_way (self, chosen, way);
}

bool
volant_ways_find (VolantFinder *finder, const VolantTurns *turns, const VolantMetric *metric,
                  const VolantEnd *ends, unsigned n_ends, VolantWay *way, uint32_t *cost,
                  unsigned *failed)
{
  Ways self = { .finder = finder, .turns = turns, .metric = metric, .ends = ends,
                .n_ends = n_ends };
  unsigned reached = 1;

  g_return_val_if_fail (n_ends >= 2 && n_ends <= VOLANT_WAYS_MOST_ENDS, false);

  self.seeds = g_array_new (FALSE, FALSE, sizeof (VolantSeed));
  self.goals = g_array_new (FALSE, FALSE, sizeof (VolantGoal));
  for (unsigned i = 0; i < n_ends; i++)
    for (unsigned k = 0; k < 2; k++)
      self.arrivals[i][k] =
        (Arrival) { .cost = VOLANT_COST_NEVER,
                    .states = g_array_new (FALSE, FALSE, sizeof (uint32_t)) };
  for (unsigned k = 0; k < ends[0].n_spots; k++)
    {
      self.arrivals[0][k].cost = ends[0].spots[k].penalty;
      self.arrivals[0][k].state = ends[0].spots[k].link;
    }
  while (reached < n_ends && arrive (&self, reached))
    reached++;
  if (reached == n_ends)
    choose (&self, way, cost);
  else if (failed != NULL)
    *failed = reached;
  for (unsigned i = 0; i < n_ends; i++)
    for (unsigned k = 0; k < 2; k++)
      g_array_unref (self.arrivals[i][k].states);
  g_array_unref (self.seeds);
  g_array_unref (self.goals);
  return reached == n_ends;
}
