/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media/media-player.h"

#include "app/error.h"
#include "app/text/text.h"

#include <string.h>

/* playbin with a sink of our own: volume (so that ducking is exact and acts behind the decoder's
 * queues), then the output. The pipeline is built when first needed and again after the output was
 * lost. about-to-finish comes on a streaming thread; the path that it takes is guarded by a lock. */

/* A position below it belongs to the new file. */
#define SETTLED (1500 * GST_MSECOND)

struct _VolantMediaPlayer {
  VolantSoundOutput *output;
  VolantMediaPlayerEvents events;
  void *data;
  GstElement *playbin; /* (nullable) */
  GstElement *sink;    /* the bin within it */
  GstElement *volume;
  unsigned watch;
  double gain;
  bool is_playing;
  bool is_ready;         /* prerolled: can be seeked */
  int64_t wanted_ms;     /* seek once ready, -1 none */
  bool is_settling;      /* gone over, but the sink still plays the last of the file before */
  GMutex lock;
  char *next;            /* under the lock */
  bool is_going_over;    /* under the lock: the next file's URI is set */
};

static char *
take_next (VolantMediaPlayer *player)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&player->lock);

  player->is_going_over = player->next != NULL;
  return g_steal_pointer (&player->next);
}

static void
on_about_to_finish (GstElement *playbin, VolantMediaPlayer *player)
{
  g_autofree char *path = take_next (player);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

  if (uri != NULL)
    g_object_set (playbin, "uri", uri, NULL);
}

static bool
has_gone_over (VolantMediaPlayer *player)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&player->lock);
  bool was = player->is_going_over;

  player->is_going_over = false;
  return was;
}

static void
drop_pipeline (VolantMediaPlayer *player)
{
  if (player->playbin == NULL)
    return;
  g_source_remove (player->watch);
  gst_element_set_state (player->playbin, GST_STATE_NULL);
  gst_clear_object (&player->volume);
  gst_clear_object (&player->sink);
  gst_clear_object (&player->playbin);
  player->is_ready = false;
  has_gone_over (player);
}

static void
on_error_message (VolantMediaPlayer *player, GstMessage *message)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  bool is_output = GST_MESSAGE_SRC (message) == GST_OBJECT (player->sink) ||
                   gst_object_has_as_ancestor (GST_MESSAGE_SRC (message),
                                               GST_OBJECT (player->sink));

  gst_message_parse_error (message, &problem, NULL);
  g_object_get (player->playbin, "uri", &uri, NULL);
  path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  name = path != NULL ? g_filename_display_basename (path) : g_strdup ("?");
  if (is_output)
    {
      g_message ("the sound output was lost: %s", problem->message);
      g_set_error_literal (&error, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                           N_ ("the output was lost; it is tried again"));
    }
  else
    g_set_error (&error, VOLANT_ERROR, VOLANT_ERROR_FAILED, "%s cannot be played: %s", name,
                 problem->message);
  drop_pipeline (player);
  player->events.on_failed (error, is_output, player->data);
}

static void
on_ready (VolantMediaPlayer *player)
{
  player->is_ready = true;
  if (player->wanted_ms >= 0)
    volant_media_player_seek (player, player->wanted_ms);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, void *data)
{
  VolantMediaPlayer *player = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    on_error_message (player, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    player->events.on_ended (player->data);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE)
    on_ready (player);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STREAM_START && has_gone_over (player))
    {
      player->is_settling = true;
      player->events.on_went_over (player->data);
    }
  return G_SOURCE_CONTINUE;
}

/* volume ! output, as one element. */
static void
build_sink (VolantMediaPlayer *player)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GstPad) pad = NULL;
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *output = volant_sound_output_make_sink (player->output, &failure);

  player->sink = gst_object_ref_sink (gst_bin_new ("volant-sound"));
  player->volume = gst_object_ref_sink (gst_element_factory_make ("volume", NULL));
  gst_bin_add_many (GST_BIN (player->sink), convert, player->volume, output, NULL);
  gst_element_link_many (convert, player->volume, output, NULL);
  pad = gst_element_get_static_pad (convert, "sink");
  gst_element_add_pad (player->sink, gst_ghost_pad_new ("sink", pad));
  if (failure != NULL)
    player->events.on_silent (failure, player->data);
}

