/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/drawing/drawing.h"

#include <math.h>
#include <shumate/shumate.h>

/* From the drawing's units to a widget's pixels, for one frame: what
 * shumate_viewport_location_to_widget_coords () tells, without a tangent a point. */

G_BEGIN_DECLS

typedef struct {
  double centre_x; /* units */
  double centre_y;
  double scale;    /* pixels a unit */
  double cosine;
  double sine;
  double half_width;
  double half_height;
  double zoom;
  double rotation_rad; /* clockwise on the screen */
} VolantMapTransform;

static inline void
volant_map_transform_init (VolantMapTransform *transform, ShumateViewport *viewport, double width,
                           double height)
{
  double lat_deg = shumate_location_get_latitude (SHUMATE_LOCATION (viewport));
  double lon_deg = shumate_location_get_longitude (SHUMATE_LOCATION (viewport));
  double lat_rad = CLAMP (lat_deg, -85.0511, 85.0511) * G_PI / 180.0;

  transform->zoom = shumate_viewport_get_zoom_level (viewport);
  transform->rotation_rad = shumate_viewport_get_rotation (viewport);
  transform->centre_x = (lon_deg + 180.0) / 360.0 * 4294967296.0;
  transform->centre_y = (0.5 - asinh (tan (lat_rad)) / (2.0 * G_PI)) * 4294967296.0;
  transform->scale = exp2 (transform->zoom - 24.0);
  transform->cosine = cos (transform->rotation_rad);
  transform->sine = sin (transform->rotation_rad);
  transform->half_width = width / 2.0;
  transform->half_height = height / 2.0;
}

static inline void
volant_map_transform_unit (const VolantMapTransform *transform, double unit_x, double unit_y,
                           double *x, double *y)
{
  double dx = (unit_x - transform->centre_x) * transform->scale;
  double dy = (unit_y - transform->centre_y) * transform->scale;

  *x = transform->cosine * dx - transform->sine * dy + transform->half_width;
  *y = transform->sine * dx + transform->cosine * dy + transform->half_height;
}

static inline void
volant_map_transform_point (const VolantMapTransform *transform, VolantDrawingPoint point,
                            double *x, double *y)
{
  volant_map_transform_unit (transform, point.x, point.y, x, y);
}

/* The way back: a pixel's place in units. */
static inline void
volant_map_transform_invert (const VolantMapTransform *transform, double x, double y,
                             double *unit_x, double *unit_y)
{
  double dx = x - transform->half_width;
  double dy = y - transform->half_height;

  *unit_x = (transform->cosine * dx + transform->sine * dy) / transform->scale +
            transform->centre_x;
  *unit_y = (transform->cosine * dy - transform->sine * dx) / transform->scale +
            transform->centre_y;
}

/* The box of what is in view and beyond_px around it. */
static inline VolantDrawingBox
volant_map_transform_box (const VolantMapTransform *transform, double beyond_px)
{
  double across = fabs (transform->cosine) * (transform->half_width + beyond_px) +
                  fabs (transform->sine) * (transform->half_height + beyond_px);
  double down = fabs (transform->sine) * (transform->half_width + beyond_px) +
                fabs (transform->cosine) * (transform->half_height + beyond_px);

  across /= transform->scale;
  down /= transform->scale;
  return (VolantDrawingBox) {
    (uint32_t) CLAMP (transform->centre_x - across, 0.0, 4294967295.0),
    (uint32_t) CLAMP (transform->centre_y - down, 0.0, 4294967295.0),
    (uint32_t) CLAMP (transform->centre_x + across, 0.0, 4294967295.0),
    (uint32_t) CLAMP (transform->centre_y + down, 0.0, 4294967295.0),
  };
}

G_END_DECLS
