/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media/media.h"

#include "app/error.h"
#include "app/media/folder-scan.h"
#include "app/media/media-player.h"
#include "app/media/track.h"

#include <math.h>

/* The queue, what plays of it and how loud. The pipeline is the player's affair; here stand the rules:
 * a bad file is told and skipped, an output that was lost is tried again ever more slowly, a position
 * that does not move is a fault, music sinks while someone speaks. */

#define TICK_MS 250
#define STUCK_S 8.0
#define SHORT_MS 3000
#define RESTART_MS 3000
#define DUCK_DB (-15.0)
#define RAMP_MS 150.0
#define RAMP_STEP_MS 10
#define LONGEST_RETRY_MS 30000
#define RESTORED_S 2.0 /* an output that lasts so long is back */

struct _VolantMedia {
  GObject parent_instance;
  VolantSoundOutput *output;
  VolantMediaPlayer *player;
  GListStore *queue;
  VolantMediaState state;
  unsigned index;
  double volume;
  bool muted;
  unsigned n_holds;
  double duck_db;  /* 0 … DUCK_DB, where the ramp stands */
  int64_t ramp_us; /* when it was last moved */
  unsigned ramp;
  unsigned tick;
  int64_t position_ms;
  int64_t moved_us; /* when the position last moved */
  unsigned n_failed; /* tracks in a row */
  unsigned retry_ms;
  unsigned retry;
  int64_t tried_us; /* when the track and its output were opened */
  bool is_lost;     /* told, and not restored since */
  bool is_silent;   /* a silent sink plays in its place */
  bool was_silent_told;
  GError *sink_error; /* (nullable) the sink asked for does not work: told at the first play */
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_TRACK,
  PROP_POSITION_MS,
  PROP_DURATION_MS,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_DUCKED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static unsigned failed_signal;
static unsigned restored_signal;

G_DEFINE_FINAL_TYPE (VolantMedia, volant_media, G_TYPE_OBJECT)

static void
notify (VolantMedia *self, unsigned prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
fail (VolantMedia *self, const GError *error)
{
  g_signal_emit (self, failed_signal, 0, error);
}

static unsigned
queue_length (VolantMedia *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->queue));
}

static const char *
path_at (VolantMedia *self, unsigned index)
{
  g_autoptr (VolantTrack) track = g_list_model_get_item (G_LIST_MODEL (self->queue), index);

  return track != NULL ? volant_track_get_path (track) : NULL;
}

/* Loudness is felt about as the cube root of amplitude. */
static void
apply_gain (VolantMedia *self)
{
  double gain = self->muted ? 0.0 : self->volume * self->volume * self->volume;

  volant_media_player_set_gain (self->player, gain * pow (10.0, self->duck_db / 20.0));
}

static gboolean
on_ramp (void *data)
{
  VolantMedia *self = data;
  double target = self->n_holds > 0 ? DUCK_DB : 0.0;
  int64_t now = g_get_monotonic_time ();
  double step = fabs (DUCK_DB) * (double) (now - self->ramp_us) / 1000.0 / RAMP_MS;

  self->ramp_us = now;
  self->duck_db = self->duck_db > target ? MAX (target, self->duck_db - step)
                                         : MIN (target, self->duck_db + step);
  apply_gain (self);
  if (self->duck_db != target)
    return G_SOURCE_CONTINUE;
  self->ramp = 0;
  return G_SOURCE_REMOVE;
}

static void
start_ramp (VolantMedia *self)
{
  if (self->ramp != 0)
    return;
  self->ramp_us = g_get_monotonic_time ();
  self->ramp = g_timeout_add (RAMP_STEP_MS, on_ramp, self);
}

static void
set_position (VolantMedia *self, int64_t position_ms)
{
  if (position_ms == self->position_ms)
    return;
  self->position_ms = position_ms;
  self->moved_us = g_get_monotonic_time ();
  notify (self, PROP_POSITION_MS);
}

static void on_player_failed (const GError *error, bool is_output, void *data);

