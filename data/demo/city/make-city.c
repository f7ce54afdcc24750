/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <glib/gstdio.h>
#include <string.h>

/* Makes Port-Lumière, a port that is on no map: its streets as OpenStreetMap XML, its heights as an
 * SRTM square, its car-sharing stations as a GBFS feed. Each run writes the same bytes. What it
 * writes is public domain (CC0). */

static bool
write_city (const char *osm_path, const char *heights_path, const char *gbfs_path, GError **error)
{
  DemoPlan *plan = demo_plan_new ();
  GString *osm;
  g_autoptr (GBytes) heights = demo_write_heights ();
  bool done;

  demo_plan_terrain (plan);
  demo_plan_arteries (plan);
  demo_plan_parks (plan);
  demo_plan_streets (plan);
  demo_plan_weave (plan);
  demo_plan_rules (plan);
  demo_plan_landmarks (plan);
  demo_plan_buildings (plan);
  osm = demo_write_osm (plan);
  done = g_file_set_contents (osm_path, osm->str, (gssize) osm->len, error) &&
         g_file_set_contents (heights_path, g_bytes_get_data (heights, NULL),
                              (gssize) g_bytes_get_size (heights), error) &&
         demo_write_gbfs (plan, gbfs_path, error);
  g_string_free (osm, TRUE);
  demo_plan_free (plan);
  return done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 4 || g_str_has_prefix (argv[1], "-"))
    {
      g_printerr ("Usage: make-city FILE.osm N46W004.hgt GBFS-FOLDER\n");
      return 2;
    }
  if (write_city (argv[1], argv[2], argv[3], &error))
    return 0;
  g_printerr ("make-city: %s\n", error->message);
  return 1;
}
