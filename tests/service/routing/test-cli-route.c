/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/import.h"
#include "tests/support.h"
#include "tests/unit/import/osm-text.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* `volant route` as a program: what it prints, and its exit status for what it refuses. */

#define STREETS \
  "n 1 43.700 7.400\nn 2 43.700 7.402\nn 3 43.700 7.404\nn 4 43.698 7.402\n" \
  "w 10 1,2,3 highway=residential name=Rue%20Haute\nw 11 2,4 highway=residential name=Quai maxheight=2.5\n"

static char *city;

static void
make_city (void)
{
  g_autofree char *xml = osm_text_to_xml (STREETS);
  g_autofree char *source = g_build_filename (volant_test_folder (), "town.osm", NULL);
  VolantImportOptions options = { .roads_only = true, .country = "FR" };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (source, xml, -1, NULL));
  city = g_build_filename (volant_test_folder (), "town.city", NULL);
  volant_import (source, &options, city, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Runs the program with words after `route --city CITY`; input goes to its standard input. */
static int
run (const char *words, const char *input, char **output, char **errors)
{
  g_autofree char *line = g_strdup_printf ("%s route --city %s %s",
                                           g_getenv ("VOLANT_TEST_PROGRAM"), city, words);
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

static void
test_json (void)
{
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;
  int status = run ("--json 43.7,7.4005 43.6985,7.402", NULL, &output, &errors);

  g_assert_cmpint (status, ==, 0);
  g_assert_true (json_parser_load_from_data (parser, output, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpfloat (json_object_get_double_member (root, "time_s"), >, 10.0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (root, "length_m"), 287.0, 3.0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "geometry")), ==, 3);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "manoeuvres")), ==,
                    3);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (root, "streets"),
                                                  1), ==, "Quai");
}

static void
test_words (void)
{
  g_autofree char *output = NULL, *errors = NULL;
  int status = run ("--language fr 43.7,7.4005 43.6985,7.402", NULL, &output, &errors);

  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (output, "Suivez la rue Haute"));
}

static void
test_pairs (void)
{
  g_autofree char *output = NULL, *errors = NULL;
  g_auto (GStrv) lines = NULL;
  int status = run ("--pairs -", "43.7 7.4 43.7 7.404\n1 1 2 2\n", &output, &errors);

  g_assert_cmpint (status, ==, 1);
  lines = g_strsplit (output, "\n", -1);
  g_assert_nonnull (strchr (lines[0], ' '));
  g_assert_cmpstr (lines[1], ==, "-");
  g_assert_nonnull (strstr (errors, "line 2: "));
}

static void
test_stop (void)
{
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;
  JsonArray *stops;
  int status = run ("--json --via 43.6985,7.402 --avoid tolls,ferries 43.7,7.4005 43.7,7.4035",
                    NULL, &output, &errors);

  g_assert_cmpint (status, ==, 0);
  g_assert_true (json_parser_load_from_data (parser, output, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  stops = json_object_get_array_member (root, "stops");
  g_assert_cmpuint (json_array_get_length (stops), ==, 1);
  g_assert_cmpfloat_with_epsilon (
    json_object_get_double_member (json_array_get_object_element (stops, 0), "at_m"), 287.0, 3.0);
  g_assert_cmpfloat (json_object_get_double_member (root, "toll_m"), ==, 0.0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "unavoided")), ==,
                    0);
}

/* What is too high ends its way before the street that is too low. */
static void
test_size (void)
{
  static const char *const heights[] = { "2.5", "2.51" };
  double lengths_m[2];

  for (unsigned i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      g_autofree char *words = g_strdup_printf (
        "--mode bus --json --height %s 43.7,7.4005 43.6985,7.402", heights[i]);
      g_autofree char *output = NULL, *errors = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();

      g_assert_cmpint (run (words, NULL, &output, &errors), ==, 0);
      g_assert_true (json_parser_load_from_data (parser, output, -1, NULL));
      lengths_m[i] = json_object_get_double_member (
        json_node_get_object (json_parser_get_root (parser)), "length_m");
    }
  g_assert_cmpfloat (lengths_m[0], >, 280.0);
  g_assert_cmpfloat (lengths_m[1], <, 125.0);
}

