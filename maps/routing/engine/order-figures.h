/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "maps/routing/engine/graph.h"

G_BEGIN_DECLS

/* What an elimination order is worth. A search space is a node's path to the root of the
 * elimination tree, the node itself included; its arcs are the upward arcs of all nodes on that
 * path. */
typedef struct {
  uint64_t n_chordal_arcs; /* upward arcs after elimination: those given and the fill */
  uint32_t tree_height;    /* nodes on the longest search space */
  double mean_search_space_nodes;
  double mean_search_space_arcs;
} VolantOrderFigures;

/* Measures order (order[rank] = node, a permutation of the graph's nodes) by its elimination tree
 * and its row counts, without making the fill: in almost linear time (Gilbert, Ng, Peyton 1994). */
void volant_order_measure (const VolantGraph *graph, const uint32_t *order,
                           VolantOrderFigures *figures);

/* The elimination tree of an order: parents[rank] = rank of the lowest upward neighbour after
 * elimination, UINT32_MAX at a root (Liu 1990). (transfer full, g_free) */
uint32_t *volant_order_tree (const VolantGraph *graph, const uint32_t *order);

/* The children-first numbering of a tree whose parents stand behind their children: postorder[k] =
 * the rank visited as the k-th; a subtree is contiguous. (transfer full, g_free) */
uint32_t *volant_order_postorder (const uint32_t *parents, uint32_t n_nodes);

G_END_DECLS
