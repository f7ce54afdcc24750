/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/tour/tour.h"

#include "maps/routing/tour/tour-order.h"
#include "maps/routing/tour/transport.h"

#include <math.h>
#include <string.h>

/* From the two transports to an order. Returns that fit the drives leave each station as often as
 * they come to it, so their arcs can be walked in rounds (Euler); the one that holds the start is
 * where the tour begins.
 *
 * Where more cars could be moved than are, the two transports would choose different stations,
 * and the bound be low. So each station has a price that is taken off the drives and put on the
 * returns: for a tour, which comes to a station as often as it leaves, nothing changes (but
 * where it ends: there a price is taken off and not put on, at the least the lowest); for the
 * transports it pays to choose the same. */

#define NONE UINT32_MAX
/* Added to every return but the start's, so that the start is used. */
#define USE_START (INT64_C (1) << 40)
/* Rounds of prices: a bound and, now and then, an order each. */
#define MOST_ROUNDS 80.0
#define MOST_WORK 2e8
#define ORDER_EVERY 8

/* Stations with too many cars, and with too few. */
typedef struct {
  const VolantTourProblem *problem;
  GArray *surplus;        /* unsigned: stations */
  GArray *deficit;
  GArray *surplus_units;  /* uint32_t */
  GArray *deficit_units;
  uint32_t n_moves;
  uint32_t *drives;       /* surplus * deficits + deficit: cars moved */
  uint32_t *returns;      /* the same, by surplus to come to and deficit to come from */
  uint32_t first;         /* surplus station to begin at */
  int64_t *pick_prices;   /* per surplus station */
  int64_t *drop_prices;   /* per deficit station */
  uint32_t *flows;        /* of the driver, room for it */
} Plan;

static unsigned
surplus_at (const Plan *plan, unsigned i)
{
  return g_array_index (plan->surplus, unsigned, i);
}

static unsigned
deficit_at (const Plan *plan, unsigned i)
{
  return g_array_index (plan->deficit, unsigned, i);
}

static bool
split (Plan *plan, VolantTour *tour, GError **error)
{
  const VolantTourProblem *problem = plan->problem;

  for (unsigned i = 0; i < problem->n; i++)
    {
      uint32_t cars = problem->cars[i], target = problem->targets[i];
      uint32_t units = cars > target ? cars - target : target - cars;

      if (target > (uint64_t) cars + problem->docks[i])
        {
          g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                       "station %u has room for %" G_GUINT64_FORMAT " cars, not for %u; lower its "
                       "target",
                       i, (uint64_t) cars + problem->docks[i], target);
          return false;
        }
      if (cars == target)
        continue;
      g_array_append_val (cars > target ? plan->surplus : plan->deficit, i);
      g_array_append_val (cars > target ? plan->surplus_units : plan->deficit_units, units);
      *(cars > target ? &tour->surplus : &tour->deficit) += units;
    }
  plan->n_moves = MIN (tour->surplus, tour->deficit);
  if (problem->most_moves > 0)
    plan->n_moves = MIN (plan->n_moves, problem->most_moves);
  if (plan->n_moves <= VOLANT_TOUR_MOST_MOVES)
    return true;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
               "%u cars are to be moved, %u are the most; limit the number of moves", plan->n_moves,
               VOLANT_TOUR_MOST_MOVES);
  return false;
}

static int64_t
least_of (const int64_t *prices, unsigned n)
{
  int64_t least = 0;

  for (unsigned i = 0; i < n; i++)
    least = i == 0 ? prices[i] : MIN (least, prices[i]);
  return least;
}

static int64_t
most_of (const int64_t *prices, unsigned n)
{
  int64_t most = 0;

  for (unsigned i = 0; i < n; i++)
    most = i == 0 ? prices[i] : MAX (most, prices[i]);
  return most;
}

/* The cheapest drives of so many cars, prices taken off; false where the roads do not allow
 * them. */