/* Who asks for several gets a list, though there is but one. */
static void
test_several (void)
{
  static const struct {
    const char *option;
    const char *list;
  } kinds[] = { { "--json", "routes" }, { "--geojson", "features" } };

  for (unsigned i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *words = g_strdup_printf ("%s --alternatives 3 43.7,7.4005 43.7,7.4035",
                                                kinds[i].option);
      g_autofree char *output = NULL, *errors = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();
      JsonObject *root;

      g_assert_cmpint (run (words, NULL, &output, &errors), ==, 0);
      g_assert_true (json_parser_load_from_data (parser, output, -1, NULL));
      root = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, kinds[i].list)),
                        ==, 1);
    }
}

static char *
write_traffic (const char *name, const char *links)
{
  char *path = g_build_filename (volant_test_folder (), name, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autofree char *text = g_strdup_printf (
    "{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"%s\",\"links\":[%s]}", time, links);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Slow: the time grows and tells how much of it is traffic; closed: there is no other way here; what
 * is not on the map is told besides. */
static void
test_traffic (void)
{
  g_autofree char *slow = write_traffic ("slow.json", "{\"way\":10,\"speed_kmh\":2}");
  g_autofree char *closed = write_traffic ("closed.json", "{\"way\":10,\"closed\":true},"
                                                          "{\"way\":999,\"closed\":true}");
  g_autofree char *slow_words = g_strdup_printf ("--json --traffic %s 43.7,7.4005 43.6985,7.402",
                                                 slow);
  g_autofree char *closed_words = g_strdup_printf ("--traffic %s 43.7,7.4005 43.6985,7.402",
                                                   closed);
  g_autofree char *output = NULL, *errors = NULL, *closed_output = NULL, *closed_errors = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;

  g_assert_cmpint (run (slow_words, NULL, &output, &errors), ==, 0);
  g_assert_cmpstr (errors, ==, "");
  g_assert_true (json_parser_load_from_data (parser, output, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpfloat (json_object_get_double_member (root, "delay_s"), >, 150.0);
  g_assert_cmpfloat (json_object_get_double_member (root, "delay_s"), <,
                     json_object_get_double_member (root, "time_s"));
  g_assert_cmpint (run (closed_words, NULL, &closed_output, &closed_errors), ==, 0);
  g_assert_nonnull (strstr (closed_errors, "1 of 2 traffic reports found, on 4 links; 1 elsewhere"));
}

/* What the battery holds on arrival, in every way of writing. */
static void
test_charge (void)
{
  g_autofree char *json = NULL, *geojson = NULL, *text = NULL, *french = NULL, *errors = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *charge;
  JsonArray *profile;
  double used_wh;

  g_assert_cmpint (run ("--json --charge 40 43.7,7.4005 43.6985,7.402", NULL, &json, &errors), ==,
                   0);
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  charge = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                          "charge");
  used_wh = json_object_get_double_member (charge, "used_wh");
  g_assert_cmpstr (json_object_get_string_member (charge, "vehicle"), ==, "bluecar");
  g_assert_cmpfloat (used_wh, >, 20.0);
  g_assert_cmpfloat (used_wh, <, 100.0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (charge, "arrival_percent"),
                                  40.0 - used_wh / 300.0, 0.001);
  g_assert_cmpfloat (json_object_get_double_member (charge, "reserve_percent"), ==, 10.0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (charge, "stops")), ==, 0);
  profile = json_object_get_array_member (charge, "profile");
  g_assert_cmpuint (json_array_get_length (profile), ==, 3);
  g_assert_cmpfloat_with_epsilon (
    json_array_get_double_element (json_array_get_array_element (profile, 2), 0), 287.0, 3.0);
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (run ("--geojson --charge 40 --vehicle bus --temperature -10 43.7,7.4005 "
                        "43.6985,7.402",
                        NULL, &geojson, &errors),
                   ==, 0);
  g_assert_nonnull (strstr (geojson, "\"vehicle\" : \"bus\""));
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (run ("--charge 40 43.7,7.4005 43.6985,7.402", NULL, &text, &errors), ==, 0);
  g_assert_nonnull (strstr (text, "Battery: 40 %, on arrival 40 %"));
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (run ("--language fr --charge 40 43.7,7.4005 43.6985,7.402", NULL, &french,
                        &errors),
                   ==, 0);
  g_assert_nonnull (strstr (french, "Batterie : 40 %"));
}

static void
test_refusals (void)
{
  static const struct {
    const char *words;
    int status;
  } cases[] = {
    { "43.7,7.4 43.8,7.9", 1 }, { "43.7,nan 43.7,7.4", 1 },          { "Nowhere 43.7,7.4", 1 },
    { "43.7,7.4", 2 },          { "--mode plane 43.7,7.4 43.7,7.4", 2 }, { "--pairs /nowhere", 1 },
    { "--json --geojson 43.7,7.4 43.7,7.4", 2 }, { "--traffic /nowhere 43.7,7.4 43.7,7.402", 1 },
    { "--avoid highways 43.7,7.4 43.7,7.4", 2 },
    { "--alternatives 4 43.7,7.4 43.7,7.4", 2 },
    { "--alternatives -1 43.7,7.4 43.7,7.4", 2 },
    { "--alternatives 2 --via 43.7,7.4 43.7,7.4 43.7,7.4", 2 },
    { "--height -1 43.7,7.4 43.7,7.4", 2 },
    { "--weight nan 43.7,7.4 43.7,7.4", 2 },
    { "--via 43.8,7.9 43.7,7.4 43.7,7.4", 1 },
    { "--via 43.7,7.4 --pairs /nowhere", 2 },
    { "--charge nan 43.7,7.4005 43.7,7.4035", 1 },
    { "--charge -1 43.7,7.4005 43.7,7.4035", 1 },
    { "--charge 101 43.7,7.4005 43.7,7.4035", 1 },
    { "--charge full 43.7,7.4005 43.7,7.4035", 2 },
    { "--charge 5 43.7,7.4005 43.7,7.4035", 1 },                /* less than the reserve */
    { "--charge 10 --reserve 10 43.7,7.4005 43.7,7.4035", 1 },  /* nothing left to drive with */
    { "--charge 50 --reserve -5 43.7,7.4005 43.7,7.4035", 1 },
    { "--charge 50 --vehicle tram 43.7,7.4005 43.7,7.4035", 1 },
    { "--charge 50 --temperature inf 43.7,7.4005 43.7,7.4035", 1 },
    { "--charge 50 --mode foot 43.7,7.4005 43.7,7.4035", 2 },
    { "--vehicle bus 43.7,7.4005 43.7,7.4035", 2 },
    { "--charge 50 --pairs /nowhere", 2 },
    { "--via 43.7,7.4 --via 43.7,7.4 --via 43.7,7.4 --via 43.7,7.4 --via 43.7,7.4 --via 43.7,7.4 "
      "--via 43.7,7.4 --via 43.7,7.4 --via 43.7,7.4 43.7,7.4 43.7,7.4", 1 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *output = NULL, *errors = NULL;

      g_assert_cmpint (run (cases[i].words, NULL, &output, &errors), ==, cases[i].status);
      g_assert_true (g_str_has_prefix (errors, "volant route: "));
      g_assert_cmpstr (output, ==, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_city ();
  g_test_add_func ("/cli-route/json", test_json);
  g_test_add_func ("/cli-route/words", test_words);
  g_test_add_func ("/cli-route/pairs", test_pairs);
  g_test_add_func ("/cli-route/stop", test_stop);
  g_test_add_func ("/cli-route/size", test_size);
  g_test_add_func ("/cli-route/several", test_several);
  g_test_add_func ("/cli-route/traffic", test_traffic);
  g_test_add_func ("/cli-route/charge", test_charge);
  g_test_add_func ("/cli-route/refusals", test_refusals);
  return g_test_run ();
}
