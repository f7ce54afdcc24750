/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/script/script-recording.h"
#include "app/script/script.h"
#include "app/script/wav.h"
#include "tests/support.h"

#include <fcntl.h>
#include <unistd.h>

static void
test_steps (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantScript) script = volant_script_parse (
      "trip",
      "# a trip\n"
      "set station \"Gare \\\"Centrale\\\"\"\n"
      "\n"
      "  say \"take me to ${station}\" in fr voice mb   # aside\n"
      "tap map 43.7,7.4\n"
      "wait until navigation.state is not routing within 12.5 s\n"
      "wait until question contains Gare within 3s\n"
      "expect no text \"Stop\" on guidance-card\n"
      "expect media.volume <= 40\n"
      "screenshot arrival",
      -1, &error);
  const VolantStep *step;

  g_assert_no_error (error);
  g_assert_cmpuint (volant_script_get_n_steps (script), ==, 8);
  step = volant_script_get_step (script, 0);
  g_assert_cmpint (step->kind, ==, VOLANT_STEP_SET);
  g_assert_cmpstr (step->words[1], ==, "Gare \"Centrale\"");
  step = volant_script_get_step (script, 1);
  g_assert_cmpuint (step->line, ==, 4);
  g_assert_cmpstr (step->words[4], ==, "mb");
  g_assert_null (step->words[5]);
  g_assert_cmpint (volant_script_get_step (script, 2)->kind, ==, VOLANT_STEP_TAP_MAP);
  step = volant_script_get_step (script, 3);
  g_assert_cmpstr (step->condition.key, ==, "navigation.state");
  g_assert_cmpint (step->condition.compare, ==, VOLANT_COMPARE_IS_NOT);
  g_assert_cmpfloat (step->within_s, ==, 12.5);
  g_assert_cmpfloat (volant_script_get_step (script, 4)->within_s, ==, 3.0);
  step = volant_script_get_step (script, 5);
  g_assert_true (step->condition.negated);
  g_assert_null (step->condition.key);
  g_assert_cmpstr (step->condition.on, ==, "guidance-card");
}

/* Each is refused, with its line in the message. */
static void
test_bad_steps (void)
{
  static const char *const bad[] = {
    "jump",        "say",           "say \"open",     "tap",
    "tap a b",     "type id",       "wait 5",         "wait until",
    "expect",      "expect x is",   "expect text",    "expect text a on",
    "set a",       "resize",        "do",             "screenshot a b",
    "expect x is y z",              "wait until x within",
    "wait until x within -1 s",     "wait until x within nan",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strdup_printf ("# first\n%s\n", bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (volant_script_parse ("bad", text, -1, &error));
      g_assert_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_SYNTAX);
      g_assert_true (g_str_has_prefix (error->message, "bad:2: "));
    }
}

static void
test_not_text (void)
{
  g_autofree char *long_text = g_strnfill ((1u << 20) + 1, '#');

  g_assert_null (volant_script_parse ("bad", "\xff\xfe", 2, NULL));
  g_assert_null (volant_script_parse ("bad", "set a b\0c", 9, NULL));
  g_assert_null (volant_script_parse ("bad", long_text, -1, NULL));
}

static void
test_variables (void)
{
  g_autoptr (GHashTable) variables = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;

  g_hash_table_insert (variables, (char *) "a", (char *) "1");
  text = volant_script_expand ("x${a}y${a}$", variables, NULL);
  g_assert_cmpstr (text, ==, "x1y1$");
  g_assert_null (volant_script_expand ("${b}", variables, NULL));
  g_assert_null (volant_script_expand ("${a", variables, NULL));
}

