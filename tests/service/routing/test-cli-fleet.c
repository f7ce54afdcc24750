/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/import.h"
#include "tests/support.h"
#include "tests/unit/import/osm-text.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* `volant table`, `reach` and `tour` as programs: what they print, and their exit status for what
 * they refuse. */

#define STREETS \
  "n 1 43.700 7.400\nn 2 43.700 7.402\nn 3 43.700 7.404\nn 4 43.698 7.402\n" \
  "w 10 1,2,3 highway=residential name=Rue%20Haute\nw 11 2,4 highway=residential name=Quai\n"

#define INFORMATION \
  "{\"last_updated\":1,\"ttl\":60,\"version\":\"2.3\",\"data\":{\"stations\":[" \
  "{\"station_id\":\"a\",\"name\":\"Ouest\",\"lat\":43.7001,\"lon\":7.4002,\"capacity\":4}," \
  "{\"station_id\":\"b\",\"name\":\"Est\",\"lat\":43.7001,\"lon\":7.4038,\"capacity\":4}," \
  "{\"station_id\":\"c\",\"name\":\"Port\",\"lat\":43.6981,\"lon\":7.402,\"capacity\":4}," \
  "{\"station_id\":\"d\",\"name\":\"Ailleurs\",\"lat\":10,\"lon\":10,\"capacity\":4}]}}"

#define STATE(id, cars, docks) \
  "{\"station_id\":\"" id "\",\"num_bikes_available\":" cars ",\"num_docks_available\":" docks \
  ",\"is_installed\":true,\"is_renting\":true,\"is_returning\":true,\"last_reported\":1}"

#define STATUS \
  "{\"last_updated\":1,\"ttl\":60,\"version\":\"2.3\",\"data\":{\"stations\":[" \
  STATE ("a", "4", "0") "," STATE ("b", "0", "4") "," STATE ("c", "2", "2") "," \
  STATE ("d", "1", "3") "]}}"

