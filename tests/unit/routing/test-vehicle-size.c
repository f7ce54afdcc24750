/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/road-limits.h"
#include "maps/roads/roads-format.h"
#include "maps/routing/router-core.h"
#include "tests/unit/import/osm-text.h"

#include <string.h>

/* A vehicle's size, from OSM's tags to the way that it takes: a bridge over the short way from 1 to
 * 4, a longer way round by 5 and 6. */

#define TOWN                                                                                      \
  "n 1 43.700 7.400\nn 2 43.700 7.402\nn 3 43.700 7.404\nn 4 43.700 7.406\n"                      \
  "n 5 43.698 7.402\nn 6 43.698 7.404\n"                                                          \
  "w 10 1,2 highway=primary\nw 12 3,4 highway=primary\nw 13 2,5,6,3 highway=residential\n"
#define BRIDGE(tags) TOWN "w 11 2,3 highway=primary " tags "\n"

static VolantRouter *
new_router (const char *text)
{
  VolantRoads *roads = osm_text_to_roads (text, "FR", NULL);
  g_autoptr (GBytes) bytes = volant_turns_build (roads);
  g_autoptr (GError) error = NULL;
  VolantTurns *turns = volant_turns_open_bytes (bytes, roads, &error);

  g_assert_no_error (error);
  return volant_router_new_from (roads, (GDestroyNotify) volant_roads_unref, turns);
}

/* Whether the way goes over the bridge, from 1 to 4 or back. */
static bool
takes_bridge (VolantRouter *router, VolantMode mode, VolantVehicleSize size, bool backward)
{
  VolantPoint west = volant_point_from_degrees (43.7, 7.4005);
  VolantPoint east = volant_point_from_degrees (43.7, 7.4055);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  VolantRouteWish wish = volant_route_wish (mode, backward ? east : west, backward ? west : east);
  g_autoptr (GPtrArray) routes = NULL;
  g_autoptr (GError) error = NULL;

  wish.size = size;
  routes = volant_router_query_routes (query, &wish, &error);
  g_assert_no_error (error);
  return ((VolantRoute *) routes->pdata[0])->length_mm < 500000;
}

typedef struct {
  const char *tags;
  VolantVehicleSize fits;
  VolantVehicleSize does_not_fit;
} Limited;

static const Limited limited[] = {
  { "maxheight=3.5", { .height_cm = 350 }, { .height_cm = 351 } },
  { "maxheight=3,5", { .height_cm = 350 }, { .height_cm = 351 } },
  { "maxheight=11'6\"", { .height_cm = 350 }, { .height_cm = 351 } },
  { "maxheight=350%20cm", { .height_cm = 350 }, { .height_cm = 351 } },
  { "maxheight:physical=3.4 maxheight=3.5", { .height_cm = 340 }, { .height_cm = 345 } },
  { "maxheight:physical=3.6 maxheight=3.5", { .height_cm = 350 }, { .height_cm = 355 } },
  { "maxheight=default", { .height_cm = 9999 }, { 0 } },
  { "maxwidth=2.3", { .width_cm = 230, .height_cm = 500 }, { .width_cm = 255 } },
  { "maxlength=12%20m", { .length_cm = 1200 }, { .length_cm = 1800 } },
  { "maxlength=10 maxlength:bus=none", { .length_cm = 1000 }, { .length_cm = 1200 } },
  { "maxweight=7.5", { .weight_kg = 7500 }, { .weight_kg = 7501 } },
  { "maxweight=7500%20kg", { .weight_kg = 7500 }, { .weight_kg = 19000 } },
  { "maxweight=3.5 maxweight:bus=19", { .weight_kg = 19000 }, { .weight_kg = 19500 } },
  { "maxweight:hgv=3.5", { .weight_kg = 19000 }, { 0 } },
  { "maxaxleload=10", { .axle_load_kg = 10000, .weight_kg = 40000 }, { .axle_load_kg = 11500 } },
};

static void
test_limits (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (limited); i++)
    {
      g_autofree char *text = g_strdup_printf (BRIDGE ("%s"), limited[i].tags);
      g_autoptr (VolantRouter) router = new_router (text);
      const VolantVehicleSize unknown = { 0 };

      g_test_message ("%s", limited[i].tags);
      for (unsigned backward = 0; backward < 2; backward++)
        for (VolantMode mode = VOLANT_MODE_CAR; mode <= VOLANT_MODE_BUS; mode++)
          {
            g_assert_true (takes_bridge (router, mode, unknown, backward));
            g_assert_true (takes_bridge (router, mode, limited[i].fits, backward));
            g_assert_cmpint (takes_bridge (router, mode, limited[i].does_not_fit, backward), ==,
                             memcmp (&limited[i].does_not_fit, &unknown, sizeof unknown) == 0);
          }
    }
}

