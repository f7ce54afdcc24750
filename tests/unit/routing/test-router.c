/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* Routes from points to points: snapping, parts of links, profiles, and bad input. */

/* A town of one block; the short way from a to c leads through a private yard. */
static const char block[] = "a---------b---------c\n"
                            "                     \n"
                            "                     \n"
                            "                     \n"
                            "d---------e---------f\n";

static TextMap *
new_block (void)
{
  return text_map_new (block, (const char *[]) { "way abc residential name=Rue_Haute speed=50",
                                                 "way def primary name=Quai speed=50",
                                                 "way ad residential", "way be residential oneway",
                                                 "way cf residential", NULL });
}

static VolantRoute *
route (TextMap *map, VolantMode mode, VolantPoint from, double heading_deg, VolantPoint to)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (GError) error = NULL;
  VolantRoute *found = volant_router_query_route (query, mode, from, heading_deg, to, &error);

  g_assert_no_error (error);
  return found;
}

static void
test_parts_of_links (void)
{
  g_autoptr (TextMap) map = new_block ();
  /* 20 m into ab, to 30 m into bc, a little beside the road. */
  g_autoptr (VolantRoute) found = route (map, VOLANT_MODE_CAR, text_map_near (map, 'a', 20, -4),
                                         NAN, text_map_near (map, 'b', 30, 5));
  g_autofree char *letters = text_map_route_letters (map, found);

  g_assert_cmpstr (letters, ==, "abc");
  g_assert_cmpuint (ABS ((int) found->length_mm - 110000), <, 200);
  /* 110 m at 0.75 x 50 km/h; going straight on costs nothing. */
  g_assert_cmpuint (ABS ((int) found->time_ms - 10560), <, 25);
  g_assert_cmpuint (found->n_steps, ==, 2);
  g_assert_cmpuint (ABS ((int) found->steps[1].at_mm - 80000), <, 200);
  g_assert_cmpuint (found->n_points, ==, 3);
  g_assert_cmpint (found->geometry[1].lon_e7, ==, text_map_point (map, 'b').lon_e7);
}

static void
test_same_link (void)
{
  g_autoptr (TextMap) map = new_block ();
  VolantPoint first = text_map_near (map, 'a', 20, 0), second = text_map_near (map, 'a', 70, 0);
  g_autoptr (VolantRoute) there = route (map, VOLANT_MODE_CAR, first, NAN, second);
  g_autoptr (VolantRoute) back = route (map, VOLANT_MODE_CAR, second, NAN, first);
  g_autoptr (VolantRoute) nowhere = route (map, VOLANT_MODE_CAR, first, NAN, first);
  g_autofree char *letters_back = text_map_route_letters (map, back);

  g_assert_cmpuint (there->n_steps, ==, 1);
  g_assert_cmpuint (ABS ((int) there->length_mm - 50000), <, 100);
  g_assert_cmpuint (ABS ((int) back->time_ms - (int) there->time_ms), <=, 1);
  g_assert_cmpstr (letters_back, ==, "ba");
  g_assert_cmpuint (nowhere->length_mm, ==, 0);
  g_assert_cmpuint (nowhere->n_points, ==, 2);
}

/* Against a one-way on the same link: round the block. */
static void
test_same_link_against_one_way (void)
{
  g_autoptr (TextMap) map = new_block ();
  VolantPoint low = text_map_near (map, 'b', 0, 30), high = text_map_near (map, 'b', 0, 10);
  g_autoptr (VolantRoute) car = route (map, VOLANT_MODE_CAR, low, NAN, high);
  g_autoptr (VolantRoute) foot = route (map, VOLANT_MODE_FOOT, low, NAN, high);
  g_autofree char *letters = text_map_route_letters (map, car);

  g_assert_cmpuint (car->n_steps, ==, 5);
  g_assert_cmpint (letters[0], ==, 'b');
  g_assert_cmpint (letters[1], ==, 'e');
  g_assert_cmpint (letters[5], ==, 'e');
  g_assert_cmpuint (ABS ((int) car->length_mm - 260000), <, 500);
  g_assert_cmpuint (foot->n_steps, ==, 1);
  g_assert_cmpuint (ABS ((int) foot->time_ms - 15000), <, 100); /* 20 m at 4.8 km/h */
}

static void
test_heading (void)
{
  g_autoptr (TextMap) map = new_block ();
  VolantPoint from = text_map_near (map, 'd', 45, 0), to = text_map_near (map, 'a', 0, 20);
  g_autoptr (VolantRoute) any = route (map, VOLANT_MODE_CAR, from, NAN, to);
  g_autoptr (VolantRoute) west = route (map, VOLANT_MODE_CAR, from, 270.0, to);
  g_autoptr (VolantRoute) east = route (map, VOLANT_MODE_CAR, from, 90.0, to);
  g_autofree char *letters_east = text_map_route_letters (map, east);

  g_assert_cmpuint (any->time_ms, ==, west->time_ms);
  /* Turning round would cost a minute: round the blocks is quicker. */
  g_assert_cmpstr (letters_east, ==, "defcbad");
  g_assert_cmpuint (east->time_ms, >, any->time_ms);
}

