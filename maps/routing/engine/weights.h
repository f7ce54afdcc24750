/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/topology.h"

/* The metric half of a customizable contraction hierarchy: the cost of every arc and shortcut of a
 * topology, for one choice of arc costs. Immutable once made, shared by queries of any thread. */

G_BEGIN_DECLS

typedef struct _VolantWeights VolantWeights;

/* Public to be read by queries: by slot, arcs up the tree and arcs down it. */
struct _VolantWeights {
  const VolantTopology *topology; /* outlives the weights */
  uint32_t *up;
  uint32_t *down;
  uint16_t *up_codes; /* VOLANT_CODE_…: how each came about, for the way's nodes */
  uint16_t *down_codes;
};

/* Customizes costs (n_arcs, each at most VOLANT_COST_LIMIT = never) with up to n_threads threads;
 * the result is the same for any number. Sums stop at VOLANT_COST_LIMIT (transfer full). */
VolantWeights *volant_weights_new (const VolantTopology *topology, const uint32_t *costs,
                                   unsigned n_threads);
void volant_weights_free (VolantWeights *weights);

/* The same into memory that is there already and that nobody else reads. */
void volant_weights_customize (VolantWeights *weights, const uint32_t *costs, unsigned n_threads);

/* The same weights, to be changed before they are shared (transfer full). */
VolantWeights *volant_weights_copy (const VolantWeights *weights);

/* Brings weights that nobody else reads from one choice of costs to another that differs in a few
 * arcs (n_arcs of them; costs holds all arcs', as they are now). The result is what
 * volant_weights_customize gives; the work grows with what the change reaches, and where that would
 * be most, all is customized anew with up to n_threads. */
void volant_weights_update (VolantWeights *weights, const uint32_t *costs, const uint32_t *arcs,
                            uint32_t n_arcs, unsigned n_threads);

/* Bytes that a metric takes. */
size_t volant_weights_get_size (const VolantWeights *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantWeights, volant_weights_free)

G_END_DECLS
