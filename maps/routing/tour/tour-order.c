/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/tour/tour-order.h"

#include <string.h>

/* An order is a path: start, from, to, from, to, … Its drives stand inside the steps, its returns
 * between them, so moving a block of steps changes three returns and no drive. */

#define STEP(order, i) g_array_index (order, VolantTourStep, i)
#define MOST_BLOCK 3
#define MOST_PASSES 200

/* How a round is joined best. */
typedef struct {
  int64_t extra;
  unsigned round;
  unsigned after;    /* step of the order; G_MAXUINT: before the first */
  unsigned first;    /* step of the round to begin with */
  bool is_exchange;  /* the steps `after` and the round's last exchange their ends */
} Joint;

/* The return before step i of an order, were it to begin at from. */
static int64_t
come_cost (const VolantTourProblem *problem, const GArray *order, unsigned i, unsigned from)
{
  return i == 0 ? volant_tour_start (problem, from)
                : volant_tour_return (problem, STEP (order, i - 1).to, from);
}

/* The return after a step that ends at to, when step i comes next; nothing after the last. */
static int64_t
leave_cost (const VolantTourProblem *problem, const GArray *order, unsigned i, unsigned to)
{
  return i < order->len ? volant_tour_return (problem, to, STEP (order, i).from) : 0;
}

int64_t
volant_tour_order_cost (const VolantTourProblem *problem, const GArray *order)
{
  int64_t cost = 0;

  for (unsigned i = 0; i < order->len; i++)
    cost += come_cost (problem, order, i, STEP (order, i).from) +
            volant_tour_drive (problem, STEP (order, i).from, STEP (order, i).to);
  return cost;
}

static void
try_insert (const VolantTourProblem *problem, const GArray *order, const GArray *round,
            unsigned index, unsigned at, Joint *best)
{
  int64_t saved =
    at < order->len ? come_cost (problem, order, at, STEP (order, at).from) : 0;

  for (unsigned first = 0; first < round->len; first++)
    {
      VolantTourStep last = STEP (round, (first + round->len - 1) % round->len);
      int64_t extra = come_cost (problem, order, at, STEP (round, first).from) +
                      leave_cost (problem, order, at, last.to) - saved -
                      volant_tour_return (problem, last.to, STEP (round, first).from);

      if (extra < best->extra)
        *best = (Joint) { extra, index, at, first, false };
    }
}

/* Step `at` drives to where the round's last step went, which drives to where `at` went. */
static void
try_exchange (const VolantTourProblem *problem, const GArray *order, const GArray *round,
              unsigned index, unsigned at, Joint *best)
{
  VolantTourStep step = STEP (order, at);
  int64_t saved = volant_tour_drive (problem, step.from, step.to);

  for (unsigned first = 0; first < round->len; first++)
    {
      VolantTourStep last = STEP (round, (first + round->len - 1) % round->len);
      int64_t extra = volant_tour_drive (problem, step.from, last.to) +
                      volant_tour_drive (problem, last.from, step.to) - saved -
                      volant_tour_drive (problem, last.from, last.to);

      if (extra < best->extra)
        *best = (Joint) { extra, index, at, first, true };
    }
}

static void
join (GArray *order, const GArray *round, const Joint *joint)
{
  unsigned at = joint->after + joint->is_exchange;
  g_autoptr (GArray) turned = g_array_new (FALSE, FALSE, sizeof (VolantTourStep));

  for (unsigned i = 0; i < round->len; i++)
    g_array_append_val (turned, STEP (round, (joint->first + i) % round->len));
  if (joint->is_exchange)
    {
      unsigned to = STEP (order, joint->after).to;

      STEP (order, joint->after).to = STEP (turned, turned->len - 1).to;
      STEP (turned, turned->len - 1).to = to;
    }
  g_array_insert_vals (order, at, turned->data, turned->len);
}

void
volant_tour_order_join (const VolantTourProblem *problem, GArray *order, GPtrArray *rounds)
{
  while (rounds->len > 0)
    {
      Joint best = { INT64_MAX, 0, 0, 0, false };

      for (unsigned i = 0; i < rounds->len; i++)
        for (unsigned at = 0; at <= order->len; at++)
          {
            try_insert (problem, order, rounds->pdata[i], i, at, &best);
            if (at < order->len)
              try_exchange (problem, order, rounds->pdata[i], i, at, &best);
          }
      join (order, rounds->pdata[best.round], &best);
      g_ptr_array_remove_index_fast (rounds, best.round);
    }
}

