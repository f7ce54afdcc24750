/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/topology-format.h"

/* Everything that customization and queries follow blindly, checked once. The checks build on each
 * other: each may rely on what those before it have found good. What is checked is exact: a
 * topology that passes is one that its graph can have, wherever gaps were filled. */

typedef struct {
  const VolantTopology *topology;
  const VolantGraph *graph;
  uint16_t *bottoms; /* by link: the greatest depth of the block above that is an ancestor */
  GError **error;
} Checker;

static bool
refuse (const Checker *self, const char *what)
{
  g_set_error (self->error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "the city file's topology is damaged (%s); import the city again", what);
  return false;
}

/* What stands behind the last block and the last link, to end them. */
static bool
check_ends (const Checker *self)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *last = &topology->blocks[topology->n_blocks];

  if (last->first_slot != topology->n_slots || last->top_rank != topology->n_nodes ||
      last->parent != VOLANT_NO_BLOCK || last->first_run != topology->n_runs ||
      last->first_link != topology->n_links || last->top_depth != 0 || last->n_nodes != 0 ||
      last->width != 0 || last->n_runs != 0 || last->n_below != 0 ||
      topology->links[topology->n_links].block != VOLANT_NO_BLOCK ||
      topology->links[topology->n_links].first_offset != topology->n_offsets)
    return refuse (self, "its ends are not where they should be");
  return true;
}

/* Blocks divide ranks, slots, runs and links among themselves, each from where the last one ends. */
static bool
check_blocks (const Checker *self)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *blocks = topology->blocks;
  uint64_t rank = 0, slot = 0, run = 0, link = 0;
  uint32_t height = 0;

  if (blocks[0].first_link != 0)
    return refuse (self, "its first block is not the first");
  for (uint32_t i = 0; i < topology->n_blocks; i++)
    {
      const VolantBlock *block = &blocks[i];
      uint64_t n = block->n_nodes;

      if (n == 0 || block->n_runs == 0)
        return refuse (self, "a block is empty");
      if (block->top_rank != rank + n - 1 || block->first_slot != slot ||
          block->first_run != run || block->first_link < link)
        return refuse (self, "its blocks do not follow each other");
      rank += n;
      slot += n * block->width + n * (n - 1) / 2;
      run += block->n_runs;
      link = block->first_link;
      height = MAX (height, block->top_depth + block->n_nodes);
      if (rank > topology->n_nodes || slot > topology->n_slots || run > topology->n_runs ||
          link > topology->n_links)
        return refuse (self, "a block lies outside of it");
    }
  if (rank != topology->n_nodes || slot != topology->n_slots || run != topology->n_runs ||
      height != topology->height)
    return refuse (self, "its blocks do not fill it");
  return true;
}

/* Where a block hangs: on a node of its parent, which stands behind it; and all that hangs on a
 * block stands right before it. */
static bool
check_tree (const Checker *self)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *blocks = topology->blocks;
  g_autofree uint32_t *n_below = g_new0 (uint32_t, (size_t) topology->n_blocks + 1);

  for (uint32_t i = 0; i < topology->n_blocks; i++)
    {
      const VolantBlock *block = &blocks[i], *parent;

      if (block->n_below != n_below[i])
        return refuse (self, "its tree is not counted right");
      if ((block->parent == VOLANT_NO_BLOCK) != (block->top_depth == 0))
        return refuse (self, "its tree hangs on nothing");
      if (block->parent == VOLANT_NO_BLOCK)
        continue;
      if (block->parent <= i || block->parent >= topology->n_blocks)
        return refuse (self, "a block hangs on none above");
      parent = &blocks[block->parent];
      if (block->top_depth <= parent->top_depth ||
          block->top_depth > parent->top_depth + parent->n_nodes)
        return refuse (self, "a block hangs at a wrong depth");
      if (parent->n_below > block->parent || block->parent - parent->n_below > i - block->n_below)
        return refuse (self, "what hangs on a block does not stand before it");
      n_below[block->parent] += block->n_below + 1;
    }
  return true;
}

/* Ascending, and the last one ends where the block begins. */
static bool
check_runs (const Checker *self, const VolantBlock *block)
{
  const VolantRun *runs = self->topology->runs + block->first_run;
  uint32_t end = 0, width = 0;

  for (uint32_t i = 0; i < block->n_runs; i++)
    {
      if (runs[i].depth < end || (runs[i].length == 0) != (block->width == 0) ||
          (i > 0 && runs[i].depth == end))
        return refuse (self, "a row's runs do not ascend");
      end = (uint32_t) runs[i].depth + runs[i].length;
      width += runs[i].length;
    }
  if (end != block->top_depth || width != block->width ||
      (block->width == 0 && (block->top_depth != 0 || block->n_runs != 1)))
    return refuse (self, "a row does not fit its runs");
  return true;
}

