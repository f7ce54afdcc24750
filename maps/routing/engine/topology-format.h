/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/engine/topology.h"

/* Section VOLANT_CITY_TOPOLOGY, little-endian: the header, then the arrays of VolantTopology in the
 * order blocks (n_blocks + 1), links (n_links + 1), ranks, nodes, block_of (n_nodes each),
 * arc_places, sorted_arcs, sorted_places (n_arcs each), first_belows (n_blocks + 1), belows
 * (n_links), runs (n_runs), offsets (n_offsets), link_codes (n_links). Nothing follows. */

#define VOLANT_TOPOLOGY_VERSION 1

typedef struct {
  uint32_t version;
  uint32_t n_nodes;
  uint32_t n_arcs;
  uint32_t n_blocks;
  uint32_t n_runs;
  uint32_t n_links;
  uint32_t n_offsets;
  uint32_t n_slots;
  uint32_t height;
  uint32_t reserved;
} VolantTopologyHeader;

/* Whether everything that customization and queries rely on holds: see topology-check.c. The arrays
 * have the lengths of the topology's counts, and n_nodes and n_arcs are the graph's.
 * VOLANT_MAPS_ERROR_CORRUPT names what does not fit. */
bool volant_topology_check (const VolantTopology *topology, const VolantGraph *graph,
                            GError **error);
