/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/finder-core.h"

/* Each question goes to the engine, or to the plain search where there is no topology. */

/* From so many slots on, making a metric's weights takes as long as a few plain searches: they are
 * made for a metric that has been asked more often than this, so that a program with one question
 * does not wait for what it will not use. */
#define LARGE_SLOTS 2000000
#define PLAIN_QUESTIONS 2

VolantFinder *
volant_finder_new (const VolantTurns *turns)
{
  VolantFinder *self = g_new0 (VolantFinder, 1);

  self->turns = turns;
  return self;
}

VolantFinder *
volant_finder_new_on (const VolantTurns *turns, const VolantTopology *topology)
{
  VolantFinder *self = volant_finder_new (turns);

  if (g_strcmp0 (g_getenv ("VOLANT_FINDER"), "plain") != 0)
    self->topology = topology;
  return self;
}

static void
free_array (GArray *array)
{
  if (array != NULL)
    g_array_unref (array);
}

void
volant_finder_free (VolantFinder *self)
{
  if (self == NULL)
    return;
  volant_search_free (self->search);
  g_free (self->first_in);
  g_free (self->in_arcs);
  g_free (self->tails);
  volant_query_free (self->query);
  g_free (self->copies);
  free_array (self->sources);
  free_array (self->targets);
  free_array (self->nodes);
  free_array (self->costs);
  volant_labels_free (self->from);
  volant_labels_free (self->to);
  g_free (self);
}

/* What the engine needs to answer by a metric; NULL where the plain search shall. */
static const VolantWeights *
find_weights (const VolantFinder *self, const VolantMetric *metric, uint32_t n_questions)
{
  if (self->topology == NULL)
    return NULL;
  if (self->topology->n_slots >= LARGE_SLOTS && !volant_metric_has_weights (metric) &&
      volant_metric_count_questions (metric, n_questions) <= PLAIN_QUESTIONS)
    return NULL;
  return volant_metric_get_weights (metric, self->turns, self->topology);
}

VolantSearchResult
volant_finder_run (VolantFinder *self, const VolantMetric *metric, const VolantSeed *seeds,
                   unsigned n_seeds, const VolantGoal *goals, unsigned n_goals, GArray *states,
                   uint32_t *seed)
{
  const VolantWeights *weights = find_weights (self, metric, 1);

  if (weights != NULL)
    return volant_finder_engine_run (self, weights, seeds, n_seeds, goals, n_goals, states, seed);
  return volant_finder_plain_run (self, metric, seeds, n_seeds, goals, n_goals, states, seed);
}

void
volant_finder_reach (VolantFinder *self, const VolantMetric *metric, const VolantSeed *seeds,
                     unsigned n_seeds, uint32_t limit, uint32_t *costs)
{
  const VolantWeights *weights = find_weights (self, metric, 1);

  if (weights != NULL)
    volant_finder_engine_reach (self, weights, seeds, n_seeds, limit, costs);
  else
    volant_finder_plain_reach (self, metric, seeds, n_seeds, limit, costs);
}

void
volant_finder_reach_back (VolantFinder *self, const VolantMetric *metric, const VolantGoal *goals,
                          unsigned n_goals, uint32_t limit, uint32_t *costs)
{
  const VolantWeights *weights = find_weights (self, metric, 1);

  if (weights != NULL)
    volant_finder_engine_reach_back (self, weights, goals, n_goals, limit, costs);
  else
    volant_finder_plain_reach_back (self, metric, goals, n_goals, limit, costs);
}

void
volant_finder_table (VolantFinder *self, const VolantMetric *metric, const VolantSources *sources,
                     const VolantTargets *targets, uint32_t *costs)
{
  const VolantWeights *weights = find_weights (self, metric, sources->n);

  if (weights != NULL)
    volant_finder_engine_table (self, weights, sources, targets, costs);
  else
    volant_finder_plain_table (self, metric, sources, targets, costs);
}
