/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"

/* The traffic that is known: which links are closed or slow, from when until when. Immutable and
 * shared by reference between threads; sources are merged into a new one. Made from reports by
 * maps/routing/traffic/locate.h. Times are seconds since 1970 (UTC); the present is handed in.
 *
 * Traffic is about cars and buses: closures and speeds never hold for people on foot. */

G_BEGIN_DECLS

#define VOLANT_TRAFFIC_ALWAYS_S INT64_MIN /* valid_from_s: since ever */
#define VOLANT_TRAFFIC_NO_END_S INT64_MAX /* valid_until_s: until told otherwise */

/* What holds on one link. */
typedef struct {
  uint32_t link;
  uint32_t speed_mm_per_s; /* 0: closed */
  int64_t valid_from_s;
  int64_t valid_until_s;   /* no longer at this second */
  uint32_t reason;         /* volant_traffic_get_reason () */
} VolantLinkChange;

typedef struct _VolantTraffic VolantTraffic;

/* Copies the changes, in any order; those of no length in time are left out. reasons: what their
 * numbers mean (nullable: no words). */
VolantTraffic *volant_traffic_new (const VolantLinkChange *changes, uint32_t n_changes,
                                   const char *const *reasons);
/* All that any of the sources tells; NULL among them is nothing known. */
VolantTraffic *volant_traffic_merge (VolantTraffic *const *sources, unsigned n_sources);
/* The same until a time, whatever its changes say: the end of a source's time to live. */
VolantTraffic *volant_traffic_until (const VolantTraffic *traffic, int64_t until_s);
VolantTraffic *volant_traffic_ref (VolantTraffic *traffic);
void volant_traffic_unref (VolantTraffic *traffic);

/* Ascending by link. */
const VolantLinkChange *volant_traffic_get_changes (const VolantTraffic *traffic,
                                                    uint32_t *n_changes);
const char *volant_traffic_get_reason (const VolantTraffic *traffic, uint32_t reason);
/* What holds on a link at a time: a closure before a speed, a low speed before a higher one; NULL
 * where nothing is known. traffic may be NULL. */
const VolantLinkChange *volant_traffic_find (const VolantTraffic *traffic, uint32_t link,
                                             int64_t now_s);
/* When the next change begins or ends after now; VOLANT_TRAFFIC_NO_END_S where none does. */
int64_t volant_traffic_get_next_s (const VolantTraffic *traffic, int64_t now_s);

/* The costs of base, of empty roads, as they are now (transfer full). A closed link costs
 * VOLANT_COST_NEVER, whatever is counted; it stays so for the copies of links inside restrictions,
 * which have no costs of their own. A link's time follows its speed, but is never less than on the
 * empty road. Energy and length know of closures only. The metric's free is base; of a mode on
 * foot, or where traffic is NULL or changes nothing, it is base itself. */
VolantMetric *volant_traffic_apply (const VolantTraffic *traffic, const VolantRoads *roads,
                                    VolantMetric *base, int64_t now_s);
/* The links whose costs differ between two metrics of one kind (uint32_t, ascending, replacing what
 * links held): what a partial update has to look at. Traffic changes no turn's cost, so of the arcs
 * those that begin at a state of such a link have changed, and no others. */
void volant_metric_list_changed (const VolantMetric *before, const VolantMetric *after,
                                 GArray *links);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTraffic, volant_traffic_unref)

G_END_DECLS
