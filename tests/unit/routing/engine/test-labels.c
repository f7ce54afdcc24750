/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"
#include "maps/routing/engine/labels.h"
#include "maps/routing/engine/query.h"
#include "tests/support.h"
#include "tests/unit/routing/engine/sample-graphs.h"

/* Tables, and costs to and from all, against Floyd and Warshall's: random graphs, most of them in
 * parts, and grids; few and many nodes at either side, some of them more than once. */

#define N_GRAPHS 400
#define MOST_ASKED 70

typedef struct {
  SampleGraph *sample;
  uint32_t *costs;
  uint32_t *order;
  uint32_t *least; /* n x n */
} Puzzle;

static uint32_t
random_below (uint32_t n)
{
  return (uint32_t) g_test_rand_int_range (0, (int) n);
}

static uint32_t
random_cost (void)
{
  switch (random_below (8))
    {
    case 0:
      return 0;
    case 1:
      return VOLANT_COST_LIMIT;
    case 2:
      return VOLANT_COST_LIMIT - 1 - random_below (50);
    default:
      return 1 + random_below (100);
    }
}

static void
find_least (Puzzle *self)
{
  const VolantGraph *graph = &self->sample->graph;
  uint32_t n = graph->n_nodes, *least = g_new (uint32_t, (size_t) n * n);

  for (uint32_t a = 0; a < n; a++)
    for (uint32_t b = 0; b < n; b++)
      least[a * n + b] = a == b ? 0 : VOLANT_COST_LIMIT;
  for (uint32_t a = 0; a < n; a++)
    for (uint32_t arc = graph->first_out[a]; arc < graph->first_out[a + 1]; arc++)
      least[a * n + graph->heads[arc]] =
        MIN (least[a * n + graph->heads[arc]], self->costs[arc]);
  for (uint32_t via = 0; via < n; via++)
    for (uint32_t a = 0; a < n; a++)
      for (uint32_t b = 0; b < n; b++)
        least[a * n + b] = MIN (least[a * n + b], least[a * n + via] + least[via * n + b]);
  self->least = least;
}

static SampleGraph *
make_graph (void)
{
  uint32_t n = 1 + random_below (90);

  switch (random_below (3))
    {
    case 0:
      return sample_graph_new_grid (1 + random_below (9), 1 + random_below (9));
    case 1:
      return sample_graph_new_random (n, random_below (n + 1), (uint32_t) g_test_rand_int ());
    default:
      return sample_graph_new_random (n, random_below (3 * n), (uint32_t) g_test_rand_int ());
    }
}

static void
puzzle_init (Puzzle *self)
{
  uint32_t n;

  self->sample = make_graph ();
  n = self->sample->graph.n_nodes;
  self->costs = g_new (uint32_t, self->sample->graph.n_arcs + 1);
  self->order = g_new (uint32_t, n);
  for (uint32_t arc = 0; arc < self->sample->graph.n_arcs; arc++)
    self->costs[arc] = random_cost ();
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t k = random_below (i + 1);

      self->order[i] = self->order[k];
      self->order[k] = i;
    }
  find_least (self);
}

static void
puzzle_clear (Puzzle *self)
{
  sample_graph_free (self->sample);
  g_free (self->costs);
  g_free (self->order);
  g_free (self->least);
}

static void
expect_table (const Puzzle *self, const uint32_t *sources, uint32_t n_sources,
              const uint32_t *targets, uint32_t n_targets, const uint32_t *costs)
{
  for (uint32_t i = 0; i < n_sources; i++)
    for (uint32_t k = 0; k < n_targets; k++)
      g_assert_cmpuint (costs[i * n_targets + k], ==,
                        self->least[sources[i] * self->sample->graph.n_nodes + targets[k]]);
}

/* One to all and all to one, with a few seeds; within a limit or not. */
static void
try_reach (const Puzzle *self, VolantQuery *query, const VolantWeights *weights)
{
  uint32_t n = self->sample->graph.n_nodes, n_seeds = random_below (5);
  uint32_t limit = random_below (2) == 0 ? VOLANT_COST_LIMIT : random_below (300);
  g_autofree uint32_t *reached = g_new (uint32_t, n);
  g_autofree uint32_t *back = g_new (uint32_t, n);
  uint32_t seeds[5], costs[5];

  for (uint32_t i = 0; i < n_seeds; i++)
    {
      seeds[i] = random_below (n);
      costs[i] = random_cost ();
    }
  volant_query_reach (query, weights, seeds, costs, n_seeds, limit, reached);
  volant_query_reach_back (query, weights, seeds, costs, n_seeds, limit, back);
  for (uint32_t node = 0; node < n; node++)
    {
      uint32_t to = VOLANT_COST_LIMIT, from = VOLANT_COST_LIMIT;

      for (uint32_t i = 0; i < n_seeds; i++)
        {
          to = MIN (to, costs[i] + self->least[seeds[i] * n + node]);
          from = MIN (from, costs[i] + self->least[node * n + seeds[i]]);
        }
      g_assert_cmpuint (reached[node], ==, to <= limit ? to : VOLANT_COST_LIMIT);
      g_assert_cmpuint (back[node], ==, from <= limit ? from : VOLANT_COST_LIMIT);
    }
}

static void
try_puzzle (const Puzzle *self)
{
  uint32_t n = self->sample->graph.n_nodes;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = volant_topology_build (&self->sample->graph, self->order, &error);
  g_autoptr (VolantTopology) topology =
    volant_topology_open_bytes (bytes, &self->sample->graph, &error);
  g_autoptr (VolantWeights) weights = volant_weights_new (topology, self->costs, 1);
  g_autoptr (VolantQuery) query = volant_query_new (topology);
  g_autoptr (VolantLabels) kept = volant_labels_new (topology, VOLANT_LABELS_TO);
  uint32_t sources[MOST_ASKED], targets[MOST_ASKED], costs[MOST_ASKED * MOST_ASKED];

  g_assert_no_error (error);
  for (uint32_t i = 0; i < MOST_ASKED; i++)
    {
      sources[i] = random_below (n);
      targets[i] = random_below (n);
    }
  volant_labels_set (kept, weights, targets, MOST_ASKED);
  for (unsigned round = 0; round < 4; round++)
    {
      uint32_t n_sources = random_below (MOST_ASKED + 1), n_targets = random_below (MOST_ASKED + 1);
      uint32_t one = random_below (n);
      g_autoptr (VolantLabels) from = volant_labels_new (topology, VOLANT_LABELS_FROM);

      volant_query_table (query, weights, sources, n_sources, targets, n_targets, costs);
      expect_table (self, sources, n_sources, targets, n_targets, costs);
      volant_labels_set (from, weights, &one, 1);
      volant_labels_table (from, kept, costs);
      expect_table (self, &one, 1, targets, MOST_ASKED, costs);
      try_reach (self, query, weights);
    }
}

/* With every set of kernels in turn. */
static void
test_tables (void)
{
  const VolantKernels *const *list = volant_kernels_list ();
  const VolantKernels *best = volant_kernels_get ();
  unsigned n_sets = 0;

  while (list[n_sets] != NULL)
    n_sets++;
  for (unsigned i = 0; i < N_GRAPHS; i++)
    {
      Puzzle puzzle;

      puzzle_init (&puzzle);
      volant_kernels_use (list[i % n_sets]);
      try_puzzle (&puzzle);
      puzzle_clear (&puzzle);
    }
  volant_kernels_use (best);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/tables", test_tables);
  return g_test_run ();
}
