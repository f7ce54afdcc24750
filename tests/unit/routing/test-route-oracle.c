/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/import.h"
#include "maps/routing/router-core.h"
#include "maps/routing/turns-build.h"
#include "tests/support.h"
#include "tests/unit/routing/oracle.h"

/* The router against the oracle, to the millisecond: on small random graphs with everything in
 * them (one-ways, barriers, loops, doubled roads, long restrictions that overlap), and on the roads
 * of Monaco and Paris. */

#define N_GRAPHS 60
/* Pairs of a city and mode: the oracle finds all targets of a source at once. */
#define N_SOURCES 25
#define N_TARGETS 40

typedef struct {
  VolantRoads roads;
  GArray *segments;
  GArray *points;
  GArray *junctions;
  GArray *restrictions;
  GArray *restriction_links;
  GArray *first_out;
  GArray *out_links;
} RandomGraph;

static const uint8_t masks[] = { 7, 7, 7, 7, 4, 3, 6, 2, 0 };

static void
add_random_segment (RandomGraph *self, uint32_t n)
{
  VolantSegment segment = { .n_points = 2, .first_point = self->points->len };
  uint32_t ends[2];

  for (unsigned i = 0; i < 2; i++)
    {
      ends[i] = (uint32_t) g_test_rand_int_range (0, (int) n);
      segment.access[i] = masks[g_test_rand_int_range (0, G_N_ELEMENTS (masks))];
      segment.speed_kmh[i] = (uint8_t) g_test_rand_int_range (10, 130);
      g_array_append_val (self->points,
                          g_array_index (self->junctions, VolantJunction, ends[i]).point);
    }
  segment.from_node = ends[0];
  segment.to_node = ends[1];
  segment.length_mm = (uint32_t) g_test_rand_int_range (1, 300000);
  segment.road_class = (uint8_t) g_test_rand_int_range (0, VOLANT_N_ROAD_CLASSES);
  if (g_test_rand_int_range (0, 5) == 0)
    segment.flags = VOLANT_ROAD_FLAG_DESTINATION_ONLY;
  if (g_test_rand_int_range (0, 5) == 0)
    segment.flags |= VOLANT_ROAD_FLAG_ROUNDABOUT;
  g_array_append_val (self->segments, segment);
}

/* A walk of two to five links. */
static void
add_random_restriction (RandomGraph *self)
{
  VolantRestriction restriction = { .first_link = self->restriction_links->len };
  uint32_t link = (uint32_t) g_test_rand_int_range (0, (int) self->segments->len * 2);
  unsigned n = (unsigned) g_test_rand_int_range (2, 6);

  for (unsigned i = 0; i < n; i++)
    {
      uint32_t node = volant_roads_link_to (&self->roads, link);
      uint32_t first = self->roads.first_out[node], last = self->roads.first_out[node + 1];

      g_array_append_val (self->restriction_links, link);
      restriction.n_links++;
      if (first == last)
        break;
      link = self->roads.out_links[g_test_rand_int_range ((int) first, (int) last)];
    }
  restriction.kind = g_test_rand_bit () ? VOLANT_TURN_NO : VOLANT_TURN_ONLY;
  restriction.modes = (uint8_t) g_test_rand_int_range (1, 4);
  if (restriction.n_links >= 2)
    g_array_append_val (self->restrictions, restriction);
}

static void
add_random_junctions (RandomGraph *self, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    {
      VolantJunction junction = { .point = { g_test_rand_int_range (488000000, 488050000),
                                             g_test_rand_int_range (23000000, 23080000) } };

      if (g_test_rand_int_range (0, 6) == 0)
        junction.blocked_modes = (uint8_t) g_test_rand_int_range (1, 8);
      if (g_test_rand_int_range (0, 4) == 0)
        junction.flags = VOLANT_NODE_FLAG_SIGNALS;
      g_array_append_val (self->junctions, junction);
    }
}