/* Not at its first sound: one that comes and goes would be told each time. */
static void
check_restored (VolantMedia *self)
{
  if (!self->is_lost || self->is_silent || self->moved_us - self->tried_us < RESTORED_S * 1e6)
    return;
  self->is_lost = false;
  self->was_silent_told = false;
  self->retry_ms = 0;
  g_signal_emit (self, restored_signal, 0);
}

static gboolean
on_tick (void *data)
{
  VolantMedia *self = data;
  int64_t position = volant_media_player_get_position_ms (self->player);
  bool is_away = self->retry != 0 && !self->is_silent;
  g_autoptr (GError) error = NULL;

  if (position >= 0)
    set_position (self, position);
  if (is_away)
    return G_SOURCE_CONTINUE;
  check_restored (self);
  if (g_get_monotonic_time () - self->moved_us < STUCK_S * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;
  g_set_error (&error, VOLANT_ERROR, VOLANT_ERROR_FAILED, "%s does not move on and is skipped",
               volant_track_get_title (volant_media_get_track (self)));
  self->moved_us = g_get_monotonic_time ();
  on_player_failed (error, false, self);
  return G_SOURCE_CONTINUE;
}

static void
set_state (VolantMedia *self, VolantMediaState state)
{
  if (state == VOLANT_MEDIA_PLAYING && self->tick == 0)
    {
      self->moved_us = g_get_monotonic_time ();
      self->tick = g_timeout_add (TICK_MS, on_tick, self);
    }
  else if (state != VOLANT_MEDIA_PLAYING)
    g_clear_handle_id (&self->tick, g_source_remove);
  if (state != VOLANT_MEDIA_PLAYING)
    g_clear_handle_id (&self->retry, g_source_remove);
  if (state == self->state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_index (VolantMedia *self, unsigned index)
{
  self->index = index;
  self->position_ms = 0;
  self->moved_us = g_get_monotonic_time ();
  notify (self, PROP_TRACK);
  notify (self, PROP_DURATION_MS);
  notify (self, PROP_POSITION_MS);
}

static void
open_current (VolantMedia *self, int64_t position_ms)
{
  self->tried_us = g_get_monotonic_time ();
  volant_media_player_open (self->player, path_at (self, self->index), position_ms,
                            self->state == VOLANT_MEDIA_PLAYING);
  volant_media_player_set_next (self->player, path_at (self, self->index + 1));
  apply_gain (self);
}

static void
stop (VolantMedia *self)
{
  volant_media_player_stop (self->player);
  self->is_silent = false;
  set_state (self, VOLANT_MEDIA_STOPPED);
}

/* A file that was cut off mostly ends as if all were well. */
static void
check_length (VolantMedia *self)
{
  VolantTrack *track = volant_media_get_track (self);
  int64_t duration = track != NULL ? volant_track_get_duration_ms (track) : -1;
  g_autoptr (GError) error = NULL;

  if (duration < 0 || self->position_ms + SHORT_MS >= duration)
    return;
  g_set_error (&error, VOLANT_ERROR, VOLANT_ERROR_FAILED,
               "%s ended early: its file seems to be cut off", volant_track_get_title (track));
  fail (self, error);
}

static void
on_player_went_over (void *data)
{
  VolantMedia *self = data;

  check_length (self);
  self->n_failed = 0;
  set_index (self, self->index + 1);
  volant_media_player_set_next (self->player, path_at (self, self->index + 1));
}

static void
on_player_ended (void *data)
{
  VolantMedia *self = data;
  int64_t position = volant_media_player_get_position_ms (self->player);

  if (position >= 0)
    self->position_ms = position;
  check_length (self);
  stop (self);
  set_index (self, 0);
}

static void retry_later (VolantMedia *self);

/* What plays in silence is not disturbed before there is something to hear it with. */
static gboolean
on_retry (void *data)
{
  VolantMedia *self = data;

  self->retry = 0;
  if (self->state != VOLANT_MEDIA_PLAYING)
    return G_SOURCE_REMOVE;
  if (self->is_silent && !volant_sound_output_is_there (self->output))
    {
      retry_later (self);
      return G_SOURCE_REMOVE;
    }
  if (self->is_silent)
    volant_media_player_stop (self->player);
  self->is_silent = false;
  self->moved_us = g_get_monotonic_time ();
  open_current (self, self->position_ms);
  return G_SOURCE_REMOVE;
}

static void
retry_later (VolantMedia *self)
{
  self->retry_ms = MIN (MAX (500, self->retry_ms * 2), LONGEST_RETRY_MS);
  g_clear_handle_id (&self->retry, g_source_remove);
  self->retry = g_timeout_add (self->retry_ms, on_retry, self);
}

/* After the file or the output failed: the next file at once, the output again after a while. */
static void
on_player_failed (const GError *error, bool is_output, void *data)
{
  VolantMedia *self = data;

  fail (self, error);
  if (is_output)
    {
      self->is_lost = true;
      retry_later (self);
      return;
    }
  self->n_failed++;
  if (self->index + 1 >= queue_length (self) || self->n_failed >= queue_length (self))
    {
      stop (self);
      if (queue_length (self) > 0)
        set_index (self, 0);
      return;
    }
  set_index (self, self->index + 1);
  open_current (self, 0);
}

static void
tell_silent (VolantMedia *self, const GError *error)
{
  if (!self->was_silent_told)
    fail (self, error);
  self->was_silent_told = true;
}

/* Told once; while there is no output music goes on in silence. */
static void
on_player_silent (const GError *error, void *data)
{
  VolantMedia *self = data;

  tell_silent (self, error);
  self->is_lost = true;
  self->is_silent = true;
  if (self->state == VOLANT_MEDIA_PLAYING)
    retry_later (self);
}

static void
volant_media_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *pspec)
{
  VolantMedia *self = VOLANT_MEDIA (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_TRACK:
      g_value_set_object (value, volant_media_get_track (self));
      break;
    case PROP_POSITION_MS:
      g_value_set_int64 (value, volant_media_get_position_ms (self));
      break;
    case PROP_DURATION_MS:
      g_value_set_int64 (value, volant_media_get_duration_ms (self));
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_DUCKED:
      g_value_set_boolean (value, self->n_holds > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
volant_media_finalize (GObject *object)
{
  VolantMedia *self = VOLANT_MEDIA (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->ramp, g_source_remove);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_pointer (&self->player, volant_media_player_free);
  g_clear_pointer (&self->output, volant_sound_output_free);
  g_clear_error (&self->sink_error);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (volant_media_parent_class)->finalize (object);
}

static void
volant_media_class_init (VolantMediaClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = volant_media_get_property;
  object_class->finalize = volant_media_finalize;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, VOLANT_MEDIA_PAUSED, 0, flags);
  props[PROP_TRACK] = g_param_spec_object ("track", NULL, NULL, VOLANT_TYPE_TRACK, flags);
  props[PROP_POSITION_MS] = g_param_spec_int64 ("position-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_DURATION_MS] = g_param_spec_int64 ("duration-ms", NULL, NULL, -1, G_MAXINT64, -1,
                                                flags);
  props[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 0.8, flags);
  props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, flags);
  props[PROP_DUCKED] = g_param_spec_boolean ("ducked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  restored_signal = g_signal_new ("restored", VOLANT_TYPE_MEDIA, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  failed_signal = g_signal_new ("failed", VOLANT_TYPE_MEDIA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
volant_media_init (VolantMedia *self)
{
  self->queue = g_list_store_new (VOLANT_TYPE_TRACK);
  self->volume = 0.8;
}

VolantMedia *
volant_media_new (const char *sink)
{
  static const VolantMediaPlayerEvents events = {
    on_player_went_over,
    on_player_ended,
    on_player_failed,
    on_player_silent,
  };
  VolantMedia *self = g_object_new (VOLANT_TYPE_MEDIA, NULL);

  gst_init (NULL, NULL);
  self->output = volant_sound_output_new (sink, "media", &self->sink_error);
  if (self->output == NULL)
    self->output = volant_sound_output_new ("none", "media", NULL);
  self->player = volant_media_player_new (self->output, &events, self);
  apply_gain (self);
  return self;
}

typedef struct {
  char *path;
  unsigned n_skipped;
} Scan;

static void
free_scan (void *data)
{
  Scan *scan = data;

  g_free (scan->path);
  g_free (scan);
}

static void
run_scan (GTask *task, void *source, void *data, GCancellable *cancellable)
{
  Scan *scan = data;
  GError *error = NULL;
  GPtrArray *tracks = volant_folder_scan (scan->path, cancellable, &scan->n_skipped, &error);

  if (tracks == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, tracks, (GDestroyNotify) g_ptr_array_unref);
}

void
volant_media_open_folder_async (VolantMedia *self, const char *path, GCancellable *cancellable,
                                GAsyncReadyCallback callback, void *data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Scan *scan = g_new0 (Scan, 1);

  g_return_if_fail (VOLANT_IS_MEDIA (self));
  scan->path = g_strdup (path);
  g_task_set_source_tag (task, volant_media_open_folder_async);
  g_task_set_task_data (task, scan, free_scan);
  g_task_run_in_thread (task, run_scan);
}

bool
volant_media_open_folder_finish (VolantMedia *self, GAsyncResult *result, unsigned *n_skipped,
                                 GError **error)
{
  g_autoptr (GPtrArray) tracks = NULL;
  Scan *scan;

  g_return_val_if_fail (g_task_is_valid (result, self), false);
  scan = g_task_get_task_data (G_TASK (result));
  if (n_skipped != NULL)
    *n_skipped = scan->n_skipped;
  tracks = g_task_propagate_pointer (G_TASK (result), error);
  if (tracks == NULL)
    return false;
  stop (self);
  g_list_store_splice (self->queue, 0, queue_length (self), tracks->pdata, tracks->len);
  self->n_failed = 0;
  set_index (self, 0);
  return true;
}

GListModel *
volant_media_get_queue (VolantMedia *self)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), NULL);
  return G_LIST_MODEL (self->queue);
}

VolantMediaState
volant_media_get_state (VolantMedia *self)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), VOLANT_MEDIA_STOPPED);
  return self->state;
}