static void
test_direction (void)
{
  g_autoptr (VolantRouter) router = new_router (BRIDGE ("maxheight:forward=3.0 maxheight=4"));
  VolantVehicleSize bus = { .height_cm = 320 }, van = { .height_cm = 290 };

  g_assert_false (takes_bridge (router, VOLANT_MODE_BUS, bus, false));
  g_assert_true (takes_bridge (router, VOLANT_MODE_BUS, bus, true));
  g_assert_true (takes_bridge (router, VOLANT_MODE_BUS, van, false));
}

/* A height restrictor in the middle of a way: nothing that is higher passes it, but to come up to it
 * is allowed. */
static void
test_node (void)
{
  g_autoptr (VolantRouter) router = new_router (
    TOWN "n 7 43.700 7.403 barrier=height_restrictor maxheight=2.2\n"
         "w 11 2,7,3 highway=primary\n");
  VolantVehicleSize bus = { .height_cm = 320 }, car = { .height_cm = 160 };
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_BUS,
                                            volant_point_from_degrees (43.7, 7.4005),
                                            volant_point_from_degrees (43.7, 7.4032));
  g_autoptr (GPtrArray) up_to = NULL;

  g_assert_false (takes_bridge (router, VOLANT_MODE_BUS, bus, false));
  g_assert_false (takes_bridge (router, VOLANT_MODE_BUS, bus, true));
  g_assert_true (takes_bridge (router, VOLANT_MODE_BUS, car, false));
  /* behind it, seen from here: round and back from the other side */
  wish.size = bus;
  up_to = volant_router_query_routes (query, &wish, NULL);
  g_assert_nonnull (up_to);
  g_assert_cmpuint (((VolantRoute *) up_to->pdata[0])->length_mm, >, 600000);
}

/* Nobody is sent into a street that is too narrow for the last metres. */
static void
test_ends (void)
{
  g_autoptr (VolantRouter) router = new_router (
    TOWN "n 8 43.702 7.402\nw 14 2,8 highway=residential maxwidth=2\n");
  VolantPoint in_lane = volant_point_from_degrees (43.7012, 7.402);
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_BUS,
                                            volant_point_from_degrees (43.7, 7.4005), in_lane);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  g_autoptr (GPtrArray) slim = volant_router_query_routes (query, &wish, NULL);
  g_autoptr (GPtrArray) wide = NULL;
  const VolantRoute *route;

  wish.size.width_cm = 255;
  wide = volant_router_query_routes (query, &wish, NULL);
  route = slim->pdata[0];
  g_assert_cmpfloat (volant_geo_distance_m (route->geometry[route->n_points - 1], in_lane), <, 1.0);
  route = wide->pdata[0];
  g_assert_cmpfloat (volant_geo_distance_m (route->geometry[route->n_points - 1], in_lane), >,
                     100.0);
}

static void
test_numbers (void)
{
  g_assert_cmpuint (volant_limit_parse_length ("2.3"), ==, 230);
  g_assert_cmpuint (volant_limit_parse_length (" 3.85 m"), ==, 385);
  g_assert_cmpuint (volant_limit_parse_length ("12 ft"), ==, 365);
  g_assert_cmpuint (volant_limit_parse_length ("12'"), ==, 365);
  g_assert_cmpuint (volant_limit_parse_length ("12'6\""), ==, 381);
  g_assert_cmpuint (volant_limit_parse_weight ("3.5"), ==, 350);
  g_assert_cmpuint (volant_limit_parse_weight ("16000 lbs"), ==, 725);
  for (unsigned i = 0; i < 8; i++)
    {
      static const char *const bad[] = { "",       "none", "-3",   "3.5.5", "3 parsecs",
                                         "12'6ft", "0",    "99999" };

      g_assert_cmpuint (volant_limit_parse_length (bad[i]), ==, 0);
      g_assert_cmpuint (volant_limit_parse_weight (bad[i]), ==, 0);
    }
}

/* Sections of another version are told from damaged ones. */
static void
test_version (void)
{
  static const uint32_t magics[] = { VOLANT_CITY_TAG ('R', 'D', '0', '1'),
                                     VOLANT_CITY_TAG ('R', 'X', '0', '2') };
  static const VolantMapsError codes[] = { VOLANT_MAPS_ERROR_UNSUPPORTED,
                                           VOLANT_MAPS_ERROR_CORRUPT };

  for (unsigned i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      VolantRoadsHeader header = { .magic = magics[i] };
      g_autoptr (GBytes) bytes = g_bytes_new (&header, sizeof header);
      g_autoptr (GError) error = NULL;

      g_assert_null (volant_roads_open_bytes (bytes, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, (int) codes[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vehicle-size/limits", test_limits);
  g_test_add_func ("/vehicle-size/direction", test_direction);
  g_test_add_func ("/vehicle-size/node", test_node);
  g_test_add_func ("/vehicle-size/ends", test_ends);
  g_test_add_func ("/vehicle-size/numbers", test_numbers);
  g_test_add_func ("/vehicle-size/version", test_version);
  return g_test_run ();
}
