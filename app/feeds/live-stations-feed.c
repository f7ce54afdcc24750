/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/live-stations-feed.h"

#include "app/error.h"
#include "app/feeds/document-reader.h"
#include "app/feeds/feed-links.h"
#include "maps/stations/autolib.h"
#include "maps/stations/gbfs.h"

/* One Reading at a time: the first document, then those that it links to side by side, then the
 * parser in a worker thread. Only a Reading that went through replaces what is told. The next one
 * is scheduled when the last has ended, at an interval that depends on ttl and on nothing random.
 */

#define IDLE_S 10

const VolantLiveFeedLimits volant_live_feed_default_limits = {
  .min_interval_ms = 10000,
  .max_interval_ms = 3600000,
  .max_retry_ms = 300000,
  .deadline_ms = 30000,
  .max_bytes = 16u << 20,
};

struct _VolantLiveStationsFeed {
  GObject parent_instance;

  char *location;
  char *language;
  VolantLiveFeedLimits limits;
  VolantDocumentReader *reader;
  VolantStationFeed *feed;
  GBytes *documents[VOLANT_FEED_N_DOCUMENTS]; /* that feed was made from */
  GError *error;
  gint64 read_at_us;
  GCancellable *cancellable; /* NULL while nothing is being read */
  unsigned timer;
  unsigned retry_ms; /* 0 after a success */
  bool is_started;
};

typedef struct {
  VolantLiveStationsFeed *self;
  GCancellable *cancellable;
  unsigned deadline;
  bool is_late;
  unsigned n_pending;
  char *base; /* address of the first document */
  GBytes *documents[VOLANT_FEED_N_DOCUMENTS];
  GError *error; /* of a document that cannot be missing */
  GPtrArray *warnings;
} Reading;

typedef struct {
  Reading *reading;
  VolantFeedDocument kind;
  char *address;
} Request;

static void volant_live_stations_feed_interface_init (VolantStationsFeedInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VolantLiveStationsFeed, volant_live_stations_feed, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VOLANT_TYPE_STATIONS_FEED,
                                                      volant_live_stations_feed_interface_init))

static void begin_reading (VolantLiveStationsFeed *self);

static void
reading_free (Reading *reading)
{
  g_clear_handle_id (&reading->deadline, g_source_remove);
  g_object_unref (reading->cancellable);
  for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS; i++)
    g_clear_pointer (&reading->documents[i], g_bytes_unref);
  g_clear_error (&reading->error);
  g_ptr_array_unref (reading->warnings);
  g_free (reading->base);
  g_object_unref (reading->self);
  g_free (reading);
}

static gboolean
on_timer (void *data)
{
  VolantLiveStationsFeed *self = data;

  self->timer = 0;
  begin_reading (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (VolantLiveStationsFeed *self, unsigned interval_ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->is_started)
    self->timer = g_timeout_add (interval_ms, on_timer, self);
}

/* What is common to both ends. False where the reading was stopped: nobody wants to know. */
static bool
end_reading (Reading *reading)
{
  VolantLiveStationsFeed *self = reading->self;
  bool is_current = self->cancellable == reading->cancellable;

  if (is_current)
    g_clear_object (&self->cancellable);
  return is_current;
}

static void
fail (Reading *reading, GError *error)
{
  VolantLiveStationsFeed *self = reading->self;

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
                           "no complete answer within %u s; it is tried again",
                           MAX (self->limits.deadline_ms / 1000, 1));
    }
  g_prefix_error (&error, "Station feed %s: ", self->location);
  g_clear_error (&self->error);
  self->error = error;
  self->retry_ms = self->retry_ms == 0 ? self->limits.min_interval_ms
                                       : MIN (self->retry_ms * 2, self->limits.max_retry_ms);
  schedule (self, self->retry_ms);
  volant_stations_feed_emit_failed (VOLANT_STATIONS_FEED (self), self->error);
  reading_free (reading);
}

/* A register on paper has no ttl: it is looked at as seldom as can be. */
static void
schedule_by_ttl (VolantLiveStationsFeed *self)
{
  bool is_register = self->documents[VOLANT_FEED_REGISTER] != NULL;
  unsigned max_ms = self->limits.max_interval_ms;
  gint64 wanted_ms = is_register ? max_ms : (gint64) self->feed->ttl_s * 1000;

  schedule (self, (unsigned) CLAMP (wanted_ms, self->limits.min_interval_ms, max_ms));
}

static void
add_warnings (VolantStationFeed *feed, GPtrArray *warnings)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  if (warnings->len == 0)
    return;
  for (unsigned i = 0; i < warnings->len; i++)
    g_strv_builder_add (all, warnings->pdata[i]);
  g_strv_builder_addv (all, (const char **) feed->warnings);
  g_strfreev (feed->warnings);
  feed->warnings = g_strv_builder_end (all);
}

