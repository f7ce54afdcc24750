/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/mouth.h"

#include "speech/espeak.h"
#include "speech/pinyin.h"
#include "speech/sound.h"

#include <gst/app/gstappsrc.h>
#include <gst/audio/audio.h>
#include <gst/gst.h>

/* A queue of sentences. Each is synthesized on the speaker thread (a GTask waits for it), then
 * played through an appsrc; without a sound card its length is waited for instead. One sentence
 * is current; its number tells late answers from wanted ones. */

#define MAX_QUEUE 8
#define FILE_MARGIN_S 0.3 /* before and after the voice in a file */

typedef struct {
  unsigned number;
  char *text;
  char *language;
  VolantSayPriority priority;
} Sentence;

struct _VolantMouth {
  GObject parent_instance;

  char *sink;
  bool is_silent; /* "none", or no sound card */
  GQueue waiting;
  Sentence *current;
  bool is_started;
  GstElement *pipeline;
  unsigned bus_watch;
  unsigned timer;
  unsigned last_number;
  double volume;
  bool is_muted;
  bool was_speaking;
  bool has_failed;
};

enum {
  PROP_SPEAKING = 1,
};

enum {
  SIGNAL_STARTED,
  SIGNAL_FINISHED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VolantMouth, volant_mouth, G_TYPE_OBJECT)

static void say_next (VolantMouth *self);

static void
sentence_free (Sentence *sentence)
{
  g_free (sentence->text);
  g_free (sentence->language);
  g_free (sentence);
}

static void
notify_speaking (VolantMouth *self)
{
  bool is_speaking = volant_mouth_is_speaking (self);

  if (self->was_speaking == is_speaking)
    return;
  self->was_speaking = is_speaking;
  g_object_notify (G_OBJECT (self), "speaking");
}

/* Stops the sound of the current sentence, whatever state it is in. */
static void
silence (VolantMouth *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
}

static void
finish_current (VolantMouth *self, bool is_complete)
{
  g_autoptr (VolantMouth) kept G_GNUC_UNUSED = g_object_ref (self);
  Sentence *sentence = g_steal_pointer (&self->current);
  bool was_started = self->is_started;

  silence (self);
  self->is_started = false;
  if (sentence == NULL)
    return;
  /* One that never began is told as begun, so that every "started" has its "finished". */
  if (!was_started)
    g_signal_emit (self, signals[SIGNAL_STARTED], 0, sentence->number, sentence->text);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, sentence->number, is_complete);
  sentence_free (sentence);
}

static gboolean
on_timer (void *data)
{
  VolantMouth *self = data;

  self->timer = 0;
  finish_current (self, true);
  say_next (self);
  return G_SOURCE_REMOVE;
}

/* No sound card: said once, and from now on sentences only take their time. */
static void
lose_sound (VolantMouth *self, const char *why)
{
  g_autoptr (GError) error = NULL;

  self->is_silent = true;
  if (self->has_failed)
    return;
  self->has_failed = true;
  error = g_error_new (VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
                       "no sound can be played (%s): check the loudspeaker", why);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static gboolean
on_bus_message (GstBus *bus, GstMessage *message, void *data)
{
  g_autoptr (VolantMouth) self = g_object_ref (VOLANT_MOUTH (data));
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    {
      finish_current (self, true);
      say_next (self);
      return G_SOURCE_CONTINUE;
    }
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;
  gst_message_parse_error (message, &error, NULL);
  lose_sound (self, error->message);
  finish_current (self, false);
  say_next (self);
  return G_SOURCE_CONTINUE;
}

/* The first of the system's sinks that opens: autoaudiosink falls back on a fake one without a
 * word. */
static const char *
find_system_sink (void)
{
  static const char *const names[] = { "pulsesink", "alsasink" };

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GstElement) sink = gst_element_factory_make (names[i], NULL);
      bool opens = false;

      if (sink == NULL)
        continue;
      gst_object_ref_sink (sink);
      opens = gst_element_set_state (sink, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE;
      gst_element_set_state (sink, GST_STATE_NULL);
      if (opens)
        return names[i];
    }
  return NULL;
}

