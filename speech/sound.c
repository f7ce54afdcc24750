/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/sound.h"

#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

/* Files through GStreamer's decodebin into an appsink. The bus is read by hand: there is no main
 * loop here. */

#define WAIT_STEP_NS (100 * GST_MSECOND)
#define STALL_STEPS 100 /* 10 s */

static void
on_pad_added (GstElement *decoder, GstPad *pad, void *data)
{
  g_autoptr (GstPad) target = gst_element_get_static_pad (GST_ELEMENT (data), "sink");

  if (!gst_pad_is_linked (target))
    gst_pad_link (pad, target);
}

static GstElement *
make_pipeline (const char *path, unsigned rate_hz, GError **error)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *decoder = gst_element_factory_make ("decodebin", NULL);
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);
  GstElement *sink = gst_element_factory_make ("appsink", "sink");
  g_autoptr (GstCaps) caps =
      gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (S16), "rate",
                           G_TYPE_INT, (int) rate_hz, "channels", G_TYPE_INT, 1, NULL);

  if (source == NULL || decoder == NULL || convert == NULL || resample == NULL || sink == NULL)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_AUDIO,
                           "sound files cannot be read: install gstreamer1.0-plugins-base");
      gst_object_unref (pipeline);
      return NULL;
    }
  g_object_set (source, "location", path, NULL);
  g_object_set (sink, "caps", caps, "sync", FALSE, "max-buffers", 16, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, decoder, convert, resample, sink, NULL);
  gst_element_link (source, decoder);
  gst_element_link_many (convert, resample, sink, NULL);
  g_signal_connect_object (decoder, "pad-added", G_CALLBACK (on_pad_added), convert, 0);
  return pipeline;
}

/* An error on the bus, as ours. */
static bool
take_bus_error (GstElement *pipeline, const char *path, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) inner = NULL;

  if (message == NULL)
    return false;
  gst_message_parse_error (message, &inner, NULL);
  g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_AUDIO,
               "%s cannot be read as sound: %s", path, inner->message);
  return true;
}

static bool
pull_all (GstElement *pipeline, const char *path, size_t limit, GArray *samples,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  unsigned n_idle = 0;

  while (samples->len < limit && n_idle < STALL_STEPS)
    {
      g_autoptr (GstSample) sample = NULL;
      GstMapInfo map;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          take_bus_error (pipeline, path, error))
        return false;
      sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), WAIT_STEP_NS);
      if (sample == NULL && gst_app_sink_is_eos (GST_APP_SINK (sink)))
        break;
      n_idle = sample == NULL ? n_idle + 1 : 0;
      if (sample == NULL || !gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
        continue;
      g_array_append_vals (samples, map.data, (unsigned) (map.size / sizeof (int16_t)));
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    }
  if (take_bus_error (pipeline, path, error))
    return false;
  if (samples->len > 0 && n_idle < STALL_STEPS)
    return true;
  g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_AUDIO,
               "%s holds no sound that can be read", path);
  return false;
}

GArray *
volant_sound_read (const char *path, unsigned rate_hz, unsigned limit_s, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (int16_t));
  GstElement *pipeline;
  bool is_read;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_AUDIO,
                   "no sound file %s: check the name", path);
      return NULL;
    }
  gst_init (NULL, NULL);
  pipeline = make_pipeline (path, rate_hz, error);
  if (pipeline == NULL)
    return NULL;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  is_read = pull_all (pipeline, path, (size_t) limit_s * rate_hz, samples, cancellable, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return is_read ? g_steal_pointer (&samples) : NULL;
}

static void
append_number (GByteArray *bytes, uint32_t value, unsigned n_bytes)
{
  uint32_t little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const uint8_t *) &little, n_bytes);
}

/* RIFF WAVE, PCM (Microsoft, Multimedia Programming Interface 1.0, 1991). */
bool
volant_sound_write_wav (const char *path, const int16_t *samples, size_t n_samples,
                        unsigned rate_hz, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  uint32_t n_bytes = (uint32_t) (n_samples * sizeof (int16_t));

  g_byte_array_append (bytes, (const uint8_t *) "RIFF", 4);
  append_number (bytes, 36 + n_bytes, 4);
  g_byte_array_append (bytes, (const uint8_t *) "WAVEfmt ", 8);
  append_number (bytes, 16, 4);
  append_number (bytes, 1, 2);
  append_number (bytes, 1, 2);
  append_number (bytes, rate_hz, 4);
  append_number (bytes, rate_hz * 2, 4);
  append_number (bytes, 2, 2);
  append_number (bytes, 16, 2);
  g_byte_array_append (bytes, (const uint8_t *) "data", 4);
  append_number (bytes, n_bytes, 4);
  for (size_t i = 0; i < n_samples; i++)
    append_number (bytes, (uint16_t) samples[i], 2);
  return g_file_set_contents (path, (const char *) bytes->data, bytes->len, error);
}

GArray *
volant_sound_resample (const int16_t *samples, size_t n_samples, unsigned from_hz, unsigned to_hz,
                       GError **error)
{
  GstAudioConverter *converter;
  g_autoptr (GArray) result = g_array_new (FALSE, TRUE, sizeof (int16_t));
  GstAudioInfo in;
  GstAudioInfo out;
  void *in_plane = (void *) samples;
  void *out_plane;
  size_t n_out;

  gst_init (NULL, NULL);
  gst_audio_info_set_format (&in, GST_AUDIO_FORMAT_S16, (int) from_hz, 1, NULL);
  gst_audio_info_set_format (&out, GST_AUDIO_FORMAT_S16, (int) to_hz, 1, NULL);
  converter = gst_audio_converter_new (GST_AUDIO_CONVERTER_FLAG_NONE, &in, &out, NULL);
  if (converter == NULL)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_AUDIO,
                   "sound cannot be brought from %u to %u Hz", from_hz, to_hz);
      return NULL;
    }
  n_out = gst_audio_converter_get_out_frames (converter, n_samples);
  g_array_set_size (result, (unsigned) n_out);
  out_plane = result->data;
  gst_audio_converter_samples (converter, GST_AUDIO_CONVERTER_FLAG_NONE, &in_plane, n_samples,
                               &out_plane, n_out);
  gst_audio_converter_free (converter);
  return g_steal_pointer (&result);
}

double
volant_sound_level_db (const int16_t *samples, size_t n_samples)
{
  double sum = 0.0;

  for (size_t i = 0; i < n_samples; i++)
    sum += (double) samples[i] * samples[i];
  if (n_samples == 0 || sum <= 0.0)
    return -90.0;
  return CLAMP (10.0 * log10 (sum / (double) n_samples / (32768.0 * 32768.0)), -90.0, 0.0);
}
