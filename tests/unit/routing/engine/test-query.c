/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"
#include "maps/routing/engine/query.h"
#include "maps/routing/engine/order.h"
#include "tests/support.h"
#include "tests/unit/routing/engine/sample-graphs.h"

/* Costs on small random graphs against Floyd and Warshall's, whatever the order: loops, parallel
 * arcs, arcs that cost nothing or are closed, parts that are cut off. */

#define N_GRAPHS 3000
#define MOST_NODES 14

typedef struct {
  VolantGraph graph;
  uint32_t first_out[MOST_NODES + 1];
  uint32_t heads[4 * MOST_NODES];
  uint32_t costs[4 * MOST_NODES];
  uint32_t order[MOST_NODES];
  uint32_t least[MOST_NODES][MOST_NODES];
} Sample;

static uint32_t
random_cost (void)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      return 0;
    case 1:
      return VOLANT_COST_LIMIT;
    case 2:
      return VOLANT_COST_LIMIT - (uint32_t) g_test_rand_int_range (1, 50);
    default:
      return (uint32_t) g_test_rand_int_range (1, 100);
    }
}

static void
find_least (Sample *self)
{
  uint32_t n = self->graph.n_nodes;

  for (uint32_t a = 0; a < n; a++)
    for (uint32_t b = 0; b < n; b++)
      self->least[a][b] = a == b ? 0 : VOLANT_COST_LIMIT;
  for (uint32_t a = 0; a < n; a++)
    for (uint32_t arc = self->first_out[a]; arc < self->first_out[a + 1]; arc++)
      self->least[a][self->heads[arc]] = MIN (self->least[a][self->heads[arc]], self->costs[arc]);
  for (uint32_t via = 0; via < n; via++)
    for (uint32_t a = 0; a < n; a++)
      for (uint32_t b = 0; b < n; b++)
        self->least[a][b] = MIN (self->least[a][b], self->least[a][via] + self->least[via][b]);
}

static void
fill_sample (Sample *self)
{
  uint32_t n = (uint32_t) g_test_rand_int_range (1, MOST_NODES + 1), n_arcs = 0;

  for (uint32_t node = 0; node < n; node++)
    {
      self->first_out[node] = n_arcs;
      for (int arcs = g_test_rand_int_range (0, 4); arcs > 0; arcs--)
        {
          self->heads[n_arcs] = (uint32_t) g_test_rand_int_range (0, (int) n);
          self->costs[n_arcs++] = random_cost ();
        }
      self->order[node] = node;
    }
  self->first_out[n] = n_arcs;
  for (uint32_t i = n; i-- > 1;)
    {
      uint32_t k = (uint32_t) g_test_rand_int_range (0, (int) i + 1), node = self->order[i];

      self->order[i] = self->order[k];
      self->order[k] = node;
    }
  self->graph = (VolantGraph) { n, n_arcs, self->first_out, self->heads };
  find_least (self);
}

/* What the arcs from node to node cost, VOLANT_COST_LIMIT where two are not joined. */
static uint32_t
walk (const Sample *sample, const GArray *nodes)
{
  uint32_t cost = 0;

  for (unsigned i = 0; i + 1 < nodes->len; i++)
    {
      uint32_t tail = g_array_index (nodes, uint32_t, i);
      uint32_t best = VOLANT_COST_LIMIT;

      for (uint32_t arc = sample->first_out[tail]; arc < sample->first_out[tail + 1]; arc++)
        if (sample->heads[arc] == g_array_index (nodes, uint32_t, i + 1))
          best = MIN (best, sample->costs[arc]);
      cost = MIN (cost + best, VOLANT_COST_LIMIT);
    }
  return cost;
}

static void
try_path (const Sample *sample, VolantQuery *query, const VolantWeights *weights, uint32_t a,
          uint32_t b)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t cost = volant_query_path (query, weights, a, b, nodes);

  g_assert_cmpuint (cost, ==, sample->least[a][b]);
  if (cost == VOLANT_COST_LIMIT)
    {
      g_assert_cmpuint (nodes->len, ==, 0);
      return;
    }
  g_assert_cmpuint (g_array_index (nodes, uint32_t, 0), ==, a);
  g_assert_cmpuint (g_array_index (nodes, uint32_t, nodes->len - 1), ==, b);
  g_assert_cmpuint (walk (sample, nodes), ==, cost);
}

