/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/order-graph.h"
#include "maps/routing/engine/order.h"

G_BEGIN_DECLS

/* Writes the nested dissection order of cell (transfer full) to order[cell->begin …]: nodes by
 * their ids. The pieces are worked on by n_threads threads; the result does not depend on how many.
 * false where watch says stop: the order is not whole then. */
bool volant_order_dissect (VolantOrderCell *cell, uint32_t *order, unsigned n_threads,
                           VolantOrderWatch *watch);

G_END_DECLS
