/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/cli/json-text.h"
#include "app/cli/hear-names.h"
#include "app/text/text.h"

#include <glib-unix.h>
#include <json-glib/json-glib.h>

/* `volant hear`: what the recogniser makes of sound files or of the microphone, a JSON line each. A
 * file that cannot be read gets a line too, with "error"; the rest is heard all the same. */

static char *commands;
static char *language;
static char *stations;
static char *city;
static char *names;
static char *names_language;
static char *model;
static char *microphone;
static char *expect;
static gboolean is_live;

static const GOptionEntry entries[] = {
  { "commands", 'c', 0, G_OPTION_ARG_FILENAME, &commands, "Command catalogue (the language's)",
    "FILE" },
  { "language", 'l', 0, G_OPTION_ARG_STRING, &language, "Language spoken (en)", "en|fr|zh" },
  { "stations", 's', 0, G_OPTION_ARG_FILENAME, &stations, "Stations whose names may be said",
    "FEED" },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city, "City whose streets and places may be said",
    "CITY" },
  { "names", 'n', 0, G_OPTION_ARG_FILENAME, &names, "Names that may be said, a line each", "FILE" },
  { "names-language", 0, 0, G_OPTION_ARG_STRING, &names_language, "Language of those names (fr)",
    "LANGUAGE" },
  { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model, "PocketSphinx model (the packaged English)",
    "DIR" },
  { "expect", 0, 0, G_OPTION_ARG_STRING, &expect, "What is waited for (command)",
    "command|yes-no|choice" },
  { "live", 0, 0, G_OPTION_ARG_NONE, &is_live, "Listen to the microphone until Ctrl-C", NULL },
  { "microphone", 0, 0, G_OPTION_ARG_STRING, &microphone,
    "GStreamer description of the microphone (the system's)", "SOURCE" },
  { NULL },
};

typedef struct {
  GAsyncResult *result;
  bool is_quitting;
  bool has_heard;
  GError *error;
} Wait;

static void
on_result (GObject *object, GAsyncResult *result, void *data)
{
  ((Wait *) data)->result = g_object_ref (result);
}

static void
await (Wait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, (double) (int64_t) (value * 1000.0 + 0.5) / 1000.0);
}

static void
add_slots (JsonBuilder *builder, const VolantHearing *hearing)
{
  GVariantIter iter;
  const char *slot;
  const char *value;

  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_object (builder);
  g_variant_iter_init (&iter, hearing->parameters);
  while (g_variant_iter_next (&iter, "{&s&s}", &slot, &value))
    add_text (builder, slot, value);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "same_named");
  json_builder_begin_array (builder);
  for (unsigned i = 0; hearing->same_named[i] != NULL; i++)
    json_builder_add_string_value (builder, hearing->same_named[i]);
  json_builder_end_array (builder);
}

static void
add_hearing (JsonBuilder *builder, const VolantHearing *hearing)
{
  static const char *const decisions[] = { "act", "confirm", "reject" };

  add_text (builder, "action", hearing->action);
  add_slots (builder, hearing);
  add_text (builder, "words", hearing->words);
  add_number (builder, "confidence", hearing->confidence);
  json_builder_set_member_name (builder, "score");
  json_builder_add_double_value (builder, hearing->score);
  add_text (builder, "decision", decisions[hearing->decision]);
  add_text (builder, "note", hearing->note);
  add_number (builder, "speech_s", hearing->speech_s);
  json_builder_set_member_name (builder, "ms");
  json_builder_begin_object (builder);
  add_number (builder, "decode", hearing->decode_ms - hearing->reject_ms);
  add_number (builder, "reject", hearing->reject_ms);
  json_builder_end_object (builder);
}

static void
print_line (const char *file, const VolantHearing *hearing, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "file", file);
  if (hearing != NULL)
    add_hearing (builder, hearing);
  else
    add_text (builder, "error", error->message);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = volant_json_to_text (root, FALSE);
  g_print ("%s\n", line);
}

static bool
hear_files (VolantEars *ears, char **files)
{
  bool all_read = true;

  for (; *files != NULL; files++)
    {
      Wait wait = { 0 };
      g_autoptr (VolantHearing) hearing = NULL;
      g_autoptr (GError) error = NULL;

      volant_ears_hear_file_async (ears, *files, NULL, on_result, &wait);
      await (&wait);
      hearing = volant_ears_hear_file_finish (ears, wait.result, &error);
      g_object_unref (wait.result);
      print_line (*files, hearing, error);
      if (hearing == NULL)
        {
          g_printerr ("volant hear: %s\n", error->message);
          all_read = false;
        }
    }
  return all_read;
}

