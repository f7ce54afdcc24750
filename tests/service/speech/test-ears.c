/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/ears.h"
#include "speech/mouth.h"
#include "speech/sound.h"
#include "tests/support.h"

#include <glib/gstdio.h>
#include <string.h>

/* The ears as a service: a file played in real time for a microphone, sound files good and bad, and
 * what people do to a button. */

#define DEADLINE_S 40.0

typedef struct {
  VolantEars *ears;
  GAsyncResult *result;
  VolantHearing *hearing;
  unsigned n_heard;
  unsigned n_failed;
  unsigned n_partial;
  unsigned n_levels;
  VolantEarsState states[16];
  unsigned n_states;
} Scene;

static void
on_result (GObject *object, GAsyncResult *result, void *data)
{
  ((Scene *) data)->result = g_object_ref (result);
}

static bool
has_result (void *data)
{
  return ((Scene *) data)->result != NULL;
}

static bool
has_heard (void *data)
{
  return ((Scene *) data)->n_heard > 0;
}

static void
on_heard (VolantEars *ears, VolantHearing *hearing, Scene *scene)
{
  scene->n_heard++;
  g_clear_pointer (&scene->hearing, volant_hearing_unref);
  scene->hearing = volant_hearing_ref (hearing);
}

static void
on_failed (VolantEars *ears, const GError *error, Scene *scene)
{
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE);
  g_test_message ("failed: %s", error->message);
  scene->n_failed++;
}

static void
on_partial (VolantEars *ears, const char *words, Scene *scene)
{
  scene->n_partial++;
}

static void
on_state (VolantEars *ears, GParamSpec *pspec, Scene *scene)
{
  if (scene->n_states < G_N_ELEMENTS (scene->states))
    scene->states[scene->n_states++] = volant_ears_get_state (ears);
}

static void
on_level (VolantEars *ears, GParamSpec *pspec, Scene *scene)
{
  scene->n_levels++;
}

static char *
catalogue_path (void)
{
  return g_build_filename (g_getenv ("VOLANT_TEST_SOURCE"), "data", "commands", "en.commands",
                           NULL);
}

static void
open_scene (Scene *scene, const char *source)
{
  static const VolantSpokenName names[] = {
    { "s1", "Gare de Lyon", "fr" },
    { "s2", "Vieux Port", "fr" },
  };
  g_autofree char *catalogue = catalogue_path ();
  g_autoptr (GError) error = NULL;

  memset (scene, 0, sizeof *scene);
  volant_ears_new_async ("en", catalogue, NULL, source, NULL, on_result, scene);
  g_assert_true (volant_test_wait (has_result, scene, DEADLINE_S));
  scene->ears = volant_ears_new_finish (scene->result, &error);
  g_assert_no_error (error);
  g_clear_object (&scene->result);
  volant_ears_set_names (scene->ears, "station", names, G_N_ELEMENTS (names));
  g_signal_connect (scene->ears, "heard", G_CALLBACK (on_heard), scene);
  g_signal_connect (scene->ears, "failed", G_CALLBACK (on_failed), scene);
  g_signal_connect (scene->ears, "partial", G_CALLBACK (on_partial), scene);
  g_signal_connect (scene->ears, "notify::state", G_CALLBACK (on_state), scene);
  g_signal_connect (scene->ears, "notify::level-db", G_CALLBACK (on_level), scene);
}

static void
close_scene (Scene *scene)
{
  g_signal_handlers_disconnect_by_data (scene->ears, scene);
  g_clear_pointer (&scene->hearing, volant_hearing_unref);
  g_assert_finalize_object (scene->ears);
}

/* A sentence in a faint room, with silence_s before and after it (transfer full). */
static char *
make_file (const char *name, const char *text, double silence_s, unsigned rate_hz)
{
  g_autofree char *dry = g_build_filename (volant_test_folder (), "dry.wav", NULL);
  char *path = g_build_filename (volant_test_folder (), name, NULL);
  g_autoptr (GArray) sound = NULL;
  g_autofree int16_t *silence = g_new0 (int16_t, (size_t) (silence_s * rate_hz) + 1);
  GRand *random = g_rand_new_with_seed (5);

  g_assert_true (volant_mouth_say_to_file (text, "en", NULL, rate_hz, dry, NULL));
  sound = volant_sound_read (dry, rate_hz, 60, NULL, NULL);
  g_assert_nonnull (sound);
  g_array_prepend_vals (sound, silence, (unsigned) (silence_s * rate_hz));
  g_array_append_vals (sound, silence, (unsigned) (silence_s * rate_hz));
  for (unsigned i = 0; i < sound->len; i++)
    g_array_index (sound, int16_t, i) = (int16_t) CLAMP (
        g_array_index (sound, int16_t, i) + g_rand_int_range (random, -30, 31), -32768, 32767);
  g_rand_free (random);
  g_assert_true (volant_sound_write_wav (path, (const int16_t *) (void *) sound->data, sound->len,
                                         rate_hz, NULL));
  return path;
}

