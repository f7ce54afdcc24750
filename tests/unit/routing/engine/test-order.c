/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "maps/routing/engine/order-figures.h"
#include "maps/routing/engine/order.h"
#include "tests/support.h"
#include "tests/unit/routing/engine/sample-graphs.h"

/* The nested dissection order: that it is one, always the same, and a good one. */

/* Computes the order, checks that each node is in it once and that what hangs below a node stands
 * right before it, and measures it. */
static uint32_t *
compute (const VolantGraph *graph, unsigned n_threads, VolantOrderFigures *figures)
{
  uint32_t n = graph->n_nodes;
  uint32_t *order = volant_order_compute (graph, NULL, NULL, n_threads);
  g_autofree bool *seen = g_new0 (bool, n + 1);
  g_autofree uint32_t *parents = NULL, *sizes = g_new0 (uint32_t, n + 1);

  for (uint32_t rank = 0; rank < n; rank++)
    {
      g_assert_cmpuint (order[rank], <, n);
      g_assert_false (seen[order[rank]]);
      seen[order[rank]] = true;
    }
  parents = volant_order_tree (graph, order);
  for (uint32_t rank = 0; rank < n; rank++)
    {
      sizes[rank]++;
      if (parents[rank] != UINT32_MAX)
        sizes[parents[rank]] += sizes[rank];
    }
  for (uint32_t rank = 0; rank < n; rank++)
    if (parents[rank] != UINT32_MAX)
      g_assert_cmpuint (rank - sizes[rank] + 1, >=, parents[rank] - sizes[parents[rank]] + 1);
  volant_order_measure (graph, order, figures);
  return order;
}

static void
check_height (const VolantGraph *graph, uint32_t max_height)
{
  VolantOrderFigures figures;
  g_autofree uint32_t *order = compute (graph, 1, &figures);

  g_test_message ("height %u, %.1f search arcs, %" G_GUINT64_FORMAT " arcs", figures.tree_height,
                  figures.mean_search_space_arcs, figures.n_chordal_arcs);
  g_assert_cmpuint (figures.tree_height, <=, max_height);
}

static void
test_small (void)
{
  for (uint32_t n_nodes = 0; n_nodes < 4; n_nodes++)
    {
      g_autoptr (SampleGraph) lone = sample_graph_new (n_nodes);
      g_autoptr (SampleGraph) clique = sample_graph_new_clique (n_nodes);

      check_height (sample_graph_finish (lone), MIN (n_nodes, 1));
      check_height (&clique->graph, n_nodes);
    }
  for (uint32_t seed = 0; seed < 300; seed++)
    {
      g_autoptr (SampleGraph) sample =
          sample_graph_new_random (1 + seed, seed * (seed % 7) / 2, seed);

      check_height (&sample->graph, 1 + seed);
    }
}

/* A grid with a few nodes that are next to every tenth node anywhere: they come last. */
static void
test_hubs (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (10003);
  g_autofree uint32_t *order = NULL, *again = NULL;
  VolantOrderWatch watch = { 0 };
  VolantOrderFigures figures;

  for (uint32_t node = 0; node < 10000; node++)
    {
      if (node % 100 != 99)
        sample_graph_add (sample, node, node + 1);
      if (node < 9900)
        sample_graph_add (sample, node, node + 100);
      if (node * 7919 % 10 < 3)
        sample_graph_add (sample, node, 10000 + node * 7919 % 10);
    }
  order = compute (sample_graph_finish (sample), 2, &figures);
  again = volant_order_compute_watched (&sample->graph, NULL, NULL, 2, &watch);
  g_assert_cmpuint (watch.n_ordered, ==, 10003);
  g_assert_cmpuint (figures.tree_height, <=, 350);
  for (uint32_t rank = 10000; rank < 10003; rank++)
    g_assert_cmpuint (order[rank], >=, 10000);
}

static void
test_clique (void)
{
  g_autoptr (SampleGraph) clique = sample_graph_new_clique (150);
  g_autoptr (SampleGraph) wheel = sample_graph_new (400);

  check_height (&clique->graph, 150);
  /* A grid all of whose nodes are next to a hub. */
  for (uint32_t node = 0; node < 399; node++)
    {
      sample_graph_add (wheel, 399, node);
      if (node % 20 != 19 && node != 398)
        sample_graph_add (wheel, node, node + 1);
      if (node + 20 < 399)
        sample_graph_add (wheel, node, node + 20);
    }
  check_height (sample_graph_finish (wheel), 80);
}

/* What has narrow separators everywhere gives low trees. */
static void
test_narrow (void)
{
  g_autoptr (SampleGraph) path = sample_graph_new_path (50000);
  g_autoptr (SampleGraph) tree = sample_graph_new (50000);
  g_autoptr (SampleGraph) star = sample_graph_new (50000);
  g_autoptr (SampleGraph) ladder = sample_graph_new_grid (20000, 2);
  g_autoptr (SampleGraph) strip = sample_graph_new_grid (2000, 8);

  for (uint32_t node = 1; node < 50000; node++)
    {
      sample_graph_add (tree, node, (node - 1) / 2);
      sample_graph_add (star, 0, node);
    }
  check_height (&path->graph, 32);
  check_height (sample_graph_finish (tree), 32);
  check_height (sample_graph_finish (star), 2);
  check_height (&ladder->graph, 50);
  check_height (&strip->graph, 8 * 12);
}