static void
build_pipeline (VolantMediaPlayer *player)
{
  g_autoptr (GstElement) video = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
  g_autoptr (GstBus) bus = NULL;

  if (player->playbin != NULL)
    return;
  player->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin", NULL));
  build_sink (player);
  /* Sound only: a cover is not a video. */
  gst_util_set_object_arg (G_OBJECT (player->playbin), "flags", "audio");
  g_object_set (player->playbin, "audio-sink", player->sink, "video-sink", video, NULL);
  g_object_set (player->volume, "volume", player->gain, NULL);
  g_signal_connect (player->playbin, "about-to-finish", G_CALLBACK (on_about_to_finish), player);
  bus = gst_element_get_bus (player->playbin);
  player->watch = gst_bus_add_watch (bus, on_message, player);
}

VolantMediaPlayer *
volant_media_player_new (VolantSoundOutput *output, const VolantMediaPlayerEvents *events,
                         void *data)
{
  VolantMediaPlayer *player = g_new0 (VolantMediaPlayer, 1);

  player->output = output;
  player->events = *events;
  player->data = data;
  player->gain = 1.0;
  player->wanted_ms = -1;
  g_mutex_init (&player->lock);
  return player;
}

void
volant_media_player_free (VolantMediaPlayer *player)
{
  drop_pipeline (player);
  g_mutex_clear (&player->lock);
  g_free (player->next);
  g_free (player);
}

void
volant_media_player_open (VolantMediaPlayer *player, const char *path, int64_t position_ms,
                          bool is_playing)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  build_pipeline (player);
  volant_media_player_set_next (player, NULL);
  gst_element_set_state (player->playbin, GST_STATE_READY);
  has_gone_over (player);
  player->is_ready = false;
  player->is_settling = false;
  player->wanted_ms = position_ms > 0 ? position_ms : -1;
  player->is_playing = is_playing;
  g_object_set (player->playbin, "uri", uri, NULL);
  gst_element_set_state (player->playbin, is_playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

bool
volant_media_player_is_open (const VolantMediaPlayer *player)
{
  return player->playbin != NULL;
}

void
volant_media_player_set_next (VolantMediaPlayer *player, const char *path)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&player->lock);

  g_free (player->next);
  player->next = g_strdup (path);
}

void
volant_media_player_set_playing (VolantMediaPlayer *player, bool is_playing)
{
  player->is_playing = is_playing;
  if (player->playbin != NULL)
    gst_element_set_state (player->playbin, is_playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

void
volant_media_player_stop (VolantMediaPlayer *player)
{
  player->is_playing = false;
  drop_pipeline (player);
}

void
volant_media_player_seek (VolantMediaPlayer *player, int64_t position_ms)
{
  if (player->playbin == NULL || !player->is_ready)
    {
      player->wanted_ms = position_ms;
      return;
    }
  player->wanted_ms = -1;
  player->is_settling = false;
  gst_element_seek_simple (player->playbin, GST_FORMAT_TIME,
                           GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                           position_ms * GST_MSECOND);
}

int64_t
volant_media_player_get_position_ms (VolantMediaPlayer *player)
{
  int64_t position;

  if (player->wanted_ms >= 0)
    return player->wanted_ms;
  if (player->playbin == NULL ||
      !gst_element_query_position (player->playbin, GST_FORMAT_TIME, &position))
    return -1;
  if (position < SETTLED)
    player->is_settling = false;
  return player->is_settling ? 0 : position / GST_MSECOND;
}

int64_t
volant_media_player_get_duration_ms (VolantMediaPlayer *player)
{
  int64_t duration;

  if (player->playbin == NULL ||
      !gst_element_query_duration (player->playbin, GST_FORMAT_TIME, &duration) || duration < 0)
    return -1;
  return duration / GST_MSECOND;
}

void
volant_media_player_set_gain (VolantMediaPlayer *player, double gain)
{
  player->gain = gain;
  if (player->volume != NULL)
    g_object_set (player->volume, "volume", gain, NULL);
}