static bool
ship_cars (Plan *plan, int64_t *cost)
{
  unsigned n_surplus = plan->surplus->len, n_deficit = plan->deficit->len;
  g_autofree int64_t *costs = g_new (int64_t, (size_t) n_surplus * n_deficit + 1);
  VolantTransport transport = { n_surplus, n_deficit, (uint32_t *) plan->surplus_units->data,
                                (uint32_t *) plan->deficit_units->data, costs };
  int64_t lift = most_of (plan->pick_prices, n_surplus) + most_of (plan->drop_prices, n_deficit);

  for (unsigned i = 0; i < n_surplus; i++)
    for (unsigned k = 0; k < n_deficit; k++)
      {
        int64_t way =
          volant_tour_drive (plan->problem, surplus_at (plan, i), deficit_at (plan, k));

        costs[(size_t) i * n_deficit + k] =
          way < VOLANT_TOUR_FAR ? way - plan->pick_prices[i] - plan->drop_prices[k] + lift
                                : VOLANT_TRANSPORT_NEVER;
      }
  if (volant_transport_solve (&transport, plan->n_moves, cost, plan->drives) < plan->n_moves)
    return false;
  *cost -= lift * plan->n_moves;
  return true;
}

/* The cheapest returns to stations that are left so often (units_to), from stations that are
 * come to at most so often, one of them the way from the start, prices put on; false where the
 * roads do not allow them. In plan->flows supplies are the deficit stations and then the start,
 * demands the surplus stations. */
static bool
ship_driver (Plan *plan, const uint32_t *units_from, const uint32_t *units_to, bool with_prices,
             int64_t *cost)
{
  unsigned n_to = plan->surplus->len, n_from = plan->deficit->len + 1;
  g_autofree int64_t *costs = g_new (int64_t, (size_t) n_from * n_to + 1);
  g_autofree uint32_t *supplies = g_new (uint32_t, n_from);
  VolantTransport transport = { n_from, n_to, supplies, units_to, costs };
  int64_t pick_lift = with_prices ? least_of (plan->pick_prices, n_to) : 0;
  int64_t drop_lift = with_prices ? least_of (plan->drop_prices, n_from - 1) : 0;

  memcpy (supplies, units_from, plan->deficit->len * sizeof (uint32_t));
  supplies[n_from - 1] = 1;
  for (unsigned i = 0; i < n_from; i++)
    for (unsigned k = 0; k < n_to; k++)
      {
        bool is_start = i + 1 == n_from;
        int64_t way = is_start
                        ? volant_tour_start (plan->problem, surplus_at (plan, k))
                        : volant_tour_return (plan->problem, deficit_at (plan, i),
                                              surplus_at (plan, k));
        int64_t price = with_prices ? plan->pick_prices[k] - pick_lift : 0;

        if (!is_start)
          price += USE_START + (with_prices ? plan->drop_prices[i] - drop_lift : 0);
        costs[(size_t) i * n_to + k] =
          way < VOLANT_TOUR_FAR ? way + price : VOLANT_TRANSPORT_NEVER;
      }
  if (volant_transport_solve (&transport, plan->n_moves, cost, plan->flows) < plan->n_moves)
    return false;
  *cost += pick_lift * plan->n_moves + (drop_lift - USE_START) * (plan->n_moves - 1);
  return *cost < USE_START;
}

/* Returns that fit the drives: each station is left as often as it is come to. */
static bool
fit_returns (Plan *plan)
{
  unsigned n_surplus = plan->surplus->len, n_deficit = plan->deficit->len;
  g_autofree uint32_t *to = g_new0 (uint32_t, n_surplus + 1);
  g_autofree uint32_t *from = g_new0 (uint32_t, n_deficit + 1);
  const uint32_t *flows = plan->flows;
  int64_t cost;

  for (unsigned i = 0; i < n_surplus; i++)
    for (unsigned k = 0; k < n_deficit; k++)
      {
        to[i] += plan->drives[(size_t) i * n_deficit + k];
        from[k] += plan->drives[(size_t) i * n_deficit + k];
      }
  if (!ship_driver (plan, from, to, false, &cost))
    return false;
  for (unsigned k = 0; k < n_deficit; k++)
    for (unsigned i = 0; i < n_surplus; i++)
      plan->returns[(size_t) i * n_deficit + k] = flows[(size_t) k * n_surplus + i];
  for (unsigned i = 0; i < n_surplus; i++)
    if (flows[(size_t) n_deficit * n_surplus + i] > 0)
      plan->first = i;
  return true;
}

