/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/weights.h"

/* Queries on customized weights. A query object keeps its memory between questions and belongs to
 * one thread at a time. */

G_BEGIN_DECLS

typedef struct _VolantQuery VolantQuery;

VolantQuery *volant_query_new (const VolantTopology *topology);
void volant_query_free (VolantQuery *query);

/* The cost from node to node; VOLANT_COST_LIMIT where there is no way. */
uint32_t volant_query_cost (VolantQuery *query, const VolantWeights *weights, uint32_t source,
                            uint32_t target);

/* The same, and the way's nodes (uint32_t), the source first and the target last; none where there
 * is no way. */
uint32_t volant_query_path (VolantQuery *query, const VolantWeights *weights, uint32_t source,
                            uint32_t target, GArray *nodes);

/* The cost from each source to each target, costs[source * n_targets + target]. Nodes may be given
 * more than once. */
void volant_query_table (VolantQuery *query, const VolantWeights *weights, const uint32_t *sources,
                         uint32_t n_sources, const uint32_t *targets, uint32_t n_targets,
                         uint32_t *costs);

/* The least cost to every node (reached: n_nodes) from any of n seeds that are come to at a cost
 * each; VOLANT_COST_LIMIT where it is more than limit. */
void volant_query_reach (VolantQuery *query, const VolantWeights *weights, const uint32_t *nodes,
                         const uint32_t *costs, uint32_t n, uint32_t limit, uint32_t *reached);
/* The same from every node, to any of the seeds. */
void volant_query_reach_back (VolantQuery *query, const VolantWeights *weights,
                              const uint32_t *nodes, const uint32_t *costs, uint32_t n,
                              uint32_t limit, uint32_t *reached);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantQuery, volant_query_free)

G_END_DECLS
