/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/position/position-simulation.h"
#include "app/vehicle/sun.h"
#include "app/vehicle/vehicle-simulation.h"
#include "maps/import/import.h"
#include "maps/routing/energy/charge-plan.h"
#include "tests/support.h"

#include <math.h>

static const VolantPoint start = { 437300000, 74200000 };

/* East 500 m at 50 km/h, then north 500 m at 30 km/h; slope as given on the first stretch. */
static GArray *
make_plan (double wait_s, double slope)
{
  GArray *plan = g_array_new (FALSE, TRUE, sizeof (VolantDrivePoint));
  VolantPoint corner = volant_geo_destination (start, 90.0, 500.0);
  VolantDrivePoint points[] = {
    { .point = start, .limit_mps = 50.0 / 3.6, .elevation_m = 10.0 },
    { .point = corner,
      .limit_mps = 30.0 / 3.6,
      .elevation_m = 10.0 + 500.0 * slope,
      .wait_s = wait_s },
    { .point = volant_geo_destination (corner, 0.0, 500.0),
      .limit_mps = 30.0 / 3.6,
      .elevation_m = 10.0 + 500.0 * slope },
  };

  g_array_append_vals (plan, points, G_N_ELEMENTS (points));
  return plan;
}

static VolantDrive *
new_drive (void)
{
  VolantEnergyConditions conditions = volant_energy_conditions (&volant_vehicle_bluecar);

  return volant_drive_new (&conditions, start);
}

/* Limits, corner, stop and end are kept at every tenth of a second, and no jerk throws anyone. */
static void
test_drive_keeps_limits (void)
{
  g_autoptr (VolantDrive) drive = new_drive ();
  g_autoptr (GArray) plan = make_plan (20.0, 0.0);
  VolantDriveState state, before;
  double seconds = 0.0, stood_s = 0.0, fastest = 0.0;

  volant_drive_set_plan (drive, plan);
  volant_drive_get_state (drive, &before);
  for (; seconds < 600.0; seconds += 0.1)
    {
      volant_drive_advance (drive, 0.1);
      volant_drive_get_state (drive, &state);
      g_assert_cmpfloat (state.speed_mps, <=, state.along_m < 500.0 ? 13.9 : 8.4);
      g_assert_cmpfloat (state.speed_mps - before.speed_mps, <=, 0.181);
      if (!state.arrived && state.speed_mps > 0.0)
        g_assert_cmpfloat (before.speed_mps - state.speed_mps, <=, 1.2);
      g_assert_cmpfloat (state.along_m, >=, before.along_m);
      if (fabs (state.along_m - 500.0) < 0.5 && state.speed_mps <= 0.0)
        stood_s += 0.1;
      fastest = MAX (fastest, state.speed_mps);
      before = state;
      if (state.arrived)
        break;
    }
  g_assert_true (state.arrived);
  g_assert_cmpfloat_with_epsilon (state.along_m, 1000.0, 1.0);
  g_assert_cmpfloat_with_epsilon (state.driven_m, 1000.0, 1.0);
  g_assert_cmpfloat_with_epsilon (stood_s, 20.0, 0.5);
  g_assert_cmpfloat (fastest, >, 13.5);
  /* 36 s + 60 s at the limits, 20 s standing, and what starting and braking costs */
  g_assert_cmpfloat (seconds, >, 116.0);
  g_assert_cmpfloat (seconds, <, 145.0);
}

/* One long call and many short ones drive the same way. */
static void
test_drive_is_deterministic (void)
{
  g_autoptr (VolantDrive) coarse = new_drive ();
  g_autoptr (VolantDrive) fine = new_drive ();
  g_autoptr (GArray) plan = make_plan (0.0, 0.0);
  VolantDriveState a, b;

  volant_drive_set_plan (coarse, plan);
  volant_drive_set_plan (fine, plan);
  volant_drive_advance (coarse, 60.0);
  for (unsigned i = 0; i < 600; i++)
    volant_drive_advance (fine, 0.1);
  volant_drive_get_state (coarse, &a);
  volant_drive_get_state (fine, &b);
  g_assert_cmpfloat_with_epsilon (a.along_m, b.along_m, 0.5);
  g_assert_cmpfloat (a.along_m, >, 500.0);
}

