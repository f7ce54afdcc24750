/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/script/script-runner.h"

#include <gio/gio.h>
#include <string.h>

/* volant script FILE: plays a script; exit status 0 where every step came out, else 1. */

static char *output;
static char *size;
static char *language;
static char *city;
static char *stations;
static char *media;
static GStrv settings;
static gboolean keep_going;
static gboolean show;

static const GOptionEntry entries[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
    "Folder for pictures, sound and the program's words (a new one in the temporary folder)",
    "FOLDER" },
  { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &settings, "Give ${NAME} a value", "NAME=VALUE" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Size of the window", "WIDTHxHEIGHT" },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language, "Language of the program", "en|fr|zh" },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city, "City file instead of the demo's", "CITY" },
  { "stations", 0, 0, G_OPTION_ARG_STRING, &stations, "Station feed instead of the demo's",
    "LOCATION" },
  { "media", 0, 0, G_OPTION_ARG_FILENAME, &media, "Folder of music instead of the demo's",
    "FOLDER" },
  { "keep-going", 'k', 0, G_OPTION_ARG_NONE, &keep_going, "Go on after a step that failed", NULL },
  { "show", 0, 0, G_OPTION_ARG_NONE, &show, "Play on the display there is, not a virtual one",
    NULL },
  { NULL },
};

static GHashTable *
read_settings (const VolantCommand *command, int *status)
{
  g_autoptr (GHashTable) variables
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (unsigned i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      const char *equals = strchr (settings[i], '=');

      if (equals == NULL || equals == settings[i])
        {
          *status = volant_cli_usage (command, "--set wants NAME=VALUE, not “%s”", settings[i]);
          return NULL;
        }
      g_hash_table_insert (variables, g_strndup (settings[i], equals - settings[i]),
                           g_strdup (equals + 1));
    }
  return g_steal_pointer (&variables);
}

/* The shell's own options, in front of those of the script's "start". */
static GPtrArray *
collect_arguments (void)
{
  const struct {
    const char *option;
    const char *value;
  } given[] = {
    { "--size", size },         { "--language", language }, { "--city", city },
    { "--stations", stations }, { "--media", media },
  };
  GPtrArray *arguments = g_ptr_array_new ();

  for (unsigned i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i].value != NULL)
      {
        g_ptr_array_add (arguments, (char *) given[i].option);
        g_ptr_array_add (arguments, (char *) given[i].value);
      }
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

static int
play (const VolantCommand *command, const char *path, GHashTable *variables)
{
  g_autoptr (GPtrArray) arguments = collect_arguments ();
  VolantScriptOptions options = {
    .arguments = (const char *const *) arguments->pdata,
    .variables = variables,
    .keep_going = keep_going,
    .show = show,
  };
  g_autoptr (VolantScript) script = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  size_t length;
  int n_failed;

  if (!g_file_get_contents (path, &text, &length, &error))
    return volant_cli_refuse (command, error);
  script = volant_script_parse (path, text, (gssize) length, &error);
  if (script == NULL)
    return volant_cli_refuse (command, error);
  if (output == NULL)
    output = g_dir_make_tmp ("volant-script-XXXXXX", &error);
  else if (g_mkdir_with_parents (output, 0755) != 0)
    g_set_error (&error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: no such folder can be made",
                 output);
  if (error != NULL)
    return volant_cli_refuse (command, error);
  options.output = output;
  n_failed = volant_script_play (script, &options, &error);
  if (n_failed < 0)
    return volant_cli_refuse (command, error);
  g_print ("%s: %s; pictures, sound and the program's words are in %s\n", path,
           n_failed == 0 ? "all steps came out" : "FAILED", output);
  return n_failed == 0 ? VOLANT_EXIT_DONE : VOLANT_EXIT_REFUSED;
}

static int
run (int argc, char **argv)
{
  const VolantCommand *command = &volant_command_script;
  g_autoptr (GHashTable) variables = NULL;
  int status;

  if (!volant_cli_parse (command, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return volant_cli_usage (command, "name one script file");
  variables = read_settings (command, &status);
  if (variables == NULL)
    return status;
  return play (command, argv[1], variables);
}

const VolantCommand volant_command_script = {
  .name = "script",
  .arguments = "FILE",
  .summary = "Play a script on the real program, on a virtual display and a private bus",
  .details
  = "Steps, one a line (“#” begins a comment, “…” holds words together, ${NAME} is a variable):\n"
    "  set NAME VALUE                         record NAME (before start)\n"
    "  start [OPTION …]                       screenshot NAME\n"
    "  say \"WORDS\" [in LANGUAGE] [voice NAME] resize WIDTHxHEIGHT\n"
    "  tap ID | tap map LAT,LON               type ID \"TEXT\"\n"
    "  do ACTION [PARAMETER]                  key NAME\n"
    "  wait until CONDITION [within N s]      expect CONDITION\n"
    "A condition is KEY [is | is not | contains | < | > | <= | >= VALUE] on the program's state\n"
    "(“volant do --state” tells the keys), or [no] text \"TEXT\" [on ID] on the screen.",
  .run = run,
};