/* The queue keeps it alive. */
VolantTrack *
volant_media_get_track (VolantMedia *self)
{
  g_autoptr (VolantTrack) track = NULL;

  g_return_val_if_fail (VOLANT_IS_MEDIA (self), NULL);
  track = g_list_model_get_item (G_LIST_MODEL (self->queue), self->index);
  return track;
}

unsigned
volant_media_get_index (VolantMedia *self)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), 0);
  return self->index;
}

int64_t
volant_media_get_position_ms (VolantMedia *self)
{
  int64_t position;

  g_return_val_if_fail (VOLANT_IS_MEDIA (self), 0);
  position = volant_media_player_get_position_ms (self->player);
  return position >= 0 ? position : self->position_ms;
}

int64_t
volant_media_get_duration_ms (VolantMedia *self)
{
  VolantTrack *track = volant_media_get_track (self);

  return track != NULL && volant_track_get_duration_ms (track) >= 0
             ? volant_track_get_duration_ms (track)
             : volant_media_player_get_duration_ms (self->player);
}

double
volant_media_get_volume (VolantMedia *self)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), 0.0);
  return self->volume;
}

bool
volant_media_get_muted (VolantMedia *self)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), false);
  return self->muted;
}

bool
volant_media_play (VolantMedia *self, GError **error)
{
  VolantMediaState before = self->state;

  g_return_val_if_fail (VOLANT_IS_MEDIA (self), false);
  if (queue_length (self) == 0)
    {
      g_set_error_literal (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW,
                           "There is no music to play: choose a folder");
      return false;
    }
  if (self->sink_error != NULL)
    tell_silent (self, self->sink_error);
  g_clear_error (&self->sink_error);
  self->retry_ms = 0;
  self->n_failed = 0;
  set_state (self, VOLANT_MEDIA_PLAYING);
  if (before == VOLANT_MEDIA_STOPPED || !volant_media_player_is_open (self->player))
    open_current (self, self->position_ms);
  else
    volant_media_player_set_playing (self->player, true);
  if (self->is_silent && self->retry == 0)
    retry_later (self);
  return true;
}