/* What is saved by taking a block of steps out of the order. */
static int64_t
cut_saving (const VolantTourProblem *problem, const GArray *order, unsigned first, unsigned n)
{
  VolantTourStep last = STEP (order, first + n - 1);
  int64_t saving = come_cost (problem, order, first, STEP (order, first).from) +
                   leave_cost (problem, order, first + n, last.to);

  if (first + n < order->len)
    saving -= come_cost (problem, order, first, STEP (order, first + n).from);
  return saving;
}

/* Steps first … first + n - 1 to stand before what is step `to` now (to > first + n or < first). */
static void
move_block (GArray *order, unsigned first, unsigned n, unsigned to)
{
  VolantTourStep block[MOST_BLOCK];

  memcpy (block, &STEP (order, first), n * sizeof (VolantTourStep));
  g_array_remove_range (order, first, n);
  g_array_insert_vals (order, to > first ? to - n : to, block, n);
}

static bool
try_block (const VolantTourProblem *problem, GArray *order, unsigned first, unsigned n)
{
  int64_t saving = cut_saving (problem, order, first, n);
  unsigned from = STEP (order, first).from, to = STEP (order, first + n - 1).to;

  for (unsigned at = 0; saving > 0 && at <= order->len; at++)
    {
      int64_t extra;

      if (at >= first && at <= first + n)
        continue;
      extra = come_cost (problem, order, at, from) + leave_cost (problem, order, at, to);
      if (at < order->len)
        extra -= come_cost (problem, order, at, STEP (order, at).from);
      if (extra < saving)
        {
          move_block (order, first, n, at);
          return true;
        }
    }
  return false;
}

/* What hangs on two steps: their drives and the returns about them. */
static int64_t
pair_cost (const VolantTourProblem *problem, const GArray *order, unsigned a, unsigned b)
{
  VolantTourStep one = STEP (order, a), other = STEP (order, b);
  int64_t cost = volant_tour_drive (problem, one.from, one.to) +
                 volant_tour_drive (problem, other.from, other.to) +
                 come_cost (problem, order, a, one.from) +
                 leave_cost (problem, order, a + 1, one.to) +
                 leave_cost (problem, order, b + 1, other.to);

  return a + 1 == b ? cost : cost + come_cost (problem, order, b, other.from);
}

static void
exchange (GArray *order, unsigned a, unsigned b, unsigned kind)
{
  VolantTourStep one = STEP (order, a), other = STEP (order, b);

  if (kind != 1)
    {
      STEP (order, a).to = other.to;
      STEP (order, b).to = one.to;
    }
  if (kind != 0)
    {
      STEP (order, a).from = other.from;
      STEP (order, b).from = one.from;
    }
}

/* Two steps exchange where they end (0), where they begin (1), or their places (2). */
static bool
try_exchanges (const VolantTourProblem *problem, GArray *order, unsigned a)
{
  for (unsigned b = a + 1; b < order->len; b++)
    for (unsigned kind = 0; kind < 3; kind++)
      {
        int64_t before = pair_cost (problem, order, a, b);

        exchange (order, a, b, kind);
        if (pair_cost (problem, order, a, b) < before)
          return true;
        exchange (order, a, b, kind);
      }
  return false;
}

/* What hangs on one step. */
static int64_t
step_cost (const VolantTourProblem *problem, const GArray *order, unsigned i, VolantTourStep step)
{
  return come_cost (problem, order, i, step.from) +
         volant_tour_drive (problem, step.from, step.to) +
         leave_cost (problem, order, i + 1, step.to);
}

/* Cars to give (positive) or to take (negative) that no step uses. */
static int64_t *
count_spare (const VolantTourProblem *problem, const GArray *order)
{
  int64_t *spare = g_new (int64_t, problem->n + 1);

  for (unsigned i = 0; i < problem->n; i++)
    spare[i] = (int64_t) problem->cars[i] - problem->targets[i];
  for (unsigned i = 0; i < order->len; i++)
    {
      spare[STEP (order, i).from]--;
      spare[STEP (order, i).to]++;
    }
  return spare;
}

