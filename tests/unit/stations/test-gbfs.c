/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/gbfs.h"
#include "tests/support.h"

#include <string.h>

static GBytes *
bytes_of (const char *text)
{
  return text != NULL ? g_bytes_new_static (text, strlen (text)) : NULL;
}

/* Puts four documents together; NULL for those that are not published. */
static VolantStationFeed *
parse (const char *information, const char *status, const char *system, const char *types,
       const char *language, GError **error)
{
  g_autoptr (GBytes) information_bytes = bytes_of (information);
  g_autoptr (GBytes) status_bytes = bytes_of (status);
  g_autoptr (GBytes) system_bytes = bytes_of (system);
  g_autoptr (GBytes) types_bytes = bytes_of (types);
  VolantGbfsDocuments documents = { system_bytes, information_bytes, status_bytes, types_bytes };

  return volant_gbfs_parse (&documents, language, error);
}

static const VolantStation *
find (const VolantStationFeed *feed, const char *id)
{
  for (unsigned i = 0; i < feed->stations->len; i++)
    if (strcmp (((VolantStation *) feed->stations->pdata[i])->id, id) == 0)
      return feed->stations->pdata[i];
  return NULL;
}

static const char information_2[] =
    "{\"last_updated\":1640887163,\"ttl\":60,\"version\":\"2.3\",\"data\":{\"stations\":["
    "{\"station_id\":\"a\",\"name\":\"Gare de Lyon - Paris 12\",\"lat\":48.84,\"lon\":2.37,"
    " \"address\":\"1 place\",\"capacity\":9,\"is_charging_station\":true},"
    "{\"station_id\":\"b\",\"name\":\"Épinay\",\"lat\":48.85,\"lon\":2.38,"
    " \"vehicle_type_capacity\":{\"car\":6,\"bike\":20}},"
    "{\"station_id\":\"c\",\"lat\":48.85,\"lon\":2.38},"
    "{\"station_id\":\"d\",\"name\":\"Far\",\"lat\":148.85,\"lon\":2.38},"
    "{\"station_id\":\"a\",\"name\":\"Twice\",\"lat\":48.85,\"lon\":2.38},"
    "{\"station_id\":5,\"name\":\"Number\",\"lat\":48.85,\"lon\":2.38},"
    "{\"station_id\":\"e\",\"name\":\"Text\",\"lat\":\"48.85\",\"lon\":2.38},"
    "[],7,null"
    "]}}";
static const char types_2[] =
    "{\"last_updated\":1,\"ttl\":0,\"version\":\"2.3\",\"data\":{\"vehicle_types\":["
    "{\"vehicle_type_id\":\"car\",\"form_factor\":\"car\",\"propulsion_type\":\"electric\"},"
    "{\"vehicle_type_id\":\"bike\",\"form_factor\":\"bicycle\",\"propulsion_type\":\"human\"}]}}";
static const char status_2[] =
    "{\"last_updated\":1640887200,\"ttl\":30,\"version\":\"2.3\",\"data\":{\"stations\":["
    "{\"station_id\":\"a\",\"is_installed\":true,\"is_renting\":false,\"is_returning\":1,"
    " \"last_reported\":1640887190,\"num_docks_available\":3,\"num_bikes_available\":4},"
    "{\"station_id\":\"b\",\"is_installed\":true,\"is_renting\":true,\"is_returning\":true,"
    " \"last_reported\":1640887190,\"num_docks_available\":18,\"num_bikes_available\":9,"
    " \"vehicle_types_available\":[{\"vehicle_type_id\":\"car\",\"count\":2},"
    "  {\"vehicle_type_id\":\"bike\",\"count\":7}],"
    " \"vehicle_docks_available\":[{\"vehicle_type_ids\":[\"car\",\"bike\"],\"count\":3},"
    "  {\"vehicle_type_ids\":[\"bike\"],\"count\":15}]},"
    "{\"station_id\":\"zz\"}]}}";

static void
test_version_2 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantStationFeed) feed = parse (information_2, status_2, NULL, types_2, NULL, &error);
  const VolantStation *station;

  g_assert_no_error (error);
  g_assert_cmpstr (feed->version, ==, "2.3");
  g_assert_cmpuint (feed->ttl_s, ==, 30);
  g_assert_cmpint (feed->updated_at_s, ==, 1640887200);
  g_assert_cmpuint (feed->stations->len, ==, 2);
  g_assert_cmpuint (feed->n_skipped, ==, 9);
  station = find (feed, "a");
  g_assert_cmpstr (station->spoken_name, ==, "Gare de Lyon");
  g_assert_cmpstr (station->address, ==, "1 place");
  g_assert_cmpuint (station->capacity, ==, 9);
  g_assert_true (station->has_charging);
  g_assert_cmpint (station->cars_available, ==, 4);
  g_assert_cmpint (station->docks_available, ==, 3);
  g_assert_cmpint (station->chargers_available, ==, -1);
  g_assert_true (station->is_installed && !station->is_renting && station->is_returning);
  g_assert_cmpint (station->reported_at_s, ==, 1640887190);
  station = find (feed, "b");
  g_assert_cmpuint (station->capacity, ==, 6);
  g_assert_cmpint (station->cars_available, ==, 2);
  g_assert_cmpint (station->docks_available, ==, 3);
}

