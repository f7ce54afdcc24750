/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/charge-search.h"
#include "maps/routing/energy/potentials.h"
#include "tests/unit/energy/random-roads.h"

#include <math.h>

/* The search against brute force: every charge in whole units is a node of its own, charging goes
 * unit by unit. That is the same optimum, since curves bend at whole units only. */

#define N_PROBLEMS 4000
#define N_POSTS 6

typedef struct {
  RandomRoads *graph;
  VolantMetric *time;
  VolantMetric *energy;
  int32_t *signed_mwh;
  uint32_t *start_mwh;
  VolantChargePost posts[N_POSTS];
  VolantChargeProblem problem;
} Puzzle;

static VolantEnd
end_on (const Puzzle *self, uint32_t segment)
{
  uint32_t length_mm = self->graph->roads.segments[segment].length_mm;
  uint32_t at_mm = (uint32_t) g_test_rand_int_range (0, (int) length_mm + 1);
  VolantEnd end = { .n_spots = 0 };

  for (uint32_t link = 2 * segment; link < 2 * segment + 2; link++)
    {
      VolantSpot *spot = &end.spots[end.n_spots];

      if (!volant_roads_link_allows (&self->graph->roads, link, VOLANT_MODE_CAR))
        continue;
      spot->link = link;
      spot->at_mm = (link & 1) ? length_mm - at_mm : at_mm;
      spot->at_cost =
        (uint32_t) ((uint64_t) self->time->link_costs[link] * spot->at_mm / length_mm);
      spot->penalty = g_test_rand_int_range (0, 5) == 0 ? 300 : 0;
      end.n_spots++;
    }
  return end;
}

static VolantEnd
random_end (const Puzzle *self)
{
  return end_on (self, (uint32_t) g_test_rand_int_range (0, (int) self->graph->roads.n_segments));
}

/* Convex, in whole units and milliseconds, from nothing to room. */
static VolantChargeCurve
random_curve (int64_t room)
{
  VolantChargeCurve curve = { .n = 1 };
  int slope = g_test_rand_int_range (1, 60);

  while (curve.mwh[curve.n - 1] < room)
    {
      int64_t from = curve.mwh[curve.n - 1];
      int64_t to = curve.n == 3 ? room : g_test_rand_int_range ((int) from + 1, (int) room + 1);

      curve.mwh[curve.n] = to;
      curve.ms[curve.n] = curve.ms[curve.n - 1] + (double) ((to - from) * slope);
      curve.n++;
      slope += g_test_rand_int_range (0, 100);
    }
  return curve;
}

static void
fill_metrics (Puzzle *self)
{
  const VolantTurns *turns = self->graph->turns;
  g_autoptr (GError) error = NULL;

  self->time = volant_metric_new (&self->graph->roads, turns, VOLANT_MODE_CAR, VOLANT_COST_TIME);
  self->energy =
    volant_metric_new (&self->graph->roads, turns, VOLANT_MODE_CAR, VOLANT_COST_ENERGY);
  for (uint32_t link = 0; link < turns->n_links; link++)
    if (self->time->link_costs[link] < VOLANT_COST_NEVER)
      self->time->link_costs[link] = (uint32_t) g_test_rand_int_range (1, 1000);
  for (uint32_t arc = 0; arc < turns->n_arcs; arc++)
    if (self->time->turn_costs[arc] < VOLANT_COST_NEVER)
      {
        self->time->turn_costs[arc] = (uint32_t) g_test_rand_int_range (0, 100);
        self->energy->turn_costs[arc] = (uint32_t) g_test_rand_int_range (0, 3);
      }
  self->signed_mwh = random_roads_hilly_costs (self->graph, VOLANT_MODE_CAR, 0, 10,
                                               g_test_rand_bit () ? 30 : 8);
  g_assert_true (volant_metric_reduce (self->energy, &self->graph->roads, self->signed_mwh, NULL,
                                       &error));
  self->start_mwh = g_new (uint32_t, turns->n_links);
  for (uint32_t link = 0; link < turns->n_links; link++)
    self->start_mwh[link] = (uint32_t) g_test_rand_int_range (0, 4);
}