void
volant_media_pause (VolantMedia *self)
{
  g_return_if_fail (VOLANT_IS_MEDIA (self));
  if (self->state != VOLANT_MEDIA_PLAYING)
    return;
  volant_media_player_set_playing (self->player, false);
  set_state (self, VOLANT_MEDIA_PAUSED);
}

bool
volant_media_play_index (VolantMedia *self, unsigned index, GError **error)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), false);
  if (index >= queue_length (self))
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND,
                   "There is no track %u: the folder has %u", index + 1, queue_length (self));
      return false;
    }
  stop (self);
  set_index (self, index);
  return volant_media_play (self, error);
}

/* To another track, going on to play or to wait as before. */
static void
move_to (VolantMedia *self, unsigned index)
{
  self->n_failed = 0;
  set_index (self, index);
  if (self->state != VOLANT_MEDIA_STOPPED)
    open_current (self, 0);
}

bool
volant_media_next (VolantMedia *self, GError **error)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), false);
  if (self->index + 1 >= queue_length (self))
    {
      g_set_error_literal (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW, "This is the last track");
      return false;
    }
  move_to (self, self->index + 1);
  return true;
}

bool
volant_media_previous (VolantMedia *self, GError **error)
{
  g_return_val_if_fail (VOLANT_IS_MEDIA (self), false);
  if (queue_length (self) > 0 && volant_media_get_position_ms (self) > RESTART_MS)
    {
      volant_media_seek_ms (self, 0);
      return true;
    }
  if (queue_length (self) == 0 || self->index == 0)
    {
      g_set_error_literal (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW, "This is the first track");
      return false;
    }
  move_to (self, self->index - 1);
  return true;
}

