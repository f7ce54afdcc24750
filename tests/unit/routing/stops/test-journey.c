/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/profile.h"
#include "maps/routing/stops/journey.h"
#include "tests/support.h"
#include "tests/unit/routing/sample-city.h"

/* One question with many beginnings and ends against all pairs of stations tried. */

#define MOST 24

typedef struct {
  VolantRouter *router;
  VolantFinder *finder;
  VolantMetric *foot;
  VolantMetric *car;
  VolantStops *on_foot;
  VolantStops *by_car;
  unsigned n;
  bool has_car[MOST];
  bool has_dock[MOST];
} Town;

static bool
is_connected (const VolantRouter *router, VolantMode mode, VolantPoint point)
{
  VolantSnap snap;

  return volant_ends_snap (router, mode, NULL, point, &snap, NULL) &&
         volant_router_is_main (router, mode, snap.segment);
}

/* Somewhere that one walks and drives from. */
static VolantPoint
connected_point (const Town *town)
{
  for (;;)
    {
      VolantPoint point = sample_city_point (town->router, VOLANT_MODE_CAR, 5.0);

      if (is_connected (town->router, VOLANT_MODE_CAR, point) &&
          is_connected (town->router, VOLANT_MODE_FOOT, point))
        return point;
    }
}

static void
town_open (Town *town, VolantRouter *router)
{
  VolantPoint points[MOST];

  *town = (Town) { .router = router, .n = MOST };
  town->finder = volant_finder_new_on (volant_router_get_turns (router),
                                       volant_router_get_topology (router));
  town->foot = volant_router_ref_metric (router, VOLANT_MODE_FOOT);
  town->car = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  for (unsigned i = 0; i < MOST; i++)
    {
      points[i] = connected_point (town);
      town->has_car[i] = g_test_rand_int_range (0, 3) > 0;
      town->has_dock[i] = g_test_rand_int_range (0, 3) > 0;
    }
  town->on_foot = volant_stops_new (router, VOLANT_MODE_FOOT, points, MOST);
  town->by_car = volant_stops_new (router, VOLANT_MODE_CAR, points, MOST);
}

static void
town_close (Town *town)
{
  volant_finder_free (town->finder);
  volant_metric_unref (town->foot);
  volant_metric_unref (town->car);
  volant_stops_free (town->on_foot);
  volant_stops_free (town->by_car);
  volant_router_unref (town->router);
}

static uint32_t
try_all (const Town *town, VolantPoint from, VolantPoint to, uint32_t *walk_only_ms)
{
  g_autoptr (VolantStops) a = volant_stops_new (town->router, VOLANT_MODE_FOOT, &from, 1);
  g_autoptr (VolantStops) b = volant_stops_new (town->router, VOLANT_MODE_FOOT, &to, 1);
  g_autoptr (VolantTable) first =
    volant_table_new (town->finder, town->foot, a, town->on_foot, false);
  g_autoptr (VolantTable) last =
    volant_table_new (town->finder, town->foot, town->on_foot, b, false);
  g_autoptr (VolantTable) drives =
    volant_table_new (town->finder, town->car, town->by_car, town->by_car, false);
  g_autoptr (VolantTable) walk = volant_table_new (town->finder, town->foot, a, b, false);
  uint32_t least = VOLANT_TIME_NEVER_MS;

  *walk_only_ms = walk->times_ms[0];
  for (unsigned i = 0; i < town->n; i++)
    for (unsigned k = 0; k < town->n; k++)
      if (town->has_car[i] && town->has_dock[k])
        least = MIN (least, volant_time_add (volant_time_add (first->times_ms[i],
                                                              last->times_ms[k]),
                                             volant_table_get_ms (drives, i, k)));
  return least;
}