static void
lay_out_links (RandomGraph *self, uint32_t n)
{
  for (uint32_t node = 0; node < n; node++)
    {
      g_array_append_val (self->first_out, self->out_links->len);
      for (uint32_t link = 0; link < self->segments->len * 2; link++)
        if (volant_roads_link_from (&self->roads, link) == node)
          g_array_append_val (self->out_links, link);
    }
  g_array_append_val (self->first_out, self->out_links->len);
  self->roads.first_out = (uint32_t *) self->first_out->data;
  self->roads.out_links = (uint32_t *) self->out_links->data;
}

static RandomGraph *
random_graph_new (void)
{
  RandomGraph *self = g_new0 (RandomGraph, 1);
  uint32_t n = (uint32_t) g_test_rand_int_range (2, 30);
  unsigned n_segments = (unsigned) g_test_rand_int_range (1, (int) n * 2 + 2);
  unsigned n_restrictions = (unsigned) g_test_rand_int_range (0, 40);

  self->segments = g_array_new (FALSE, TRUE, sizeof (VolantSegment));
  self->points = g_array_new (FALSE, TRUE, sizeof (VolantPoint));
  self->junctions = g_array_new (FALSE, TRUE, sizeof (VolantJunction));
  self->restrictions = g_array_new (FALSE, TRUE, sizeof (VolantRestriction));
  self->restriction_links = g_array_new (FALSE, TRUE, sizeof (uint32_t));
  self->first_out = g_array_new (FALSE, TRUE, sizeof (uint32_t));
  self->out_links = g_array_new (FALSE, TRUE, sizeof (uint32_t));
  add_random_junctions (self, n);
  for (unsigned i = 0; i < n_segments; i++)
    add_random_segment (self, n);
  self->roads.segments = (VolantSegment *) self->segments->data;
  self->roads.n_segments = self->segments->len;
  self->roads.points = (VolantPoint *) self->points->data;
  self->roads.n_points = self->points->len;
  self->roads.junctions = (VolantJunction *) self->junctions->data;
  self->roads.n_junctions = n;
  self->roads.strings = "";
  self->roads.strings_size = 1;
  self->roads.drives_on_left = g_test_rand_bit ();
  lay_out_links (self, n);
  for (unsigned i = 0; i < n_restrictions; i++)
    add_random_restriction (self);
  self->roads.restrictions = (VolantRestriction *) self->restrictions->data;
  self->roads.n_restrictions = self->restrictions->len;
  self->roads.restriction_links = (uint32_t *) self->restriction_links->data;
  self->roads.n_restriction_links = self->restriction_links->len;
  return self;
}

static void
random_graph_free (RandomGraph *self)
{
  g_array_unref (self->segments);
  g_array_unref (self->points);
  g_array_unref (self->junctions);
  g_array_unref (self->restrictions);
  g_array_unref (self->restriction_links);
  g_array_unref (self->first_out);
  g_array_unref (self->out_links);
  g_free (self);
}

/* Compares the costs, and that the way found may be travelled at that cost. */
static void
compare (VolantRouterQuery *query, Oracle *oracle, VolantMode mode, uint32_t from, uint32_t to,
         uint32_t expected_ms)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t ms = volant_router_query_junctions (query, mode, from, to, links), way_ms;

  g_assert_cmpuint (ms, ==, expected_ms);
  if (ms == VOLANT_TIME_NEVER_MS)
    return;
  g_assert_true (oracle_check_way (oracle, mode, (uint32_t *) links->data, links->len, &way_ms));
  g_assert_cmpuint (way_ms, ==, ms);
}