/* An n x n grid's best known orders have trees of about 3 n. */
static void
test_grid (void)
{
  g_autoptr (SampleGraph) grid = sample_graph_new_grid (60, 60);
  g_autoptr (SampleGraph) streets = sample_graph_new_streets (40, 40);

  check_height (&grid->graph, 60 * 7 / 2);
  check_height (&streets->graph, 40 * 9 / 2);
}

/* Two grids that share no more than a bridge: its end is the root, or near it. */
static void
test_bridge (void)
{
  g_autoptr (SampleGraph) halves = sample_graph_new (800);
  VolantOrderFigures one, both;
  g_autoptr (SampleGraph) half = sample_graph_new_grid (20, 20);
  g_autofree uint32_t *order_one = compute (&half->graph, 1, &one), *order_both = NULL;

  for (uint32_t node = 0; node < 800; node++)
    {
      if (node % 20 != 19)
        sample_graph_add (halves, node, node + 1);
      if (node % 400 < 380)
        sample_graph_add (halves, node, node + 20);
    }
  sample_graph_add (halves, 210, 650);
  order_both = compute (sample_graph_finish (halves), 1, &both);
  g_assert_cmpuint (both.tree_height, <=, one.tree_height + 6);
}

static void
test_threads (void)
{
  g_autoptr (SampleGraph) grid = sample_graph_new_grid (90, 70);
  g_autoptr (SampleGraph) sparse = sample_graph_new_random (20000, 24000, 7);
  const VolantGraph *graphs[] = { &grid->graph, &sparse->graph };

  for (unsigned k = 0; k < G_N_ELEMENTS (graphs); k++)
    {
      VolantOrderFigures figures;
      uint32_t n = graphs[k]->n_nodes;
      g_autofree uint32_t *one = compute (graphs[k], 1, &figures);

      for (unsigned n_threads = 0; n_threads < 6; n_threads++)
        {
          g_autofree uint32_t *more = compute (graphs[k], n_threads, &figures);

          g_assert_cmpmem (one, n * sizeof *one, more, n * sizeof *more);
        }
    }
}

/* The file of the archive that archive_read_next_header has come to. */
static GArray *
read_numbers (struct archive *archive, struct archive_entry *entry)
{
  gint64 size = archive_entry_size (entry);
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  g_array_set_size (numbers, (guint) size / sizeof (uint32_t));
  g_assert_cmpint (archive_read_data (archive, numbers->data, (size_t) size), ==, size);
  return numbers;
}

/* Stopped before it begins; and not stopped: all is counted. */
static void
test_watched (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new_streets (30, 30);
  VolantOrderWatch watch = { 0 }, stopped = { .is_stopped = true };
  g_autofree uint32_t *whole = volant_order_compute (&sample->graph, NULL, NULL, 1);
  g_autofree uint32_t *order =
    volant_order_compute_watched (&sample->graph, NULL, NULL, 2, &watch);

  g_assert_cmpmem (order, sample->n_nodes * 4, whole, sample->n_nodes * 4);
  g_assert_cmpuint (watch.n_ordered, ==, sample->n_nodes);
  g_assert_null (volant_order_compute_watched (&sample->graph, NULL, NULL, 2, &stopped));
}

/* New York: RoutingKit's order by inertial flow gives 5,696 search arcs and a height of 303. */
static void
test_new_york (void)
{
  g_autofree char *path = volant_test_data ("graphs/ny.tar.xz");
  g_autoptr (GArray) first_out = NULL, heads = NULL;
  g_autofree uint32_t *order = NULL;
  struct archive_entry *entry;
  VolantOrderFigures figures;
  struct archive *archive;
  VolantGraph graph;

  if (path == NULL)
    return;
  archive = archive_read_new ();
  archive_read_support_filter_xz (archive);
  archive_read_support_format_tar (archive);
  g_assert_cmpint (archive_read_open_filename (archive, path, 65536), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    if (g_str_has_suffix (archive_entry_pathname (entry), "/first_out"))
      first_out = read_numbers (archive, entry);
    else if (g_str_has_suffix (archive_entry_pathname (entry), "/head"))
      heads = read_numbers (archive, entry);
  archive_read_free (archive);
  g_assert_true (first_out != NULL && heads != NULL);
  graph = (VolantGraph){ first_out->len - 1, heads->len, (uint32_t *) (void *) first_out->data,
                         (uint32_t *) (void *) heads->data };
  order = compute (&graph, 2, &figures);
  g_test_message ("height %u, %.1f search arcs", figures.tree_height,
                  figures.mean_search_space_arcs);
  g_assert_cmpfloat (figures.mean_search_space_arcs, <, 4200);
  g_assert_cmpuint (figures.tree_height, <, 285);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/small", test_small);
  g_test_add_func ("/order/clique", test_clique);
  g_test_add_func ("/order/hubs", test_hubs);
  g_test_add_func ("/order/narrow", test_narrow);
  g_test_add_func ("/order/grid", test_grid);
  g_test_add_func ("/order/bridge", test_bridge);
  g_test_add_func ("/order/threads", test_threads);
  g_test_add_func ("/order/watched", test_watched);
  g_test_add_func ("/order/new-york", test_new_york);
  return g_test_run ();
}
