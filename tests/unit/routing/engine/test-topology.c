/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/query.h"
#include "maps/routing/engine/topology-format.h"
#include "tests/support.h"
#include "tests/unit/routing/engine/sample-graphs.h"

#include <string.h>

/* What is read as a topology: whole ones open; a changed byte is refused, and so is what else was
 * changed, unless it means the same: then every cost stays what it was. */

typedef struct {
  SampleGraph *sample;
  const VolantGraph *graph;
  uint32_t *order;
  uint32_t *costs; /* of arcs */
  GBytes *bytes;
  uint32_t *least; /* node to node */
} World;

static uint32_t *
find_least (const VolantTopology *topology, const uint32_t *costs)
{
  uint32_t n = topology->n_nodes;
  uint32_t *least = g_new (uint32_t, (size_t) n * n + 1);
  g_autoptr (VolantWeights) weights = volant_weights_new (topology, costs, 1);
  g_autoptr (VolantQuery) query = volant_query_new (topology);

  for (uint32_t a = 0; a < n; a++)
    for (uint32_t b = 0; b < n; b++)
      least[a * n + b] = volant_query_cost (query, weights, a, b);
  return least;
}

/* Takes the sample. The order is a random one: rows get many runs, and gaps between them. */
static void
world_init (World *self, SampleGraph *sample)
{
  uint32_t n = sample->graph.n_nodes;
  g_autoptr (VolantTopology) topology = NULL;
  g_autoptr (GError) error = NULL;

  self->sample = sample;
  self->graph = &sample->graph;
  self->order = g_new (uint32_t, n + 1);
  self->costs = g_new (uint32_t, sample->graph.n_arcs + 1);
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t k = (uint32_t) g_test_rand_int_range (0, (int) i + 1);

      self->order[i] = self->order[k];
      self->order[k] = i;
    }
  for (uint32_t arc = 0; arc < sample->graph.n_arcs; arc++)
    self->costs[arc] = (uint32_t) g_test_rand_int_range (1, 1000);
  self->bytes = volant_topology_build (self->graph, self->order, &error);
  g_assert_no_error (error);
  topology = volant_topology_open_bytes (self->bytes, self->graph, &error);
  g_assert_no_error (error);
  self->least = find_least (topology, self->costs);
}

static void
world_clear (World *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->order);
  g_free (self->costs);
  g_free (self->least);
  sample_graph_free (self->sample);
}

/* In an allocation of just that size, so that a sanitizer sees a read past the end. */
static GBytes *
copy_bytes (const void *data, size_t size)
{
  return g_bytes_new_take (g_memdup2 (data, size), size);
}

static bool
try_bytes (const World *self, GBytes *bytes)
{
  uint32_t n = self->graph->n_nodes;
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantTopology) topology = volant_topology_open_bytes (bytes, self->graph, &error);
  g_autofree uint32_t *least = NULL;

  g_assert_true ((topology == NULL) == (error != NULL));
  if (topology == NULL)
    {
      g_assert_true (
        g_error_matches (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT) ||
        g_error_matches (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED));
      return false;
    }
  least = find_least (topology, self->costs);
  g_assert_cmpmem (least, n * n * sizeof *least, self->least, n * n * sizeof *least);
  return true;
}

static void
expect_refused (const World *self, const void *data, size_t size, int code, const char *words)
{
  g_autoptr (GBytes) bytes = copy_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantTopology) topology = volant_topology_open_bytes (bytes, self->graph, &error);

  g_assert_null (topology);
  g_assert_error (error, VOLANT_MAPS_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "import the city again"));
}