/* In a valley one goes from one end to the other. */
static Puzzle *
puzzle_new (bool is_valley)
{
  Puzzle *self = g_new0 (Puzzle, 1);
  uint32_t n = (uint32_t) g_test_rand_int_range (3, 20);
  unsigned n_segments = (unsigned) g_test_rand_int_range ((int) n * 3 / 2, (int) n * 5 / 2);
  int64_t room = g_test_rand_int_range (5, 40);
  unsigned n_posts =
    is_valley ? N_POSTS : (unsigned) g_test_rand_int_range (0, N_POSTS + 1);

  self->graph = is_valley
                  ? random_roads_new_valley (n, n_segments)
                  : random_roads_new (n, n_segments, (unsigned) g_test_rand_int_range (0, 5));
  fill_metrics (self);
  for (unsigned p = 0; p < n_posts; p++)
    self->posts[p] = (VolantChargePost) { random_end (self), random_curve (room) };
  self->problem = (VolantChargeProblem) {
    .roads = &self->graph->roads,
    .turns = self->graph->turns,
    .time = self->time,
    .energy = self->energy,
    .start_mwh = g_test_rand_bit () ? self->start_mwh : NULL,
    .from = is_valley ? end_on (self, 0) : random_end (self),
    .to = is_valley ? end_on (self, n - 2) : random_end (self),
    .posts = self->posts,
    .n_posts = n_posts,
    .room_mwh = room,
    .charge_mwh = g_test_rand_int_range (0, (int) room + 1),
    .stop_ms = g_test_rand_int_range (0, 3) == 0 ? 0 : g_test_rand_int_range (0, 400),
  };
  return self;
}

static void
puzzle_free (Puzzle *self)
{
  volant_metric_unref (self->time);
  volant_metric_unref (self->energy);
  g_free (self->signed_mwh);
  g_free (self->start_mwh);
  random_roads_free (self->graph);
  g_free (self);
}

/* Brute force. A node is a place (the begin of a state; or a post's spot, come to on a state) and a
 * charge. */
typedef struct {
  const Puzzle *puzzle;
  unsigned n_charges;
  double *ms;      /* by (place, charge) */
  GArray *waiting; /* uint32_t nodes whose time fell */
  double best_ms;
} Brute;

static unsigned
place_of_post (const Brute *self, unsigned post, unsigned spot, uint32_t state)
{
  unsigned n_states = self->puzzle->graph->turns->n_states;

  return n_states + (2 * post + spot) * n_states + state;
}

static void
brute_reach (Brute *self, unsigned place, int64_t charge, double ms)
{
  uint32_t node = (uint32_t) (place * self->n_charges + charge);

  if (ms >= self->ms[node])
    return;
  self->ms[node] = ms;
  g_array_append_val (self->waiting, node);
}

static int64_t
part_of (const Puzzle *puzzle, uint32_t link, uint32_t at_mm)
{
  return (int64_t) puzzle->signed_mwh[link] * at_mm /
         puzzle->graph->roads.segments[link / 2].length_mm;
}

/* Drives; -1 where the charge does not suffice. */
static int64_t
left_after (const Puzzle *puzzle, int64_t charge, int64_t mwh)
{
  return charge < mwh ? -1 : MIN (charge - mwh, puzzle->problem.room_mwh);
}

/* On along a state's link from a place on it. */
static void
brute_go_on (Brute *self, uint32_t state, const VolantSpot *at, int64_t charge, double ms)
{
  const Puzzle *puzzle = self->puzzle;
  const VolantTurns *turns = puzzle->graph->turns;
  uint32_t link = volant_turns_state_link (turns, state);
  int64_t passed = part_of (puzzle, link, at->at_mm), left;

  for (unsigned i = 0; i < puzzle->problem.to.n_spots; i++)
    {
      const VolantSpot *spot = &puzzle->problem.to.spots[i];

      if (spot->link == link && spot->at_mm >= at->at_mm &&
          left_after (puzzle, charge, part_of (puzzle, link, spot->at_mm) - passed) >= 0)
        self->best_ms = MIN (self->best_ms, ms + spot->at_cost - at->at_cost);
    }
  for (unsigned p = 0; p < puzzle->problem.n_posts; p++)
    for (unsigned i = 0; i < puzzle->posts[p].end.n_spots; i++)
      {
        const VolantSpot *spot = &puzzle->posts[p].end.spots[i];

        if (spot->link != link || spot->at_mm < at->at_mm)
          continue;
        left = left_after (puzzle, charge, part_of (puzzle, link, spot->at_mm) - passed);
        if (left >= 0)
          brute_reach (self, place_of_post (self, p, i, state), left,
                       ms + spot->at_cost - at->at_cost + puzzle->problem.stop_ms);
      }
  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    {
      if (puzzle->time->turn_costs[arc] == VOLANT_COST_NEVER)
        continue;
      left = left_after (puzzle, charge, puzzle->signed_mwh[link] - passed +
                                           puzzle->energy->turn_costs[arc]);
      if (left >= 0)
        brute_reach (self, turns->heads[arc], left,
                     ms + puzzle->time->link_costs[link] - at->at_cost +
                       puzzle->time->turn_costs[arc]);
    }
}

