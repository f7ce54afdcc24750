/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/query-core.h"

/* The nodes of a way. From where the two ways up the tree met, the costs by depth tell which nodes
 * on them the way comes by; between these are shortcuts, and the codes that customization left tell
 * by way of what each came about: so that a shortcut is halved without a search, but for which node
 * of a block it was. */

/* An arc or shortcut between a node, as block and level, and an ancestor at a depth. */
typedef struct {
  uint32_t block;
  uint16_t level;
  uint16_t column; /* where the ancestor stands in the node's row */
  uint16_t depth;
  uint16_t down;   /* from the ancestor to the node */
} Arc;

G_STATIC_ASSERT (sizeof (Arc) == VOLANT_QUERY_ARC_SIZE);

typedef struct {
  const VolantTopology *topology;
  const VolantWeights *weights;
  GArray *stack;   /* Arc: what is still to be unpacked, the first on top */
  GArray *nodes;
} Unpacking;

static inline const uint32_t *
side_of (const VolantWeights *weights, bool down)
{
  return down ? weights->down : weights->up;
}

static inline const uint16_t *
codes_of (const VolantWeights *weights, bool down)
{
  return down ? weights->down_codes : weights->up_codes;
}

/* Where a depth stands in a block's rows; UINT32_MAX where it does not. */
static uint32_t
find_column (const VolantTopology *topology, const VolantBlock *block, uint32_t depth)
{
  const VolantRun *runs = topology->runs + block->first_run;
  uint32_t column = 0;

  if (depth >= block->top_depth)
    return block->width + depth - block->top_depth;
  for (uint32_t i = 0; i < block->n_runs && depth >= runs[i].depth; i++)
    {
      if (depth < (uint32_t) runs[i].depth + runs[i].length)
        return column + depth - runs[i].depth;
      column += runs[i].length;
    }
  return UINT32_MAX;
}

/* The ancestor of a block's nodes that its rows have at a depth. */
static uint32_t
find_ancestor (const VolantTopology *topology, const VolantBlock *block, uint32_t depth)
{
  const VolantBlockLink *link = topology->links + block->first_link;

  while (depth < block->top_depth)
    block = &topology->blocks[(link++)->block];
  return topology->nodes[block->top_rank - (depth - block->top_depth)];
}

static inline void
push (Unpacking *self, uint32_t block, uint32_t level, uint32_t column, uint32_t depth, bool down)
{
  Arc arc = { block, (uint16_t) level, (uint16_t) column, (uint16_t) depth, down };

  g_array_append_val (self->stack, arc);
}

/* By way of a node of a block below that has both ends in its rows, or of a deeper one of the same
 * block; false where no node makes up the cost. In the same block what came about by way of higher
 * nodes came about later, so it cannot be what the shortcut is made of: where arcs cost nothing, it
 * might lead in a circle. */
static bool
split_below (Unpacking *self, const Arc *arc, uint32_t index, uint32_t first_level, uint32_t cost)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *block = &topology->blocks[index];
  uint32_t near_depth = topology->blocks[arc->block].top_depth + arc->level;
  uint32_t near = find_column (topology, block, near_depth);
  uint32_t far = find_column (topology, block, arc->depth);
  const uint32_t *near_side = side_of (self->weights, !arc->down);
  const uint32_t *far_side = side_of (self->weights, arc->down);
  uint32_t slot;

  if (near == UINT32_MAX || far == UINT32_MAX)
    return false;
  slot = volant_block_slot (block, first_level);
  for (uint32_t level = first_level; level < block->n_nodes; slot += block->width + level, level++)
    if (near_side[slot + near] + far_side[slot + far] == cost &&
        (index != arc->block ||
         (codes_of (self->weights, !arc->down)[slot + near] != VOLANT_CODE_HIGHER &&
          codes_of (self->weights, arc->down)[slot + far] != VOLANT_CODE_HIGHER)))
      {
        if (arc->down)
          {
            push (self, index, level, near, near_depth, false);
            push (self, index, level, far, arc->depth, true);
          }
        else
          {
            push (self, index, level, far, arc->depth, false);
            push (self, index, level, near, near_depth, true);
          }
        return true;
      }
  return false;
}

/* By way of a node above in the same block. */
static bool
split_higher (Unpacking *self, const Arc *arc, uint32_t cost)
{
  const VolantBlock *block = &self->topology->blocks[arc->block];
  const uint32_t *side = side_of (self->weights, arc->down);
  uint32_t slot = volant_block_slot (block, arc->level) + block->width;
  uint32_t least = arc->column >= block->width ? arc->column - block->width + 1 : 0;

  for (uint32_t level = arc->level; level-- > least;)
    if (side[slot + level] + side[volant_block_slot (block, level) + arc->column] == cost)
      {
        if (arc->down)
          {
            push (self, arc->block, arc->level, block->width + level, block->top_depth + level,
                  true);
            push (self, arc->block, level, arc->column, arc->depth, true);
          }
        else
          {
            push (self, arc->block, level, arc->column, arc->depth, false);
            push (self, arc->block, arc->level, block->width + level, block->top_depth + level,
                  false);
          }
        return true;
      }
  return false;
}

