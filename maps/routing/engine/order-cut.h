/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/order-graph.h"

G_BEGIN_DECLS

/* Finds small, balanced vertex separators between the two ends of a graph by growing the ends:
 * FlowCutter (Hamann, Strasser 2016) begun from ends as wide as in inertial flow (Gottesbüren et
 * al. 2019), on unit capacities of nodes instead of arcs. Its memory is kept from cut to cut. */
typedef struct _VolantOrderCutter VolantOrderCutter;

/* A separator; n_nodes is 0 where there is none. Begins as zeros; nodes is to be freed. */
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

/* What a separator is judged by while cuts are sought: the smaller the better, and the better the
 * more even its sides. */
double volant_order_cut_score (uint32_t n_nodes, uint64_t small_weight, uint64_t weight);

/* Looks for the separator of cell with the least score below worst_score between two ends; cut is
 * filled with it, or with none. places: the nodes by their place between the ends (a permutation);
 * potentials: the same as numbers, small at the first end. The ends begin as the outermost share of
 * the weight each. */
void volant_order_cutter_find (VolantOrderCutter *self, const VolantOrderCell *cell,
                               const uint32_t *places, const int32_t *potentials, double share,
                               double worst_score, VolantOrderCut *cut);

G_END_DECLS
