/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/route-now.h"
#include "maps/routing/traffic/traffic.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* The model of the traffic, and what the router makes of it. Ways and times are worked out by hand.
 */

#define NOW_S 1000

/* Two ways from a to c: straight on by b, or round by d and e. */
static TextMap *
new_loop (void)
{
  return text_map_new (
    "z---a---------b---------c---y\n"
    "    |                   |    \n"
    "    |                   |    \n"
    "    d-------------------e    \n",
    (const char *[]) { "way zabcy residential", "way adec residential", NULL });
}

static VolantTraffic *
close_link (TextMap *map, char from, char to)
{
  VolantLinkChange change = { .link = text_map_link (map, from, to),
                              .valid_from_s = VOLANT_TRAFFIC_ALWAYS_S,
                              .valid_until_s = VOLANT_TRAFFIC_NO_END_S };

  return volant_traffic_new (&change, 1, (const char *[]) { "works", NULL });
}

static void
test_model (void)
{
  const VolantLinkChange changes[] = {
    { 7, 5000, 10, 20, 0 }, { 3, 0, 50, 60, 1 },   { 7, 3000, 15, 30, 1 },
    { 7, 0, 28, 29, 0 },    { 9, 1000, 40, 40, 0 }, { 7, 9000, 5, 40, 0 },
  };
  g_autoptr (VolantTraffic) traffic =
    volant_traffic_new (changes, G_N_ELEMENTS (changes), (const char *[]) { "a", "b", NULL });
  uint32_t n;
  const VolantLinkChange *sorted = volant_traffic_get_changes (traffic, &n);

  g_assert_cmpuint (n, ==, 5); /* the one of no length in time is gone */
  g_assert_cmpuint (sorted[0].link, ==, 3);
  g_assert_null (volant_traffic_find (traffic, 7, 4));
  g_assert_cmpuint (volant_traffic_find (traffic, 7, 5)->speed_mm_per_s, ==, 9000);
  g_assert_cmpuint (volant_traffic_find (traffic, 7, 14)->speed_mm_per_s, ==, 5000);
  g_assert_cmpuint (volant_traffic_find (traffic, 7, 19)->speed_mm_per_s, ==, 3000);
  g_assert_cmpuint (volant_traffic_find (traffic, 7, 28)->speed_mm_per_s, ==, 0);
  g_assert_cmpuint (volant_traffic_find (traffic, 7, 29)->speed_mm_per_s, ==, 3000);
  g_assert_null (volant_traffic_find (traffic, 7, 40));
  g_assert_null (volant_traffic_find (traffic, 8, 20));
  g_assert_null (volant_traffic_find (NULL, 7, 20));
  g_assert_cmpstr (volant_traffic_get_reason (traffic, sorted[0].reason), ==, "b");
  g_assert_cmpstr (volant_traffic_get_reason (traffic, 99), ==, "");
  g_assert_cmpint (volant_traffic_get_next_s (traffic, 0), ==, 5);
  g_assert_cmpint (volant_traffic_get_next_s (traffic, 5), ==, 10);
  g_assert_cmpint (volant_traffic_get_next_s (traffic, 40), ==, 50);
  g_assert_cmpint (volant_traffic_get_next_s (traffic, 60), ==, VOLANT_TRAFFIC_NO_END_S);
}

/* Several sources together; a source ends with its time to live. */
static void
test_merge (void)
{
  const VolantLinkChange slow = { 4, 2000, 0, 100, 0 }, closed = { 4, 0, 50, 100, 0 };
  g_autoptr (VolantTraffic) speeds =
    volant_traffic_new (&slow, 1, (const char *[]) { "slow", NULL });
  g_autoptr (VolantTraffic) closures =
    volant_traffic_new (&closed, 1, (const char *[]) { "closed", NULL });
  g_autoptr (VolantTraffic) short_lived = volant_traffic_until (closures, 60);
  g_autoptr (VolantTraffic) all =
    volant_traffic_merge ((VolantTraffic *[]) { speeds, NULL, short_lived }, 3);
  const VolantLinkChange *found = volant_traffic_find (all, 4, 55);

  g_assert_cmpuint (found->speed_mm_per_s, ==, 0);
  g_assert_cmpstr (volant_traffic_get_reason (all, found->reason), ==, "closed");
  found = volant_traffic_find (all, 4, 60);
  g_assert_cmpuint (found->speed_mm_per_s, ==, 2000);
  g_assert_cmpstr (volant_traffic_get_reason (all, found->reason), ==, "slow");
  g_assert_null (volant_traffic_find (all, 4, 100));
}

