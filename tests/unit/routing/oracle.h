/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"
#include "maps/routing/profile.h"

/* A second, independent search that the router is held against. It runs over the roads as they are,
 * carries along which links one came by, and reads the list of restrictions at every junction; it
 * knows neither states nor arcs. Only the milliseconds of links and turns are the router's. */

G_BEGIN_DECLS

typedef struct _Oracle Oracle;

Oracle *oracle_new (const VolantRoads *roads, const VolantTurns *bearings);
void oracle_free (Oracle *oracle);

/* The cost to every junction (n_junctions values, owned by the oracle until the next run). */
const uint32_t *oracle_run (Oracle *oracle, VolantMode mode, uint32_t from_junction);

/* Whether a way of links may be travelled by the mode, and what it costs. */
bool oracle_check_way (Oracle *oracle, VolantMode mode, const uint32_t *links, unsigned n_links,
                       uint32_t *cost_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Oracle, oracle_free)

G_END_DECLS
