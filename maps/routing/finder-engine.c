/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/finder-core.h"

#include <stdlib.h>

/* Seeds and goals are a few nodes each: the labels of all of them make a small table, of which the
 * best pair is the answer. */

/* Seeds of a table that are looked up together: more would not stay in the cache. */
#define TABLE_SEEDS 256

static int
compare_copies (const void *a, const void *b)
{
  uint64_t x = *(const uint64_t *) a, y = *(const uint64_t *) b;

  return (x > y) - (x < y);
}

static void
prepare (VolantFinder *self)
{
  const VolantTurns *turns = self->turns;
  uint32_t n_copies = turns->n_states - turns->n_links;

  if (self->query != NULL)
    return;
  self->query = volant_query_new (self->topology);
  self->from = volant_labels_new (self->topology, VOLANT_LABELS_FROM);
  self->to = volant_labels_new (self->topology, VOLANT_LABELS_TO);
  self->sources = g_array_new (FALSE, FALSE, sizeof (VolantFinderEnd));
  self->targets = g_array_new (FALSE, FALSE, sizeof (VolantFinderEnd));
  self->nodes = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->costs = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->copies = g_new (uint64_t, n_copies + 1);
  for (uint32_t i = 0; i < n_copies; i++)
    self->copies[i] = (uint64_t) turns->copy_links[i] << 32 | (turns->n_links + i);
  if (n_copies > 0)
    qsort (self->copies, n_copies, sizeof (uint64_t), compare_copies);
}

static void
add_place (GArray *places, uint32_t state, uint32_t ms, uint32_t index)
{
  VolantFinderEnd place = { state, ms, index };

  if (ms < VOLANT_COST_NEVER)
    g_array_append_val (places, place);
}

/* A goal on a link is reached in any of its states. */
static void
add_goal (const VolantFinder *self, GArray *places, const VolantGoal *goal, uint32_t index)
{
  uint32_t low = 0, high = self->turns->n_states - self->turns->n_links;
  uint32_t n_copies = high;

  add_place (places, goal->link, goal->ms, index);
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->copies[middle] >> 32 < goal->link)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < n_copies && self->copies[low] >> 32 == goal->link; low++)
    add_place (places, (uint32_t) self->copies[low], goal->ms, index);
}

static void
set_labels (VolantFinder *self, VolantLabels *labels, const VolantWeights *weights,
            const VolantFinderEnd *places, uint32_t n)
{
  g_array_set_size (self->nodes, n);
  for (uint32_t i = 0; i < n; i++)
    g_array_index (self->nodes, uint32_t, i) = places[i].state;
  volant_labels_set (labels, weights, (uint32_t *) self->nodes->data, n);
}

/* The best pair of a source and a target; false where there is no way. */
static bool
find_best (VolantFinder *self, const VolantWeights *weights, VolantFinderEnd *source,
           VolantFinderEnd *target, uint32_t *cost)
{
  const VolantFinderEnd *sources = (const VolantFinderEnd *) self->sources->data;
  const VolantFinderEnd *targets = (const VolantFinderEnd *) self->targets->data;
  uint32_t n_sources = self->sources->len, n_targets = self->targets->len;
  uint32_t n = n_sources * n_targets;

  *cost = VOLANT_COST_NEVER;
  g_array_set_size (self->costs, n);
  if (n == 1)
    g_array_index (self->costs, uint32_t, 0) =
      volant_query_cost (self->query, weights, sources[0].state, targets[0].state);
  else if (n > 0)
    {
      set_labels (self, self->from, weights, sources, n_sources);
      set_labels (self, self->to, weights, targets, n_targets);
      volant_labels_table (self->from, self->to, (uint32_t *) self->costs->data);
    }
  for (uint32_t i = 0; i < n; i++)
    {
      const VolantFinderEnd *a = &sources[i / n_targets], *b = &targets[i % n_targets];
      uint32_t way = volant_cost_add (a->ms, g_array_index (self->costs, uint32_t, i));

      way = volant_cost_add (way, b->ms);
      if (way >= *cost)
        continue;
      *cost = way;
      *source = *a;
      *target = *b;
    }
  return *cost < VOLANT_COST_NEVER;
}

VolantSearchResult
volant_finder_engine_run (VolantFinder *self, const VolantWeights *weights,
                          const VolantSeed *seeds, unsigned n_seeds, const VolantGoal *goals,
                          unsigned n_goals, GArray *states, uint32_t *seed)
{
  VolantFinderEnd source = { 0 }, target = { 0 };
  uint32_t cost;

  prepare (self);
  g_array_set_size (self->sources, 0);
  g_array_set_size (self->targets, 0);
  for (unsigned i = 0; i < n_seeds; i++)
    add_place (self->sources, seeds[i].state, seeds[i].ms, i);
  for (unsigned i = 0; i < n_goals; i++)
    add_goal (self, self->targets, &goals[i], i);
  if (states != NULL)
    g_array_set_size (states, 0);
  if (find_best (self, weights, &source, &target, &cost) && states != NULL)
    volant_query_path (self->query, weights, source.state, target.state, states);
  if (seed != NULL)
    *seed = source.index;
  return (VolantSearchResult) { cost, target.index, target.state };
}