static void
brute_set_off (Brute *self, uint32_t state, const VolantSpot *at, int64_t charge, double ms)
{
  const uint32_t *start_mwh = self->puzzle->problem.start_mwh;
  uint32_t link = volant_turns_state_link (self->puzzle->graph->turns, state);
  int64_t left = left_after (self->puzzle, charge, start_mwh != NULL ? start_mwh[link] : 0);

  if (left >= 0)
    brute_go_on (self, state, at, left, ms);
}

static void
brute_settle (Brute *self, uint32_t node)
{
  const Puzzle *puzzle = self->puzzle;
  unsigned n_states = puzzle->graph->turns->n_states, place = node / self->n_charges;
  int64_t charge = node % self->n_charges;
  double ms = self->ms[node];
  const VolantChargePost *post;

  if (place < n_states)
    {
      brute_go_on (self, place, &(VolantSpot) { 0 }, charge, ms);
      return;
    }
  post = &puzzle->posts[(place - n_states) / n_states / 2];
  if (charge < puzzle->problem.room_mwh)
    brute_reach (self, place, charge + 1,
                 ms + volant_charge_curve_ms (&post->curve, charge + 1) -
                   volant_charge_curve_ms (&post->curve, charge));
  brute_set_off (self, (place - n_states) % n_states,
                 &post->end.spots[(place - n_states) / n_states % 2], charge, ms);
}

static double
brute_force (const Puzzle *puzzle)
{
  unsigned n_charges = (unsigned) puzzle->problem.room_mwh + 1;
  unsigned n_places = puzzle->graph->turns->n_states * (1 + 2 * N_POSTS);
  g_autofree double *ms = g_new (double, n_places * n_charges);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  Brute brute = { puzzle, n_charges, ms, waiting, INFINITY };

  for (unsigned i = 0; i < n_places * n_charges; i++)
    ms[i] = INFINITY;
  for (unsigned i = 0; i < puzzle->problem.from.n_spots; i++)
    brute_set_off (&brute, puzzle->problem.from.spots[i].link, &puzzle->problem.from.spots[i],
                   puzzle->problem.charge_mwh, puzzle->problem.from.spots[i].penalty);
  for (unsigned i = 0; i < waiting->len; i++)
    brute_settle (&brute, g_array_index (waiting, uint32_t, i));
  return brute.best_ms;
}

static uint32_t
arc_to (const VolantTurns *turns, uint32_t state, uint32_t link)
{
  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    if (volant_turns_state_link (turns, turns->heads[arc]) == link)
      return arc;
  g_assert_not_reached ();
}

/* The answer as it is driven. */
typedef struct {
  const Puzzle *puzzle;
  const VolantChargeAnswer *answer;
  uint32_t link;
  uint32_t at_mm;
  int64_t charge;
  double ms;
  unsigned next_stop;
} Ride;

static void
ride_set_off (Ride *self)
{
  const uint32_t *start_mwh = self->puzzle->problem.start_mwh;

  self->charge -= start_mwh != NULL ? start_mwh[self->link] : 0;
  g_assert_cmpint (self->charge, >=, 0);
}

/* To a place on the link, and what is besides. */
static void
ride_to (Ride *self, uint32_t end_mm, uint32_t more_ms, uint32_t more_mwh)
{
  uint64_t link_ms = self->puzzle->time->link_costs[self->link];
  uint32_t length_mm = self->puzzle->graph->roads.segments[self->link / 2].length_mm;
  int64_t mwh = part_of (self->puzzle, self->link, end_mm) -
                part_of (self->puzzle, self->link, self->at_mm);

  g_assert_cmpuint (end_mm, >=, self->at_mm);
  self->charge = left_after (self->puzzle, self->charge, mwh + more_mwh);
  g_assert_cmpint (self->charge, >=, 0);
  self->ms += (double) (link_ms * end_mm / length_mm) -
              (double) (link_ms * self->at_mm / length_mm) + more_ms;
  self->at_mm = end_mm;
}

