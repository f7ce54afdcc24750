/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/order-graph.h"

G_BEGIN_DECLS

/* Finds a good separator of a connected graph: between pairs of poles far apart by breadth-first
 * distances, which needs no coordinates. Its memory is kept from call to call. */
typedef struct _VolantOrderSeparator VolantOrderSeparator;

VolantOrderSeparator *volant_order_separator_new (void);
void volant_order_separator_free (VolantOrderSeparator *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantOrderSeparator, volant_order_separator_free)

/* The nodes of a small, balanced separator of cell, in an order along its line. Returns how many,
 * at *nodes (owned by self, until the next call); 0 where there is none, as in a clique. */
uint32_t volant_order_separator_find (VolantOrderSeparator *self, const VolantOrderCell *cell,
                                      const uint32_t **nodes);

G_END_DECLS
