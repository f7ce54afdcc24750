/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/camera.h"

#include <math.h>

/* The camera alone: no display, time handed in. */

#define FRAME_US 16667

static const VolantCameraFrame frame = { .width_px = 1280, .height_px = 800 };

static VolantFix
make_fix (VolantPoint point, double heading_deg, double speed_mps, int64_t at_us)
{
  return (VolantFix) { .valid = true,
                       .point = point,
                       .heading_deg = heading_deg,
                       .speed_mps = speed_mps,
                       .accuracy_m = 5.0,
                       .at_us = at_us };
}

/* 50 km/h with a fix a second: from frame to frame the car moves on by about as much each time. */
static void
test_smooth (void)
{
  g_autoptr (VolantCamera) camera = volant_camera_new ();
  VolantPoint start = { 437380000, 74250000 };
  VolantCameraView last = { 0 };
  double speed_mps = 50.0 / 3.6;
  int64_t now_us = 1000000;

  volant_camera_set_frame (camera, &frame);
  volant_camera_set_heading_up (camera, true);
  for (unsigned i = 0; i < 600; i++, now_us += FRAME_US)
    {
      VolantCameraView view;

      if (i % 60 == 0)
        {
          VolantFix fix = make_fix (volant_geo_destination (start, 70.0, speed_mps * (i / 60)),
                                    70.0, speed_mps, now_us);

          volant_camera_set_fix (camera, &fix);
        }
      volant_camera_step (camera, now_us, false, &view);
      if (i > 120)
        {
          double moved_px = hypot (view.car_x - last.car_x, view.car_y - last.car_y) *
                            exp2 (view.zoom - 24.0);

          g_assert_cmpfloat (moved_px, <, 1.5);
          g_assert_cmpfloat (moved_px, >, 0.05);
        }
      last = view;
    }
}

static void
test_turn_and_place (void)
{
  g_autoptr (VolantCamera) camera = volant_camera_new ();
  VolantPoint start = { 437380000, 74250000 };
  VolantFix fix = make_fix (start, 90.0, 0.0, 1000000);
  VolantCameraView view;
  double scale, dx, dy;
  int64_t now_us = 1000000;

  volant_camera_set_frame (camera, &frame);
  volant_camera_set_heading_up (camera, true);
  volant_camera_set_fix (camera, &fix);
  g_assert_false (volant_camera_step (camera, now_us, true, &view));
  /* heading east, the map is turned a quarter to the left */
  g_assert_cmpfloat_with_epsilon (view.rotation_rad, -G_PI_2, 1e-6);
  scale = exp2 (view.zoom - 24.0);
  dx = (view.car_x - view.centre_x) * scale;
  dy = (view.car_y - view.centre_y) * scale;
  g_assert_cmpfloat_with_epsilon (cos (view.rotation_rad) * dx - sin (view.rotation_rad) * dy, 0.0,
                                  0.5);
  g_assert_cmpfloat_with_epsilon (sin (view.rotation_rad) * dx + cos (view.rotation_rad) * dy,
                                  800.0 * 0.2, 0.5);
  /* from 350 to 10 degrees is 20, not 340 */
  fix = make_fix (start, 350.0, 0.0, now_us += FRAME_US);
  volant_camera_set_fix (camera, &fix);
  volant_camera_step (camera, now_us, true, &view);
  fix = make_fix (start, 10.0, 0.0, now_us += FRAME_US);
  volant_camera_set_fix (camera, &fix);
  for (unsigned i = 0; volant_camera_step (camera, now_us += FRAME_US, false, &view); i++)
    {
      g_assert_cmpfloat (fabs (view.rotation_rad), <, 12.0 * G_PI / 180.0);
      g_assert_cmpuint (i, <, 1000);
    }
  g_assert_cmpfloat_with_epsilon (view.rotation_rad, -10.0 * G_PI / 180.0, 1e-3);
}

static void
test_invalid_and_jump (void)
{
  g_autoptr (VolantCamera) camera = volant_camera_new ();
  VolantPoint start = { 437380000, 74250000 };
  VolantFix fix = { .valid = false, .at_us = 5 };
  VolantCameraView view;
  VolantDrawingPoint there;

  volant_camera_set_frame (camera, &frame);
  volant_camera_set_fix (camera, &fix);
  g_assert_false (volant_camera_has_fix (camera));
  fix = make_fix (start, NAN, NAN, 1000000);
  volant_camera_set_fix (camera, &fix);
  volant_camera_step (camera, 1000000, false, &view);
  g_assert_true (isnan (view.heading_rad));
  /* a far place is a new place: there at once */
  start = volant_geo_destination (start, 0.0, 5000.0);
  fix = make_fix (start, 0.0, 0.0, 2000000);
  volant_camera_set_fix (camera, &fix);
  volant_camera_step (camera, 2000000, false, &view);
  there = volant_drawing_project (start);
  g_assert_cmpfloat_with_epsilon (view.car_x, there.x, 1.0);
  g_assert_cmpfloat_with_epsilon (view.car_y, there.y, 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/smooth", test_smooth);
  g_test_add_func ("/camera/turn-and-place", test_turn_and_place);
  g_test_add_func ("/camera/invalid-and-jump", test_invalid_and_jump);
  return g_test_run ();
}