/* feed: NULL where the documents are the same as before. */
static void
succeed (Reading *reading, VolantStationFeed *feed)
{
  VolantLiveStationsFeed *self = reading->self;

  if (!end_reading (reading))
    {
      volant_station_feed_free (feed);
      reading_free (reading);
      return;
    }
  self->read_at_us = g_get_monotonic_time ();
  self->retry_ms = 0;
  g_clear_error (&self->error);
  if (feed != NULL)
    {
      add_warnings (feed, reading->warnings);
      volant_station_feed_free (self->feed);
      self->feed = feed;
      for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS; i++)
        {
          g_clear_pointer (&self->documents[i], g_bytes_unref);
          self->documents[i] = g_steal_pointer (&reading->documents[i]);
        }
    }
  schedule_by_ttl (self);
  if (feed != NULL)
    volant_stations_feed_emit_changed (VOLANT_STATIONS_FEED (self));
  reading_free (reading);
}

static void
parse_in_thread (GTask *task, void *source, void *task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  VolantGbfsDocuments documents = {
    .system_information = reading->documents[VOLANT_FEED_SYSTEM_INFORMATION],
    .station_information = reading->documents[VOLANT_FEED_STATION_INFORMATION],
    .station_status = reading->documents[VOLANT_FEED_STATION_STATUS],
    .vehicle_types = reading->documents[VOLANT_FEED_VEHICLE_TYPES],
  };
  GError *error = NULL;
  VolantStationFeed *feed;

  if (reading->documents[VOLANT_FEED_REGISTER] != NULL)
    feed = volant_station_csv_parse (reading->documents[VOLANT_FEED_REGISTER], &error);
  else
    feed = volant_gbfs_parse (&documents, reading->self->language, &error);
  if (feed != NULL)
    g_task_return_pointer (task, feed, (GDestroyNotify) volant_station_feed_free);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject *source, GAsyncResult *result, void *data)
{
  Reading *reading = data;
  GError *error = NULL;
  VolantStationFeed *feed = g_task_propagate_pointer (G_TASK (result), &error);

  if (feed != NULL)
    succeed (reading, feed);
  else
    fail (reading, error);
}

static bool
same_bytes (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

static void
parse (Reading *reading)
{
  VolantLiveStationsFeed *self = reading->self;
  bool is_same = self->feed != NULL;
  g_autoptr (GTask) task = NULL;

  if (reading->error != NULL)
    {
      fail (reading, g_steal_pointer (&reading->error));
      return;
    }
  for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS && is_same; i++)
    is_same = same_bytes (reading->documents[i], self->documents[i]);
  if (is_same)
    {
      succeed (reading, NULL);
      return;
    }
  /* What has been read may be parsed to the end: the deadline is for the network. */
  g_clear_handle_id (&reading->deadline, g_source_remove);
  task = g_task_new (NULL, NULL, on_parsed, reading);
  g_task_set_task_data (task, reading, NULL);
  g_task_run_in_thread (task, parse_in_thread);
}

/* A system's name and vehicle types change seldom: the last ones do. Its stations cannot be
 * missing, and a state that is not new must not look new. */
static void
take_document (Reading *reading, VolantFeedDocument kind, const char *address, GBytes *bytes,
               GError *error)
{
  VolantLiveStationsFeed *self = reading->self;
  bool is_needed = kind == VOLANT_FEED_STATION_INFORMATION ||
                   (kind == VOLANT_FEED_STATION_STATUS && self->feed != NULL);
  GBytes *last = volant_document_reader_get_last (self->reader, address);

  if (bytes != NULL)
    reading->documents[kind] = bytes;
  else if (is_needed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&reading->error);
      reading->error = error;
    }
  else
    {
      g_ptr_array_add (reading->warnings, g_strdup_printf ("left out: %s", error->message));
      if (last != NULL)
        reading->documents[kind] = g_bytes_ref (last);
      g_error_free (error);
    }
}

static void
on_document (GObject *source, GAsyncResult *result, void *data)
{
  Request *request = data;
  Reading *reading = request->reading;
  GError *error = NULL;
  GBytes *bytes = volant_document_reader_read_finish (reading->self->reader, result, &error);

  take_document (reading, request->kind, request->address, bytes, error);
  g_free (request->address);
  g_free (request);
  if (--reading->n_pending == 0)
    parse (reading);
}

static void
read_linked (Reading *reading, char **addresses)
{
  for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS; i++)
    if (addresses[i] != NULL)
      reading->n_pending++;
  if (reading->n_pending == 0)
    {
      fail (reading, g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND,
                                          "its documents have gone from the folder"));
      return;
    }
  for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS; i++)
    if (addresses[i] != NULL)
      {
        Request *request = g_new0 (Request, 1);

        request->reading = reading;
        request->kind = (VolantFeedDocument) i;
        request->address = g_steal_pointer (&addresses[i]);
        volant_document_reader_read_async (reading->self->reader, request->address,
                                           reading->cancellable, on_document, request);
      }
}

