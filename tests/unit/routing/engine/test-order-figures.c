/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-figures.h"
#include "tests/unit/routing/engine/sample-graphs.h"

/* The figures of an order, against elimination done step by step on a matrix. */

static uint32_t *
random_order (uint32_t n_nodes, uint32_t seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  uint32_t *order = g_new (uint32_t, n_nodes + 1);

  for (uint32_t k = 0; k < n_nodes; k++)
    {
      uint32_t place = (uint32_t) g_rand_int_range (random, 0, (gint32) k + 1);

      order[k] = order[place];
      order[place] = k;
    }
  return order;
}

/* The filled matrix by ranks: arcs[a * n + b] for a < b. (transfer full) */
static bool *
eliminate (const VolantGraph *graph, const uint32_t *order)
{
  uint32_t n = graph->n_nodes;
  bool *arcs = g_new0 (bool, n *n + 1);
  g_autofree uint32_t *ranks = g_new (uint32_t, n + 1);

  for (uint32_t rank = 0; rank < n; rank++)
    ranks[order[rank]] = rank;
  for (uint32_t node = 0; node < n; node++)
    for (uint32_t arc = graph->first_out[node]; arc < graph->first_out[node + 1]; arc++)
      {
        uint32_t a = ranks[node], b = ranks[graph->heads[arc]];

        if (a != b)
          arcs[MIN (a, b) * n + MAX (a, b)] = true;
      }
  for (uint32_t v = 0; v < n; v++)
    for (uint32_t a = v + 1; a < n; a++)
      for (uint32_t b = a + 1; b < n; b++)
        if (arcs[v * n + a] && arcs[v * n + b])
          arcs[a * n + b] = true;
  return arcs;
}

static void
measure_slowly (const VolantGraph *graph, const uint32_t *order, VolantOrderFigures *figures)
{
  uint32_t n = graph->n_nodes;
  g_autofree bool *arcs = eliminate (graph, order);

  *figures = (VolantOrderFigures){ 0 };
  for (uint32_t v = 0; v < n; v++)
    {
      uint32_t n_space = 0, next;

      for (uint32_t u = v; u < n; u = next)
        {
          n_space++;
          next = n;
          for (uint32_t w = n - 1; w > u; w--)
            if (arcs[u * n + w])
              {
                figures->mean_search_space_arcs += 1.0 / n;
                figures->n_chordal_arcs += u == v;
                next = w;
              }
        }
      figures->mean_search_space_nodes += (double) n_space / n;
      figures->tree_height = MAX (figures->tree_height, n_space);
    }
}

static void
check (const VolantGraph *graph, uint32_t seed)
{
  g_autofree uint32_t *order = random_order (graph->n_nodes, seed);
  VolantOrderFigures figures, slow;

  volant_order_measure (graph, order, &figures);
  measure_slowly (graph, order, &slow);
  g_assert_cmpuint (figures.n_chordal_arcs, ==, slow.n_chordal_arcs);
  g_assert_cmpuint (figures.tree_height, ==, slow.tree_height);
  g_assert_cmpfloat_with_epsilon (figures.mean_search_space_nodes, slow.mean_search_space_nodes,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (figures.mean_search_space_arcs, slow.mean_search_space_arcs,
                                  1e-6);
}

static void
test_random (void)
{
  for (uint32_t seed = 0; seed < 200; seed++)
    {
      uint32_t n_nodes = 1 + seed % 40;
      g_autoptr (SampleGraph) sample = sample_graph_new_random (n_nodes, seed * 37 % 90, seed);

      check (&sample->graph, seed);
    }
}

static void
test_known (void)
{
  g_autoptr (SampleGraph) clique = sample_graph_new_clique (10);
  g_autoptr (SampleGraph) grid = sample_graph_new_grid (7, 6);
  g_autoptr (SampleGraph) none = sample_graph_new (0);
  g_autofree uint32_t *order = random_order (10, 1);
  VolantOrderFigures figures;

  volant_order_measure (&clique->graph, order, &figures);
  g_assert_cmpuint (figures.n_chordal_arcs, ==, 45);
  g_assert_cmpuint (figures.tree_height, ==, 10);
  g_assert_cmpfloat_with_epsilon (figures.mean_search_space_nodes, 5.5, 1e-9);
  check (&grid->graph, 5);
  volant_order_measure (sample_graph_finish (none), order, &figures);
  g_assert_cmpuint (figures.tree_height, ==, 0);
  g_assert_cmpfloat (figures.mean_search_space_arcs, ==, 0);
}

static void
test_postorder (void)
{
  for (uint32_t seed = 0; seed < 50; seed++)
    {
      g_autoptr (SampleGraph) sample = sample_graph_new_random (60, 70, seed);
      g_autofree uint32_t *order = random_order (60, seed);
      g_autofree uint32_t *parents = volant_order_tree (&sample->graph, order);
      g_autofree uint32_t *postorder = volant_order_postorder (parents, 60);
      uint32_t places[60], sizes[60], firsts[60];

      for (uint32_t k = 0; k < 60; k++)
        {
          places[postorder[k]] = k;
          sizes[k] = 0;
          firsts[k] = 60;
        }
      for (uint32_t k = 0; k < 60; k++)
        for (uint32_t u = k; u != UINT32_MAX; u = parents[u])
          {
            g_assert_true (parents[u] == UINT32_MAX || parents[u] > u);
            sizes[u]++;
            firsts[u] = MIN (firsts[u], places[k]);
          }
      for (uint32_t k = 0; k < 60; k++)
        g_assert_cmpuint (firsts[k] + sizes[k] - 1, ==, places[k]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-figures/random", test_random);
  g_test_add_func ("/order-figures/known", test_known);
  g_test_add_func ("/order-figures/postorder", test_postorder);
  return g_test_run ();
}
