/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

#include <math.h>

/* media.*: music. What is heard at once is not said. */

#define VOLUME_STEP 0.1

static bool
require_tracks (VolantSession *session, GTask *task)
{
  if (g_list_model_get_n_items (volant_media_get_queue (session->media)) > 0)
    return true;
  volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("There is no music"));
  return false;
}

/* The answer of what starts a track: its title, so that a person who does not look knows. */
static void
answer_track (VolantSession *session, GTask *task, bool done, GError *error)
{
  VolantTrack *track = volant_media_get_track (session->media);

  if (!done)
    volant_action_fail (session, task, error);
  else if (track == NULL)
    volant_action_done (task);
  else
    volant_action_answer (task, g_strdup (volant_track_get_title (track)), NULL);
}

static void
play (VolantSession *session, GVariant *parameter, GTask *task)
{
  GError *error = NULL;

  if (require_tracks (session, task))
    {
      bool done = volant_media_play (session->media, &error);

      answer_track (session, task, done, error);
    }
}

static void
pause_music (VolantSession *session, GVariant *parameter, GTask *task)
{
  if (volant_media_get_state (session->media) != VOLANT_MEDIA_PLAYING)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("No music is playing"));
      return;
    }
  volant_media_pause (session->media);
  volant_action_done (task);
}

static void
toggle (VolantSession *session, GVariant *parameter, GTask *task)
{
  if (volant_media_get_state (session->media) == VOLANT_MEDIA_PLAYING)
    pause_music (session, NULL, task);
  else
    play (session, NULL, task);
}

static void
next (VolantSession *session, GVariant *parameter, GTask *task)
{
  GError *error = NULL;

  if (require_tracks (session, task))
    {
      bool done = volant_media_next (session->media, &error);

      answer_track (session, task, done, error);
    }
}

static void
previous (VolantSession *session, GVariant *parameter, GTask *task)
{
  GError *error = NULL;

  if (require_tracks (session, task))
    {
      bool done = volant_media_previous (session->media, &error);

      answer_track (session, task, done, error);
    }
}

static void
play_track (VolantSession *session, GVariant *parameter, GTask *task)
{
  int32_t index = g_variant_get_int32 (parameter);
  unsigned n_tracks = g_list_model_get_n_items (volant_media_get_queue (session->media));
  GError *error = NULL;
  bool done;

  if (!require_tracks (session, task))
    return;
  if (index < 0 || (unsigned) index >= n_tracks)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_FOUND,
                            N_ ("There is no track %d: there are %u"), index, n_tracks);
      return;
    }
  done = volant_media_play_index (session->media, (unsigned) index, &error);
  answer_track (session, task, done, error);
}

static void
seek (VolantSession *session, GVariant *parameter, GTask *task)
{
  double seconds = g_variant_get_double (parameter);

  if (!(seconds >= 0.0 && seconds < 1e6))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                            N_ ("There is no such place in a track"));
      return;
    }
  if (volant_media_get_state (session->media) == VOLANT_MEDIA_STOPPED)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("No music is playing"));
      return;
    }
  volant_media_seek_ms (session->media, (int64_t) llround (seconds * 1000.0));
  volant_action_done (task);
}

static void
change_volume (VolantSession *session, GTask *task, double volume)
{
  double before = volant_media_get_volume (session->media);
  int percent;

  volume = CLAMP (volume, 0.0, 1.0);
  volant_media_set_volume (session->media, volume);
  volant_settings_set_double (session->settings, "volume", volume);
  percent = (int) lround (volume * 100.0);
  volant_action_answer (
      task,
      volant_text_format (volant_session_get_language (session), N_ ("Volume %d %%"), percent),
      volant_action_add_undo (session, "media.set-volume",
                              g_variant_new_int32 ((int) lround (before * 100.0))));
}

static void
louder (VolantSession *session, GVariant *parameter, GTask *task)
{
  change_volume (session, task, volant_media_get_volume (session->media) + VOLUME_STEP);
}

static void
quieter (VolantSession *session, GVariant *parameter, GTask *task)
{
  change_volume (session, task, volant_media_get_volume (session->media) - VOLUME_STEP);
}

static void
set_volume (VolantSession *session, GVariant *parameter, GTask *task)
{
  int32_t percent = g_variant_get_int32 (parameter);

  if (percent < 0 || percent > 100)
    volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                          N_ ("The volume goes from 0 to 100"));
  else
    change_volume (session, task, percent / 100.0);
}

static void
set_muted (VolantSession *session, GVariant *parameter, GTask *task)
{
  bool muted = g_variant_get_boolean (parameter);
  bool before = volant_media_get_muted (session->media);

  volant_media_set_muted (session->media, muted);
  volant_action_answer (
      task,
      g_strdup (volant_session_text (session, muted ? N_ ("Music is muted") : N_ ("Music is on"))),
      volant_action_add_undo (session, "media.set-muted", g_variant_new_boolean (before)));
}

const VolantAction volant_actions_media[] = {
  { "media.play", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Plays music"), play },
  { "media.pause", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Pauses the music"), pause_music },
  { "media.toggle", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Plays or pauses the music"), toggle },
  { "media.next", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Plays the next track"), next },
  { "media.previous", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Plays the track before"), previous },
  { "media.play-track", "i", "index", VOLANT_RISK_ACT, true,
    N_ ("Plays a track of the list, counted from 0"), play_track },
  { "media.seek", "d", "seconds", VOLANT_RISK_ACT, true, N_ ("Goes to that second of the track"),
    seek },
  { "media.louder", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Makes the music louder"), louder },
  { "media.quieter", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Makes the music quieter"), quieter },
  { "media.set-volume", "i", "percent", VOLANT_RISK_ACT, true, N_ ("Sets the volume, 0 to 100"),
    set_volume },
  { "media.set-muted", "b", "muted", VOLANT_RISK_ACT, true, N_ ("Mutes the music, or not"),
    set_muted },
  { NULL },
};
