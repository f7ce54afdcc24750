/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/geo.h"

#include "maps/error.h"

#include <math.h>

/* Plain geometry on the sphere, exact enough inside one city (a mean earth radius, great circles).
 * Nothing here allocates or fails but the parser. */

#define EARTH_RADIUS_M 6371008.8 /* mean radius, IUGG 1980 */
#define E7_TO_RADIANS (G_PI / 180e7)

VolantPoint
volant_point_from_degrees (double lat_deg, double lon_deg)
{
  return (VolantPoint) { (int32_t) lrint (CLAMP (lat_deg, -90.0, 90.0) * 1e7),
                         (int32_t) lrint (CLAMP (lon_deg, -180.0, 180.0) * 1e7) };
}

double
volant_point_lat_deg (VolantPoint point)
{
  return point.lat_e7 / 1e7;
}

double
volant_point_lon_deg (VolantPoint point)
{
  return point.lon_e7 / 1e7;
}

bool
volant_point_is_valid (VolantPoint point)
{
  return ABS ((int64_t) point.lat_e7) <= 900000000 && ABS ((int64_t) point.lon_e7) <= 1800000000;
}

static bool
parse_degrees (const char **cursor, double limit_deg, double *value)
{
  char *end = NULL;

  *value = g_ascii_strtod (*cursor, &end);
  if (end == *cursor || !isfinite (*value) || fabs (*value) > limit_deg)
    return false;
  *cursor = end;
  return true;
}

/* Reads "lat,lon" or "lat lon" in decimal degrees, with an optional "geo:" before it (RFC 5870).
 * Sets VOLANT_MAPS_ERROR_INVALID and leaves point alone where the text is anything else. */
bool
volant_point_parse (const char *text, VolantPoint *point, GError **error)
{
  const char *cursor = text;
  double lat_deg, lon_deg;
  bool good;

  g_return_val_if_fail (text != NULL && point != NULL, false);

  if (g_str_has_prefix (cursor, "geo:"))
    cursor += 4;
  good = parse_degrees (&cursor, 90.0, &lat_deg);
  while (good && (*cursor == ' ' || *cursor == ','))
    cursor++;
  good = good && parse_degrees (&cursor, 180.0, &lon_deg);
  while (good && g_ascii_isspace (*cursor))
    cursor++;
  if (!good || *cursor != '\0')
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                   "“%s” is not a position; write latitude,longitude in degrees, such as "
                   "48.8443,2.3744",
                   text);
      return false;
    }
  *point = volant_point_from_degrees (lat_deg, lon_deg);
  return true;
}

/* Great-circle distance by the haversine formula, in metres. */
double
volant_geo_distance_m (VolantPoint a, VolantPoint b)
{
  double lat_a = a.lat_e7 * E7_TO_RADIANS, lat_b = b.lat_e7 * E7_TO_RADIANS;
  double half_lat = sin ((lat_b - lat_a) / 2.0);
  double half_lon = sin (((double) b.lon_e7 - (double) a.lon_e7) * E7_TO_RADIANS / 2.0);
  double h = half_lat * half_lat + cos (lat_a) * cos (lat_b) * half_lon * half_lon;

  return 2.0 * EARTH_RADIUS_M * asin (sqrt (MIN (h, 1.0)));
}

/* Initial bearing from a to b, clockwise from north, 0 <= bearing < 360. */
double
volant_geo_bearing_deg (VolantPoint a, VolantPoint b)
{
  double lat_a = a.lat_e7 * E7_TO_RADIANS, lat_b = b.lat_e7 * E7_TO_RADIANS;
  double lon = ((double) b.lon_e7 - (double) a.lon_e7) * E7_TO_RADIANS;
  double y = sin (lon) * cos (lat_b);
  double x = cos (lat_a) * sin (lat_b) - sin (lat_a) * cos (lat_b) * cos (lon);
  double bearing_deg = atan2 (y, x) * 180.0 / G_PI;

  return bearing_deg < 0.0 ? fmod (bearing_deg + 360.0, 360.0) : bearing_deg;
}

