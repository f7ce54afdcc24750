/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-cost.h"
#include "tests/unit/routing/engine/sample-graphs.h"

/* Which of several separators is foretold to be the cheapest. */

enum { WIDTH = 31, HEIGHT = 7 };

static VolantOrderCut
column (uint32_t *nodes, uint32_t width, uint32_t x, uint32_t height)
{
  VolantOrderCut cut = { .n_nodes = height, .nodes = nodes };

  for (uint32_t y = 0; y < height; y++)
    nodes[y] = y * width + x;
  cut.small_weight = (uint64_t) height * MIN (x, width - 1 - x);
  cut.score = volant_order_cut_score (height, cut.small_weight, (uint64_t) width * height);
  return cut;
}

static void
test_balance (void)
{
  g_autoptr (SampleGraph) grid = sample_graph_new_grid (WIDTH, HEIGHT);
  g_autoptr (VolantOrderCell) cell = volant_order_cell_new_whole (&grid->graph);
  g_autoptr (VolantOrderCost) cost = volant_order_cost_new ();
  uint32_t nodes[3][HEIGHT];
  VolantOrderCut cuts[4] = { { 0 } };

  cuts[1] = column (nodes[0], WIDTH, 4, HEIGHT);
  cuts[2] = column (nodes[1], WIDTH, 15, HEIGHT);
  cuts[3] = column (nodes[2], WIDTH, 26, HEIGHT);
  g_assert_cmpuint (volant_order_cost_choose (cost, cell, cuts, 4), ==, 2);
  /* Alike: the first; none: passed over. */
  g_assert_cmpuint (volant_order_cost_choose (cost, cell, cuts, 2), ==, 1);
  cuts[2].n_nodes = 0;
  g_assert_cmpuint (volant_order_cost_choose (cost, cell, cuts, 4), ==, 1);
}

static void
keep (VolantOrderCell *piece, gpointer user_data)
{
  VolantOrderCell **kept = user_data;

  g_clear_pointer (kept, volant_order_cell_free);
  *kept = piece;
}

/* A square below a separator that lies along its upper edge: the cut that parts the border between
 * its sides is better than the one that leaves it to the upper. */
static void
test_borders (void)
{
  g_autoptr (SampleGraph) grid = sample_graph_new_grid (15, 16);
  g_autoptr (VolantOrderCell) whole = volant_order_cell_new_whole (&grid->graph);
  g_autoptr (VolantOrderCell) square = NULL;
  g_autoptr (VolantOrderCost) cost = volant_order_cost_new ();
  g_autofree bool *is_gone = g_new0 (bool, whole->n_nodes);
  g_autofree uint32_t *room = g_new (uint32_t, 2 * whole->n_nodes);
  uint32_t across[15], down[15], n_across = 0, n_down = 0;
  VolantOrderCut cuts[2] = { { .nodes = across, .n_nodes = 15, .small_weight = 104 },
                             { .nodes = down, .n_nodes = 15, .small_weight = 105 } };

  for (uint32_t x = 0; x < 15; x++)
    is_gone[x] = true;
  volant_order_cell_split (whole, is_gone, room, keep, &square);
  g_assert_cmpuint (square->n_nodes, ==, 15 * 15);
  g_assert_cmpuint (square->first_bound[square->n_nodes], ==, 15);
  for (uint32_t node = 0; node < square->n_nodes; node++)
    {
      if (square->ids[node] / 15 == 8)
        across[n_across++] = node;
      if (square->ids[node] % 15 == 7)
        down[n_down++] = node;
    }
  g_assert_cmpuint (n_across, ==, 15);
  g_assert_cmpuint (n_down, ==, 15);
  cuts[0].score = cuts[1].score = volant_order_cut_score (15, 105, 225);
  g_assert_cmpuint (volant_order_cost_choose (cost, square, cuts, 2), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-cost/balance", test_balance);
  g_test_add_func ("/order-cost/borders", test_borders);
  return g_test_run ();
}