static void
test_warnings_name_the_entry (void)
{
  g_autoptr (VolantStationFeed) feed = parse (information_2, NULL, NULL, NULL, NULL, NULL);
  g_autofree char *all = g_strjoinv ("\n", feed->warnings);

  g_assert_nonnull (strstr (all, "“c”: no name"));
  g_assert_nonnull (strstr (all, "“d” (Far): no position"));
  g_assert_nonnull (strstr (all, "“a” (Twice)"));
  g_assert_nonnull (strstr (all, "entry 6: no station_id"));
  g_assert_nonnull (strstr (all, "“e” (Text)"));
  g_assert_cmpint (find (feed, "a")->cars_available, ==, -1);
  g_assert_true (find (feed, "a")->is_renting);
}

static const char information_3[] =
    "{\"last_updated\":\"2024-03-21T10:25:53.343+01:00\",\"ttl\":0,\"version\":\"3.0\",\"data\":"
    "{\"stations\":[{\"station_id\":\"a\",\"name\":[{\"text\":\"Square\",\"language\":\"en\"},"
    "{\"text\":\"Place Carrée\",\"language\":\"fr-FR\"}],\"lat\":1.5,\"lon\":2.5,"
    "\"vehicle_docks_capacity\":[{\"vehicle_type_ids\":[\"x\"],\"count\":7},"
    "{\"vehicle_type_ids\":[\"y\"],\"count\":2}]}]}}";
static const char status_3[] =
    "{\"last_updated\":\"2024-03-21T09:25:53Z\",\"ttl\":15,\"version\":\"3.0\",\"data\":"
    "{\"stations\":[{\"station_id\":\"a\",\"is_installed\":true,\"is_renting\":true,"
    "\"is_returning\":false,\"last_reported\":\"2024-03-21T09:25:53.343Z\","
    "\"num_vehicles_available\":5,\"num_docks_available\":-4}]}}";
static const char system_3[] =
    "{\"last_updated\":\"2024-03-21T09:25:53Z\",\"ttl\":15,\"version\":\"3.0\",\"data\":"
    "{\"system_id\":\"lumiere\",\"languages\":[\"en\"],\"license_id\":\"CC0-1.0\","
    "\"name\":[{\"text\":\"Light\",\"language\":\"en\"},{\"text\":\"Lumière\",\"language\":\"fr\"}]"
    "}}";

static void
test_version_3 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantStationFeed) feed =
      parse (information_3, status_3, system_3, NULL, "fr", &error);
  g_autoptr (VolantStationFeed) english = parse (information_3, NULL, system_3, NULL, "zh", NULL);
  const VolantStation *station = find (feed, "a");

  g_assert_no_error (error);
  g_assert_cmpstr (feed->system_id, ==, "lumiere");
  g_assert_cmpstr (feed->system_name, ==, "Lumière");
  g_assert_cmpstr (feed->attribution, ==, "Lumière, CC0-1.0");
  g_assert_cmpint (feed->updated_at_s, ==, 1711013153);
  g_assert_cmpstr (station->name, ==, "Place Carrée");
  g_assert_cmpuint (station->capacity, ==, 9);
  g_assert_cmpint (station->cars_available, ==, 5);
  g_assert_cmpint (station->docks_available, ==, -1);
  g_assert_false (station->is_returning);
  g_assert_cmpint (station->reported_at_s, ==, 1711013153);
  g_assert_cmpuint (g_strv_length (feed->warnings), ==, 1);
  g_assert_nonnull (strstr (feed->warnings[0], "num_docks_available"));
  g_assert_cmpstr (find (english, "a")->name, ==, "Square");
  g_assert_cmpint (english->updated_at_s, ==, 1711013153);
}

static void
expect_refusal (const char *information, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (information, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, code);
}

static void
test_refused (void)
{
  expect_refusal ("", VOLANT_MAPS_ERROR_CORRUPT);
  expect_refusal ("<html>404</html>", VOLANT_MAPS_ERROR_CORRUPT);
  expect_refusal ("{\"version\":\"2.3\",\"data\":{\"stations\":[", VOLANT_MAPS_ERROR_CORRUPT);
  expect_refusal ("[1,2]", VOLANT_MAPS_ERROR_CORRUPT);
  expect_refusal ("{\"version\":\"2.3\"}", VOLANT_MAPS_ERROR_CORRUPT);
  expect_refusal ("/* \" */ {\"version\":\"2.3\",\"data\":{}}", VOLANT_MAPS_ERROR_CORRUPT);
  expect_refusal ("{\"data\":{\"stations\":[]}}", VOLANT_MAPS_ERROR_UNSUPPORTED);
  expect_refusal ("{\"version\":\"4.0\",\"data\":{}}", VOLANT_MAPS_ERROR_UNSUPPORTED);
  expect_refusal ("{\"version\":\"2.3\",\"data\":{}}", VOLANT_MAPS_ERROR_EMPTY);
  expect_refusal ("{\"version\":\"2.3\",\"data\":{\"stations\":7}}", VOLANT_MAPS_ERROR_EMPTY);
}

