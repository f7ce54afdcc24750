/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/routing/turns-build.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* Turns sections over fixed roads: what the reader takes must be safe to search and to unpack. */

static TextMap *
get_map (void)
{
  static TextMap *map;

  if (map == NULL)
    map = text_map_new ("    t        \n"
                        "a---b---c---d\n"
                        "        e    \n",
                        (const char *[]) { "way abcd residential name=Rue_A",
                                           "way tb residential oneway", "way ce service",
                                           "no abce", "only tbcd modes=car", "node c signals",
                                           "node b barrier=bus", NULL });
  return map;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  VolantRoads *roads = text_map_roads (get_map ());
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  VolantTurns *turns = volant_turns_open_bytes (bytes, roads, &error);
  g_autoptr (VolantRouter) router = NULL;
  g_autoptr (VolantRouterQuery) query = NULL;

  g_assert_true ((turns == NULL) == (error != NULL));
  if (turns == NULL)
    return 0;
  router = volant_router_new_from (roads, NULL, turns);
  query = volant_router_query_new (router);
  for (unsigned mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      VolantRoute *route = volant_router_query_route (query, mode, text_map_point (get_map (), 'a'),
                                                      NAN, text_map_point (get_map (), 'e'), NULL);

      volant_route_free (route);
    }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  g_autoptr (GBytes) bytes = volant_turns_build (text_map_roads (get_map ()));

  add (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), user_data);
}
