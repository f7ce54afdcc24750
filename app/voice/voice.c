/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/voice/voice.h"

#include "app/actions/action-private.h"
#include "app/navigation/instruction.h"
#include "app/session-private.h"
#include "app/text/text.h"
#include "app/voice/names.h"

#include <math.h>
#include <string.h>

/* One state for both: listening and thinking are the ears', speaking is the mouth's. The music is
 * held low for as long as that state is none of off and idle. */

#define LEVEL_FLOOR_DB (-60.0)
#define NAMES_EVERY_M 500.0
/* a direction that waited longer for the driver to finish speaking is stale */
#define PROMPT_VALID_US (5 * G_USEC_PER_SEC)

struct _VolantVoice {
  VolantSession *session; /* not owned: it owns this */
  GCancellable *cancellable;
  VolantVoiceOpened opened;
  VolantEars *ears;
  VolantMouth *mouth;
  VolantVoiceState state;
  double level;
  char *words;
  char *said;
  bool muted;
  bool ducking;
  bool loading; /* ears of another language are on their way */
  unsigned n_hearing_files;
  unsigned listen_after; /* number of the sentence after which to listen, 0 none */
  char *waiting_prompt;  /* said when the ears are done */
  int64_t waiting_since_us;
  bool names_given;
  VolantPoint names_at;
};

static void say_now (VolantVoice *self, const char *text, VolantSayPriority priority,
                     bool then_listen);

/* ---- State ------------------------------------------------------------------------------------
 */

static VolantVoiceState
reckon_state (VolantVoice *self)
{
  VolantEarsState ears = self->ears != NULL ? volant_ears_get_state (self->ears) : VOLANT_EARS_IDLE;

  if (ears == VOLANT_EARS_LISTENING)
    return VOLANT_VOICE_LISTENING;
  if (ears == VOLANT_EARS_THINKING || self->n_hearing_files > 0)
    return VOLANT_VOICE_THINKING;
  if (self->mouth != NULL && volant_mouth_is_speaking (self->mouth))
    return VOLANT_VOICE_SPEAKING;
  return self->ears != NULL ? VOLANT_VOICE_IDLE : VOLANT_VOICE_OFF;
}

static void
update_ducking (VolantVoice *self)
{
  bool wanted = self->state != VOLANT_VOICE_OFF && self->state != VOLANT_VOICE_IDLE;

  if (wanted == self->ducking)
    return;
  self->ducking = wanted;
  if (wanted)
    volant_media_duck (self->session->media);
  else
    volant_media_unduck (self->session->media);
}

static void
update_state (VolantVoice *self)
{
  VolantVoiceState state = reckon_state (self);

  if (state == self->state)
    return;
  self->state = state;
  update_ducking (self);
  if (state != VOLANT_VOICE_LISTENING && self->level > 0.0)
    {
      self->level = 0.0;
      g_object_notify (G_OBJECT (self->session), "voice-level");
    }
  g_object_notify (G_OBJECT (self->session), "voice-state");
}

static void
set_words (VolantVoice *self, const char *words)
{
  if (g_strcmp0 (self->words, words) == 0)
    return;
  g_free (self->words);
  self->words = g_strdup (words);
  g_object_notify (G_OBJECT (self->session), "voice-words");
}

/* ---- Mouth ------------------------------------------------------------------------------------
 */

static void
on_speaking (VolantVoice *self)
{
  update_state (self);
}

/* Half-duplex: the microphone opens when all that was to be said is said. */
static void
on_finished (VolantVoice *self, guint number, gboolean complete)
{
  bool listen = number == self->listen_after && complete;

  if (number == self->listen_after)
    self->listen_after = 0;
  if (listen && self->ears != NULL && volant_ears_has_microphone (self->ears) &&
      volant_ears_get_state (self->ears) == VOLANT_EARS_IDLE)
    volant_ears_start (self->ears, NULL);
  update_state (self);
}

static void
on_mouth_failed (VolantVoice *self, GError *error)
{
  volant_session_set_notice (self->session, VOLANT_NOTICE_SOUND, g_error_copy (error));
}

