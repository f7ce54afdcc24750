/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/weights-core.h"

#include <string.h>

/* Partial customization. A block whose arcs changed is made anew from its arcs and from what the
 * blocks below it pass up; where its rows come out as before, nothing above it changes for its
 * sake. */

/* From this share of all arcs on, making all anew is less work. */
#define MOST_SHARE 100

typedef struct {
  VolantWeights *weights;
  const VolantTopology *topology;
  const VolantKernels *kernels;
  const uint32_t *costs;
  uint64_t *dirty;    /* a bit a block */
  uint32_t first;     /* no block below this word is dirty */
  GArray *before;     /* uint32_t: a block's rows as they were */
} Update;

static void
mark_dirty (Update *self, uint32_t block)
{
  self->dirty[block / 64] |= UINT64_C (1) << (block % 64);
  self->first = MIN (self->first, block / 64);
}

/* The lowest block that is dirty; VOLANT_NO_BLOCK where none is left. */
static uint32_t
take_dirty (Update *self)
{
  uint32_t n_words = self->topology->n_blocks / 64 + 1;

  for (; self->first < n_words; self->first++)
    if (self->dirty[self->first] != 0)
      {
        uint32_t bit = (uint32_t) __builtin_ctzll (self->dirty[self->first]);

        self->dirty[self->first] &= ~(UINT64_C (1) << bit);
        return self->first * 64 + bit;
      }
  return VOLANT_NO_BLOCK;
}

static uint32_t
block_of_slot (const VolantTopology *topology, uint32_t slot)
{
  uint32_t low = 0, high = topology->n_blocks - 1;

  /* The last block that begins at the slot or before: blocks without slots begin where the next one
   * does. */
  while (low < high)
    {
      uint32_t middle = high - (high - low) / 2;

      if (topology->blocks[middle].first_slot <= slot)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

static const VolantBlockLink *
find_link (const VolantTopology *topology, uint32_t below, uint32_t above)
{
  const VolantBlockLink *link = topology->links + topology->blocks[below].first_link;

  while (link->block != above)
    link++;
  return link;
}

/* Makes one block anew; whether any of its rows is another than before. */
static bool
renew_block (Update *self, uint32_t index)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *block = &topology->blocks[index];
  VolantSides sides = volant_weights_get_sides (self->weights);
  VolantTarget rows = volant_sides_target (&sides, index, block);
  uint32_t n_slots = block[1].first_slot - block->first_slot;
  size_t size = n_slots * sizeof (uint32_t);

  g_array_set_size (self->before, 2 * n_slots);
  memcpy (self->before->data, rows.up, size);
  memcpy (self->before->data + size, rows.down, size);
  volant_weights_set_arcs (self->weights, self->kernels, self->costs, block->first_slot,
                           block[1].first_slot);
  for (uint32_t i = topology->first_belows[index]; i < topology->first_belows[index + 1]; i++)
    {
      const VolantBlock *below = &topology->blocks[topology->belows[i]];

      self->kernels->pass_up (topology, below, &sides,
                              find_link (topology, topology->belows[i], index));
    }
  volant_weights_finish_block (self->kernels, block, rows);
  return memcmp (self->before->data, rows.up, size) != 0 ||
         memcmp (self->before->data + size, rows.down, size) != 0;
}

static void
update_blocks (Update *self)
{
  const VolantTopology *topology = self->topology;
  uint32_t index;

  while ((index = take_dirty (self)) != VOLANT_NO_BLOCK)
    if (renew_block (self, index))
      for (uint32_t i = topology->blocks[index].first_link;
           i < topology->blocks[index + 1].first_link; i++)
        mark_dirty (self, topology->links[i].block);
}

void
volant_weights_update (VolantWeights *weights, const uint32_t *costs, const uint32_t *arcs,
                       uint32_t n_arcs, unsigned n_threads)
{
  const VolantTopology *topology = weights->topology;
  Update update = { .weights = weights,
                    .topology = topology,
                    .kernels = volant_kernels_get (),
                    .costs = costs,
                    .first = UINT32_MAX };

  if (n_arcs > topology->n_arcs / MOST_SHARE + 1)
    {
      volant_weights_customize (weights, costs, n_threads);
      return;
    }
  update.dirty = g_new0 (uint64_t, topology->n_blocks / 64 + 1);
  update.before = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  for (uint32_t i = 0; i < n_arcs; i++)
    if (topology->arc_places[arcs[i]] != VOLANT_ARC_LOOP)
      mark_dirty (&update, block_of_slot (topology,
                                          topology->arc_places[arcs[i]] & ~VOLANT_ARC_DOWN));
  update_blocks (&update);
  g_array_unref (update.before);
  g_free (update.dirty);
}
