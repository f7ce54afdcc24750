/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/reach/reach.h"
#include "tests/support.h"
#include "tests/unit/routing/sample-city.h"

#include <math.h>

/* How far one gets: the times are those of routes, all that is reached lies inside, and what lies
 * inside and is not reached is close to what is. */

/* 3 (diagonal + tolerance) of a cell of 10 m, see reach-grid.h, and what a plane is off. */
#define MARGIN_M 55.0
#define SAMPLE_M 4.0

static VolantReach *
reach_from (VolantRouter *router, VolantMode mode, VolantPoint from)
{
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (router, mode);
  g_autoptr (GError) error = NULL;
  VolantReach *reach = volant_reach_new (router, finder, metric, from, NAN, &error);

  g_assert_no_error (error);
  return reach;
}

/* Metres from a point to the nearest sample of a road that is within the limit. */
static double
distance_to_reached_m (const VolantRouter *router, const VolantReach *reach, VolantMode mode,
                       int64_t limit, VolantPoint point)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  double nearest_m = INFINITY;

  for (uint32_t i = 0; i < roads->n_segments; i++)
    {
      const VolantSegment *segment = &roads->segments[i];

      if (!volant_roads_link_allows (roads, 2 * i, mode) &&
          !volant_roads_link_allows (roads, 2 * i + 1, mode))
        continue;
      for (uint32_t k = 0; k + 1 < segment->n_points; k++)
        {
          VolantPoint a = roads->points[segment->first_point + k];
          VolantPoint b = roads->points[segment->first_point + k + 1];
          double piece_m = volant_geo_distance_m (a, b), off_m;
          int n = (int) (piece_m / SAMPLE_M) + 1;

          volant_geo_project (point, a, b, NULL, &off_m);
          for (int s = 0; off_m < nearest_m && s <= n; s++)
            {
              VolantPoint sample = volant_geo_interpolate (a, b, (double) s / n);
              double away_m = volant_geo_distance_m (sample, point);

              if (away_m < nearest_m && volant_reach_get_point (reach, sample) <= limit)
                nearest_m = away_m;
            }
        }
    }
  return nearest_m;
}

static void
check_rings (const VolantReachArea *area)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (unsigned i = 0; i < area->polygons->len; i++)
    {
      const VolantPolygon *polygon = area->polygons->pdata[i];

      for (unsigned k = 0; k < polygon->rings->len; k++)
        g_ptr_array_add (all, polygon->rings->pdata[k]);
    }
  g_assert_cmpuint (all->len, >, 0);
  g_assert_true (volant_polygon_are_simple (all, NULL));
}

/* Counts what is inside though it is further: each must be near a road that is not. (Streets for
 * destinations only may be near on the clock by one end while the search goes in by the other:
 * those are told as the search goes, and drawn as near as they are.) */
static unsigned
check_area (VolantRouter *router, const VolantReach *reach, VolantMode mode, int64_t limit,
            bool with_private, unsigned *n_reached)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  g_autoptr (VolantReachArea) area = volant_reach_get_area (reach, limit);
  unsigned n_further = 0;

  check_rings (area);
  *n_reached = 0;
  for (uint32_t i = 0; i < roads->n_junctions; i++)
    {
      VolantPoint point = roads->junctions[i].point;
      bool is_inside = volant_reach_area_contains (area, point);

      if (volant_reach_get_junction (reach, i) <= limit)
        {
          ++*n_reached;
          g_assert_true (is_inside);
        }
      else if (is_inside)
        {
          bool is_road = false;

          for (uint32_t k = roads->first_out[i]; k < roads->first_out[i + 1]; k++)
            is_road = is_road || volant_roads_link_allows (roads, roads->out_links[k], mode) ||
                      volant_roads_link_allows (roads, roads->out_links[k] ^ 1, mode);
          if (!is_road || with_private)
            continue;
          n_further++;
          g_assert_cmpfloat (distance_to_reached_m (router, reach, mode, limit, point), <,
                             MARGIN_M + SAMPLE_M);
        }
    }
  g_assert_cmpuint (area->n_junctions, ==, *n_reached);
  return n_further;
}

/* Beside roads that are cut off, a route may begin or end at another road than the nearest. */
static bool
is_connected (const VolantRouter *router, VolantMode mode, VolantPoint point)
{
  VolantSnap snap;

  return volant_ends_snap (router, mode, NULL, point, &snap, NULL) &&
         volant_router_is_main (router, mode, snap.segment);
}

static void
compare_with_routes (VolantRouter *router, const VolantReach *reach, VolantMode mode,
                     VolantPoint from, unsigned n, unsigned *n_same, unsigned *n_other)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);

  for (unsigned i = 0; i < n; i++)
    {
      VolantPoint to = sample_city_point (router, mode, 5.0);
      int64_t value = volant_reach_get_point (reach, to);
      uint32_t time_ms, length_mm;
      g_autoptr (GError) error = NULL;

      volant_router_query_distance (query, mode, from, to, &time_ms, &length_mm, &error);
      g_assert_no_error (error);
      if (!is_connected (router, mode, from) || !is_connected (router, mode, to))
        continue;
      if (value == time_ms)
        ++*n_same;
      else
        ++*n_other;
    }
}

