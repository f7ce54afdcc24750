/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/import.h"
#include "maps/routing/finder.h"
#include "maps/routing/plan/alternatives.h"
#include "tests/support.h"
#include "tests/unit/routing/oracle.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* Alternatives: on a small map as a driver would name them; on cities, that each may be driven, is
 * quick enough, differs enough, and has no piece that could be bettered. */

#define N_PAIRS 60
#define WINDOWS 12

/* Three ways from a to d, and a court that is none. */
static const char valley[] = "      e-------------f      \n"
                             "     /               \\    \n"
                             "a---b---------------- c---d\n"
                             "     \\               /    \n"
                             "      g-------------h      \n"
                             "                           \n"
                             "           x--y            \n";

static TextMap *
new_valley (void)
{
  return text_map_new (valley,
                       (const char *[]) { "way ab residential speed=15",
                                          "way bc residential speed=15 name=Mitte",
                                          "way cd residential speed=15",
                                          "way befc residential speed=15 name=Nord",
                                          "way bghc residential speed=14",
                                          "way gxyh residential speed=5", NULL });
}

static void
test_valley (void)
{
  g_autoptr (TextMap) map = new_valley ();
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                            text_map_point (map, 'd'));
  const char *const expected[] = { "abcd", "abefcd", "abghcd" };

  for (unsigned n = 0; n <= 4; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) routes = NULL;

      wish.n_routes = n;
      routes = volant_router_query_routes (query, &wish, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (routes->len, ==, CLAMP (n, 1, 3));
      for (unsigned i = 0; i < routes->len; i++)
        {
          g_autofree char *letters = text_map_route_letters (map, routes->pdata[i]);

          g_assert_cmpstr (letters, ==, expected[i]);
        }
    }
}

/* Where there is one way there is one, and on one street no other is sought. */
static void
test_none (void)
{
  g_autoptr (TextMap) map = new_valley ();
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_near (map, 'a', 5, 0),
                                            text_map_near (map, 'a', 30, 0));
  VolantPoint via = text_map_near (map, 'e', 50, 0);
  g_autoptr (GPtrArray) street = NULL;
  g_autoptr (GPtrArray) stop = NULL;
  g_autoptr (GPtrArray) blocked = NULL;
  uint32_t links[] = { text_map_link (map, 'e', 'f'), text_map_link (map, 'g', 'h') };

  wish.n_routes = 3;
  street = volant_router_query_routes (query, &wish, NULL);
  g_assert_cmpuint (street->len, ==, 1);
  wish.to = text_map_point (map, 'd');
  wish.blocked = links;
  wish.n_blocked = 2;
  blocked = volant_router_query_routes (query, &wish, NULL);
  g_assert_cmpuint (blocked->len, ==, 1);
  wish.n_blocked = 0;
  wish.vias = &via;
  wish.n_vias = 1;
  stop = volant_router_query_routes (query, &wish, NULL);
  g_assert_cmpuint (stop->len, ==, 1);
}

/* A private road at the end costs the search a lot, and gives no leave to dawdle. */
static void
test_end_in_private (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---b-------------c---d\n"
    "                       \n"
    "                       \n"
    "                       \n"
    "                       \n"
    "                       \n"
    "                       \n"
    "    e-------------f    \n",
    (const char *[]) { "way ab residential", "way bc residential",
                       "way cd service flags=destination", "way befc residential", NULL });
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                            text_map_point (map, 'd'));
  g_autoptr (GPtrArray) routes = NULL;

  wish.n_routes = 3;
  routes = volant_router_query_routes (query, &wish, NULL);
  g_assert_cmpuint (routes->len, ==, 1);
}

typedef struct {
  VolantRouter *router;
  const VolantRoads *roads;
  VolantRouterQuery *query;
  VolantFinder *finder;
  Oracle *oracle;
  unsigned found[VOLANT_WISH_MOST_ROUTES + 1];
  unsigned n_windows;
} City;

static VolantPoint
random_place (const VolantRoads *roads)
{
  for (;;)
    {
      uint32_t s = (uint32_t) g_test_rand_int_range (0, (int) roads->n_segments);
      const VolantSegment *segment = &roads->segments[s];

      /* within a segment, so that it is clear which one is meant */
      if (segment->road_class < VOLANT_ROAD_SERVICE && segment->road_class != VOLANT_ROAD_MOTORWAY &&
          ((segment->access[0] | segment->access[1]) & VOLANT_MODE_BIT (VOLANT_MODE_CAR)))
        return volant_geo_interpolate (roads->points[segment->first_point],
                                       roads->points[segment->first_point + 1], 0.5);
    }
}