static void
compare (Town *town, unsigned n_trips, unsigned *n_drives)
{
  VolantJourneyWish wish = { town->on_foot, town->by_car, town->has_car, town->has_dock, 0, 0 };

  for (unsigned i = 0; i < n_trips; i++)
    {
      VolantPoint from = connected_point (town), to = connected_point (town);
      uint32_t walk_only_ms, least_ms = try_all (town, from, to, &walk_only_ms);
      g_autoptr (GError) error = NULL;
      VolantJourney journey;

      if (!volant_journey_find (town->finder, town->foot, town->car, &wish, from, to, &journey,
                                &error))
        {
          g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE);
          g_assert_cmpuint (least_ms, ==, VOLANT_TIME_NEVER_MS);
          continue;
        }
      g_assert_cmpuint (journey.time_ms, ==, least_ms);
      g_assert_cmpuint (journey.walk_only_ms, ==, walk_only_ms);
      g_assert_true (town->has_car[journey.from_stop] && town->has_dock[journey.to_stop]);
      g_assert_cmpuint (journey.walk_to_ms + journey.drive_ms + journey.walk_from_ms, ==,
                        journey.time_ms);
      *n_drives += journey.from_stop != journey.to_stop;
    }
}

static void
test_random (void)
{
  unsigned n_drives = 0;

  for (unsigned i = 0; i < 12; i++)
    {
      Town town;

      town_open (&town, sample_city_random (14, false));
      compare (&town, 12, &n_drives);
      town_close (&town);
    }
  g_test_message ("%u of 144 journeys have a drive", n_drives);
  g_assert_cmpuint (n_drives, >, 50);
}

static void
test_paris (void)
{
  VolantRouter *router = sample_city_open ("osm/paris-streets.osm.pbf");
  unsigned n_drives = 0;
  Town town;

  if (router == NULL)
    return;
  town_open (&town, router);
  compare (&town, 3, &n_drives);
  town_close (&town);
}

/* Few stations to choose from are no better than many, and handling comes on top. */
static void
test_limits (void)
{
  Town town;
  VolantPoint from, to;
  VolantJourney all, few, slow;

  town_open (&town, sample_city_random (14, true));
  from = connected_point (&town);
  to = connected_point (&town);
  for (unsigned most = 1; most <= MOST; most++)
    {
      VolantJourneyWish wish = { town.on_foot, town.by_car, NULL, NULL, 0, 0 };

      g_assert_true (volant_journey_find (town.finder, town.foot, town.car, &wish, from, to, &all,
                                          NULL));
      wish.most_near = most;
      if (volant_journey_find (town.finder, town.foot, town.car, &wish, from, to, &few, NULL) &&
          most == MOST)
        g_assert_cmpuint (few.time_ms, ==, all.time_ms);
      wish.handling_ms = 60000;
      if (volant_journey_find (town.finder, town.foot, town.car, &wish, from, to, &slow, NULL))
        g_assert_cmpuint (slow.time_ms, ==, few.time_ms + 60000);
    }
  town_close (&town);
}

static void
test_refusals (void)
{
  Town town;
  VolantPoint here;
  VolantJourneyWish wish;
  VolantJourney journey;
  g_autoptr (GError) error = NULL;

  town_open (&town, sample_city_random (8, false));
  here = connected_point (&town);
  wish = (VolantJourneyWish) { town.on_foot, town.by_car, town.has_car, town.has_dock, 0, 0 };
  g_assert_false (volant_journey_find (town.finder, town.foot, town.car, &wish, here,
                                       (VolantPoint) { 0, 0 }, &journey, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
  g_clear_error (&error);
  for (unsigned i = 0; i < MOST; i++)
    town.has_car[i] = false;
  g_assert_false (volant_journey_find (town.finder, town.foot, town.car, &wish, here, here,
                                       &journey, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE);
  town_close (&town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/random", test_random);
  g_test_add_func ("/journey/limits", test_limits);
  g_test_add_func ("/journey/refusals", test_refusals);
  g_test_add_func ("/journey/paris", test_paris);
  return g_test_run ();
}
