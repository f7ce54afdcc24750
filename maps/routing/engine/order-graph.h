/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "maps/routing/engine/graph.h"

G_BEGIN_DECLS

#define VOLANT_ORDER_NONE UINT32_MAX

/* An undirected, simple graph that is being dissected, or a piece of it: the neighbours of node v
 * are heads[first[v]] … heads[first[v + 1]]; node v stands for weights[v] nodes of the whole and is
 * the node ids[v] of it. The order of the piece goes to ranks begin … begin + n_nodes of the whole.
 */
typedef struct {
  uint32_t n_nodes;
  uint32_t begin;
  uint64_t weight; /* of all nodes */
  uint32_t *first; /* n_nodes + 1 */
  uint32_t *heads;
  uint32_t *weights;
  uint32_t *ids;
  uint32_t *first_bound; /* n_nodes + 1 */
  uint32_t *bounds;      /* the neighbours of node v in separators outside, by their ids */
} VolantOrderCell;

/* An uninitialised cell with room for so many nodes and neighbours, in it and outside. */
VolantOrderCell *volant_order_cell_new (uint32_t n_nodes, uint32_t n_heads, uint32_t n_bounds);
void volant_order_cell_free (VolantOrderCell *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantOrderCell, volant_order_cell_free)

/* The whole graph without directions, loops and parallel arcs, all weights 1. (transfer full) */
VolantOrderCell *volant_order_cell_new_whole (const VolantGraph *graph);

/* Eliminates nodes of at most max_degree neighbours, in rounds of nodes no two of which are
 * neighbours, so that the elimination tree grows by one a round only. Up to three neighbours no
 * separator of what remains is larger than it was: of a node's three neighbours at most one is
 * alone on its side, and takes its place. Returns what remains (transfer full), its ids those of
 * cell; the eliminated nodes (as ids of cell), first to last, are appended to eliminated (of
 * uint32_t). A node's weight goes to its lightest neighbour. */
VolantOrderCell *volant_order_cell_reduce (const VolantOrderCell *cell, uint32_t max_degree,
                                           GArray *eliminated);

/* Cuts cell into the connected pieces of what is left without the nodes for which is_gone; calls
 * take (transfer full) with each. Nodes are renumbered breadth first. The ranks of the pieces
 * follow one another from cell's begin. room: n_nodes numbers twice. */
void volant_order_cell_split (const VolantOrderCell *cell, const bool *is_gone, uint32_t *room,
                              void (*take) (VolantOrderCell *piece, gpointer user_data),
                              gpointer user_data);

G_END_DECLS
