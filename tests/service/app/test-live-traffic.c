/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/feeds/dummy-traffic-feed.h"
#include "app/session-private.h"
#include "tests/service/app/small-city.h"

#include <string.h>

/* Traffic in a session of the small city, whose streets are a grid: from a feed fed by hand into the
 * router, the route and what is told; and the session's own feed. */

/* Along the southernmost street, way 10, to its last block but a little. */
#define EAST_END "geo:43.70000,7.41200"

typedef struct {
  VolantSession *session;
  const char *key;
  const char *value;
} Expected;

static bool
holds (void *data)
{
  const Expected *expected = data;
  g_autofree char *value = small_city_state (expected->session, expected->key);

  return g_str_has_prefix (value, expected->value);
}

static void
wait_for (VolantSession *session, const char *key, const char *value)
{
  Expected expected = { session, key, value };

  if (!volant_test_wait (holds, &expected, 20.0))
    {
      g_autofree char *found = small_city_state (session, key);

      g_error ("%s is “%s”, not “%s”", key, found, value);
    }
}

/* A document's traffic, good for some seconds from now. */
static VolantTraffic *
make_traffic (VolantSession *session, const char *links, unsigned ttl_s)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autofree char *text = g_strdup_printf (
    "{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"%s\",\"ttl_s\":%u,\"links\":[%s]}",
    time, ttl_s, links);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  VolantTraffic *traffic = volant_traffic_read (bytes, "test", session->router,
                                                g_get_real_time () / G_USEC_PER_SEC, NULL, NULL,
                                                &error);

  g_assert_no_error (error);
  return traffic;
}

static bool
drives_on (VolantSession *session, int64_t way_id, int64_t from_node)
{
  const VolantRoute *route = volant_navigation_get_route (session->navigation);
  const VolantRoads *roads = volant_router_get_roads (session->router);

  for (uint32_t i = 0; i < route->n_steps; i++)
    {
      const VolantSegment *segment =
        &roads->segments[volant_link_segment (route->steps[i].link)];

      if (segment->way_id == way_id && roads->junctions[segment->from_node].node_id == from_node)
        return true;
    }
  return false;
}

/* Slow enough: another way; closed: another one; open again: nothing is said. */
static void
test_news (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autoptr (VolantDummyTrafficFeed) feed = volant_dummy_traffic_feed_new ();
  g_autoptr (VolantLiveTraffic) live = NULL;
  double seconds;

  small_city_do (session, "nav.go-to", g_variant_new_string (EAST_END));
  g_assert_true (drives_on (session, 10, 102));
  live = volant_live_traffic_new (VOLANT_TRAFFIC_FEED (feed), session->router, session->navigation);

  /* A little slower, not worth a word: but the time of arrival is another. */
  seconds = volant_navigation_get_remaining_s (session->navigation);
  volant_dummy_traffic_feed_set_traffic (
    feed, make_traffic (session, "{\"way\":10,\"speed_kmh\":25}", 600));
  wait_for (session, "navigation.delay-s", "40.");
  g_assert_cmpfloat (volant_navigation_get_remaining_s (session->navigation), >, seconds + 5.0);
  g_assert_null (volant_session_get_toast (session));

  volant_dummy_traffic_feed_set_traffic (
    feed, make_traffic (session, "{\"way\":10,\"from_node\":102,\"to_node\":103,\"speed_kmh\":2}",
                        600));
  wait_for (session, "toast", "Traffic ahead: the new route saves ");
  g_assert_false (drives_on (session, 10, 102));
  g_assert_true (drives_on (session, 10, 103));

  small_city_do (session, "screen.set-language", g_variant_new_string ("fr"));
  volant_dummy_traffic_feed_set_traffic (
    feed, make_traffic (session, "{\"way\":10,\"from_node\":102,\"to_node\":103,\"closed\":true},"
                                 "{\"way\":23,\"closed\":true,\"reason\":\"works\"}", 600));
  wait_for (session, "toast", "Une rue plus loin est fermée");
  wait_for (session, "voice.said", "Une rue plus loin est fermée");
  g_assert_false (drives_on (session, 23, 103));
  wait_for (session, "navigation.state", "guiding");
}

/* Nothing outlives its time. */
static void
test_expiry (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autoptr (VolantDummyTrafficFeed) feed = volant_dummy_traffic_feed_new ();
  VolantTraffic *traffic = make_traffic (session, "{\"way\":10,\"closed\":true}", 2);

  session->traffic = volant_live_traffic_new (VOLANT_TRAFFIC_FEED (feed), session->router,
                                              session->navigation);
  volant_dummy_traffic_feed_set_traffic (feed, traffic);
  wait_for (session, "traffic.links", "8");
  wait_for (session, "traffic.links", "0");
  small_city_do (session, "nav.go-to", g_variant_new_string (EAST_END));
  g_assert_true (drives_on (session, 10, 102));
}

/* The session's own feed: a file that is there, and one that is not. */
static void
test_session (void)
{
  g_autofree char *path = g_build_filename (volant_test_folder (), "traffic.json", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autofree char *text = g_strdup_printf (
    "{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"%s\",\"links\":["
    "{\"way\":10,\"from_node\":102,\"to_node\":103,\"closed\":true}]}", time);
  VolantSessionOptions options = { .traffic = path, .no_voice = true };
  VolantSessionOptions missing = { .traffic = "/nowhere.json", .no_voice = true };
  g_autoptr (VolantSession) session = NULL, without = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  session = small_city_session (&options);
  wait_for (session, "traffic.links", "2");
  small_city_do (session, "nav.go-to", g_variant_new_string (EAST_END));
  g_assert_false (drives_on (session, 10, 102));
  without = small_city_session (&missing);
  wait_for (without, "notices", "['The traffic could not be read: cannot read /nowhere.json");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-traffic/news", test_news);
  g_test_add_func ("/live-traffic/expiry", test_expiry);
  g_test_add_func ("/live-traffic/session", test_session);
  return g_test_run ();
}