static unsigned
take_drive (Plan *plan, unsigned from)
{
  unsigned n_deficit = plan->deficit->len;

  for (unsigned k = 0; k < n_deficit; k++)
    if (plan->drives[(size_t) from * n_deficit + k] > 0)
      {
        plan->drives[(size_t) from * n_deficit + k]--;
        return k;
      }
  return NONE;
}

static unsigned
take_return (Plan *plan, unsigned from)
{
  for (unsigned i = 0; i < plan->surplus->len; i++)
    if (plan->returns[(size_t) i * plan->deficit->len + from] > 0)
      {
        plan->returns[(size_t) i * plan->deficit->len + from]--;
        return i;
      }
  return NONE;
}

/* Walks drives and returns from a surplus station until there is no return any more: back at where
 * it began, or at the tour's end (transfer full; empty where there is no drive). */
static GArray *
walk (Plan *plan, unsigned from)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (VolantTourStep));

  while (from != NONE)
    {
      unsigned to = take_drive (plan, from);

      if (to == NONE)
        break;
      g_array_append_vals (
        steps, &(VolantTourStep) { surplus_at (plan, from), deficit_at (plan, to) }, 1);
      from = take_return (plan, to);
    }
  return steps;
}

/* The walk from the start, the rounds beside it joined. */
static GArray *
make_order (Plan *plan)
{
  GArray *order = walk (plan, plan->first);
  g_autoptr (GPtrArray) rounds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (unsigned i = 0; i < plan->surplus->len;)
    {
      GArray *round = walk (plan, i);

      if (round->len > 0)
        g_ptr_array_add (rounds, round);
      else
        {
          g_array_unref (round);
          i++;
        }
    }
  volant_tour_order_join (plan->problem, order, rounds);
  return order;
}

static void
write_moves (const VolantTourProblem *problem, const GArray *order, VolantTour *tour)
{
  tour->n_moves = order->len;
  tour->moves = g_new0 (VolantTourMove, order->len + 1);
  for (unsigned i = 0; i < order->len; i++)
    {
      const VolantTourStep *step = &g_array_index (order, VolantTourStep, i);
      VolantTourMove *move = &tour->moves[i];

      *move = (VolantTourMove) { .from = step->from, .to = step->to };
      move->come_ms = (uint32_t) (i == 0 ? volant_tour_start (problem, step->from)
                                         : volant_tour_return (problem, tour->moves[i - 1].to,
                                                               step->from));
      move->drive_ms = (uint32_t) volant_tour_drive (problem, step->from, step->to);
      move->begin_ms = tour->time_ms + move->come_ms;
      tour->time_ms = move->begin_ms + problem->handling_ms + move->drive_ms;
    }
}

static void
find_nearest (const VolantTourProblem *problem, unsigned n_moves, VolantTour *tour)
{
  g_autoptr (GArray) nearest = volant_tour_order_nearest (problem, n_moves);
  int64_t cost = volant_tour_order_cost (problem, nearest);

  tour->nearest_ms = nearest->len < n_moves || cost >= VOLANT_TOUR_FAR
                       ? UINT64_MAX
                       : (uint64_t) cost + (uint64_t) n_moves * problem->handling_ms;
}

static bool
refuse (GError **error)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE,
               "no tour leads to all stations with too many cars and too few; leave out those "
               "that are cut off, or limit the number of moves");
  return false;
}

/* Keeps the cheaper of two orders (transfer full). */
static void
offer (const VolantTourProblem *problem, unsigned n_moves, GArray **best, GArray *order)
{
  volant_tour_order_improve (problem, order);
  if (order->len == n_moves &&
      (*best == NULL ||
       volant_tour_order_cost (problem, order) < volant_tour_order_cost (problem, *best)))
    {
      g_clear_pointer (best, g_array_unref);
      *best = g_array_ref (order);
    }
  g_array_unref (order);
}

