/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city-file.h"
#include "maps/routing/engine/graph.h"

#include <stdbool.h>

/* The metric-independent half of a customizable contraction hierarchy (Dibbelt, Strasser and Wagner
 * 2014, "Customizable Contraction Hierarchies"): which shortcuts there are, for any costs.
 *
 * Contracting the nodes in their order makes a tree, the *elimination tree*: a node's parent is its
 * lowest neighbour above, and all its neighbours above are ancestors. So a neighbour is named by
 * its *depth*: the number of its ancestors. A node's *row* is the list of those depths, ascending,
 * kept as runs of consecutive depths; small gaps are filled, so that runs are few and wide.
 *
 * Nodes that follow each other in the tree and share their row, but for themselves, are one *block*
 * (the supernode of sparse Cholesky factorization: Ng and Peyton 1993). Ranks are a post-order of
 * the tree, so a block's nodes have consecutive ranks, the highest at its *top*. The node t levels
 * below the top has depth top_depth + t; its row is the block's `width` depths above the top, then
 * the t depths of the block's nodes above it. The rows of a block lie one after the other from its
 * top, so slot (t, i) is first_slot + t width + t (t - 1) / 2 + i: weights are laid by slot, one
 * array for arcs up the tree, one for arcs down. */

G_BEGIN_DECLS

typedef struct _VolantTopology VolantTopology;

/* A run of a block's row above its top. */
typedef struct {
  uint16_t depth;
  uint16_t length;
} VolantRun;

typedef struct {
  uint32_t first_slot;
  uint32_t top_rank;   /* of its top node; the one t levels below has top_rank - t */
  uint32_t parent;     /* the block that the top's parent is in; VOLANT_NO_BLOCK at a root */
  uint32_t first_run;
  uint32_t first_link; /* links to the blocks above that its row reaches: to the next block's */
  uint16_t top_depth;
  uint16_t n_nodes;
  uint16_t width;
  uint16_t n_runs;     /* at least 1: the last ends above the top, and goes on into the block */
  uint32_t n_below;    /* blocks below it in the tree: they stand right before it */
} VolantBlock;

#define VOLANT_NO_BLOCK UINT32_MAX
/* An arc's place: the slot, and whether it leads down the tree. */
#define VOLANT_ARC_DOWN UINT32_C (0x80000000)
#define VOLANT_ARC_LOOP UINT32_MAX

/* A block that another one's row reaches. Where run i of the lower block is at depth d, the same
 * depth stands at index offsets[first_offset + i] of the rows of the upper block: for all runs that
 * begin above or in it. */
typedef struct {
  uint32_t block;
  uint32_t first_offset;
} VolantBlockLink;

/* Public to be read: every array is in the file. */
struct _VolantTopology {
  uint32_t n_nodes;
  uint32_t n_arcs;
  uint32_t n_blocks;
  uint32_t n_runs;
  uint32_t n_links;
  uint32_t n_offsets;
  uint32_t n_slots;
  uint32_t height;              /* greatest depth + 1 */
  const uint32_t *ranks;        /* by node */
  const uint32_t *nodes;        /* by rank */
  const uint32_t *block_of;     /* by rank */
  const uint32_t *arc_places;   /* by arc: slot, VOLANT_ARC_DOWN; VOLANT_ARC_LOOP */
  const uint32_t *sorted_arcs;  /* arcs by slot */
  const uint32_t *sorted_places;
  const VolantBlock *blocks;    /* n_blocks + 1; children before parents */
  const VolantRun *runs;
  const VolantBlockLink *links; /* n_links + 1; nearest first */
  const uint32_t *first_belows; /* n_blocks + 1 */
  const uint32_t *belows;       /* the blocks whose rows reach block b, ascending:
                                   belows[first_belows[b]] … belows[first_belows[b + 1]] */
  const uint16_t *offsets;
  const uint16_t *link_codes;   /* by link: VOLANT_CODE_BELOW + where its block stands in the list of
                                   the block above, VOLANT_CODE_FAR where that is too far on */
};

/* How a shortcut came to be: by the arc itself, by way of a node further down or further up in its
 * own block, or of a node of one of the blocks below (VOLANT_CODE_BELOW + i). */
#define VOLANT_CODE_ARC 0
#define VOLANT_CODE_DEEPER 1
#define VOLANT_CODE_HIGHER 2
#define VOLANT_CODE_BELOW 3
#define VOLANT_CODE_FAR UINT16_MAX

/* The topology of a graph contracted in an order (order[rank] = node) as the bytes of a city file's
 * section (transfer full). VOLANT_MAPS_ERROR_UNSUPPORTED where the tree is deeper than 65,535, or
 * the slots more than 2^31: no road network comes near. */
GBytes *volant_topology_build (const VolantGraph *graph, const uint32_t *order, GError **error);

/* Both read in place and check everything that queries rely on against the graph, which is not
 * needed afterwards. VOLANT_MAPS_ERROR_CORRUPT names what does not fit,
 * VOLANT_MAPS_ERROR_UNSUPPORTED is another version, VOLANT_MAPS_ERROR_NOT_FOUND a city file without
 * the section. */
VolantTopology *volant_topology_open (VolantCityFile *file, const VolantGraph *graph,
                                      GError **error);
VolantTopology *volant_topology_open_bytes (GBytes *bytes, const VolantGraph *graph,
                                            GError **error);
void volant_topology_free (VolantTopology *topology);

static inline uint32_t
volant_block_slot (const VolantBlock *block, uint32_t level)
{
  return block->first_slot + level * block->width + level * (level - (level > 0)) / 2;
}

static inline uint32_t
volant_topology_depth (const VolantTopology *topology, uint32_t rank)
{
  const VolantBlock *block = &topology->blocks[topology->block_of[rank]];

  return block->top_depth + block->top_rank - rank;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTopology, volant_topology_free)

G_END_DECLS
