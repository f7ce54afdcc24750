/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/import/country.h"
#include "maps/import/osm-load.h"
#include "maps/roads/roads-build.h"
#include "tests/unit/import/osm-text.h"
#include "tests/unit/import/pbf-writer.h"

#include <string.h>
#include <zlib.h>

/* Every OpenStreetMap form there is, up to a roads section: XML, gzip and PBF are told apart by
 * their first bytes as the importer does. */

static const char map[] =
    "n 1 43.69 7.40 highway=traffic_signals\nn 2 43.71 7.40\nn 3 43.70 7.39 barrier=gate\n"
    "n 4 43.70 7.41 addr:country=FR\nn 5 43.70 7.40\nn 6 43.705 7.40\n"
    "w 10 1,5 highway=residential maxspeed=30%20mph name=Élysée\n"
    "w 11 5,6,2 highway=motorway lanes=3 turn:lanes=left|right destination=Nice\n"
    "w 12 5,3 highway=secondary access=private\nw 13 5,4,9 highway=residential oneway=-1\n"
    "w 14 1,2,3,1 building=yes\n"
    "r 1 from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn\n"
    "r 2 from:w10,via:w11,to:w13 type=restriction restriction:bus=only_straight_on except=psv\n"
    "r 3 outer:w14 type=multipolygon building=yes\n";

static VolantOsm *
load (const void *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  VolantOsm *osm = volant_osm_load_bytes (data, size, "input", false, NULL, NULL, &error);

  g_assert_true ((osm == NULL) == (error != NULL));
  return osm;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (VolantOsm) osm = load (data, size);
  VolantRoadsReport report;
  char country[3];
  VolantRoadsOptions options = { .country = country };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (VolantRoads) roads = NULL;

  if (osm == NULL)
    return 0;
  volant_country_find (osm, country);
  bytes = volant_roads_build (osm, &options, &report, NULL, NULL, NULL);
  if (bytes == NULL)
    return 0;
  /* what the builder makes, the reader must take */
  roads = volant_roads_open_bytes (bytes, NULL);
  g_assert_nonnull (roads);
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const PbfFlags flags[] = { PBF_RAW, PBF_RAW | PBF_PLAIN_NODES, PBF_RAW | PBF_COARSE, 0 };
  g_autofree char *xml = osm_text_to_xml (map);
  g_autoptr (VolantOsm) osm = load (xml, strlen (xml));
  z_stream stream = { 0 };
  uint8_t packed[8192];

  add (xml, strlen (xml), user_data);
  deflateInit2 (&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = (uint8_t *) xml;
  stream.avail_in = (unsigned) strlen (xml);
  stream.next_out = packed;
  stream.avail_out = sizeof packed;
  deflate (&stream, Z_FINISH);
  add (packed, stream.total_out, user_data);
  deflateEnd (&stream);
  for (unsigned i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GBytes) pbf = pbf_from_osm (osm, flags[i], NULL, NULL);

      add (g_bytes_get_data (pbf, NULL), g_bytes_get_size (pbf), user_data);
    }
}
