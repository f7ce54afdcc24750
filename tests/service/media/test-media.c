/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "tests/service/media/media-support.h"
#include "tests/support.h"

#include <gst/gst.h>
#include <math.h>
#include <stdlib.h>

/* The music player doing its work, in silence or into a recording that is measured. */

static VolantMedia *
open_three (const char *name, const char *sink)
{
  g_autofree char *folder = test_media_folder (name);
  VolantMedia *media = volant_media_new (sink);
  g_autoptr (GError) error = NULL;
  unsigned n_skipped = 9;

  test_media_make_tone (folder, "1-low.flac", 2.0, 220.0, "Low");
  test_media_make_tone (folder, "2-middle.flac", 5.0, 440.0, NULL);
  test_media_make_tone (folder, "3-high.flac", 2.0, 880.0, "High");
  test_media_open (media, folder, &n_skipped, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_skipped, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (volant_media_get_queue (media)), ==, 3);
  return media;
}

static void
test_tags (void)
{
  g_autoptr (VolantMedia) media = open_three ("tags", "none");
  g_autoptr (VolantTrack) untagged = g_list_model_get_item (volant_media_get_queue (media), 1);
  VolantTrack *track = volant_media_get_track (media);

  g_assert_cmpstr (volant_track_get_title (track), ==, "Low");
  g_assert_cmpstr (volant_track_get_artist (track), ==, "Volant");
  g_assert_cmpint (volant_track_get_duration_ms (track), ==, 2000);
  g_assert_null (volant_track_get_cover (track));
  g_assert_cmpstr (volant_track_get_title (untagged), ==, "2-middle");
  g_assert_cmpstr (volant_track_get_artist (untagged), ==, "");
}

