/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Coordinates are WGS84 in 1e-7 degree, times milliseconds, lengths millimetres or metres by name. */

G_BEGIN_DECLS

/* A time that is never reached; sums of times saturate here. */
#define VOLANT_TIME_NEVER_MS ((uint32_t) 0x7fffffff)

typedef struct {
  int32_t lat_e7;
  int32_t lon_e7;
} VolantPoint;

/* A box on the sphere that does not cross the antimeridian; min > max means empty. */
typedef struct {
  int32_t min_lat_e7;
  int32_t min_lon_e7;
  int32_t max_lat_e7;
  int32_t max_lon_e7;
} VolantBounds;

#define VOLANT_BOUNDS_EMPTY ((VolantBounds) { INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN })

VolantPoint volant_point_from_degrees (double lat_deg, double lon_deg);
double volant_point_lat_deg (VolantPoint point);
double volant_point_lon_deg (VolantPoint point);
bool volant_point_is_valid (VolantPoint point);
bool volant_point_parse (const char *text, VolantPoint *point, GError **error);

double volant_geo_distance_m (VolantPoint a, VolantPoint b);
double volant_geo_bearing_deg (VolantPoint a, VolantPoint b);
VolantPoint volant_geo_destination (VolantPoint from, double bearing_deg, double distance_m);
VolantPoint volant_geo_interpolate (VolantPoint a, VolantPoint b, double fraction);
VolantPoint volant_geo_project (VolantPoint point, VolantPoint a, VolantPoint b, double *fraction,
                                double *distance_m);
double volant_geo_turn_deg (double from_bearing_deg, double to_bearing_deg);

bool volant_bounds_is_empty (const VolantBounds *bounds);
void volant_bounds_add (VolantBounds *bounds, VolantPoint point);
bool volant_bounds_contain (const VolantBounds *bounds, VolantPoint point);
bool volant_bounds_overlap (const VolantBounds *a, const VolantBounds *b);

G_END_DECLS