static bool
split_far (Unpacking *self, const Arc *arc, uint32_t cost)
{
  const VolantTopology *topology = self->topology;

  for (uint32_t i = topology->first_belows[arc->block] + VOLANT_CODE_FAR - VOLANT_CODE_BELOW;
       i < topology->first_belows[arc->block + 1]; i++)
    if (split_below (self, arc, topology->belows[i], 0, cost))
      return true;
  return false;
}

static bool
split (Unpacking *self, const Arc *arc, uint32_t slot, uint16_t code)
{
  const VolantTopology *topology = self->topology;
  uint32_t cost = side_of (self->weights, arc->down)[slot];

  switch (code)
    {
    case VOLANT_CODE_DEEPER:
      return split_below (self, arc, arc->block, arc->level + 1u, cost);
    case VOLANT_CODE_HIGHER:
      return split_higher (self, arc, cost);
    case VOLANT_CODE_FAR:
      return split_far (self, arc, cost);
    default:
      return split_below (self, arc,
                          topology->belows[topology->first_belows[arc->block] + code -
                                           VOLANT_CODE_BELOW],
                          0, cost);
    }
}

/* Appends the node that each arc of the stack, unpacked, leads to. */
static void
unpack (Unpacking *self)
{
  const VolantTopology *topology = self->topology;

  while (self->stack->len > 0)
    {
      Arc arc = g_array_index (self->stack, Arc, self->stack->len - 1);
      const VolantBlock *block = &topology->blocks[arc.block];
      uint32_t slot = volant_block_slot (block, arc.level) + arc.column;
      uint16_t code = (arc.down ? self->weights->down_codes : self->weights->up_codes)[slot];
      uint32_t node;

      g_array_set_size (self->stack, self->stack->len - 1);
      if (code != VOLANT_CODE_ARC)
        {
          if (!split (self, &arc, slot, code))
            g_error ("a shortcut of the routing weights has come about by nothing");
          continue;
        }
      node = arc.down ? topology->nodes[block->top_rank - arc.level]
                      : find_ancestor (topology, block, arc.depth);
      g_array_append_val (self->nodes, node);
    }
}

/* The arc by which a node on the way up the tree got its cost: from a deeper one, as far down as
 * the way's begin. */
static Arc
find_arc (const VolantTopology *topology, const uint32_t *weights, const uint32_t *costs,
          VolantTreePlace place, uint32_t depth)
{
  while (place.block != VOLANT_NO_BLOCK)
    {
      const VolantBlock *block = &topology->blocks[place.block];
      uint32_t column = find_column (topology, block, depth);
      uint32_t least = depth >= block->top_depth ? depth - block->top_depth + 1 : 0;
      uint32_t slot = volant_block_slot (block, least);

      if (column != UINT32_MAX)
        for (uint32_t level = least; level <= place.level; slot += block->width + level, level++)
          if (costs[block->top_depth + level] + weights[slot + column] == costs[depth] &&
              costs[depth] < VOLANT_COST_LIMIT)
            return (Arc) { place.block, (uint16_t) level, (uint16_t) column, (uint16_t) depth, 0 };
      if (depth >= block->top_depth)
        break;
      place = volant_tree_above (topology, block);
    }
  g_error ("a cost of a routing query has come about by nothing");
}

static uint32_t
depth_of (const VolantTopology *topology, VolantTreePlace place)
{
  return topology->blocks[place.block].top_depth + place.level;
}

static void
push_way_from_source (Unpacking *self, const uint32_t *costs, VolantTreePlace source,
                      uint32_t depth)
{
  while (depth != depth_of (self->topology, source))
    {
      Arc arc = find_arc (self->topology, self->weights->up, costs, source, depth);

      g_array_append_val (self->stack, arc);
      depth = self->topology->blocks[arc.block].top_depth + arc.level;
    }
}

static void
push_way_to_target (Unpacking *self, const uint32_t *costs, VolantTreePlace target,
                    uint32_t depth)
{
  unsigned first = self->stack->len;

  while (depth != depth_of (self->topology, target))
    {
      Arc arc = find_arc (self->topology, self->weights->down, costs, target, depth);

      arc.down = 1;
      g_array_append_val (self->stack, arc);
      depth = self->topology->blocks[arc.block].top_depth + arc.level;
    }
  for (unsigned i = first, k = self->stack->len; i + 1 < k; i++)
    {
      Arc arc = g_array_index (self->stack, Arc, i);

      k--;
      g_array_index (self->stack, Arc, i) = g_array_index (self->stack, Arc, k);
      g_array_index (self->stack, Arc, k) = arc;
    }
}

uint32_t
volant_query_path (VolantQuery *self, const VolantWeights *weights, uint32_t source,
                   uint32_t target, GArray *nodes)
{
  const VolantTopology *topology = self->topology;
  uint32_t cost = volant_query_cost (self, weights, source, target), depth = 0;
  Unpacking unpacking = { topology, weights, self->stack, nodes };

  g_array_set_size (nodes, 0);
  if (cost == VOLANT_COST_LIMIT)
    return cost;
  while (self->forward[depth] + self->backward[depth] != cost)
    depth++;
  g_array_append_val (nodes, source);
  push_way_to_target (&unpacking, self->backward, volant_tree_place (topology, target), depth);
  push_way_from_source (&unpacking, self->forward, volant_tree_place (topology, source), depth);
  unpack (&unpacking);
  return cost;
}