static void
try_sample (const Sample *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = volant_topology_build (&sample->graph, sample->order, &error);
  g_autoptr (VolantTopology) topology = NULL;
  g_autoptr (VolantWeights) weights = NULL;
  g_autoptr (VolantQuery) query = NULL;

  g_assert_no_error (error);
  topology = volant_topology_open_bytes (bytes, &sample->graph, &error);
  g_assert_no_error (error);
  weights = volant_weights_new (topology, sample->costs, 1);
  query = volant_query_new (topology);
  for (uint32_t a = 0; a < sample->graph.n_nodes; a++)
    for (uint32_t b = 0; b < sample->graph.n_nodes; b++)
      {
        g_assert_cmpuint (volant_query_cost (query, weights, a, b), ==, sample->least[a][b]);
        try_path (sample, query, weights, a, b);
      }
}

static void
expect_same (const VolantWeights *a, const VolantWeights *b)
{
  size_t size = a->topology->n_slots * sizeof (uint32_t);

  g_assert_cmpmem (a->up, size, b->up, size);
  g_assert_cmpmem (a->down, size, b->down, size);
}

/* A few arcs at a time get other costs, up and down: what is brought up to date is what is made
 * anew, and so are the ways. */
static void
test_update (void)
{
  for (unsigned i = 0; i < N_GRAPHS; i++)
    {
      Sample sample;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (VolantTopology) topology = NULL;
      g_autoptr (VolantWeights) weights = NULL, copy = NULL, anew = NULL;
      g_autoptr (VolantQuery) query = NULL;
      uint32_t arc;

      fill_sample (&sample);
      if (sample.graph.n_arcs == 0)
        continue;
      bytes = volant_topology_build (&sample.graph, sample.order, NULL);
      topology = volant_topology_open_bytes (bytes, &sample.graph, NULL);
      weights = volant_weights_new (topology, sample.costs, 1);
      copy = volant_weights_copy (weights);
      arc = (uint32_t) g_test_rand_int_range (0, (int) sample.graph.n_arcs);
      sample.costs[arc] = random_cost ();
      find_least (&sample);
      volant_weights_update (copy, sample.costs, &arc, 1, 1);
      anew = volant_weights_new (topology, sample.costs, 1);
      expect_same (copy, anew);
      query = volant_query_new (topology);
      for (uint32_t a = 0; a < sample.graph.n_nodes; a++)
        for (uint32_t b = 0; b < sample.graph.n_nodes; b++)
          try_path (&sample, query, copy, a, b);
    }
}

/* The same weights from any number of threads, on a graph that is worth dividing. */
static void
test_threads (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new_grid (90, 90);
  const VolantGraph *graph = &sample->graph;
  g_autofree uint32_t *order = volant_order_compute (graph, NULL, NULL, 1);
  g_autofree uint32_t *costs = g_new (uint32_t, graph->n_arcs);
  g_autoptr (GBytes) bytes = volant_topology_build (graph, order, NULL);
  g_autoptr (VolantTopology) topology = volant_topology_open_bytes (bytes, graph, NULL);
  g_autoptr (VolantWeights) alone = NULL;

  for (uint32_t arc = 0; arc < graph->n_arcs; arc++)
    costs[arc] = random_cost ();
  alone = volant_weights_new (topology, costs, 1);
  for (unsigned n_threads = 2; n_threads < 6; n_threads++)
    {
      g_autoptr (VolantWeights) together = volant_weights_new (topology, costs, n_threads);

      expect_same (alone, together);
    }
}

/* With every set of kernels in turn. */
static void
test_costs (void)
{
  const VolantKernels *const *list = volant_kernels_list ();
  const VolantKernels *best = volant_kernels_get ();
  unsigned n_sets = 0;

  while (list[n_sets] != NULL)
    n_sets++;
  for (unsigned i = 0; i < N_GRAPHS; i++)
    {
      Sample sample;

      fill_sample (&sample);
      volant_kernels_use (list[i % n_sets]);
      try_sample (&sample);
    }
  volant_kernels_use (best);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/costs", test_costs);
  g_test_add_func ("/query/update", test_update);
  g_test_add_func ("/query/threads", test_threads);
  return g_test_run ();
}