static void
test_apply (void)
{
  g_autoptr (TextMap) map = new_loop ();
  VolantRouter *router = text_map_router (map);
  const VolantRoads *roads = text_map_roads (map);
  uint32_t ab = text_map_link (map, 'a', 'b'), bc = text_map_link (map, 'b', 'c');
  uint32_t de = text_map_link (map, 'd', 'e');
  const VolantLinkChange changes[] = {
    { ab, 0, 0, 2000, 0 },
    { bc, 1000, 0, 2000, 0 },
    { de, 100000, 0, 2000, 0 },
    { 9999, 0, 0, 2000, 0 },
  };
  g_autoptr (VolantTraffic) traffic = volant_traffic_new (changes, G_N_ELEMENTS (changes), NULL);
  VolantMetric *base = (VolantMetric *) volant_router_get_metric (router, VOLANT_MODE_CAR);
  VolantMetric *walk = (VolantMetric *) volant_router_get_metric (router, VOLANT_MODE_FOOT);
  g_autoptr (VolantMetric) now = volant_traffic_apply (traffic, roads, base, NOW_S);
  g_autoptr (VolantMetric) later = volant_traffic_apply (traffic, roads, base, 2000);
  g_autoptr (VolantMetric) on_foot = volant_traffic_apply (traffic, roads, walk, NOW_S);
  g_autoptr (VolantMetric) length =
    volant_metric_new (roads, volant_router_get_turns (router), VOLANT_MODE_CAR,
                       VOLANT_COST_LENGTH);
  g_autoptr (VolantMetric) length_now = NULL;
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  g_assert_cmpuint (now->link_costs[ab], ==, VOLANT_COST_NEVER);
  g_assert_cmpuint (now->link_costs[ab ^ 1], ==, base->link_costs[ab ^ 1]);
  g_assert_cmpuint (ABS ((int) now->link_costs[bc] - 100000), <, 500); /* 100 m at 1 m/s */
  g_assert_cmpuint (now->link_costs[de], ==, base->link_costs[de]); /* never faster than free */
  volant_metric_list_changed (base, now, links);
  g_assert_cmpuint (links->len, ==, 2);
  g_assert_cmpuint (g_array_index (links, uint32_t, 0), ==, MIN (ab, bc));
  g_assert_true (later == base);
  g_assert_true (on_foot == walk);
  for (uint32_t link = 0; link < length->n_links; link++)
    length->link_costs[link] = 5;
  length_now = volant_traffic_apply (traffic, roads, length, NOW_S);
  g_assert_cmpuint (length_now->link_costs[ab], ==, VOLANT_COST_NEVER);
  g_assert_cmpuint (length_now->link_costs[bc], ==, 5);
  g_assert_cmpint (length_now->cost, ==, VOLANT_COST_LENGTH);
}

static char *
letters_of (TextMap *map, VolantMode mode, VolantPoint from, VolantPoint to, VolantRoute **found)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantRoute) route = volant_router_query_route (query, mode, from, NAN, to, &error);
  char *letters;

  if (route == NULL)
    return g_strdup (error->message);
  letters = text_map_route_letters (map, route);
  if (found != NULL)
    *found = g_steal_pointer (&route);
  return letters;
}

static void
test_detour (void)
{
  g_autoptr (TextMap) map = new_loop ();
  VolantRouter *router = text_map_router (map);
  VolantPoint from = text_map_near (map, 'z', 10, 0), to = text_map_near (map, 'y', -10, 0);
  g_autoptr (VolantTraffic) traffic = close_link (map, 'b', 'c');
  g_autofree char *open = letters_of (map, VOLANT_MODE_CAR, from, to, NULL);
  g_autofree char *closed = NULL, *back = NULL, *walk = NULL, *again = NULL;
  g_autoptr (VolantRoute) detour = NULL;
  g_autoptr (VolantMetric) before = NULL, after = NULL;
  uint32_t n_changed = volant_router_set_traffic (router, traffic, NOW_S);

  g_assert_cmpuint (n_changed, ==, 1);
  closed = letters_of (map, VOLANT_MODE_CAR, from, to, &detour);
  back = letters_of (map, VOLANT_MODE_CAR, to, from, NULL);
  walk = letters_of (map, VOLANT_MODE_FOOT, from, to, NULL);
  g_assert_cmpstr (open, ==, "zabcy");
  g_assert_cmpstr (closed, ==, "zadecy");
  g_assert_cmpstr (back, ==, "ycbaz"); /* the other direction is open */
  g_assert_cmpstr (walk, ==, "zabcy");
  g_assert_cmpuint (detour->delay_ms, ==, 0); /* a longer way is no slower one */
  before = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  g_assert_cmpuint (volant_router_set_traffic (router, traffic, NOW_S + 1), ==, 0);
  after = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  g_assert_true (before == after); /* with what was made of it */
  g_assert_cmpuint (volant_router_set_traffic (router, NULL, NOW_S), ==, 1);
  again = letters_of (map, VOLANT_MODE_CAR, from, to, NULL);
  g_assert_cmpstr (again, ==, "zabcy");
}

