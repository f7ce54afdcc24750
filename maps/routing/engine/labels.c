/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/labels-core.h"
#include "maps/routing/engine/query-core.h"

#include <stdlib.h>
#include <string.h>

/* Nodes are taken by rank, VOLANT_TILE at a time. Ranks are a post-order, so that those of a tile
 * share most of their ways up: each climbs by itself until enough are together, then all climb at
 * once, lane beside lane, and a weight is loaded once for all of them. */

/* So many lanes make it worth while to climb together. */
#define ENOUGH 4

/* A tile while it is made. */
typedef struct {
  VolantLabels *labels;
  const uint32_t *weights;
  VolantTile *tile;
  uint32_t *rows;
  VolantTreePlace places[VOLANT_TILE];  /* where each lane is by now */
  uint32_t blocks[VOLANT_TILE];         /* where it began */
  uint32_t depths[VOLANT_TILE];
  uint32_t first_visits[VOLANT_TILE];
  bool joined[VOLANT_TILE];
} Climb;

VolantLabels *
volant_labels_new (const VolantTopology *topology, VolantLabelsKind kind)
{
  VolantLabels *self = g_new0 (VolantLabels, 1);
  uint32_t most_levels = 0;

  self->topology = topology;
  self->kernels = volant_kernels_get ();
  self->kind = kind;
  self->visits = g_array_new (FALSE, FALSE, sizeof (VolantVisit));
  for (uint32_t i = 0; i < topology->n_blocks; i++)
    most_levels = MAX (most_levels, topology->blocks[i].n_nodes);
  /* a line more, so that the same depth of all ways is not in the same set of the cache */
  self->way_stride = (topology->height + VOLANT_KERNEL_SLACK + 15) / 16 * 16 + 16;
  self->ways = aligned_alloc (64, VOLANT_TILE * self->way_stride * sizeof (uint32_t));
  self->front = aligned_alloc (64, (most_levels + 1) * VOLANT_TILE * sizeof (uint32_t));
  return self;
}

void
volant_labels_free (VolantLabels *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->visits);
  g_free (self->order);
  g_free (self->keys);
  g_free (self->tiles);
  free (self->rows);
  free (self->ways);
  free (self->front);
  g_free (self);
}

static int
compare_keys (const void *a, const void *b)
{
  uint64_t x = *(const uint64_t *) a, y = *(const uint64_t *) b;

  return (x > y) - (x < y);
}

/* Sorts by rank, makes the tiles and the room for them. */
static void
lay_out (VolantLabels *self, const uint32_t *nodes, uint32_t n)
{
  const VolantTopology *topology = self->topology;

  if (n > self->most_nodes)
    {
      self->most_nodes = n;
      self->order = g_renew (uint32_t, self->order, n);
      self->keys = g_renew (uint64_t, self->keys, n);
      self->tiles = g_renew (VolantTile, self->tiles, n / VOLANT_TILE + 1);
    }
  for (uint32_t i = 0; i < n; i++)
    self->keys[i] = (uint64_t) topology->ranks[nodes[i]] << 32 | i;
  if (n > 0)
    qsort (self->keys, n, sizeof (uint64_t), compare_keys);
  self->n = n;
  self->n_tiles = 0;
  self->n_rows = 0;
  for (uint32_t i = 0; i < n; i += VOLANT_TILE)
    {
      VolantTile *tile = &self->tiles[self->n_tiles++];
      uint32_t height = 0;

      *tile = (VolantTile) { .first_row = self->n_rows, .n_lanes = MIN (n - i, VOLANT_TILE) };
      for (uint32_t k = i; k < i + tile->n_lanes; k++)
        {
          self->order[k] = (uint32_t) self->keys[k];
          height = MAX (height, 1 + volant_topology_depth (topology, self->keys[k] >> 32));
        }
      self->n_rows += height;
    }
  if (self->n_rows > self->most_rows)
    {
      free (self->rows);
      self->most_rows = self->n_rows;
      self->rows = aligned_alloc (64, self->most_rows * VOLANT_TILE * sizeof (uint32_t));
    }
}

static void
begin_lane (Climb *self, uint32_t lane, uint32_t rank)
{
  VolantLabels *labels = self->labels;
  uint32_t block = labels->topology->block_of[rank];
  uint32_t *way = labels->ways + lane * labels->way_stride;

  self->blocks[lane] = block;
  self->depths[lane] = volant_topology_depth (labels->topology, rank);
  self->places[lane] =
    (VolantTreePlace) { block, labels->topology->blocks[block].top_rank - rank };
  self->joined[lane] = false;
  labels->kernels->fill (way, self->depths[lane]);
  way[self->depths[lane]] = 0;
}

