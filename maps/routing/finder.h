/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/search.h"

/* Finds least costs and ways over the turn graph, for any metric: the one door between the router
 * (points, roads, profiles) and the engine (numbers). A finder holds the memory of searches and
 * belongs to one thread at a time. */

G_BEGIN_DECLS

typedef struct _VolantFinder VolantFinder;

/* Sources and targets of a table, each with a few seeds or goals: those of i stand at
 * first[i] … first[i + 1]. */
typedef struct {
  uint32_t n;
  const uint32_t *first; /* n + 1 */
  const VolantSeed *seeds;
} VolantSources;

typedef struct {
  uint32_t n;
  const uint32_t *first; /* n + 1 */
  const VolantGoal *goals;
} VolantTargets;

/* By the plain search. */
VolantFinder *volant_finder_new (const VolantTurns *turns);
/* By the engine, over a topology of the turns (both outlive the finder). Where VOLANT_FINDER=plain
 * stands in the environment, by the plain search all the same. */
VolantFinder *volant_finder_new_on (const VolantTurns *turns, const VolantTopology *topology);
void volant_finder_free (VolantFinder *finder);

/* The least cost from any seed to any goal. Where states is not NULL, the way's states (uint32_t)
 * are set, the seed's first, the goal's last (none where there is no way); where seed is not NULL,
 * the index of the seed that the way begins with. */
VolantSearchResult volant_finder_run (VolantFinder *finder, const VolantMetric *metric,
                                      const VolantSeed *seeds, unsigned n_seeds,
                                      const VolantGoal *goals, unsigned n_goals, GArray *states,
                                      uint32_t *seed);

/* The cost from the seeds to the begin of every state (costs: n_states); VOLANT_COST_NEVER where it
 * is more than limit. */
void volant_finder_reach (VolantFinder *finder, const VolantMetric *metric,
                          const VolantSeed *seeds, unsigned n_seeds, uint32_t limit,
                          uint32_t *costs);

/* The cost from the begin of every state to the goals, as above. */
void volant_finder_reach_back (VolantFinder *finder, const VolantMetric *metric,
                               const VolantGoal *goals, unsigned n_goals, uint32_t limit,
                               uint32_t *costs);

/* The least cost from each source to each target: costs[source * targets->n + target],
 * VOLANT_COST_NEVER where there is no way. */
void volant_finder_table (VolantFinder *finder, const VolantMetric *metric,
                          const VolantSources *sources, const VolantTargets *targets,
                          uint32_t *costs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantFinder, volant_finder_free)

G_END_DECLS
