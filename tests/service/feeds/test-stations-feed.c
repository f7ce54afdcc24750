/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/feeds/dummy-stations-feed.h"
#include "app/feeds/live-stations-feed.h"
#include "maps/error.h"
#include "tests/service/feeds/feed-server.h"
#include "tests/support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* What a listener saw of a feed. */
typedef struct {
  VolantStationsFeed *feed;
  unsigned n_changed;
  unsigned n_failed;
  int32_t wanted_cars;
  GError *error;
} Listener;

static void
on_changed (VolantStationsFeed *feed, void *data)
{
  ((Listener *) data)->n_changed++;
}

static void
on_failed (VolantStationsFeed *feed, const GError *error, void *data)
{
  Listener *listener = data;

  listener->n_failed++;
  g_clear_error (&listener->error);
  listener->error = g_error_copy (error);
}

static const VolantLiveFeedLimits fast = {
  .min_interval_ms = 20,
  .max_interval_ms = 200,
  .max_retry_ms = 100,
  .deadline_ms = 400,
  .max_bytes = 1 << 20,
};

static void
listen_to (Listener *listener, VolantStationsFeed *feed)
{
  *listener = (Listener){ .feed = feed };
  g_signal_connect (feed, "changed", G_CALLBACK (on_changed), listener);
  g_signal_connect (feed, "failed", G_CALLBACK (on_failed), listener);
}

static void
listener_clear (Listener *listener)
{
  volant_stations_feed_stop (listener->feed);
  g_signal_handlers_disconnect_by_data (listener->feed, listener);
  g_clear_object (&listener->feed);
  g_clear_error (&listener->error);
}

static bool
has_changed (void *data)
{
  return ((Listener *) data)->n_changed > 0;
}

static bool
has_failed (void *data)
{
  return ((Listener *) data)->n_failed > 0;
}

static bool
has_answered (void *data)
{
  return has_changed (data) || has_failed (data);
}

static const VolantStation *
first_station (Listener *listener)
{
  return volant_stations_feed_get_feed (listener->feed)->stations->pdata[0];
}

static bool
has_cars (void *data)
{
  Listener *listener = data;

  return listener->n_changed > 0 &&
         first_station (listener)->cars_available == listener->wanted_cars;
}

static Listener
open_server (FeedServer *server)
{
  Listener listener = { NULL };

  listener.feed = VOLANT_STATIONS_FEED (
      volant_live_stations_feed_new (feed_server_get_address (server), "en", &fast));
  return listener;
}

/* Read again at ttl (here the floor); what has not changed is not sent nor told again. */
static void
test_refresh (void)
{
  g_autoptr (FeedServer) server = feed_server_new ();
  Listener opened = open_server (server);
  Listener listener;
  unsigned n_unchanged;

  listen_to (&listener, opened.feed);
  feed_server_set_cars (server, 4);
  g_assert_cmpint (volant_stations_feed_get_age_s (listener.feed), ==, -1);
  volant_stations_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  g_assert_cmpint (first_station (&listener)->cars_available, ==, 4);
  g_assert_cmpstr (first_station (&listener)->spoken_name, ==, "Gare de Lyon");
  g_assert_cmpint (volant_stations_feed_get_age_s (listener.feed), >=, 0);
  n_unchanged = feed_server_get_n_unchanged (server);
  feed_server_set_cars (server, 7);
  listener.wanted_cars = 7;
  g_assert_true (volant_test_wait (has_cars, &listener, 10.0));
  g_assert_cmpuint (listener.n_changed, ==, 2);
  g_assert_cmpuint (listener.n_failed, ==, 0);
  g_assert_cmpuint (feed_server_get_n_unchanged (server), >=, n_unchanged + 3);
  g_assert_cmpuint (feed_server_get_n_whole (server), ==, 5);
  listener_clear (&listener);
}

static const struct {
  const char *name;
  FeedServerManner manner;
  int is_maps_error;
  int code;
} faults[] = {
  { "not-found", FEED_SERVER_NOT_FOUND, 0, VOLANT_ERROR_NOT_FOUND },
  { "broken", FEED_SERVER_BROKEN, 0, VOLANT_ERROR_UNAVAILABLE },
  { "garbage", FEED_SERVER_GARBAGE, 1, VOLANT_MAPS_ERROR_CORRUPT },
  { "half-json", FEED_SERVER_HALF_JSON, 1, VOLANT_MAPS_ERROR_CORRUPT },
  { "hangs-up", FEED_SERVER_HANGS_UP, 0, VOLANT_ERROR_UNAVAILABLE },
  { "drips", FEED_SERVER_DRIPS, 0, VOLANT_ERROR_UNAVAILABLE },
  { "redirects", FEED_SERVER_REDIRECTS, 0, VOLANT_ERROR_UNAVAILABLE },
  { "to-file", FEED_SERVER_TO_FILE, 0, VOLANT_ERROR_UNAVAILABLE },
  { "huge", FEED_SERVER_HUGE, 0, VOLANT_ERROR_UNAVAILABLE },
  { "deep", FEED_SERVER_DEEP, 1, VOLANT_MAPS_ERROR_TOO_LARGE },
};

