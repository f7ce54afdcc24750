/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"
#include "maps/routing/reach/contour.h"

#include <math.h>

/* A city laid flat: metres east and north of a point, true in length at its latitude
 * (equirectangular; 50 km to the north or south of it lengths to the east are one percent off). */

G_BEGIN_DECLS

#define VOLANT_PLANE_M_PER_E7 (6371008.8 * G_PI / 180e7)

typedef struct {
  VolantPoint origin;
  double lon_scale;
} VolantPlane;

static inline VolantPlane
volant_plane_at (VolantPoint origin)
{
  return (VolantPlane) { origin, cos (origin.lat_e7 * (G_PI / 180e7)) };
}

static inline VolantFlatPoint
volant_plane_flatten (const VolantPlane *plane, VolantPoint point)
{
  return (VolantFlatPoint) {
    ((double) point.lon_e7 - plane->origin.lon_e7) * VOLANT_PLANE_M_PER_E7 * plane->lon_scale,
    ((double) point.lat_e7 - plane->origin.lat_e7) * VOLANT_PLANE_M_PER_E7,
  };
}

static inline VolantPoint
volant_plane_raise (const VolantPlane *plane, VolantFlatPoint point)
{
  return (VolantPoint) {
    (int32_t) lrint (plane->origin.lat_e7 + point.y_m / VOLANT_PLANE_M_PER_E7),
    (int32_t) lrint (plane->origin.lon_e7 +
                     point.x_m / (VOLANT_PLANE_M_PER_E7 * plane->lon_scale)),
  };
}

G_END_DECLS
