/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/camera.h"

#include <math.h>

/* Between two fixes the car goes on as it went between the last two; what that was wrong by decays
 * within a fraction of a second, so that neither car nor map jumps. Zoom follows speed in whole
 * steps with some hysteresis, since tiles are sharpest there. */

#define PREDICT_AT_MOST_S 1.6
#define JUMP_M 250.0          /* farther than this at once is a new place, not a movement */
#define CATCH_UP_S 0.28
#define TURN_S 0.35
#define ZOOM_S 0.45
#define CENTRE_S 0.30
#define CAR_DOWN_HEADING 0.70 /* of the height that is free */
#define CAR_DOWN_NORTH 0.55

struct _VolantCamera {
  VolantFix fix;
  VolantFix before;
  bool is_heading_up;
  VolantCameraFrame frame;
  bool is_zoom_automatic;
  double wanted_zoom;

  bool has_car;
  double car_x; /* units */
  double car_y;
  double speed_x; /* units a second */
  double speed_y;
  double error_x; /* shown minus predicted, decaying */
  double error_y;
  double heading_rad;
  double zoom;
  double rotation_rad;
  double offset_x; /* of the glide from where the map was: pixels */
  double offset_y;
  bool has_view;
  int64_t last_us;
  double start_x;
  double start_y;
  bool is_starting;
};

VolantCamera *
volant_camera_new (void)
{
  VolantCamera *camera = g_new0 (VolantCamera, 1);

  camera->is_zoom_automatic = true;
  camera->wanted_zoom = 16.0;
  camera->zoom = 16.0;
  camera->heading_rad = NAN;
  return camera;
}

void
volant_camera_free (VolantCamera *camera)
{
  g_free (camera);
}

static double
zoom_for_speed (double speed_mps, double current)
{
  double kmh = isnan (speed_mps) ? 0.0 : speed_mps * 3.6;
  double slack = current <= 16.5 ? -4.0 : 4.0;

  if (kmh > 105.0 + (current <= 14.5 ? -8.0 : 8.0))
    return 14.0;
  if (kmh > 75.0 + (current <= 15.5 ? -6.0 : 6.0))
    return 15.0;
  return kmh > 34.0 + slack ? 16.0 : 17.0;
}

static void
predicted (const VolantCamera *camera, int64_t now_us, double *x, double *y)
{
  VolantDrawingPoint at = volant_drawing_project (camera->fix.point);
  double ahead_s = CLAMP ((double) (now_us - camera->fix.at_us) / 1e6, 0.0, PREDICT_AT_MOST_S);

  *x = at.x + camera->speed_x * ahead_s;
  *y = at.y + camera->speed_y * ahead_s;
}

static void
settle_speed (VolantCamera *camera)
{
  VolantDrawingPoint at = volant_drawing_project (camera->fix.point);
  VolantDrawingPoint was = volant_drawing_project (camera->before.point);
  double between_s = (double) (camera->fix.at_us - camera->before.at_us) / 1e6;
  double metres = volant_geo_distance_m (camera->fix.point, camera->before.point);
  bool stands = !isnan (camera->fix.speed_mps) && camera->fix.speed_mps < 0.3;

  camera->speed_x = camera->speed_y = 0.0;
  if (!camera->before.valid || between_s < 0.02 || between_s > 5.0 || metres > JUMP_M || stands)
    return;
  camera->speed_x = ((double) at.x - was.x) / between_s;
  camera->speed_y = ((double) at.y - was.y) / between_s;
}

/* A new fix; an invalid one leaves the car where it was. */
void
volant_camera_set_fix (VolantCamera *camera, const VolantFix *fix)
{
  double shown_x = 0.0;
  double shown_y = 0.0;
  double x, y;

  g_return_if_fail (camera != NULL && fix != NULL);

  if (!fix->valid || (camera->fix.valid && fix->at_us <= camera->fix.at_us))
    return;
  if (camera->has_car)
    {
      predicted (camera, fix->at_us, &x, &y);
      shown_x = x + camera->error_x;
      shown_y = y + camera->error_y;
    }
  camera->before = camera->fix;
  camera->fix = *fix;
  settle_speed (camera);
  predicted (camera, fix->at_us, &x, &y);
  if (camera->has_car && (!camera->before.valid ||
                          volant_geo_distance_m (fix->point, camera->before.point) <= JUMP_M))
    {
      camera->error_x = shown_x - x;
      camera->error_y = shown_y - y;
    }
  else
    camera->error_x = camera->error_y = 0.0;
  camera->has_car = true;
  if (camera->is_zoom_automatic)
    camera->wanted_zoom = zoom_for_speed (fix->speed_mps, camera->wanted_zoom);
}

bool
volant_camera_has_fix (const VolantCamera *camera)
{
  return camera->has_car;
}

void
volant_camera_set_heading_up (VolantCamera *camera, bool is_heading_up)
{
  camera->is_heading_up = is_heading_up;
}

void
volant_camera_set_frame (VolantCamera *camera, const VolantCameraFrame *frame)
{
  camera->frame = *frame;
}

/* Chosen by hand: kept until volant_camera_set_automatic_zoom (). */
void
volant_camera_set_zoom (VolantCamera *camera, double zoom)
{
  camera->is_zoom_automatic = false;
  camera->wanted_zoom = zoom;
}

