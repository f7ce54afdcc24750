/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/order-graph.h"

G_BEGIN_DECLS

/* Finds small, balanced vertex separators between the two ends of a graph by growing the ends:
 * FlowCutter (Hamann, Strasser 2016) begun from ends as wide as in inertial flow (Gottesbüren et
 * al. 2019), on unit capacities of nodes instead of arcs. Its memory is kept from cut to cut. */
typedef struct _VolantOrderCutter VolantOrderCutter;

/* A separator; n_nodes 0 where none has been found yet. */
typedef struct {
  uint32_t n_nodes;
  uint32_t room;
  uint32_t *nodes;
  uint64_t small_weight; /* of the lighter side */
  double score;          /* smaller is better */
} VolantOrderCut;

VolantOrderCutter *volant_order_cutter_new (void);
void volant_order_cutter_free (VolantOrderCutter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantOrderCutter, volant_order_cutter_free)

/* Looks for separators of cell better than *best, which is replaced by what is found. places: the
 * nodes by their place between the two ends (a permutation); potentials: the same as numbers, small
 * at the first end. The ends begin as the outermost share of the weight each. */
void volant_order_cutter_improve (VolantOrderCutter *self, const VolantOrderCell *cell,
                                  const uint32_t *places, const int32_t *potentials,
                                  double share, VolantOrderCut *best);

G_END_DECLS
