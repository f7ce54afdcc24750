/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/weights.h"

/* What a node knows of all that is above it in the elimination tree: the cost to (or from) each
 * node on its way to the root, by depth. Two labels give the cost between their nodes without a
 * search: it is the least sum over what their ways share (hub labels: Abraham, Delling, Goldberg
 * and Werneck 2011). Of many nodes together, and kept for as long as the weights are: stations. */

G_BEGIN_DECLS

typedef struct _VolantLabels VolantLabels;

typedef enum {
  VOLANT_LABELS_FROM, /* costs from the nodes */
  VOLANT_LABELS_TO,
} VolantLabelsKind;

VolantLabels *volant_labels_new (const VolantTopology *topology, VolantLabelsKind kind);
void volant_labels_free (VolantLabels *labels);

/* Makes them anew, of any nodes; some may be the same. Not while another thread reads them. */
void volant_labels_set (VolantLabels *labels, const VolantWeights *weights, const uint32_t *nodes,
                        uint32_t n);

/* The cost from each node of one to each of the other, of the same weights:
 * costs[i * (n of to) + k], VOLANT_COST_LIMIT where there is no way. Any number of threads. */
void volant_labels_table (const VolantLabels *from, const VolantLabels *to, uint32_t *costs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantLabels, volant_labels_free)

G_END_DECLS
