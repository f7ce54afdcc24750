/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm.h"
#include "maps/routing/engine/topology.h"
#include "maps/routing/turns.h"

/* The engine's topology of a city's turns: its nodes are the states, its arcs the turns. */

G_BEGIN_DECLS

/* What was made, and how much a search in it has to look at. */
typedef struct {
  uint32_t order_ms;       /* wall time that the order took */
  uint32_t tree_height;    /* states on the longest way up the elimination tree */
  double search_arcs_mean; /* arcs upwards of all states on a state's way up */
} VolantTurnTopologyReport;

/* The order in which the states are contracted: order[rank] = state (transfer full, g_free). NULL
 * where progress (nullable) asked to stop. It is that of the segments: one node for both links of a
 * segment and all their copies, joined where a turn joins any. The order of the states themselves
 * takes four times as long, and makes more shortcuts than this one in most cities. */
uint32_t *volant_turn_order_compute (const VolantRoads *roads, const VolantTurns *turns,
                                     unsigned n_threads, VolantProgress progress, void *data);

/* The bytes of section VOLANT_CITY_TOPOLOGY (transfer full). progress and report may be NULL.
 * G_IO_ERROR_CANCELLED where progress asked to stop, and the errors of volant_topology_build (). */
GBytes *volant_turn_topology_build (const VolantRoads *roads, const VolantTurns *turns,
                                    unsigned n_threads, VolantProgress progress, void *data,
                                    VolantTurnTopologyReport *report, GError **error);

/* From a city file (transfer full); the turns are not needed afterwards. Errors as those of
 * volant_topology_open (): a file without the section is to be imported again, as with any other
 * section, since making it takes longer than a car may take to start. */
VolantTopology *volant_turn_topology_open (VolantCityFile *file, const VolantTurns *turns,
                                           GError **error);

G_END_DECLS