static void
test_random_graphs (void)
{
  unsigned n_reached = 0, n_copies = 0;

  for (unsigned i = 0; i < N_GRAPHS; i++)
    {
      RandomGraph *graph = random_graph_new ();
      g_autoptr (GBytes) bytes = volant_turns_build (&graph->roads);
      g_autoptr (GError) error = NULL;
      VolantTurns *turns = volant_turns_open_bytes (bytes, &graph->roads, &error);
      g_autoptr (VolantRouter) router = NULL;
      g_autoptr (VolantRouterQuery) query = NULL;
      g_autoptr (Oracle) oracle = NULL;

      g_assert_no_error (error);
      n_copies += turns->n_states - turns->n_links;
      oracle = oracle_new (&graph->roads, turns);
      router = volant_router_new_from (&graph->roads, NULL, turns);
      query = volant_router_query_new (router);
      for (unsigned mode = 0; mode < VOLANT_N_MODES; mode++)
        for (uint32_t from = 0; from < graph->roads.n_junctions; from++)
          {
            const uint32_t *costs = oracle_run (oracle, mode, from);

            for (uint32_t to = 0; to < graph->roads.n_junctions; to++)
              {
                compare (query, oracle, mode, from, to, costs[to]);
                n_reached += from != to && costs[to] < VOLANT_TIME_NEVER_MS;
              }
          }
      g_clear_pointer (&oracle, oracle_free);
      g_clear_pointer (&query, volant_router_query_free);
      g_clear_pointer (&router, volant_router_unref);
      random_graph_free (graph);
    }
  g_test_message ("%u graphs, %u copies of states, %u pairs with a way", N_GRAPHS, n_copies,
                  n_reached);
  g_assert_cmpuint (n_copies, >, 0);
  g_assert_cmpuint (n_reached, >, 1000);
}

/* Junctions that a mode can leave by a road; the rest of a city would be pairs without a way. */
static uint32_t
random_junction (const VolantRoads *roads, VolantMode mode)
{
  for (;;)
    {
      uint32_t node = (uint32_t) g_test_rand_int_range (0, (int) roads->n_junctions);

      for (uint32_t i = roads->first_out[node]; i < roads->first_out[node + 1]; i++)
        if (volant_roads_link_allows (roads, roads->out_links[i], mode))
          return node;
    }
}

static void
compare_city (VolantRouter *router, VolantMode mode)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  g_autoptr (Oracle) oracle = oracle_new (roads, volant_router_get_turns (router));
  unsigned n_reached = 0;

  for (unsigned i = 0; i < N_SOURCES; i++)
    {
      uint32_t from = random_junction (roads, mode);
      const uint32_t *costs = oracle_run (oracle, mode, from);

      for (unsigned k = 0; k < N_TARGETS; k++)
        {
          uint32_t to = random_junction (roads, mode);

          compare (query, oracle, mode, from, to, costs[to]);
          n_reached += costs[to] < VOLANT_TIME_NEVER_MS;
        }
    }
  g_test_message ("mode %u: %u pairs agree, %u of them have a way", mode, N_SOURCES * N_TARGETS,
                  n_reached);
  g_assert_cmpuint (n_reached, >, N_SOURCES * N_TARGETS / 2);
}

static void
test_city (const void *data)
{
  g_autofree char *path = volant_test_data (data);
  g_autofree char *city_path = g_build_filename (volant_test_folder (), "oracle.city", NULL);
  VolantImportOptions options = { .roads_only = true };
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (VolantRouter) router = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  volant_import (path, &options, city_path, NULL, NULL, &error);
  g_assert_no_error (error);
  city = volant_city_open (city_path, &error);
  g_assert_no_error (error);
  router = volant_router_new (city, &error);
  g_assert_no_error (error);
  g_test_message ("%u links, %u states, %u turns, %u restrictions",
                  volant_router_get_turns (router)->n_links,
                  volant_router_get_turns (router)->n_states,
                  volant_router_get_turns (router)->n_arcs,
                  volant_router_get_roads (router)->n_restrictions);
  for (unsigned mode = 0; mode < VOLANT_N_MODES; mode++)
    compare_city (router, mode);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route-oracle/random-graphs", test_random_graphs);
  g_test_add_data_func ("/route-oracle/monaco", "osm/monaco.osm.pbf", test_city);
  g_test_add_data_func ("/route-oracle/paris", "osm/paris-streets.osm.pbf", test_city);
  return g_test_run ();
}