static void
test_random (void)
{
  unsigned n_all = 0, n_further = 0, n_same = 0, n_other = 0;

  for (unsigned i = 0; i < 12; i++)
    {
      VolantMode mode = i % VOLANT_N_MODES;
      g_autoptr (VolantRouter) router = sample_city_random (16, i % 2 == 1);
      VolantPoint from = sample_city_point (router, mode, 10.0);
      g_autoptr (VolantReach) reach = reach_from (router, mode, from);

      compare_with_routes (router, reach, mode, from, 40, &n_same, &n_other);
      for (int64_t limit_s = 5; limit_s < 900; limit_s *= 3)
        {
          unsigned n_reached;

          n_further += check_area (router, reach, mode, limit_s * 1000, i % 2 == 1,
                                   &n_reached);
          n_all += n_reached;
        }
    }
  g_test_message ("%u junctions inside, %u more beside them; %u times are the routes', %u not",
                  n_all, n_further, n_same, n_other);
  g_assert_cmpuint (n_all, >, 1000);
  g_assert_cmpuint (n_further * 30, <, n_all);
  g_assert_cmpuint (n_same, >, 200);
  g_assert_cmpuint (n_other * 50, <=, n_same);
}

static void
test_city (const void *data)
{
  g_autoptr (VolantRouter) router = sample_city_open (data);
  unsigned n_all = 0, n_further = 0, n_same = 0, n_other = 0;

  if (router == NULL)
    return;
  for (unsigned i = 0; i < 3; i++)
    {
      VolantMode mode = i == 2 ? VOLANT_MODE_FOOT : VOLANT_MODE_CAR;
      VolantPoint from = sample_city_point (router, mode, 10.0);
      g_autoptr (VolantReach) reach = reach_from (router, mode, from);
      unsigned n_reached;

      compare_with_routes (router, reach, mode, from, 30, &n_same, &n_other);
      n_further += check_area (router, reach, mode, 300000, false, &n_reached);
      n_all += n_reached;
    }
  g_test_message ("%u junctions inside, %u more beside them; %u times are the routes', %u not",
                  n_all, n_further, n_same, n_other);
  g_assert_cmpuint (n_all, >, 100);
  g_assert_cmpuint (n_other * 50, <=, n_same);
}

/* From a place that is not on one of the islands a random city may have. */
static VolantReach *
reach_far (VolantRouter *router, VolantPoint *from)
{
  for (unsigned i = 0; i < 50; i++)
    {
      VolantReach *reach;
      g_autoptr (VolantReachArea) area = NULL;

      *from = sample_city_point (router, VOLANT_MODE_FOOT, 0.0);
      reach = reach_from (router, VOLANT_MODE_FOOT, *from);
      area = volant_reach_get_area (reach, 600000);
      if (area->roads_m > 1000.0)
        return reach;
      volant_reach_free (reach);
    }
  g_error ("a random city without a thousand metres of streets");
}

/* More time is more ground; no time is only the place itself. */
static void
test_limits (void)
{
  g_autoptr (VolantRouter) router = sample_city_random (12, false);
  VolantPoint from;
  g_autoptr (VolantReach) reach = reach_far (router, &from);
  double last_m2 = 0.0, last_m = -1.0;

  for (int64_t limit_s = 0; limit_s <= 600; limit_s += 60)
    {
      g_autoptr (VolantReachArea) area = volant_reach_get_area (reach, limit_s * 1000);

      /* No time is no ground: its outline may run through the place itself. */
      g_assert_true (limit_s == 0 || volant_reach_area_contains (area, from));
      g_assert_cmpfloat (area->roads_m, >=, last_m);
      g_assert_cmpfloat (area->area_m2, >, 0.99 * last_m2);
      last_m2 = area->area_m2;
      last_m = area->roads_m;
      if (limit_s == 60)
        g_assert_cmpfloat (area->roads_m, <, 10.0 * 81.0); /* 80 m a minute, into a few streets */
    }
  g_assert_cmpfloat (last_m, >, 1000.0);
}

static void
test_off_map (void)
{
  g_autoptr (VolantRouter) router = sample_city_random (3, false);
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  g_autoptr (GError) error = NULL;

  g_assert_null (volant_reach_new (router, finder, metric, (VolantPoint) { 0, 0 }, NAN, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reach/random", test_random);
  g_test_add_func ("/reach/limits", test_limits);
  g_test_add_func ("/reach/off-map", test_off_map);
  g_test_add_data_func ("/reach/monaco", "osm/monaco.osm.pbf", test_city);
  g_test_add_data_func ("/reach/paris", "osm/paris-streets.osm.pbf", test_city);
  return g_test_run ();
}
