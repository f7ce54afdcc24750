/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-cut.h"

#include <math.h>

#include "tests/unit/routing/engine/sample-graphs.h"

/* Cuts between two ends: against all sets of nodes of small graphs, and at necks of known width. */

enum { N_SMALL = 11 };

/* The nodes that root reaches without those of gone, as bits. */
static uint32_t
reach (const VolantOrderCell *cell, uint32_t root, uint32_t gone)
{
  uint32_t seen = 1U << root, before = 0;

  while (seen != before)
    {
      before = seen;
      for (uint32_t node = 0; node < cell->n_nodes; node++)
        for (uint32_t a = cell->first[node]; before >> node & 1 && a < cell->first[node + 1]; a++)
          if ((gone >> cell->heads[a] & 1) == 0)
            seen |= 1U << cell->heads[a];
    }
  return seen;
}

/* Among the smallest separators of first and last, the one nearest to first: what it scores. */
static double
score_slowly (const VolantOrderCell *cell, uint32_t first, uint32_t last)
{
  uint32_t best_size = N_SMALL, best_side = N_SMALL, small;

  for (uint32_t gone = 0; gone < 1U << cell->n_nodes; gone++)
    {
      uint32_t size = (uint32_t) __builtin_popcount (gone), side, seen;

      if (gone >> first & 1 || gone >> last & 1 || size > best_size)
        continue;
      seen = reach (cell, first, gone);
      side = (uint32_t) __builtin_popcount (seen);
      if (seen >> last & 1 || (size == best_size && side >= best_side))
        continue;
      best_size = size;
      best_side = side;
    }
  small = MIN (best_side, cell->n_nodes - best_side - best_size);
  return volant_order_cut_score (best_size, small, cell->n_nodes);
}

static void
check_small (uint32_t n_arcs, uint32_t seed)
{
  g_autoptr (SampleGraph) sample = sample_graph_new_random (N_SMALL, n_arcs, seed);
  g_autoptr (VolantOrderCell) cell = volant_order_cell_new_whole (&sample->graph);
  g_autoptr (VolantOrderCutter) cutter = volant_order_cutter_new ();
  VolantOrderCut cut = { 0 };
  uint32_t places[N_SMALL], gone = 0;
  int32_t potentials[N_SMALL];

  for (uint32_t node = 0; node < N_SMALL; node++)
    {
      places[node] = node;
      potentials[node] = (int32_t) node;
    }
  for (uint32_t a = cell->first[0]; a < cell->first[1]; a++)
    if (cell->heads[a] == N_SMALL - 1)
      return;
  volant_order_cutter_find (cutter, cell, places, potentials, 0, INFINITY, &cut);
  if ((reach (cell, 0, 0) >> (N_SMALL - 1) & 1) == 0)
    {
      g_assert_cmpuint (cut.n_nodes, ==, 0);
      return;
    }
  g_assert_cmpuint (cut.n_nodes, >, 0);
  for (uint32_t k = 0; k < cut.n_nodes; k++)
    gone |= 1U << cut.nodes[k];
  g_assert_cmpuint (__builtin_popcount (gone), ==, cut.n_nodes);
  g_assert_cmpuint (gone & (1U | 1U << (N_SMALL - 1)), ==, 0);
  g_assert_cmpuint (reach (cell, 0, gone) >> (N_SMALL - 1) & 1, ==, 0);
  g_assert_cmpfloat (cut.score, <=, score_slowly (cell, 0, N_SMALL - 1));
  g_free (cut.nodes);
}

static void
test_small (void)
{
  for (uint32_t seed = 0; seed < 600; seed++)
    check_small (8 + seed % 30, seed);
}

/* Two grids of 12 x 12 joined by so many arcs. */
static void
test_necks (void)
{
  g_autoptr (VolantOrderCutter) cutter = volant_order_cutter_new ();

  for (uint32_t n_joints = 1; n_joints <= 6; n_joints++)
    {
      g_autoptr (SampleGraph) sample = sample_graph_new (288);
      g_autoptr (VolantOrderCell) cell = NULL;
      VolantOrderCut cut = { 0 };
      uint32_t places[288];
      int32_t potentials[288];

      for (uint32_t node = 0; node < 288; node++)
        {
          if (node % 12 != 11)
            sample_graph_add (sample, node, node + 1);
          if (node % 144 < 132)
            sample_graph_add (sample, node, node + 12);
          places[node] = node;
          potentials[node] = (int32_t) node;
        }
      for (uint32_t k = 0; k < n_joints; k++)
        sample_graph_add (sample, 132 + 2 * k, 144 + 11 - 2 * k);
      cell = volant_order_cell_new_whole (sample_graph_finish (sample));
      volant_order_cutter_find (cutter, cell, places, potentials, 0.1, INFINITY, &cut);
      g_assert_cmpuint (cut.n_nodes, ==, n_joints);
      g_assert_cmpuint (cut.small_weight, >=, 144 - n_joints);
      /* A bound below it leaves nothing. */
      volant_order_cutter_find (cutter, cell, places, potentials, 0.1, cut.score, &cut);
      g_assert_cmpuint (cut.n_nodes, ==, 0);
      g_free (cut.nodes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-cut/small", test_small);
  g_test_add_func ("/order-cut/necks", test_necks);
  return g_test_run ();
}
