/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order.h"
#include "maps/routing/engine/order-dissect.h"
#include "maps/routing/engine/order-figures.h"
#include "maps/routing/engine/order-graph.h"

#include <string.h>

/* Up to three neighbours, elimination makes no separator larger: see order-graph.h. */
enum { MAX_ELIMINATED_DEGREE = 3 };

/* Puts each subtree of the elimination tree together. */
static void
sort_postorder (const VolantGraph *graph, uint32_t *order)
{
  uint32_t n = graph->n_nodes;
  g_autofree uint32_t *parents = volant_order_tree (graph, order);
  g_autofree uint32_t *postorder = volant_order_postorder (parents, n);
  g_autofree uint32_t *sorted = g_new (uint32_t, (gsize) n + 1);

  for (uint32_t k = 0; k < n; k++)
    sorted[k] = order[postorder[k]];
  memcpy (order, sorted, (gsize) n * sizeof (uint32_t));
}

uint32_t *
volant_order_compute (const VolantGraph *graph, const float *latitudes_deg,
                      const float *longitudes_deg, unsigned n_threads)
{
  VolantOrderWatch watch = { 0 };

  return volant_order_compute_watched (graph, latitudes_deg, longitudes_deg, n_threads, &watch);
}

uint32_t *
volant_order_compute_watched (const VolantGraph *graph, const float *latitudes_deg,
                              const float *longitudes_deg, unsigned n_threads,
                              VolantOrderWatch *watch)
{
  g_autofree uint32_t *order = g_new (uint32_t, (gsize) graph->n_nodes + 1);
  g_autoptr (VolantOrderCell) whole = volant_order_cell_new_whole (graph);
  g_autoptr (GArray) eliminated = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  VolantOrderCell *rest = volant_order_cell_reduce (whole, MAX_ELIMINATED_DEGREE, eliminated);

  if (eliminated->len > 0)
    memcpy (order, eliminated->data, eliminated->len * sizeof (uint32_t));
  atomic_fetch_add (&watch->n_ordered, eliminated->len);
  if (!volant_order_dissect (rest, order, MAX (n_threads, 1), watch))
    return NULL;
  sort_postorder (graph, order);
  return g_steal_pointer (&order);
}
