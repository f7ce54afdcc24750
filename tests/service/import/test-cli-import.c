/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/unit/import/osm-text.h"

#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

/* `volant import` and `volant info` as programs: exit status, words, JSON, and an interrupt. */

#define STREETS \
  "n 1 43.700 7.400\nn 2 43.702 7.400\nn 3 43.704 7.400\nn 4 43.702 7.402\n" \
  "w 10 1,2,3 highway=residential name=Nord\nw 11 2,4,5 highway=residential\n"

typedef struct {
  int status;
  char *output;
  char *errors;
} Answer;

static void
clear_answer (Answer *answer)
{
  g_free (answer->output);
  g_free (answer->errors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, clear_answer)

/* Runs the program with words that are separated by spaces; %F stands for the test's folder. */
static Answer
run (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "%F", -1);
  g_autofree char *line = g_strjoinv (volant_test_folder (), parts);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Answer answer = { 0 };

  g_ptr_array_add (all, (void *) g_getenv ("VOLANT_TEST_PROGRAM"));
  for (unsigned i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (all, arguments[i]);
  g_ptr_array_add (all, NULL);
  process = g_subprocess_newv ((const char *const *) all->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &answer.output, &answer.errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  answer.status = g_subprocess_get_exit_status (process);
  return answer;
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (volant_test_folder (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
write_streets (void)
{
  g_autofree char *xml = osm_text_to_xml (STREETS);

  write_file ("streets.osm", xml);
}

static JsonObject *
parse (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_done (void)
{
  g_auto (Answer) words = { 0 }, json = { 0 }, info = { 0 };
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  write_streets ();
  words = run ("import %F/streets.osm -o %F/streets.city --country FR");
  g_assert_cmpint (words.status, ==, 0);
  g_assert_cmpstr (words.errors, ==, "");
  g_assert_nonnull (strstr (words.output, "2 roads in 3 segments between 4 junctions"));
  g_assert_nonnull (strstr (words.output, "1 nodes of 1 roads lie outside"));
  json = run ("import %F/streets.osm -o %F/streets.city --json --roads-only --start 43.7,7.4");
  g_assert_cmpint (json.status, ==, 0);
  object = parse (parser, json.output);
  g_assert_cmpint (json_object_get_int_member (object, "segments"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (object, "missing_nodes"), ==, 1);
  info = run ("info %F/streets.city --json");
  g_assert_cmpint (info.status, ==, 0);
  object = parse (parser, info.output);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "Streets");
  g_assert_cmpint (json_object_get_int_member (object, "junctions"), ==, 4);
}

static void
test_usage (void)
{
  static const char *const lines[] = { "import", "import a.osm", "import a b -o c", "info",
                                       "import a -o b --start here", "import --nonsense",
                                       "info a b" };

  for (unsigned i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Answer) answer = run (lines[i]);

      g_assert_cmpint (answer.status, ==, 2);
      g_assert_nonnull (strstr (answer.errors, "--help"));
      g_assert_cmpstr (answer.output, ==, "");
    }
}

static void
test_refused (void)
{
  static const char *const lines[] = {
    "import %F/none.osm -o %F/x.city",      "import %F/empty.osm -o %F/x.city",
    "import %F/text.osm -o %F/x.city",      "import %F/cut.osm -o %F/x.city",
    "import %F/streets.osm -o %F/no/x.city", "import %F/streets.osm -o %F/x.city --country FRA",
    "import %F/streets.osm -o %F/x.city --elevation %F/none", "info %F/streets.osm",
    "import %F -o %F/x.city",
  };
  g_autofree char *city = g_build_filename (volant_test_folder (), "x.city", NULL);

  write_streets ();
  write_file ("empty.osm", "");
  write_file ("text.osm", "hello");
  write_file ("cut.osm", "<osm><node id='1' lat='1' lon='1'/>");
  for (unsigned i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Answer) answer = run (lines[i]);

      g_test_message ("%s", answer.errors);
      g_assert_cmpint (answer.status, ==, 1);
      g_assert_true (g_str_has_prefix (answer.errors, "volant i"));
      g_assert_false (g_file_test (city, G_FILE_TEST_EXISTS));
    }
}

/* A long file: a street through very many nodes. */
static void
write_long_file (void)
{
  g_autoptr (GString) xml = g_string_new ("<osm version='0.6'>\n");

  for (unsigned i = 1; i <= 500000; i++)
    g_string_append_printf (xml, "<node id='%u' lat='43.%07u' lon='7.4' version='1' user='x'/>\n",
                            i, i);
  g_string_append (xml, "<way id='1'><nd ref='1'/><nd ref='2'/>"
                        "<tag k='highway' v='residential'/></way></osm>\n");
  write_file ("long.osm", xml->str);
}

/* Whether the program has begun: then it holds a file in the folder open to write to. */
static bool
has_begun (void *data)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%s/fd", (const char *) data);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      if (target != NULL && g_str_has_prefix (target, volant_test_folder ()) &&
          !g_str_has_suffix (target, "long.osm"))
        return true;
    }
  return false;
}

static unsigned
count_cities (void)
{
  g_autoptr (GDir) dir = g_dir_open (volant_test_folder (), 0, NULL);
  const char *name;
  unsigned count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    count += strstr (name, "long.city") != NULL;
  return count;
}

static void
test_interrupted (void)
{
  g_autofree char *source = g_build_filename (volant_test_folder (), "long.osm", NULL);
  g_autofree char *city = g_build_filename (volant_test_folder (), "long.city", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  write_long_file ();
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                              g_getenv ("VOLANT_TEST_PROGRAM"), "import", source, "-o", city, NULL);
  g_assert_no_error (error);
  g_assert_true (
      volant_test_wait (has_begun, (void *) g_subprocess_get_identifier (process), 20.0));
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &words, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (strstr (words, "stopped"));
  g_assert_cmpuint (count_cities (), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli-import/done", test_done);
  g_test_add_func ("/cli-import/usage", test_usage);
  g_test_add_func ("/cli-import/refused", test_refused);
  g_test_add_func ("/cli-import/interrupted", test_interrupted);
  return g_test_run ();
}
