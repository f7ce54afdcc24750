/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/kernels.h"
#include "maps/routing/engine/labels.h"

/* The inside of labels, for their own sources (labels.c makes them, labels-table.c reads them). */

G_BEGIN_DECLS

/* A block that some lanes of a tile pass on their way up. */
typedef struct {
  uint32_t block;
  uint32_t first;  /* the tile's first visit in the block's subtree: they go on up to this one */
  uint16_t all;    /* the least of the lanes' counts */
  uint16_t most;
  uint16_t counts[VOLANT_TILE]; /* how many of the block's levels, from its top, are on the way of
                                   each lane: 0 where it does not come by */
} VolantVisit;

/* Up to VOLANT_TILE nodes that are near each other in the tree. */
typedef struct {
  size_t first_row;     /* of VOLANT_TILE costs each, by depth */
  uint32_t first_visit; /* in ascending order of blocks */
  uint32_t n_visits;
  uint32_t n_lanes;
} VolantTile;

struct _VolantLabels {
  const VolantTopology *topology;
  const VolantKernels *kernels;
  VolantLabelsKind kind;
  uint32_t n;
  uint32_t n_tiles;
  uint32_t *order;      /* order[i] = which of the given nodes lane i is, by rank */
  VolantTile *tiles;
  GArray *visits;       /* VolantVisit */
  uint32_t *rows;
  size_t n_rows;
  size_t most_rows;     /* that there is room for */
  uint32_t most_nodes;
  uint32_t *ways;       /* one lane's costs by depth each, before it joins others in the tile */
  uint32_t way_stride;
  uint32_t *front;
  uint64_t *keys;
};

G_END_DECLS