static void
ride_stop (Ride *self)
{
  const VolantChargingStop *stop =
    &g_array_index (self->answer->stops, VolantChargingStop, self->next_stop);

  ride_to (self, g_array_index (self->answer->way.stops, VolantWayStop, self->next_stop).at_mm, 0,
           0);
  g_assert_cmpint (self->charge, ==, stop->arrival_mwh);
  g_assert_cmpint (stop->departure_mwh, >=, stop->arrival_mwh);
  g_assert_cmpint (stop->departure_mwh, <=, self->puzzle->problem.room_mwh);
  self->ms += stop->charging_ms + self->puzzle->problem.stop_ms;
  self->charge = stop->departure_mwh;
  self->next_stop++;
  ride_set_off (self);
}

static void
check_answer (const Puzzle *puzzle, const VolantChargeAnswer *answer)
{
  const VolantTurns *turns = puzzle->graph->turns;
  const GArray *links = answer->way.links;
  uint32_t state = g_array_index (links, uint32_t, 0);
  Ride ride = { puzzle, answer, state, answer->way.begin_mm, puzzle->problem.charge_mwh, 0.0, 0 };

  g_assert_cmpuint (answer->stops->len, ==, answer->way.stops->len);
  for (unsigned i = 0; i < puzzle->problem.from.n_spots; i++)
    if (puzzle->problem.from.spots[i].link == state)
      ride.ms = puzzle->problem.from.spots[i].penalty;
  ride_set_off (&ride);
  for (unsigned i = 0; i < links->len; i++)
    {
      uint32_t arc;

      ride.link = g_array_index (links, uint32_t, i);
      while (ride.next_stop < answer->stops->len &&
             g_array_index (answer->way.stops, VolantWayStop, ride.next_stop).index == i)
        ride_stop (&ride);
      if (i + 1 == links->len)
        break;
      arc = arc_to (turns, state, g_array_index (links, uint32_t, i + 1));
      ride_to (&ride, puzzle->graph->roads.segments[ride.link / 2].length_mm,
               puzzle->time->turn_costs[arc], puzzle->energy->turn_costs[arc]);
      ride.at_mm = 0;
      state = turns->heads[arc];
    }
  ride_to (&ride, answer->way.end_mm, 0, 0);
  g_assert_cmpuint (ride.next_stop, ==, answer->stops->len);
  g_assert_cmpint (ride.charge, ==, answer->arrival_mwh);
  g_assert_cmpfloat_with_epsilon (ride.ms, answer->ms, 0.01);
}

static void
test_brute_force (const void *is_valley)
{
  unsigned n_found = 0, n_stops = 0, n_several = 0, n_none = 0;

  for (unsigned i = 0; i < N_PROBLEMS; i++)
    {
      Puzzle *puzzle = puzzle_new (is_valley != NULL);
      g_autoptr (VolantFinder) finder = volant_finder_new (puzzle->graph->turns);
      g_auto (VolantChargeAnswer) answer = { { NULL } };
      int64_t least_mwh;
      double expected_ms = brute_force (puzzle);
      VolantChargeResult result =
        volant_charge_search (finder, &puzzle->problem, &answer, &least_mwh);

      g_assert_cmpint (result == VOLANT_CHARGE_FOUND, ==, isfinite (expected_ms));
      if (result == VOLANT_CHARGE_FOUND)
        {
          g_assert_cmpfloat_with_epsilon (answer.ms, expected_ms, 0.01);
          check_answer (puzzle, &answer);
          n_found++;
          n_stops += answer.stops->len > 0;
          n_several += answer.stops->len > 1;
        }
      else
        n_none += result == VOLANT_CHARGE_TOO_LOW;
      puzzle_free (puzzle);
    }
  g_test_message ("%u problems: %u with a way, %u of them with stops, %u with several; %u charges "
                  "too low",
                  N_PROBLEMS, n_found, n_stops, n_several, n_none);
  g_assert_cmpuint (n_found, >, N_PROBLEMS / 4);
  g_assert_cmpuint (n_stops, >, 50);
  g_assert_cmpuint (n_several, >, is_valley != NULL ? 100 : 5);
  g_assert_cmpuint (n_none, >, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/charge-search/anywhere", NULL, test_brute_force);
  g_test_add_data_func ("/charge-search/valleys", "valley", test_brute_force);
  return g_test_run ();
}
