/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/mouth.h"
#include "speech/sound.h"
#include "tests/support.h"

#include <string.h>

/* The mouth: order, priorities, silence on demand, and no sound card. */

#define DEADLINE_S 30.0

typedef struct {
  GString *log; /* "+1 -1! …": started, finished; ! is not complete */
  unsigned n_finished;
  unsigned n_wanted;
  unsigned n_failed;
} Record;

static void
on_started (VolantMouth *mouth, unsigned number, const char *text, Record *record)
{
  g_string_append_printf (record->log, "+%u ", number);
}

static void
on_finished (VolantMouth *mouth, unsigned number, gboolean is_complete, Record *record)
{
  g_string_append_printf (record->log, "-%u%s ", number, is_complete ? "" : "!");
  record->n_finished++;
}

static void
on_failed (VolantMouth *mouth, const GError *error, Record *record)
{
  record->n_failed++;
}

static bool
all_finished (void *data)
{
  const Record *record = data;

  return record->n_finished >= record->n_wanted;
}

static bool
is_begun (void *data)
{
  return strchr (((Record *) data)->log->str, '+') != NULL;
}

static VolantMouth *
open_mouth (Record *record, const char *sink)
{
  VolantMouth *mouth = volant_mouth_new (sink, NULL);

  g_assert_nonnull (mouth);
  memset (record, 0, sizeof *record);
  record->log = g_string_new (NULL);
  g_signal_connect (mouth, "started", G_CALLBACK (on_started), record);
  g_signal_connect (mouth, "finished", G_CALLBACK (on_finished), record);
  g_signal_connect (mouth, "failed", G_CALLBACK (on_failed), record);
  return mouth;
}

static void
close_mouth (VolantMouth *mouth, Record *record)
{
  g_signal_handlers_disconnect_by_data (mouth, record);
  g_string_free (record->log, TRUE);
  g_object_unref (mouth);
}

static void
wait_for (Record *record, unsigned n_finished)
{
  record->n_wanted = n_finished;
  g_assert_true (volant_test_wait (all_finished, record, DEADLINE_S));
}

static void
test_order (void)
{
  Record record;
  VolantMouth *mouth = open_mouth (&record, "none");
  int64_t start_us = g_get_monotonic_time ();

  g_assert_false (volant_mouth_is_speaking (mouth));
  g_assert_cmpuint (volant_mouth_say (mouth, "one", "en", VOLANT_SAY_ANSWER), ==, 1);
  g_assert_cmpuint (volant_mouth_say (mouth, "deux", "fr", VOLANT_SAY_ANSWER), ==, 2);
  g_assert_cmpuint (volant_mouth_say (mouth, "三", "zh", VOLANT_SAY_ANSWER), ==, 3);
  g_assert_true (volant_mouth_is_speaking (mouth));
  wait_for (&record, 3);
  g_assert_cmpstr (record.log->str, ==, "+1 -1 +2 -2 +3 -3 ");
  g_assert_false (volant_mouth_is_speaking (mouth));
  /* The dummy takes the time the words take. */
  g_assert_cmpint (g_get_monotonic_time () - start_us, >, 500000);
  close_mouth (mouth, &record);
}

static void
test_priorities (void)
{
  Record record;
  VolantMouth *mouth = open_mouth (&record, "none");

  volant_mouth_say (mouth, "A long answer that will not be heard to its end.", "en",
                    VOLANT_SAY_ANSWER);
  g_assert_true (volant_test_wait (is_begun, &record, DEADLINE_S));
  volant_mouth_say (mouth, "small talk", "en", VOLANT_SAY_CHAT);
  volant_mouth_say (mouth, "another answer", "en", VOLANT_SAY_ANSWER);
  volant_mouth_say (mouth, "turn left", "en", VOLANT_SAY_MANOEUVRE);
  volant_mouth_say (mouth, "turn right", "en", VOLANT_SAY_MANOEUVRE);
  volant_mouth_say (mouth, "turn back", "en", VOLANT_SAY_MANOEUVRE);
  wait_for (&record, 6);
  g_assert_cmpstr (record.log->str, ==, "+1 -2! -1! -5! +4 -4 +6 -6 +3 -3 ");
  close_mouth (mouth, &record);
}

static void
test_stop (void)
{
  Record record;
  VolantMouth *mouth = open_mouth (&record, "fakesink sync=true");

  volant_mouth_say (mouth, "This is a very long sentence that somebody will interrupt.", "en",
                    VOLANT_SAY_ANSWER);
  volant_mouth_say (mouth, "And this one waits.", "en", VOLANT_SAY_ANSWER);
  g_assert_true (volant_test_wait (is_begun, &record, DEADLINE_S));
  volant_mouth_stop (mouth);
  g_assert_cmpstr (record.log->str, ==, "+1 -2! -1! ");
  g_assert_false (volant_mouth_is_speaking (mouth));
  volant_mouth_stop (mouth);
  volant_mouth_set_muted (mouth, true);
  volant_mouth_say (mouth, "Again.", "en", VOLANT_SAY_ANSWER);
  wait_for (&record, 3);
  g_assert_cmpstr (record.log->str, ==, "+1 -2! -1! +3 -3 ");
  close_mouth (mouth, &record);
}

/* Said once; the sentences go on without sound. */
static void
test_no_sound_card (void)
{
  Record record;
  VolantMouth *mouth = open_mouth (&record, "alsasink device=volant-nowhere");

  volant_mouth_say (mouth, "one", "en", VOLANT_SAY_ANSWER);
  volant_mouth_say (mouth, "two", "en", VOLANT_SAY_ANSWER);
  wait_for (&record, 2);
  g_assert_cmpuint (record.n_failed, ==, 1);
  g_assert_nonnull (strstr (record.log->str, "-2 "));
  close_mouth (mouth, &record);
}

static void
test_file (void)
{
  g_autofree char *path = g_build_filename (volant_test_folder (), "say.wav", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) sound = NULL;

  g_assert_true (volant_mouth_say_to_file ("Bonjour", "fr", NULL, 16000, path, &error));
  g_assert_no_error (error);
  sound = volant_sound_read (path, 16000, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sound->len, >, 16000);
  g_assert_cmpfloat (
      volant_sound_level_db ((const int16_t *) (void *) sound->data, sound->len), >, -40.0);
  g_assert_false (volant_mouth_say_to_file ("a", "en", "no-such-voice", 0, path, &error));
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_VOICE);
  g_clear_error (&error);
  g_assert_false (volant_mouth_say_to_file ("a", "en", NULL, 0, "/nowhere/a.wav", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mouth/order", test_order);
  g_test_add_func ("/mouth/priorities", test_priorities);
  g_test_add_func ("/mouth/stop", test_stop);
  g_test_add_func ("/mouth/no-sound-card", test_no_sound_card);
  g_test_add_func ("/mouth/file", test_file);
  return g_test_run ();
}
