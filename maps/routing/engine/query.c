/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/query-core.h"

#include <stdlib.h>

/* The two ways up the elimination tree (Dibbelt, Strasser and Wagner 2014, section 7.2), with the
 * costs of the nodes on them by depth: they stay in the first-level cache. The ways meet at the
 * lowest common ancestor; from there up, whatever cannot better the best found is passed over. */

VolantQuery *
volant_query_new (const VolantTopology *topology)
{
  VolantQuery *self = g_new0 (VolantQuery, 1);
  size_t size = (topology->height + VOLANT_KERNEL_SLACK) * sizeof (uint32_t);

  size = (size + 63) / 64 * 64;
  self->topology = topology;
  self->kernels = volant_kernels_get ();
  self->path = volant_query_path_new ();
  self->forward = aligned_alloc (64, size);
  self->backward = aligned_alloc (64, size);
  return self;
}

void
volant_query_free (VolantQuery *self)
{
  if (self == NULL)
    return;
  free (self->forward);
  free (self->backward);
  volant_labels_free (self->from);
  volant_labels_free (self->to);
  volant_query_path_free (self->path);
  g_free (self);
}

static void
climb_block (const VolantQuery *self, const uint32_t *weights, VolantTreePlace *place, uint32_t *costs)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *block = &topology->blocks[place->block];

  self->kernels->climb (block, topology->runs + block->first_run, weights, place->level, 0,
                        VOLANT_COST_LIMIT, costs);
  *place = volant_tree_above (topology, block);
}

static uint32_t
climb_together (const VolantQuery *self, const VolantWeights *weights, VolantTreePlace place)
{
  const VolantTopology *topology = self->topology;
  const VolantKernels *kernels = self->kernels;
  const VolantBlock *block = &topology->blocks[place.block];
  uint32_t depth = block->top_depth + place.level + 1, n_common = depth;
  uint32_t best = kernels->least_sum (self->forward, self->backward, depth);
  uint32_t forward_least = kernels->least (self->forward, depth);
  uint32_t backward_least = kernels->least (self->backward, depth);

  for (;;)
    {
      const VolantRun *runs = topology->runs + block->first_run;

      if (best > backward_least)
        kernels->climb (block, runs, weights->up, place.level, 0, best - backward_least,
                        self->forward);
      if (best > forward_least)
        kernels->climb (block, runs, weights->down, place.level, 0, best - forward_least,
                        self->backward);
      depth = block->top_depth;
      if (block->parent == VOLANT_NO_BLOCK)
        break;
      place = volant_tree_above (topology, block);
      block = &topology->blocks[place.block];
    }
  return MIN (best, kernels->least_sum (self->forward, self->backward, n_common));
}

uint32_t
volant_query_cost (VolantQuery *self, const VolantWeights *weights, uint32_t source,
                   uint32_t target)
{
  const VolantTopology *topology = self->topology;
  VolantTreePlace from = volant_tree_place (topology, source);
  VolantTreePlace to = volant_tree_place (topology, target);
  const VolantBlock *from_block = &topology->blocks[from.block];
  const VolantBlock *to_block = &topology->blocks[to.block];
  uint32_t level;

  self->kernels->fill (self->forward, topology->height);
  self->kernels->fill (self->backward, topology->height);
  self->forward[from_block->top_depth + from.level] = 0;
  self->backward[to_block->top_depth + to.level] = 0;
  while (from.block != to.block)
    {
      if (from.block < to.block)
        {
          climb_block (self, weights->up, &from, self->forward);
          if (from.block == VOLANT_NO_BLOCK)
            return VOLANT_COST_LIMIT;
        }
      else
        {
          climb_block (self, weights->down, &to, self->backward);
          if (to.block == VOLANT_NO_BLOCK)
            return VOLANT_COST_LIMIT;
        }
    }
  from_block = &topology->blocks[from.block];
  level = MIN (from.level, to.level);
  if (from.level > level)
    self->kernels->climb (from_block, topology->runs + from_block->first_run, weights->up,
                          from.level, level + 1, VOLANT_COST_LIMIT, self->forward);
  if (to.level > level)
    self->kernels->climb (from_block, topology->runs + from_block->first_run, weights->down,
                          to.level, level + 1, VOLANT_COST_LIMIT, self->backward);
  return climb_together (self, weights, (VolantTreePlace) { from.block, level });
}