double
volant_camera_get_zoom (const VolantCamera *camera)
{
  return camera->wanted_zoom;
}

void
volant_camera_set_automatic_zoom (VolantCamera *camera)
{
  camera->is_zoom_automatic = true;
  camera->wanted_zoom = zoom_for_speed (camera->fix.speed_mps, 17.0);
}

void
volant_camera_start_from (VolantCamera *camera, double centre_x, double centre_y, double zoom,
                          double rotation_rad)
{
  camera->start_x = centre_x;
  camera->start_y = centre_y;
  camera->zoom = zoom;
  camera->rotation_rad = rotation_rad;
  camera->is_starting = true;
  camera->has_view = true;
}

/* Moves value towards goal as e^(-t / time); true while there is a way to go. */
static bool
approach (double *value, double goal, double elapsed_s, double time_s, double close_enough)
{
  double rest = (*value - goal) * exp (-elapsed_s / time_s);
  bool is_far = fabs (rest) > close_enough;

  *value = is_far ? goal + rest : goal;
  return is_far;
}

static bool
turn (double *angle, double goal, double elapsed_s)
{
  double value = remainder (*angle - goal, 2.0 * G_PI);
  bool is_far = approach (&value, 0.0, elapsed_s, TURN_S, 0.002);

  *angle = remainder (goal + value, 2.0 * G_PI);
  return is_far;
}

/* Where the car stands on the widget, from its middle. */
static void
car_place (const VolantCamera *camera, double *x, double *y)
{
  const VolantCameraFrame *frame = &camera->frame;
  double down = camera->is_heading_up ? CAR_DOWN_HEADING : CAR_DOWN_NORTH;

  *x = frame->left_px + (frame->width_px - frame->left_px - frame->right_px) / 2.0 -
       frame->width_px / 2.0;
  *y = frame->top_px + (frame->height_px - frame->top_px - frame->bottom_px) * down -
       frame->height_px / 2.0;
}

static void
aim (VolantCamera *camera, VolantCameraView *view)
{
  double scale = exp2 (camera->zoom - 24.0);
  double cosine = cos (camera->rotation_rad);
  double sine = sin (camera->rotation_rad);
  double x, y;

  car_place (camera, &x, &y);
  if (camera->is_starting)
    {
      double dx = (camera->car_x - camera->start_x) * scale;
      double dy = (camera->car_y - camera->start_y) * scale;

      camera->offset_x = cosine * dx - sine * dy - x;
      camera->offset_y = sine * dx + cosine * dy - y;
      camera->is_starting = false;
    }
  x += camera->offset_x;
  y += camera->offset_y;
  view->centre_x = camera->car_x - (cosine * x + sine * y) / scale;
  view->centre_y = camera->car_y - (cosine * y - sine * x) / scale;
  view->zoom = camera->zoom;
  view->rotation_rad = camera->rotation_rad;
  view->car_x = camera->car_x;
  view->car_y = camera->car_y;
  view->heading_rad = camera->heading_rad;
}

bool
volant_camera_step (VolantCamera *camera, int64_t now_us, bool is_still, VolantCameraView *view)
{
  double elapsed_s = CLAMP ((double) (now_us - camera->last_us) / 1e6, 0.0, 0.5);
  double pixel = exp2 (24.0 - camera->zoom);
  double heading = camera->fix.heading_deg * G_PI / 180.0;
  bool moves;
  double x, y;

  g_return_val_if_fail (camera->has_car, false);

  if (!camera->has_view || is_still)
    elapsed_s = 1e6;
  camera->last_us = now_us;
  predicted (camera, now_us, &x, &y);
  moves = hypot (camera->speed_x, camera->speed_y) > 0.0 &&
          now_us - camera->fix.at_us < (int64_t) (PREDICT_AT_MOST_S * 1e6);
  moves = approach (&camera->error_x, 0.0, elapsed_s, CATCH_UP_S, 0.1 * pixel) || moves;
  moves = approach (&camera->error_y, 0.0, elapsed_s, CATCH_UP_S, 0.1 * pixel) || moves;
  camera->car_x = x + camera->error_x;
  camera->car_y = y + camera->error_y;
  if (!isnan (heading) && isnan (camera->heading_rad))
    camera->heading_rad = heading;
  if (!isnan (heading))
    moves = turn (&camera->heading_rad, heading, elapsed_s) || moves;
  if (!camera->is_heading_up || !isnan (camera->heading_rad))
    moves = turn (&camera->rotation_rad, camera->is_heading_up ? -camera->heading_rad : 0.0,
                  elapsed_s) || moves;
  if (!camera->has_view)
    camera->zoom = camera->wanted_zoom;
  moves = approach (&camera->zoom, camera->wanted_zoom, elapsed_s, ZOOM_S / 3.0, 0.004) || moves;
  if (is_still)
    {
      camera->is_starting = false;
      camera->offset_x = camera->offset_y = 0.0;
    }
  moves = camera->is_starting || moves;
  camera->has_view = true;
  aim (camera, view);
  moves = approach (&camera->offset_x, 0.0, elapsed_s, CENTRE_S, 0.3) || moves;
  moves = approach (&camera->offset_y, 0.0, elapsed_s, CENTRE_S, 0.3) || moves;
  return moves;
}
