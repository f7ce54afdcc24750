/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-figures.h"
#include "maps/routing/engine/query.h"
#include "maps/routing/search.h"
#include "maps/routing/turn-topology.h"
#include "maps/routing/turns-build.h"
#include "tests/support.h"
#include "tests/unit/routing/sample-city.h"
#include "tests/unit/routing/text-map.h"

#include <gio/gio.h>
#include <string.h>

/* The topology of turns: an order of all states, those of a segment together; made alike by any
 * number of threads; stopped when asked to; in a city file; and the engine's costs on it against
 * Dijkstra's. */

static TextMap *
new_map (void)
{
  return text_map_new ("    t        \n"
                       "a---b---c---d\n"
                       "    f   e    \n",
                       (const char *[]) { "way abcd residential", "way tb residential oneway",
                                          "way bfec service", "no abce", "only tbcd modes=car",
                                          NULL });
}

/* Every state once, those of one segment behind each other. */
static void
expect_whole (const VolantTurns *turns, const uint32_t *order)
{
  g_autofree bool *state_seen = g_new0 (bool, turns->n_states);
  g_autofree bool *segment_seen = g_new0 (bool, turns->n_links);
  uint32_t last = UINT32_MAX;

  for (uint32_t rank = 0; rank < turns->n_states; rank++)
    {
      uint32_t segment;

      g_assert_cmpuint (order[rank], <, turns->n_states);
      g_assert_false (state_seen[order[rank]]);
      state_seen[order[rank]] = true;
      segment = volant_link_segment (volant_turns_state_link (turns, order[rank]));
      if (segment != last)
        g_assert_false (segment_seen[segment]);
      segment_seen[segment] = true;
      last = segment;
    }
}

static void
test_order (void)
{
  g_autoptr (TextMap) map = new_map ();
  VolantRoads *roads = text_map_roads (map);
  g_autoptr (GBytes) bytes = volant_turns_build (roads);
  g_autoptr (VolantTurns) turns = volant_turns_open_bytes (bytes, roads, NULL);
  g_autofree uint32_t *order = volant_turn_order_compute (roads, turns, 1, NULL, NULL);

  g_assert_cmpuint (turns->n_states, >, turns->n_links); /* there are copies to be placed */
  expect_whole (turns, order);
}

