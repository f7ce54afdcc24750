/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/tour/tour-order.h"
#include "maps/routing/tour/transport.h"

#include <string.h>

/* Tours against all orders tried, the bound against the best, and what must hold at every step
 * whatever the order: no station gives a car it has not, none takes one it has no dock for. */

#define MOST_STATIONS 60
#define NEVER 0x7fffffffu

typedef struct {
  unsigned n;
  uint32_t cars[MOST_STATIONS];
  uint32_t docks[MOST_STATIONS];
  uint32_t targets[MOST_STATIONS];
  uint32_t drive_ms[MOST_STATIONS * MOST_STATIONS];
  uint32_t return_ms[MOST_STATIONS * MOST_STATIONS];
  uint32_t start_ms[MOST_STATIONS];
  bool has_start;
} Fleet;

static VolantTourProblem
problem_of (const Fleet *fleet)
{
  return (VolantTourProblem) { fleet->n, fleet->cars, fleet->docks, fleet->targets,
                               fleet->drive_ms, fleet->return_ms,
                               fleet->has_start ? fleet->start_ms : NULL, 1000, 0 };
}

/* Stations on a plain; drives and returns at their own speeds, each way with its own detour. */
static void
fill_random (Fleet *self, unsigned n, unsigned most_cars)
{
  double x[MOST_STATIONS], y[MOST_STATIONS];

  *self = (Fleet) { .n = n, .has_start = g_test_rand_bit () };
  for (unsigned i = 0; i < n; i++)
    {
      x[i] = g_test_rand_double_range (0.0, 10000.0);
      y[i] = g_test_rand_double_range (0.0, 10000.0);
      self->cars[i] = (uint32_t) g_test_rand_int_range (0, (int) most_cars + 1);
      self->docks[i] = (uint32_t) g_test_rand_int_range (0, (int) most_cars + 1);
      self->targets[i] =
        (uint32_t) g_test_rand_int_range (0, (int) (self->cars[i] + self->docks[i]) + 1);
      self->start_ms[i] = (uint32_t) (x[i] + y[i]);
    }
  for (unsigned i = 0; i < n; i++)
    for (unsigned k = 0; k < n; k++)
      {
        double away = ABS (x[i] - x[k]) + ABS (y[i] - y[k]);

        self->drive_ms[i * n + k] = (uint32_t) (away * g_test_rand_double_range (1.0, 1.4));
        self->return_ms[i * n + k] = (uint32_t) (away * g_test_rand_double_range (2.0, 2.4));
      }
}

/* Plays a tour. */
static void
check_tour (const VolantTourProblem *problem, const VolantTour *tour)
{
  uint32_t cars[MOST_STATIONS], docks[MOST_STATIONS];
  uint64_t now_ms = 0;

  memcpy (cars, problem->cars, problem->n * sizeof (uint32_t));
  memcpy (docks, problem->docks, problem->n * sizeof (uint32_t));
  for (unsigned i = 0; i < tour->n_moves; i++)
    {
      const VolantTourMove *move = &tour->moves[i];

      g_assert_cmpuint (move->from, <, problem->n);
      g_assert_cmpuint (move->to, <, problem->n);
      g_assert_cmpuint (cars[move->from], >, problem->targets[move->from]);
      g_assert_cmpuint (cars[move->to], <, problem->targets[move->to]);
      g_assert_cmpuint (docks[move->to], >, 0);
      cars[move->from]--;
      docks[move->from]++;
      cars[move->to]++;
      docks[move->to]--;
      now_ms += i > 0 ? problem->return_ms[tour->moves[i - 1].to * problem->n + move->from]
                      : problem->start_ms != NULL ? problem->start_ms[move->from] : 0;
      g_assert_cmpuint (now_ms, ==, move->begin_ms);
      now_ms += problem->handling_ms + problem->drive_ms[move->from * problem->n + move->to];
    }
  g_assert_cmpuint (now_ms, ==, tour->time_ms);
  g_assert_cmpuint (tour->n_moves, ==, MIN (tour->surplus, tour->deficit));
  if (tour->n_moves == 0)
    return;
  g_assert_cmpuint (tour->bound_ms, <=, tour->time_ms);
  g_assert_cmpuint (tour->nearest_ms, >=, tour->time_ms);
}