static bool
check_nodes (const Checker *self)
{
  const VolantTopology *topology = self->topology;
  uint32_t block = 0;

  for (uint32_t rank = 0; rank < topology->n_nodes; rank++)
    {
      uint32_t node = topology->nodes[rank];

      if (node >= topology->n_nodes || topology->ranks[node] != rank)
        return refuse (self, "its ranks are not those of its nodes");
      if (topology->block_of[rank] != block)
        return refuse (self, "a node is not in its block");
      block += rank == topology->blocks[block].top_rank;
    }
  return true;
}

/* How far up a link's block is an ancestor: at the first, down to where the block hangs; at the
 * others as far as for the parent, whose row reaches whatever this one does. */
static bool
find_bottoms (const Checker *self, uint32_t index)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *block = &topology->blocks[index];
  const VolantBlock *parent = &topology->blocks[block->parent];
  uint32_t at = parent->first_link;

  for (uint32_t i = block->first_link; i < block[1].first_link; i++)
    {
      if (i == block->first_link)
        {
          if (topology->links[i].block != block->parent)
            return refuse (self, "a block does not lead to its parent");
          self->bottoms[i] = (uint16_t) (block->top_depth - 1);
          continue;
        }
      while (at < parent[1].first_link && topology->links[at].block != topology->links[i].block)
        at++;
      if (at == parent[1].first_link)
        return refuse (self, "a block leads to none above it");
      self->bottoms[i] = self->bottoms[at++];
    }
  return true;
}

/* One link: each run that begins at its bottom or above lies, as far as the bottom, within one run
 * of the rows of the block above, at the offset given. */
static bool
check_offsets (const Checker *self, const VolantRun *runs, uint32_t n_runs, uint32_t link)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *upper = &topology->blocks[topology->links[link].block];
  const VolantRun *upper_runs = topology->runs + upper->first_run;
  const uint16_t *offsets = topology->offsets + topology->links[link].first_offset;
  uint32_t bottom = self->bottoms[link], k = 0, first = 0, last = upper->n_runs - 1u;

  for (uint32_t i = 0; i < n_runs; i++)
    {
      uint32_t depth = runs[i].depth, end = MIN (depth + runs[i].length, bottom + 1), upper_end;

      while (k < last && depth >= (uint32_t) upper_runs[k].depth + upper_runs[k].length)
        first += upper_runs[k++].length;
      /* the last run goes on into the block itself */
      upper_end = k == last ? bottom + 1 : (uint32_t) upper_runs[k].depth + upper_runs[k].length;
      if (depth < upper_runs[k].depth || end > upper_end ||
          offsets[i] != first + depth - upper_runs[k].depth)
        return refuse (self, "a row leads outside of a row above");
    }
  return true;
}

/* All depths of a row stand in the blocks that it links to, each of which it reaches. */
static bool
check_links (const Checker *self, const VolantBlock *block, uint64_t *n_offsets)
{
  const VolantTopology *topology = self->topology;
  const VolantRun *runs = topology->runs + block->first_run;
  uint32_t n_runs = block->n_runs, left = block->width;

  if (block->parent == VOLANT_NO_BLOCK && block->first_link != block[1].first_link)
    return refuse (self, "a root leads to a block above it");
  for (uint32_t i = block->first_link; i < block[1].first_link; i++)
    {
      uint32_t top = topology->blocks[topology->links[i].block].top_depth;
      uint32_t bottom = self->bottoms[i], n_within = 0;

      while (n_runs > 0 && runs[n_runs - 1].depth > bottom)
        n_runs--;
      for (uint32_t k = n_runs; k-- > 0 && (uint32_t) runs[k].depth + runs[k].length > top;)
        n_within += MIN ((uint32_t) runs[k].depth + runs[k].length, bottom + 1) -
                    MAX (runs[k].depth, top);
      if (n_within == 0)
        return refuse (self, "a block leads to one that it does not reach");
      if (topology->links[i].first_offset != *n_offsets ||
          *n_offsets + n_runs > topology->n_offsets)
        return refuse (self, "its offsets do not follow each other");
      *n_offsets += n_runs;
      left -= n_within;
      if (!check_offsets (self, runs, n_runs, i))
        return false;
    }
  return left == 0 || refuse (self, "a block does not lead to one that it reaches");
}

static bool
check_rows (const Checker *self)
{
  const VolantTopology *topology = self->topology;
  uint64_t n_offsets = 0;

  for (uint32_t i = topology->n_blocks; i-- > 0;)
    {
      const VolantBlock *block = &topology->blocks[i];

      if (!check_runs (self, block))
        return false;
      if (block->parent != VOLANT_NO_BLOCK && !find_bottoms (self, i))
        return false;
    }
  for (uint32_t i = 0; i < topology->n_blocks; i++)
    if (!check_links (self, &topology->blocks[i], &n_offsets))
      return false;
  return n_offsets == topology->n_offsets || refuse (self, "its offsets do not fill it");
}