/* The description's own elements after a converter; sound is pushed at once, played in its time. */
static bool
play (VolantMouth *self, const GArray *samples, unsigned rate_hz)
{
  const char *sink = self->sink != NULL ? self->sink : find_system_sink ();
  g_autofree char *description = g_strdup_printf (
      "appsrc name=source format=time ! audioconvert ! audioresample ! volume name=volume ! %s",
      sink);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) volume = NULL;
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstBus) bus = NULL;
  GstBuffer *buffer;

  if (sink == NULL)
    {
      lose_sound (self, "no sound card and no sound server");
      return false;
    }
  self->pipeline = gst_parse_launch (description, &error);
  if (error != NULL || self->pipeline == NULL)
    {
      gst_clear_object (&self->pipeline);
      lose_sound (self, error != NULL ? error->message : "no pipeline");
      return false;
    }
  source = gst_bin_get_by_name (GST_BIN (self->pipeline), "source");
  volume = gst_bin_get_by_name (GST_BIN (self->pipeline), "volume");
  caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (S16), "layout",
                              G_TYPE_STRING, "interleaved", "rate", G_TYPE_INT, (int) rate_hz,
                              "channels", G_TYPE_INT, 1, NULL);
  g_object_set (source, "caps", caps, NULL);
  g_object_set (volume, "volume", self->volume, "mute", self->is_muted, NULL);
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, on_bus_message, self);
  buffer = gst_buffer_new_memdup (samples->data, samples->len * sizeof (int16_t));
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (samples->len, GST_SECOND, rate_hz);
  gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return true;
  silence (self);
  lose_sound (self, "the sound card does not open");
  return false;
}

static bool
collect_sound (const int16_t *samples, size_t n_samples, void *data)
{
  g_array_append_vals (data, samples, (unsigned) n_samples);
  return true;
}

/* Chinese is given to the synthesizer as pinyin: its voice for characters reads pinyin as
 * English. */
static char *
readable_text (const char *text, const char *language)
{
  return g_str_has_prefix (language, "zh") ? volant_pinyin_from_text (text) : g_strdup (text);
}

static void
synthesize (GTask *task, void *source, void *data, GCancellable *cancellable)
{
  const Sentence *sentence = data;
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (int16_t));
  g_autofree char *text = readable_text (sentence->text, sentence->language);
  GError *error = NULL;

  if (volant_espeak_speak (text, volant_espeak_voice_for (sentence->language), collect_sound,
                           samples, &error))
    g_task_return_pointer (task, g_steal_pointer (&samples), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_synthesized (GObject *object, GAsyncResult *result, void *data)
{
  g_autoptr (VolantMouth) self = g_object_ref (VOLANT_MOUTH (object));
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) samples = g_task_propagate_pointer (G_TASK (result), &error);
  const Sentence *sentence = g_task_get_task_data (G_TASK (result));
  unsigned rate_hz = volant_espeak_get_rate_hz ();

  if (self->current == NULL || self->current->number != sentence->number)
    return;
  if (samples == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      finish_current (self, false);
      say_next (self);
      return;
    }
  self->is_started = true;
  g_signal_emit (self, signals[SIGNAL_STARTED], 0, sentence->number, sentence->text);
  if (self->current == NULL || self->current->number != sentence->number)
    return;
  if (self->is_silent || samples->len == 0 || !play (self, samples, rate_hz))
    self->timer = g_timeout_add (samples->len * 1000u / MAX (rate_hz, 1), on_timer, self);
}

static void
say_next (VolantMouth *self)
{
  if (self->current == NULL && (self->current = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, on_synthesized, NULL);
      Sentence *copy = g_new0 (Sentence, 1);

      *copy = (Sentence){ self->current->number, g_strdup (self->current->text),
                          g_strdup (self->current->language), self->current->priority };
      g_task_set_task_data (task, copy, (GDestroyNotify) sentence_free);
      g_task_run_in_thread (task, synthesize);
    }
  notify_speaking (self);
}

/* Drops what waits and fits; each is told as finished, not complete. */
static void
drop_waiting (VolantMouth *self, VolantSayPriority highest, VolantSayPriority lowest)
{
  for (GList *link = self->waiting.head; link != NULL;)
    {
      GList *next = link->next;
      Sentence *sentence = link->data;

      if (sentence->priority <= highest && sentence->priority >= lowest)
        {
          g_queue_delete_link (&self->waiting, link);
          g_signal_emit (self, signals[SIGNAL_FINISHED], 0, sentence->number, FALSE);
          sentence_free (sentence);
        }
      link = next;
    }
}

static void
insert_by_priority (VolantMouth *self, Sentence *sentence)
{
  GList *link = self->waiting.head;

  while (link != NULL && ((Sentence *) link->data)->priority >= sentence->priority)
    link = link->next;
  g_queue_insert_before (&self->waiting, link, sentence);
}

