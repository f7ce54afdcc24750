/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/query-core.h"

#include <stdlib.h>

/* One to all (PHAST: Delling, Goldberg, Nowatzyk and Werneck 2011): up the tree from the seeds,
 * then down through all blocks. Ranks are a post-order, so that going down them, one array by depth
 * always holds the costs of the ancestors of the block that is visited. */

/* Subtrees of so few blocks are not worth asking whether they are too far away. */
#define FEW_BELOW 8

typedef struct {
  const VolantQuery *query;
  const uint32_t *rising;  /* weights on the way up, and on the way down */
  const uint32_t *falling;
  uint32_t limit;
  uint32_t *reached;
  GArray *passed;          /* uint32_t: blocks that are above a seed, descending */
} Reach;

static void
climb_from (Reach *self, uint32_t node, uint32_t cost)
{
  const VolantTopology *topology = self->query->topology;
  const VolantKernels *kernels = self->query->kernels;
  uint32_t *costs = self->query->forward;
  VolantTreePlace place = volant_tree_place (topology, node);

  kernels->fill (costs, topology->height);
  costs[topology->blocks[place.block].top_depth + place.level] = cost;
  while (place.block != VOLANT_NO_BLOCK)
    {
      const VolantBlock *block = &topology->blocks[place.block];

      kernels->climb (block, topology->runs + block->first_run, self->rising, place.level, 0,
                      VOLANT_COST_LIMIT, costs);
      for (uint32_t level = 0; level <= place.level; level++)
        {
          uint32_t *reached = &self->reached[topology->nodes[block->top_rank - level]];

          *reached = MIN (*reached, costs[block->top_depth + level]);
        }
      g_array_append_val (self->passed, place.block);
      place = volant_tree_above (topology, block);
    }
}

static int
compare_descending (const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;

  return (x < y) - (x > y);
}

/* The least cost of all that a block's row reaches. */
static uint32_t
least_above (const Reach *self, const VolantBlock *block, const uint32_t *costs)
{
  const VolantRun *runs = self->query->topology->runs + block->first_run;
  uint32_t least = VOLANT_COST_LIMIT;

  for (uint32_t i = 0; i < block->n_runs; i++)
    least = MIN (least, self->query->kernels->least (costs + runs[i].depth, runs[i].length));
  return least;
}

static void
visit (const Reach *self, const VolantBlock *block, bool is_passed, uint32_t *costs)
{
  const VolantTopology *topology = self->query->topology;
  const uint32_t *nodes = topology->nodes + block->top_rank;
  uint32_t *own = costs + block->top_depth, n = block->n_nodes;

  for (uint32_t level = 0; level < n; level++)
    own[level] = is_passed ? self->reached[*(nodes - level)] : VOLANT_COST_LIMIT;
  self->query->kernels->descend (block, topology->runs + block->first_run, self->falling, 0, n - 1,
                                 costs);
  for (uint32_t level = 0; level < n; level++)
    self->reached[*(nodes - level)] = own[level] <= self->limit ? own[level] : VOLANT_COST_LIMIT;
}

static void
descend_all (const Reach *self)
{
  const VolantTopology *topology = self->query->topology;
  const uint32_t *passed = (const uint32_t *) self->passed->data;
  uint32_t *costs = self->query->forward, next = 0, n_passed = self->passed->len;

  for (uint32_t i = topology->n_blocks; i-- > 0;)
    {
      const VolantBlock *block = &topology->blocks[i];
      bool is_passed;

      while (next < n_passed && passed[next] > i)
        next++;
      is_passed = next < n_passed && passed[next] == i;
      /* all ways into a subtree come by what its root's row reaches */
      if (!is_passed && block->n_below >= FEW_BELOW &&
          (next == n_passed || passed[next] + block->n_below < i) &&
          least_above (self, block, costs) > self->limit)
        i -= block->n_below;
      else
        visit (self, block, is_passed, costs);
    }
}

static void
reach (VolantQuery *query, const uint32_t *rising, const uint32_t *falling, const uint32_t *nodes,
       const uint32_t *costs, uint32_t n, uint32_t limit, uint32_t *reached)
{
  Reach self = { query, rising, falling, limit, reached,
                 g_array_new (FALSE, FALSE, sizeof (uint32_t)) };

  /* what is never reached is within no limit */
  self.limit = MIN (limit, VOLANT_COST_LIMIT - 1);
  query->kernels->fill (reached, query->topology->n_nodes);
  for (uint32_t i = 0; i < n; i++)
    if (costs[i] <= self.limit)
      climb_from (&self, nodes[i], costs[i]);
  if (self.passed->len > 0)
    {
      qsort (self.passed->data, self.passed->len, sizeof (uint32_t), compare_descending);
      descend_all (&self);
    }
  g_array_unref (self.passed);
}

void
volant_query_reach (VolantQuery *self, const VolantWeights *weights, const uint32_t *nodes,
                    const uint32_t *costs, uint32_t n, uint32_t limit, uint32_t *reached)
{
  reach (self, weights->up, weights->down, nodes, costs, n, limit, reached);
}

void
volant_query_reach_back (VolantQuery *self, const VolantWeights *weights, const uint32_t *nodes,
                         const uint32_t *costs, uint32_t n, uint32_t limit, uint32_t *reached)
{
  reach (self, weights->down, weights->up, nodes, costs, n, limit, reached);
}