/* From a lane's own memory into the tile. */
static void
join_lane (Climb *self, uint32_t lane, uint32_t height)
{
  const uint32_t *way = self->labels->ways + lane * self->labels->way_stride;
  uint32_t *row = self->rows + lane, depth = self->depths[lane];

  for (uint32_t i = 0; i <= depth; i++)
    row[i * VOLANT_TILE] = way[i];
  for (uint32_t i = depth + 1; i < height; i++)
    row[i * VOLANT_TILE] = VOLANT_COST_LIMIT;
  self->joined[lane] = true;
}

static void
climb_together (Climb *self, const VolantVisit *visit, uint32_t first, uint32_t last,
                uint32_t height)
{
  const VolantLabels *labels = self->labels;
  const VolantBlock *block = &labels->topology->blocks[visit->block];

  for (uint32_t lane = first; lane <= last; lane++)
    if (!self->joined[lane])
      join_lane (self, lane, height);
  labels->kernels->tile_take (labels->front, self->rows + block->top_depth * VOLANT_TILE,
                              visit->counts, 0, visit->most);
  labels->kernels->tile_climb (block, labels->topology->runs + block->first_run, self->weights,
                               visit->most, labels->front, self->rows);
}

/* Lanes first … last pass a block: the last of them by itself, the others came there before. */
static void
visit_block (Climb *self, uint32_t first, uint32_t last, uint32_t height)
{
  VolantLabels *labels = self->labels;
  uint32_t index = self->places[last].block;
  const VolantBlock *block = &labels->topology->blocks[index];
  VolantTreePlace above = volant_tree_above (labels->topology, block);
  VolantVisit *visit;

  g_array_set_size (labels->visits, labels->visits->len + 1);
  visit = &g_array_index (labels->visits, VolantVisit, labels->visits->len - 1);
  *visit = (VolantVisit) { .block = index, .first = self->first_visits[first] };
  for (uint32_t lane = first; lane <= last; lane++)
    {
      visit->counts[lane] = (uint16_t) (self->places[lane].level + 1);
      visit->most = MAX (visit->most, visit->counts[lane]);
    }
  if (last - first + 1 == self->tile->n_lanes)
    {
      visit->all = visit->most;
      for (uint32_t lane = first; lane <= last; lane++)
        visit->all = MIN (visit->all, visit->counts[lane]);
    }
  if (last - first + 1 >= ENOUGH)
    climb_together (self, visit, first, last, height);
  else
    for (uint32_t lane = first; lane <= last; lane++)
      labels->kernels->climb (block, labels->topology->runs + block->first_run, self->weights,
                              self->places[lane].level, 0, VOLANT_COST_LIMIT,
                              labels->ways + lane * labels->way_stride);
  for (uint32_t lane = first; lane <= last; lane++)
    self->places[lane] = above;
}

/* Each lane climbs until it is above the next one, and takes along those it meets. */
static void
climb_tile (VolantLabels *labels, VolantTile *tile, const uint64_t *keys, const uint32_t *weights,
            uint32_t height)
{
  const VolantTopology *topology = labels->topology;
  Climb self = { .labels = labels, .weights = weights, .tile = tile,
                 .rows = labels->rows + tile->first_row * VOLANT_TILE };

  tile->first_visit = labels->visits->len;
  for (uint32_t lane = 0; lane < tile->n_lanes; lane++)
    begin_lane (&self, lane, keys[lane] >> 32);
  for (uint32_t lane = 0; lane < tile->n_lanes; lane++)
    {
      uint32_t first = lane, next = lane + 1 < tile->n_lanes ? self.blocks[lane + 1] : UINT32_MAX;

      self.first_visits[lane] = labels->visits->len - tile->first_visit;
      for (uint32_t at = self.blocks[lane]; at < next; at = self.places[lane].block)
        {
          while (first > 0 && self.blocks[first - 1] + topology->blocks[at].n_below >= at)
            first--;
          visit_block (&self, first, lane, height);
        }
    }
  tile->n_visits = labels->visits->len - tile->first_visit;
  for (uint32_t lane = 0; lane < VOLANT_TILE; lane++)
    if (lane >= tile->n_lanes)
      for (uint32_t i = 0; i < height; i++)
        self.rows[i * VOLANT_TILE + lane] = VOLANT_COST_LIMIT;
    else if (!self.joined[lane])
      join_lane (&self, lane, height);
}

void
volant_labels_set (VolantLabels *self, const VolantWeights *weights, const uint32_t *nodes,
                   uint32_t n)
{
  const uint32_t *side = self->kind == VOLANT_LABELS_FROM ? weights->up : weights->down;

  lay_out (self, nodes, n);
  g_array_set_size (self->visits, 0);
  for (uint32_t i = 0; i < self->n_tiles; i++)
    {
      size_t end = i + 1 < self->n_tiles ? self->tiles[i + 1].first_row : self->n_rows;

      climb_tile (self, &self->tiles[i], self->keys + (size_t) i * VOLANT_TILE, side,
                  (uint32_t) (end - self->tiles[i].first_row));
    }
}
