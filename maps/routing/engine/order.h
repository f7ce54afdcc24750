/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "maps/routing/engine/graph.h"

G_BEGIN_DECLS

/* The nested dissection order of the graph seen as undirected: order[rank] = node, the first to be
 * contracted first; a postorder of its elimination tree, so that what hangs below a node stands
 * right before it; the nodes of a separator follow each other along its line. Same input, same
 * output, whatever n_threads (0 is taken as 1). (transfer full, g_free)
 *
 * latitudes_deg, longitudes_deg: not looked at for now, may be NULL. Cuts between poles far apart
 * in the graph itself are smaller than those across the map: on Paris by a third of the search
 * arcs.
 *
 * A customizable contraction hierarchy (Dibbelt, Strasser, Wagner 2014) is built on it. */
uint32_t *volant_order_compute (const VolantGraph *graph, const float *latitudes_deg,
                                const float *longitudes_deg, unsigned n_threads);

/* How far an order is, and the wish to stop it: for another thread, while it is computed. */
typedef struct {
  atomic_uint n_ordered;  /* nodes whose place is known */
  atomic_bool is_stopped; /* soon, not at once */
} VolantOrderWatch;

/* The same; NULL where it was stopped. watch begins all zero. */
uint32_t *volant_order_compute_watched (const VolantGraph *graph, const float *latitudes_deg,
                                        const float *longitudes_deg, unsigned n_threads,
                                        VolantOrderWatch *watch);

G_END_DECLS