static void
volant_mouth_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPEAKING)
    g_value_set_boolean (value, volant_mouth_is_speaking (VOLANT_MOUTH (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
volant_mouth_dispose (GObject *object)
{
  VolantMouth *self = VOLANT_MOUTH (object);

  silence (self);
  g_clear_pointer (&self->current, sentence_free);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) sentence_free);
  g_clear_pointer (&self->sink, g_free);
  G_OBJECT_CLASS (volant_mouth_parent_class)->dispose (object);
}

static void
volant_mouth_class_init (VolantMouthClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = volant_mouth_get_property;
  object_class->dispose = volant_mouth_dispose;
  g_object_class_install_property (
      object_class, PROP_SPEAKING,
      g_param_spec_boolean ("speaking", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  signals[SIGNAL_STARTED] = g_signal_new ("started", VOLANT_TYPE_MOUTH, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SIGNAL_FINISHED] =
      g_signal_new ("finished", VOLANT_TYPE_MOUTH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", VOLANT_TYPE_MOUTH, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
volant_mouth_init (VolantMouth *self)
{
  g_queue_init (&self->waiting);
  self->volume = 1.0;
}

VolantMouth *
volant_mouth_new (const char *sink, GError **error)
{
  VolantMouth *self;

  gst_init (NULL, NULL);
  if (volant_espeak_get_rate_hz () == 0)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_VOICE,
                           "the synthesizer does not start: install espeak-ng-data");
      return NULL;
    }
  self = g_object_new (VOLANT_TYPE_MOUTH, NULL);
  if (sink != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (sink, "%s", -1);

      self->sink = g_strjoinv ("voice", parts);
    }
  self->is_silent = g_strcmp0 (sink, "none") == 0;
  return self;
}

unsigned
volant_mouth_say (VolantMouth *self, const char *text, const char *language,
                  VolantSayPriority priority)
{
  Sentence *sentence;
  unsigned number;

  g_return_val_if_fail (VOLANT_IS_MOUTH (self), 0);
  number = ++self->last_number;
  sentence = g_new0 (Sentence, 1);
  *sentence = (Sentence){ number, g_strdup (text), g_strdup (language), priority };
  /* Small talk gives way to everything; of manoeuvres only the newest still holds. */
  drop_waiting (self, VOLANT_SAY_CHAT, VOLANT_SAY_CHAT);
  if (priority == VOLANT_SAY_MANOEUVRE)
    drop_waiting (self, VOLANT_SAY_MANOEUVRE, VOLANT_SAY_MANOEUVRE);
  while (self->waiting.length >= MAX_QUEUE)
    drop_waiting (self, ((Sentence *) self->waiting.tail->data)->priority,
                  ((Sentence *) self->waiting.tail->data)->priority);
  insert_by_priority (self, sentence);
  if (self->current != NULL && self->current->priority < priority &&
      (priority == VOLANT_SAY_MANOEUVRE || self->current->priority == VOLANT_SAY_CHAT))
    finish_current (self, false);
  say_next (self);
  return number;
}

void
volant_mouth_stop (VolantMouth *self)
{
  g_autoptr (VolantMouth) kept = NULL;

  g_return_if_fail (VOLANT_IS_MOUTH (self));
  kept = g_object_ref (self);
  drop_waiting (self, VOLANT_SAY_MANOEUVRE, VOLANT_SAY_CHAT);
  finish_current (self, false);
  notify_speaking (self);
}

bool
volant_mouth_is_speaking (VolantMouth *self)
{
  g_return_val_if_fail (VOLANT_IS_MOUTH (self), false);
  return self->current != NULL || self->waiting.length > 0;
}

static void
apply_volume (VolantMouth *self)
{
  g_autoptr (GstElement) volume = NULL;

  if (self->pipeline == NULL)
    return;
  volume = gst_bin_get_by_name (GST_BIN (self->pipeline), "volume");
  g_object_set (volume, "volume", self->volume, "mute", self->is_muted, NULL);
}

void
volant_mouth_set_volume (VolantMouth *self, double volume)
{
  g_return_if_fail (VOLANT_IS_MOUTH (self));
  self->volume = CLAMP (volume, 0.0, 1.0);
  apply_volume (self);
}

void
volant_mouth_set_muted (VolantMouth *self, bool muted)
{
  g_return_if_fail (VOLANT_IS_MOUTH (self));
  self->is_muted = muted;
  apply_volume (self);
}

bool
volant_mouth_say_to_file (const char *text, const char *language, const char *voice,
                          unsigned rate_hz, const char *path, GError **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (int16_t));
  g_autofree char *readable = readable_text (text, language);
  unsigned own_hz = volant_espeak_get_rate_hz ();
  g_autofree int16_t *margin = g_new0 (int16_t, own_hz);
  unsigned n_margin = (unsigned) (FILE_MARGIN_S * own_hz);

  g_array_append_vals (samples, margin, n_margin);
  if (!volant_espeak_speak (readable, voice != NULL ? voice : volant_espeak_voice_for (language),
                            collect_sound, samples, error))
    return false;
  g_array_append_vals (samples, margin, n_margin);
  if (rate_hz != 0 && rate_hz != own_hz)
    {
      g_autoptr (GArray) other = volant_sound_resample (
          (const int16_t *) (void *) samples->data, samples->len, own_hz, rate_hz, error);

      if (other == NULL)
        return false;
      g_array_unref (samples);
      samples = g_steal_pointer (&other);
    }
  return volant_sound_write_wav (path, (const int16_t *) (void *) samples->data, samples->len,
                                 rate_hz != 0 ? rate_hz : own_hz, error);
}