/* Where the driver comes to a station more often than cars leave it, its price rises, and where
 * less often it falls: the gradient's square. Drives must still be those of the last transport. */
static int64_t
add_gradient (Plan *plan, int64_t *picks, int64_t *drops)
{
  unsigned n_surplus = plan->surplus->len, n_deficit = plan->deficit->len;
  int64_t square = 0;

  memset (picks, 0, n_surplus * sizeof (int64_t));
  memset (drops, 0, n_deficit * sizeof (int64_t));
  for (unsigned i = 0; i < n_surplus; i++)
    for (unsigned k = 0; k <= n_deficit; k++)
      {
        uint32_t come = plan->flows[(size_t) k * n_surplus + i];
        uint32_t drive = k < n_deficit ? plan->drives[(size_t) i * n_deficit + k] : 0;

        picks[i] += (int64_t) come - drive;
        if (k < n_deficit)
          drops[k] += (int64_t) come - drive;
      }
  for (unsigned i = 0; i < n_surplus; i++)
    square += picks[i] * picks[i];
  for (unsigned k = 0; k < n_deficit; k++)
    square += drops[k] * drops[k];
  return square;
}

static void
raise_prices (Plan *plan, const int64_t *picks, const int64_t *drops, double step)
{
  for (unsigned i = 0; i < plan->surplus->len; i++)
    plan->pick_prices[i] += llrint (step * (double) picks[i]);
  for (unsigned k = 0; k < plan->deficit->len; k++)
    plan->drop_prices[k] += llrint (step * (double) drops[k]);
}

/* Few where there is much to do: a round takes two transports. */
static unsigned
count_rounds (const Plan *plan)
{
  double work = 2.0 * plan->n_moves * (plan->surplus->len + 1.0) * (plan->deficit->len + 1.0);

  return (unsigned) CLAMP (MOST_WORK / work, 1.0, MOST_ROUNDS);
}

/* The bound under prices that are raised round after round (Held and Karp, Math. Programming 1,
 * 1971; the step is Polyak's), and the best order on the way; false where there is none. */
static bool
search_orders (Plan *plan, GArray **best, int64_t *bound)
{
  const VolantTourProblem *problem = plan->problem;
  g_autofree int64_t *picks = g_new (int64_t, plan->surplus->len + 1);
  g_autofree int64_t *drops = g_new (int64_t, plan->deficit->len + 1);
  unsigned n_rounds = count_rounds (plan);
  double share = 1.0;

  *bound = 0;
  for (unsigned round = 0; round < n_rounds; round++)
    {
      int64_t drives, returns, here, square;

      if (!ship_cars (plan, &drives) ||
          !ship_driver (plan, (uint32_t *) plan->deficit_units->data,
                        (uint32_t *) plan->surplus_units->data, true, &returns))
        return round > 0;
      here = drives + returns + least_of (plan->drop_prices, plan->deficit->len);
      square = add_gradient (plan, picks, drops);
      share = here > *bound ? share : share * 0.9;
      *bound = MAX (*bound, here);
      if (round % ORDER_EVERY == 0 || round + 1 == n_rounds)
        {
          if (!fit_returns (plan))
            return round > 0;
          offer (problem, plan->n_moves, best, make_order (plan));
        }
      /* one is left: the tour ends somewhere */
      if (square <= 1 || *best == NULL)
        break;
      raise_prices (plan, picks, drops,
                    share * (double) (volant_tour_order_cost (problem, *best) - here) /
                      (double) square);
    }
  return true;
}

/* Where few of many cars are to be moved, what matters is where: orders from many stations on. */
static void
try_beginnings (Plan *plan, GArray **best)
{
  double work = (double) plan->n_moves * plan->surplus->len * plan->deficit->len;
  unsigned n = plan->surplus->len;
  unsigned n_tries = (unsigned) CLAMP (MOST_WORK / work, 1.0, n);

  for (unsigned i = 0; i < n_tries; i++)
    offer (plan->problem, plan->n_moves, best,
           volant_tour_order_cheapest (plan->problem, plan->n_moves,
                                       surplus_at (plan, i * n / n_tries)));
}