static gboolean
on_interrupt (void *data)
{
  ((Wait *) data)->is_quitting = true;
  return G_SOURCE_CONTINUE;
}

static void
on_heard (VolantEars *ears, VolantHearing *hearing, Wait *wait)
{
  wait->has_heard = true;
  if (g_strcmp0 (hearing->note, "cancelled") != 0)
    print_line ("microphone", hearing, NULL);
}

static void
on_failed (VolantEars *ears, const GError *error, Wait *wait)
{
  g_clear_error (&wait->error);
  wait->error = g_error_copy (error);
}

static bool
hear_live (VolantEars *ears, GError **error)
{
  Wait wait = { 0 };
  unsigned interrupt = g_unix_signal_add (SIGINT, on_interrupt, &wait);

  g_signal_connect (ears, "heard", G_CALLBACK (on_heard), &wait);
  g_signal_connect (ears, "failed", G_CALLBACK (on_failed), &wait);
  while (!wait.is_quitting && wait.error == NULL)
    {
      wait.has_heard = false;
      if (!volant_ears_start (ears, &wait.error))
        break;
      g_printerr ("listening …\n");
      while (!wait.has_heard && !wait.is_quitting && wait.error == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  volant_ears_cancel (ears);
  g_signal_handlers_disconnect_by_data (ears, &wait);
  g_source_remove (interrupt);
  if (wait.error == NULL)
    return true;
  g_propagate_error (error, wait.error);
  return false;
}

/* The ears with all names; NULL with an error. */
static VolantEars *
open_ears (GError **error)
{
  g_autoptr (VolantEars) ears = NULL;
  const char *place_language = names_language != NULL ? names_language : "fr";
  Wait wait = { 0 };

  volant_ears_new_async (language, commands, model, is_live ? microphone : "none", NULL, on_result,
                         &wait);
  await (&wait);
  ears = volant_ears_new_finish (wait.result, error);
  g_object_unref (wait.result);
  if (ears == NULL ||
      (stations != NULL && !volant_hear_add_stations (ears, stations, place_language, error)) ||
      (city != NULL && !volant_hear_add_city (ears, city, place_language, error)) ||
      (names != NULL && !volant_hear_add_names (ears, names, place_language, error)))
    return NULL;
  return g_steal_pointer (&ears);
}

static int
expectation_of (const char *word)
{
  static const char *const words[] = { "command", "yes-no", "choice" };

  for (unsigned i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return (int) i;
  return word == NULL ? VOLANT_EXPECT_COMMAND : -1;
}

static int
run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantEars) ears = NULL;
  int status;

  if (!volant_cli_parse (&volant_command_hear, entries, &argc, &argv, &status))
    return status;
  if (language == NULL)
    language = g_strdup ("en");
  if (!volant_language_is_known (language))
    return volant_cli_usage (&volant_command_hear, "unknown language “%s”: en, fr or zh", language);
  if (expectation_of (expect) < 0)
    return volant_cli_usage (&volant_command_hear, "--expect is command, yes-no or choice");
  if (argc < 2 && !is_live)
    return volant_cli_usage (&volant_command_hear, "a sound file or --live is needed");
  if (commands == NULL)
    {
      g_autofree char *folder = volant_cli_demo_path ("commands");
      g_autofree char *name = g_strconcat (language, ".commands", NULL);

      commands = g_build_filename (folder, name, NULL);
    }
  ears = open_ears (&error);
  if (ears == NULL)
    return volant_cli_refuse (&volant_command_hear, error);
  volant_ears_set_expectation (ears, (VolantExpectation) expectation_of (expect));
  if (!hear_files (ears, argv + 1))
    return VOLANT_EXIT_REFUSED;
  if (is_live && !hear_live (ears, &error))
    return volant_cli_refuse (&volant_command_hear, error);
  return VOLANT_EXIT_DONE;
}

const VolantCommand volant_command_hear = {
  .name = "hear",
  .arguments = "[OPTION…] FILE…",
  .summary = "Understand spoken commands in sound files or from the microphone",
  .details = "One JSON line a file: file, action, parameters, words, confidence, decision\n"
             "(act, confirm, reject), ms per stage. FEED is a GBFS folder or URL, or a\n"
             "register of stations (CSV).",
  .run = run,
};
