/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/islands.h"

/* Connected pieces by union-find with path halving (Tarjan, van Leeuwen 1984), one-ways taken as if
 * they went both ways: nothing is dropped for being cut off, but the person is told. */

static uint32_t
find_root (uint32_t *parents, uint32_t junction)
{
  while (parents[junction] != junction)
    junction = parents[junction] = parents[parents[junction]];
  return junction;
}

/* How many pieces there are for a mode besides the first; 0 where all hang together. */
uint32_t
volant_roads_count_islands (const VolantRoads *roads, VolantMode mode)
{
  g_autofree uint32_t *parents = g_new (uint32_t, roads->n_junctions + 1);
  g_autofree uint8_t *is_used = g_malloc0 (roads->n_junctions + 1);
  uint32_t n_pieces = 0;

  for (uint32_t j = 0; j < roads->n_junctions; j++)
    parents[j] = j;
  for (uint32_t i = 0; i < roads->n_segments; i++)
    {
      const VolantSegment *segment = &roads->segments[i];

      if (((segment->access[0] | segment->access[1]) & VOLANT_MODE_BIT (mode)) == 0)
        continue;
      is_used[segment->from_node] = is_used[segment->to_node] = 1;
      parents[find_root (parents, segment->from_node)] = find_root (parents, segment->to_node);
    }
  for (uint32_t j = 0; j < roads->n_junctions; j++)
    n_pieces += is_used[j] && parents[j] == j;
  return n_pieces > 0 ? n_pieces - 1 : 0;
}