/* Slow, but still the best way: the route tells how much it loses. */
static void
test_delay (void)
{
  g_autoptr (TextMap) map = text_map_new ("a---------b---------c\n",
                                          (const char *[]) { "way abc residential", NULL });
  VolantPoint from = text_map_near (map, 'a', 50, 0), to = text_map_near (map, 'c', -20, 0);
  VolantLinkChange change = { text_map_link (map, 'a', 'b'), 1000, 0, 2000, 0 };
  g_autoptr (VolantTraffic) traffic = volant_traffic_new (&change, 1, NULL);
  g_autoptr (VolantRoute) free = NULL, slow = NULL;
  g_autofree char *letters_free = letters_of (map, VOLANT_MODE_CAR, from, to, &free);
  g_autofree char *letters_slow = NULL;

  volant_router_set_traffic (text_map_router (map), traffic, NOW_S);
  letters_slow = letters_of (map, VOLANT_MODE_CAR, from, to, &slow);
  g_assert_cmpstr (letters_free, ==, letters_slow);
  g_assert_cmpuint (free->delay_ms, ==, 0);
  g_assert_cmpuint (slow->delay_ms, ==, slow->time_ms - free->time_ms);
  g_assert_cmpuint (slow->delay_ms, >, 40000); /* 50 m at 1 m/s, 5 s otherwise */
  g_assert_cmpuint (slow->steps[1].at_ms, >, 45000);
}

/* A car on a closed road may leave it, along closed links too; where it can turn round at once, the
 * shorter way out is taken. */
static void
test_leave (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "z---a---------b---------c---y\n"
    "    |                   |    \n"
    "    d-------------------e    \n",
    (const char *[]) { "way za residential", "way abc residential oneway", "way cy residential",
                       "way adec residential", NULL });
  g_autoptr (VolantTraffic) ab = close_link (map, 'a', 'b'), bc = close_link (map, 'b', 'c');
  g_autoptr (VolantTraffic) both = volant_traffic_merge ((VolantTraffic *[]) { ab, bc }, 2);
  VolantPoint on_ab = text_map_near (map, 'a', 50, 0);
  g_autoptr (VolantRoute) route = NULL;
  g_autofree char *out = NULL, *into = NULL, *along = NULL;

  volant_router_set_traffic (text_map_router (map), both, NOW_S);
  out = letters_of (map, VOLANT_MODE_CAR, on_ab, text_map_near (map, 'z', 10, 0), &route);
  g_assert_cmpstr (out, ==, "abcedaz");
  g_assert_cmpuint (route->time_ms, <, 120000); /* at the free speed */
  along = letters_of (map, VOLANT_MODE_CAR, on_ab, text_map_near (map, 'y', -10, 0), NULL);
  g_assert_cmpstr (along, ==, "abcy");
  /* Not into it: the way ends on the nearest open road. */
  into = letters_of (map, VOLANT_MODE_CAR, text_map_near (map, 'z', 10, 0), on_ab, NULL);
  g_assert_false (g_str_has_suffix (into, "ab"));
  g_assert_cmpint (into[0], ==, 'z');
}

