/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/route.h"

/* How `volant route` writes a route: for people, as JSON and as GeoJSON (RFC 7946). Coordinates in
 * both kinds of JSON are [longitude, latitude]. */

G_BEGIN_DECLS

/* Streets along the way, each once in a row, unnamed ones left out (transfer full). */
GStrv volant_route_streets (const VolantRoute *route, const VolantRoads *roads);

/* All transfer full, ending with a newline; language is that of the sentences. */
char *volant_route_to_text (const VolantRoute *route, const VolantRoads *roads, const char *from,
                            const char *to, const char *language);
char *volant_route_to_json (const VolantRoute *route, const VolantRoads *roads, const char *from,
                            const char *to, const char *language);
char *volant_route_to_geojson (const VolantRoute *route, const VolantRoads *roads,
                               const char *from, const char *to, const char *language);

/* The same of several routes (VolantRoute): one after the other, as {"routes": […]}, and as a
 * FeatureCollection. */
char *volant_routes_to_text (const GPtrArray *routes, const VolantRoads *roads, const char *from,
                             const char *to, const char *language);
char *volant_routes_to_json (const GPtrArray *routes, const VolantRoads *roads, const char *from,
                             const char *to, const char *language);
char *volant_routes_to_geojson (const GPtrArray *routes, const VolantRoads *roads,
                                const char *from, const char *to, const char *language);

G_END_DECLS