static void
test_play_pause_next (void)
{
  g_autoptr (VolantMedia) media = open_three ("play", "none");
  g_autoptr (GError) error = NULL;
  int64_t paused_ms;

  g_assert_true (volant_media_play (media, &error));
  g_assert_true (test_media_wait_position (media, 300, 10.0));
  volant_media_pause (media);
  g_assert_cmpint (volant_media_get_state (media), ==, VOLANT_MEDIA_PAUSED);
  test_media_listen (0.1);
  paused_ms = volant_media_get_position_ms (media);
  test_media_listen (0.3);
  g_assert_cmpint (volant_media_get_position_ms (media), ==, paused_ms);
  g_assert_true (volant_media_next (media, &error));
  g_assert_cmpuint (volant_media_get_index (media), ==, 1);
  g_assert_cmpint (volant_media_get_state (media), ==, VOLANT_MEDIA_PAUSED);
  g_assert_true (volant_media_play (media, &error));
  volant_media_seek_ms (media, 3500);
  g_assert_true (test_media_wait_position (media, 3600, 10.0));
  g_assert_true (volant_media_previous (media, &error));
  g_assert_cmpuint (volant_media_get_index (media), ==, 1);
  g_assert_cmpint (volant_media_get_position_ms (media), <, 1000);
  g_assert_true (volant_media_previous (media, &error));
  g_assert_cmpuint (volant_media_get_index (media), ==, 0);
  g_assert_false (volant_media_previous (media, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW);
  g_clear_error (&error);
  g_assert_false (volant_media_play_index (media, 3, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND);
}

static void
test_end_of_queue (void)
{
  g_autoptr (VolantMedia) media = open_three ("end", "none");
  g_autoptr (GError) error = NULL;

  g_assert_true (volant_media_play_index (media, 1, &error));
  volant_media_seek_ms (media, 4600);
  g_assert_true (test_media_wait_index (media, 2, 10.0));
  g_assert_false (volant_media_next (media, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW);
  g_assert_true (test_media_wait_state (media, VOLANT_MEDIA_STOPPED, 10.0));
  g_assert_cmpuint (volant_media_get_index (media), ==, 0);
  g_assert_cmpint (volant_media_get_position_ms (media), ==, 0);
}

static char *
recording_sink (const char *path)
{
  return g_strdup_printf ("audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=48000,"
                          "channels=2 ! wavenc ! filesink location=\"%s\"",
                          path);
}

/* The louder and the softer of the settled stretches: -15 dB apart, and the ramp takes its time. */
static void
test_ducking (void)
{
  g_autofree char *wav = g_build_filename (volant_test_folder (), "duck-%s.wav", NULL);
  g_autofree char *written = g_build_filename (volant_test_folder (), "duck-media.wav", NULL);
  g_autofree char *sink = recording_sink (wav);
  VolantMedia *media = open_three ("duck", sink);
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  double highest = -200.0;
  double lowest = 0.0;
  double last;
  unsigned rate = 0;
  size_t window;

  volant_media_set_volume (media, 1.0);
  g_assert_true (volant_media_play_index (media, 1, &error));
  g_assert_true (test_media_wait_position (media, 800, 10.0));
  volant_media_duck (media);
  volant_media_duck (media);
  test_media_listen (0.5);
  volant_media_unduck (media);
  g_assert_true (test_media_wait_position (media, 2200, 10.0));
  volant_media_unduck (media);
  g_assert_true (test_media_wait_position (media, 3200, 10.0));
  g_object_unref (media);
  samples = test_media_read_wav (written, &rate);
  window = rate / 20;
  g_assert_cmpuint (samples->len, >, rate * 2);
  for (size_t at = rate / 5; at + window < samples->len; at += window)
    {
      double level = test_media_level_db (samples, at, window);

      highest = MAX (highest, level);
      lowest = MIN (lowest, level);
    }
  last = test_media_level_db (samples, samples->len - 4 * window, 2 * window);
  g_test_message ("loud %.2f dB, ducked %.2f dB, after %.2f dB", highest, lowest, last);
  g_assert_cmpfloat_with_epsilon (highest, -9.0, 0.5);
  g_assert_cmpfloat_with_epsilon (highest - lowest, 15.0, 0.5);
  g_assert_cmpfloat_with_epsilon (last, highest, 0.5);
}

/* Volume is cubic, muted is silent. */
static void
test_volume (void)
{
  g_autofree char *wav = g_build_filename (volant_test_folder (), "volume.wav", NULL);
  g_autofree char *sink = recording_sink (wav);
  VolantMedia *media = open_three ("volume", sink);
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  unsigned rate = 0;

  volant_media_set_volume (media, 0.5);
  g_assert_true (volant_media_play_index (media, 1, &error));
  g_assert_true (test_media_wait_position (media, 700, 10.0));
  volant_media_set_muted (media, true);
  g_assert_true (volant_media_get_muted (media));
  g_assert_true (test_media_wait_position (media, 1600, 10.0));
  g_object_unref (media);
  samples = test_media_read_wav (wav, &rate);
  /* A sine at half of full scale, by 0.5 cubed: -9.03 - 18.06 dB. */
  g_assert_cmpfloat_with_epsilon (test_media_level_db (samples, rate / 5, rate / 4), -27.1, 0.5);
  g_assert_cmpfloat (test_media_level_db (samples, samples->len - rate / 4, rate / 5), <, -90.0);
}

/* From track to track without a hole: no 2 ms of silence in the middle of the recording. */
static void
test_gapless (void)
{
  g_autofree char *wav = g_build_filename (volant_test_folder (), "gapless.wav", NULL);
  g_autofree char *sink = recording_sink (wav);
  VolantMedia *media = open_three ("gapless", sink);
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  unsigned rate = 0;
  unsigned n_zero = 0;
  unsigned most = 0;

  volant_media_set_volume (media, 1.0);
  g_assert_true (volant_media_play (media, &error));
  g_assert_true (test_media_wait_index (media, 1, 10.0));
  g_assert_true (test_media_wait_position (media, 600, 10.0));
  g_object_unref (media);
  samples = test_media_read_wav (wav, &rate);
  for (size_t i = rate / 10; i + rate / 10 < samples->len; i++)
    {
      n_zero = abs (g_array_index (samples, int16_t, i)) < 40 ? n_zero + 1 : 0;
      most = MAX (most, n_zero);
    }
  g_assert_cmpuint (samples->len, >, rate * 2);
  g_assert_cmpuint (most, <, rate / 500);
}

static void
on_notify (GObject *object, GParamSpec *pspec, void *data)
{
  (*(unsigned *) data)++;
}

static void
test_notifies (void)
{
  g_autoptr (VolantMedia) media = open_three ("notify", "none");
  g_autoptr (GError) error = NULL;
  unsigned n_positions = 0;
  unsigned n_states = 0;
  unsigned n_volumes = 0;

  g_signal_connect (media, "notify::position-ms", G_CALLBACK (on_notify), &n_positions);
  g_signal_connect (media, "notify::state", G_CALLBACK (on_notify), &n_states);
  g_signal_connect (media, "notify::volume", G_CALLBACK (on_notify), &n_volumes);
  volant_media_set_volume (media, 0.4);
  volant_media_set_volume (media, 0.4);
  g_assert_true (volant_media_play_index (media, 1, &error));
  n_positions = 0;
  g_assert_true (test_media_wait_position (media, 2000, 10.0));
  g_assert_cmpuint (n_positions, >=, 5);
  g_assert_cmpuint (n_positions, <=, 10);
  g_assert_cmpuint (n_states, ==, 1);
  g_assert_cmpuint (n_volumes, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  gst_init (NULL, NULL);
  g_test_add_func ("/media/tags", test_tags);
  g_test_add_func ("/media/play-pause-next", test_play_pause_next);
  g_test_add_func ("/media/end-of-queue", test_end_of_queue);
  g_test_add_func ("/media/ducking", test_ducking);
  g_test_add_func ("/media/volume", test_volume);
  g_test_add_func ("/media/gapless", test_gapless);
  g_test_add_func ("/media/notifies", test_notifies);
  return g_test_run ();
}
