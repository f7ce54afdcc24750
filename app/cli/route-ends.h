/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city.h"
#include "maps/stations/station.h"

/* What a person may write for an end of a route: a position, a station, a place. */

G_BEGIN_DECLS

typedef struct _VolantRouteEnds VolantRouteEnds;

typedef struct {
  char *name;
  VolantPoint point;
} VolantRouteEnd;

/* stations: location of a feed (nullable), read at once. */
VolantRouteEnds *volant_route_ends_new (VolantCity *city, const char *stations, GError **error);
void volant_route_ends_free (VolantRouteEnds *ends);

/* The stations that were read (transfer none, nullable). */
const VolantStationFeed *volant_route_ends_get_feed (const VolantRouteEnds *ends);

/* "48.8443,2.3744", "station:42" or a station's id or name, a place's id or name (transfer full).
 * Of several that fit, the one nearest to near (nullable), else the best. */
VolantRouteEnd *volant_route_ends_find (VolantRouteEnds *ends, const char *text,
                                        const VolantPoint *near, GError **error);
void volant_route_end_free (VolantRouteEnd *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRouteEnds, volant_route_ends_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRouteEnd, volant_route_end_free)

G_END_DECLS
