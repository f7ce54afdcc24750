/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/routing/energy/energy-metric.h"
#include "maps/routing/energy/potentials.h"
#include "maps/routing/finder.h"
#include "tests/unit/energy/random-roads.h"

#include <string.h>

/* Reduced costs against Bellman and Ford on the signed ones, by brute force. */

#define N_GRAPHS 200

/* The least signed cost from the begin of a state to the begin of every other, by n rounds over all
 * arcs; INT64_MAX where there is no way. False where it still falls after n rounds. */
static bool
brute_force (const VolantTurns *turns, const int32_t *link_costs, const uint32_t *turn_costs,
             uint32_t from, int64_t *costs)
{
  bool falls = true;

  for (uint32_t state = 0; state < turns->n_states; state++)
    costs[state] = INT64_MAX;
  costs[from] = 0;
  for (uint32_t round = 0; falls && round <= turns->n_states; round++)
    {
      falls = false;
      for (uint32_t state = 0; state < turns->n_states; state++)
        for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
          {
            int32_t link_cost = link_costs[volant_turns_state_link (turns, state)];
            int64_t cost;

            if (costs[state] == INT64_MAX || link_cost == (int32_t) VOLANT_COST_NEVER ||
                turn_costs[arc] == VOLANT_COST_NEVER)
              continue;
            cost = costs[state] + link_cost + turn_costs[arc];
            if (cost < costs[turns->heads[arc]])
              {
                costs[turns->heads[arc]] = cost;
                falls = true;
              }
          }
    }
  return !falls;
}

static VolantMetric *
new_metric (const RandomRoads *graph)
{
  VolantMetric *metric =
    volant_metric_new (&graph->roads, graph->turns, VOLANT_MODE_CAR, VOLANT_COST_ENERGY);

  for (uint32_t arc = 0; arc < metric->n_arcs; arc++)
    if (metric->turn_costs[arc] < VOLANT_COST_NEVER)
      metric->turn_costs[arc] = (uint32_t) g_test_rand_int_range (0, 50);
  return metric;
}

static int64_t
potential_at (const VolantMetric *metric, uint32_t junction)
{
  return metric->potentials != NULL ? metric->potentials[junction] : 0;
}

/* Every pair of states of a graph; gives how many have a way. */
static unsigned
compare_all (const RandomRoads *graph, const VolantMetric *metric, const int32_t *link_costs)
{
  g_autoptr (VolantFinder) finder = volant_finder_new (graph->turns);
  g_autofree int64_t *expected = g_new (int64_t, graph->turns->n_states);
  g_autofree uint32_t *reached = g_new (uint32_t, graph->turns->n_states);
  unsigned n_ways = 0;

  for (uint32_t from = 0; from < graph->turns->n_links; from++)
    {
      VolantSeed seed = { from, 0 };
      uint32_t begin = volant_roads_link_from (&graph->roads, from);

      g_assert_true (brute_force (graph->turns, link_costs, metric->turn_costs, from, expected));
      volant_finder_reach (finder, metric, &seed, 1, VOLANT_COST_NEVER, reached);
      for (uint32_t state = 0; state < graph->turns->n_states; state++)
        {
          uint32_t link = volant_turns_state_link (graph->turns, state);
          uint32_t end = volant_roads_link_from (&graph->roads, link);

          g_assert_cmpint (reached[state] == VOLANT_COST_NEVER, ==, expected[state] == INT64_MAX);
          if (expected[state] == INT64_MAX)
            continue;
          g_assert_cmpint ((int64_t) reached[state] - potential_at (metric, begin) +
                             potential_at (metric, end),
                           ==, expected[state]);
          n_ways++;
        }
    }
  return n_ways;
}

static void
test_random_graphs (void)
{
  unsigned n_ways = 0, n_negative = 0;

  for (unsigned i = 0; i < N_GRAPHS; i++)
    {
      uint32_t n = (uint32_t) g_test_rand_int_range (1, 12);
      g_autoptr (RandomRoads) graph =
        random_roads_new (n, (unsigned) g_test_rand_int_range (1, (int) n * 2 + 2),
                          (unsigned) g_test_rand_int_range (0, 6));
      g_autofree int32_t *costs =
        random_roads_hilly_costs (graph, VOLANT_MODE_CAR, 0, 100, g_test_rand_bit () ? 500 : 0);
      g_autofree int32_t *guess = g_new (int32_t, n);
      g_autoptr (VolantMetric) metric = new_metric (graph);
      g_autoptr (GError) error = NULL;

      for (uint32_t j = 0; j < n; j++)
        guess[j] = g_test_rand_int_range (-1000, 1000);
      g_assert_true (volant_metric_reduce (metric, &graph->roads, costs,
                                           g_test_rand_bit () ? guess : NULL, &error));
      g_assert_no_error (error);
      for (uint32_t link = 0; link < metric->n_links; link++)
        {
          n_negative += costs[link] < 0;
          g_assert_cmpuint (metric->link_costs[link], <=, VOLANT_COST_NEVER);
          g_assert_cmpint (volant_metric_get_signed (metric, &graph->roads, link), ==, costs[link]);
        }
      n_ways += compare_all (graph, metric, costs);
    }
  g_test_message ("%u graphs, %u negative links, %u pairs with a way agree", N_GRAPHS, n_negative,
                  n_ways);
  g_assert_cmpuint (n_negative, >, 200);
  g_assert_cmpuint (n_ways, >, 2000);
}

