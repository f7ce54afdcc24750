/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/block.h"
#include "tests/unit/routing/text-map.h"

#include <string.h>

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

/* From a to c: a motorway, a toll road, a ferry, and a long way round by f. */
static TextMap *
new_shores (bool has_way_round)
{
  return text_map_new ("a-----b-------------c-----d\n"
                       "      |             |      \n"
                       "      1-------------2      \n"
                       "      |             |      \n"
                       "      3-------------4      \n"
                       "                           \n"
                       "                           \n"
                       "                           \n"
                       "      e-------------f      \n",
                       (const char *[]) { "way ab residential", "way cd residential",
                                          "way bc motorway speed=130", "way b1 residential",
                                          "way c2 residential", "way 12 primary speed=50 flags=toll",
                                          "way 13 residential", "way 24 residential",
                                          "way 34 ferry speed=40",
                                          has_way_round ? "way 3ef4 residential speed=20" : NULL,
                                          NULL });
}

static void
check_way (TextMap *map, unsigned avoid, const char *expected, unsigned unavoided)
{
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                            text_map_point (map, 'd'));
  g_autoptr (VolantRoute) route = NULL;

  wish.avoid = avoid;
  route = first_route (map, &wish);
  check_letters (map, route, expected);
  g_assert_cmpuint (route->unavoided, ==, unavoided);
}

static void
test_avoid (void)
{
  g_autoptr (TextMap) map = new_shores (true);
  g_autoptr (TextMap) cut_off = new_shores (false);
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                            text_map_point (map, 'd'));
  g_autoptr (VolantRoute) plain = first_route (map, &wish);
  g_autoptr (VolantRoute) slow = NULL;

  g_assert_cmpuint (ABS ((int) plain->motorway_mm - 140000), <, 300);
  g_assert_cmpuint (plain->toll_mm, ==, 0);
  check_way (map, 0, "abcd", 0);
  check_way (map, VOLANT_AVOID_TOLLS, "abcd", 0);
  check_way (map, VOLANT_AVOID_MOTORWAYS, "ab12cd", 0);
  check_way (map, VOLANT_AVOID_MOTORWAYS | VOLANT_AVOID_FERRIES, "ab12cd", 0);
  check_way (map, VOLANT_AVOID_MOTORWAYS | VOLANT_AVOID_TOLLS, "ab13ef42cd", 0);
  check_way (map, 7, "ab13ef42cd", 0);
  check_way (cut_off, VOLANT_AVOID_MOTORWAYS | VOLANT_AVOID_TOLLS, "ab1342cd", 0);
  /* all are the same evil: the shortest it is, and it says so */
  check_way (cut_off, 7, "abcd", VOLANT_AVOID_MOTORWAYS);
  /* the times that are told are those of the road, not what the search pays */
  wish.avoid = VOLANT_AVOID_MOTORWAYS;
  slow = first_route (map, &wish);
  g_assert_cmpuint (slow->time_ms, >, plain->time_ms);
  g_assert_cmpuint (slow->time_ms, <, plain->time_ms + 60000);
  g_assert_cmpuint (ABS ((int) slow->toll_mm - 140000), <, 300);
}

/* On a motorway already: it is left at the first exit. And no court is driven through for it. */
static void
test_avoid_from_within (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a-----------b-----------c----d\n"
    "            |           |     \n"
    "            e-----------f     \n"
    "            1-----------2     \n",
    (const char *[]) { "way abc motorway speed=130 oneway", "way cd residential",
                       "way be residential", "way cf residential", "way ef residential speed=10",
                       "way e1 service", "way f2 service", "way 12 service flags=destination",
                       NULL });
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_near (map, 'a', 30, 0),
                                            text_map_point (map, 'd'));
  g_autoptr (VolantRoute) route = NULL;
  g_autoptr (VolantRoute) past = NULL;

  wish.avoid = VOLANT_AVOID_MOTORWAYS;
  route = first_route (map, &wish);
  check_letters (map, route, "abefcd");
  g_assert_cmpuint (route->unavoided, ==, VOLANT_AVOID_MOTORWAYS);
  wish.from = text_map_near (map, 'b', 30, 0);
  past = first_route (map, &wish);
  check_letters (map, past, "bcd");
}

static void
test_court_is_no_way_round (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a-----b-----c----d\n"
    "      |     |     \n"
    "      e-----f     \n",
    (const char *[]) { "way ab residential", "way bc motorway", "way cd residential",
                       "way be residential", "way cf residential",
                       "way ef service flags=destination", NULL });

  check_way (map, VOLANT_AVOID_MOTORWAYS, "abcd", VOLANT_AVOID_MOTORWAYS);
}

