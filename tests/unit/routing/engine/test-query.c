/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"
#include "maps/routing/engine/query.h"
#include "tests/support.h"

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
  return g_test_run ();
}
