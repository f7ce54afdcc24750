/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/vehicle/sun.h"

#include <math.h>

/* What a light sensor would see on a clear day. */

#define DEGREE (G_PI / 180.0)

double
volant_sun_height_deg (VolantPoint point, int64_t unix_s)
{
  double days = (double) unix_s / 86400.0 - 10957.5; /* since 2000-01-01 12:00 */
  double mean_longitude = 280.460 + 0.9856474 * days;
  double anomaly = (357.528 + 0.9856003 * days) * DEGREE;
  double longitude =
      (mean_longitude + 1.915 * sin (anomaly) + 0.020 * sin (2.0 * anomaly)) * DEGREE;
  double obliquity = (23.439 - 0.0000004 * days) * DEGREE;
  double declination = asin (sin (obliquity) * sin (longitude));
  double ascension = atan2 (cos (obliquity) * sin (longitude), cos (longitude));
  double sidereal = (280.46062 + 360.98564737 * days + volant_point_lon_deg (point)) * DEGREE;
  double hour_angle = sidereal - ascension;
  double latitude = volant_point_lat_deg (point) * DEGREE;

  return asin (sin (latitude) * sin (declination) +
               cos (latitude) * cos (declination) * cos (hour_angle)) /
         DEGREE;
}