static double
links_ms (const City *city, const VolantRoute *route, GHashTable *only)
{
  double ms = 0.0;

  for (uint32_t i = 0; i < route->n_steps; i++)
    if (only == NULL || g_hash_table_contains (only, GUINT_TO_POINTER (route->steps[i].link)))
      ms += volant_profile_link_ms (city->roads, VOLANT_MODE_CAR, route->steps[i].link);
  return ms;
}

static void
check_drivable (City *city, const VolantRoute *route)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t cost;

  for (uint32_t i = 0; i < route->n_steps; i++)
    g_array_append_val (links, route->steps[i].link);
  g_assert_true (oracle_check_way (city->oracle, VOLANT_MODE_CAR, (uint32_t *) links->data,
                                   links->len, &cost));
}

/* The T-test, without plateaus: a piece shorter than T is a shortest way between its links. */
static void
check_locally_best (City *city, const VolantRoute *route, double window_ms)
{
  const VolantMetric *metric = volant_router_get_metric (city->router, VOLANT_MODE_CAR);
  const VolantTurns *turns = volant_router_get_turns (city->router);

  for (unsigned k = 0; k < WINDOWS; k++)
    {
      uint32_t first = route->n_steps * k / WINDOWS + 1, last = first;
      double links = 0.0;
      uint32_t cost = 0;
      VolantSearchResult result;

      while (last + 2 < route->n_steps)
        {
          uint32_t from = route->steps[last].link, to = route->steps[last + 1].link;
          uint32_t turn = volant_profile_turn_ms (city->roads, turns, VOLANT_MODE_CAR, from, to) +
                          volant_profile_entry_ms (city->roads, VOLANT_MODE_CAR, from, to);

          links += metric->link_costs[from];
          if (links > window_ms)
            break;
          cost += metric->link_costs[from] + turn;
          last++;
        }
      if (last >= route->n_steps || last == first)
        continue;
      result = volant_finder_run (city->finder, metric,
                                  &(VolantSeed) { route->steps[first].link, 0 }, 1,
                                  &(VolantGoal) { route->steps[last].link, 0 }, 1, NULL, NULL);
      g_assert_cmpuint (result.ms, ==, cost);
      city->n_windows++;
    }
}

static void
check_pair (City *city, VolantPoint from, VolantPoint to)
{
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, from, to);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) routes = NULL;
  g_autoptr (VolantRoute) best = NULL;
  double best_ms;

  best = volant_router_query_route (city->query, VOLANT_MODE_CAR, from, NAN, to, NULL);
  wish.n_routes = 3;
  routes = volant_router_query_routes (city->query, &wish, NULL);
  city->found[routes != NULL ? routes->len : 0]++;
  g_assert_true ((best != NULL) == (routes != NULL));
  if (best == NULL)
    return;
  best_ms = links_ms (city, best, NULL);
  for (unsigned i = 0; i < routes->len; i++)
    {
      const VolantRoute *route = routes->pdata[i];

      check_drivable (city, route);
      if (i == 0)
        {
          g_assert_cmpuint (route->time_ms, ==, best->time_ms);
          g_assert_cmpmem (route->steps, route->n_steps * sizeof *route->steps, best->steps,
                           best->n_steps * sizeof *best->steps);
        }
      else
        {
          g_assert_cmpfloat (route->time_ms, <=, best->time_ms * VOLANT_ALTERNATIVE_STRETCH + 1);
          g_assert_cmpfloat (links_ms (city, route, taken), <=,
                             best_ms * VOLANT_ALTERNATIVE_SHARING + 1e-6);
          check_locally_best (city, route, best_ms * VOLANT_ALTERNATIVE_OPTIMALITY * 0.99);
        }
      for (uint32_t k = 0; k < route->n_steps; k++)
        g_hash_table_add (taken, GUINT_TO_POINTER (route->steps[k].link));
    }
}

static void
test_city (const void *data)
{
  g_autofree char *path = volant_test_data (data);
  g_autofree char *city_path = g_build_filename (volant_test_folder (), "alternatives.city", NULL);
  VolantImportOptions options = { .roads_only = true };
  g_autoptr (VolantCity) file = NULL;
  g_autoptr (VolantRouter) router = NULL;
  g_autoptr (GError) error = NULL;
  City city = { NULL };

  if (path == NULL)
    return;
  volant_import (path, &options, city_path, NULL, NULL, &error);
  g_assert_no_error (error);
  file = volant_city_open (city_path, &error);
  g_assert_no_error (error);
  router = volant_router_new (file, &error);
  g_assert_no_error (error);
  city.router = router;
  city.roads = volant_router_get_roads (router);
  city.query = volant_router_query_new (router);
  city.finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  city.oracle = oracle_new (city.roads, volant_router_get_turns (router));
  for (unsigned i = 0; i < N_PAIRS; i++)
    check_pair (&city, random_place (city.roads), random_place (city.roads));
  g_test_message ("of %u pairs %u have no way, %u one, %u two, %u three; %u pieces are best", N_PAIRS,
                  city.found[0], city.found[1], city.found[2], city.found[3], city.n_windows);
  g_assert_cmpuint (city.found[2] + city.found[3], >, N_PAIRS / 4);
  volant_router_query_free (city.query);
  volant_finder_free (city.finder);
  oracle_free (city.oracle);
}