static VolantHearing *
hear_file (Scene *scene, const char *path, GError **error)
{
  VolantHearing *hearing;

  volant_ears_hear_file_async (scene->ears, path, NULL, on_result, scene);
  g_assert_true (volant_test_wait (has_result, scene, DEADLINE_S));
  hearing = volant_ears_hear_file_finish (scene->ears, scene->result, error);
  g_clear_object (&scene->result);
  return hearing;
}

static char *
microphone_of (const char *path)
{
  return g_strdup_printf ("filesrc location=%s ! wavparse ! audioconvert ! identity sync=true",
                          path);
}

static void
test_live (void)
{
  g_autofree char *path = make_file ("live.wav", "Take me to Gare de Lyon.", 3.0, 16000);
  g_autofree char *source = microphone_of (path);
  Scene scene;
  g_autofree char *station = NULL;

  open_scene (&scene, source);
  g_assert_true (volant_ears_has_microphone (scene.ears));
  g_assert_true (volant_ears_start (scene.ears, NULL));
  g_assert_true (volant_test_wait (has_heard, &scene, DEADLINE_S));
  g_assert_cmpstr (scene.hearing->action, ==, "nav.go-to");
  g_variant_lookup (scene.hearing->parameters, "station", "s", &station);
  g_assert_cmpstr (station, ==, "s1");
  g_assert_cmpuint (scene.n_heard, ==, 1);
  g_assert_cmpuint (scene.n_states, ==, 3);
  g_assert_cmpint (scene.states[0], ==, VOLANT_EARS_LISTENING);
  g_assert_cmpint (scene.states[1], ==, VOLANT_EARS_THINKING);
  g_assert_cmpint (scene.states[2], ==, VOLANT_EARS_IDLE);
  g_assert_cmpuint (scene.n_levels, >, 10);
  g_assert_cmpuint (scene.n_partial, >, 0);
  /* The end of speech was found: the three seconds after it were not waited for. */
  g_assert_cmpfloat (scene.hearing->speech_s, <, 6.5);
  close_scene (&scene);
}

static void
test_presses (void)
{
  Scene scene;

  open_scene (&scene, "audiotestsrc wave=silence is-live=true");
  for (unsigned i = 1; i <= 10; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (volant_ears_start (scene.ears, NULL));
      g_assert_false (volant_ears_start (scene.ears, &error));
      g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_BUSY);
      volant_ears_cancel (scene.ears);
      g_assert_cmpuint (scene.n_heard, ==, i);
      g_assert_cmpstr (scene.hearing->note, ==, "cancelled");
      g_assert_cmpint (volant_ears_get_state (scene.ears), ==, VOLANT_EARS_IDLE);
    }
  volant_ears_cancel (scene.ears);
  volant_ears_stop (scene.ears);
  g_assert_cmpuint (scene.n_heard, ==, 10);
  scene.n_heard = 0;
  g_assert_true (volant_ears_start (scene.ears, NULL));
  volant_ears_stop (scene.ears);
  g_assert_true (volant_test_wait (has_heard, &scene, DEADLINE_S));
  g_assert_cmpint (scene.hearing->decision, ==, VOLANT_HEARING_REJECT);
  g_assert_cmpint (volant_ears_get_state (scene.ears), ==, VOLANT_EARS_IDLE);
  close_scene (&scene);
}

/* Silence ends a session by itself. */
static void
test_silence (void)
{
  Scene scene;

  open_scene (&scene, "audiotestsrc wave=silence");
  g_assert_true (volant_ears_start (scene.ears, NULL));
  g_assert_true (volant_test_wait (has_heard, &scene, DEADLINE_S));
  g_assert_cmpint (scene.hearing->decision, ==, VOLANT_HEARING_REJECT);
  g_assert_cmpstr (scene.hearing->note, ==, "too quiet");
  close_scene (&scene);
}

static void
test_unplugged (void)
{
  Scene scene;

  open_scene (&scene, "audiotestsrc is-live=true ! identity error-after=8");
  g_assert_true (volant_ears_start (scene.ears, NULL));
  g_assert_true (volant_test_wait (has_heard, &scene, DEADLINE_S));
  g_assert_cmpstr (scene.hearing->note, ==, "the microphone went away");
  g_assert_cmpuint (scene.n_failed, ==, 1);
  g_assert_cmpuint (scene.n_heard, ==, 1);
  g_assert_cmpint (volant_ears_get_state (scene.ears), ==, VOLANT_EARS_IDLE);
  close_scene (&scene);
}

