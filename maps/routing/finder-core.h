/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/labels.h"
#include "maps/routing/engine/query.h"
#include "maps/routing/finder.h"

/* The finder's inside, for its own sources: finder.c is the door, finder-engine.c and
 * finder-plain.c answer the same questions. */

G_BEGIN_DECLS

/* A state that stands for a seed or a goal: at a cost, and which one. */
typedef struct {
  uint32_t state;
  uint32_t ms;
  uint32_t index;
} VolantFinderEnd;

struct _VolantFinder {
  const VolantTurns *turns;
  const VolantTopology *topology; /* (nullable): then all is plain */
  /* of the plain search, each made when first needed */
  VolantSearch *search;
  uint32_t *first_in; /* arcs into a state: in_arcs[first_in[s] … first_in[s + 1]) */
  uint32_t *in_arcs;
  uint32_t *tails;    /* of every arc */
  /* of the engine */
  VolantQuery *query;
  uint64_t *copies;   /* link << 32 | state of all copies of links, sorted */
  GArray *sources;    /* VolantFinderEnd */
  GArray *targets;
  GArray *nodes;      /* uint32_t */
  GArray *costs;      /* uint32_t */
  VolantLabels *from;
  VolantLabels *to;
};

VolantSearchResult volant_finder_plain_run (VolantFinder *self, const VolantMetric *metric,
                                            const VolantSeed *seeds, unsigned n_seeds,
                                            const VolantGoal *goals, unsigned n_goals,
                                            GArray *states, uint32_t *seed);
void volant_finder_plain_reach (VolantFinder *self, const VolantMetric *metric,
                                const VolantSeed *seeds, unsigned n_seeds, uint32_t limit,
                                uint32_t *costs);
void volant_finder_plain_reach_back (VolantFinder *self, const VolantMetric *metric,
                                     const VolantGoal *goals, unsigned n_goals, uint32_t limit,
                                     uint32_t *costs);
void volant_finder_plain_table (VolantFinder *self, const VolantMetric *metric,
                                const VolantSources *sources, const VolantTargets *targets,
                                uint32_t *costs);

VolantSearchResult volant_finder_engine_run (VolantFinder *self, const VolantWeights *weights,
                                             const VolantSeed *seeds, unsigned n_seeds,
                                             const VolantGoal *goals, unsigned n_goals,
                                             GArray *states, uint32_t *seed);
void volant_finder_engine_reach (VolantFinder *self, const VolantWeights *weights,
                                 const VolantSeed *seeds, unsigned n_seeds, uint32_t limit,
                                 uint32_t *costs);
void volant_finder_engine_reach_back (VolantFinder *self, const VolantWeights *weights,
                                      const VolantGoal *goals, unsigned n_goals, uint32_t limit,
                                      uint32_t *costs);
void volant_finder_engine_table (VolantFinder *self, const VolantWeights *weights,
                                 const VolantSources *sources, const VolantTargets *targets,
                                 uint32_t *costs);

G_END_DECLS
