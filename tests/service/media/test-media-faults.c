/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "tests/service/media/media-support.h"
#include "tests/support.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>

/* What a folder of music and a machine can get wrong: told in words, skipped, never waited for. */

static void
on_failed (VolantMedia *media, const GError *error, void *data)
{
  g_ptr_array_add (data, g_strdup (error->message));
}

static GPtrArray *
watch_failures (VolantMedia *media)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect (media, "failed", G_CALLBACK (on_failed), words);
  return words;
}

static void
write_bytes (const char *folder, const char *name, const char *bytes, size_t n)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) n, &error);
  g_assert_no_error (error);
}

static void
test_folders (void)
{
  g_autoptr (VolantMedia) media = volant_media_new ("none");
  g_autofree char *empty = test_media_folder ("empty");
  g_autoptr (GError) error = NULL;
  unsigned n_skipped = 9;

  g_assert_false (volant_media_play (media, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW);
  g_clear_error (&error);
  g_assert_false (test_media_open (media, "/nowhere/at/all", &n_skipped, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all"));
  g_clear_error (&error);
  g_assert_false (test_media_open (media, empty, &n_skipped, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND);
  g_assert_cmpuint (n_skipped, ==, 0);
}

static void
test_bad_files (void)
{
  g_autoptr (VolantMedia) media = volant_media_new ("none");
  g_autofree char *folder = test_media_folder ("bad");
  g_autofree char *below = g_build_filename (folder, "below.mp3", NULL);
  g_autofree char *noise = g_malloc (50000);
  g_autoptr (GError) error = NULL;
  unsigned n_skipped = 0;

  for (unsigned i = 0; i < 50000; i++)
    noise[i] = (char) (i * 2654435761u >> 13);
  write_bytes (folder, "empty.mp3", "", 0);
  write_bytes (folder, "page.ogg", "<html>404</html>", 16);
  write_bytes (folder, "noise.flac", noise, 50000);
  write_bytes (folder, "cover.jpg", noise, 50000);
  g_assert_cmpint (g_mkdir (below, 0755), ==, 0);
  test_media_make_tone (below, "good.flac", 1.0, 300.0, "Good");
  g_assert_true (test_media_open (media, folder, &n_skipped, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_skipped, ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (volant_media_get_queue (media)), ==, 1);
}

/* Files that were good when the folder was read, and are not when their turn comes. */
static void
test_files_that_go (void)
{
  g_autoptr (VolantMedia) media = volant_media_new ("none");
  g_autoptr (GPtrArray) words = watch_failures (media);
  g_autofree char *folder = test_media_folder ("going");
  g_autofree char *first = g_build_filename (folder, "1.flac", NULL);
  g_autoptr (GError) error = NULL;

  test_media_make_tone (folder, "1.flac", 1.0, 300.0, NULL);
  test_media_make_tone (folder, "2.flac", 1.0, 300.0, NULL);
  test_media_make_tone (folder, "3.flac", 1.0, 300.0, NULL);
  g_assert_true (test_media_open (media, folder, NULL, &error));
  write_bytes (folder, "2.flac", "not music", 9);
  g_remove (first);
  g_assert_true (volant_media_play (media, &error));
  g_assert_true (test_media_wait_index (media, 2, 10.0));
  g_assert_cmpint (volant_media_get_state (media), ==, VOLANT_MEDIA_PLAYING);
  g_assert_cmpuint (words->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (words, 0), "1.flac"));
  g_assert_true (test_media_wait_state (media, VOLANT_MEDIA_STOPPED, 10.0));
}

static void
test_all_files_gone (void)
{
  g_autoptr (VolantMedia) media = volant_media_new ("none");
  g_autoptr (GPtrArray) words = watch_failures (media);
  g_autofree char *folder = test_media_folder ("gone");
  g_autoptr (GError) error = NULL;

  test_media_make_tone (folder, "1.flac", 1.0, 300.0, NULL);
  test_media_make_tone (folder, "2.flac", 1.0, 300.0, NULL);
  g_assert_true (test_media_open (media, folder, NULL, &error));
  write_bytes (folder, "1.flac", "", 0);
  write_bytes (folder, "2.flac", "", 0);
  g_assert_true (volant_media_play (media, &error));
  g_assert_true (test_media_wait_state (media, VOLANT_MEDIA_STOPPED, 20.0));
  g_assert_cmpuint (words->len, ==, 2);
}

/* A file cut off in the middle says so at its end. */
static void
test_truncated (void)
{
  g_autoptr (VolantMedia) media = volant_media_new ("none");
  g_autoptr (GPtrArray) words = watch_failures (media);
  g_autofree char *folder = test_media_folder ("cut");
  g_autofree char *path = g_build_filename (folder, "cut.flac", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  test_media_make_tone (folder, "cut.flac", 12.0, 300.0, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  write_bytes (folder, "cut.flac", bytes, size / 10);
  g_assert_true (test_media_open (media, folder, NULL, &error));
  g_assert_true (volant_media_play (media, &error));
  g_assert_true (test_media_wait_state (media, VOLANT_MEDIA_STOPPED, 20.0));
  g_assert_cmpuint (words->len, ==, 1);
}

/* Whatever the machine has, music that nobody can hear still runs, and says so at most once. */
static void
test_no_sound_card (void)
{
  g_autoptr (VolantMedia) media = NULL;
  g_autoptr (GPtrArray) words = NULL;
  g_autofree char *folder = test_media_folder ("mute-machine");
  g_autoptr (GError) error = NULL;

  g_setenv ("PULSE_SERVER", "unix:/nonexistent/pulse", TRUE);
  g_setenv ("ALSA_CONFIG_PATH", "/nonexistent/alsa.conf", TRUE);
  media = volant_media_new (NULL);
  words = watch_failures (media);
  test_media_make_tone (folder, "1.flac", 3.0, 300.0, NULL);
  g_assert_true (test_media_open (media, folder, NULL, &error));
  g_assert_true (volant_media_play (media, &error));
  g_assert_true (test_media_wait_position (media, 500, 20.0));
  volant_media_play_index (media, 0, &error);
  g_assert_true (test_media_wait_position (media, 500, 20.0));
  g_assert_cmpuint (words->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (words, 0), "sound card"));
}

static void
test_bad_sink (void)
{
  g_autoptr (VolantMedia) media = volant_media_new ("nosuchelement ! fakesink");
  g_autoptr (GPtrArray) words = watch_failures (media);
  g_autofree char *folder = test_media_folder ("bad-sink");
  g_autoptr (GError) error = NULL;

  test_media_make_tone (folder, "1.flac", 3.0, 300.0, NULL);
  g_assert_true (test_media_open (media, folder, NULL, &error));
  g_assert_true (volant_media_play (media, &error));
  g_assert_true (test_media_wait_position (media, 300, 10.0));
  g_assert_cmpuint (words->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (words, 0), "nosuchelement"));
}

static void
test_real_files (void)
{
  g_autofree char *folder = volant_test_data ("media/tagged");
  g_autoptr (VolantMedia) media = volant_media_new ("none");
  g_autoptr (GError) error = NULL;
  GListModel *queue = volant_media_get_queue (media);
  unsigned n_skipped = 0;
  unsigned n_covers = 0;
  unsigned n_full = 0;

  if (folder == NULL)
    return;
  g_assert_true (test_media_open (media, folder, &n_skipped, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (queue) + n_skipped, ==, 16);
  for (unsigned i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (VolantTrack) track = g_list_model_get_item (queue, i);

      n_covers += volant_track_get_cover (track) != NULL;
      n_full += g_strcmp0 (volant_track_get_title (track), "full") == 0 &&
                g_strcmp0 (volant_track_get_artist (track), "the artist") == 0;
    }
  g_test_message ("%u tracks, %u skipped, %u covers, %u full",
                  g_list_model_get_n_items (queue), n_skipped, n_covers, n_full);
  g_assert_cmpuint (n_covers, >=, 4);
  g_assert_cmpuint (n_full, >=, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  gst_init (NULL, NULL);
  g_test_add_func ("/media-faults/folders", test_folders);
  g_test_add_func ("/media-faults/bad-files", test_bad_files);
  g_test_add_func ("/media-faults/files-that-go", test_files_that_go);
  g_test_add_func ("/media-faults/all-files-gone", test_all_files_gone);
  g_test_add_func ("/media-faults/truncated", test_truncated);
  g_test_add_func ("/media-faults/bad-sink", test_bad_sink);
  g_test_add_func ("/media-faults/real-files", test_real_files);
  g_test_add_func ("/media-faults/no-sound-card", test_no_sound_card);
  return g_test_run ();
}
