/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/plan/wish.h"
#include "maps/routing/route.h"
#include "maps/routing/traffic/traffic.h"

/* Routes over the roads of a city, with turn restrictions, one-ways and turn costs. A router is
 * immutable but for the traffic it knows of, and may be shared by threads; a query holds the
 * search's memory and belongs to one thread at a time. Today's search is plain Dijkstra over the
 * turn-expanded graph (maps/routing/turns.h): it stays as the oracle of the engine that replaces it
 * behind this interface. */

G_BEGIN_DECLS

typedef struct _VolantRouter VolantRouter;
typedef struct _VolantRouterQuery VolantRouterQuery;

/* Opens roads, turns and topology of a city. A file from before there was one of them is to be
 * imported again (VOLANT_MAPS_ERROR_NOT_FOUND says so): see volant_turn_topology_open (). */
VolantRouter *volant_router_new (VolantCity *city, GError **error);
VolantRouter *volant_router_ref (VolantRouter *router);
void volant_router_unref (VolantRouter *router);
const VolantRoads *volant_router_get_roads (const VolantRouter *router);

/* Puts traffic in force, in place of what was known (NULL: nothing is), as it holds at now_s. May be
 * called from any thread, while queries run: one that has begun ends with the traffic it began with,
 * never with a mix. Returns how many links cost something else than before. */
uint32_t volant_router_set_traffic (VolantRouter *router, VolantTraffic *traffic, int64_t now_s);

VolantRouterQuery *volant_router_query_new (VolantRouter *router);
void volant_router_query_free (VolantRouterQuery *query);

/* The fastest way from one point to another, now. A road that traffic closes is not driven, but a
 * car that is on one may leave it; to a place beside one the way ends on the nearest open road.
 * heading_deg: where the car points, NAN if unknown
 * (then either direction of the street may be taken). A point further than 1,000 m from any road of
 * the mode gives VOLANT_MAPS_ERROR_OFF_MAP. */
VolantRoute *volant_router_query_route (VolantRouterQuery *query, VolantMode mode, VolantPoint from,
                                        double heading_deg, VolantPoint to, GError **error);

/* What a wish asks for: routes (VolantRoute, at least one, the best first; transfer full). Errors as
 * above, and VOLANT_MAPS_ERROR_TOO_LARGE for too many stops on the way. */
GPtrArray *volant_router_query_routes (VolantRouterQuery *query, const VolantRouteWish *wish,
                                       GError **error);

/* Seconds and metres only; VOLANT_TIME_NEVER_MS where unreachable (not an error). */
bool volant_router_query_distance (VolantRouterQuery *query, VolantMode mode, VolantPoint from,
                                   VolantPoint to, uint32_t *time_ms, uint32_t *length_mm,
                                   GError **error);

/* The road nearest to a point that the mode may use: link, the point on it, metres to it.
 * any of link, on_road, distance_m may be NULL. */
bool volant_router_snap (const VolantRouter *router, VolantMode mode, VolantPoint point,
                         uint32_t *link, VolantPoint *on_road, double *distance_m, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRouter, volant_router_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRouterQuery, volant_router_query_free)

G_END_DECLS