/* Where the node of a rank stands in the row of one below it; UINT32_MAX where it does not. */
static uint32_t
index_in_row (const Checker *self, const VolantBlock *block, uint32_t above)
{
  const VolantTopology *topology = self->topology;
  const VolantRun *runs = topology->runs + block->first_run;
  uint32_t upper = topology->block_of[above], link = block->first_link, index = block->width, depth;

  if (above <= block->top_rank)
    return index + block->top_rank - above;
  while (link < block[1].first_link && topology->links[link].block != upper)
    link++;
  depth = volant_topology_depth (topology, above);
  if (link == block[1].first_link || depth > self->bottoms[link])
    return UINT32_MAX;
  for (uint32_t i = block->n_runs; i-- > 0;)
    {
      index -= runs[i].length;
      if (depth >= runs[i].depth)
        return depth < (uint32_t) runs[i].depth + runs[i].length ? index + depth - runs[i].depth
                                                                 : UINT32_MAX;
    }
  return UINT32_MAX;
}

/* An arc's slot is where the row of its lower end has its upper end. */
static bool
check_arcs_of (const Checker *self, uint32_t node)
{
  const VolantTopology *topology = self->topology;
  uint32_t tail = topology->ranks[node];

  for (uint32_t arc = self->graph->first_out[node]; arc < self->graph->first_out[node + 1]; arc++)
    {
      uint32_t head = topology->ranks[self->graph->heads[arc]], low = MIN (tail, head);
      const VolantBlock *block = &topology->blocks[topology->block_of[low]];
      uint32_t place = VOLANT_ARC_LOOP;

      if (tail != head)
        {
          uint32_t index = index_in_row (self, block, MAX (tail, head));

          if (index == UINT32_MAX)
            return refuse (self, "a road is not in its row");
          place = volant_block_slot (block, block->top_rank - low) + index;
          place |= tail > head ? VOLANT_ARC_DOWN : 0;
        }
      if (topology->arc_places[arc] != place)
        return refuse (self, "a road is not in its place");
    }
  return true;
}

/* The arcs once more, by slot. */
static bool
check_sorted_arcs (const Checker *self)
{
  const VolantTopology *topology = self->topology;

  for (uint32_t i = 0; i < topology->n_arcs; i++)
    {
      uint32_t arc = topology->sorted_arcs[i], slot = topology->sorted_places[i], before;

      if (arc >= topology->n_arcs || topology->arc_places[arc] != slot)
        return refuse (self, "its sorted roads are not its roads");
      if (i == 0)
        continue;
      slot &= ~VOLANT_ARC_DOWN;
      before = topology->sorted_places[i - 1] & ~VOLANT_ARC_DOWN;
      if (before > slot || (before == slot && topology->sorted_arcs[i - 1] >= arc))
        return refuse (self, "its sorted roads do not ascend");
    }
  return true;
}

/* The links once more, seen from above. */
static bool
check_belows (const Checker *self)
{
  const VolantTopology *topology = self->topology;
  const uint32_t *first = topology->first_belows;
  g_autofree uint32_t *counts = g_new0 (uint32_t, (size_t) topology->n_blocks + 1);

  if (first[0] != 0 || first[topology->n_blocks] != topology->n_links)
    return refuse (self, "its lists of lower blocks do not fill it");
  for (uint32_t i = 0; i < topology->n_blocks; i++)
    if (first[i] > first[i + 1])
      return refuse (self, "its lists of lower blocks do not follow each other");
  for (uint32_t i = 0; i < topology->n_blocks; i++)
    for (uint32_t link = topology->blocks[i].first_link;
         link < topology->blocks[i + 1].first_link; link++)
      {
        uint32_t upper = topology->links[link].block, at = counts[upper]++;

        if (first[upper] + at >= first[upper + 1] ||
            topology->belows[first[upper] + at] != i ||
            topology->link_codes[link] != MIN (at + VOLANT_CODE_BELOW, VOLANT_CODE_FAR))
          return refuse (self, "a lower block is not in its list");
      }
  return true;
}

static bool
check_all (const Checker *self)
{
  if (!check_ends (self) || !check_blocks (self) || !check_tree (self) || !check_nodes (self) ||
      !check_rows (self))
    return false;
  for (uint32_t rank = 0; rank < self->topology->n_nodes; rank++)
    if (!check_arcs_of (self, self->topology->nodes[rank]))
      return false;
  return check_sorted_arcs (self) && check_belows (self);
}

bool
volant_topology_check (const VolantTopology *topology, const VolantGraph *graph, GError **error)
{
  g_autofree uint16_t *bottoms = g_new (uint16_t, (size_t) topology->n_links + 1);
  Checker checker = { topology, graph, bottoms, error };

  return check_all (&checker);
}
