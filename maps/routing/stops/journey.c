/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/stops/journey.h"

#include "maps/routing/plan/ways.h"
#include "maps/routing/profile.h"

/* Walks are looked for on foot, from the first door forward and from the second backward; then the
 * drive, once, between all that they lead to. */

/* A station that one walks to or from. */
typedef struct {
  unsigned stop;
  uint32_t walk_ms;
  VolantEnd end; /* by car */
} Near;

typedef struct {
  VolantFinder *finder;
  const VolantMetric *foot;
  const VolantMetric *car;
  const VolantJourneyWish *wish;
  const VolantTurns *turns;
  GArray *seeds;       /* VolantSeed */
  GArray *seed_owners; /* unsigned: of from_near */
  GArray *goals;       /* VolantGoal */
  GArray *goal_owners;
  GArray *from_near;   /* Near */
  GArray *to_near;
} Question;

/* Between two places of one street, without a turn. */
static uint32_t
direct_ms (const VolantEnd *from, const VolantEnd *to)
{
  uint32_t least = VOLANT_COST_NEVER;

  for (unsigned i = 0; i < from->n_spots; i++)
    for (unsigned k = 0; k < to->n_spots; k++)
      if (from->spots[i].link == to->spots[k].link && to->spots[k].at_mm >= from->spots[i].at_mm)
        least = MIN (least, to->spots[k].at_cost - from->spots[i].at_cost);
  return least;
}

/* From every station to a door; as many values as stations (transfer full). */
static uint32_t *
walk_back (Question *self, const VolantStops *door)
{
  unsigned n = volant_stops_get_n (self->wish->on_foot);
  uint32_t *walks_ms = g_new (uint32_t, n + 1);
  g_autofree uint32_t *costs = g_new (uint32_t, self->turns->n_states + 1);
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (VolantSeed));
  g_autoptr (GArray) goals = g_array_new (FALSE, FALSE, sizeof (VolantGoal));
  VolantEnd to, from;

  volant_stops_get_end (door, 0, self->foot, false, false, &to);
  volant_ways_add_goals (&to, goals);
  volant_finder_reach_back (self->finder, self->foot, (VolantGoal *) goals->data, goals->len,
                            VOLANT_COST_NEVER - 1, costs);
  for (unsigned i = 0; i < n; i++)
    {
      walks_ms[i] = VOLANT_TIME_NEVER_MS;
      if (!volant_stops_get_end (self->wish->on_foot, i, self->foot, true, false, &from))
        continue;
      walks_ms[i] = direct_ms (&from, &to);
      g_array_set_size (seeds, 0);
      volant_ways_add_seeds (self->turns, self->foot, &from, seeds, NULL);
      for (unsigned k = 0; k < seeds->len; k++)
        {
          const VolantSeed *seed = &g_array_index (seeds, VolantSeed, k);

          walks_ms[i] = MIN (walks_ms[i], volant_cost_add (seed->ms, costs[seed->state]));
        }
    }
  return walks_ms;
}

static int
compare_near (gconstpointer a, gconstpointer b)
{
  const Near *one = a, *other = b;

  if (one->walk_ms != other->walk_ms)
    return one->walk_ms < other->walk_ms ? -1 : 1;
  return (one->stop > other->stop) - (one->stop < other->stop);
}

/* The end of a station that is connected with the others. */
static bool
get_car_end (const Question *self, unsigned stop, bool is_start, VolantEnd *end)
{
  const VolantStops *stops = self->wish->by_car;
  VolantRouter *router = volant_stops_get_router (stops);

  if (!volant_stops_get_end (stops, stop, self->car, is_start, false, end))
    return false;
  if (end->n_spots > 0 &&
      volant_router_is_main (router, self->car->mode, volant_link_segment (end->spots[0].link)))
    return true;
  return volant_stops_get_end (stops, stop, self->car, is_start, true, end) || end->n_spots > 0;
}

static void
list_near (const Question *self, const uint32_t *walks_ms, const bool *wanted, bool is_start,
           GArray *list)
{
  unsigned n = volant_stops_get_n (self->wish->by_car), most = self->wish->most_near;

  for (unsigned i = 0; i < n; i++)
    {
      Near near = { .stop = i, .walk_ms = walks_ms[i] };

      if ((wanted == NULL || wanted[i]) && walks_ms[i] < VOLANT_TIME_NEVER_MS &&
          get_car_end (self, i, is_start, &near.end))
        g_array_append_val (list, near);
    }
  g_array_sort (list, compare_near);
  if (most > 0 && list->len > most)
    g_array_set_size (list, most);
}

static void
add_seeds_and_goals (Question *self)
{
  for (unsigned i = 0; i < self->from_near->len; i++)
    {
      const Near *near = &g_array_index (self->from_near, Near, i);
      unsigned first = self->seeds->len;

      volant_ways_add_seeds (self->turns, self->car, &near->end, self->seeds, NULL);
      for (unsigned k = first; k < self->seeds->len; k++)
        {
          VolantSeed *seed = &g_array_index (self->seeds, VolantSeed, k);

          seed->ms = volant_cost_add (seed->ms, near->walk_ms);
          g_array_append_val (self->seed_owners, i);
        }
    }
  for (unsigned i = 0; i < self->to_near->len; i++)
    {
      const Near *near = &g_array_index (self->to_near, Near, i);
      unsigned first = self->goals->len;

      volant_ways_add_goals (&near->end, self->goals);
      for (unsigned k = first; k < self->goals->len; k++)
        {
          VolantGoal *goal = &g_array_index (self->goals, VolantGoal, k);

          goal->ms = volant_cost_add (goal->ms, near->walk_ms);
          g_array_append_val (self->goal_owners, i);
        }
    }
}