/* The least time of all orders of n_left more moves. */
static uint64_t
try_all (const VolantTourProblem *problem, uint32_t *cars, unsigned n_left, unsigned at,
         bool is_first)
{
  uint64_t least = UINT64_MAX;

  if (n_left == 0)
    return 0;
  for (unsigned from = 0; from < problem->n; from++)
    for (unsigned to = 0; cars[from] > problem->targets[from] && to < problem->n; to++)
      {
        uint64_t ms = problem->handling_ms + problem->drive_ms[from * problem->n + to];

        if (cars[to] >= problem->targets[to])
          continue;
        if (!is_first)
          ms += problem->return_ms[at * problem->n + from];
        else if (problem->start_ms != NULL)
          ms += problem->start_ms[from];
        cars[from]--;
        cars[to]++;
        ms += try_all (problem, cars, n_left - 1, to, false);
        cars[from]++;
        cars[to]--;
        least = MIN (least, ms);
      }
  return least;
}

static void
test_all_orders (void)
{
  unsigned n_tours = 0, n_best = 0, n_tight = 0;
  double worst = 1.0;

  while (n_tours < 150)
    {
      Fleet fleet;
      VolantTourProblem problem;
      g_autoptr (VolantTour) tour = NULL;
      uint64_t best_ms;

      fill_random (&fleet, (unsigned) g_test_rand_int_range (2, 7), 2);
      problem = problem_of (&fleet);
      tour = volant_tour_plan (&problem, NULL);
      g_assert_nonnull (tour);
      if (tour->n_moves == 0 || tour->n_moves > 5)
        continue;
      check_tour (&problem, tour);
      best_ms = try_all (&problem, fleet.cars, tour->n_moves, 0, true);
      g_assert_cmpuint (tour->bound_ms, <=, best_ms);
      g_assert_cmpuint (best_ms, <=, tour->time_ms);
      worst = MAX (worst, (double) tour->time_ms / best_ms);
      n_best += tour->time_ms == best_ms;
      n_tight += tour->bound_ms == best_ms;
      n_tours++;
    }
  g_test_message ("%u tours: %u are the best there is, the worst takes %.3f of it; %u bounds are "
                  "tight",
                  n_tours, n_best, worst, n_tight);
  g_assert_cmpuint (n_best * 10, >=, n_tours * 8);
  g_assert_cmpfloat (worst, <, 2.5);
}

static void
test_large (void)
{
  double sum_gap = 0.0, sum_nearest = 0.0;

  for (unsigned i = 0; i < 10; i++)
    {
      Fleet fleet;
      VolantTourProblem problem;
      g_autoptr (VolantTour) tour = NULL;

      fill_random (&fleet, MOST_STATIONS, 5);
      problem = problem_of (&fleet);
      tour = volant_tour_plan (&problem, NULL);
      g_assert_nonnull (tour);
      check_tour (&problem, tour);
      sum_gap += (double) tour->time_ms / tour->bound_ms - 1.0;
      sum_nearest += (double) tour->nearest_ms / tour->time_ms - 1.0;
    }
  g_test_message ("%.1f %% above the bound, %.1f %% below the nearest", sum_gap * 10.0,
                  sum_nearest * 10.0);
  g_assert_cmpfloat (sum_gap / 10.0, <, 0.25);
}

/* A few moves of many: those that cost least. */
static void
test_most_moves (void)
{
  Fleet fleet;
  VolantTourProblem problem;
  g_autoptr (VolantTour) all = NULL;

  fill_random (&fleet, 20, 4);
  problem = problem_of (&fleet);
  all = volant_tour_plan (&problem, NULL);
  for (unsigned most = 1; most < all->n_moves; most++)
    {
      g_autoptr (VolantTour) tour = NULL;

      problem.most_moves = most;
      tour = volant_tour_plan (&problem, NULL);
      g_assert_cmpuint (tour->n_moves, ==, most);
      g_assert_cmpuint (tour->bound_ms, <=, tour->time_ms);
    }
}

static void
test_nothing (void)
{
  Fleet fleet;
  VolantTourProblem problem;
  g_autoptr (VolantTour) tour = NULL;

  fill_random (&fleet, 10, 3);
  memcpy (fleet.targets, fleet.cars, sizeof fleet.cars);
  problem = problem_of (&fleet);
  tour = volant_tour_plan (&problem, NULL);
  g_assert_cmpuint (tour->n_moves, ==, 0);
  g_assert_cmpuint (tour->time_ms, ==, 0);
}

