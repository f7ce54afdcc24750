/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/order-graph.h"

G_BEGIN_DECLS

/* Writes the nested dissection order of cell (transfer full) to order[cell->begin …]: nodes by
 * their ids. The pieces are worked on by n_threads threads; the result does not depend on how many.
 */
void volant_order_dissect (VolantOrderCell *cell, uint32_t *order, unsigned n_threads);

G_END_DECLS
