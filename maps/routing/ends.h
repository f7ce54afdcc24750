/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/router-core.h"
#include "maps/routing/snap-index.h"

/* Where a way begins and ends: points of the earth as places on links. */

G_BEGIN_DECLS

/* A place on a link, and what it costs to come to it from the link's begin. */
typedef struct {
  uint32_t link;
  uint32_t at_mm;
  uint32_t at_cost;
  uint32_t penalty; /* for beginning here: the car points the other way */
} VolantSpot;

typedef struct {
  VolantSpot spots[2]; /* one for each direction that may be used */
  unsigned n_spots;
} VolantEnd;

/* The segment nearest to a point that the mode may use in either direction. metric: (nullable)
 * tells which roads traffic closes and which are too small for the vehicle; for the start, the one
 * without traffic. Errors:
 * VOLANT_MAPS_ERROR_INVALID for a point outside the earth, VOLANT_MAPS_ERROR_OFF_MAP. */
bool volant_ends_snap (const VolantRouter *router, VolantMode mode, const VolantMetric *metric,
                       VolantPoint point, VolantSnap *snap, GError **error);

/* The nearest of the roads that are all connected, not much further than the nearest of all; false
 * where there is none. */
bool volant_ends_snap_main (const VolantRouter *router, VolantMode mode,
                            const VolantMetric *metric, VolantPoint point,
                            const VolantSnap *nearest, VolantSnap *snap);

/* The spots of a snap. Links that traffic closes serve for the start alone: a car may be on one.
 * heading_deg is NAN where either direction will do. metric: as it is before the wish blocks
 * streets. */
VolantEnd volant_ends_on (const VolantRouter *router, const VolantMetric *metric,
                          const VolantSnap *snap, bool is_start, double heading_deg);

G_END_DECLS