/* A step that begins or ends at a station that has something to spare instead. */
static bool
try_spare (const VolantTourProblem *problem, GArray *order, int64_t *spare, unsigned i)
{
  VolantTourStep best = STEP (order, i);
  int64_t best_cost = step_cost (problem, order, i, best);

  for (unsigned k = 0; k < problem->n; k++)
    {
      VolantTourStep step = STEP (order, i);
      int64_t cost;

      if (spare[k] == 0)
        continue;
      *(spare[k] > 0 ? &step.from : &step.to) = k;
      cost = step_cost (problem, order, i, step);
      if (cost < best_cost)
        {
          best_cost = cost;
          best = step;
        }
    }
  if (best.from == STEP (order, i).from && best.to == STEP (order, i).to)
    return false;
  spare[STEP (order, i).from]++;
  spare[STEP (order, i).to]--;
  spare[best.from]--;
  spare[best.to]++;
  STEP (order, i) = best;
  return true;
}

void
volant_tour_order_improve (const VolantTourProblem *problem, GArray *order)
{
  g_autofree int64_t *spare = count_spare (problem, order);
  bool is_better = true;

  for (unsigned pass = 0; is_better && pass < MOST_PASSES; pass++)
    {
      is_better = false;
      for (unsigned i = 0; i < order->len; i++)
        {
          for (unsigned n = 1; n <= MOST_BLOCK && i + n <= order->len; n++)
            is_better = try_block (problem, order, i, n) || is_better;
          is_better = try_exchanges (problem, order, i) || is_better;
          is_better = try_spare (problem, order, spare, i) || is_better;
        }
    }
}

GArray *
volant_tour_order_nearest (const VolantTourProblem *problem, unsigned n_moves)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (VolantTourStep));
  g_autofree uint32_t *cars = g_memdup2 (problem->cars, problem->n * sizeof (uint32_t));

  while (order->len < n_moves)
    {
      int64_t best_from = VOLANT_TOUR_FAR, best_to = VOLANT_TOUR_FAR;
      VolantTourStep step = { problem->n, problem->n };

      for (unsigned i = 0; i < problem->n; i++)
        {
          int64_t cost = cars[i] > problem->targets[i]
                           ? come_cost (problem, order, order->len, i) : VOLANT_TOUR_FAR;

          /* free to begin anywhere, one begins where most cars are too many */
          if (order->len == 0 && problem->start_ms == NULL && cost == 0)
            cost = (int64_t) UINT32_MAX - (cars[i] - problem->targets[i]);
          if (cost < best_from)
            {
              best_from = cost;
              step.from = i;
            }
        }
      for (unsigned i = 0; step.from < problem->n && i < problem->n; i++)
        if (cars[i] < problem->targets[i] && volant_tour_drive (problem, step.from, i) < best_to)
          {
            best_to = volant_tour_drive (problem, step.from, i);
            step.to = i;
          }
      if (step.to == problem->n)
        break;
      cars[step.from]--;
      cars[step.to]++;
      g_array_append_val (order, step);
    }
  return order;
}

/* The cheapest move with the way to it; first >= n: from any station. */
static bool
add_cheapest (const VolantTourProblem *problem, GArray *order, uint32_t *cars, unsigned first)
{
  int64_t best = VOLANT_TOUR_FAR;
  VolantTourStep step = { problem->n, problem->n };

  for (unsigned i = 0; i < problem->n; i++)
    {
      int64_t come;

      if (cars[i] <= problem->targets[i] || (first < problem->n && i != first))
        continue;
      come = come_cost (problem, order, order->len, i);
      for (unsigned k = 0; come < best && k < problem->n; k++)
        if (cars[k] < problem->targets[k] && come + volant_tour_drive (problem, i, k) < best)
          {
            best = come + volant_tour_drive (problem, i, k);
            step = (VolantTourStep) { i, k };
          }
    }
  if (step.to == problem->n)
    return false;
  cars[step.from]--;
  cars[step.to]++;
  g_array_append_val (order, step);
  return true;
}

GArray *
volant_tour_order_cheapest (const VolantTourProblem *problem, unsigned n_moves, unsigned first)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (VolantTourStep));
  g_autofree uint32_t *cars = g_memdup2 (problem->cars, problem->n * sizeof (uint32_t));

  while (order->len < n_moves &&
         add_cheapest (problem, order, cars, order->len == 0 ? first : problem->n))
    continue;
  return order;
}