/* Whether a way goes through a road where only those may go who begin or end there. */
static bool
trespasses (const VolantRoads *roads, const VolantRoute *route)
{
  bool has_been_public = false;
  unsigned n_entries = 0;

  for (uint32_t i = 0; i < route->n_steps; i++)
    {
      unsigned flags = roads->segments[volant_link_segment (route->steps[i].link)].flags;
      bool is_private = (flags & VOLANT_ROAD_FLAG_DESTINATION_ONLY) != 0;

      n_entries += is_private && has_been_public;
      has_been_public = !is_private;
      if (n_entries > 0 && !is_private)
        return true;
    }
  return false;
}

/* What is to be avoided is driven only where there is no way if it is closed. */
static void
test_avoid (const void *data)
{
  g_autofree char *path = volant_test_data (data);
  g_autofree char *city_path = g_build_filename (volant_test_folder (), "avoid.city", NULL);
  VolantImportOptions options = { .roads_only = true };
  g_autoptr (VolantCity) file = NULL;
  g_autoptr (VolantRouter) router = NULL;
  g_autoptr (VolantRouterQuery) query = NULL;
  g_autoptr (GArray) motorways = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autoptr (GError) error = NULL;
  const VolantRoads *roads;
  unsigned n_round = 0, n_unavoided = 0;

  if (path == NULL)
    return;
  volant_import (path, &options, city_path, NULL, NULL, &error);
  g_assert_no_error (error);
  file = volant_city_open (city_path, &error);
  router = volant_router_new (file, &error);
  g_assert_no_error (error);
  query = volant_router_query_new (router);
  roads = volant_router_get_roads (router);
  for (uint32_t link = 0; link < 2 * roads->n_segments; link++)
    if (volant_avoid_covers (VOLANT_AVOID_MOTORWAYS, &roads->segments[link / 2]))
      g_array_append_val (motorways, link);
  g_assert_cmpuint (motorways->len, >, 0);
  for (unsigned i = 0; i < 30 * N_PAIRS; i++)
    {
      VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, random_place (roads),
                                                random_place (roads));
      g_autoptr (GPtrArray) plain = volant_router_query_routes (query, &wish, NULL);
      g_autoptr (GPtrArray) avoiding = NULL;
      g_autoptr (GPtrArray) closed = NULL;
      const VolantRoute *route;

      if (plain == NULL || ((VolantRoute *) plain->pdata[0])->motorway_mm == 0)
        continue;
      wish.avoid = VOLANT_AVOID_MOTORWAYS;
      avoiding = volant_router_query_routes (query, &wish, &error);
      g_assert_no_error (error);
      route = avoiding->pdata[0];
      g_assert_cmpint (route->unavoided != 0, ==, route->motorway_mm > 0);
      n_round += route->unavoided == 0;
      n_unavoided += route->unavoided != 0;
      if (route->unavoided == 0)
        continue;
      wish.avoid = 0;
      wish.blocked = (uint32_t *) motorways->data;
      wish.n_blocked = motorways->len;
      closed = volant_router_query_routes (query, &wish, NULL);
      g_assert_true (closed == NULL || ((VolantRoute *) closed->pdata[0])->motorway_mm > 0 ||
                     trespasses (roads, closed->pdata[0]));
    }
  g_test_message ("%u ways lead round the motorway, %u do not", n_round, n_unavoided);
  g_assert_cmpuint (n_round, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alternatives/valley", test_valley);
  g_test_add_func ("/alternatives/none", test_none);
  g_test_add_func ("/alternatives/end-in-private", test_end_in_private);
  g_test_add_data_func ("/alternatives/monaco", "osm/monaco.osm.pbf", test_city);
  g_test_add_data_func ("/alternatives/paris", "osm/paris-streets.osm.pbf", test_city);
  g_test_add_data_func ("/alternatives/avoid-monaco", "osm/monaco.osm.pbf", test_avoid);
  g_test_add_data_func ("/alternatives/avoid-bayreuth", "osm/north-bayreuth.osm.gz", test_avoid);
  return g_test_run ();
}
