/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/import.h"

/* Makes the demo's city file with the importer of `volant import`. A program of its own, so that the
 * city is made again when the maps change and not with each change of the shell. */

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  VolantImportOptions options = {
    .name = "Port-Lumière",
    .attribution = "Port-Lumière, CC0",
    .country = "FR",
    .has_start = true,
    /* The station “Vieille Ville”. */
    .start = volant_point_from_degrees (46.549569, -3.408392),
  };

  if (argc != 4)
    {
      g_printerr ("Usage: import-city FILE.osm HEIGHTS-FOLDER CITY\n");
      return 2;
    }
  options.elevation_dir = argv[2];
  if (volant_import (argv[1], &options, argv[3], NULL, NULL, &error))
    return 0;
  g_printerr ("import-city: %s\n", error->message);
  return 1;
}