/* A server that misbehaves from the start fails with words; well again, it is read. */
static void
test_fault_first (const void *data)
{
  unsigned i = GPOINTER_TO_UINT (data);
  g_autoptr (FeedServer) server = feed_server_new ();
  Listener opened = open_server (server);
  GQuark domain = faults[i].is_maps_error ? VOLANT_MAPS_ERROR : VOLANT_ERROR;
  Listener listener;

  listen_to (&listener, opened.feed);
  feed_server_set_manner (server, faults[i].manner);
  volant_stations_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_answered, &listener, 10.0));
  g_assert_cmpuint (listener.n_changed, ==, 0);
  g_assert_error (listener.error, domain, faults[i].code);
  g_assert_true (g_str_has_prefix (listener.error->message, "Station feed http://127.0.0.1:"));
  g_assert_null (volant_stations_feed_get_feed (listener.feed));
  g_assert_cmpint (volant_stations_feed_get_age_s (listener.feed), ==, -1);
  feed_server_set_manner (server, FEED_SERVER_GOOD);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  g_assert_null (volant_stations_feed_get_error (listener.feed));
  listener_clear (&listener);
}

/* A server that misbehaves later: what was read last stays. */
static void
test_fault_later (const void *data)
{
  unsigned i = GPOINTER_TO_UINT (data);
  g_autoptr (FeedServer) server = feed_server_new ();
  Listener opened = open_server (server);
  Listener listener;

  listen_to (&listener, opened.feed);
  feed_server_set_cars (server, 3);
  volant_stations_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  feed_server_set_manner (server, faults[i].manner);
  g_assert_true (volant_test_wait (has_failed, &listener, 10.0));
  g_assert_cmpuint (listener.n_changed, ==, 1);
  g_assert_cmpint (first_station (&listener)->cars_available, ==, 3);
  g_assert_cmpint (volant_stations_feed_get_age_s (listener.feed), >=, 0);
  g_assert_nonnull (volant_stations_feed_get_error (listener.feed));
  listener_clear (&listener);
}

/* The first time, stations with no state are better than none; later, old states must not look new.
 */
static void
test_no_states (void)
{
  g_autoptr (FeedServer) server = feed_server_new ();
  Listener opened = open_server (server);
  Listener listener;

  listen_to (&listener, opened.feed);
  feed_server_set_manner (server, FEED_SERVER_STATUS_BROKEN);
  volant_stations_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  g_assert_cmpint (first_station (&listener)->cars_available, ==, -1);
  g_assert_nonnull (strstr (volant_stations_feed_get_feed (listener.feed)->warnings[0], "500"));
  g_assert_true (volant_test_wait (has_failed, &listener, 10.0));
  listener_clear (&listener);
}

static void
test_no_types (void)
{
  g_autoptr (FeedServer) server = feed_server_new ();
  Listener opened = open_server (server);
  Listener listener;

  listen_to (&listener, opened.feed);
  feed_server_set_cars (server, 2);
  volant_stations_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  feed_server_set_manner (server, FEED_SERVER_TYPES_BROKEN);
  feed_server_set_cars (server, 5);
  listener.wanted_cars = 5;
  g_assert_true (volant_test_wait (has_cars, &listener, 10.0));
  g_assert_cmpuint (listener.n_failed, ==, 0);
  listener_clear (&listener);
}

static char *
write_file (const char *name, const char *text)
{
  char *path = g_build_filename (volant_test_folder (), name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static const char small_information[] =
    "{\"last_updated\":1,\"ttl\":0,\"version\":\"3.0\",\"data\":{\"stations\":["
    "{\"station_id\":\"a\",\"name\":[{\"text\":\"Port\",\"language\":\"en\"}],"
    "\"lat\":43.1,\"lon\":5.9}]}}";

static void
expect_location (const char *location, const char *name, const GError *expected)
{
  Listener listener;

  listen_to (&listener,
             VOLANT_STATIONS_FEED (volant_live_stations_feed_new (location, NULL, &fast)));
  volant_stations_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_answered, &listener, 10.0));
  if (name != NULL)
    {
      g_assert_no_error (listener.error);
      g_assert_cmpstr (first_station (&listener)->spoken_name, ==, name);
    }
  else
    g_assert_error (listener.error, expected->domain, expected->code);
  listener_clear (&listener);
}

/* A folder is read by its gbfs.json, by the usual names without one, and as a copy of a published
 * feed; a CSV file is told from JSON by what is in it. */
