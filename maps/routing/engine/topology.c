/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/topology-format.h"

/* Reads the topology in place. Every index is checked once, at open (topology-check.c), so that
 * queries may follow them blindly. */

typedef struct {
  VolantTopology topology;
  VolantCityFile *file; /* one of the two keeps the arrays alive */
  GBytes *bytes;
} Topology;

static bool
corrupt (GError **error, const char *what)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "the city file's topology is damaged (%s); import the city again", what);
  return false;
}

static bool
check_header (const VolantTopologyHeader *header, size_t size, const VolantGraph *graph,
              GError **error)
{
  uint64_t expected;

  if (header->version != VOLANT_TOPOLOGY_VERSION)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "the city file's topology is of version %u, this program reads version %u; "
                   "import the city again",
                   header->version, VOLANT_TOPOLOGY_VERSION);
      return false;
    }
  if (header->n_nodes != graph->n_nodes || header->n_arcs != graph->n_arcs)
    return corrupt (error, "it is of other roads");
  if (header->n_slots >= VOLANT_ARC_DOWN || header->height > UINT16_MAX || header->reserved != 0)
    return corrupt (error, "its header is past its limits");
  expected = sizeof *header + sizeof (VolantBlock) * ((uint64_t) header->n_blocks + 1) +
             sizeof (VolantBlockLink) * ((uint64_t) header->n_links + 1) +
             sizeof (uint32_t) * (3 * (uint64_t) header->n_nodes + 3 * (uint64_t) header->n_arcs) +
             sizeof (uint32_t) * ((uint64_t) header->n_blocks + 1 + header->n_links) +
             sizeof (VolantRun) * (uint64_t) header->n_runs +
             sizeof (uint16_t) * ((uint64_t) header->n_offsets + header->n_links);
  return expected == size || corrupt (error, "its size does not fit its header");
}

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
  topology->sorted_arcs = topology->arc_places + header->n_arcs;
  topology->sorted_places = topology->sorted_arcs + header->n_arcs;
  topology->first_belows = topology->sorted_places + header->n_arcs;
  topology->belows = topology->first_belows + header->n_blocks + 1;
  topology->runs = (const VolantRun *) (topology->belows + header->n_links);
  topology->offsets = (const uint16_t *) (topology->runs + header->n_runs);
  topology->link_codes = topology->offsets + header->n_offsets;
}

static Topology *
open_data (const void *data, size_t size, const VolantGraph *graph, GError **error)
{
  g_autofree Topology *self = g_new0 (Topology, 1);

  if (size < sizeof (VolantTopologyHeader) || (uintptr_t) data % sizeof (uint32_t) != 0)
    {
      corrupt (error, "it is cut off");
      return NULL;
    }
  if (!check_header (data, size, graph, error))
    return NULL;
  lay_arrays (&self->topology, data);
  return volant_topology_check (&self->topology, graph, error) ? g_steal_pointer (&self) : NULL;
}

VolantTopology *
volant_topology_open (VolantCityFile *file, const VolantGraph *graph, GError **error)
{
  size_t size = 0;
  const void *data = volant_city_file_get_section (file, VOLANT_CITY_TOPOLOGY, &size, error);
  Topology *self = data != NULL ? open_data (data, size, graph, error) : NULL;

  if (self == NULL)
    return NULL;
  self->file = volant_city_file_ref (file);
  return &self->topology;
}

VolantTopology *
volant_topology_open_bytes (GBytes *bytes, const VolantGraph *graph, GError **error)
{
  size_t size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  Topology *self = open_data (data, size, graph, error);

  if (self == NULL)
    return NULL;
  self->bytes = g_bytes_ref (bytes);
  return &self->topology;
}

void
volant_topology_free (VolantTopology *topology)
{
  Topology *self = (Topology *) topology;

  if (self == NULL)
    return;
  g_clear_pointer (&self->file, volant_city_file_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