/* json-glib would recurse to death on this. */
static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new ("{\"version\":\"2.3\",\"data\":");

  for (unsigned i = 0; i < 100000; i++)
    g_string_append (text, "{\"a\":[");
  expect_refusal (text->str, VOLANT_MAPS_ERROR_TOO_LARGE);
}

static void
test_discovery (void)
{
  static const char gbfs_2[] =
      "{\"last_updated\":1,\"ttl\":0,\"version\":\"2.3\",\"data\":{"
      "\"en\":{\"feeds\":[{\"name\":\"station_information\",\"url\":\"en.json\"}]},"
      "\"fr\":{\"feeds\":[{\"name\":\"station_information\",\"url\":\"fr.json\"},"
      "{\"name\":\"station_status\",\"url\":\"s.json\"},{\"name\":1},7]}}}";
  static const char no_stations[] =
      "{\"last_updated\":\"x\",\"ttl\":0,\"version\":\"3.0\",\"data\":{\"feeds\":[]}}";
  g_autoptr (GBytes) bytes = bytes_of (gbfs_2);
  g_autoptr (GBytes) none = bytes_of (no_stations);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantGbfsLinks) french = volant_gbfs_parse_discovery (bytes, "fr", NULL);
  g_autoptr (VolantGbfsLinks) chinese = volant_gbfs_parse_discovery (bytes, "zh", NULL);

  g_assert_cmpstr (french->station_information, ==, "fr.json");
  g_assert_cmpstr (french->station_status, ==, "s.json");
  g_assert_null (french->vehicle_types);
  g_assert_cmpstr (chinese->station_information, ==, "en.json");
  g_assert_null (volant_gbfs_parse_discovery (none, NULL, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
}

static GBytes *
read_document (const char *folder, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.json", name);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  char *data;
  size_t size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

static VolantStationFeed *
parse_folder (const char *relative)
{
  g_autofree char *folder = volant_test_data (relative);
  g_autoptr (GBytes) discovery = NULL;
  g_autoptr (VolantGbfsLinks) links = NULL;
  g_autoptr (GError) error = NULL;
  VolantGbfsDocuments documents;
  VolantStationFeed *feed;

  if (folder == NULL)
    return NULL;
  discovery = read_document (folder, "gbfs");
  links = volant_gbfs_parse_discovery (discovery, "en", &error);
  g_assert_no_error (error);
  documents = (VolantGbfsDocuments){
    read_document (folder, "system_information"),
    read_document (folder, "station_information"),
    read_document (folder, "station_status"),
    read_document (folder, "vehicle_types"),
  };
  feed = volant_gbfs_parse (&documents, "en", &error);
  g_assert_no_error (error);
  g_bytes_unref (documents.system_information);
  g_bytes_unref (documents.station_information);
  g_bytes_unref (documents.station_status);
  g_bytes_unref (documents.vehicle_types);
  return feed;
}

static void
test_fixtures (void)
{
  static const struct {
    const char *folder;
    const char *version;
    const char *system_name;
    unsigned n_stations;
  } cases[] = {
    { "gbfs/fixtures/v2.3", "2.3", "Test", 2 },
    { "gbfs/fixtures/v3.0", "3.0", "Check Technologies", 23 },
    { "gbfs/entur-fixtures/v2.3", "2.3", "Example Bike Rental", 2 },
    { "gbfs/entur-fixtures/v3.0", "3.0", "Example Bike Rental", 2 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VolantStationFeed) feed = parse_folder (cases[i].folder);

      if (feed == NULL)
        return;
      g_assert_cmpstr (feed->version, ==, cases[i].version);
      g_assert_cmpstr (feed->system_name, ==, cases[i].system_name);
      g_assert_cmpuint (feed->stations->len, ==, cases[i].n_stations);
      /* These systems rent bicycles and scooters: there is no car to have. */
      g_assert_cmpint (((VolantStation *) feed->stations->pdata[0])->cars_available, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gbfs/version-2", test_version_2);
  g_test_add_func ("/gbfs/warnings-name-the-entry", test_warnings_name_the_entry);
  g_test_add_func ("/gbfs/version-3", test_version_3);
  g_test_add_func ("/gbfs/refused", test_refused);
  g_test_add_func ("/gbfs/deep", test_deep);
  g_test_add_func ("/gbfs/discovery", test_discovery);
  g_test_add_func ("/gbfs/fixtures", test_fixtures);
  return g_test_run ();
}
