/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/media/dummy-sink.h"
#include "tests/service/media/media-support.h"
#include "tests/support.h"

#include <gst/gst.h>
#include <string.h>

/* A sound server that dies, stays away for a while, comes back, or hangs: the music goes on. */

typedef struct {
  VolantMedia *media;
  GPtrArray *words; /* of what failed */
  unsigned n_restored;
} Scene;

static void
on_failed (Scene *scene, const GError *error)
{
  g_ptr_array_add (scene->words, g_strdup (error->message));
}

static void
on_restored (Scene *scene)
{
  scene->n_restored++;
}

/* Plays tracks of twenty seconds. */
static void
scene_open (Scene *scene, const char *folder_name)
{
  g_autofree char *folder = test_media_folder (folder_name);
  g_autoptr (GError) error = NULL;

  *scene = (Scene){ .media = volant_media_new (NULL),
                    .words = g_ptr_array_new_with_free_func (g_free) };
  g_signal_connect_swapped (scene->media, "failed", G_CALLBACK (on_failed), scene);
  g_signal_connect_swapped (scene->media, "restored", G_CALLBACK (on_restored), scene);
  test_media_make_tone (folder, "1.flac", 20.0, 300.0, "One");
  test_media_make_tone (folder, "2.flac", 20.0, 300.0, "Two");
  g_assert_true (test_media_open (scene->media, folder, NULL, &error));
  g_assert_true (volant_media_play (scene->media, &error));
  g_assert_no_error (error);
}

static void
scene_close (Scene *scene)
{
  g_clear_object (&scene->media);
  g_ptr_array_unref (scene->words);
}

static const char *
last_words (Scene *scene)
{
  return scene->words->len > 0 ? g_ptr_array_index (scene->words, scene->words->len - 1) : "";
}

static bool
is_restored (void *data)
{
  return ((Scene *) data)->n_restored > 0;
}

static bool
has_failed (void *data)
{
  return ((Scene *) data)->words->len > 0;
}

static bool
is_played_again (void *data)
{
  return test_server_get_n_played () > *(const unsigned *) data;
}

/* The server dies and is there again at once: the track goes on where it was. */
static void
test_lost (void)
{
  Scene scene;
  unsigned n_played;
  int64_t lost_ms;

  scene_open (&scene, "lost");
  g_assert_true (test_media_wait_position (scene.media, 1000, 20.0));
  n_played = test_server_get_n_played ();
  test_server_cut ();
  g_assert_true (volant_test_wait (has_failed, &scene, 10.0));
  lost_ms = volant_media_get_position_ms (scene.media);
  g_assert_nonnull (strstr (last_words (&scene), "tried again"));
  g_assert_cmpint (volant_media_get_state (scene.media), ==, VOLANT_MEDIA_PLAYING);
  g_assert_true (volant_test_wait (is_played_again, &n_played, 20.0));
  g_assert_true (volant_test_wait (is_restored, &scene, 20.0));
  g_assert_cmpint (volant_media_get_position_ms (scene.media), >=, lost_ms);
  g_assert_cmpuint (volant_media_get_index (scene.media), ==, 0);
  g_assert_cmpuint (scene.words->len, ==, 1);
  scene_close (&scene);
}

/* It stays away: the track goes on in silence, which is told, and is heard when it is back. */
static void
test_away (void)
{
  Scene scene;
  unsigned n_played;

  scene_open (&scene, "away");
  g_assert_true (test_media_wait_position (scene.media, 1000, 20.0));
  n_played = test_server_get_n_played ();
  test_server_set_up (false);
  test_server_cut ();
  g_assert_true (test_media_wait_position (scene.media, 3000, 20.0));
  g_assert_cmpuint (scene.words->len, ==, 2);
  g_assert_nonnull (strstr (last_words (&scene), "sound server"));
  g_assert_cmpuint (scene.n_restored, ==, 0);
  test_server_set_up (true);
  g_assert_true (volant_test_wait (is_played_again, &n_played, 20.0));
  g_assert_true (volant_test_wait (is_restored, &scene, 20.0));
  g_assert_cmpint (volant_media_get_position_ms (scene.media), >=, 3000);
  g_assert_cmpuint (scene.words->len, ==, 2);
  scene_close (&scene);
}

/* Lost while it plays, paused before the next try: nothing is tried before one plays again. */
static void
test_paused (void)
{
  Scene scene;
  unsigned n_played;
  g_autoptr (GError) error = NULL;

  scene_open (&scene, "paused");
  g_assert_true (test_media_wait_position (scene.media, 1000, 20.0));
  n_played = test_server_get_n_played ();
  test_server_cut ();
  g_assert_true (volant_test_wait (has_failed, &scene, 10.0));
  volant_media_pause (scene.media);
  g_assert_false (volant_test_wait (is_played_again, &n_played, 1.5));
  g_assert_true (volant_media_play (scene.media, &error));
  g_assert_true (volant_test_wait (is_played_again, &n_played, 20.0));
  g_assert_cmpint (volant_media_get_position_ms (scene.media), >=, 500);
  scene_close (&scene);
}

/* It takes what comes and plays it not: after some seconds the track is skipped, by name. */
static void
test_stuck (void)
{
  Scene scene;

  scene_open (&scene, "stuck");
  g_assert_true (test_media_wait_position (scene.media, 500, 20.0));
  test_server_set_stuck (true);
  g_assert_true (volant_test_wait (has_failed, &scene, 30.0));
  g_assert_nonnull (strstr (last_words (&scene), "One does not move on"));
  test_server_set_stuck (false);
  g_assert_true (test_media_wait_index (scene.media, 1, 10.0));
  g_assert_true (test_media_wait_position (scene.media, 500, 20.0));
  g_assert_cmpint (volant_media_get_state (scene.media), ==, VOLANT_MEDIA_PLAYING);
  g_assert_cmpuint (scene.words->len, ==, 1);
  scene_close (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  gst_init (NULL, NULL);
  test_server_install ();
  g_test_add_func ("/media-output/lost", test_lost);
  g_test_add_func ("/media-output/away", test_away);
  g_test_add_func ("/media-output/paused", test_paused);
  g_test_add_func ("/media-output/stuck", test_stuck);
  return g_test_run ();
}