static void
test_all_closed (void)
{
  g_autoptr (TextMap) map = text_map_new ("a---------b---------c\n",
                                          (const char *[]) { "way abc residential", NULL });
  g_autoptr (VolantTraffic) ab = close_link (map, 'a', 'b'), ba = close_link (map, 'b', 'a');
  g_autoptr (VolantTraffic) bc = close_link (map, 'b', 'c'), cb = close_link (map, 'c', 'b');
  g_autoptr (VolantTraffic) all = volant_traffic_merge ((VolantTraffic *[]) { ab, ba, bc, cb }, 4);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (GError) error = NULL;

  volant_router_set_traffic (text_map_router (map), all, NOW_S);
  g_assert_null (volant_router_query_route (query, VOLANT_MODE_CAR, text_map_point (map, 'a'), NAN,
                                            text_map_point (map, 'c'), &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
}

/* A closed link inside a restriction via ways: the copy of the link is closed with it. */
static void
test_copies (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a----b----c----f\n"
    "     |    |    |\n"
    "     d----e----g\n",
    (const char *[]) { "way abcf residential", "way bd residential", "way ce residential",
                       "way fg residential", "way deg residential", "no abce", NULL });
  VolantRouter *router = text_map_router (map);
  const VolantTurns *turns = volant_router_get_turns (router);
  g_autoptr (VolantTraffic) traffic = close_link (map, 'b', 'c');
  VolantPoint a = text_map_near (map, 'a', 10, 0), f = text_map_near (map, 'f', 0, 5);
  g_autofree char *open = letters_of (map, VOLANT_MODE_CAR, a, f, NULL);
  g_autofree char *closed = NULL;

  g_assert_cmpuint (turns->n_states, >, turns->n_links);
  g_assert_cmpstr (open, ==, "abcfg");
  volant_router_set_traffic (router, traffic, NOW_S);
  closed = letters_of (map, VOLANT_MODE_CAR, a, f, NULL);
  g_assert_cmpstr (closed, ==, "abdegf");
}

/* A route found on empty roads, retimed, has the times of one that is found in the traffic. */
static void
test_retime (void)
{
  g_autoptr (TextMap) map = text_map_new ("a---------b---------c---------d\n",
                                          (const char *[]) { "way abcd residential", NULL });
  VolantRouter *router = text_map_router (map);
  VolantPoint from = text_map_near (map, 'a', 50, 0), to = text_map_near (map, 'd', -20, 0);
  const VolantLinkChange changes[] = { { text_map_link (map, 'a', 'b'), 1000, 0, 2000, 0 },
                                       { text_map_link (map, 'b', 'c'), 2000, 0, 2000, 0 } };
  g_autoptr (VolantTraffic) traffic = volant_traffic_new (changes, 2, NULL);
  g_autoptr (VolantRoute) old = NULL, fresh = NULL;
  g_autofree char *letters = letters_of (map, VOLANT_MODE_CAR, from, to, &old);
  g_autofree char *letters_fresh = NULL;
  g_autoptr (VolantRouteNow) now = NULL, later = NULL;

  volant_router_set_traffic (router, traffic, NOW_S);
  letters_fresh = letters_of (map, VOLANT_MODE_CAR, from, to, &fresh);
  g_assert_cmpstr (letters, ==, letters_fresh);
  now = volant_route_now (router, old, 0);
  later = volant_route_now (router, old, 100000); /* half of bc and all of ab are done */
  g_assert_false (now->is_closed);
  g_assert_cmpuint (now->left_ms, ==, now->time_ms);
  g_assert_cmpuint (ABS ((int) later->left_delay_ms - 25000 + 50 * 96), <, 1500);
  g_assert_true (volant_route_goes_on_as (old, 0, fresh));
  g_assert_false (volant_route_goes_on_as (old, 200000, fresh));
  volant_route_retime (old, now);
  g_assert_cmpuint (ABS ((int) old->time_ms - (int) fresh->time_ms), <=, 3); /* rounded by parts */
  g_assert_cmpuint (ABS ((int) old->delay_ms - (int) fresh->delay_ms), <=, 3);
  for (uint32_t i = 0; i < old->n_steps; i++)
    g_assert_cmpuint (ABS ((int) old->steps[i].at_ms - (int) fresh->steps[i].at_ms), <=, 3);
  for (uint32_t i = 0; i < old->n_manoeuvres; i++)
    g_assert_cmpuint (ABS ((int) old->manoeuvres[i].at_ms - (int) fresh->manoeuvres[i].at_ms), <=,
                      3);
}

/* A closure ahead is seen from afar; the closed road that one is on is not one. */
static void
test_closed_ahead (void)
{
  g_autoptr (TextMap) map = new_loop ();
  VolantRouter *router = text_map_router (map);
  g_autoptr (VolantTraffic) traffic = close_link (map, 'b', 'c');
  g_autoptr (VolantRoute) route = NULL;
  g_autofree char *letters = letters_of (map, VOLANT_MODE_CAR, text_map_near (map, 'z', 10, 0),
                                         text_map_near (map, 'y', -10, 0), &route);
  g_autoptr (VolantRouteNow) before = NULL, inside = NULL, behind = NULL;

  g_assert_cmpstr (letters, ==, "zabcy");
  volant_router_set_traffic (router, traffic, NOW_S);
  before = volant_route_now (router, route, 0);
  inside = volant_route_now (router, route, 150000);
  behind = volant_route_now (router, route, 240000);
  g_assert_true (before->is_closed);
  g_assert_cmpuint (ABS ((int) before->closed_at_mm - 130000), <, 500);
  g_assert_false (inside->is_closed);
  g_assert_false (behind->is_closed);
  g_assert_cmpuint (ABS ((int) before->time_ms - (int) route->time_ms), <=, 3); /* none is never */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic/model", test_model);
  g_test_add_func ("/traffic/merge", test_merge);
  g_test_add_func ("/traffic/apply", test_apply);
  g_test_add_func ("/traffic/detour", test_detour);
  g_test_add_func ("/traffic/delay", test_delay);
  g_test_add_func ("/traffic/leave", test_leave);
  g_test_add_func ("/traffic/all-closed", test_all_closed);
  g_test_add_func ("/traffic/copies", test_copies);
  g_test_add_func ("/traffic/retime", test_retime);
  g_test_add_func ("/traffic/closed-ahead", test_closed_ahead);
  return g_test_run ();
}