static void
open_mouth (VolantVoice *self)
{
  GError *error = NULL;

  self->mouth = volant_mouth_new (self->session->speaker, &error);
  if (self->mouth == NULL)
    {
      volant_session_set_notice (self->session, VOLANT_NOTICE_SOUND, error);
      return;
    }
  volant_mouth_set_muted (self->mouth, self->muted);
  g_signal_connect_swapped (self->mouth, "notify::speaking", G_CALLBACK (on_speaking), self);
  g_signal_connect_swapped (self->mouth, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect_swapped (self->mouth, "failed", G_CALLBACK (on_mouth_failed), self);
}

static void
say_now (VolantVoice *self, const char *text, VolantSayPriority priority, bool then_listen)
{
  unsigned number = 0;

  if (self->mouth != NULL && !self->muted)
    number = volant_mouth_say (self->mouth, text, self->session->language, priority);
  if (then_listen && number > 0)
    self->listen_after = number;
  else if (then_listen && self->ears != NULL && volant_ears_has_microphone (self->ears))
    volant_ears_start (self->ears, NULL);
  update_state (self);
}

/* ---- Ears -------------------------------------------------------------------------------------
 */

static void
on_level (VolantVoice *self)
{
  double level = (volant_ears_get_level_db (self->ears) - LEVEL_FLOOR_DB) / -LEVEL_FLOOR_DB;

  self->level = CLAMP (level, 0.0, 1.0);
  g_object_notify (G_OBJECT (self->session), "voice-level");
}

static void
say_waiting_prompt (VolantVoice *self)
{
  g_autofree char *prompt = g_steal_pointer (&self->waiting_prompt);

  if (prompt != NULL && g_get_monotonic_time () - self->waiting_since_us < PROMPT_VALID_US)
    say_now (self, prompt, VOLANT_SAY_MANOEUVRE, false);
}

static void
on_ears_state (VolantVoice *self)
{
  if (volant_ears_get_state (self->ears) == VOLANT_EARS_IDLE)
    say_waiting_prompt (self);
  update_state (self);
}

static void
on_partial (VolantVoice *self, const char *words)
{
  set_words (self, words);
}

static void
on_heard (VolantVoice *self, VolantHearing *hearing)
{
  set_words (self, hearing->words);
  volant_conversation_hear (self->session->conversation, hearing);
  update_state (self);
}

static void
on_ears_failed (VolantVoice *self, GError *error)
{
  volant_session_set_notice (self->session, VOLANT_NOTICE_MICROPHONE, g_error_copy (error));
  update_state (self);
}

static void
drop_ears (VolantVoice *self)
{
  if (self->ears != NULL)
    g_signal_handlers_disconnect_by_data (self->ears, self);
  g_clear_object (&self->ears);
  self->names_given = false;
}

static void
take_ears (VolantVoice *self, VolantEars *ears)
{
  drop_ears (self);
  self->ears = ears;
  g_signal_connect_swapped (ears, "notify::state", G_CALLBACK (on_ears_state), self);
  g_signal_connect_swapped (ears, "notify::level-db", G_CALLBACK (on_level), self);
  g_signal_connect_swapped (ears, "partial", G_CALLBACK (on_partial), self);
  g_signal_connect_swapped (ears, "heard", G_CALLBACK (on_heard), self);
  g_signal_connect_swapped (ears, "failed", G_CALLBACK (on_ears_failed), self);
  volant_voice_update_names (self, true);
  volant_voice_update_expectation (self);
}

/* Kept in English, as its notice may have to be told in another language later. */
static GError *
make_no_microphone (void)
{
  return g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                              N_ ("use the screen instead of the voice"));
}

static void
on_ears_opened (GObject *source, GAsyncResult *result, void *data)
{
  GError *error = NULL;
  VolantEars *ears = volant_ears_new_finish (result, &error);
  VolantVoice *self;
  VolantVoiceOpened opened;

  /* the voice is gone: its cancellable said so */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  self = data;
  opened = g_steal_pointer (&self->opened);
  self->loading = false;
  if (ears != NULL)
    take_ears (self, ears);
  if (ears != NULL && !volant_ears_has_microphone (ears))
    error = make_no_microphone ();
  volant_session_set_notice (self->session, VOLANT_NOTICE_MICROPHONE, error);
  update_state (self);
  if (opened != NULL)
    opened (self->session);
}

