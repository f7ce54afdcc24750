/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/stations/gbfs.h"

#include <string.h>

/* GBFS: the input is up to four documents parted by zero bytes; each is also tried as gbfs.json.
 * What comes out must hold together. */

static void
check (const VolantStationFeed *feed)
{
  g_assert_nonnull (feed->system_id);
  g_assert_nonnull (feed->warnings);
  g_assert_cmpuint (feed->stations->len, >, 0);
  for (unsigned i = 0; i < feed->stations->len; i++)
    {
      const VolantStation *station = feed->stations->pdata[i];

      g_assert_true (volant_point_is_valid (station->point));
      g_assert_true (g_utf8_validate (station->spoken_name, -1, NULL));
      g_assert_cmpint (station->cars_available, >=, -1);
      g_assert_cmpint (station->docks_available, >=, -1);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GBytes *parts[4] = { NULL };
  VolantGbfsDocuments documents;
  VolantStationFeed *feed;

  for (unsigned i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const uint8_t *end = i < 3 && size > 0 ? memchr (data, 0, size) : NULL;
      size_t length = end != NULL ? (size_t) (end - data) : size;

      parts[i] = g_bytes_new (data, length);
      volant_gbfs_links_free (volant_gbfs_parse_discovery (parts[i], "fr", NULL));
      data += MIN (length + 1, size);
      size -= MIN (length + 1, size);
    }
  documents = (VolantGbfsDocuments){ parts[2], parts[0], parts[1], parts[3] };
  feed = volant_gbfs_parse (&documents, "fr", NULL);
  if (feed != NULL)
    check (feed);
  volant_station_feed_free (feed);
  for (unsigned i = 0; i < G_N_ELEMENTS (parts); i++)
    g_bytes_unref (parts[i]);
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char version_2[] =
      "{\"last_updated\":1640887163,\"ttl\":60,\"version\":\"2.3\",\"data\":{\"stations\":["
      "{\"station_id\":\"a\",\"name\":\"Gare de Lyon - Paris 12\",\"lat\":48.84,\"lon\":2.37,"
      "\"address\":\"1 place\",\"capacity\":9,\"is_charging_station\":true},"
      "{\"station_id\":\"b\",\"name\":\"\\u00c9pinay/3\",\"lat\":48.85,\"lon\":2.38,"
      "\"vehicle_type_capacity\":{\"car\":6}}]}}\0"
      "{\"last_updated\":1640887200,\"ttl\":30,\"version\":\"2.3\",\"data\":{\"stations\":["
      "{\"station_id\":\"a\",\"is_installed\":true,\"is_renting\":false,\"is_returning\":1,"
      "\"last_reported\":1640887190,\"num_docks_available\":3,\"num_bikes_available\":4,"
      "\"vehicle_types_available\":[{\"vehicle_type_id\":\"car\",\"count\":2}],"
      "\"vehicle_docks_available\":[{\"vehicle_type_ids\":[\"car\"],\"count\":3}]}]}}\0"
      "{\"version\":\"2.3\",\"ttl\":1,\"data\":{\"system_id\":\"x\",\"name\":\"X\"}}\0"
      "{\"version\":\"2.3\",\"data\":{\"vehicle_types\":[{\"vehicle_type_id\":\"car\","
      "\"form_factor\":\"car\"}]}}";
  static const char version_3[] =
      "{\"last_updated\":\"2024-03-21T10:25:53.343+01:00\",\"ttl\":0,\"version\":\"3.0\",\"data\":"
      "{\"stations\":[{\"station_id\":\"a\",\"name\":[{\"text\":\"Square\",\"language\":\"en\"}],"
      "\"lat\":1.5,\"lon\":2.5,\"vehicle_docks_capacity\":[{\"vehicle_type_ids\":[\"x\"],"
      "\"count\":7}]}]}}";
  static const char discovery[] =
      "{\"version\":\"2.3\",\"data\":{\"en\":{\"feeds\":[{\"name\":\"station_information\","
      "\"url\":\"en.json\"},{\"name\":\"station_status\",\"url\":\"s.json\"}]}}}";

  add (version_2, sizeof version_2 - 1, user_data);
  add (version_3, sizeof version_3 - 1, user_data);
  add (discovery, sizeof discovery - 1, user_data);
}
