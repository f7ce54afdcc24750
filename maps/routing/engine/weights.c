/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/weights.h"

#include "maps/routing/engine/kernels.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

/* Customization is a min-plus factorization of the sparse matrix of arc costs, block by block from
 * the leaves of the tree (as supernodal Cholesky: Ng and Peyton 1993): first within the block, then
 * from its rows into those of the blocks above that it reaches. */

#define N_TASKS_A_THREAD 8

typedef struct {
  VolantWeights weights; /* first: it is what others see */
  atomic_int references;
  size_t size; /* of one mapping with both arrays */
} Weights;

/* Huge pages keep the translation of addresses out of a query's way. */
static uint32_t *
map_memory (size_t size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("no memory for %zu bytes of routing weights", size);
#ifdef MADV_HUGEPAGE
  madvise (memory, size, MADV_HUGEPAGE);
#endif
  return memory;
}

static void
set_arcs (VolantWeights *self, const uint32_t *costs)
{
  const VolantTopology *topology = self->topology;

  for (uint32_t slot = 0; slot < topology->n_slots; slot++)
    self->up[slot] = VOLANT_COST_LIMIT;
  for (uint32_t slot = 0; slot < topology->n_slots; slot++)
    self->down[slot] = VOLANT_COST_LIMIT;
  for (uint32_t arc = 0; arc < topology->n_arcs; arc++)
    {
      uint32_t place = topology->arc_places[arc];
      uint32_t *side = place & VOLANT_ARC_DOWN ? self->down : self->up;
      uint32_t slot = place & ~VOLANT_ARC_DOWN;

      if (place != VOLANT_ARC_LOOP)
        side[slot] = MIN (side[slot], costs[arc]);
    }
}

/* Every node by way of those below it in the same block. */
static void
close_block (const VolantKernels *kernels, const VolantBlock *block, uint32_t *up, uint32_t *down)
{
  uint32_t width = block->width;

  for (uint32_t level = block->n_nodes; level-- > 1;)
    {
      uint32_t row = level * width + level * (level - 1) / 2;

      for (uint32_t above = 0; above < level; above++)
        {
          uint32_t target = above * width + above * (above - (above > 0)) / 2;
          uint32_t to = down[row + width + above], from = up[row + width + above];

          if (to < VOLANT_COST_LIMIT)
            kernels->relax (up + target, up + row, width + above, to);
          if (from < VOLANT_COST_LIMIT)
            kernels->relax (down + target, down + row, width + above, from);
        }
    }
}

/* Every node by way of those above it in the same block: so a query need not wait for one level to
 * relax the next. */
static void
open_block (const VolantKernels *kernels, const VolantBlock *block, uint32_t *up, uint32_t *down)
{
  uint32_t width = block->width;

  for (uint32_t level = 1; level < block->n_nodes; level++)
    {
      uint32_t row = level * width + level * (level - 1) / 2;

      for (uint32_t above = level; above-- > 0;)
        {
          uint32_t other = above * width + above * (above - (above > 0)) / 2;
          uint32_t to = up[row + width + above], from = down[row + width + above];

          if (to < VOLANT_COST_LIMIT)
            kernels->relax (up + row, up + other, width + above, to);
          if (from < VOLANT_COST_LIMIT)
            kernels->relax (down + row, down + other, width + above, from);
        }
    }
}

/* The rows of one block above, at one level of it, by way of all nodes of a block: column is where
 * that level's depth stands in the block's rows. */
static void
pass_to_row (const VolantKernels *kernels, const VolantBlock *block, const VolantRun *runs,
             const uint32_t *up, const uint32_t *down, uint32_t column, const uint16_t *offsets,
             uint32_t *target_up, uint32_t *target_down)
{
  uint32_t first = 0;

  for (uint32_t i = 0; first < column; i++)
    {
      uint32_t n = MIN (runs[i].length, column - first);

      kernels->relax_by_block (target_up + offsets[i], down, up, block, column, first, n);
      kernels->relax_by_block (target_down + offsets[i], up, down, block, column, first, n);
      first += runs[i].length;
    }
}

/* From a block's rows into those of all blocks above. */
static void
pass_up (const VolantKernels *kernels, const VolantTopology *topology, const VolantBlock *block,
         uint32_t *all_up, uint32_t *all_down)
{
  const VolantRun *runs = topology->runs + block->first_run;
  const uint32_t *up = all_up + block->first_slot, *down = all_down + block->first_slot;
  const VolantBlockLink *link = topology->links + block->first_link;
  uint32_t column = block->width, run = block->n_runs;
  uint32_t run_first = block->width; /* column at which run begins */

  while (column > 0)
    {
      const VolantBlock *upper = &topology->blocks[link->block];
      const uint16_t *offsets = topology->offsets + link->first_offset;
      uint32_t depth;

      for (;;)
        {
          uint32_t slot;

          if (column == run_first)
            run_first -= runs[--run].length;
          depth = runs[run].depth + (column - 1 - run_first);
          if (depth < upper->top_depth)
            break;
          column--;
          slot = volant_block_slot (upper, depth - upper->top_depth);
          pass_to_row (kernels, block, runs, up, down, column, offsets, all_up + slot,
                       all_down + slot);
          if (column == 0)
            return;
        }
      if (column == run_first + runs[run].length)
        run_first += runs[run++].length;
      link++;
    }
}

void
volant_weights_customize (VolantWeights *self, const uint32_t *costs, unsigned n_threads)
{
  const VolantTopology *topology = self->topology;
  const VolantKernels *kernels = volant_kernels_get ();

  set_arcs (self, costs);
  for (uint32_t i = 0; i < topology->n_blocks; i++)
    {
      const VolantBlock *block = &topology->blocks[i];

      close_block (kernels, block, self->up + block->first_slot, self->down + block->first_slot);
      open_block (kernels, block, self->up + block->first_slot, self->down + block->first_slot);
      pass_up (kernels, topology, block, self->up, self->down);
    }
}

VolantWeights *
volant_weights_new (const VolantTopology *topology, const uint32_t *costs, unsigned n_threads)
{
  Weights *self = g_new0 (Weights, 1);
  size_t slots = (size_t) topology->n_slots + VOLANT_KERNEL_SLACK;

  atomic_init (&self->references, 1);
  self->size = 2 * slots * sizeof (uint32_t);
  self->weights.topology = topology;
  self->weights.up = map_memory (self->size);
  self->weights.down = self->weights.up + slots;
  volant_weights_customize (&self->weights, costs, n_threads);
  return &self->weights;
}

VolantWeights *
volant_weights_ref (VolantWeights *weights)
{
  atomic_fetch_add (&((Weights *) weights)->references, 1);
  return weights;
}

void
volant_weights_unref (VolantWeights *weights)
{
  Weights *self = (Weights *) weights;

  if (weights == NULL || atomic_fetch_sub (&self->references, 1) != 1)
    return;
  munmap (weights->up, self->size);
  g_free (self);
}

size_t
volant_weights_get_size (const VolantWeights *weights)
{
  return ((const Weights *) weights)->size;
}
