/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/sample-city.h"

#include "maps/import/import.h"
#include "maps/routing/turns-build.h"
#include "tests/support.h"
#include "tests/unit/import/osm-text.h"

#define SOUTH_DEG 48.8
#define WEST_DEG 2.3
#define STEP_LAT_DEG 0.0008
#define STEP_LON_DEG 0.0012

static void
add_street (GString *text, unsigned *way, unsigned a, unsigned b, unsigned n_kinds)
{
  static const char *const kinds[] = {
    "residential",
    "residential",
    "residential oneway=yes",
    "residential oneway=-1",
    "primary maxspeed=50",
    "footway",
    "motorway oneway=yes maxspeed=80",
    "residential access=destination",
  };

  if (g_test_rand_int_range (0, 8) == 0)
    return;
  g_string_append_printf (text, "w %u %u,%u highway=%s\n", ++*way, a, b,
                          kinds[g_test_rand_int_range (0, (int) n_kinds)]);
}

VolantRouter *
sample_city_random (unsigned n, bool with_private)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  VolantRoads *roads;
  VolantTurns *turns;
  unsigned way = 0, n_kinds = with_private ? 8 : 7;

  for (unsigned i = 0; i < n * n; i++)
    {
      char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (lat, sizeof lat, "%.7f",
                       SOUTH_DEG + (i / n + g_test_rand_double_range (0, 0.3)) * STEP_LAT_DEG);
      g_ascii_formatd (lon, sizeof lon, "%.7f",
                       WEST_DEG + (i % n + g_test_rand_double_range (0, 0.3)) * STEP_LON_DEG);
      g_string_append_printf (text, "n %u %s %s\n", i + 1, lat, lon);
    }
  for (unsigned i = 0; i < n * n; i++)
    {
      if (i % n + 1 < n)
        add_street (text, &way, i + 1, i + 2, n_kinds);
      if (i / n + 1 < n)
        add_street (text, &way, i + 1, i + n + 1, n_kinds);
    }
  roads = osm_text_to_roads (text->str, "FR", NULL);
  bytes = volant_turns_build (roads);
  turns = volant_turns_open_bytes (bytes, roads, &error);
  g_assert_no_error (error);
  return volant_router_new_from (roads, (GDestroyNotify) volant_roads_unref, turns);
}

VolantRouter *
sample_city_open (const char *relative)
{
  g_autofree char *path = volant_test_data (relative);
  g_autofree char *base = g_path_get_basename (relative);
  g_autofree char *name = g_strconcat (base, ".city", NULL);
  g_autofree char *city_path = g_build_filename (volant_test_folder (), name, NULL);
  VolantImportOptions options = { .roads_only = true };
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (GError) error = NULL;
  VolantRouter *router;

  if (path == NULL)
    return NULL;
  if (!g_file_test (city_path, G_FILE_TEST_EXISTS))
    volant_import (path, &options, city_path, NULL, NULL, &error);
  g_assert_no_error (error);
  city = volant_city_open (city_path, &error);
  g_assert_no_error (error);
  router = volant_router_new (city, &error);
  g_assert_no_error (error);
  return router;
}

VolantPoint
sample_city_point (VolantRouter *router, VolantMode mode, double aside_m)
{
  const VolantRoads *roads = volant_router_get_roads (router);

  for (;;)
    {
      uint32_t link = (uint32_t) g_test_rand_int_range (0, (int) roads->n_segments * 2);
      const VolantSegment *segment = &roads->segments[volant_link_segment (link)];
      const VolantPoint *points = roads->points + segment->first_point;
      uint32_t i = (uint32_t) g_test_rand_int_range (0, (int) segment->n_points - 1);
      VolantPoint on_road;

      if (!volant_roads_link_allows (roads, link, mode))
        continue;
      on_road = volant_geo_interpolate (points[i], points[i + 1], g_test_rand_double ());
      return volant_geo_destination (on_road, g_test_rand_double_range (0.0, 360.0), aside_m);
    }
}
