/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/live-traffic-feed.h"

#include "app/error.h"
#include "app/feeds/document-reader.h"

/* One Reading at a time: the document, then its parsing and locating in a worker thread. It is
 * parsed each time, also where the bytes are those of before: when it ends to be good, and which
 * nights it tells of, goes by the clock. */

#define IDLE_S 10

const VolantTrafficFeedLimits volant_traffic_feed_default_limits = {
  .interval_ms = 60000,
  .min_retry_ms = 10000,
  .max_retry_ms = 300000,
  .deadline_ms = 30000,
  .max_bytes = 64u << 20,
};

struct _VolantLiveTrafficFeed {
  GObject parent_instance;

  char *location;
  VolantRouter *router;
  VolantTrafficFeedLimits limits;
  VolantDocumentReader *reader;
  VolantTraffic *traffic;
  VolantTrafficTally tally;
  GError *error;
  GCancellable *cancellable; /* NULL while nothing is being read */
  unsigned timer;
  unsigned retry_ms; /* 0 after a success */
  bool is_started;
};

typedef struct {
  VolantLiveTrafficFeed *self;
  GCancellable *cancellable;
  unsigned deadline;
  bool is_late;
  GBytes *bytes;
  VolantTrafficTally tally;
  int64_t expires_s;
} Reading;

static void volant_live_traffic_feed_interface_init (VolantTrafficFeedInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VolantLiveTrafficFeed, volant_live_traffic_feed, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VOLANT_TYPE_TRAFFIC_FEED,
                                                      volant_live_traffic_feed_interface_init))

static void begin_reading (VolantLiveTrafficFeed *self);

static void
reading_free (Reading *reading)
{
  g_clear_handle_id (&reading->deadline, g_source_remove);
  g_object_unref (reading->cancellable);
  g_clear_pointer (&reading->bytes, g_bytes_unref);
  g_object_unref (reading->self);
  g_free (reading);
}