static bool
looks_like_json (GBytes *bytes)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (size_t i = 0; i < size && i < 64; i++)
    if (data[i] == '{' || data[i] == '[' || data[i] == '<')
      return true;
    else if (g_ascii_isgraph (data[i]))
      return false;
  return size == 0;
}

static void
on_first_document (GObject *source, GAsyncResult *result, void *data)
{
  Reading *reading = data;
  VolantLiveStationsFeed *self = reading->self;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = volant_document_reader_read_finish (self->reader, result, &error);
  g_autoptr (VolantGbfsLinks) links = NULL;
  char *addresses[VOLANT_FEED_N_DOCUMENTS] = { NULL };

  if (bytes == NULL)
    {
      fail (reading, error);
      return;
    }
  if (!looks_like_json (bytes))
    {
      reading->documents[VOLANT_FEED_REGISTER] = g_steal_pointer (&bytes);
      parse (reading);
      return;
    }
  links = volant_gbfs_parse_discovery (bytes, self->language, &error);
  if (links == NULL || !volant_feed_resolve_links (reading->base, links, addresses, &error))
    fail (reading, error);
  else
    read_linked (reading, addresses);
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
begin_reading (VolantLiveStationsFeed *self)
{
  Reading *reading;
  char *addresses[VOLANT_FEED_N_DOCUMENTS] = { NULL };

  if (self->cancellable != NULL)
    return;
  reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->cancellable = g_cancellable_new ();
  reading->warnings = g_ptr_array_new_with_free_func (g_free);
  reading->deadline = g_timeout_add (self->limits.deadline_ms, on_deadline, reading);
  self->cancellable = g_object_ref (reading->cancellable);
  reading->base = volant_feed_first_document (self->location);
  if (reading->base == NULL)
    {
      volant_feed_list_folder (self->location, addresses);
      read_linked (reading, addresses);
    }
  else
    volant_document_reader_read_async (self->reader, reading->base, reading->cancellable,
                                       on_first_document, reading);
}

static void
start (VolantStationsFeed *feed)
{
  VolantLiveStationsFeed *self = VOLANT_LIVE_STATIONS_FEED (feed);

  self->is_started = true;
  begin_reading (self);
}

static void
stop (VolantStationsFeed *feed)
{
  VolantLiveStationsFeed *self = VOLANT_LIVE_STATIONS_FEED (feed);
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  self->is_started = false;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
refresh (VolantStationsFeed *feed)
{
  begin_reading (VOLANT_LIVE_STATIONS_FEED (feed));
}

static VolantStationFeed *
get_feed (VolantStationsFeed *feed)
{
  return VOLANT_LIVE_STATIONS_FEED (feed)->feed;
}

static int64_t
get_age_s (VolantStationsFeed *feed)
{
  VolantLiveStationsFeed *self = VOLANT_LIVE_STATIONS_FEED (feed);

  return self->feed != NULL ? (g_get_monotonic_time () - self->read_at_us) / G_USEC_PER_SEC : -1;
}

static const GError *
get_error (VolantStationsFeed *feed)
{
  return VOLANT_LIVE_STATIONS_FEED (feed)->error;
}

static void
volant_live_stations_feed_interface_init (VolantStationsFeedInterface *interface)
{
  interface->start = start;
  interface->stop = stop;
  interface->refresh = refresh;
  interface->get_feed = get_feed;
  interface->get_age_s = get_age_s;
  interface->get_error = get_error;
}

static void
volant_live_stations_feed_finalize (GObject *object)
{
  VolantLiveStationsFeed *self = VOLANT_LIVE_STATIONS_FEED (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->feed, volant_station_feed_free);
  for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS; i++)
    g_clear_pointer (&self->documents[i], g_bytes_unref);
  g_clear_error (&self->error);
  volant_document_reader_unref (self->reader);
  g_free (self->location);
  g_free (self->language);
  G_OBJECT_CLASS (volant_live_stations_feed_parent_class)->finalize (object);
}

static void
volant_live_stations_feed_class_init (VolantLiveStationsFeedClass *class)
{
  G_OBJECT_CLASS (class)->finalize = volant_live_stations_feed_finalize;
}

static void
volant_live_stations_feed_init (VolantLiveStationsFeed *self)
{
}

VolantLiveStationsFeed *
volant_live_stations_feed_new (const char *location, const char *language,
                               const VolantLiveFeedLimits *limits)
{
  VolantLiveStationsFeed *self = g_object_new (VOLANT_TYPE_LIVE_STATIONS_FEED, NULL);

  self->location = g_strdup (location);
  self->language = g_strdup (language);
  self->limits = *limits;
  self->reader = volant_document_reader_new (limits->max_bytes, IDLE_S);
  return self;
}
