/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/kernels.h"
#include "maps/routing/engine/labels.h"
#include "maps/routing/engine/query.h"

/* The query object's inside, for its own sources (query-*.c). */

G_BEGIN_DECLS

/* What ways are unpacked in (query-path.c). */
typedef struct _VolantQueryPath VolantQueryPath;

struct _VolantQuery {
  const VolantTopology *topology;
  const VolantKernels *kernels;
  uint32_t *forward;  /* by depth, of the source's way up the tree */
  uint32_t *backward; /* of the target's */
  VolantLabels *from; /* of the last table; NULL before the first */
  VolantLabels *to;
  VolantQueryPath *path;
};

VolantQueryPath *volant_query_path_new (void);
void volant_query_path_free (VolantQueryPath *path);

/* A node as its block and how far below its top. */
typedef struct {
  uint32_t block;
  uint32_t level;
} VolantTreePlace;

static inline VolantTreePlace
volant_tree_place (const VolantTopology *topology, uint32_t node)
{
  uint32_t rank = topology->ranks[node], block = topology->block_of[rank];

  return (VolantTreePlace) { block, topology->blocks[block].top_rank - rank };
}

/* Where the way up the tree enters the block above; block VOLANT_NO_BLOCK at a root. */
static inline VolantTreePlace
volant_tree_above (const VolantTopology *topology, const VolantBlock *block)
{
  VolantTreePlace place = { block->parent, 0 };

  if (place.block != VOLANT_NO_BLOCK)
    place.level = block->top_depth - 1u - topology->blocks[place.block].top_depth;
  return place;
}

G_END_DECLS