static bool
solve (Plan *plan, VolantTour *tour, GError **error)
{
  const VolantTourProblem *problem = plan->problem;
  g_autoptr (GArray) best = NULL;
  int64_t bound;

  if (!search_orders (plan, &best, &bound))
    return refuse (error);
  offer (problem, plan->n_moves, &best, volant_tour_order_nearest (problem, plan->n_moves));
  if (plan->n_moves < tour->surplus || plan->n_moves < tour->deficit)
    try_beginnings (plan, &best);
  if (best == NULL || volant_tour_order_cost (problem, best) >= VOLANT_TOUR_FAR)
    return refuse (error);
  tour->bound_ms = (uint64_t) bound + (uint64_t) plan->n_moves * problem->handling_ms;
  write_moves (problem, best, tour);
  find_nearest (problem, plan->n_moves, tour);
  return true;
}

VolantTour *
volant_tour_plan (const VolantTourProblem *problem, GError **error)
{
  g_autoptr (VolantTour) tour = g_new0 (VolantTour, 1);
  Plan plan = { .problem = problem, .surplus = g_array_new (FALSE, FALSE, sizeof (unsigned)),
                .deficit = g_array_new (FALSE, FALSE, sizeof (unsigned)),
                .surplus_units = g_array_new (FALSE, FALSE, sizeof (uint32_t)),
                .deficit_units = g_array_new (FALSE, FALSE, sizeof (uint32_t)) };
  bool good = split (&plan, tour, error);

  if (good && plan.n_moves > 0)
    {
      size_t n_pairs = (size_t) plan.surplus->len * plan.deficit->len;

      plan.drives = g_new0 (uint32_t, n_pairs + 1);
      plan.returns = g_new0 (uint32_t, n_pairs + 1);
      plan.flows = g_new0 (uint32_t, n_pairs + plan.surplus->len + 1);
      plan.pick_prices = g_new0 (int64_t, plan.surplus->len + 1);
      plan.drop_prices = g_new0 (int64_t, plan.deficit->len + 1);
      good = solve (&plan, tour, error);
    }
  g_array_unref (plan.surplus);
  g_array_unref (plan.deficit);
  g_array_unref (plan.surplus_units);
  g_array_unref (plan.deficit_units);
  g_free (plan.drives);
  g_free (plan.returns);
  g_free (plan.flows);
  g_free (plan.pick_prices);
  g_free (plan.drop_prices);
  return good ? g_steal_pointer (&tour) : NULL;
}

void
volant_tour_free (VolantTour *tour)
{
  if (tour == NULL)
    return;
  g_free (tour->moves);
  g_free (tour);
}

typedef struct {
  unsigned station;
  uint64_t rest;
} Rest;

static int
compare_rests (const void *a, const void *b)
{
  const Rest *one = a, *other = b;

  if (one->rest != other->rest)
    return one->rest > other->rest ? -1 : 1;
  return (one->station > other->station) - (one->station < other->station);
}

void
volant_tour_share_out (const uint32_t *cars, const uint32_t *docks, unsigned n, uint32_t *targets)
{
  g_autofree Rest *rests = g_new (Rest, n + 1);
  uint64_t all_cars = 0, all_room = 0, given = 0;

  for (unsigned i = 0; i < n; i++)
    {
      all_cars += cars[i];
      all_room += (uint64_t) cars[i] + docks[i];
    }
  for (unsigned i = 0; i < n; i++)
    {
      uint64_t share = all_cars * ((uint64_t) cars[i] + docks[i]);

      targets[i] = all_room > 0 ? (uint32_t) (share / all_room) : 0;
      rests[i] = (Rest) { i, all_room > 0 ? share % all_room : 0 };
      given += targets[i];
    }
  qsort (rests, n, sizeof (Rest), compare_rests);
  for (unsigned i = 0; given < all_cars; i++, given++)
    targets[rests[i].station]++;
}
