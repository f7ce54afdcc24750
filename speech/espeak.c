/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/espeak.h"

#include <espeak-ng/speak_lib.h>

#include <string.h>

/* The one thread that owns libespeak-ng. Requests wait in a queue; each caller sleeps until its own
 * is done. The thread is started once and lives as long as the process. */

typedef struct {
  const char *text;
  const char *voice;
  VolantEspeakSound sound; /* NULL: phonemes are wanted */
  void *data;
  char *phonemes;
  GError *error;
  bool is_done;
} Request;

static struct {
  GAsyncQueue *queue;
  GMutex lock;
  GCond done;
  int rate_hz;
  char *voice; /* of the speaker thread only */
} speaker;

static int
on_sound (short *samples, int n_samples, espeak_EVENT *events)
{
  Request *request = events->user_data;

  if (samples == NULL || n_samples == 0 || request == NULL)
    return 0;
  return request->sound (samples, (size_t) n_samples, request->data) ? 0 : 1;
}

static bool
choose_voice (Request *request)
{
  if (g_strcmp0 (speaker.voice, request->voice) == 0)
    return true;
  g_clear_pointer (&speaker.voice, g_free);
  if (espeak_SetVoiceByName (request->voice) != EE_OK)
    {
      g_set_error (&request->error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_VOICE,
                   "no voice “%s”: “espeak-ng --voices” lists what is installed", request->voice);
      return false;
    }
  speaker.voice = g_strdup (request->voice);
  return true;
}

static void
write_phonemes (Request *request)
{
  const void *at = request->text;
  GString *phonemes = g_string_new (NULL);

  /* Bit 1: IPA; from bit 8: the character between phonemes. Each call reads one clause. */
  while (at != NULL)
    {
      const char *clause = espeak_TextToPhonemes (&at, espeakCHARS_UTF8, 0x02 | ('_' << 8));

      if (clause != NULL)
        g_string_append_printf (phonemes, "%s%s", phonemes->len > 0 ? " " : "", clause);
    }
  request->phonemes = g_string_free (phonemes, FALSE);
}

static void
serve (Request *request)
{
  if (speaker.rate_hz <= 0)
    g_set_error_literal (&request->error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_VOICE,
                         "the synthesizer does not start: install espeak-ng-data");
  else if (!choose_voice (request))
    return;
  else if (request->sound == NULL)
    write_phonemes (request);
  else if (espeak_Synth (request->text, strlen (request->text) + 1, 0, POS_CHARACTER, 0,
                         espeakCHARS_UTF8, NULL, request) != EE_OK)
    g_set_error_literal (&request->error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_VOICE,
                         "the synthesizer cannot say this sentence");
}

static void *
run_speaker (void *data)
{
  int rate_hz = espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, 60, NULL, espeakINITIALIZE_DONT_EXIT);

  espeak_SetSynthCallback (on_sound);
  g_mutex_lock (&speaker.lock);
  speaker.rate_hz = rate_hz > 0 ? rate_hz : -1;
  g_cond_broadcast (&speaker.done);
  g_mutex_unlock (&speaker.lock);
  while (true)
    {
      Request *request = g_async_queue_pop (speaker.queue);

      serve (request);
      g_mutex_lock (&speaker.lock);
      request->is_done = true;
      g_cond_broadcast (&speaker.done);
      g_mutex_unlock (&speaker.lock);
    }
  return NULL;
}

static void
start_speaker (void)
{
  static gsize started;

  if (!g_once_init_enter (&started))
    return;
  speaker.queue = g_async_queue_new ();
  g_thread_unref (g_thread_new ("speaker", run_speaker, NULL));
  g_once_init_leave (&started, 1);
}

static bool
ask (Request *request, GError **error)
{
  start_speaker ();
  g_async_queue_push (speaker.queue, request);
  g_mutex_lock (&speaker.lock);
  while (!request->is_done)
    g_cond_wait (&speaker.done, &speaker.lock);
  g_mutex_unlock (&speaker.lock);
  if (request->error == NULL)
    return true;
  g_propagate_error (error, request->error);
  return false;
}

unsigned
volant_espeak_get_rate_hz (void)
{
  int rate_hz;

  start_speaker ();
  g_mutex_lock (&speaker.lock);
  while (speaker.rate_hz == 0)
    g_cond_wait (&speaker.done, &speaker.lock);
  rate_hz = speaker.rate_hz;
  g_mutex_unlock (&speaker.lock);
  return rate_hz > 0 ? (unsigned) rate_hz : 0;
}

const char *
volant_espeak_voice_for (const char *language)
{
  if (g_str_has_prefix (language, "fr"))
    return "fr";
  return g_str_has_prefix (language, "zh") ? "cmn-latn-pinyin" : "en-us";
}

char *
volant_espeak_get_phonemes (const char *text, const char *voice, GError **error)
{
  Request request = { .text = text, .voice = voice };

  return ask (&request, error) ? request.phonemes : NULL;
}

bool
volant_espeak_speak (const char *text, const char *voice, VolantEspeakSound sound, void *data,
                     GError **error)
{
  Request request = { .text = text, .voice = voice, .sound = sound, .data = data };

  return ask (&request, error);
}