/* A ring of n links, one way; the circle costs sum. */
static RandomRoads *
new_ring (uint32_t n)
{
  RandomRoads *graph = random_roads_new (n, n, 0);

  for (uint32_t s = 0; s < n; s++)
    {
      VolantSegment *segment = (VolantSegment *) &graph->roads.segments[s];

      segment->from_node = s;
      segment->to_node = (s + 1) % n;
    }
  for (uint32_t j = 0, k = 0; j < n; j++)
    {
      ((uint32_t *) graph->roads.first_out)[j] = k;
      for (uint32_t link = 0; link < 2 * n; link++)
        if (volant_roads_link_from (&graph->roads, link) == j)
          ((uint32_t *) graph->roads.out_links)[k++] = link;
    }
  return graph;
}

static void
test_negative_circle (void)
{
  for (uint32_t n = 2; n < 40; n++)
    {
      g_autoptr (RandomRoads) graph = new_ring (n);
      g_autofree int32_t *costs = g_new (int32_t, 2 * n);
      g_autofree int32_t *potentials = g_new0 (int32_t, n);
      g_autofree char *count = g_strdup_printf ("round %u links", n);
      g_autoptr (GError) error = NULL;
      int32_t sum = 0;

      for (uint32_t link = 0; link < 2 * n; link++)
        costs[link] = (int32_t) VOLANT_COST_NEVER;
      for (uint32_t s = 0; s + 1 < n; s++)
        {
          costs[2 * s] = g_test_rand_int_range (-1000, 1000);
          sum += costs[2 * s];
        }
      costs[2 * (n - 1)] = -sum;
      g_assert_true (volant_potentials_find (&graph->roads, costs, potentials, &error));
      g_assert_no_error (error);
      costs[2 * (n - 1)] = -sum - 1;
      memset (potentials, 0, n * sizeof (int32_t));
      g_assert_false (volant_potentials_find (&graph->roads, costs, potentials, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, count));
      g_assert_nonnull (strstr (error->message, "costs -1:"));
      g_assert_nonnull (strstr (error->message, "43.7"));
    }
}

static void
test_too_large (void)
{
  g_autoptr (RandomRoads) graph = new_ring (4);
  g_autoptr (VolantMetric) metric = NULL;
  g_autoptr (GError) error = NULL;
  int32_t potentials[4] = { 0 };
  int32_t costs[8] = { -1000000000, 1000000000, -1000000000, 1000000000,
                       -1000000000, 1000000000, (int32_t) VOLANT_COST_NEVER, 5 };

  g_assert_false (volant_potentials_find (&graph->roads, costs, potentials, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE);
  g_clear_error (&error);
  /* a sum past what can be counted stops at never */
  costs[0] = costs[2] = costs[4] = 2000000000;
  costs[1] = -1000000000;
  costs[3] = costs[5] = costs[6] = 2000000000;
  costs[7] = (int32_t) VOLANT_COST_NEVER;
  metric = volant_metric_new (&graph->roads, graph->turns, VOLANT_MODE_CAR, VOLANT_COST_ENERGY);
  g_assert_true (volant_metric_reduce (metric, &graph->roads, costs, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (metric->link_costs[0], ==, 1000000000);
  g_assert_cmpuint (metric->link_costs[2], ==, 2000000000);
  g_assert_cmpuint (metric->link_costs[6], ==, VOLANT_COST_NEVER);
}

/* The heights of the junctions fit by themselves but for rounding, on the steepest of roads. */
static void
test_heights (void)
{
  unsigned n_ways = 0, n_negative = 0;

  for (unsigned i = 0; i < N_GRAPHS / 4; i++)
    {
      g_autoptr (RandomRoads) graph = random_roads_new (8, 16, 3);
      g_autoptr (VolantMetric) time =
        volant_metric_new_time (&graph->roads, graph->turns, VOLANT_MODE_CAR);
      VolantEnergyConditions conditions = volant_energy_conditions (&volant_vehicle_bluecar);
      double mwh_per_m = volant_energy_height_mwh_per_m (&conditions);
      g_autofree int32_t *costs = g_new (int32_t, graph->turns->n_links);
      g_autoptr (VolantEnergyCosts) energy = NULL;
      g_autoptr (GError) error = NULL;

      energy = volant_energy_costs_new (&graph->roads, graph->turns, time, &conditions, &error);
      g_assert_no_error (error);
      for (uint32_t s = 0; s < graph->roads.n_segments; s++)
        g_assert_cmpfloat_with_epsilon (
          potential_at (energy->energy, graph->roads.segments[s].from_node),
          mwh_per_m * graph->roads.elevations_dm[2 * s] / 10.0, 20.0);
      for (uint32_t link = 0; link < graph->turns->n_links; link++)
        {
          costs[link] = (int32_t) volant_metric_get_signed (energy->energy, &graph->roads, link);
          n_negative += costs[link] < 0;
        }
      n_ways += compare_all (graph, energy->energy, costs);
    }
  g_assert_cmpuint (n_negative, >, 100);
  g_assert_cmpuint (n_ways, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/potentials/random-graphs", test_random_graphs);
  g_test_add_func ("/potentials/negative-circle", test_negative_circle);
  g_test_add_func ("/potentials/too-large", test_too_large);
  g_test_add_func ("/potentials/heights", test_heights);
  return g_test_run ();
}