/* It goes away in the middle of a sentence: one press is still one answer. The next press fails
 * likewise and is answered too. Whether words had come already is a matter of the machine's speed. */
static void
test_unplugged_in_speech (void)
{
  g_autofree char *path = make_file ("cut-off.wav", "Take me to Gare de Lyon.", 0.9, 16000);
  g_autofree char *source =
      g_strdup_printf ("filesrc location=%s ! wavparse ! audioconvert ! "
                       "identity sync=true error-after=14", /* pieces of 0.128 s */
                       path);
  Scene scene;

  open_scene (&scene, source);
  for (unsigned i = 1; i <= 2; i++)
    {
      g_assert_true (volant_ears_start (scene.ears, NULL));
      scene.n_heard = 0;
      g_assert_true (volant_test_wait (has_heard, &scene, DEADLINE_S));
      g_assert_cmpint (scene.hearing->decision, ==, VOLANT_HEARING_REJECT);
      g_assert_cmpstr (scene.hearing->note, ==, "the microphone went away");
      g_assert_null (scene.hearing->action);
      g_assert_cmpuint (scene.n_heard, ==, 1);
      g_assert_cmpuint (scene.n_failed, ==, i);
      g_assert_cmpuint (scene.n_levels, >, 0);
      g_assert_cmpint (volant_ears_get_state (scene.ears), ==, VOLANT_EARS_IDLE);
    }
  close_scene (&scene);
}

/* A compressed recording at another rate for a microphone. */
static void
test_decoded_source (void)
{
  g_autofree char *path = make_file ("decoded.wav", "Take me to Gare de Lyon.", 1.5, 44100);
  g_autofree char *flac = g_build_filename (volant_test_folder (), "decoded.flac", NULL);
  g_autofree char *line =
      g_strdup_printf ("gst-launch-1.0 -q filesrc location=%s ! wavparse ! audioconvert ! flacenc "
                       "! filesink location=%s",
                       path, flac);
  g_autofree char *source = g_strdup_printf (
      "filesrc location=%s ! decodebin ! audioconvert ! audioresample ! identity sync=true", flac);
  Scene scene;

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, NULL, NULL));
  open_scene (&scene, source);
  for (unsigned i = 1; i <= 2; i++)
    {
      scene.n_heard = 0;
      g_assert_true (volant_ears_start (scene.ears, NULL));
      g_assert_true (volant_test_wait (has_heard, &scene, DEADLINE_S));
      g_test_message ("press %u: “%s” %.1f s %s", i, scene.hearing->words, scene.hearing->speech_s,
                      scene.hearing->note);
      g_assert_cmpstr (scene.hearing->action, ==, "nav.go-to");
      g_assert_cmpuint (scene.n_heard, ==, 1);
      g_assert_cmpuint (scene.n_failed, ==, 0);
    }
  close_scene (&scene);
}

/* Pressed and let go again at once, ten times: ten answers, no eleventh. */
static void
test_taps (void)
{
  Scene scene;

  open_scene (&scene, "audiotestsrc wave=silence is-live=true");
  for (unsigned i = 1; i <= 10; i++)
    {
      scene.n_heard = 0;
      g_assert_true (volant_ears_start (scene.ears, NULL));
      volant_ears_stop (scene.ears);
      volant_ears_stop (scene.ears);
      g_assert_false (volant_ears_start (scene.ears, NULL));
      g_assert_true (volant_test_wait (has_heard, &scene, DEADLINE_S));
      g_assert_cmpuint (scene.n_heard, ==, 1);
      g_assert_cmpint (scene.hearing->decision, ==, VOLANT_HEARING_REJECT);
      g_assert_cmpint (volant_ears_get_state (scene.ears), ==, VOLANT_EARS_IDLE);
    }
  g_assert_cmpuint (scene.n_failed, ==, 0);
  close_scene (&scene);
}

static void
test_no_microphone (void)
{
  g_autofree char *path = make_file ("file.wav", "Play some music.", 0.5, 16000);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantHearing) hearing = NULL;
  Scene scene;

  open_scene (&scene, "none");
  g_assert_false (volant_ears_has_microphone (scene.ears));
  g_assert_false (volant_ears_start (scene.ears, &error));
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE);
  hearing = hear_file (&scene, path, NULL);
  g_assert_cmpstr (hearing->action, ==, "media.play");
  g_assert_cmpuint (scene.n_heard, ==, 0);
  close_scene (&scene);
}

