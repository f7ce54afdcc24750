/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/feeds/dummy-traffic-feed.h"
#include "app/feeds/live-traffic-feed.h"
#include "maps/error.h"
#include "tests/service/feeds/feed-server.h"
#include "tests/support.h"
#include "tests/unit/routing/text-map.h"

#include <string.h>

/* The feed of traffic: files and servers, good and bad. */

typedef struct {
  VolantTrafficFeed *feed;
  unsigned n_changed;
  unsigned n_failed;
  uint32_t wanted_links;
  GError *error;
} Listener;

static const VolantTrafficFeedLimits fast = {
  .interval_ms = 20,
  .min_retry_ms = 20,
  .max_retry_ms = 100,
  .deadline_ms = 400,
  .max_bytes = 1 << 20,
};

static TextMap *map;

static void
on_changed (VolantTrafficFeed *feed, Listener *listener)
{
  listener->n_changed++;
}

static void
on_failed (VolantTrafficFeed *feed, const GError *error, Listener *listener)
{
  listener->n_failed++;
  g_clear_error (&listener->error);
  listener->error = g_error_copy (error);
}

static void
listen_to (Listener *listener, VolantTrafficFeed *feed)
{
  *listener = (Listener) { .feed = feed };
  g_signal_connect (feed, "changed", G_CALLBACK (on_changed), listener);
  g_signal_connect (feed, "failed", G_CALLBACK (on_failed), listener);
}

static void
listener_clear (Listener *listener)
{
  volant_traffic_feed_stop (listener->feed);
  g_signal_handlers_disconnect_by_data (listener->feed, listener);
  g_clear_object (&listener->feed);
  g_clear_error (&listener->error);
}

static void
open_location (Listener *listener, const char *location)
{
  listen_to (listener, VOLANT_TRAFFIC_FEED (
                         volant_live_traffic_feed_new (location, text_map_router (map), &fast)));
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

static bool
has_links (void *data)
{
  Listener *listener = data;

  return listener->n_changed > 0 &&
         volant_traffic_feed_get_tally (listener->feed)->n_links == listener->wanted_links;
}

/* A document of now, good for a minute. */
static char *
make_document (const char *links, int age_s)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, -age_s);
  g_autofree char *time = g_date_time_format_iso8601 (then);

  return g_strdup_printf ("{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"%s\","
                          "\"ttl_s\":60,\"links\":[%s]}", time, links);
}

/* What is new on the server is read; what it says is unchanged stays. */
static void
test_refresh (void)
{
  g_autoptr (FeedServer) server = feed_server_new ();
  g_autofree char *one = make_document ("{\"way\":1,\"closed\":true}", 0);
  g_autofree char *two = make_document ("{\"way\":2,\"speed_kmh\":7}", 0);
  g_autofree char *address = feed_server_set_traffic (server, one);
  g_autofree char *same_address = NULL;
  Listener listener;

  open_location (&listener, address);
  g_assert_null (volant_traffic_feed_get_traffic (listener.feed));
  listener.wanted_links = 4;
  volant_traffic_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_links, &listener, 10.0));
  same_address = feed_server_set_traffic (server, two);
  listener.wanted_links = 2;
  g_assert_true (volant_test_wait (has_links, &listener, 10.0));
  g_assert_cmpuint (listener.n_failed, ==, 0);
  g_assert_cmpuint (feed_server_get_n_whole (server), ==, 2);
  listener_clear (&listener);
}

/* What is good for a second more is not left alone for a minute. */
static void
test_short_lived (void)
{
  g_autoptr (FeedServer) server = feed_server_new ();
  g_autofree char *document = make_document ("{\"way\":1,\"closed\":true}", 58);
  g_autofree char *address = feed_server_set_traffic (server, document);
  VolantTrafficFeedLimits limits = fast;
  Listener listener;

  limits.interval_ms = 60000;
  listen_to (&listener, VOLANT_TRAFFIC_FEED (volant_live_traffic_feed_new (
                          address, text_map_router (map), &limits)));
  volant_traffic_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  g_assert_true (volant_test_wait (has_failed, &listener, 10.0)); /* out of date by then */
  g_assert_error (listener.error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
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
  { "cut", FEED_SERVER_HALF_JSON, 1, VOLANT_MAPS_ERROR_CORRUPT },
  { "hangs-up", FEED_SERVER_HANGS_UP, 0, VOLANT_ERROR_UNAVAILABLE },
  { "drips", FEED_SERVER_DRIPS, 0, VOLANT_ERROR_UNAVAILABLE },
  { "redirects", FEED_SERVER_REDIRECTS, 0, VOLANT_ERROR_UNAVAILABLE },
  { "huge", FEED_SERVER_HUGE, 0, VOLANT_ERROR_UNAVAILABLE },
  { "deep", FEED_SERVER_DEEP, 1, VOLANT_MAPS_ERROR_TOO_LARGE },
};

/* A server that goes wrong: words, the traffic of before stays; well again, it is read. */
static void
test_fault (const void *data)
{
  unsigned i = GPOINTER_TO_UINT (data);
  g_autoptr (FeedServer) server = feed_server_new ();
  g_autofree char *document = make_document ("{\"way\":1,\"closed\":true}", 0);
  g_autofree char *address = feed_server_set_traffic (server, document);
  GQuark domain = faults[i].is_maps_error ? VOLANT_MAPS_ERROR : VOLANT_ERROR;
  VolantTraffic *kept;
  Listener listener;

  open_location (&listener, address);
  volant_traffic_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  feed_server_set_manner (server, faults[i].manner);
  g_assert_true (volant_test_wait (has_failed, &listener, 10.0));
  g_assert_error (listener.error, domain, faults[i].code);
  g_assert_nonnull (strstr (listener.error->message, address));
  kept = volant_traffic_feed_get_traffic (listener.feed);
  g_assert_nonnull (kept);
  g_assert_nonnull (volant_traffic_find (kept, 0, g_get_real_time () / G_USEC_PER_SEC));
  g_assert_nonnull (volant_traffic_feed_get_error (listener.feed));
  listener.n_changed = 0;
  feed_server_set_manner (server, FEED_SERVER_GOOD);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  g_assert_null (volant_traffic_feed_get_error (listener.feed));
  listener_clear (&listener);
}

/* A server that was never there, and one that goes away. */
static void
test_gone (void)
{
  FeedServer *server = feed_server_new ();
  g_autofree char *document = make_document ("{\"way\":1,\"closed\":true}", 0);
  g_autofree char *address = feed_server_set_traffic (server, document);
  Listener listener;

  open_location (&listener, address);
  volant_traffic_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_changed, &listener, 10.0));
  feed_server_free (server);
  g_assert_true (volant_test_wait (has_failed, &listener, 10.0));
  g_assert_error (listener.error, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE);
  g_assert_nonnull (volant_traffic_feed_get_traffic (listener.feed));
  listener_clear (&listener);
  open_location (&listener, address);
  volant_traffic_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_failed, &listener, 10.0));
  g_assert_null (volant_traffic_feed_get_traffic (listener.feed));
  listener_clear (&listener);
}