static void
test_folder (void)
{
  g_autofree char *linked = write_file (
      "linked/gbfs.json", "{\"version\":\"3.0\",\"ttl\":0,\"data\":{\"feeds\":["
                          "{\"name\":\"station_information\",\"url\":\"my-stations.json\"}]}}");
  g_autofree char *stations = write_file ("linked/my-stations.json", small_information);
  g_autofree char *copied =
      write_file ("copied/gbfs.json",
                  "{\"version\":\"3.0\",\"ttl\":0,\"data\":{\"feeds\":["
                  "{\"name\":\"station_information\",\"url\":\"https://feed.invalid/3/si\"}]}}");
  g_autofree char *copy = write_file ("copied/station_information.json", small_information);
  g_autofree char *bare = write_file ("bare/station_information.json", small_information);
  g_autofree char *csv = write_file (
      "register.csv", "station_id,latitude,longitude,fast,slow,count\n7,22.7,113.8,5,5,10\n");
  g_autofree char *linked_folder = g_path_get_dirname (linked);
  g_autofree char *copied_folder = g_path_get_dirname (copied);
  g_autofree char *bare_folder = g_path_get_dirname (bare);
  g_autofree char *uri = g_filename_to_uri (linked_folder, NULL, NULL);

  expect_location (linked_folder, "Port", NULL);
  expect_location (linked, "Port", NULL);
  expect_location (uri, "Port", NULL);
  expect_location (copied_folder, "Port", NULL);
  expect_location (bare_folder, "Port", NULL);
  expect_location (csv, "Shenzhen 7", NULL);
}

static void
test_folder_refused (void)
{
  g_autofree char *escaping =
      write_file ("escaping/gbfs.json",
                  "{\"version\":\"3.0\",\"ttl\":0,\"data\":{\"feeds\":["
                  "{\"name\":\"station_information\",\"url\":\"../../../etc/passwd\"}]}}");
  g_autofree char *pipe = g_build_filename (volant_test_folder (), "pipe", NULL);
  g_autofree char *empty = write_file ("empty.csv", "");
  GError unavailable = { VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE, NULL };
  GError not_found = { VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND, NULL };
  GError corrupt = { VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT, NULL };

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  expect_location (escaping, NULL, &unavailable);
  expect_location (pipe, NULL, &not_found);
  expect_location ("/nowhere/at/all", NULL, &not_found);
  expect_location ("http://", NULL, &not_found);
  expect_location (volant_test_folder (), NULL, &not_found);
  expect_location (empty, NULL, &corrupt);
}

/* Stopped and dropped in the middle of a read, nothing is told and nothing leaks. */
static void
test_stop (void)
{
  g_autoptr (FeedServer) server = feed_server_new ();
  Listener opened = open_server (server);
  VolantStationsFeed *weak = opened.feed;
  Listener listener;

  listen_to (&listener, opened.feed);
  feed_server_set_manner (server, FEED_SERVER_DRIPS);
  g_object_add_weak_pointer (G_OBJECT (weak), (void **) &weak);
  volant_stations_feed_start (listener.feed);
  volant_stations_feed_stop (listener.feed);
  g_clear_object (&listener.feed);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (listener.n_changed + listener.n_failed, ==, 0);
}

static void
test_dummy (void)
{
  g_autoptr (VolantDummyStationsFeed) dummy = volant_dummy_stations_feed_new ();
  g_autoptr (GError) error = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_FAILED, "no");
  Listener listener;

  listen_to (&listener, VOLANT_STATIONS_FEED (dummy));
  volant_stations_feed_start (listener.feed);
  g_assert_null (volant_stations_feed_get_feed (listener.feed));
  volant_dummy_stations_feed_set_feed (dummy, g_new0 (VolantStationFeed, 1));
  volant_dummy_stations_feed_fail (dummy, error);
  g_assert_cmpuint (listener.n_changed, ==, 1);
  g_assert_cmpuint (listener.n_failed, ==, 1);
  g_assert_nonnull (volant_stations_feed_get_feed (listener.feed));
  g_assert_cmpint (volant_stations_feed_get_age_s (listener.feed), >=, 0);
  g_object_ref (dummy);
  listener_clear (&listener);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stations-feed/refresh", test_refresh);
  for (unsigned i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *first = g_strdup_printf ("/stations-feed/fault-first/%s", faults[i].name);
      g_autofree char *later = g_strdup_printf ("/stations-feed/fault-later/%s", faults[i].name);

      g_test_add_data_func (first, GUINT_TO_POINTER (i), test_fault_first);
      g_test_add_data_func (later, GUINT_TO_POINTER (i), test_fault_later);
    }
  g_test_add_func ("/stations-feed/no-states", test_no_states);
  g_test_add_func ("/stations-feed/no-types", test_no_types);
  g_test_add_func ("/stations-feed/folder", test_folder);
  g_test_add_func ("/stations-feed/folder-refused", test_folder_refused);
  g_test_add_func ("/stations-feed/stop", test_stop);
  g_test_add_func ("/stations-feed/dummy", test_dummy);
  return g_test_run ();
}