static void
test_refusals (void)
{
  Fleet fleet = { .n = 2, .cars = { 2, 0 }, .docks = { 0, 1 }, .targets = { 0, 2 } };
  VolantTourProblem problem = problem_of (&fleet);
  g_autoptr (GError) error = NULL;

  g_assert_null (volant_tour_plan (&problem, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
  g_clear_error (&error);
  fleet.targets[1] = 1;
  for (unsigned i = 0; i < 4; i++)
    fleet.drive_ms[i] = fleet.return_ms[i] = NEVER;
  g_assert_null (volant_tour_plan (&problem, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE);
}

static void
test_share_out (void)
{
  for (unsigned i = 0; i < 100; i++)
    {
      Fleet fleet;
      uint64_t n_cars = 0, n_targets = 0, n_room = 0;

      fill_random (&fleet, (unsigned) g_test_rand_int_range (1, MOST_STATIONS), 6);
      volant_tour_share_out (fleet.cars, fleet.docks, fleet.n, fleet.targets);
      for (unsigned k = 0; k < fleet.n; k++)
        {
          n_cars += fleet.cars[k];
          n_targets += fleet.targets[k];
          n_room += fleet.cars[k] + fleet.docks[k];
        }
      g_assert_cmpuint (n_targets, ==, n_cars);
      for (unsigned k = 0; k < fleet.n; k++)
        {
          double share = n_room > 0 ? (double) n_cars * (fleet.cars[k] + fleet.docks[k]) / n_room
                                    : 0.0;

          g_assert_cmpuint (fleet.targets[k], <=, fleet.cars[k] + fleet.docks[k]);
          g_assert_cmpfloat (ABS (fleet.targets[k] - share), <, 1.0);
        }
    }
}

/* Every way to send the units, one after another. */
static int64_t
send_all_ways (const VolantTransport *problem, uint32_t *supplies, uint32_t *demands,
               uint32_t units, unsigned first)
{
  int64_t least = INT64_MAX;

  if (units == 0)
    return 0;
  for (unsigned pair = first; pair < problem->n_supplies * problem->n_demands; pair++)
    {
      unsigned from = pair / problem->n_demands, to = pair % problem->n_demands;
      int64_t rest;

      if (supplies[from] == 0 || demands[to] == 0 ||
          problem->costs[pair] == VOLANT_TRANSPORT_NEVER)
        continue;
      supplies[from]--;
      demands[to]--;
      rest = send_all_ways (problem, supplies, demands, units - 1, pair);
      supplies[from]++;
      demands[to]++;
      if (rest < INT64_MAX)
        least = MIN (least, rest + problem->costs[pair]);
    }
  return least;
}

static void
test_transport (void)
{
  for (unsigned i = 0; i < 300; i++)
    {
      uint32_t supplies[3], demands[3], flows[9];
      int64_t costs[9], cost, sum = 0;
      VolantTransport problem = { (unsigned) g_test_rand_int_range (1, 4),
                                  (unsigned) g_test_rand_int_range (1, 4), supplies, demands,
                                  costs };
      uint32_t units = (uint32_t) g_test_rand_int_range (0, 6), n_sent;

      for (unsigned k = 0; k < 3; k++)
        {
          supplies[k] = (uint32_t) g_test_rand_int_range (0, 4);
          demands[k] = (uint32_t) g_test_rand_int_range (0, 4);
        }
      for (unsigned k = 0; k < 9; k++)
        costs[k] = g_test_rand_int_range (0, 6) == 0 ? VOLANT_TRANSPORT_NEVER
                                                     : g_test_rand_int_range (0, 50);
      n_sent = volant_transport_solve (&problem, units, &cost, flows);
      g_assert_cmpint (cost, ==, send_all_ways (&problem, supplies, demands, n_sent, 0));
      if (n_sent < units)
        g_assert_true (send_all_ways (&problem, supplies, demands, n_sent + 1, 0) == INT64_MAX);
      for (unsigned k = 0; k < problem.n_supplies * problem.n_demands; k++)
        if (flows[k] > 0)
          sum += flows[k] * costs[k];
      g_assert_cmpint (sum, ==, cost);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tour/transport", test_transport);
  g_test_add_func ("/tour/all-orders", test_all_orders);
  g_test_add_func ("/tour/large", test_large);
  g_test_add_func ("/tour/most-moves", test_most_moves);
  g_test_add_func ("/tour/nothing", test_nothing);
  g_test_add_func ("/tour/refusals", test_refusals);
  g_test_add_func ("/tour/share-out", test_share_out);
  return g_test_run ();
}
