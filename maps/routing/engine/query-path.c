/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/query-core.h"

/* The nodes of a way. From where the two ways up the tree met, the costs by depth tell which nodes
 * on them the way comes by; between these are shortcuts, and the codes that customization left tell
 * by way of what each came about: so that a shortcut is halved without a search, but for which node
 * of a block it was. */

/* An arc or shortcut between a node, as block and level, and an ancestor at a depth. */
typedef struct {
  uint32_t block;
  uint32_t slot;
  uint32_t rank;   /* of the node */
  uint16_t level;
  uint16_t column; /* where the ancestor stands in the node's row */
  uint16_t depth;
  bool down;       /* from the ancestor to the node */
} Arc;

typedef struct {
  Arc *items;
  uint32_t n;
  uint32_t size;
} Arcs;

typedef struct {
  const VolantTopology *topology;
  const VolantWeights *weights;
  Arcs *stack; /* what is still to be halved, the way's first on top */
  Arcs *way;   /* what is whole */
} Unpacking;

static inline void
append (Arcs *arcs, Arc arc)
{
  if (arcs->n == arcs->size)
    {
      arcs->size = MAX (256, 2 * arcs->size);
      arcs->items = g_renew (Arc, arcs->items, arcs->size);
    }
  arcs->items[arcs->n++] = arc;
}

struct _VolantQueryPath {
  Arcs stack;
  Arcs way;
};

VolantQueryPath *
volant_query_path_new (void)
{
  return g_new0 (VolantQueryPath, 1);
}

void
volant_query_path_free (VolantQueryPath *self)
{
  g_free (self->stack.items);
  g_free (self->way.items);
  g_free (self);
}

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

static inline Arc
make_arc (const Unpacking *self, uint32_t index, uint32_t level, uint32_t column, uint32_t depth,
          bool down)
{
  const VolantBlock *block = &self->topology->blocks[index];
  uint32_t slot = volant_block_slot (block, level) + column;

  __builtin_prefetch (codes_of (self->weights, down) + slot);
  __builtin_prefetch (self->topology->first_belows + index);
  return (Arc) { .block = index,
                 .slot = slot,
                 .rank = block->top_rank - level,
                 .level = (uint16_t) level,
                 .column = (uint16_t) column,
                 .depth = (uint16_t) depth,
                 .down = down };
}

/* One half of a shortcut: the way's last comes first. */
static inline void
push (Unpacking *self, uint32_t index, uint32_t level, uint32_t column, uint32_t depth, bool down)
{
  append (self->stack, make_arc (self, index, level, column, depth, down));
}

/* By way of one node of a block, whose row has both ends at near and far. */
static void
split_at (Unpacking *self, const Arc *arc, uint32_t index, uint32_t level, uint32_t near,
          uint32_t far)
{
  uint32_t near_depth = self->topology->blocks[arc->block].top_depth + arc->level;

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
}

/* By way of a node of a block below that has both ends in its rows, or of a deeper one of the same
 * block; false where no node makes up the cost. In the same block what came about by way of higher
 * nodes came about later, so it cannot be what the shortcut is made of: where arcs cost nothing, it
 * might lead in a circle. Where only one node can be meant, its costs are not looked at. */
static bool
split_below (Unpacking *self, const Arc *arc, uint32_t index, uint32_t first_level, bool is_sure)
{
  const VolantTopology *topology = self->topology;
  const VolantBlock *block = &topology->blocks[index];
  uint32_t near_depth = topology->blocks[arc->block].top_depth + arc->level;
  uint32_t near = find_column (topology, block, near_depth);
  uint32_t far = find_column (topology, block, arc->depth);
  const uint32_t *near_side = side_of (self->weights, !arc->down);
  const uint32_t *far_side = side_of (self->weights, arc->down);
  uint32_t cost, slot;

  if (near == UINT32_MAX || far == UINT32_MAX)
    return false;
  if (is_sure && first_level + 1u == block->n_nodes)
    {
      split_at (self, arc, index, first_level, near, far);
      return true;
    }
  cost = far_side[arc->slot];
  slot = volant_block_slot (block, first_level);
  for (uint32_t level = first_level; level < block->n_nodes; slot += block->width + level, level++)
    if (near_side[slot + near] + far_side[slot + far] == cost &&
        (index != arc->block ||
         (codes_of (self->weights, !arc->down)[slot + near] != VOLANT_CODE_HIGHER &&
          codes_of (self->weights, arc->down)[slot + far] != VOLANT_CODE_HIGHER)))
      {
        split_at (self, arc, index, level, near, far);
        return true;
      }
  return false;
}

