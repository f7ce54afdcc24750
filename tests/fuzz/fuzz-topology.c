/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/routing/engine/query.h"
#include "tests/unit/routing/engine/sample-graphs.h"

/* Topologies of a fixed graph: one that is taken must be safe to customize and to ask, and answer
 * as the right one does. */

#define WIDTH 6
#define HEIGHT 5
#define N_NODES (WIDTH * HEIGHT)

static const VolantGraph *
get_graph (void)
{
  static SampleGraph *grid;

  if (grid == NULL)
    grid = sample_graph_new_grid (WIDTH, HEIGHT);
  return &grid->graph;
}

/* The order steps over the nodes: a row has several runs then. */
static GBytes *
build (uint32_t step)
{
  uint32_t order[N_NODES];

  for (uint32_t i = 0; i < N_NODES; i++)
    order[i] = i * step % N_NODES;
  return volant_topology_build (get_graph (), order, NULL);
}

static void
ask (const VolantTopology *topology, uint32_t *answers)
{
  g_autofree uint32_t *costs = g_new (uint32_t, topology->n_arcs);
  g_autoptr (VolantWeights) weights = NULL;
  g_autoptr (VolantQuery) query = volant_query_new (topology);

  for (uint32_t arc = 0; arc < topology->n_arcs; arc++)
    costs[arc] = 1 + arc % 7;
  weights = volant_weights_new (topology, costs, 1);
  for (uint32_t i = 0; i < N_NODES; i++)
    answers[i] = volant_query_cost (query, weights, i, i * 17 % N_NODES);
}

static const uint32_t *
get_right_answers (void)
{
  static uint32_t answers[N_NODES];

  if (answers[1] == 0)
    {
      g_autoptr (GBytes) bytes = build (1);
      g_autoptr (VolantTopology) topology = volant_topology_open_bytes (bytes, get_graph (), NULL);

      ask (topology, answers);
    }
  return answers;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantTopology) topology = volant_topology_open_bytes (bytes, get_graph (), &error);
  uint32_t answers[N_NODES];

  g_assert_true ((topology == NULL) == (error != NULL));
  if (topology == NULL)
    return 0;
  ask (topology, answers);
  g_assert_cmpmem (answers, sizeof answers, get_right_answers (), sizeof answers);
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  for (uint32_t step = 1; step < 12; step += 6)
    {
      g_autoptr (GBytes) bytes = build (step);

      add (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), user_data);
    }
}
