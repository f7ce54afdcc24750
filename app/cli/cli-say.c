/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/text/text.h"
#include "speech/mouth.h"

/* `volant say`: a sentence through the loudspeaker or into a WAV file. */

static char *language;
static char *voice;
static char *output;
static int rate_hz;

static const GOptionEntry entries[] = {
  { "language", 'l', 0, G_OPTION_ARG_STRING, &language, "Language of the text (en)", "en|fr|zh" },
  { "voice", 0, 0, G_OPTION_ARG_STRING, &voice, "An espeak-ng voice, with --output", "VOICE" },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write a WAV file instead of playing",
    "FILE" },
  { "rate", 0, 0, G_OPTION_ARG_INT, &rate_hz, "Sample rate of the file (the voice's own)", "HZ" },
  { NULL },
};

typedef struct {
  bool is_done;
  bool has_failed;
  GError *error;
} Outcome;

static void
on_finished (VolantMouth *mouth, unsigned number, gboolean is_complete, Outcome *outcome)
{
  outcome->is_done = true;
}

static void
on_failed (VolantMouth *mouth, const GError *error, Outcome *outcome)
{
  if (outcome->error == NULL)
    outcome->error = g_error_copy (error);
}

static bool
say_aloud (const char *text, GError **error)
{
  g_autoptr (VolantMouth) mouth = volant_mouth_new (NULL, error);
  Outcome outcome = { 0 };

  if (mouth == NULL)
    return false;
  g_signal_connect (mouth, "finished", G_CALLBACK (on_finished), &outcome);
  g_signal_connect (mouth, "failed", G_CALLBACK (on_failed), &outcome);
  volant_mouth_say (mouth, text, language, VOLANT_SAY_ANSWER);
  while (!outcome.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (mouth, &outcome);
  if (outcome.error == NULL)
    return true;
  g_propagate_error (error, outcome.error);
  return false;
}

static int
run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int status;

  if (!volant_cli_parse (&volant_command_say, entries, &argc, &argv, &status))
    return status;
  if (language == NULL)
    language = g_strdup ("en");
  if (argc < 2)
    return volant_cli_usage (&volant_command_say, "a text is needed");
  if (!volant_language_is_known (language))
    return volant_cli_usage (&volant_command_say, "unknown language “%s”: en, fr or zh", language);
  if (rate_hz != 0 && (rate_hz < 4000 || rate_hz > 192000))
    return volant_cli_usage (&volant_command_say, "the rate must be 4000 to 192000 Hz");
  if (output == NULL && (voice != NULL || rate_hz != 0))
    return volant_cli_usage (&volant_command_say, "--voice and --rate need --output");
  text = g_strjoinv (" ", argv + 1);
  if (output != NULL ? !volant_mouth_say_to_file (text, language, voice, (unsigned) rate_hz, output,
                                                  &error)
                     : !say_aloud (text, &error))
    return volant_cli_refuse (&volant_command_say, error);
  return VOLANT_EXIT_DONE;
}

const VolantCommand volant_command_say = {
  .name = "say",
  .arguments = "[OPTION…] TEXT…",
  .summary = "Say a sentence, or write it as a WAV file",
  .run = run,
};
