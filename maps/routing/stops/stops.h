/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/ends.h"

/* Points that are asked for again and again, stations above all: brought onto the roads of one mode
 * once. Immutable but for headings; may be shared by threads. */

G_BEGIN_DECLS

typedef struct _VolantStops VolantStops;

/* The points are copied; those off the map stay in their places. */
VolantStops *volant_stops_new (VolantRouter *router, VolantMode mode, const VolantPoint *points,
                               unsigned n);
void volant_stops_free (VolantStops *stops);

/* Where a car that begins here points, NAN (at first) where either direction will do. */
void volant_stops_set_heading (VolantStops *stops, unsigned i, double heading_deg);

VolantRouter *volant_stops_get_router (const VolantStops *stops);
VolantMode volant_stops_get_mode (const VolantStops *stops);
unsigned volant_stops_get_n (const VolantStops *stops);
VolantPoint volant_stops_get_point (const VolantStops *stops, unsigned i);
bool volant_stops_is_on_map (const VolantStops *stops, unsigned i);
unsigned volant_stops_count_off_map (const VolantStops *stops);
/* Sets why a stop is off the map; true where it is not. */
bool volant_stops_check (const VolantStops *stops, unsigned i, GError **error);

/* Its place on the nearest road, or on the nearest of the roads that are all connected; false where
 * there is none. Where one is to come to (not is_start), roads that traffic closes are passed
 * over. */
bool volant_stops_get_end (const VolantStops *stops, unsigned i, const VolantMetric *metric,
                           bool is_start, bool is_connected, VolantEnd *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantStops, volant_stops_free)

G_END_DECLS