static void
test_threads (void)
{
  g_autoptr (VolantRouter) router = sample_city_random (20, false);
  const VolantRoads *roads = volant_router_get_roads (router);
  const VolantTurns *turns = volant_router_get_turns (router);
  VolantGraph graph = volant_turns_graph (turns);
  g_autofree uint32_t *order = volant_turn_order_compute (roads, turns, 1, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) one = NULL, three = NULL;
  g_autoptr (VolantTopology) topology = NULL;
  VolantTurnTopologyReport report;
  VolantOrderFigures figures;

  one = volant_turn_topology_build (roads, turns, 1, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  three = volant_turn_topology_build (roads, turns, 3, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (one, three));
  topology = volant_topology_open_bytes (one, &graph, &error);
  g_assert_no_error (error);
  expect_whole (turns, order);
  volant_order_measure (&graph, order, &figures);
  g_assert_cmpuint (report.tree_height, ==, topology->height);
  g_assert_cmpfloat (report.search_arcs_mean, ==, figures.mean_search_space_arcs);
  g_assert_cmpfloat (report.search_arcs_mean, >, 10);
}

typedef struct {
  unsigned n_calls;
  unsigned stop_at; /* 0: never */
  double last;
} Watch;

static bool
on_progress (double fraction, const char *stage, void *data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  watch->last = fraction;
  return ++watch->n_calls != watch->stop_at;
}

/* Large enough to be watched; the second report comes while the order is made or right after. */
static void
test_stopped (void)
{
  g_autoptr (VolantRouter) router = sample_city_random (125, false);
  const VolantRoads *roads = volant_router_get_roads (router);
  const VolantTurns *turns = volant_router_get_turns (router);
  g_autoptr (GBytes) whole = NULL, unwatched = NULL;
  Watch watch = { 0 };

  g_assert_cmpuint (roads->n_segments, >, 20000);
  for (unsigned stop_at = 1; stop_at <= 2; stop_at++)
    {
      Watch stopped = { .stop_at = stop_at };
      g_autoptr (GError) error = NULL;

      g_assert_null (
        volant_turn_topology_build (roads, turns, 2, on_progress, &stopped, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (stopped.n_calls, >=, stop_at);
    }
  whole = volant_turn_topology_build (roads, turns, 2, on_progress, &watch, NULL, NULL);
  unwatched = volant_turn_topology_build (roads, turns, 1, NULL, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (whole, unwatched));
  g_assert_cmpuint (watch.n_calls, >=, 2);
}

/* What each turn costs: the link that it leaves, and itself. */
static uint32_t *
list_costs (const VolantTurns *turns, const VolantMetric *metric)
{
  uint32_t *costs = g_new (uint32_t, turns->n_arcs + 1);

  for (uint32_t state = 0; state < turns->n_states; state++)
    for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
      costs[arc] = volant_cost_add (metric->link_costs[volant_turns_state_link (turns, state)],
                                    metric->turn_costs[arc]);
  return costs;
}

/* From some states to all, for every mode, against Dijkstra's. */
static void
expect_right_costs (VolantRouter *router, unsigned n_sources)
{
  const VolantTurns *turns = volant_router_get_turns (router);
  const VolantTopology *topology = volant_router_get_topology (router);
  g_autoptr (VolantSearch) search = volant_search_new (turns);
  g_autoptr (VolantQuery) query = volant_query_new (topology);

  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      const VolantMetric *metric = volant_router_get_metric (router, mode);
      g_autofree uint32_t *costs = list_costs (turns, metric);
      g_autoptr (VolantWeights) weights = volant_weights_new (topology, costs, 2);

      for (unsigned i = 0; i < n_sources; i++)
        {
          uint32_t source = (uint32_t) g_test_rand_int_range (0, (int) turns->n_states);

          volant_search_run (search, metric, &(VolantSeed) { source, 0 }, 1, NULL, 0);
          for (uint32_t state = 0; state < turns->n_states; state++)
            g_assert_cmpuint (volant_query_cost (query, weights, source, state), ==,
                              volant_search_get_label (search, state));
        }
    }
}

static void
test_costs (void)
{
  g_autoptr (TextMap) map = new_map ();
  g_autoptr (VolantRouter) router = sample_city_random (16, true);

  expect_right_costs (text_map_router (map), 20);
  expect_right_costs (router, 20);
}

/* Real restrictions, real one-ways: from the file of an import. */
static void
test_monaco (void)
{
  g_autoptr (VolantRouter) router = sample_city_open ("osm/monaco.osm.pbf");

  if (router != NULL)
    expect_right_costs (router, 5);
}

static void
test_city_file (void)
{
  g_autoptr (TextMap) map = new_map ();
  VolantRoads *roads = text_map_roads (map);
  g_autoptr (GBytes) turn_bytes = volant_turns_build (roads);
  g_autoptr (VolantTurns) turns = volant_turns_open_bytes (turn_bytes, roads, NULL);
  g_autoptr (GBytes) bytes = volant_turn_topology_build (roads, turns, 1, NULL, NULL, NULL, NULL);
  g_autofree char *path = g_build_filename (volant_test_folder (), "topology.city", NULL);

  for (unsigned with = 0; with < 2; with++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (VolantCityWriter) writer = volant_city_writer_new (path, &error);
      g_autoptr (VolantCityFile) file = NULL;
      g_autoptr (VolantTopology) topology = NULL;

      if (with)
        volant_city_writer_add (writer, VOLANT_CITY_TOPOLOGY, g_bytes_get_data (bytes, NULL),
                                g_bytes_get_size (bytes), &error);
      volant_city_writer_finish (writer, &error);
      file = volant_city_file_open (path, &error);
      g_assert_no_error (error);
      topology = volant_turn_topology_open (file, turns, &error);
      if (with)
        g_assert_cmpuint (topology->n_nodes, ==, turns->n_states);
      else
        {
          g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND);
          g_assert_nonnull (strstr (error->message, "volant import"));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turn-topology/order", test_order);
  g_test_add_func ("/turn-topology/threads", test_threads);
  g_test_add_func ("/turn-topology/stopped", test_stopped);
  g_test_add_func ("/turn-topology/costs", test_costs);
  g_test_add_func ("/turn-topology/monaco", test_monaco);
  g_test_add_func ("/turn-topology/city-file", test_city_file);
  return g_test_run ();
}
