/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/stops/nearest.h"
#include "tests/support.h"
#include "tests/unit/routing/sample-city.h"

#include <math.h>

/* Tables against the router asked pair by pair, and the nearest against all sorted. */

#define OFF_MAP ((VolantPoint) { 10000000, 10000000 })

static VolantStops *
random_stops (VolantRouter *router, VolantMode mode, unsigned n)
{
  g_autofree VolantPoint *points = g_new (VolantPoint, n);

  for (unsigned i = 0; i < n; i++)
    points[i] = sample_city_point (router, mode, i % 3 * 8.0);
  /* several on one street, and one that is nowhere */
  for (unsigned i = 0; i + 1 < n && i < 6; i += 2)
    points[i + 1] = volant_geo_destination (points[i], 90.0 * i, 12.0);
  points[n / 2] = OFF_MAP;
  return volant_stops_new (router, mode, points, n);
}

static void
compare_pair (VolantRouterQuery *query, const VolantTable *table, const VolantStops *stops,
              unsigned from, unsigned to, unsigned *n_other_lengths)
{
  uint32_t time_ms, length_mm, at = from * table->n_to + to;
  g_autoptr (GError) error = NULL;

  if (!volant_router_query_distance (query, volant_stops_get_mode (stops),
                                     volant_stops_get_point (stops, from),
                                     volant_stops_get_point (stops, to), &time_ms, &length_mm,
                                     &error))
    {
      g_assert_false (volant_stops_is_on_map (stops, from) && volant_stops_is_on_map (stops, to));
      time_ms = VOLANT_TIME_NEVER_MS;
      length_mm = 0;
    }
  g_assert_cmpuint (table->times_ms[at], ==, time_ms);
  /* of two ways of the same time either may be taken */
  if (table->lengths_mm != NULL)
    *n_other_lengths += table->lengths_mm[at] != length_mm;
}

static void
compare_city (VolantRouter *router, VolantMode mode, unsigned n, unsigned *n_pairs,
              unsigned *n_other_lengths)
{
  g_autoptr (VolantStops) stops = random_stops (router, mode, n);
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (router, mode);
  g_autoptr (VolantTable) quick = volant_table_new (finder, metric, stops, stops, false);
  g_autoptr (VolantTable) full = volant_table_new (finder, metric, stops, stops, true);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);

  g_assert_null (quick->lengths_mm);
  g_assert_cmpuint (volant_stops_count_off_map (stops), >=, 1);
  for (unsigned from = 0; from < n; from++)
    for (unsigned to = 0; to < n; to++)
      {
        compare_pair (query, full, stops, from, to, n_other_lengths);
        g_assert_cmpuint (volant_table_get_ms (quick, from, to), ==,
                          volant_table_get_ms (full, from, to));
        ++*n_pairs;
      }
}

static void
test_random (void)
{
  unsigned n_pairs = 0, n_other_lengths = 0;

  for (unsigned i = 0; i < 20; i++)
    {
      g_autoptr (VolantRouter) router = sample_city_random (8, i % 2 == 0);

      compare_city (router, i % VOLANT_N_MODES, 16, &n_pairs, &n_other_lengths);
    }
  g_test_message ("%u pairs agree, %u with another length", n_pairs, n_other_lengths);
  g_assert_cmpuint (n_other_lengths * 100, <=, n_pairs);
}

static void
test_city (const void *data)
{
  g_autoptr (VolantRouter) router = sample_city_open (data);
  unsigned n_pairs = 0, n_other_lengths = 0;

  if (router == NULL)
    return;
  compare_city (router, VOLANT_MODE_CAR, 16, &n_pairs, &n_other_lengths);
  compare_city (router, VOLANT_MODE_FOOT, 12, &n_pairs, &n_other_lengths);
  g_test_message ("%u pairs agree, %u with another length", n_pairs, n_other_lengths);
  /* Ways of one time may differ in length; one such street counts for every pair that takes it. */
  g_assert_cmpuint (n_other_lengths * 10, <=, n_pairs);
}

/* A table from some stops to others, and the nearest of those that are wanted. */
static void
test_nearest (void)
{
  g_autoptr (VolantRouter) router = sample_city_random (14, true);
  g_autoptr (VolantStops) stops = random_stops (router, VOLANT_MODE_CAR, 40);
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  VolantPoint from = sample_city_point (router, VOLANT_MODE_CAR, 5.0);
  g_autoptr (VolantStops) start = volant_stops_new (router, VOLANT_MODE_CAR, &from, 1);
  g_autoptr (VolantTable) table = volant_table_new (finder, metric, start, stops, true);
  bool wanted[40];
  g_autoptr (GArray) near = NULL;
  g_autoptr (GError) error = NULL;
  uint32_t last_ms = 0;

  for (unsigned i = 0; i < 40; i++)
    wanted[i] = i % 3 != 0;
  near = volant_nearest_find (finder, metric, from, NAN, stops, wanted, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (near->len, <=, 7);
  for (unsigned i = 0; i < near->len; i++)
    {
      const VolantNearStop *one = &g_array_index (near, VolantNearStop, i);

      g_assert_true (wanted[one->stop]);
      g_assert_cmpuint (one->time_ms, ==, table->times_ms[one->stop]);
      g_assert_cmpuint (one->time_ms, >=, last_ms);
      last_ms = one->time_ms;
    }
  for (unsigned i = 0; i < 40; i++)
    {
      bool is_there = false;

      for (unsigned k = 0; k < near->len; k++)
        is_there = is_there || g_array_index (near, VolantNearStop, k).stop == i;
      if (wanted[i] && !is_there && near->len == 7)
        g_assert_cmpuint (table->times_ms[i], >=, last_ms);
    }
  g_clear_pointer (&near, g_array_unref);
  near = volant_nearest_find (finder, metric, OFF_MAP, NAN, stops, NULL, 7, &error);
  g_assert_null (near);
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
}

/* A car that points the other way must turn round first, or go round. */
static void
test_heading (void)
{
  g_autoptr (VolantRouter) router = sample_city_random (10, false);
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  g_autoptr (VolantStops) stops = random_stops (router, VOLANT_MODE_CAR, 12);

  for (unsigned i = 0; i < 12; i++)
    {
      double heading_deg = g_test_rand_double_range (0.0, 360.0);
      VolantPoint from = sample_city_point (router, VOLANT_MODE_CAR, 0.0);
      g_autoptr (VolantStops) start = volant_stops_new (router, VOLANT_MODE_CAR, &from, 1);
      g_autoptr (VolantTable) table = NULL;

      volant_stops_set_heading (start, 0, heading_deg);
      table = volant_table_new (finder, metric, start, stops, false);
      for (unsigned k = 0; k < 12; k++)
        {
          g_autoptr (VolantRoute) route =
            volant_router_query_route (query, VOLANT_MODE_CAR, from, heading_deg,
                                       volant_stops_get_point (stops, k), NULL);

          g_assert_cmpuint (table->times_ms[k], ==,
                            route != NULL ? route->time_ms : VOLANT_TIME_NEVER_MS);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/random", test_random);
  g_test_add_func ("/table/nearest", test_nearest);
  g_test_add_func ("/table/heading", test_heading);
  g_test_add_data_func ("/table/monaco", "osm/monaco.osm.pbf", test_city);
  g_test_add_data_func ("/table/paris", "osm/paris-streets.osm.pbf", test_city);
  return g_test_run ();
}
