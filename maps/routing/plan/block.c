/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/block.h"

/* A street between two crossings is followed link by link: OSM cuts it at every sign. */

#define NONE UINT32_MAX
#define MOST_LINKS 200

static bool
is_street (const VolantRoads *roads, VolantMode mode, uint32_t link)
{
  return roads->segments[volant_link_segment (link)].road_class < VOLANT_ROAD_SERVICE &&
         (volant_roads_link_allows (roads, link, mode) ||
          volant_roads_link_allows (roads, volant_link_reverse (link), mode));
}

/* The one link by which the street goes on; NONE at a crossing and at a dead end. */
static uint32_t
next_in_street (const VolantRoads *roads, VolantMode mode, uint32_t link)
{
  uint32_t node = volant_roads_link_to (roads, link), next = NONE;

  for (uint32_t i = roads->first_out[node]; i < roads->first_out[node + 1]; i++)
    {
      uint32_t out = roads->out_links[i];

      if (out == volant_link_reverse (link) || !is_street (roads, mode, out))
        continue;
      if (next != NONE)
        return NONE;
      next = out;
    }
  return next;
}

/* A link and those by which its street goes on to the next crossing (transfer full). */
static GArray *
follow_street (const VolantRoads *roads, VolantMode mode, uint32_t link)
{
  GArray *street = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t first = link;

  while (link != NONE && street->len < MOST_LINKS && (street->len == 0 || link != first))
    {
      g_array_append_val (street, link);
      link = next_in_street (roads, mode, link);
    }
  return street;
}

static void
close_links (const GArray *street, bool spare_way_back, GArray *blocked)
{
  for (unsigned i = 0; i < street->len; i++)
    {
      uint32_t link = g_array_index (street, uint32_t, i), back = volant_link_reverse (link);

      g_array_append_val (blocked, link);
      /* the car stands on the first and must get out */
      if (i > 0 || !spare_way_back)
        g_array_append_val (blocked, back);
    }
}

uint32_t
volant_block_ahead (const VolantRoads *roads, VolantMode mode, const uint32_t *links,
                    unsigned n_links, double left_m, GArray *blocked)
{
  g_autoptr (GArray) here = follow_street (roads, mode, links[0]);
  uint32_t crossing =
    volant_roads_link_to (roads, g_array_index (here, uint32_t, here->len - 1));

  for (unsigned i = 1; i < here->len; i++)
    left_m += roads->segments[volant_link_segment (g_array_index (here, uint32_t, i))].length_mm /
              1000.0;
  for (unsigned i = 1; i < n_links && left_m <= VOLANT_BLOCK_NEAR_M; i++)
    if (volant_roads_link_from (roads, links[i]) == crossing)
      {
        g_autoptr (GArray) beyond = follow_street (roads, mode, links[i]);

        close_links (beyond, false, blocked);
        return links[i];
      }
  close_links (here, true, blocked);
  return links[0];
}