static char *city;
static char *feed;

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (volant_test_folder (), name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_city (void)
{
  g_autofree char *xml = osm_text_to_xml (STREETS);
  g_autofree char *source = g_build_filename (volant_test_folder (), "town.osm", NULL);
  VolantImportOptions options = { .roads_only = true, .country = "FR" };
  g_autoptr (GError) error = NULL;

  write_file ("town.osm", xml);
  write_file ("station_information.json", INFORMATION);
  write_file ("station_status.json", STATUS);
  city = g_build_filename (volant_test_folder (), "town.city", NULL);
  feed = g_strdup (volant_test_folder ());
  volant_import (source, &options, city, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Runs a command with --city and words; input goes to its standard input. */
static int
run (const char *command, const char *words, const char *input, char **output, char **errors)
{
  g_autofree char *line = g_strdup_printf ("%s %s --city %s %s", g_getenv ("VOLANT_TEST_PROGRAM"),
                                           command, city, words);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    (const char *const *) arguments,
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
    &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, output, errors, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

/* The answer to words as an object; the test fails where it is none. */
static JsonObject *
ask (JsonParser *parser, const char *command, const char *words, char **errors)
{
  g_autofree char *all = g_strdup_printf ("--stations %s %s", feed, words);
  g_autofree char *output = NULL;

  g_assert_cmpint (run (command, all, NULL, &output, errors), ==, 0);
  g_assert_true (json_parser_load_from_data (parser, output, -1, NULL));
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_table_json (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *errors = NULL;
  JsonObject *root = ask (parser, "table", "--json --lengths", &errors);
  JsonArray *times = json_object_get_array_member (root, "times_s");
  JsonArray *lengths = json_object_get_array_member (root, "lengths_m");
  JsonArray *stops = json_object_get_array_member (root, "stops");

  g_assert_cmpuint (json_array_get_length (times), ==, 4);
  g_assert_false (json_object_get_boolean_member (json_array_get_object_element (stops, 3),
                                                  "on_map"));
  g_assert_true (json_array_get_null_element (json_array_get_array_element (times, 0), 3));
  g_assert_cmpfloat (json_array_get_double_element (json_array_get_array_element (times, 0), 0),
                     ==, 0.0);
  g_assert_cmpfloat (json_array_get_double_element (json_array_get_array_element (times, 0), 1),
                     >, 10.0);
  g_assert_cmpfloat_with_epsilon (
    json_array_get_double_element (json_array_get_array_element (lengths, 0), 1), 289.0, 3.0);
  g_assert_nonnull (strstr (errors, "1 of 4 stops lie off the map"));
}

static void
test_table_csv (void)
{
  g_autofree char *output = NULL, *errors = NULL;
  int status = run ("table", "--points - --csv --mode foot",
                    "43.7 7.4\n43.7 7.402 middle\n1 1 nowhere\n", &output, &errors);

  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_str_has_prefix (output, "from,to,state,time_s\nline-1,line-1,ok,0.000\n"));
  g_assert_nonnull (strstr (output, "\nline-1,line-3,off-map,\n"));
  g_assert_nonnull (strstr (errors, "“nowhere”: 1.00000,1.00000 is off the map"));
}

static double
sum_area (JsonArray *ring)
{
  double sum = 0.0;

  for (unsigned i = 0; i + 1 < json_array_get_length (ring); i++)
    {
      JsonArray *a = json_array_get_array_element (ring, i);
      JsonArray *b = json_array_get_array_element (ring, i + 1);

      sum += (json_array_get_double_element (a, 0) - 7.4) *
               (json_array_get_double_element (b, 1) - 43.7) -
             (json_array_get_double_element (b, 0) - 7.4) *
               (json_array_get_double_element (a, 1) - 43.7);
    }
  return sum;
}

/* RFC 7946: closed rings, the outer one counterclockwise, [longitude, latitude]. */
static void
test_reach_geojson (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *errors = NULL;
  JsonObject *root =
    ask (parser, "reach", "--from 43.7,7.4005 --minutes 2,1 --mode foot --geojson", &errors);
  JsonArray *features = json_object_get_array_member (root, "features");
  double last_s = 1e9;

  g_assert_cmpstr (json_object_get_string_member (root, "type"), ==, "FeatureCollection");
  g_assert_cmpuint (json_array_get_length (features), ==, 2);
  for (unsigned i = 0; i < 2; i++)
    {
      JsonObject *feature = json_array_get_object_element (features, i);
      JsonObject *geometry = json_object_get_object_member (feature, "geometry");
      JsonArray *polygon = json_array_get_array_element (
        json_object_get_array_member (geometry, "coordinates"), 0);
      JsonArray *ring = json_array_get_array_element (polygon, 0);
      JsonArray *first = json_array_get_array_element (ring, 0);
      JsonArray *last = json_array_get_array_element (ring, json_array_get_length (ring) - 1);
      double limit_s = json_object_get_double_member (
        json_object_get_object_member (feature, "properties"), "limit_s");

      g_assert_cmpstr (json_object_get_string_member (geometry, "type"), ==, "MultiPolygon");
      g_assert_cmpuint (json_array_get_length (ring), >=, 4);
      g_assert_cmpfloat (json_array_get_double_element (first, 0), ==,
                         json_array_get_double_element (last, 0));
      g_assert_cmpfloat (json_array_get_double_element (first, 1), ==,
                         json_array_get_double_element (last, 1));
      g_assert_cmpfloat (sum_area (ring), >, 0.0);
      g_assert_cmpfloat (limit_s, <, last_s);
      last_s = limit_s;
    }
}

static void
test_reach_stations (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *errors = NULL;
  JsonObject *root = ask (parser, "reach", "--from a --minutes 10 --json", &errors);
  JsonArray *stations = json_object_get_array_member (root, "stations");

  g_assert_cmpuint (json_array_get_length (stations), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (stations, 0),
                                                  "id"), ==, "a");
  g_clear_pointer (&errors, g_free);
  root = ask (parser, "reach", "--from a --charge 50 --reserve 10 --json", &errors);
  stations = json_object_get_array_member (root, "stations");
  g_assert_cmpuint (json_array_get_length (stations), ==, 3);
  g_assert_cmpfloat (json_object_get_double_member (json_array_get_object_element (stations, 2),
                                                    "energy_wh"), >, 1.0);
}

/* Four cars at one end, none at the other: shares by room are 2, 2, 2. */
static void
test_tour (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *errors = NULL;
  JsonObject *root = ask (parser, "tour", "--json --handling 60", &errors);
  JsonArray *moves = json_object_get_array_member (root, "moves");

  g_assert_cmpuint (json_array_get_length (moves), ==, 2);
  for (unsigned i = 0; i < 2; i++)
    {
      JsonObject *move = json_array_get_object_element (moves, i);

      g_assert_cmpstr (json_object_get_string_member (move, "from"), ==, "a");
      g_assert_cmpstr (json_object_get_string_member (move, "to"), ==, "b");
    }
  g_assert_cmpfloat (json_object_get_double_member (root, "time_s"), >=,
                     json_object_get_double_member (root, "bound_s"));
  g_assert_cmpfloat (json_object_get_double_member (root, "time_s"), >, 150.0);
  g_assert_nonnull (strstr (errors, "1 lie off the map"));
}

static void
test_tour_targets (void)
{
  g_autofree char *words =
    g_strdup_printf ("--stations %s --return walk --targets - --from 43.7,7.4", feed);
  g_autofree char *output = NULL, *errors = NULL;
  int status = run ("tour", words, "station_id,target\nc,4\na,2\n", &output, &errors);

  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (output, "2 moves, back by walk"));
  g_assert_nonnull (strstr (output, "Ouest → Port"));
}

/* The car is taken where one is, and left where a dock is. */
static void
test_journey (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *errors = NULL;
  JsonObject *root = ask (parser, "journey", "--json --handling 0 43.7,7.4005 43.7,7.4035",
                          &errors);

  g_assert_cmpstr (json_object_get_string_member (root, "take_at"), ==, "a");
  g_assert_cmpstr (json_object_get_string_member (root, "return_at"), ==, "b");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (root, "walk_to_s") +
                                    json_object_get_double_member (root, "drive_s") +
                                    json_object_get_double_member (root, "walk_from_s"),
                                  json_object_get_double_member (root, "time_s"), 1e-6);
  g_assert_cmpfloat (json_object_get_double_member (root, "walk_only_s"), >, 100.0);
}

static void
test_refusals (void)
{
  static const struct {
    const char *command;
    const char *words;
    const char *input;
    int status;
    const char *says;
  } cases[] = {
    { "table", "--points -", "", 1, "no point" },
    { "table", "--points -", "43.7 nan\n", 1, "line 1" },
    { "table", "--points -", "1 1\n2 2\n", 1, "none of the 2 stops" },
    { "table", "--points /nowhere", NULL, 1, "nowhere" },
    { "table", "--stations /nowhere", NULL, 1, "nowhere" },
    { "table", "", NULL, 2, "--stations or --points" },
    { "table", "--points - --mode plane", NULL, 2, "plane" },
    { "table", "--points - --json --csv", NULL, 2, "choose" },
    { "reach", "--minutes 5", NULL, 2, "--from" },
    { "reach", "--from 43.7,7.4", NULL, 2, "--minutes or --charge" },
    { "reach", "--from 43.7,7.4 --minutes nan", NULL, 2, "--minutes takes" },
    { "reach", "--from 43.7,7.4 --minutes 5,0", NULL, 2, "--minutes takes" },
    { "reach", "--from 43.7,7.4 --minutes 5,", NULL, 2, "--minutes takes" },
    { "reach", "--from 43.7,7.4 --charge nan", NULL, 2, "" },
    { "reach", "--from 43.7,7.4 --charge 101", NULL, 2, "--charge takes" },
    { "reach", "--from 43.7,7.4 --charge 5 --reserve 6", NULL, 1, "not more than the reserve" },
    { "reach", "--from 43.7,7.4 --charge 50 --vehicle tram", NULL, 1, "tram" },
    { "reach", "--from 1,1 --minutes 5", NULL, 1, "off the map" },
    { "reach", "--from Nowhere --minutes 5", NULL, 1, "Nowhere" },
    { "journey", "43.7,7.4 43.7,7.401", NULL, 2, "--stations" },
    { "journey", "FEED 43.7,7.4", NULL, 2, "two doors" },
    { "journey", "FEED 43.7,7.4 1,1", NULL, 1, "off the map" },
    { "journey", "FEED 43.7,nan 43.7,7.4", NULL, 1, "" },
    { "tour", "", NULL, 2, "--stations" },
    { "tour", "FEED --targets -", "", 1, "no target" },
    { "tour", "FEED --targets -", "station_id,target\nz,1\n", 1, "“z” is not in the feed" },
    { "tour", "FEED --targets -", "station_id,target\nd,1\n", 1, "“d” is closed, off the map" },
    { "tour", "FEED --targets -", "station_id,target\na,5\n", 1, "less room" },
    { "tour", "FEED --targets -", "station_id,target\na,nan\n", 1, "line 2" },
    { "tour", "FEED --return swim", NULL, 2, "swim" },
    { "tour", "FEED --from 1,1", NULL, 1, "off the map" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *output = NULL, *errors = NULL;
      g_autofree char *prefix = g_strdup_printf ("volant %s: ", cases[i].command);
      g_autofree char *with_feed = g_strdup_printf ("--stations %s", feed);
      g_autoptr (GString) words = g_string_new (cases[i].words);

      g_string_replace (words, "FEED", with_feed, 0);
      if (words->len == 0)
        g_string_append (words, "--json");
      g_assert_cmpint (run (cases[i].command, words->str, cases[i].input, &output, &errors), ==,
                       cases[i].status);
      g_assert_nonnull (strstr (errors, prefix));
      g_assert_nonnull (strstr (errors, cases[i].says));
      g_assert_cmpstr (output, ==, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_city ();
  g_test_add_func ("/cli-fleet/table-json", test_table_json);
  g_test_add_func ("/cli-fleet/table-csv", test_table_csv);
  g_test_add_func ("/cli-fleet/reach-geojson", test_reach_geojson);
  g_test_add_func ("/cli-fleet/reach-stations", test_reach_stations);
  g_test_add_func ("/cli-fleet/tour", test_tour);
  g_test_add_func ("/cli-fleet/tour-targets", test_tour_targets);
  g_test_add_func ("/cli-fleet/journey", test_journey);
  g_test_add_func ("/cli-fleet/refusals", test_refusals);
  return g_test_run ();
}