/* The best pair, NULL twice where there is none. */
static uint32_t
find_pair (Question *self, const Near **from, const Near **to)
{
  VolantSearchResult result;
  uint32_t seed = 0, best;

  *from = *to = NULL;
  add_seeds_and_goals (self);
  result = volant_finder_run (self->finder, self->car, (VolantSeed *) self->seeds->data,
                              self->seeds->len, (VolantGoal *) self->goals->data, self->goals->len,
                              NULL, &seed);
  best = result.ms;
  if (best < VOLANT_COST_NEVER)
    {
      *from = &g_array_index (self->from_near, Near,
                              g_array_index (self->seed_owners, unsigned, seed));
      *to = &g_array_index (self->to_near, Near,
                            g_array_index (self->goal_owners, unsigned, result.goal));
    }
  for (unsigned i = 0; i < self->from_near->len; i++)
    for (unsigned k = 0; k < self->to_near->len; k++)
      {
        const Near *a = &g_array_index (self->from_near, Near, i);
        const Near *b = &g_array_index (self->to_near, Near, k);
        uint32_t ms = volant_cost_add (direct_ms (&a->end, &b->end), a->walk_ms);

        ms = volant_cost_add (ms, b->walk_ms);
        if (ms >= best)
          continue;
        best = ms;
        *from = a;
        *to = b;
      }
  return best;
}

/* What a clock shows, for one pair. */
static uint32_t
measure_drive (Question *self, unsigned from, unsigned to)
{
  const VolantStops *stops = self->wish->by_car;
  VolantPoint points[2] = { volant_stops_get_point (stops, from),
                            volant_stops_get_point (stops, to) };
  VolantRouter *router = volant_stops_get_router (stops);
  g_autoptr (VolantStops) begin = volant_stops_new (router, self->car->mode, &points[0], 1);
  g_autoptr (VolantStops) end = volant_stops_new (router, self->car->mode, &points[1], 1);
  g_autoptr (VolantTable) table = volant_table_new (self->finder, self->car, begin, end, false);

  return table->times_ms[0];
}

static bool
find (Question *self, const VolantStops *from_door, const VolantStops *to_door,
      VolantJourney *journey, GError **error)
{
  const VolantJourneyWish *wish = self->wish;
  g_autoptr (VolantTable) to_walks =
    volant_table_new (self->finder, self->foot, from_door, wish->on_foot, false);
  g_autoptr (VolantTable) walk_only =
    volant_table_new (self->finder, self->foot, from_door, to_door, false);
  g_autofree uint32_t *from_walks_ms = walk_back (self, to_door);
  const Near *from, *to;

  list_near (self, to_walks->times_ms, wish->has_car, true, self->from_near);
  list_near (self, from_walks_ms, wish->has_dock, false, self->to_near);
  if (find_pair (self, &from, &to) == VOLANT_COST_NEVER)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE,
                   "no station with a car and no station with a dock lie on a way between the "
                   "two places; walk, or choose others");
      return false;
    }
  *journey = (VolantJourney) { .walk_only_ms = walk_only->times_ms[0],
                               .from_stop = from->stop,
                               .to_stop = to->stop,
                               .walk_to_ms = from->walk_ms,
                               .drive_ms = measure_drive (self, from->stop, to->stop),
                               .walk_from_ms = to->walk_ms };
  journey->time_ms = volant_time_add (volant_time_add (from->walk_ms, to->walk_ms),
                                      volant_time_add (journey->drive_ms, wish->handling_ms));
  return true;
}

bool
volant_journey_find (VolantFinder *finder, const VolantMetric *foot, const VolantMetric *car,
                     const VolantJourneyWish *wish, VolantPoint from, VolantPoint to,
                     VolantJourney *journey, GError **error)
{
  VolantRouter *router = volant_stops_get_router (wish->by_car);
  g_autoptr (VolantStops) from_door = volant_stops_new (router, foot->mode, &from, 1);
  g_autoptr (VolantStops) to_door = volant_stops_new (router, foot->mode, &to, 1);
  Question question = {
    finder, foot, car, wish, volant_router_get_turns (router),
    g_array_new (FALSE, FALSE, sizeof (VolantSeed)), g_array_new (FALSE, FALSE, sizeof (unsigned)),
    g_array_new (FALSE, FALSE, sizeof (VolantGoal)), g_array_new (FALSE, FALSE, sizeof (unsigned)),
    g_array_new (FALSE, FALSE, sizeof (Near)), g_array_new (FALSE, FALSE, sizeof (Near)),
  };
  bool good = volant_stops_check (from_door, 0, error) && volant_stops_check (to_door, 0, error) &&
              find (&question, from_door, to_door, journey, error);

  g_array_unref (question.seeds);
  g_array_unref (question.seed_owners);
  g_array_unref (question.goals);
  g_array_unref (question.goal_owners);
  g_array_unref (question.from_near);
  g_array_unref (question.to_near);
  return good;
}