static void
test_through_traffic (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---------b---------c\n"
    "                     \n"
    "                     \n"
    "d-------------------f\n",
    (const char *[]) { "way abc residential flags=destination", "way ad residential",
                       "way df residential", "way cf residential", NULL });
  VolantPoint a = text_map_near (map, 'a', 0, 20), c = text_map_near (map, 'c', 0, 20);
  g_autoptr (VolantRoute) through = route (map, VOLANT_MODE_CAR, a, NAN, c);
  g_autoptr (VolantRoute) into = route (map, VOLANT_MODE_CAR, a, NAN, text_map_point (map, 'b'));
  g_autoptr (VolantRoute) walk = route (map, VOLANT_MODE_FOOT, a, NAN,
                                        text_map_near (map, 'c', 0, 9));
  g_autofree char *letters = text_map_route_letters (map, through);
  g_autofree char *letters_walk = text_map_route_letters (map, walk);

  g_assert_cmpstr (letters, ==, "adfc");
  g_assert_cmpuint (into->length_mm, <, 125000);
  g_assert_cmpuint (into->time_ms, <, 60000); /* the entry is no time that a clock shows */
  g_assert_cmpstr (letters_walk, ==, "dabcf");
}

static void
test_saturated (void)
{
  g_autoptr (TextMap) map = new_block ();
  VolantRoads *roads = text_map_roads (map);
  g_autofree VolantSegment *segments = g_memdup2 (roads->segments,
                                                  roads->n_segments * sizeof *roads->segments);
  g_autoptr (VolantRouterQuery) query = NULL;
  uint32_t time_ms, length_mm;

  for (uint32_t i = 0; i < roads->n_segments; i++)
    segments[i].length_mm = UINT32_MAX;
  roads->segments = segments;
  query = volant_router_query_new (text_map_router (map));
  for (unsigned mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      g_assert_true (volant_router_query_distance (query, mode, text_map_point (map, 'a'),
                                                   text_map_point (map, 'f'), &time_ms, &length_mm,
                                                   NULL));
      g_assert_cmpuint (time_ms, <=, VOLANT_TIME_NEVER_MS);
    }
}

static void
test_bad_input (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---b              c---d\n",
    (const char *[]) { "way ab residential", "way cd residential", NULL });
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantPoint a = text_map_point (map, 'a'), d = text_map_point (map, 'd');
  g_autoptr (GError) far = NULL;
  g_autoptr (GError) apart = NULL;
  g_autoptr (GError) invalid = NULL;
  uint32_t time_ms = 0, length_mm = 1;

  g_assert_null (volant_router_query_route (query, VOLANT_MODE_CAR, a, NAN,
                                            text_map_near (map, 'a', 0, 2000), &far));
  g_assert_error (far, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
  g_assert_null (volant_router_query_route (query, VOLANT_MODE_CAR, a, NAN, d, &apart));
  g_assert_error (apart, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE);
  g_assert_true (volant_router_query_distance (query, VOLANT_MODE_CAR, a, d, &time_ms, &length_mm,
                                               NULL));
  g_assert_cmpuint (time_ms, ==, VOLANT_TIME_NEVER_MS);
  g_assert_null (volant_router_query_route (query, VOLANT_MODE_CAR, a, NAN,
                                            (VolantPoint) { INT32_MAX, 0 }, &invalid));
  g_assert_error (invalid, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
}

/* Where the nearest road is cut off from the rest, the nearest connected one serves. */
static void
test_island (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---b---c\n"
    "         \n"
    "  x---y  \n",
    (const char *[]) { "way abc residential", "way xy service", NULL });
  g_autoptr (VolantRoute) found = route (map, VOLANT_MODE_CAR, text_map_near (map, 'x', 5, 1), NAN,
                                         text_map_point (map, 'c'));
  g_autofree char *letters = text_map_route_letters (map, found);

  g_assert_cmpstr (letters, ==, "abc");
}

/* The index against the plain way: every segment measured. */
static void
test_snap (void)
{
  g_autoptr (TextMap) map = new_block ();
  const VolantRoads *roads = text_map_roads (map);

  for (unsigned i = 0; i < 500; i++)
    {
      VolantPoint point = text_map_near (map, 'a', g_test_rand_double_range (-100, 300),
                                         g_test_rand_double_range (-100, 150));
      double nearest_m = INFINITY, distance_m;
      uint32_t link;

      for (uint32_t s = 0; s < roads->n_segments; s++)
        {
          const VolantPoint *points = roads->points + roads->segments[s].first_point;
          double here_m;

          volant_geo_project (point, points[0], points[1], NULL, &here_m);
          nearest_m = MIN (nearest_m, here_m);
        }
      g_assert_true (volant_router_snap (text_map_router (map), VOLANT_MODE_CAR, point, &link, NULL,
                                         &distance_m, NULL));
      g_assert_cmpfloat_with_epsilon (distance_m, nearest_m, 1e-6);
      g_assert_true (volant_roads_link_allows (roads, link, VOLANT_MODE_CAR));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/parts-of-links", test_parts_of_links);
  g_test_add_func ("/router/same-link", test_same_link);
  g_test_add_func ("/router/same-link-against-one-way", test_same_link_against_one_way);
  g_test_add_func ("/router/heading", test_heading);
  g_test_add_func ("/router/through-traffic", test_through_traffic);
  g_test_add_func ("/router/saturated", test_saturated);
  g_test_add_func ("/router/bad-input", test_bad_input);
  g_test_add_func ("/router/island", test_island);
  g_test_add_func ("/router/snap", test_snap);
  return g_test_run ();
}
