/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/labels-core.h"
#include "maps/routing/engine/query-core.h"

#include <stdlib.h>

/* Labels share the depths down to the lowest common ancestor. Of two tiles, what all lanes share is
 * one min-plus product of matrices; blocks further down that only some lanes of both pass are
 * products of their own, with the other lanes masked. */

typedef struct {
  const VolantLabels *from;
  const VolantLabels *to;
  uint32_t *sums;  /* of one tile of from: VOLANT_TILE rows */
  size_t stride;   /* lanes of to */
  uint32_t *a;     /* masked rows */
  uint32_t *b;
} Table;

/* The visits of a tile in a row, and its costs. */
typedef struct {
  const VolantTile *tile;
  const VolantVisit *visits;
  const uint32_t *rows;
} View;

static View
view_tile (const VolantLabels *labels, uint32_t index)
{
  const VolantTile *tile = &labels->tiles[index];

  return (View) { tile, &g_array_index (labels->visits, VolantVisit, tile->first_visit),
                  labels->rows + tile->first_row * VOLANT_TILE };
}

static void
add_masked (const Table *self, const View *from, const View *to, const VolantVisit *a,
            const VolantVisit *b, uint32_t first, uint32_t end, uint32_t *sums)
{
  const VolantKernels *kernels = self->from->kernels;
  size_t at = (self->from->topology->blocks[a->block].top_depth + first) * (size_t) VOLANT_TILE;

  kernels->tile_take (self->a, from->rows + at, a->counts, first, end);
  kernels->tile_take (self->b, to->rows + at, b->counts, first, end);
  kernels->table (sums, self->stride, self->a, from->tile->n_lanes, self->b, end - first);
}

/* Both go down the tree together: a block's visits come after those of its subtree. */
static void
add_tiles (const Table *self, const View *from, const View *to, uint32_t *sums)
{
  const VolantTopology *topology = self->from->topology;
  uint32_t i = from->tile->n_visits, k = to->tile->n_visits, n_shared = 0;

  while (i > 0 && k > 0)
    {
      const VolantVisit *a = &from->visits[i - 1], *b = &to->visits[k - 1];
      uint32_t all, most;

      if (a->block > b->block)
        {
          i = a->first;
          continue;
        }
      if (a->block < b->block)
        {
          k = b->first;
          continue;
        }
      all = MIN (a->all, b->all);
      most = MIN (a->most, b->most);
      if (all > 0)
        n_shared = topology->blocks[a->block].top_depth + all;
      if (all < most)
        add_masked (self, from, to, a, b, all, most, sums);
      i--;
      k--;
    }
  self->from->kernels->table (sums, self->stride, from->rows, from->tile->n_lanes, to->rows,
                              n_shared);
}

static void
write_row (const Table *self, uint32_t lane, const uint32_t *sums, uint32_t *costs)
{
  uint32_t n = self->to->n;
  const uint32_t *order = self->to->order;
  uint32_t *row = costs + (size_t) self->from->order[lane] * n;

  for (uint32_t k = 0; k < n; k++)
    row[order[k]] = sums[k];
}

static uint32_t
count_levels (const VolantLabels *labels)
{
  uint32_t most = 0;

  for (unsigned i = 0; i < labels->visits->len; i++)
    most = MAX (most, g_array_index (labels->visits, VolantVisit, i).most);
  return most;
}

void
volant_labels_table (const VolantLabels *from, const VolantLabels *to, uint32_t *costs)
{
  size_t levels = MAX (1, MIN (count_levels (from), count_levels (to)));
  size_t stride = MAX (1, to->n_tiles) * (size_t) VOLANT_TILE;
  Table self = { from, to, aligned_alloc (64, VOLANT_TILE * stride * sizeof (uint32_t)), stride,
                 aligned_alloc (64, levels * VOLANT_TILE * sizeof (uint32_t)),
                 aligned_alloc (64, levels * VOLANT_TILE * sizeof (uint32_t)) };

  g_assert (from->topology == to->topology);
  for (uint32_t i = 0; i < from->n_tiles; i++)
    {
      View rows = view_tile (from, i);

      from->kernels->fill (self.sums, (uint32_t) (VOLANT_TILE * stride));
      for (uint32_t k = 0; k < to->n_tiles; k++)
        {
          View columns = view_tile (to, k);

          add_tiles (&self, &rows, &columns, self.sums + (size_t) k * VOLANT_TILE);
        }
      for (uint32_t lane = 0; lane < rows.tile->n_lanes; lane++)
        write_row (&self, i * VOLANT_TILE + lane, self.sums + lane * stride, costs);
    }
  free (self.sums);
  free (self.a);
  free (self.b);
}