static void
test_conditions (void)
{
  static const struct {
    const char *step;
    const char *actual;
    bool holds;
  } rows[] = {
    { "expect k", NULL, false },         { "expect k", "", false },
    { "expect k", "false", false },      { "expect k", "0", false },
    { "expect k", "0.0", false },        { "expect k", "word", true },
    { "expect no k", NULL, true },       { "expect k is 5", "5.0", true },
    { "expect k is a", "b", false },     { "expect k is not a", "b", true },
    { "expect k is not a", NULL, true }, { "expect k contains b", "abc", true },
    { "expect k < 5", "4.9", true },     { "expect k < 5", "word", false },
    { "expect k >= 5", "5", true },      { "expect k > 5", NULL, false },
    { "expect k at-most 5", "6", false },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VolantScript) script = volant_script_parse ("rows", rows[i].step, -1, NULL);
      const VolantStep *step = volant_script_get_step (script, 0);

      g_test_message ("%s, actual %s", rows[i].step, rows[i].actual);
      g_assert_cmpint (
          volant_condition_holds (&step->condition, step->condition.value, rows[i].actual), ==,
          rows[i].holds);
    }
}

static void
test_wav (void)
{
  g_autofree char *path = g_build_filename (volant_test_folder (), "a.wav", NULL);
  int16_t samples[] = { 1, -2, 3, -4, G_MAXINT16, G_MININT16 };
  unsigned rate_hz, n_channels;
  g_autoptr (GArray) read = NULL;
  g_autofree char *contents = NULL;
  size_t size;

  g_assert_true (volant_wav_write (path, 16000, 2, samples, 3, NULL));
  read = volant_wav_read (path, &rate_hz, &n_channels, NULL);
  g_assert_nonnull (read);
  g_assert_cmpuint (rate_hz, ==, 16000);
  g_assert_cmpuint (n_channels, ==, 2);
  g_assert_cmpmem (read->data, read->len * 2, samples, sizeof samples);

  /* cut anywhere, it is refused or read as far as it goes */
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  for (size_t length = 0; length < size; length++)
    {
      g_autoptr (GArray) part = NULL;

      g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
      part = volant_wav_read (path, &rate_hz, &n_channels, NULL);
      g_assert_true (part == NULL || part->len <= 6);
    }
}

static void
write_tone (const char *folder, const char *name, int16_t level, unsigned n_frames)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree int16_t *frames = g_new (int16_t, n_frames * 2);
  int fd = open (path, O_WRONLY);

  for (unsigned i = 0; i < n_frames * 2; i++)
    frames[i] = level;
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, frames, n_frames * 4), ==, (ssize_t) n_frames * 4);
  close (fd);
}

/* Two pipelines at once are added up; a recording in which nothing came is an error. */
static void
test_recording (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (volant_test_folder (), "mix.wav", NULL);
  g_autoptr (VolantRecording) silent = volant_recording_new (volant_test_folder (), &error);
  g_autoptr (VolantRecording) recording = NULL;
  g_autoptr (GArray) samples = NULL;
  unsigned rate_hz, n_channels;
  int peak = 0;

  g_assert_no_error (error);
  g_assert_false (volant_recording_finish (silent, path, NULL));
  g_clear_pointer (&silent, volant_recording_free);

  recording = volant_recording_new (volant_test_folder (), &error);
  g_assert_no_error (error);
  write_tone (volant_test_folder (), "media.pcm", 1000, 4800);
  write_tone (volant_test_folder (), "voice.pcm", 200, 4800);
  g_assert_true (volant_recording_finish (recording, path, &error));
  samples = volant_wav_read (path, &rate_hz, &n_channels, NULL);
  for (unsigned i = 0; i < samples->len; i++)
    peak = MAX (peak, g_array_index (samples, int16_t, i));
  g_assert_cmpint (peak, ==, 1200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/script/steps", test_steps);
  g_test_add_func ("/script/bad-steps", test_bad_steps);
  g_test_add_func ("/script/not-text", test_not_text);
  g_test_add_func ("/script/variables", test_variables);
  g_test_add_func ("/script/conditions", test_conditions);
  g_test_add_func ("/script/wav", test_wav);
  g_test_add_func ("/script/recording", test_recording);
  return g_test_run ();
}