static void
test_drive_halts_and_joins (void)
{
  g_autoptr (VolantDrive) drive = new_drive ();
  g_autoptr (GArray) plan = make_plan (0.0, 0.0);
  VolantDriveState state;
  double along_m;

  volant_drive_set_plan (drive, plan);
  volant_drive_advance (drive, 15.0);
  volant_drive_halt (drive, true);
  volant_drive_advance (drive, 10.0);
  volant_drive_get_state (drive, &state);
  g_assert_cmpfloat (state.speed_mps, ==, 0.0);
  g_assert_false (state.arrived);
  along_m = state.along_m;
  g_assert_cmpfloat (along_m, >, 80.0);
  /* the same plan again goes on from here, not from its beginning */
  volant_drive_set_plan (drive, plan);
  volant_drive_get_state (drive, &state);
  g_assert_cmpfloat_with_epsilon (state.along_m, along_m, 1.0);
}

static void
on_arrived (unsigned *n_arrivals)
{
  ++*n_arrivals;
}

static void
test_car_uses_charge (void)
{
  g_autoptr (VolantVehicleSimulation) car = volant_vehicle_simulation_new (start, 50.0);
  g_autoptr (VolantPositionSimulation) position = volant_position_simulation_new (car);
  g_autoptr (GArray) flat = make_plan (0.0, 0.0);
  VolantVehicle *vehicle = VOLANT_VEHICLE (car);
  double odometer_km = volant_vehicle_get_double (vehicle, VOLANT_VSS_ODOMETER);
  unsigned n_arrivals = 0;
  VolantFix fix;
  double charge;

  g_signal_connect_swapped (car, "arrived", G_CALLBACK (on_arrived), &n_arrivals);
  g_assert_false (volant_vehicle_is_moving (vehicle));
  g_assert_cmpfloat_with_epsilon (volant_vehicle_get_double (vehicle, VOLANT_VSS_RANGE), 125000.0,
                                  1.0);
  g_assert_true (volant_vehicle_simulation_drive (car, flat, NULL));
  g_assert_true (volant_vehicle_is_moving (vehicle));
  for (unsigned i = 0; i < 400; i++)
    volant_vehicle_simulation_advance (car, 0.5);
  g_assert_cmpuint (n_arrivals, ==, 1);
  g_assert_false (volant_vehicle_is_moving (vehicle));
  g_assert_cmpfloat (volant_vehicle_get_double (vehicle, VOLANT_VSS_SPEED), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (volant_vehicle_get_double (vehicle, VOLANT_VSS_ODOMETER),
                                  odometer_km + 1.0, 0.01);
  charge = volant_vehicle_get_double (vehicle, VOLANT_VSS_SOC);
  /* one kilometre of town: 60 to 250 Wh of 30 kWh */
  g_assert_cmpfloat (charge, <, 50.0 - 0.2);
  g_assert_cmpfloat (charge, >, 50.0 - 0.85);
  volant_position_get_fix (VOLANT_POSITION (position), &fix);
  g_assert_true (fix.valid);
  g_assert_cmpfloat (volant_geo_distance_m (fix.point, start), >, 690.0);
  volant_position_simulation_set_blind (position, true);
  volant_position_get_fix (VOLANT_POSITION (position), &fix);
  g_assert_false (fix.valid);
  g_assert_true (isnan (fix.speed_mps));
}

static void
test_car_doors_and_cable (void)
{
  g_autoptr (VolantVehicleSimulation) car = volant_vehicle_simulation_new (start, 50.0);
  g_autoptr (GArray) plan = make_plan (0.0, 0.0);
  g_autoptr (GError) error = NULL;
  VolantVehicle *vehicle = VOLANT_VEHICLE (car);

  volant_vehicle_simulation_set_boolean (car, VOLANT_VSS_DOOR_DRIVER, true);
  g_assert_false (volant_vehicle_simulation_drive (car, plan, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW);
  volant_vehicle_simulation_set_boolean (car, VOLANT_VSS_DOOR_DRIVER, false);
  volant_vehicle_simulation_set_boolean (car, VOLANT_VSS_CABLE, true);
  g_assert_true (volant_vehicle_get_boolean (vehicle, VOLANT_VSS_CHARGING));
  volant_vehicle_simulation_advance (car, 3600.0);
  g_assert_cmpfloat_with_epsilon (volant_vehicle_get_double (vehicle, VOLANT_VSS_SOC), 61.0, 0.1);
  g_assert_true (volant_vehicle_simulation_drive (car, plan, NULL));
  g_assert_false (volant_vehicle_get_boolean (vehicle, VOLANT_VSS_CABLE));
  g_assert_cmpfloat (volant_vehicle_get_double (vehicle, VOLANT_VSS_GEAR), ==, 1.0);
  g_assert_null (volant_vehicle_get (vehicle, "Vehicle.Nothing"));
  volant_vehicle_simulation_set_rate (car, 1000.0);
  g_assert_cmpfloat (volant_vehicle_simulation_get_rate (car), ==, VOLANT_RATE_MAX);
}

static double
drive_wh (const VolantRoute *route, const VolantRoads *roads)
{
  g_autoptr (VolantDrive) drive = new_drive ();
  g_autoptr (GArray) plan = volant_drive_plan_new (route, roads, 16.0);
  VolantDriveState state;

  volant_drive_set_plan (drive, plan);
  for (unsigned seconds = 0; seconds < 20000; seconds++)
    {
      volant_drive_advance (drive, 1.0);
      volant_drive_get_state (drive, &state);
      if (state.arrived)
        break;
    }
  g_assert_true (state.arrived);
  return state.used_wh;
}

/* What a route is told to take is what the car takes that drives it, by tenths of a second: within a
 * fifth, over many routes in real streets. */
static void
test_drive_agrees_with_routes (void)
{
  g_autofree char *path = volant_test_data ("osm/paris-west-2022.osm.pbf");
  g_autofree char *city_path = g_build_filename (volant_test_folder (), "drive.city", NULL);
  VolantImportOptions options = { .roads_only = true };
  VolantChargeWish wish = { .conditions = volant_energy_conditions (&volant_vehicle_bluecar),
                            .levels = { 1.0, 0.0 } };
  double told_wh = 0.0, driven_wh = 0.0;
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (VolantRouter) router = NULL;
  g_autoptr (VolantRouterQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  const VolantRoads *roads;

  if (path == NULL)
    return;
  g_assert_true (volant_import (path, &options, city_path, NULL, NULL, &error));
  city = volant_city_open (city_path, &error);
  router = volant_router_new (city, &error);
  g_assert_no_error (error);
  query = volant_router_query_new (router);
  roads = volant_router_get_roads (router);
  for (unsigned i = 0; i < 60; i++)
    {
      int n = (int) roads->n_junctions;
      VolantPoint from = roads->junctions[g_test_rand_int_range (0, n)].point;
      VolantPoint to = roads->junctions[g_test_rand_int_range (0, n)].point;
      VolantRouteWish route_wish = volant_route_wish (VOLANT_MODE_CAR, from, to);
      g_autoptr (GPtrArray) routes =
        volant_charge_plan_routes (router, query, &route_wish, &wish, NULL);
      const VolantRoute *route = routes != NULL ? routes->pdata[0] : NULL;

      if (route == NULL || route->length_mm < 1000000)
        continue;
      told_wh += (double) route->charge->used_mwh / 1000.0;
      driven_wh += drive_wh (route, roads);
    }
  g_test_message ("told %.0f Wh, driven %.0f Wh", told_wh, driven_wh);
  g_assert_cmpfloat (told_wh, >, 2000.0);
  g_assert_cmpfloat_with_epsilon (told_wh / driven_wh, 1.0, 0.2);
}

static void
test_sun (void)
{
  static const VolantPoint paris = { 488566000, 23522000 };

  /* solar noon in Paris on 2026-06-21 is at 11:52 UTC, height 64.6°; midnight −17.7° */
  g_assert_cmpfloat_with_epsilon (volant_sun_height_deg (paris, 1782042720), 64.6, 0.7);
  g_assert_cmpfloat_with_epsilon (volant_sun_height_deg (paris, 1782042720 - 43200), -17.7, 0.7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vehicle/drive-keeps-limits", test_drive_keeps_limits);
  g_test_add_func ("/vehicle/drive-is-deterministic", test_drive_is_deterministic);
  g_test_add_func ("/vehicle/drive-halts-and-joins", test_drive_halts_and_joins);
  g_test_add_func ("/vehicle/car-uses-charge", test_car_uses_charge);
  g_test_add_func ("/vehicle/car-doors-and-cable", test_car_doors_and_cable);
  g_test_add_func ("/vehicle/drive-agrees-with-routes", test_drive_agrees_with_routes);
  g_test_add_func ("/vehicle/sun", test_sun);
  return g_test_run ();
}
