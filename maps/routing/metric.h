/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/weights.h"
#include "maps/routing/turns.h"

/* Costs of one mode and kind, laid beside the links and arcs of the topology. Immutable once it is
 * shared: a change makes a new one (volant_metric_copy), so whoever holds a reference sees one
 * state of the world. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_COST_TIME,      /* milliseconds with the traffic as it is known */
  VOLANT_COST_FREE_TIME, /* milliseconds on empty roads */
  VOLANT_COST_ENERGY,    /* milliwatt-hours out of the battery, reduced by the potentials */
  VOLANT_COST_LENGTH,    /* millimetres */
  VOLANT_N_COSTS,
} VolantCost;

/* Never, for any cost: sums stop there. */
#define VOLANT_COST_NEVER UINT32_C (0x7fffffff)

/* The cost of an arc of the turn graph is link_costs[link of its tail] + turn_costs[arc].
 *
 * Costs are never negative. Where the thing they count may be (a car that rolls downhill charges
 * its battery), each link's cost is *reduced*: cost + potential of the junction it begins at - that
 * of the junction it ends at (Johnson 1977). The cost of a way from junction a to junction b is
 * then its sum - potentials[a] + potentials[b]. */
typedef struct _VolantMetric VolantMetric;

struct _VolantMetric {
  VolantMode mode;
  VolantCost cost;
  uint32_t n_links;
  uint32_t n_arcs;
  uint32_t n_junctions;
  uint32_t *link_costs; /* n_links; VOLANT_COST_NEVER where the mode may not go */
  uint32_t *turn_costs; /* n_arcs; VOLANT_COST_NEVER where the mode may not turn */
  int32_t *potentials;  /* n_junctions; NULL where all are 0 */
  VolantMetric *free;   /* the costs without traffic; NULL where these are (a reference) */
};

/* Links and arcs that a mode may not use stand at VOLANT_COST_NEVER, all others at 0: to be
 * filled. */
VolantMetric *volant_metric_new (const VolantRoads *roads, const VolantTurns *turns,
                                 VolantMode mode, VolantCost cost);
/* The times of maps/routing/profile.h. */
VolantMetric *volant_metric_new_time (const VolantRoads *roads, const VolantTurns *turns,
                                      VolantMode mode);
/* The same costs to be changed before they are shared (transfer full). */
VolantMetric *volant_metric_copy (const VolantMetric *metric);
VolantMetric *volant_metric_ref (VolantMetric *metric);
void volant_metric_unref (VolantMetric *metric);

/* The metric on a topology of the turns, for the engine: made when first asked for, by whichever
 * thread comes first, and kept with the metric, which must not be changed any more. NULL where it
 * was made for another topology. Owned by the metric. */
const VolantWeights *volant_metric_get_weights (const VolantMetric *metric,
                                                const VolantTurns *turns,
                                                const VolantTopology *topology);
/* Makes them from those of another metric of the same turns, which differs in some costs, if that
 * one has any: a partial update where few differ, all anew where many do. */
void volant_metric_derive_weights (const VolantMetric *metric, const VolantMetric *before,
                                   const VolantTurns *turns);
/* Whether they are made. */
bool volant_metric_has_weights (const VolantMetric *metric);
/* Adds some questions; how many a metric has been asked with them. */
unsigned volant_metric_count_questions (const VolantMetric *metric, unsigned n);

/* Whether traffic closes a link that the mode might use otherwise. */
static inline bool
volant_metric_is_closed (const VolantMetric *metric, uint32_t link)
{
  return metric->free != NULL && metric->link_costs[link] == VOLANT_COST_NEVER &&
         metric->free->link_costs[link] != VOLANT_COST_NEVER;
}

/* The cost along a link that one is on: out of a closed one a car may drive, as if it were free. */
static inline uint32_t
volant_metric_cost_on (const VolantMetric *metric, uint32_t link)
{
  return volant_metric_is_closed (metric, link) ? metric->free->link_costs[link]
                                                : metric->link_costs[link];
}

/* Sums that stop at VOLANT_COST_NEVER. */
static inline uint32_t
volant_cost_add (uint32_t a, uint32_t b)
{
  return MIN (a + b, VOLANT_COST_NEVER); /* both are below 2^31 */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantMetric, volant_metric_unref)

G_END_DECLS
