/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/city/city-format.h"
#include "maps/city/city.h"
#include "maps/import/import.h"
#include "maps/routing/turn-topology.h"
#include "maps/routing/turns-build.h"
#include "tests/unit/import/osm-text.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zlib.h>

/* City files. Checksums would keep a fuzzer out of everything behind them, so they are put right
 * first; the input is also tried as it is. */

static void
read_all (const uint8_t *data, size_t size)
{
  static const uint32_t tags[] = { VOLANT_CITY_INFO, VOLANT_CITY_TURNS, VOLANT_CITY_DRAWING };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (VolantCityFile) file = volant_city_file_open_bytes (bytes, NULL);
  g_autoptr (VolantRoads) roads = NULL;
  g_autoptr (VolantTurns) turns = NULL;

  if (file == NULL)
    return;
  for (unsigned i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      size_t length = 0;
      const uint8_t *section = volant_city_file_get_section (file, tags[i], &length, NULL);
      volatile uint8_t sum = 0;

      for (size_t k = 0; section != NULL && k < length; k++)
        sum = (uint8_t) (sum + section[k]);
    }
  volant_city_file_get_range (file, VOLANT_CITY_ROADS, size / 2, size, NULL);
  roads = volant_roads_open (file, NULL);
  if (roads == NULL)
    return;
  g_bytes_unref (volant_turns_build (roads));
  turns = volant_turns_open (file, roads, NULL);
  if (turns != NULL)
    volant_topology_free (volant_turn_topology_open (file, turns, NULL));
}

/* Makes the checksums of whatever stands where a table should. */
static void
mend (uint8_t *data, size_t size)
{
  VolantCityHeader header;
  uint64_t n_blocks = 0;

  if (size < sizeof header)
    return;
  memcpy (&header, data, sizeof header);
  if (header.table_offset > size || header.n_sections > VOLANT_CITY_MAX_SECTIONS ||
      header.n_sections * sizeof (VolantCityEntry) > size - header.table_offset)
    return;
  header.file_size = size;
  header.table_size = size - header.table_offset;
  for (uint32_t i = 0; i < header.n_sections; i++)
    {
      VolantCityEntry entry;

      memcpy (&entry, data + header.table_offset + i * sizeof entry, sizeof entry);
      if (entry.offset > size || volant_city_padded (entry.size) > size - entry.offset)
        break;
      for (uint64_t start = 0; start < volant_city_padded (entry.size);
           start += VOLANT_CITY_BLOCK_SIZE)
        {
          uint64_t place = header.table_offset + header.n_sections * sizeof entry + 4 * n_blocks++;
          uint32_t checksum = (uint32_t) crc32_z (
              0, data + entry.offset + start,
              MIN (volant_city_padded (entry.size) - start, VOLANT_CITY_BLOCK_SIZE));

          if (place <= size - 4)
            memcpy (data + place, &checksum, 4);
        }
    }
  header.table_checksum = (uint32_t) crc32_z (0, data + header.table_offset, header.table_size);
  header.checksum = (uint32_t) crc32_z (0, (const uint8_t *) &header,
                                        offsetof (VolantCityHeader, checksum));
  memcpy (data, &header, sizeof header);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree uint8_t *mended = g_memdup2 (data, size);

  read_all (data, size);
  if (mended == NULL)
    return 0;
  mend (mended, size);
  read_all (mended, size);
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  g_autofree char *xml =
      osm_text_to_xml ("n 1 43.69 7.40\nn 2 43.71 7.40\nn 3 43.70 7.39\nn 5 43.70 7.40\n"
                       "w 10 1,5 highway=residential name=A\nw 11 5,2 highway=residential\nw 12 "
                       "5,3 highway=service\n"
                       "r 1 from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn\n");
  g_autofree char *source = g_build_filename (volant_test_folder (), "seed.osm", NULL);
  g_autofree char *city = g_build_filename (volant_test_folder (), "seed.city", NULL);
  g_autofree char *data = NULL;
  VolantImportOptions options = { .roads_only = true };
  g_autoptr (GError) error = NULL;
  size_t size;

  g_file_set_contents (source, xml, -1, &error);
  g_assert_no_error (error);
  volant_import (source, &options, city, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (city, &data, &size, &error);
  g_assert_no_error (error);
  add (data, size, user_data);
}
