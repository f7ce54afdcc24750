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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantQuery, volant_query_free)

G_END_DECLS
