/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"
#include "maps/routing/plan/costs.h"
#include "maps/routing/router.h"
#include "maps/routing/snap-index.h"
#include "maps/routing/turn-topology.h"

/* The router's inside, for its own sources and for tests that hold it against an oracle. */

G_BEGIN_DECLS

/* A router over roads that are in no file: takes both; free_roads may be NULL. The topology is made
 * on the spot. */
VolantRouter *volant_router_new_from (VolantRoads *roads, GDestroyNotify free_roads,
                                      VolantTurns *turns);

const VolantTurns *volant_router_get_turns (const VolantRouter *router);
/* Of the turns: its nodes are states, its arcs turns. */
const VolantTopology *volant_router_get_topology (const VolantRouter *router);
/* Of empty roads. */
const VolantMetric *volant_router_get_metric (const VolantRouter *router, VolantMode mode);
/* The times as they are known now, for one question and all that is told of its answer (transfer
 * full). */
VolantMetric *volant_router_ref_metric (const VolantRouter *router, VolantMode mode);
/* What a question pays, from the times as they are known now (transfer full). */
VolantCosts volant_router_find_costs (const VolantRouter *router, const VolantRouteWish *wish);
const VolantSnapIndex *volant_router_get_index (const VolantRouter *router);
/* Whether a segment belongs to the part of the map where the mode gets from everywhere to
 * everywhere. */
bool volant_router_is_main (const VolantRouter *router, VolantMode mode, uint32_t segment);

/* The cost from junction to junction, as the search counts it: links and turns between them, and
 * entries (volant_profile_entry_ms), no turn at either end. VOLANT_TIME_NEVER_MS where there is no
 * way, 0 from a junction to itself. Where links is not NULL the way's links (uint32_t) are set. */
uint32_t volant_router_query_junctions (VolantRouterQuery *query, VolantMode mode, uint32_t from,
                                        uint32_t to, GArray *links);

/* A place that a way passes because it was asked to. */
typedef struct {
  unsigned index; /* of the way's link */
  uint32_t at_mm; /* on it */
} VolantWayStop;

/* A way as the search finds it: whole links but for the ends. */
typedef struct {
  GArray *links;     /* uint32_t, at least one */
  uint32_t begin_mm; /* on the first link, from its begin */
  uint32_t end_mm;   /* on the last link, from its begin */
  GArray *stops;     /* VolantWayStop in their order; NULL where there are none */
} VolantWay;

void volant_way_clear (VolantWay *way);

/* Unpacks a way into a route with geometry, steps and manoeuvres (transfer full). clock: the times
 * to tell; vias: the points asked for, one a stop of the way (NULL where it has none). */
VolantRoute *volant_route_build (const VolantRouter *router, const VolantMetric *clock,
                                 const VolantWay *way, VolantPoint from, VolantPoint to,
                                 const VolantPoint *vias);
/* Its time and length alone. */
void volant_way_measure (const VolantRouter *router, const VolantMetric *clock,
                         const VolantWay *way, uint32_t *time_ms, uint32_t *length_mm);

/* Fills the manoeuvres of a route that has geometry and steps. */
void volant_route_find_manoeuvres (VolantRoute *route, const VolantRoads *roads,
                                   const VolantTurns *turns);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VolantWay, volant_way_clear)

G_END_DECLS
