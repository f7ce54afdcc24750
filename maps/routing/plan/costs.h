/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"
#include "maps/routing/plan/wish.h"

/* What a search pays under a wish: metrics derived from the times, kept for the next question of the
 * same kind. */

G_BEGIN_DECLS

typedef struct _VolantCostCache VolantCostCache;

/* References; where nothing is wished for they are all the same. */
typedef struct {
  VolantMetric *clock;  /* the times, which are told */
  VolantMetric *open;   /* what would be paid, were no street blocked */
  VolantMetric *search; /* what is paid */
} VolantCosts;

/* Both must outlive the cache, which may be used by several threads at once. */
VolantCostCache *volant_cost_cache_new (const VolantRoads *roads, const VolantTurns *turns);
void volant_cost_cache_free (VolantCostCache *cache);

/* Forgets what was derived from times that are no longer in force: it only takes room. */
void volant_cost_cache_forget (VolantCostCache *cache);

/* The costs of a wish over the times as they are now (referenced, transfer full). */
VolantCosts volant_cost_cache_find (VolantCostCache *cache, VolantMetric *clock,
                                    const VolantRouteWish *wish);
void volant_costs_clear (VolantCosts *costs);

/* Whether a segment is of a kind that is to be avoided. */
bool volant_avoid_covers (unsigned avoid, const VolantSegment *segment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantCostCache, volant_cost_cache_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VolantCosts, volant_costs_clear)

G_END_DECLS
