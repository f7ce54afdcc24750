/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"

#include <string.h>

/* What is installed beside the program: the desktop's own checkers pass it, and the manual page knows
 * every option that --help shows. */

static bool
run (char **argv, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *complaints = NULL;
  int status = -1;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, words, &complaints, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s: %s%s", argv[0], *words, complaints);
  return status == 0;
}

static bool
has_tool (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  if (path == NULL)
    g_test_skip_printf ("%s is not installed", name);
  return path != NULL;
}

static void
test_desktop_file (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("VOLANT_TEST_BUILD"), "data",
                                            "org.volant.Volant.desktop", NULL);
  g_autofree char *words = NULL;
  char *argv[] = { "desktop-file-validate", path, NULL };

  if (!has_tool (argv[0]))
    return;
  g_assert_true (run (argv, &words));
  g_assert_cmpstr (words, ==, "");
}

static void
test_metainfo (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("VOLANT_TEST_SOURCE"), "data",
                                            "org.volant.Volant.metainfo.xml", NULL);
  g_autofree char *words = NULL;
  char *argv[] = { "appstreamcli", "validate", "--no-net", path, NULL };

  if (has_tool (argv[0]))
    g_assert_true (run (argv, &words));
}

/* The page with \- written as plain hyphens. */
static char *
read_manual (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("VOLANT_TEST_SOURCE"), "data", "volant.1",
                                            NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, "\\-", -1);
  return g_strjoinv ("-", parts);
}

/* What the page says of one command: from its heading to the next. */
static char *
section_of (const char *manual, const char *command)
{
  g_autofree char *heading = command != NULL ? g_strdup_printf (".SS volant %s ", command)
                                             : g_strdup (".SH OPTIONS OF THE SHELL");
  const char *start = strstr (manual, heading);
  const char *end;

  g_assert_nonnull (start);
  end = strstr (start + 1, "\n.S");
  return g_strndup (start, end != NULL ? (size_t) (end - start) : strlen (start));
}

static void
test_manual (void)
{
  static const char *const commands[] = {
    NULL, "import", "info", "route", "stations", "search", "hear", "say", "do", "script",
  };
  g_autofree char *manual = read_manual ();
  g_autoptr (GRegex) option = g_regex_new ("^ +(?:-[a-z], )?(--[a-z][a-z-]+)", G_REGEX_MULTILINE, 0,
                                           NULL);

  for (unsigned i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *section = section_of (manual, commands[i]);
      g_autofree char *help = NULL;
      g_autoptr (GMatchInfo) match = NULL;
      char *argv[] = { (char *) g_getenv ("VOLANT_TEST_PROGRAM"), (char *) commands[i], "--help",
                       NULL };

      if (commands[i] == NULL)
        argv[1] = "--help", argv[2] = NULL;
      g_assert_true (run (argv, &help));
      g_regex_match (option, help, 0, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          g_autofree char *name = g_match_info_fetch (match, 1);

          if (strstr (section, name) == NULL && !g_str_has_prefix (name, "--help"))
            {
              g_test_message ("volant(1) does not know %s of “volant %s”", name,
                              commands[i] != NULL ? commands[i] : "");
              g_test_fail ();
            }
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/data-files/desktop-file", test_desktop_file);
  g_test_add_func ("/data-files/metainfo", test_metainfo);
  g_test_add_func ("/data-files/manual", test_manual);
  return g_test_run ();
}
