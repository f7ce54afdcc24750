/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/import/import.h"
#include "maps/routing/energy/chargers.h"
#include "tests/support.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>
#include <string.h>

/* Routes with charge: by hand on a small map, and what must hold on real hills. */

/* Between a and e the quay is fast; the yard lies off it. */
static const char quay[] = "a---------b---------c---------d---------e\n"
                           "          |         |                    \n"
                           "          |         |                    \n"
                           "          f---------g                    \n";

static TextMap *
new_quay (void)
{
  return text_map_new (quay, (const char *[]) { "way abcde primary speed=50", "way bf residential",
                                                "way fg residential", "way gc residential", NULL });
}

/* A Bluecar with a battery for so many watt-hours. */
static VolantVehicleModel
small_battery (double battery_wh)
{
  VolantVehicleModel model = volant_vehicle_bluecar;

  model.battery_wh = battery_wh;
  return model;
}

static VolantChargeWish
wish_of (const VolantVehicleModel *model, double start_share, double reserve_share)
{
  return (VolantChargeWish) { .conditions = volant_energy_conditions (model),
                              .levels = { start_share, reserve_share },
                              .stop_s = 60.0 };
}

static GPtrArray *
plan (VolantRouter *router, VolantPoint from, VolantPoint to, const VolantChargeWish *wish,
      GError **error)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  VolantRouteWish route_wish = volant_route_wish (VOLANT_MODE_CAR, from, to);

  return volant_charge_plan_routes (router, query, &route_wish, wish, error);
}

static void
test_fastest_suffices (void)
{
  g_autoptr (TextMap) map = new_quay ();
  VolantVehicleModel model = small_battery (100.0);
  VolantChargeWish wish = wish_of (&model, 0.8, 0.1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) routes = plan (text_map_router (map), text_map_point (map, 'a'),
                                       text_map_point (map, 'e'), &wish, &error);
  const VolantRoute *route;
  const VolantRouteCharge *charge;
  double level_mwh, mps;

  g_assert_no_error (error);
  route = routes->pdata[0];
  charge = route->charge;
  /* 400 m level at 0.88 x 50 km/h from rest: no turn, no signal */
  mps = route->length_mm / (double) route->time_ms;
  level_mwh = volant_energy_stretch_mwh (&wish.conditions, 400.0, 0.0, route->time_ms / 1000.0,
                                         0.12) +
              volant_energy_speed_up_mwh (&wish.conditions, 0.0, mps);
  g_assert_cmpint (charge->start_mwh, ==, 80000);
  g_assert_cmpint (charge->start_mwh - charge->used_mwh, ==, charge->arrival_mwh);
  g_assert_cmpfloat_with_epsilon ((double) charge->used_mwh, level_mwh, level_mwh / 200.0);
  g_assert_cmpint (charge->lowest_mwh, ==, charge->arrival_mwh);
  g_assert_cmpuint (charge->n_steps, ==, route->n_steps);
  g_assert_cmpint (charge->steps_mwh[charge->n_steps], ==, charge->arrival_mwh);
  for (uint32_t i = 0; i < charge->n_steps; i++)
    g_assert_cmpint (charge->steps_mwh[i], >, charge->steps_mwh[i + 1]);
  g_assert_cmpuint (charge->n_chargings, ==, 0);
  g_assert_cmpuint (charge->time_ms, ==, route->time_ms);
  /* seen from the way: at its begin, halfway of a link, at its end, and with more than there was */
  g_assert_cmpint (volant_route_charge_on_arrival (charge, route, 0, charge->steps_mwh[0]), ==,
                   charge->arrival_mwh);
  g_assert_cmpint (
    volant_route_charge_on_arrival (charge, route, route->steps[1].at_mm / 2, 60000), ==,
    60000 - ((charge->steps_mwh[0] + charge->steps_mwh[1] + 1) / 2 - charge->arrival_mwh));
  g_assert_cmpint (volant_route_charge_on_arrival (charge, route, route->length_mm, 123), ==, 123);
  g_assert_cmpint (volant_route_charge_on_arrival (charge, route, route->steps[1].at_mm, 10), <, 0);
  g_assert_true (volant_route_charge_keeps_reserve (charge));
}

