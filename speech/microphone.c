/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/microphone.h"

#include "speech/decoder.h"

#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>
#include <gst/gst.h>

/* A source, a resampler and an appsink. The pipeline is running only while it is open, so that a
 * microphone's own light tells the truth. */

struct _VolantMicrophone {
  GstElement *pipeline;
  GstElement *source; /* in the pipeline; NULL: to be made again */
  char *description;
  VolantMicrophoneSound sound;
  VolantMicrophoneEnd end;
  void *data;
  unsigned watch;
};

static GstFlowReturn
on_sample (GstAppSink *sink, void *data)
{
  VolantMicrophone *microphone = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstMapInfo map;

  if (sample != NULL && gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    {
      g_autoptr (GBytes) sound = g_bytes_new (map.data, map.size);

      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
      microphone->sound (sound, microphone->data);
    }
  return GST_FLOW_OK;
}

static gboolean
on_bus_message (GstBus *bus, GstMessage *message, void *data)
{
  VolantMicrophone *microphone = data;
  g_autoptr (GError) inner = NULL;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    microphone->end (NULL, microphone->data);
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;
  gst_message_parse_error (message, &inner, NULL);
  error =
      g_error_new (VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
                   "the microphone went away (%s): check that it is plugged in", inner->message);
  gst_element_set_state (microphone->pipeline, GST_STATE_NULL);
  microphone->end (error, microphone->data);
  return G_SOURCE_CONTINUE;
}

/* The first microphone that is not the echo of a loudspeaker. */
static GstElement *
make_system_source (void)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();
  GstElement *source = NULL;
  GList *devices;

  gst_device_monitor_add_filter (monitor, "Audio/Source", NULL);
  devices = gst_device_monitor_get_devices (monitor);
  for (GList *item = devices; item != NULL && source == NULL; item = item->next)
    {
      g_autoptr (GstStructure) properties = gst_device_get_properties (item->data);
      const char *class =
          properties != NULL ? gst_structure_get_string (properties, "device.class") : NULL;

      if (g_strcmp0 (class, "monitor") != 0)
        source = gst_device_create_element (item->data, NULL);
    }
  g_list_free_full (devices, gst_object_unref);
  return source;
}

/* Only the output is shown outside: what GStreamer would do by itself also takes an input that
 * waits for a decoder's late pad. NULL where the description leaves no output. */
static GstElement *
make_described_source (const char *description, GError **error)
{
  GstElement *source = gst_parse_bin_from_description (description, FALSE, error);
  g_autoptr (GstPad) output =
      source != NULL ? gst_bin_find_unlinked_pad (GST_BIN (source), GST_PAD_SRC) : NULL;

  if (output != NULL)
    gst_element_add_pad (source, gst_ghost_pad_new ("src", output));
  else
    g_clear_pointer (&source, gst_object_unref);
  return source;
}

static GstElement *
make_source (const char *description, GError **error)
{
  g_autoptr (GError) inner = NULL;
  GstElement *source =
      description != NULL ? make_described_source (description, &inner) : make_system_source ();

  if (source == NULL || inner != NULL)
    {
      if (description == NULL)
        g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
                             "no microphone was found: plug one in");
      else
        g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
                     "no microphone “%s”: %s", description,
                     inner != NULL ? inner->message
                                   : "it has no output; let it end in audioconvert");
      if (source != NULL)
        gst_object_unref (source);
      return NULL;
    }
  return source;
}

VolantMicrophone *
volant_microphone_new (const char *description, VolantMicrophoneSound sound,
                       VolantMicrophoneEnd end, void *data, GError **error)
{
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstBus) bus = NULL;
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  VolantMicrophone *microphone;
  GstElement *source;
  GstElement *convert;
  GstElement *resample;
  GstElement *sink;

  gst_init (NULL, NULL);
  source = make_source (description, error);
  if (source == NULL)
    return NULL;
  microphone = g_new0 (VolantMicrophone, 1);
  microphone->sound = sound;
  microphone->end = end;
  microphone->data = data;
  microphone->source = source;
  microphone->description = g_strdup (description);
  microphone->pipeline = gst_pipeline_new ("microphone");
  convert = gst_element_factory_make ("audioconvert", "microphone-convert");
  resample = gst_element_factory_make ("audioresample", NULL);
  sink = gst_element_factory_make ("appsink", NULL);
  caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (S16), "rate",
                              G_TYPE_INT, VOLANT_DECODER_RATE_HZ, "channels", G_TYPE_INT, 1, NULL);
  g_object_set (sink, "caps", caps, "sync", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, microphone, NULL);
  gst_bin_add_many (GST_BIN (microphone->pipeline), source, convert, resample, sink, NULL);
  gst_element_link_many (source, convert, resample, sink, NULL);
  bus = gst_element_get_bus (microphone->pipeline);
  microphone->watch = gst_bus_add_watch (bus, on_bus_message, microphone);
  return microphone;
}

void
volant_microphone_free (VolantMicrophone *microphone)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (microphone->pipeline);

  gst_element_set_state (microphone->pipeline, GST_STATE_NULL);
  gst_bus_remove_watch (bus);
  gst_object_unref (microphone->pipeline);
  g_free (microphone->description);
  g_free (microphone);
}

/* A described source is made anew each time: what GStreamer links late it links once only. */
static bool
renew_source (VolantMicrophone *microphone, GError **error)
{
  g_autoptr (GstElement) convert = NULL;

  if (microphone->source != NULL)
    return true;
  microphone->source = make_source (microphone->description, error);
  if (microphone->source == NULL)
    return false;
  gst_bin_add (GST_BIN (microphone->pipeline), microphone->source);
  convert = gst_bin_get_by_name (GST_BIN (microphone->pipeline), "microphone-convert");
  if (gst_element_link (microphone->source, convert))
    return true;
  g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
               "the microphone “%s” gives no sound: let it end in audioconvert",
               microphone->description);
  return false;
}

bool
volant_microphone_open (VolantMicrophone *microphone, GError **error)
{
  if (!renew_source (microphone, error))
    return false;
  if (gst_element_set_state (microphone->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return true;
  gst_element_set_state (microphone->pipeline, GST_STATE_NULL);
  g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
                       "the microphone does not open: another program may hold it");
  return false;
}

void
volant_microphone_close (VolantMicrophone *microphone)
{
  gst_element_set_state (microphone->pipeline, GST_STATE_NULL);
  if (microphone->description != NULL && microphone->source != NULL)
    gst_bin_remove (GST_BIN (microphone->pipeline), microphone->source);
  if (microphone->description != NULL)
    microphone->source = NULL;
}