/* The point reached after distance_m on a great circle that leaves at bearing_deg. */
VolantPoint
volant_geo_destination (VolantPoint from, double bearing_deg, double distance_m)
{
  double lat = from.lat_e7 * E7_TO_RADIANS, lon = from.lon_e7 * E7_TO_RADIANS;
  double angle = distance_m / EARTH_RADIUS_M, bearing = bearing_deg * G_PI / 180.0;
  double to_lat = asin (sin (lat) * cos (angle) + cos (lat) * sin (angle) * cos (bearing));
  double to_lon = lon + atan2 (sin (bearing) * sin (angle) * cos (lat),
                               cos (angle) - sin (lat) * sin (to_lat));

  to_lon = remainder (to_lon, 2.0 * G_PI);
  return volant_point_from_degrees (to_lat * 180.0 / G_PI, to_lon * 180.0 / G_PI);
}

/* A point on the straight line from a (0) to b (1). */
VolantPoint
volant_geo_interpolate (VolantPoint a, VolantPoint b, double fraction)
{
  return (VolantPoint) {
    (int32_t) lrint (a.lat_e7 + ((double) b.lat_e7 - a.lat_e7) * fraction),
    (int32_t) lrint (a.lon_e7 + ((double) b.lon_e7 - a.lon_e7) * fraction),
  };
}

/* The point of the segment a–b nearest to point, on a plane scaled at point; fraction (0 at a, 1 at
 * b) and distance_m may be NULL. */
VolantPoint
volant_geo_project (VolantPoint point, VolantPoint a, VolantPoint b, double *fraction,
                    double *distance_m)
{
  double scale = cos (point.lat_e7 * E7_TO_RADIANS);
  double bx = ((double) b.lon_e7 - a.lon_e7) * scale, by = (double) b.lat_e7 - a.lat_e7;
  double px = ((double) point.lon_e7 - a.lon_e7) * scale, py = (double) point.lat_e7 - a.lat_e7;
  double square = bx * bx + by * by;
  double t = square > 0.0 ? CLAMP ((px * bx + py * by) / square, 0.0, 1.0) : 0.0;
  VolantPoint nearest = volant_geo_interpolate (a, b, t);

  if (fraction != NULL)
    *fraction = t;
  if (distance_m != NULL)
    *distance_m = hypot (px - t * bx, py - t * by) * E7_TO_RADIANS * EARTH_RADIUS_M;
  return nearest;
}

/* How far one turns from a bearing to another: -180 < turn <= 180, right is positive. */
double
volant_geo_turn_deg (double from_bearing_deg, double to_bearing_deg)
{
  double turn_deg = fmod (to_bearing_deg - from_bearing_deg, 360.0);

  if (turn_deg > 180.0)
    return turn_deg - 360.0;
  return turn_deg <= -180.0 ? turn_deg + 360.0 : turn_deg;
}

bool
volant_bounds_is_empty (const VolantBounds *bounds)
{
  return bounds->min_lat_e7 > bounds->max_lat_e7 || bounds->min_lon_e7 > bounds->max_lon_e7;
}

void
volant_bounds_add (VolantBounds *bounds, VolantPoint point)
{
  bounds->min_lat_e7 = MIN (bounds->min_lat_e7, point.lat_e7);
  bounds->min_lon_e7 = MIN (bounds->min_lon_e7, point.lon_e7);
  bounds->max_lat_e7 = MAX (bounds->max_lat_e7, point.lat_e7);
  bounds->max_lon_e7 = MAX (bounds->max_lon_e7, point.lon_e7);
}

bool
volant_bounds_contain (const VolantBounds *bounds, VolantPoint point)
{
  return point.lat_e7 >= bounds->min_lat_e7 && point.lat_e7 <= bounds->max_lat_e7 &&
         point.lon_e7 >= bounds->min_lon_e7 && point.lon_e7 <= bounds->max_lon_e7;
}

bool
volant_bounds_overlap (const VolantBounds *a, const VolantBounds *b)
{
  return a->min_lat_e7 <= b->max_lat_e7 && b->min_lat_e7 <= a->max_lat_e7 &&
         a->min_lon_e7 <= b->max_lon_e7 && b->min_lon_e7 <= a->max_lon_e7;
}
