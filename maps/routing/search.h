/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"

/* Plain Dijkstra (1959) over states. A state's label is the time at the *begin* of its link. The
 * memory is kept between runs. It is the oracle of every faster search: keep it plain. */

G_BEGIN_DECLS

typedef struct _VolantSearch VolantSearch;

/* Where a search begins: a state and the time at the begin of its link. */
typedef struct {
  uint32_t state;
  uint32_t ms;
} VolantSeed;

/* Where it may end: on a link, that much after its begin. */
typedef struct {
  uint32_t link;
  uint32_t ms;
} VolantGoal;

typedef struct {
  uint32_t ms;    /* VOLANT_TIME_NEVER_MS where no goal is reached */
  uint32_t goal;  /* index of the goal */
  uint32_t state; /* the last state of the way */
} VolantSearchResult;

VolantSearch *volant_search_new (const VolantTurns *turns);
void volant_search_free (VolantSearch *search);

VolantSearchResult volant_search_run (VolantSearch *search, const VolantMetric *metric,
                                      const VolantSeed *seeds, unsigned n_seeds,
                                      const VolantGoal *goals, unsigned n_goals);

/* The label of the last run at the begin of a state; VOLANT_COST_NEVER where it did not come. */
uint32_t volant_search_get_label (const VolantSearch *search, uint32_t state);

/* The state before one of the last run; false where the way begins, *seed is then which seed. */
bool volant_search_step_back (const VolantSearch *search, uint32_t *state, uint32_t *seed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantSearch, volant_search_free)

G_END_DECLS