/* By way of a node above in the same block. */
static bool
split_higher (Unpacking *self, const Arc *arc)
{
  const VolantBlock *block = &self->topology->blocks[arc->block];
  const uint32_t *side = side_of (self->weights, arc->down);
  uint32_t slot = volant_block_slot (block, arc->level) + block->width;
  uint32_t least = arc->column >= block->width ? arc->column - block->width + 1 : 0;

  for (uint32_t level = arc->level; level-- > least;)
    if (least + 1u == arc->level || side[slot + level] +
                                        side[volant_block_slot (block, level) + arc->column] ==
                                      side[arc->slot])
      {
        uint32_t first_level = arc->down ? arc->level : level;
        uint32_t second_level = arc->down ? level : arc->level;
        uint32_t inner = block->width + level, inner_depth = block->top_depth + level;

        if (arc->down)
          {
            push (self, arc->block, first_level, inner, inner_depth, true);
            push (self, arc->block, second_level, arc->column, arc->depth, true);
          }
        else
          {
            push (self, arc->block, first_level, arc->column, arc->depth, false);
            push (self, arc->block, second_level, inner, inner_depth, false);
          }
        return true;
      }
  return false;
}

static bool
split_far (Unpacking *self, const Arc *arc)
{
  const VolantTopology *topology = self->topology;

  for (uint32_t i = topology->first_belows[arc->block] + VOLANT_CODE_FAR - VOLANT_CODE_BELOW;
       i < topology->first_belows[arc->block + 1]; i++)
    if (split_below (self, arc, topology->belows[i], 0, false))
      return true;
  return false;
}

static bool
split (Unpacking *self, const Arc *arc, uint16_t code)
{
  const VolantTopology *topology = self->topology;

  switch (code)
    {
    case VOLANT_CODE_DEEPER:
      return split_below (self, arc, arc->block, arc->level + 1u, true);
    case VOLANT_CODE_HIGHER:
      return split_higher (self, arc);
    case VOLANT_CODE_FAR:
      return split_far (self, arc);
    default:
      return split_below (self, arc,
                          topology->belows[topology->first_belows[arc->block] + code -
                                           VOLANT_CODE_BELOW],
                          0, true);
    }
}

static void
unpack (Unpacking *self)
{
  while (self->stack->n > 0)
    {
      Arc arc = self->stack->items[--self->stack->n];
      uint16_t code = codes_of (self->weights, arc.down)[arc.slot];

      if (code == VOLANT_CODE_ARC)
        append (self->way, arc);
      else if (!split (self, &arc, code))
        g_error ("a shortcut of the routing weights has come about by nothing");
    }
}

/* The node that each arc leads to: the lower end of it or of the next one, but where the way turns
 * down. */
static void
collect_nodes (const Unpacking *self, GArray *nodes)
{
  const VolantTopology *topology = self->topology;

  g_array_set_size (nodes, self->way->n + 1);
  for (uint32_t i = 0; i < self->way->n; i++)
    {
      const Arc *arc = &self->way->items[i];
      const Arc *next = i + 1 < self->way->n ? arc + 1 : NULL;
      uint32_t node;

      if (arc->down)
        node = topology->nodes[arc->rank];
      else if (next != NULL && !next->down)
        node = topology->nodes[next->rank];
      else
        node = find_ancestor (topology, &topology->blocks[arc->block], arc->depth);
      g_array_index (nodes, uint32_t, i + 1) = node;
    }
}

/* The arc by which a node on the way up the tree got its cost: from a deeper one, as far down as
 * the way's begin. */
static Arc
find_arc (const Unpacking *self, bool down, const uint32_t *costs, VolantTreePlace place,
          uint32_t depth)
{
  const VolantTopology *topology = self->topology;
  const uint32_t *weights = side_of (self->weights, down);

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
            return make_arc (self, place.block, level, column, depth, down);
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
reverse (Arcs *arcs, uint32_t first)
{
  for (uint32_t i = first, k = arcs->n; i + 1 < k; i++)
    {
      Arc arc = arcs->items[i];

      k--;
      arcs->items[i] = arcs->items[k];
      arcs->items[k] = arc;
    }
}

/* The shortcuts between the node at a depth, where the ways met, and the end of one of them. */
static void
trace_way (Unpacking *self, bool down, const uint32_t *costs, VolantTreePlace end, uint32_t depth)
{
  while (depth != depth_of (self->topology, end))
    {
      Arc arc = find_arc (self, down, costs, end, depth);

      append (self->stack, arc);
      depth = self->topology->blocks[arc.block].top_depth + arc.level;
    }
}

uint32_t
volant_query_path (VolantQuery *self, const VolantWeights *weights, uint32_t source,
                   uint32_t target, GArray *nodes)
{
  const VolantTopology *topology = self->topology;
  uint32_t cost = volant_query_cost (self, weights, source, target), depth = 0;
  Unpacking unpacking = { topology, weights, &self->path->stack, &self->path->way };

  g_array_set_size (nodes, 0);
  if (cost == VOLANT_COST_LIMIT)
    return cost;
  while (self->forward[depth] + self->backward[depth] != cost)
    depth++;
  unpacking.stack->n = unpacking.way->n = 0;
  trace_way (&unpacking, true, self->backward, volant_tree_place (topology, target), depth);
  reverse (unpacking.stack, 0);
  trace_way (&unpacking, false, self->forward, volant_tree_place (topology, source), depth);
  unpack (&unpacking);
  collect_nodes (&unpacking, nodes);
  g_array_index (nodes, uint32_t, 0) = source;
  return cost;
}