/* The rates and channels of the world's files. */
static void
test_formats (void)
{
  g_autofree char *high = make_file ("high.wav", "Play some music.", 0.5, 48000);
  g_autofree char *low = make_file ("low.wav", "Play some music.", 0.5, 8000);
  g_autofree char *stereo = g_build_filename (volant_test_folder (), "stereo.wav", NULL);
  g_autofree char *line = g_strdup_printf (
      "gst-launch-1.0 -q filesrc location=%s ! wavparse ! audioconvert ! audio/x-raw,channels=2 ! "
      "wavenc ! filesink location=%s",
      high, stereo);
  const char *const files[] = { high, stereo };
  g_autoptr (VolantHearing) narrow = NULL;
  Scene scene;

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, NULL, NULL));
  open_scene (&scene, "none");
  for (unsigned i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (VolantHearing) hearing = hear_file (&scene, files[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (hearing->action, ==, "media.play");
    }
  /* At 8 kHz half of the sound is missing: it must be read, whatever is understood. */
  narrow = hear_file (&scene, low, NULL);
  g_assert_nonnull (narrow);
  close_scene (&scene);
}

static void
test_bad_files (void)
{
  g_autofree char *garbage = g_build_filename (volant_test_folder (), "garbage.wav", NULL);
  g_autofree char *empty = g_build_filename (volant_test_folder (), "empty.wav", NULL);
  g_autofree char *cut = g_build_filename (volant_test_folder (), "cut.wav", NULL);
  g_autofree char *whole = make_file ("whole.wav", "Play some music.", 0.5, 16000);
  g_autofree char *bytes = NULL;
  size_t length;
  const char *const files[] = { garbage, empty, "/nowhere.wav" };
  g_autoptr (VolantHearing) part = NULL;
  Scene scene;

  g_assert_true (g_file_set_contents (garbage, "this is no sound at all, is it?", -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, (gssize) length / 3, NULL));
  open_scene (&scene, "none");
  for (unsigned i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hear_file (&scene, files[i], &error));
      g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_AUDIO);
    }
  part = hear_file (&scene, cut, NULL);
  g_assert_nonnull (part);
  close_scene (&scene);
}

/* Gone while it listens. */
static void
test_dropped (void)
{
  Scene scene;

  open_scene (&scene, "audiotestsrc is-live=true");
  g_assert_true (volant_ears_start (scene.ears, NULL));
  close_scene (&scene);
}

static bool
is_ready (void *data)
{
  gboolean ready;

  g_object_get (((Scene *) data)->ears, "ready", &ready, NULL);
  return ready;
}

/* Names that come and go: the grammar follows. */
static void
test_names (void)
{
  g_autofree char *path = make_file ("names.wav", "Take me to Montparnasse.", 0.5, 16000);
  Scene scene;

  open_scene (&scene, "none");
  for (unsigned i = 0; i < 12; i++)
    {
      const VolantSpokenName name = { "m", i % 2 == 0 ? "Montparnasse" : "Châtelet", "fr" };
      g_autoptr (VolantHearing) hearing = NULL;

      volant_ears_set_names (scene.ears, "station", &name, 1);
      g_assert_true (volant_test_wait (is_ready, &scene, DEADLINE_S));
      if (i < 10)
        continue;
      hearing = hear_file (&scene, path, NULL);
      if (i % 2 == 0)
        g_assert_cmpstr (hearing->words, ==, "take me to Montparnasse");
      else
        g_assert_null (strstr (hearing->words, "Montparnasse"));
    }
  close_scene (&scene);
}

static void
test_no_catalogue (void)
{
  Scene scene = { 0 };
  g_autoptr (GError) error = NULL;

  volant_ears_new_async ("en", "/nowhere.commands", NULL, "none", NULL, on_result, &scene);
  g_assert_true (volant_test_wait (has_result, &scene, DEADLINE_S));
  g_assert_null (volant_ears_new_finish (scene.result, &error));
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID);
  g_clear_object (&scene.result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ears/live", test_live);
  g_test_add_func ("/ears/presses", test_presses);
  g_test_add_func ("/ears/silence", test_silence);
  g_test_add_func ("/ears/unplugged", test_unplugged);
  g_test_add_func ("/ears/unplugged-in-speech", test_unplugged_in_speech);
  g_test_add_func ("/ears/decoded-source", test_decoded_source);
  g_test_add_func ("/ears/taps", test_taps);
  g_test_add_func ("/ears/no-microphone", test_no_microphone);
  g_test_add_func ("/ears/formats", test_formats);
  g_test_add_func ("/ears/bad-files", test_bad_files);
  g_test_add_func ("/ears/dropped", test_dropped);
  g_test_add_func ("/ears/names", test_names);
  g_test_add_func ("/ears/no-catalogue", test_no_catalogue);
  return g_test_run ();
}
