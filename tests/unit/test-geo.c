/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/geo.h"
#include "tests/support.h"

#include <math.h>

#define NEAR(actual, expected, epsilon) g_assert_cmpfloat_with_epsilon (actual, expected, epsilon)

static const VolantPoint paris = { 488566000, 23522000 };
static const VolantPoint london = { 515074000, -1278000 };

static void
test_distance_and_bearing (void)
{
  VolantPoint east = volant_geo_destination (paris, 90.0, 1000.0);

  /* 343.5 km by any great-circle table */
  NEAR (volant_geo_distance_m (paris, london), 343556.0, 400.0);
  NEAR (volant_geo_distance_m (paris, paris), 0.0, 1e-9);
  NEAR (volant_geo_distance_m (paris, east), 1000.0, 0.05);
  NEAR (volant_geo_bearing_deg (paris, east), 90.0, 0.02);
  NEAR (volant_geo_bearing_deg (east, paris), 270.0, 0.02);
}

static void
test_turn (void)
{
  NEAR (volant_geo_turn_deg (350.0, 10.0), 20.0, 1e-9);
  NEAR (volant_geo_turn_deg (10.0, 350.0), -20.0, 1e-9);
  NEAR (volant_geo_turn_deg (0.0, 180.0), 180.0, 1e-9);
  NEAR (volant_geo_turn_deg (180.0, 0.0), 180.0, 1e-9);
}

static void
test_project (void)
{
  VolantPoint a = { 488566000, 23522000 };
  VolantPoint b = volant_geo_destination (a, 0.0, 200.0);
  VolantPoint beside = volant_geo_destination (volant_geo_interpolate (a, b, 0.25), 90.0, 30.0);
  double fraction, distance_m;

  volant_geo_project (beside, a, b, &fraction, &distance_m);
  NEAR (fraction, 0.25, 1e-3);
  NEAR (distance_m, 30.0, 0.1);
  volant_geo_project (volant_geo_destination (a, 180.0, 5.0), a, b, &fraction, &distance_m);
  NEAR (fraction, 0.0, 1e-6);
  NEAR (distance_m, 5.0, 0.05);
  volant_geo_project (beside, a, a, &fraction, NULL);
  NEAR (fraction, 0.0, 1e-6);
}

static void
test_parse (void)
{
  static const char *const bad[] = { "", "48.8", "48.8,", "x,y", "91,0", "0,181", "nan,0", "1,2 3",
                                     "48.8,2.3,", "inf,0" };
  VolantPoint point = { 1, 2 };

  g_assert_true (volant_point_parse ("48.8566,2.3522", &point, NULL));
  g_assert_cmpint (point.lat_e7, ==, 488566000);
  g_assert_true (volant_point_parse ("geo:48.8566, 2.3522 ", &point, NULL));
  g_assert_cmpint (point.lon_e7, ==, 23522000);
  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (volant_point_parse (bad[i], &point, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
    }
  g_assert_cmpint (point.lon_e7, ==, 23522000);
}

static void
test_bounds (void)
{
  VolantBounds bounds = VOLANT_BOUNDS_EMPTY;

  g_assert_true (volant_bounds_is_empty (&bounds));
  g_assert_false (volant_bounds_contain (&bounds, paris));
  volant_bounds_add (&bounds, paris);
  g_assert_false (volant_bounds_is_empty (&bounds));
  g_assert_true (volant_bounds_contain (&bounds, paris));
  g_assert_false (volant_bounds_contain (&bounds, london));
  volant_bounds_add (&bounds, london);
  g_assert_true (volant_bounds_overlap (&bounds, &bounds));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/distance-and-bearing", test_distance_and_bearing);
  g_test_add_func ("/geo/turn", test_turn);
  g_test_add_func ("/geo/project", test_project);
  g_test_add_func ("/geo/parse", test_parse);
  g_test_add_func ("/geo/bounds", test_bounds);
  return g_test_run ();
}
