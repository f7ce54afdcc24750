/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/media/dummy-sink.h"

#include <gst/base/gstbasesink.h>
#include <gst/gst.h>

/* Streaming threads call render, the test's thread the rest. */

struct _DummySink {
  GstBaseSink parent;
  bool is_flushing; /* under the lock */
  bool is_playing;  /* counted */
};

#define DUMMY_TYPE_SINK (dummy_sink_get_type ())
G_DECLARE_FINAL_TYPE (DummySink, dummy_sink, DUMMY, SINK, GstBaseSink)
G_DEFINE_FINAL_TYPE (DummySink, dummy_sink, GST_TYPE_BASE_SINK)

static struct {
  GMutex lock;
  GCond changed;
  bool is_up;
  bool is_stuck;
  unsigned n_played;
  DummySink *playing; /* not owned */
} server;

static GstStaticPadTemplate pad = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("audio/x-raw,format=S16LE"));

enum { PROP_0, PROP_BUFFER_TIME, PROP_LATENCY_TIME };

static void
dummy_sink_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
}

static GstFlowReturn
dummy_sink_render (GstBaseSink *base, GstBuffer *buffer)
{
  DummySink *self = DUMMY_SINK (base);
  bool is_flushing;

  g_mutex_lock (&server.lock);
  if (!self->is_playing)
    server.n_played++;
  self->is_playing = true;
  server.playing = self;
  while (server.is_stuck && !self->is_flushing)
    g_cond_wait (&server.changed, &server.lock);
  is_flushing = self->is_flushing;
  g_mutex_unlock (&server.lock);
  return is_flushing ? GST_FLOW_FLUSHING : GST_FLOW_OK;
}

static void
set_flushing (GstBaseSink *base, bool is_flushing)
{
  g_mutex_lock (&server.lock);
  DUMMY_SINK (base)->is_flushing = is_flushing;
  g_cond_broadcast (&server.changed);
  g_mutex_unlock (&server.lock);
}

static gboolean
dummy_sink_unlock (GstBaseSink *base)
{
  set_flushing (base, true);
  return TRUE;
}

static gboolean
dummy_sink_unlock_stop (GstBaseSink *base)
{
  set_flushing (base, false);
  return TRUE;
}

static GstStateChangeReturn
dummy_sink_change_state (GstElement *element, GstStateChange change)
{
  if (change == GST_STATE_CHANGE_NULL_TO_READY && !server.is_up)
    return GST_STATE_CHANGE_FAILURE;
  return GST_ELEMENT_CLASS (dummy_sink_parent_class)->change_state (element, change);
}

static void
dummy_sink_finalize (GObject *object)
{
  g_mutex_lock (&server.lock);
  if (server.playing == DUMMY_SINK (object))
    server.playing = NULL;
  g_mutex_unlock (&server.lock);
  G_OBJECT_CLASS (dummy_sink_parent_class)->finalize (object);
}

static void
dummy_sink_class_init (DummySinkClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GstElementClass *element_class = GST_ELEMENT_CLASS (class);

  object_class->set_property = dummy_sink_set_property;
  object_class->finalize = dummy_sink_finalize;
  element_class->change_state = dummy_sink_change_state;
  GST_BASE_SINK_CLASS (class)->render = dummy_sink_render;
  GST_BASE_SINK_CLASS (class)->unlock = dummy_sink_unlock;
  GST_BASE_SINK_CLASS (class)->unlock_stop = dummy_sink_unlock_stop;
  gst_element_class_add_static_pad_template (element_class, &pad);
  gst_element_class_set_static_metadata (element_class, "Dummy", "Sink/Audio", "A dummy", "Volant");
  g_object_class_install_property (
      object_class, PROP_BUFFER_TIME,
      g_param_spec_int64 ("buffer-time", NULL, NULL, 1, G_MAXINT64, 1, G_PARAM_WRITABLE));
  g_object_class_install_property (
      object_class, PROP_LATENCY_TIME,
      g_param_spec_int64 ("latency-time", NULL, NULL, 1, G_MAXINT64, 1, G_PARAM_WRITABLE));
}

static void
dummy_sink_init (DummySink *self)
{
  gst_base_sink_set_sync (GST_BASE_SINK (self), TRUE);
}

void
test_server_install (void)
{
  server.is_up = true;
  g_setenv ("ALSA_CONFIG_PATH", "/nonexistent/alsa.conf", TRUE);
  g_assert_true (gst_element_register (NULL, "pulsesink", GST_RANK_NONE, DUMMY_TYPE_SINK));
}

void
test_server_set_up (bool is_up)
{
  server.is_up = is_up;
}

void
test_server_cut (void)
{
  GstElement *sink;

  g_mutex_lock (&server.lock);
  g_assert_nonnull (server.playing);
  sink = gst_object_ref (GST_ELEMENT (server.playing));
  g_mutex_unlock (&server.lock);
  GST_ELEMENT_ERROR (sink, RESOURCE, OPEN_WRITE, ("Disconnected: Connection terminated"), (NULL));
  gst_object_unref (sink);
}

void
test_server_set_stuck (bool is_stuck)
{
  g_mutex_lock (&server.lock);
  server.is_stuck = is_stuck;
  g_cond_broadcast (&server.changed);
  g_mutex_unlock (&server.lock);
}

unsigned
test_server_get_n_played (void)
{
  unsigned n_played;

  g_mutex_lock (&server.lock);
  n_played = server.n_played;
  g_mutex_unlock (&server.lock);
  return n_played;
}
