/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/reach/reach.h"

/* How `volant reach` writes what it found: for people, as JSON and as GeoJSON (RFC 7946).
 * Coordinates in both kinds of JSON are [longitude, latitude]. */

G_BEGIN_DECLS

/* A station within the widest limit. */
typedef struct {
  const char *id;
  const char *name;
  VolantPoint point;
  int64_t value; /* milliseconds or milliwatt-hours */
} VolantReachStation;

typedef struct {
  const char *from;
  VolantPoint point;
  const char *mode;
  bool is_energy;       /* limits are milliwatt-hours, not milliseconds */
  GPtrArray *areas;     /* VolantReachArea, ascending */
  GArray *stations;     /* VolantReachStation, the nearest first; NULL where none were asked for */
} VolantReachAnswer;

/* All transfer full, ending with a newline. */
char *volant_reach_to_text (const VolantReachAnswer *answer);
char *volant_reach_to_json (const VolantReachAnswer *answer);
/* The widest area first, so that the others are drawn over it. */
char *volant_reach_to_geojson (const VolantReachAnswer *answer);

G_END_DECLS
