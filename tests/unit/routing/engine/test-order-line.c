/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-line.h"
#include "tests/unit/routing/engine/sample-graphs.h"

/* Separators sorted along their lines. */

static void
shuffle (uint32_t *nodes, uint32_t n_nodes, uint32_t seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (uint32_t k = n_nodes; k > 1; k--)
    {
      uint32_t other = (uint32_t) g_rand_int_range (random, 0, (gint32) k), node = nodes[k - 1];

      nodes[k - 1] = nodes[other];
      nodes[other] = node;
    }
}

/* Sorts the shuffled line; it must come out as it was, from either of its ends. */
static void
check_line (const VolantGraph *graph, const uint32_t *line, uint32_t n_nodes)
{
  g_autoptr (VolantOrderCell) cell = volant_order_cell_new_whole (graph);
  g_autofree uint32_t *room = g_new (uint32_t, 2 * cell->n_nodes);

  for (uint32_t seed = 0; seed < 10; seed++)
    {
      g_autofree uint32_t *nodes = g_memdup2 (line, n_nodes * sizeof *line);

      shuffle (nodes, n_nodes, seed);
      volant_order_line_sort (cell, nodes, n_nodes, room);
      for (uint32_t k = 0; k < n_nodes; k++)
        g_assert_cmpuint (nodes[k], ==, line[nodes[0] == line[0] ? k : n_nodes - 1 - k]);
    }
}

static void
test_column (void)
{
  g_autoptr (SampleGraph) grid = sample_graph_new_grid (21, 30);
  uint32_t column[30], sparse[10];

  for (uint32_t y = 0; y < 30; y++)
    column[y] = y * 21 + 10;
  for (uint32_t k = 0; k < 10; k++)
    sparse[k] = 3 * k * 21 + 10;
  check_line (&grid->graph, column, 30);
  check_line (&grid->graph, sparse, 10);
}

/* A line that turns back: its ends are near each other, but not on it. */
static void
test_bend (void)
{
  g_autoptr (SampleGraph) grid = sample_graph_new_grid (40, 40);
  uint32_t bend[61], n_nodes = 0;

  for (uint32_t y = 0; y < 25; y++)
    bend[n_nodes++] = y * 40 + 15;
  for (uint32_t x = 16; x < 27; x++)
    bend[n_nodes++] = 24 * 40 + x;
  for (uint32_t y = 25; y-- > 0;)
    bend[n_nodes++] = y * 40 + 27;
  check_line (&grid->graph, bend, n_nodes);
}

/* Nodes of which some cannot meet stay a permutation. */
static void
test_apart (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (6);
  g_autoptr (VolantOrderCell) cell = NULL;
  uint32_t nodes[] = { 5, 0, 3, 1 }, room[12], seen = 0;

  sample_graph_add (sample, 0, 1);
  sample_graph_add (sample, 3, 4);
  cell = volant_order_cell_new_whole (sample_graph_finish (sample));
  volant_order_line_sort (cell, nodes, 4, room);
  for (unsigned k = 0; k < 4; k++)
    seen |= 1U << nodes[k];
  g_assert_cmpuint (seen, ==, 1 << 0 | 1 << 1 | 1 << 3 | 1 << 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-line/column", test_column);
  g_test_add_func ("/order-line/bend", test_bend);
  g_test_add_func ("/order-line/apart", test_apart);
  return g_test_run ();
}