static void
open_ears (VolantVoice *self)
{
  g_autofree char *name = g_strconcat (self->session->language, ".commands", NULL);
  g_autofree char *catalogue = g_build_filename (self->session->commands, name, NULL);

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  self->loading = true;
  volant_ears_new_async (self->session->language, catalogue, self->session->model,
                         self->session->microphone, self->cancellable, on_ears_opened, self);
}

/* ---- Directions -------------------------------------------------------------------------------
 */

/* The driver speaks: the direction waits until the ears are done, the later one replaces it. */
static void
say_direction (VolantVoice *self, const char *text)
{
  g_free (self->said);
  self->said = g_strdup (text);
  if (self->state != VOLANT_VOICE_LISTENING && self->state != VOLANT_VOICE_THINKING)
    {
      say_now (self, text, VOLANT_SAY_MANOEUVRE, false);
      return;
    }
  g_free (self->waiting_prompt);
  self->waiting_prompt = g_strdup (text);
  self->waiting_since_us = g_get_monotonic_time ();
}

static void
on_prompt (VolantVoice *self, const VolantPrompt *prompt)
{
  g_autofree char *text = volant_instruction_prompt (prompt, self->session->language);

  if (*text != '\0')
    say_direction (self, text);
}

/* What is said then is a prompt too. */
static void
on_arrived (VolantVoice *self)
{
  const VolantTarget *target = volant_navigation_get_target (self->session->navigation);
  g_autofree char *text = NULL;

  if (target == NULL)
    return;
  text = volant_text_format (self->session->language, N_ ("You have arrived at %s"), target->name);
  volant_session_show_toast (self->session, text, NULL, false);
}

/* ---- Public -----------------------------------------------------------------------------------
 */

VolantVoice *
volant_voice_new (VolantSession *session)
{
  VolantVoice *self = g_new0 (VolantVoice, 1);

  self->session = session;
  self->words = g_strdup ("");
  self->said = g_strdup ("");
  self->muted = volant_settings_get_boolean (session->settings, "voice-muted");
  return self;
}

void
volant_voice_free (VolantVoice *voice)
{
  if (voice == NULL)
    return;
  g_cancellable_cancel (voice->cancellable);
  g_clear_object (&voice->cancellable);
  drop_ears (voice);
  if (voice->mouth != NULL)
    g_signal_handlers_disconnect_by_data (voice->mouth, voice);
  g_clear_object (&voice->mouth);
  g_signal_handlers_disconnect_by_data (voice->session->navigation, voice);
  g_free (voice->words);
  g_free (voice->said);
  g_free (voice->waiting_prompt);
  g_free (voice);
}

void
volant_voice_open (VolantVoice *voice, VolantVoiceOpened opened)
{
  g_signal_connect_swapped (voice->session->navigation, "prompt", G_CALLBACK (on_prompt), voice);
  g_signal_connect_swapped (voice->session->navigation, "arrived", G_CALLBACK (on_arrived), voice);
  if (voice->session->no_voice)
    {
      opened (voice->session);
      return;
    }
  voice->opened = opened;
  open_mouth (voice);
  open_ears (voice);
}

VolantEars *
volant_voice_get_ears (VolantVoice *voice)
{
  return voice->ears;
}

VolantMouth *
volant_voice_get_mouth (VolantVoice *voice)
{
  return voice->mouth;
}

VolantVoiceState
volant_voice_get_state (VolantVoice *voice)
{
  return voice->state;
}

/* volant_voice_is_ready:
 *
 * Whether what is said now is understood by the language and the names of now. */
bool
volant_voice_is_ready (VolantVoice *voice)
{
  gboolean ready = FALSE;

  if (voice->ears != NULL && !voice->loading)
    g_object_get (voice->ears, "ready", &ready, NULL);
  return ready;
}

double
volant_voice_get_level (VolantVoice *voice)
{
  return voice->level;
}

const char *
volant_voice_get_words (VolantVoice *voice)
{
  return voice->words;
}

const char *
volant_voice_get_said (VolantVoice *voice)
{
  return voice->said;
}

