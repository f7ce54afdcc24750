/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/position/position.h"
#include "maps/drawing/drawing.h"

#include <stdbool.h>

/* Where the map looks while it follows the car. A pure core: time is handed in. */

G_BEGIN_DECLS

typedef struct {
  double width_px;
  double height_px;
  double left_px; /* covered by cards */
  double top_px;
  double right_px;
  double bottom_px;
} VolantCameraFrame;

/* What to show, and where the car is drawn. */
typedef struct {
  double centre_x; /* drawing units, of the widget's middle */
  double centre_y;
  double zoom;
  double rotation_rad;
  double car_x;
  double car_y;
  double heading_rad; /* NAN unknown */
} VolantCameraView;

typedef struct _VolantCamera VolantCamera;

VolantCamera *volant_camera_new (void);
void volant_camera_free (VolantCamera *camera);
void volant_camera_set_fix (VolantCamera *camera, const VolantFix *fix);
bool volant_camera_has_fix (const VolantCamera *camera);
void volant_camera_set_heading_up (VolantCamera *camera, bool is_heading_up);
void volant_camera_set_frame (VolantCamera *camera, const VolantCameraFrame *frame);
void volant_camera_set_zoom (VolantCamera *camera, double zoom);
double volant_camera_get_zoom (const VolantCamera *camera);
void volant_camera_set_automatic_zoom (VolantCamera *camera);
/* Takes over from where the map is, so that following begins with a glide, not a jump. */
void volant_camera_start_from (VolantCamera *camera, double centre_x, double centre_y, double zoom,
                               double rotation_rad);
/* Moves on to now; false once nothing moves any more. is_still: no animation, at once. */
bool volant_camera_step (VolantCamera *camera, int64_t now_us, bool is_still,
                         VolantCameraView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantCamera, volant_camera_free)

G_END_DECLS
