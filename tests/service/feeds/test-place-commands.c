/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/wait.h>

/* `volant stations` and `volant search` as a person and a machine see them. */

typedef struct {
  char *out;
  char *err;
  int status;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->out, g_free);
  g_clear_pointer (&answer->err, g_free);
}

/* Runs the program with words parted by "|". */
static Answer
ask (const char *words)
{
  g_autofree char *line = g_strconcat (g_getenv ("VOLANT_TEST_PROGRAM"), "|", words, NULL);
  g_auto (GStrv) arguments = g_strsplit (line, "|", -1);
  g_autoptr (GError) error = NULL;
  Answer answer = { NULL };
  int wait_status;

  g_spawn_sync (NULL, arguments, NULL, 0, NULL, NULL, &answer.out, &answer.err, &wait_status,
                &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (wait_status));
  answer.status = WEXITSTATUS (wait_status);
  return answer;
}

static void
expect (const char *words, int status, const char *out, const char *err)
{
  Answer answer = ask (words);

  g_test_message ("%s", words);
  g_assert_cmpint (answer.status, ==, status);
  g_assert_nonnull (strstr (answer.out, out));
  g_assert_nonnull (strstr (answer.err, err));
  answer_clear (&answer);
}

static char *
write_file (const char *name, const char *text)
{
  char *path = g_build_filename (volant_test_folder (), name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static char *
write_feed (void)
{
  return write_file (
      "station_information.json",
      "{\"last_updated\":1,\"ttl\":0,\"version\":\"2.3\",\"data\":{\"stations\":["
      "{\"station_id\":\"a\",\"name\":\"Paris/Hôtel de Ville/3\",\"lat\":48.85,\"lon\":2.35},"
      "{\"station_id\":\"b\",\"name\":\"Nation\",\"lat\":48.848,\"lon\":2.396},"
      "{\"station_id\":\"c\",\"name\":\"Nowhere\"}]}}");
}

static void
test_stations (void)
{
  g_autofree char *information = write_feed ();
  g_autofree char *table = g_strdup_printf ("stations|%s", volant_test_folder ());
  g_autofree char *json =
      g_strdup_printf ("stations|--json|--near|48.848,2.396|--limit|1|%s", volant_test_folder ());
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *stations;
  JsonObject *first;
  Answer answer;

  expect (table, 0, "Hôtel de Ville", "warning: station “c” (Nowhere)");
  answer = ask (json);
  g_assert_cmpint (answer.status, ==, 0);
  json_parser_load_from_data (parser, answer.out, -1, &error);
  g_assert_no_error (error);
  stations = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                           "stations");
  g_assert_cmpuint (json_array_get_length (stations), ==, 1);
  first = json_array_get_object_element (stations, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==, "b");
  g_assert_true (json_object_get_null_member (first, "cars_available"));
  g_assert_cmpint (json_object_get_int_member (first, "distance_m"), ==, 0);
  answer_clear (&answer);
}

static void
test_refused (void)
{
  expect ("stations|/nowhere/at/all", 1, "", "/nowhere/at/all");
  expect ("stations|a|b", 2, "", "Usage");
  expect ("stations|--limit|0|a", 2, "", "--limit");
  expect ("stations|--near|here|a", 2, "", "--near");
  expect ("search", 2, "", "Usage");
  expect ("search|--city|/nowhere.city|x", 1, "", "/nowhere.city");
  expect ("search|--help", 0, "--near", "");
  expect ("stations|--help", 0, "--json", "");
}

static void
test_search (void)
{
  g_autofree char *source = write_file (
      "town.osm",
      "<osm version='0.6'><node id='1' lat='48.80' lon='2.30'/><node id='2' lat='48.81' lon='2.3'/>"
      "<way id='100'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/>"
      "<tag k='name' v='Rue de la Paix'/></way></osm>");
  g_autofree char *city = g_build_filename (volant_test_folder (), "town.city", NULL);
  g_autofree char *import = g_strdup_printf ("import|%s|-o|%s", source, city);
  g_autofree char *found = g_strdup_printf ("search|--city|%s|rue|paix", city);
  g_autofree char *json = g_strdup_printf ("search|--city|%s|--json|paix", city);
  g_autofree char *missing = g_strdup_printf ("search|--city|%s|xyzzy", city);
  Answer answer = ask (import);

  g_assert_cmpint (answer.status, ==, 0);
  answer_clear (&answer);
  expect (found, 0, "Rue de la Paix", "");
  expect (json, 0, "\"id\" : \"way/100\"", "");
  expect (missing, 1, "", "xyzzy");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place-commands/stations", test_stations);
  g_test_add_func ("/place-commands/refused", test_refused);
  g_test_add_func ("/place-commands/search", test_search);
  return g_test_run ();
}
