/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/order-cut.h"

G_BEGIN_DECLS

/* Foretells what separators of a cell cost, in mean search-space arcs of its nodes: what tells a
 * small but uneven cut from a larger but even one, and one that halves the cell's borders from one
 * that leaves them to one side. Its memory is kept from call to call. */
typedef struct _VolantOrderCost VolantOrderCost;

VolantOrderCost *volant_order_cost_new (void);
void volant_order_cost_free (VolantOrderCost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantOrderCost, volant_order_cost_free)

/* Which of n_cuts separators of cell is the cheapest: its place; the first of equals. Those without
 * nodes are passed over; at least one must have some. */
unsigned volant_order_cost_choose (VolantOrderCost *self, const VolantOrderCell *cell,
                                   const VolantOrderCut *cuts, unsigned n_cuts);

G_END_DECLS