static void
reach (VolantFinder *self, const VolantWeights *weights, bool back, uint32_t limit,
       uint32_t *reached)
{
  const VolantFinderEnd *places = (const VolantFinderEnd *) self->sources->data;
  uint32_t n = self->sources->len, *nodes, *costs;

  g_array_set_size (self->nodes, n);
  g_array_set_size (self->costs, n);
  nodes = (uint32_t *) self->nodes->data;
  costs = (uint32_t *) self->costs->data;
  for (uint32_t i = 0; i < n; i++)
    {
      nodes[i] = places[i].state;
      costs[i] = places[i].ms;
    }
  if (back)
    volant_query_reach_back (self->query, weights, nodes, costs, n, limit, reached);
  else
    volant_query_reach (self->query, weights, nodes, costs, n, limit, reached);
}

void
volant_finder_engine_reach (VolantFinder *self, const VolantWeights *weights,
                            const VolantSeed *seeds, unsigned n_seeds, uint32_t limit,
                            uint32_t *costs)
{
  prepare (self);
  g_array_set_size (self->sources, 0);
  for (unsigned i = 0; i < n_seeds; i++)
    add_place (self->sources, seeds[i].state, seeds[i].ms, i);
  reach (self, weights, false, limit, costs);
}

void
volant_finder_engine_reach_back (VolantFinder *self, const VolantWeights *weights,
                                 const VolantGoal *goals, unsigned n_goals, uint32_t limit,
                                 uint32_t *costs)
{
  prepare (self);
  g_array_set_size (self->sources, 0);
  for (unsigned i = 0; i < n_goals; i++)
    add_goal (self, self->sources, &goals[i], i);
  reach (self, weights, true, limit, costs);
}

/* Rows of some sources: the least over the seeds of each, then over the states of each target. */
static void
write_rows (const VolantFinder *self, const VolantFinderEnd *seeds, uint32_t n_seeds,
            uint32_t n_targets, uint32_t *best, uint32_t *costs)
{
  uint32_t n = self->targets->len;
  const VolantFinderEnd *targets = (const VolantFinderEnd *) self->targets->data;

  for (uint32_t i = 0; i < n_seeds;)
    {
      uint32_t source = seeds[i].index, *row = costs + (size_t) source * n_targets;

      for (uint32_t k = 0; k < n; k++)
        best[k] = VOLANT_COST_NEVER;
      for (; i < n_seeds && seeds[i].index == source; i++)
        {
          const uint32_t *way = (const uint32_t *) self->costs->data + (size_t) i * n;

          for (uint32_t k = 0; k < n; k++)
            best[k] = MIN (best[k], way[k] + seeds[i].ms);
        }
      for (uint32_t k = 0; k < n; k++)
        row[targets[k].index] =
          MIN (row[targets[k].index], volant_cost_add (best[k], targets[k].ms));
    }
}

void
volant_finder_engine_table (VolantFinder *self, const VolantWeights *weights,
                            const VolantSources *sources, const VolantTargets *targets,
                            uint32_t *costs)
{
  g_autofree uint32_t *best = NULL;
  const VolantFinderEnd *places;

  prepare (self);
  g_array_set_size (self->sources, 0);
  g_array_set_size (self->targets, 0);
  for (size_t i = 0; i < (size_t) sources->n * targets->n; i++)
    costs[i] = VOLANT_COST_NEVER;
  for (uint32_t i = 0; i < sources->n; i++)
    for (uint32_t k = sources->first[i]; k < sources->first[i + 1]; k++)
      add_place (self->sources, sources->seeds[k].state, sources->seeds[k].ms, i);
  for (uint32_t i = 0; i < targets->n; i++)
    for (uint32_t k = targets->first[i]; k < targets->first[i + 1]; k++)
      add_goal (self, self->targets, &targets->goals[k], i);
  if (self->sources->len == 0 || self->targets->len == 0)
    return;
  best = g_new (uint32_t, self->targets->len);
  places = (const VolantFinderEnd *) self->sources->data;
  set_labels (self, self->to, weights, (const VolantFinderEnd *) self->targets->data,
              self->targets->len);
  for (uint32_t i = 0; i < self->sources->len; i += TABLE_SEEDS)
    {
      uint32_t n = MIN (TABLE_SEEDS, self->sources->len - i);

      set_labels (self, self->from, weights, places + i, n);
      g_array_set_size (self->costs, n * self->targets->len);
      volant_labels_table (self->from, self->to, (uint32_t *) self->costs->data);
      write_rows (self, places + i, n, targets->n, best, costs);
    }
}
