/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/text-map.h"

/* What a wish may ask for beyond the fastest way: stops, and what is to be avoided. */

/* Two blocks; every street may be driven both ways. */
static const char blocks[] = "a---------b---------c\n"
                             "                     \n"
                             "                     \n"
                             "                     \n"
                             "d---------e---------f\n";

static TextMap *
new_blocks (void)
{
  return text_map_new (blocks, (const char *[]) { "way abc residential name=Rue_Haute",
                                                  "way def residential name=Rue_Basse",
                                                  "way ad residential", "way be residential",
                                                  "way cf residential", NULL });
}

static VolantRoute *
first_route (TextMap *map, const VolantRouteWish *wish)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) routes = volant_router_query_routes (query, wish, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (routes->len, >=, 1);
  return g_ptr_array_steal_index (routes, 0);
}

static void
check_letters (TextMap *map, const VolantRoute *route, const char *expected)
{
  g_autofree char *letters = text_map_route_letters (map, route);

  g_assert_cmpstr (letters, ==, expected);
}

static void
test_stops (void)
{
  g_autoptr (TextMap) map = new_blocks ();
  VolantPoint vias[] = { text_map_near (map, 'd', 40, 6), text_map_near (map, 'e', 60, -6) };
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_near (map, 'a', 20, 0),
                                            text_map_near (map, 'b', 60, 0));
  g_autoptr (VolantRoute) plain = first_route (map, &wish);
  g_autoptr (VolantRoute) route = NULL;
  const VolantManoeuvre *manoeuvre;

  check_letters (map, plain, "abc");
  g_assert_cmpuint (plain->n_stops, ==, 0);
  wish.vias = vias;
  wish.n_vias = 2;
  route = first_route (map, &wish);
  check_letters (map, route, "badefcb");
  g_assert_cmpuint (route->n_stops, ==, 2);
  g_assert_cmpuint (ABS ((int) route->stops[0].at_mm - (20 + 40 + 40) * 1000), <, 300);
  g_assert_cmpuint (ABS ((int) route->stops[1].at_mm - (20 + 40 + 160) * 1000), <, 300);
  g_assert_cmpuint (ABS ((int) route->length_mm - (20 + 40 + 200 + 40 + 40) * 1000), <, 500);
  for (unsigned i = 0; i < 2; i++)
    g_assert_cmpfloat (volant_geo_distance_m (route->geometry[route->stops[i].point], vias[i]), <,
                       7.0);
  /* the first lies to the right of the road, the second to its left */
  g_assert_cmpuint (route->n_manoeuvres, ==, 4);
  manoeuvre = &route->manoeuvres[1];
  g_assert_cmpint (manoeuvre->kind, ==, VOLANT_MANOEUVRE_VIA);
  g_assert_cmpint (manoeuvre->modifier, ==, VOLANT_MODIFIER_RIGHT);
  g_assert_cmpuint (manoeuvre->at_ms, ==, route->stops[0].at_ms);
  manoeuvre = &route->manoeuvres[2];
  g_assert_cmpint (manoeuvre->kind, ==, VOLANT_MANOEUVRE_VIA);
  g_assert_cmpint (manoeuvre->modifier, ==, VOLANT_MODIFIER_LEFT);
}

/* Passed, not turned round at: out of a stop one goes on as one came in. */
static void
test_stop_is_passed (void)
{
  g_autoptr (TextMap) map = new_blocks ();
  VolantPoint via = text_map_near (map, 'b', 50, 0);
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_near (map, 'b', 30, 0),
                                            text_map_near (map, 'b', 10, 0));
  g_autoptr (VolantRoute) route = NULL;

  wish.vias = &via;
  wish.n_vias = 1;
  route = first_route (map, &wish);
  check_letters (map, route, "bcfebc");
  g_assert_cmpuint (route->stops[0].at_mm, <, 20500);
  /* two stops on one link, and the end behind them */
  wish.from = text_map_near (map, 'b', 10, 0);
  wish.to = text_map_near (map, 'b', 70, 0);
  g_clear_pointer (&route, volant_route_free);
  route = first_route (map, &wish);
  check_letters (map, route, "bc");
  g_assert_cmpuint (route->n_points, ==, 3);
  g_assert_cmpuint (ABS ((int) route->stops[0].at_mm - 40000), <, 300);
  g_assert_cmpuint (ABS ((int) route->length_mm - 60000), <, 300);
}

/* A restriction that lies over a stop holds behind it too. */
static void
test_stop_inside_restriction (void)
{
  g_autoptr (TextMap) map = text_map_new (
    blocks, (const char *[]) { "way abc residential oneway", "way cf residential oneway",
                               "way be residential oneway", "way ef residential",
                               "way ad residential", "way de residential", "no abef modes=car",
                               NULL });
  VolantPoint via = text_map_near (map, 'b', 0, 20);
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_near (map, 'a', 30, 0),
                                            text_map_near (map, 'e', 50, 0));
  g_autoptr (VolantRoute) car = NULL;
  g_autoptr (VolantRoute) bus = NULL;

  wish.vias = &via;
  wish.n_vias = 1;
  car = first_route (map, &wish);
  check_letters (map, car, "abedabcfe");
  wish.mode = VOLANT_MODE_BUS;
  bus = first_route (map, &wish);
  check_letters (map, bus, "abef");
}

static void
test_bad_stops (void)
{
  g_autoptr (TextMap) map = new_blocks ();
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantPoint vias[VOLANT_WISH_MOST_VIAS + 1];
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                            text_map_point (map, 'f'));
  g_autoptr (GError) off = NULL;
  g_autoptr (GError) many = NULL;

  for (unsigned i = 0; i < G_N_ELEMENTS (vias); i++)
    vias[i] = text_map_near (map, 'e', 10 + 5 * (double) i, 0);
  wish.vias = vias;
  wish.n_vias = VOLANT_WISH_MOST_VIAS + 1;
  g_assert_null (volant_router_query_routes (query, &wish, &many));
  g_assert_error (many, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE);
  wish.n_vias = 2;
  vias[1] = text_map_near (map, 'e', 0, 5000);
  g_assert_null (volant_router_query_routes (query, &wish, &off));
  g_assert_error (off, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
  g_assert_true (g_str_has_prefix (off->message, "stop 2: "));
  wish.n_vias = VOLANT_WISH_MOST_VIAS;
  vias[1] = vias[0];
  g_clear_pointer (&query, volant_router_query_free);
  query = volant_router_query_new (text_map_router (map));
  {
    g_autoptr (VolantRoute) route = first_route (map, &wish);

    g_assert_cmpuint (route->n_stops, ==, VOLANT_WISH_MOST_VIAS);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wish/stops", test_stops);
  g_test_add_func ("/wish/stop-is-passed", test_stop_is_passed);
  g_test_add_func ("/wish/stop-inside-restriction", test_stop_inside_restriction);
  g_test_add_func ("/wish/bad-stops", test_bad_stops);
  return g_test_run ();
}
