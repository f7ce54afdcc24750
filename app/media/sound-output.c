/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media/sound-output.h"

#include "app/error.h"
#include "app/text/text.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <string.h>

/* Sinks are chosen by hand: autoaudiosink falls back on a fake one without a word. A recording lives
 * in a pipeline of its own, since players come and go and a file sink would begin anew with each. */

#define RECORD_CAPS "audio/x-raw,format=S16LE,rate=48000,channels=2,layout=interleaved"
#define END_TIMEOUT (3 * GST_SECOND)

struct _VolantSoundOutput {
  char *description; /* NULL the system's */
  GstElement *recording; /* (nullable) pipeline */
  GstElement *source;    /* (nullable) its appsrc */
};

static char *
fill_role (const char *description, const char *role)
{
  g_auto (GStrv) parts = g_strsplit (description, "%s", -1);

  return g_strjoinv (role, parts);
}

static bool
start_recording (VolantSoundOutput *output, GError **error)
{
  g_autofree char *line = g_strdup_printf (
      "appsrc name=source is-live=true do-timestamp=true format=time caps=\"" RECORD_CAPS
      "\" ! %s",
      output->description);
  g_autoptr (GError) problem = NULL;

  output->recording = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &problem);
  if (output->recording == NULL)
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_BAD_PARAMETER,
                   "The sound sink “%s” does not work: %s", output->description, problem->message);
      return false;
    }
  output->source = gst_bin_get_by_name (GST_BIN (output->recording), "source");
  if (gst_element_set_state (output->recording, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return true;
  g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_BAD_PARAMETER,
               "The sound sink “%s” cannot be opened: is its file writable?", output->description);
  return false;
}

VolantSoundOutput *
volant_sound_output_new (const char *description, const char *role, GError **error)
{
  g_autoptr (VolantSoundOutput) output = g_new0 (VolantSoundOutput, 1);

  if (description == NULL || *description == '\0')
    return g_steal_pointer (&output);
  output->description = fill_role (description, role);
  if (strcmp (output->description, "none") != 0 && !start_recording (output, error))
    return NULL;
  return g_steal_pointer (&output);
}

void
volant_sound_output_free (VolantSoundOutput *output)
{
  if (output == NULL)
    return;
  if (output->source != NULL)
    {
      g_autoptr (GstBus) bus = gst_element_get_bus (output->recording);
      g_autoptr (GstMessage) end = NULL;

      gst_app_src_end_of_stream (GST_APP_SRC (output->source));
      end = gst_bus_timed_pop_filtered (bus, END_TIMEOUT, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    }
  if (output->recording != NULL)
    gst_element_set_state (output->recording, GST_STATE_NULL);
  gst_clear_object (&output->source);
  gst_clear_object (&output->recording);
  g_free (output->description);
  g_free (output);
}

static GstFlowReturn
on_new_sample (GstAppSink *sink, void *data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  GstBuffer *copy;

  if (buffer == NULL)
    return GST_FLOW_OK;
  copy = gst_buffer_copy (buffer);
  GST_BUFFER_PTS (copy) = GST_BUFFER_DTS (copy) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_OFFSET (copy) = GST_BUFFER_OFFSET_END (copy) = GST_BUFFER_OFFSET_NONE;
  /* A recording that fails must not stop the music. */
  gst_app_src_push_buffer (GST_APP_SRC (data), copy);
  return GST_FLOW_OK;
}

static GstElement *
make_recording_sink (VolantSoundOutput *output)
{
  GstElement *bin = gst_parse_bin_from_description (
      "audioconvert ! audioresample ! " RECORD_CAPS " ! appsink name=tap sync=true", TRUE, NULL);
  g_autoptr (GstElement) tap = gst_bin_get_by_name (GST_BIN (bin), "tap");
  GstAppSinkCallbacks callbacks = { .new_sample = on_new_sample };

  gst_app_sink_set_callbacks (GST_APP_SINK (tap), &callbacks, gst_object_ref (output->source),
                              gst_object_unref);
  return bin;
}

static GstElement *
make_silent_sink (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

/* The first of the system's sinks that opens. */
static GstElement *
make_system_sink (void)
{
  static const char *const names[] = { "pulsesink", "alsasink" };

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GstElement *sink = gst_element_factory_make (names[i], NULL);

      if (sink == NULL)
        continue;
      /* Short, so that ducking is heard at once. */
      g_object_set (sink, "buffer-time", (gint64) 80000, "latency-time", (gint64) 20000, NULL);
      if (gst_element_set_state (sink, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE)
        return sink;
      gst_element_set_state (sink, GST_STATE_NULL);
      gst_object_unref (gst_object_ref_sink (sink));
    }
  return NULL;
}

bool
volant_sound_output_is_there (VolantSoundOutput *output)
{
  GstElement *sink;

  if (output->description != NULL)
    return true;
  sink = make_system_sink ();
  if (sink == NULL)
    return false;
  gst_object_ref_sink (sink);
  gst_element_set_state (sink, GST_STATE_NULL);
  gst_object_unref (sink);
  return true;
}

GstElement *
volant_sound_output_make_sink (VolantSoundOutput *output, GError **failure)
{
  GstElement *sink;

  if (output->source != NULL)
    return make_recording_sink (output);
  if (output->description != NULL)
    return make_silent_sink ();
  sink = make_system_sink ();
  if (sink != NULL)
    return sink;
  g_set_error_literal (failure, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                       N_ ("connect a sound card or start the sound server"));
  return make_silent_sink ();
}