/* Off the quay there is a post: the way goes there, no further than it must, and charges no more
 * than it must. */
static void
test_stops_where_it_must (void)
{
  g_autoptr (TextMap) map = new_quay ();
  VolantVehicleModel model = small_battery (100.0);
  VolantChargeWish wish = wish_of (&model, 0.60, 0.10);
  VolantCharger chargers[] = {
    { "b", text_map_near (map, 'b', 0, 15), 3300.0 }, /* halfway down to the yard */
    { NULL, text_map_near (map, 'b', 0, 2000), 9000.0 }, /* off the map */
    { NULL, text_map_near (map, 'f', 50, 0), 0.0 }, /* out of order */
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) routes = NULL;
  g_autofree char *letters = NULL;
  const VolantRoute *route;
  const VolantRouteCharge *charge;

  wish.chargers = chargers;
  wish.n_chargers = G_N_ELEMENTS (chargers);
  /* 400 m take some 56 Wh: 50 above the reserve are not enough */
  routes = plan (text_map_router (map), text_map_point (map, 'a'), text_map_point (map, 'e'), &wish,
                 &error);
  g_assert_no_error (error);
  route = routes->pdata[0];
  charge = route->charge;
  letters = text_map_route_letters (map, route);
  g_assert_cmpstr (letters, ==, "abfgcde");
  g_assert_cmpuint (charge->n_chargings, ==, 1);
  g_assert_cmpuint (charge->chargings[0].charger, ==, 0);
  g_assert_cmpstr (charge->chargings[0].name, ==, "b");
  g_assert_cmpuint (route->n_stops, ==, 1);
  g_assert_cmpint (charge->chargings[0].arrival_mwh, >, charge->reserve_mwh);
  g_assert_cmpint (charge->chargings[0].departure_mwh, >, charge->chargings[0].arrival_mwh);
  /* no second longer than it must, whole milliwatt-hours of each link apart */
  g_assert_cmpint (ABS (charge->arrival_mwh - charge->reserve_mwh), <=, 10);
  g_assert_cmpuint (charge->time_ms, ==,
                    route->time_ms + 60000 + charge->chargings[0].charging_ms);
  g_assert_cmpfloat_with_epsilon (
    charge->chargings[0].charging_ms,
    (double) (charge->chargings[0].departure_mwh - charge->chargings[0].arrival_mwh) * 3.6 / 3.3,
    5.0);
  /* the same without the post */
  wish.n_chargers = 0;
  g_assert_null (plan (text_map_router (map), text_map_point (map, 'a'), text_map_point (map, 'e'),
                       &wish, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_CHARGE);
  g_assert_nonnull (strstr (error->message, "60 %"));
  g_assert_nonnull (strstr (error->message, "name stations"));
}

static void
test_refusals (void)
{
  g_autoptr (TextMap) map = new_quay ();
  VolantVehicleModel model = small_battery (100.0);
  const struct {
    double start, reserve, stop_s, outside_c;
    int code;
  } cases[] = {
    { NAN, 0.1, 60.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { -0.01, 0.1, 60.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { 1.01, 0.1, 60.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { INFINITY, 0.1, 60.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { 0.5, NAN, 60.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { 0.5, -1.0, 60.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { 0.5, 2.0, 60.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { 0.5, 0.1, -1.0, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { 0.5, 0.1, NAN, 20.0, VOLANT_MAPS_ERROR_INVALID },
    { 0.5, 0.1, 60.0, NAN, VOLANT_MAPS_ERROR_INVALID },
    { 0.5, 0.1, 60.0, 99.0, VOLANT_MAPS_ERROR_INVALID },
    { 0.1, 0.2, 60.0, 20.0, VOLANT_MAPS_ERROR_NO_CHARGE },
    { 0.0, 0.0, 60.0, 20.0, VOLANT_MAPS_ERROR_NO_CHARGE },
    { 1.0, 1.0, 60.0, 20.0, VOLANT_MAPS_ERROR_NO_CHARGE },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      VolantChargeWish wish = wish_of (&model, cases[i].start, cases[i].reserve);
      g_autoptr (GError) error = NULL;

      wish.stop_s = cases[i].stop_s;
      wish.conditions.outside_c = cases[i].outside_c;
      g_assert_null (plan (text_map_router (map), text_map_point (map, 'a'),
                           text_map_point (map, 'e'), &wish, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, cases[i].code);
    }
}

/* The way there by way of a stop is not planned, but told where it suffices. */
static void
test_vias (void)
{
  g_autoptr (TextMap) map = new_quay ();
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantVehicleModel model = small_battery (100.0);
  VolantChargeWish wish = wish_of (&model, 1.0, 0.0);
  VolantPoint via = text_map_near (map, 'f', 50, 0);
  VolantRouteWish route_wish = volant_route_wish (VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                                  text_map_point (map, 'e'));
  g_autoptr (GPtrArray) routes = NULL;
  g_autoptr (GError) error = NULL;

  route_wish.vias = &via;
  route_wish.n_vias = 1;
  routes = volant_charge_plan_routes (text_map_router (map), query, &route_wish, &wish, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((VolantRoute *) routes->pdata[0])->n_stops, ==, 1);
  g_assert_cmpuint (((VolantRoute *) routes->pdata[0])->charge->n_chargings, ==, 0);
  wish.levels.start_share = 0.2;
  g_assert_null (
    volant_charge_plan_routes (text_map_router (map), query, &route_wish, &wish, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED);
}

/* What is blocked is not driven to charge either: past the post the street is closed, and nobody
 * turns round where there is a street ahead. */
static void
test_blocked (void)
{
  g_autoptr (TextMap) map = new_quay ();
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantVehicleModel model = small_battery (100.0);
  VolantChargeWish wish = wish_of (&model, 0.60, 0.10);
  VolantCharger charger = { "b", text_map_near (map, 'b', 0, 15), 3300.0 };
  VolantRouteWish route_wish = volant_route_wish (VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                                  text_map_point (map, 'e'));
  uint32_t blocked = text_map_link (map, 'f', 'g');
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) error = NULL;

  wish.chargers = &charger;
  wish.n_chargers = 1;
  open = volant_charge_plan_routes (text_map_router (map), query, &route_wish, &wish, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((VolantRoute *) open->pdata[0])->charge->n_chargings, ==, 1);
  route_wish.blocked = &blocked;
  route_wish.n_blocked = 1;
  g_assert_null (
    volant_charge_plan_routes (text_map_router (map), query, &route_wish, &wish, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_CHARGE);
}

/* Down a hill with a full battery: what would come back is lost. */
static void
test_full_battery (void)
{
  static const int16_t heights_dm[] = { 300, 200, 200, 100, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  g_autoptr (TextMap) map = new_quay ();
  VolantVehicleModel model = small_battery (100.0);
  VolantChargeWish wish = wish_of (&model, 1.0, 0.0);
  g_autoptr (GPtrArray) full = NULL;
  g_autoptr (GPtrArray) half = NULL;
  g_autoptr (GError) error = NULL;
  const VolantRouteCharge *charge;

  text_map_roads (map)->elevations_dm = heights_dm;
  text_map_roads (map)->has_elevation = true;
  full = plan (text_map_router (map), text_map_point (map, 'a'), text_map_point (map, 'e'), &wish,
               &error);
  g_assert_no_error (error);
  charge = ((VolantRoute *) full->pdata[0])->charge;
  g_assert_cmpint (charge->lost_mwh, >, 0);
  g_assert_cmpint (charge->arrival_mwh, <=, charge->full_mwh);
  g_assert_cmpint (charge->start_mwh - charge->used_mwh, ==, charge->arrival_mwh);
  wish.levels.start_share = 0.5;
  half = plan (text_map_router (map), text_map_point (map, 'a'), text_map_point (map, 'e'), &wish,
               &error);
  g_assert_no_error (error);
  charge = ((VolantRoute *) half->pdata[0])->charge;
  g_assert_cmpint (charge->lost_mwh, ==, 0);
  g_assert_cmpint (charge->arrival_mwh, >, charge->start_mwh);
}

/* Only what is in service, charges, and has room for the car. */
static void
test_chargers (void)
{
  const VolantStation good = { .id = (char *) "a", .name = (char *) "Quai", .point = { 1, 2 },
                               .has_charging = true, .chargers_available = -1,
                               .docks_available = -1, .is_installed = true, .is_returning = true };
  VolantStation stations[7];
  VolantStationFeed feed = { .stations = g_ptr_array_new () };
  g_autoptr (GArray) chargers = NULL;

  for (unsigned i = 0; i < G_N_ELEMENTS (stations); i++)
    {
      stations[i] = good;
      g_ptr_array_add (feed.stations, &stations[i]);
    }
  stations[0].has_charging = false;
  stations[1].chargers_available = 0;
  stations[2].docks_available = 0;
  stations[3].is_installed = false;
  stations[4].is_returning = false;
  stations[5].chargers_available = 2;
  stations[5].name = (char *) "Port";
  chargers = volant_chargers_of_feed (&feed);
  g_assert_cmpuint (chargers->len, ==, 2);
  g_assert_cmpstr (g_array_index (chargers, VolantCharger, 0).name, ==, "Port");
  g_assert_cmpstr (g_array_index (chargers, VolantCharger, 1).name, ==, "Quai");
  g_assert_cmpint (g_array_index (chargers, VolantCharger, 1).point.lon_e7, ==, 2);
  g_ptr_array_unref (feed.stations);
}

static VolantRouter *
import_city (const char *pbf, const char *heights)
{
  g_autofree char *path = volant_test_data (pbf);
  g_autofree char *height_path = heights != NULL ? volant_test_data (heights) : NULL;
  g_autofree char *city_path = g_build_filename (volant_test_folder (), "energy.city", NULL);
  g_autofree char *folder = g_build_filename (volant_test_folder (), "heights", NULL);
  g_autofree char *name = g_build_filename (folder, "N43E007.hgt.zip", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (name);
  VolantImportOptions options = { .roads_only = true };
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (GError) error = NULL;
  VolantRouter *router;

  if (path == NULL || (heights != NULL && height_path == NULL))
    return NULL;
  if (heights != NULL)
    {
      g_autoptr (GFile) source = g_file_new_for_path (height_path);

      g_mkdir_with_parents (folder, 0700);
      g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      options.elevation_dir = folder;
    }
  volant_import (path, &options, city_path, NULL, NULL, &error);
  g_assert_no_error (error);
  city = volant_city_open (city_path, &error);
  g_assert_no_error (error);
  router = volant_router_new (city, &error);
  g_assert_no_error (error);
  return router;
}

static VolantPoint
random_point (const VolantRoads *roads)
{
  return roads->junctions[g_test_rand_int_range (0, (int) roads->n_junctions)].point;
}

/* Whether a way uses roads for destinations only: the search counts more for going into them than
 * the clock does, so by the clock such a way may be the faster one. */
static bool
is_partly_private (const VolantRoads *roads, const VolantRoute *route)
{
  for (unsigned i = 0; i < route->n_steps; i++)
    if (roads->segments[volant_link_segment (route->steps[i].link)].flags &
        VOLANT_ROAD_FLAG_DESTINATION_ONLY)
      return true;
  return false;
}

/* What must hold of a plan, whatever the map. */
static void
check_plan (const VolantRoads *roads, const VolantRoute *route, const VolantRoute *fastest,
            const VolantChargeWish *wish)
{
  const VolantRouteCharge *charge = route->charge;
  int64_t slack = 2 * route->n_steps + 4; /* parts of links are cut to whole milliwatt-hours */

  g_assert_cmpint (charge->lowest_mwh, >=, charge->reserve_mwh - slack);
  g_assert_cmpint (charge->arrival_mwh, <=, charge->full_mwh);
  g_assert_cmpuint (charge->n_chargings, ==, route->n_stops);
  if (!is_partly_private (roads, route))
    g_assert_cmpuint (charge->time_ms, >=, fastest->time_ms);
  for (unsigned i = 0; i < charge->n_chargings; i++)
    {
      const VolantRouteCharging *charging = &charge->chargings[i];

      g_assert_cmpuint (charging->charger, <, wish->n_chargers);
      g_assert_cmpint (charging->arrival_mwh, >=, charge->reserve_mwh - slack);
      g_assert_cmpint (charging->departure_mwh, >=, charging->arrival_mwh);
      g_assert_cmpint (charging->departure_mwh, <=, charge->full_mwh);
    }
}

/* Random pairs with batteries that force stops; with a great one the fastest stays the fastest. */
static void
test_city (const char *pbf, const char *heights, double battery_wh)
{
  g_autoptr (VolantRouter) router = import_city (pbf, heights);
  VolantVehicleModel small = small_battery (battery_wh);
  VolantCharger chargers[12];
  unsigned n_found = 0, n_stops = 0, n_detours = 0, n_refused = 0;

  if (router == NULL)
    return;
  for (unsigned i = 0; i < G_N_ELEMENTS (chargers); i++)
    chargers[i] =
      (VolantCharger) { NULL, random_point (volant_router_get_roads (router)), 22000.0 };
  small.charging[0].power_w = 22000.0;
  small.charging[1].power_w = 7000.0;
  for (unsigned i = 0; i < 60; i++)
    {
      VolantPoint from = random_point (volant_router_get_roads (router));
      VolantPoint to = random_point (volant_router_get_roads (router));
      VolantChargeWish great = wish_of (&volant_vehicle_bluecar, 1.0, 0.1);
      VolantChargeWish wish = wish_of (&small, g_test_rand_double_range (0.2, 1.0), 0.1);
      g_autoptr (GPtrArray) fastest = NULL;
      g_autoptr (GPtrArray) routes = NULL;
      g_autoptr (GError) error = NULL;

      wish.chargers = chargers;
      wish.n_chargers = G_N_ELEMENTS (chargers);
      fastest = plan (router, from, to, &great, &error);
      if (fastest == NULL)
        continue;
      routes = plan (router, from, to, &wish, &error);
      if (routes == NULL)
        {
          g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_CHARGE);
          n_refused++;
          continue;
        }
      check_plan (volant_router_get_roads (router), routes->pdata[0], fastest->pdata[0], &wish);
      n_found++;
      n_stops += ((VolantRoute *) routes->pdata[0])->n_stops > 0;
      n_detours += ((VolantRoute *) routes->pdata[0])->n_stops == 0 &&
                   ((VolantRoute *) routes->pdata[0])->time_ms >
                     ((VolantRoute *) fastest->pdata[0])->time_ms;
    }
  g_test_message ("%s, battery of %.0f Wh: %u routes, %u of them with stops, %u more frugal than "
                  "the fastest; %u times the charge did not suffice",
                  pbf, battery_wh, n_found, n_stops, n_detours, n_refused);
  g_assert_cmpuint (n_found, >, 5);
  g_assert_cmpuint (n_stops, >, 0);
}

static void
test_monaco (void)
{
  test_city ("osm/monaco.osm.pbf", "osm/monaco-srtm-N43E007.hgt.zip", 800.0);
}

static void
test_paris (void)
{
  test_city ("osm/paris-streets.osm.pbf", NULL, 900.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charge-plan/fastest-suffices", test_fastest_suffices);
  g_test_add_func ("/charge-plan/stops-where-it-must", test_stops_where_it_must);
  g_test_add_func ("/charge-plan/refusals", test_refusals);
  g_test_add_func ("/charge-plan/vias", test_vias);
  g_test_add_func ("/charge-plan/blocked", test_blocked);
  g_test_add_func ("/charge-plan/full-battery", test_full_battery);
  g_test_add_func ("/charge-plan/chargers", test_chargers);
  g_test_add_func ("/charge-plan/monaco", test_monaco);
  g_test_add_func ("/charge-plan/paris", test_paris);
  return g_test_run ();
}