static void
test_header (void)
{
  World world;
  size_t size;
  g_autofree uint8_t *copy = NULL;
  VolantTopologyHeader *header;
  uint32_t other_heads[1] = { 0 }, other_out[2] = { 0, 1 };
  VolantGraph other = { 1, 1, other_out, other_heads };
  g_autoptr (GError) error = NULL;

  world_init (&world, sample_graph_new_grid (5, 5));
  copy = g_malloc (g_bytes_get_size (world.bytes) + 4);
  memcpy (copy, g_bytes_get_data (world.bytes, &size), g_bytes_get_size (world.bytes));
  header = (VolantTopologyHeader *) copy;
  expect_refused (&world, "", 0, VOLANT_MAPS_ERROR_CORRUPT, "cut off");
  expect_refused (&world, copy, sizeof *header - 1, VOLANT_MAPS_ERROR_CORRUPT, "cut off");
  expect_refused (&world, copy, size - 1, VOLANT_MAPS_ERROR_CORRUPT, "size");
  expect_refused (&world, copy, size + 4, VOLANT_MAPS_ERROR_CORRUPT, "size");
  header->version++;
  expect_refused (&world, copy, size, VOLANT_MAPS_ERROR_UNSUPPORTED, "version");
  header->version--;
  header->n_slots = VOLANT_ARC_DOWN;
  expect_refused (&world, copy, size, VOLANT_MAPS_ERROR_CORRUPT, "limits");
  g_assert_null (volant_topology_open_bytes (world.bytes, &other, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "other roads"));
  world_clear (&world);
}

static void
test_no_nodes (void)
{
  uint32_t first_out[1] = { 0 };
  VolantGraph graph = { 0, 0, first_out, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = volant_topology_build (&graph, first_out, &error);
  g_autoptr (VolantTopology) topology = volant_topology_open_bytes (bytes, &graph, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (topology->n_blocks, ==, 0);
}

/* Every byte, changed in each of its bits, then to the next and the previous value. */
static void
change_every_byte (World *self)
{
  size_t size;
  const uint8_t *data = g_bytes_get_data (self->bytes, &size);
  g_autofree uint8_t *copy = g_memdup2 (data, size);

  for (size_t at = 0; at < size; at++)
    {
      for (unsigned change = 0; change < 10; change++)
        {
          g_autoptr (GBytes) bytes = NULL;

          copy[at] = (uint8_t) (change < 8    ? data[at] ^ 1 << change
                                : change == 8 ? data[at] + 1
                                              : data[at] - 1);
          bytes = copy_bytes (copy, size);
          if (try_bytes (self, bytes))
            g_error ("byte %zu may be %u as well as %u", at, copy[at], data[at]);
        }
      copy[at] = data[at];
    }
  world_clear (self);
}

static void
test_changed_bytes (void)
{
  World world;

  world_init (&world, sample_graph_new_grid (6, 6));
  change_every_byte (&world);
  world_init (&world, sample_graph_new_streets (4, 4));
  change_every_byte (&world);
  world_init (&world, sample_graph_new_random (30, 32, 7)); /* parts, loops, parallel arcs */
  change_every_byte (&world);
}

/* Two words swapped, or one copied over another. */
static void
test_moved_words (void)
{
  World world;
  size_t size;
  const uint32_t *data;
  g_autofree uint32_t *copy = NULL;

  world_init (&world, sample_graph_new_grid (7, 5));
  data = g_bytes_get_data (world.bytes, &size);
  copy = g_memdup2 (data, size);
  for (unsigned i = 0; i < 20000; i++)
    {
      uint32_t a = (uint32_t) g_test_rand_int_range (0, (int) (size / 4));
      uint32_t b = (uint32_t) g_test_rand_int_range (0, (int) (size / 4));
      g_autoptr (GBytes) bytes = NULL;

      copy[a] = data[b];
      if (i % 2 == 0)
        copy[b] = data[a];
      bytes = copy_bytes (copy, size);
      try_bytes (&world, bytes);
      copy[a] = data[a];
      copy[b] = data[b];
    }
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/topology/header", test_header);
  g_test_add_func ("/topology/no-nodes", test_no_nodes);
  g_test_add_func ("/topology/changed-bytes", test_changed_bytes);
  g_test_add_func ("/topology/moved-words", test_moved_words);
  return g_test_run ();
}
