/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/order-graph.h"

G_BEGIN_DECLS

/* Sorts the nodes of a separator of cell along its line, so that those which border on the same
 * smaller cell stand together, whatever the line's bends: neighbours on it are found by growing all
 * nodes at once until they have met, which gives a tree, walked from one of its far ends to the
 * other. room: 2 numbers for each node of cell. */
void volant_order_line_sort (const VolantOrderCell *cell, uint32_t *nodes, uint32_t n_nodes,
                             uint32_t *room);

G_END_DECLS