static int64_t
present_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
on_timer (void *data)
{
  VolantLiveTrafficFeed *self = data;

  self->timer = 0;
  begin_reading (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (VolantLiveTrafficFeed *self, unsigned interval_ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->is_started)
    self->timer = g_timeout_add (interval_ms, on_timer, self);
}

/* What is common to both ends. False where the reading was stopped: nobody wants to know. */
static bool
end_reading (Reading *reading)
{
  VolantLiveTrafficFeed *self = reading->self;
  bool is_current = self->cancellable == reading->cancellable;

  if (is_current)
    g_clear_object (&self->cancellable);
  return is_current;
}

static void
fail (Reading *reading, GError *error)
{
  VolantLiveTrafficFeed *self = reading->self;

  if (!end_reading (reading))
    {
      g_error_free (error);
      reading_free (reading);
      return;
    }
  if (reading->is_late)
    {
      g_clear_error (&error);
      error = g_error_new (VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                           "no complete answer from %s within %u s; it is tried again",
                           self->location, MAX (self->limits.deadline_ms / 1000, 1));
    }
  g_clear_error (&self->error);
  self->error = error;
  self->retry_ms = self->retry_ms == 0 ? self->limits.min_retry_ms
                                       : MIN (self->retry_ms * 2, self->limits.max_retry_ms);
  schedule (self, self->retry_ms);
  volant_traffic_feed_emit_failed (VOLANT_TRAFFIC_FEED (self), self->error);
  reading_free (reading);
}

/* What is good for a short time is read again before it is over. */
static unsigned
choose_interval (const VolantLiveTrafficFeed *self, int64_t expires_s)
{
  int64_t half_ms = CLAMP (expires_s - present_s (), 0, 86400) * 1000 / 2;

  return (unsigned) CLAMP (half_ms, self->limits.min_retry_ms,
                           MAX (self->limits.interval_ms, self->limits.min_retry_ms));
}

static void
succeed (Reading *reading, VolantTraffic *traffic)
{
  VolantLiveTrafficFeed *self = reading->self;

  if (!end_reading (reading))
    {
      volant_traffic_unref (traffic);
      reading_free (reading);
      return;
    }
  self->retry_ms = 0;
  g_clear_error (&self->error);
  volant_traffic_unref (self->traffic);
  self->traffic = traffic;
  self->tally = reading->tally;
  schedule (self, choose_interval (self, reading->expires_s));
  volant_traffic_feed_emit_changed (VOLANT_TRAFFIC_FEED (self));
  reading_free (reading);
}

static void
parse_in_thread (GTask *task, void *source, void *task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  VolantTraffic *traffic = volant_traffic_read (
    reading->bytes, reading->self->location, reading->self->router,
    present_s (), &reading->tally, &reading->expires_s, &error);

  if (traffic != NULL)
    g_task_return_pointer (task, traffic, (GDestroyNotify) volant_traffic_unref);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject *source, GAsyncResult *result, void *data)
{
  Reading *reading = data;
  GError *error = NULL;
  VolantTraffic *traffic = g_task_propagate_pointer (G_TASK (result), &error);

  if (traffic != NULL)
    succeed (reading, traffic);
  else
    fail (reading, error);
}

static void
on_document (GObject *source, GAsyncResult *result, void *data)
{
  Reading *reading = data;
  GError *error = NULL;
  g_autoptr (GTask) task = NULL;

  reading->bytes = volant_document_reader_read_finish (reading->self->reader, result, &error);
  if (reading->bytes == NULL)
    {
      fail (reading, error);
      return;
    }
  /* What has been read may be parsed to the end: the deadline is for the network. */
  g_clear_handle_id (&reading->deadline, g_source_remove);
  task = g_task_new (NULL, NULL, on_parsed, reading);
  g_task_set_task_data (task, reading, NULL);
  g_task_run_in_thread (task, parse_in_thread);
}

static gboolean
on_deadline (void *data)
{
  Reading *reading = data;

  reading->deadline = 0;
  reading->is_late = true;
  g_cancellable_cancel (reading->cancellable);
  return G_SOURCE_REMOVE;
}

static void
begin_reading (VolantLiveTrafficFeed *self)
{
  Reading *reading;

  if (self->cancellable != NULL)
    return;
  reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->cancellable = g_cancellable_new ();
  reading->deadline = g_timeout_add (self->limits.deadline_ms, on_deadline, reading);
  self->cancellable = g_object_ref (reading->cancellable);
  volant_document_reader_read_async (self->reader, self->location, reading->cancellable,
                                     on_document, reading);
}

static void
start (VolantTrafficFeed *feed)
{
  VolantLiveTrafficFeed *self = VOLANT_LIVE_TRAFFIC_FEED (feed);

  self->is_started = true;
  begin_reading (self);
}

static void
stop (VolantTrafficFeed *feed)
{
  VolantLiveTrafficFeed *self = VOLANT_LIVE_TRAFFIC_FEED (feed);
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  self->is_started = false;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static VolantTraffic *
get_traffic (VolantTrafficFeed *feed)
{
  return VOLANT_LIVE_TRAFFIC_FEED (feed)->traffic;
}

static const VolantTrafficTally *
get_tally (VolantTrafficFeed *feed)
{
  return &VOLANT_LIVE_TRAFFIC_FEED (feed)->tally;
}

static const GError *
get_error (VolantTrafficFeed *feed)
{
  return VOLANT_LIVE_TRAFFIC_FEED (feed)->error;
}

static void
volant_live_traffic_feed_interface_init (VolantTrafficFeedInterface *interface)
{
  interface->start = start;
  interface->stop = stop;
  interface->get_traffic = get_traffic;
  interface->get_tally = get_tally;
  interface->get_error = get_error;
}

static void
volant_live_traffic_feed_finalize (GObject *object)
{
  VolantLiveTrafficFeed *self = VOLANT_LIVE_TRAFFIC_FEED (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->traffic, volant_traffic_unref);
  g_clear_error (&self->error);
  volant_document_reader_unref (self->reader);
  volant_router_unref (self->router);
  g_free (self->location);
  G_OBJECT_CLASS (volant_live_traffic_feed_parent_class)->finalize (object);
}

static void
volant_live_traffic_feed_class_init (VolantLiveTrafficFeedClass *class)
{
  G_OBJECT_CLASS (class)->finalize = volant_live_traffic_feed_finalize;
}

static void
volant_live_traffic_feed_init (VolantLiveTrafficFeed *self)
{
}

VolantLiveTrafficFeed *
volant_live_traffic_feed_new (const char *location, VolantRouter *router,
                              const VolantTrafficFeedLimits *limits)
{
  VolantLiveTrafficFeed *self = g_object_new (VOLANT_TYPE_LIVE_TRAFFIC_FEED, NULL);

  self->location = g_strdup (location);
  self->router = volant_router_ref (router);
  self->limits = limits != NULL ? *limits : volant_traffic_feed_default_limits;
  self->reader = volant_document_reader_new (self->limits.max_bytes, IDLE_S);
  return self;
}