static void
expect_file (const char *name, const char *text, GQuark domain, int code)
{
  g_autofree char *path = g_build_filename (volant_test_folder (), name, NULL);
  Listener listener;

  if (text != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  open_location (&listener, path);
  volant_traffic_feed_start (listener.feed);
  g_assert_true (volant_test_wait (has_answered, &listener, 10.0));
  if (domain == 0)
    g_assert_no_error (listener.error);
  else
    g_assert_error (listener.error, domain, code);
  listener_clear (&listener);
}

static void
test_files (void)
{
  g_autofree char *good = make_document ("{\"way\":1,\"closed\":true}", 0);
  g_autofree char *old = make_document ("{\"way\":1,\"closed\":true}", 61);
  g_autofree char *cut = g_strndup (good, strlen (good) - 5);
  g_autofree char *huge = g_strnfill (fast.max_bytes + 1, ' ');

  expect_file ("good.json", good, 0, 0);
  expect_file ("old.json", old, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
  expect_file ("cut.json", cut, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  expect_file ("wrong.csv", "way,speed\n1,30\n", VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  expect_file ("page.html", "<html><body/></html>", VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  expect_file ("huge.json", huge, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE);
  expect_file ("none.json", NULL, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND);
  expect_file (".", NULL, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND);
}

/* Stopped and dropped in the middle of a read, nothing is told and nothing leaks. */
static void
test_stop (void)
{
  g_autoptr (FeedServer) server = feed_server_new ();
  g_autofree char *address = feed_server_set_traffic (server, "");
  VolantTrafficFeed *weak;
  Listener listener;

  open_location (&listener, address);
  weak = listener.feed;
  feed_server_set_manner (server, FEED_SERVER_DRIPS);
  g_object_add_weak_pointer (G_OBJECT (weak), (void **) &weak);
  volant_traffic_feed_start (listener.feed);
  volant_traffic_feed_stop (listener.feed);
  g_clear_object (&listener.feed);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (listener.n_changed + listener.n_failed, ==, 0);
}

static void
test_dummy (void)
{
  VolantDummyTrafficFeed *dummy = volant_dummy_traffic_feed_new ();
  g_autoptr (GError) error = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_FAILED, "no");
  Listener listener;

  listen_to (&listener, VOLANT_TRAFFIC_FEED (dummy));
  volant_traffic_feed_start (listener.feed);
  volant_dummy_traffic_feed_set_traffic (dummy, volant_traffic_new (NULL, 0, NULL));
  volant_dummy_traffic_feed_fail (dummy, error);
  g_assert_cmpuint (listener.n_changed, ==, 1);
  g_assert_cmpuint (listener.n_failed, ==, 1);
  g_assert_nonnull (volant_traffic_feed_get_traffic (listener.feed));
  g_assert_nonnull (volant_traffic_feed_get_error (listener.feed));
  listener_clear (&listener);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  map = text_map_new ("a----b----c----d\n",
                      (const char *[]) { "way abc residential", "way cd residential", NULL });
  g_test_add_func ("/traffic-feed/refresh", test_refresh);
  g_test_add_func ("/traffic-feed/short-lived", test_short_lived);
  for (unsigned i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strdup_printf ("/traffic-feed/fault/%s", faults[i].name);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_fault);
    }
  g_test_add_func ("/traffic-feed/gone", test_gone);
  g_test_add_func ("/traffic-feed/files", test_files);
  g_test_add_func ("/traffic-feed/stop", test_stop);
  g_test_add_func ("/traffic-feed/dummy", test_dummy);
  status = g_test_run ();
  text_map_free (map);
  return status;
}