void
volant_media_seek_ms (VolantMedia *self, int64_t position_ms)
{
  int64_t duration = volant_media_get_duration_ms (self);

  g_return_if_fail (VOLANT_IS_MEDIA (self));
  if (queue_length (self) == 0)
    return;
  position_ms = MAX (0, duration >= 0 ? MIN (position_ms, duration) : position_ms);
  if (self->state != VOLANT_MEDIA_STOPPED)
    volant_media_player_seek (self->player, position_ms);
  set_position (self, position_ms);
}

void
volant_media_set_volume (VolantMedia *self, double volume)
{
  g_return_if_fail (VOLANT_IS_MEDIA (self));
  volume = CLAMP (volume, 0.0, 1.0);
  if (volume == self->volume)
    return;
  self->volume = volume;
  apply_gain (self);
  notify (self, PROP_VOLUME);
}

void
volant_media_set_muted (VolantMedia *self, bool muted)
{
  g_return_if_fail (VOLANT_IS_MEDIA (self));
  if (muted == self->muted)
    return;
  self->muted = muted;
  apply_gain (self);
  notify (self, PROP_MUTED);
}

void
volant_media_duck (VolantMedia *self)
{
  g_return_if_fail (VOLANT_IS_MEDIA (self));
  if (self->n_holds++ > 0)
    return;
  start_ramp (self);
  notify (self, PROP_DUCKED);
}

void
volant_media_unduck (VolantMedia *self)
{
  g_return_if_fail (VOLANT_IS_MEDIA (self));
  g_return_if_fail (self->n_holds > 0);
  if (--self->n_holds > 0)
    return;
  start_ramp (self);
  notify (self, PROP_DUCKED);
}