static void
test_blocked (void)
{
  g_autoptr (TextMap) map = new_blocks ();
  uint32_t blocked[] = { text_map_link (map, 'b', 'c'), text_map_link (map, 'c', 'b') };
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_near (map, 'a', 60, 0),
                                            text_map_near (map, 'c', 0, 20));
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (VolantRoute) round = NULL;
  g_autoptr (VolantRoute) onto = NULL;
  g_autoptr (VolantRoute) back = NULL;
  g_autoptr (GError) error = NULL;

  wish.blocked = blocked;
  wish.n_blocked = 2;
  round = first_route (map, &wish);
  check_letters (map, round, "abefc");
  /* what lies on a blocked street is come to from its nearer end */
  wish.to = text_map_near (map, 'b', 70, 0);
  onto = first_route (map, &wish);
  check_letters (map, onto, "abc");
  /* the car stands in it and turns back */
  wish.n_blocked = 1;
  wish.from = text_map_near (map, 'b', 60, 0);
  wish.heading_deg = 90.0;
  wish.to = text_map_near (map, 'c', 0, 20);
  back = first_route (map, &wish);
  check_letters (map, back, "cbefc");
  wish.n_blocked = 2;
  g_assert_null (volant_router_query_routes (query, &wish, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE);
  g_assert_nonnull (strstr (error->message, "blocked"));
}

/* The links that are closed, as letters: "bc cb". */
static char *
block (TextMap *map, const char *way, double left_m)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autoptr (GArray) blocked = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  GString *text = g_string_new (NULL);

  for (const char *c = way; c[1] != '\0'; c++)
    g_array_append_vals (links, &(uint32_t) { text_map_link (map, c[0], c[1]) }, 1);
  volant_block_ahead (text_map_roads (map), VOLANT_MODE_CAR, (uint32_t *) links->data, links->len,
                      left_m, blocked);
  for (unsigned i = 0; i < blocked->len; i++)
    {
      g_autofree char *letters =
        text_map_letters (map, &g_array_index (blocked, uint32_t, i), 1);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", letters);
    }
  return g_string_free (text, FALSE);
}

/* A street of three pieces with a drive beside it, between two crossings. */
static void
test_block_ahead (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "    g       h   \n"
    "    |       |   \n"
    "a---b-c-d-e-f--i\n"
    "    |  x    |   \n"
    "    k       l   \n",
    (const char *[]) { "way abcdefi residential", "way gbk residential", "way hfl residential",
                       "way cx service", NULL });
  const struct {
    const char *way;
    double left_m;
    const char *closed;
  } cases[] = {
    /* far before the crossing: up to it, and the way back stays open */
    { "abcdef", 41.0, "ab" },
    /* at it: what comes behind it, to the next, both ways */
    { "abcdef", 40.0, "bc cb cd dc de ed ef fe" },
    { "abg", 10.0, "bg gb" },
    /* within the street */
    { "bcdefh", 20.0, "bc cd dc de ed ef fe" },
    { "cdefh", 30.0, "cd de ed ef fe" },
    { "efh", 15.0, "fh hf" },
    /* no way is known, or it leaves by the drive */
    { "ab", 5.0, "ab" },
    { "bcx", 5.0, "bc cd dc de ed ef fe" },
    { "fi", 5.0, "fi" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *closed = block (map, cases[i].way, cases[i].left_m);

      g_assert_cmpstr (closed, ==, cases[i].closed);
    }
}

static void
test_avoid_words (void)
{
  static const struct {
    const char *text;
    unsigned avoid;
  } good[] = { { "", 0 },
               { "motorways", 1 },
               { "toll", 2 },
               { "ferries,motorway", 5 },
               { " tolls, ferry  motorways,", 7 } };
  g_autoptr (GError) error = NULL;
  unsigned avoid;

  for (unsigned i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (volant_avoid_parse (good[i].text, &avoid, NULL));
      g_assert_cmpuint (avoid, ==, good[i].avoid);
    }
  for (unsigned i = 0; i < VOLANT_N_AVOIDS; i++)
    {
      g_assert_true (volant_avoid_parse (volant_avoid_name (1u << i), &avoid, NULL));
      g_assert_cmpuint (avoid, ==, 1u << i);
    }
  g_assert_false (volant_avoid_parse ("tolls,highways", &avoid, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“highways”"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wish/stops", test_stops);
  g_test_add_func ("/wish/stop-is-passed", test_stop_is_passed);
  g_test_add_func ("/wish/stop-inside-restriction", test_stop_inside_restriction);
  g_test_add_func ("/wish/bad-stops", test_bad_stops);
  g_test_add_func ("/wish/avoid", test_avoid);
  g_test_add_func ("/wish/avoid-from-within", test_avoid_from_within);
  g_test_add_func ("/wish/court-is-no-way-round", test_court_is_no_way_round);
  g_test_add_func ("/wish/blocked", test_blocked);
  g_test_add_func ("/wish/block-ahead", test_block_ahead);
  g_test_add_func ("/wish/avoid-words", test_avoid_words);
  return g_test_run ();
}