bool
volant_voice_listen (VolantVoice *voice, GError **error)
{
  if (voice->ears == NULL || !volant_ears_has_microphone (voice->ears))
    {
      g_autoptr (GError) cause = make_no_microphone ();
      g_autofree char *words
          = volant_text_error (volant_session_get_language (voice->session), cause);

      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                   volant_session_text (voice->session, N_ ("No microphone: %s")), words);
      return false;
    }
  voice->listen_after = 0;
  if (voice->mouth != NULL)
    volant_mouth_stop (voice->mouth);
  set_words (voice, "");
  /* a second press means: I have finished */
  if (volant_ears_get_state (voice->ears) == VOLANT_EARS_LISTENING)
    volant_ears_stop (voice->ears);
  else if (!volant_ears_start (voice->ears, error))
    return false;
  update_state (voice);
  return true;
}

void
volant_voice_cancel (VolantVoice *voice)
{
  voice->listen_after = 0;
  g_clear_pointer (&voice->waiting_prompt, g_free);
  if (voice->mouth != NULL)
    volant_mouth_stop (voice->mouth);
  if (voice->ears != NULL && volant_ears_get_state (voice->ears) != VOLANT_EARS_IDLE)
    volant_ears_cancel (voice->ears);
  update_state (voice);
}

static void
on_file_heard (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  VolantSession *session = g_task_get_source_object (task);
  VolantVoice *self = session->voice;
  GError *error = NULL;
  g_autoptr (VolantHearing) hearing =
      volant_ears_hear_file_finish (VOLANT_EARS (source), result, &error);

  if (self == NULL)
    {
      g_clear_error (&error);
      volant_action_refuse (session, task, VOLANT_ERROR_UNAVAILABLE, N_ ("Cancelled"));
      return;
    }
  self->n_hearing_files--;
  if (hearing == NULL)
    {
      update_state (self);
      volant_action_fail (session, task, error);
      return;
    }
  on_heard (self, hearing);
  volant_action_done (task);
}

void
volant_voice_hear_file (VolantVoice *voice, const char *path, GTask *task)
{
  if (voice->ears == NULL)
    {
      volant_action_refuse (voice->session, task, VOLANT_ERROR_UNAVAILABLE,
                            N_ ("Speech is not ready"));
      return;
    }
  if (voice->mouth != NULL)
    volant_mouth_stop (voice->mouth);
  voice->n_hearing_files++;
  volant_ears_hear_file_async (voice->ears, path, g_task_get_cancellable (task), on_file_heard,
                               g_object_ref (task));
  update_state (voice);
}

/* volant_voice_say:
 *
 * Remembered for nav.repeat, except what is itself a repetition or a question. */
void
volant_voice_say (VolantVoice *voice, const char *text, VolantSayPriority priority,
                  bool then_listen)
{
  if (voice == NULL || *text == '\0')
    return;
  if (!then_listen)
    {
      g_autofree char *said = g_strdup (text);

      g_free (voice->said);
      voice->said = g_steal_pointer (&said);
    }
  say_now (voice, text, priority, then_listen);
}

void
volant_voice_announce (VolantVoice *voice, const char *text)
{
  if (voice != NULL && *text != '\0')
    say_direction (voice, text);
}

void
volant_voice_set_muted (VolantVoice *voice, bool muted)
{
  voice->muted = muted;
  if (voice->mouth != NULL)
    volant_mouth_set_muted (voice->mouth, muted);
  if (voice->mouth != NULL && muted)
    volant_mouth_stop (voice->mouth);
}

bool
volant_voice_get_muted (VolantVoice *voice)
{
  return voice->muted;
}

void
volant_voice_update_expectation (VolantVoice *voice)
{
  if (voice != NULL && voice->ears != NULL)
    volant_ears_set_expectation (
        voice->ears, volant_conversation_get_expectation (voice->session->conversation));
}

/* volant_voice_update_names:
 *
 * The names around the car, once it has gone some way; anew: at once, for they changed. */
void
volant_voice_update_names (VolantVoice *voice, bool anew)
{
  VolantPoint point;

  if (voice == NULL || voice->ears == NULL || !volant_session_get_point (voice->session, &point))
    return;
  if (!anew && voice->names_given && volant_geo_distance_m (voice->names_at, point) < NAMES_EVERY_M)
    return;
  voice->names_given = true;
  voice->names_at = point;
  volant_names_give (voice->session, voice->ears, point);
}

void
volant_voice_set_language (VolantVoice *voice)
{
  if (voice->session->no_voice)
    return;
  voice->listen_after = 0;
  if (voice->mouth != NULL)
    volant_mouth_stop (voice->mouth);
  open_ears (voice);
}
