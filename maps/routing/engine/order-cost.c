/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-cost.h"

#include <math.h>
#include <string.h>

/* A separator of s nodes in a cell with b nodes of separators around it adds rows of s + b arcs to
 * the search space of each node of the cell: s s / 2 + s b arcs. Then the pieces are cut in turn.
 * If a cell of weight w is cut by s (w) = s1 w^GAMMA nodes, and some of what surrounds it surrounds
 * each of its halves, all the cuts below sum up to WITHIN s (w)^2 + AROUND s (w) b. The constants
 * were chosen by measuring on road graphs; near them the orders change little. */
#define WITHIN 3.9
#define AROUND 4.0
#define LEAST_CUT 0.44 /* s1 at the least: below a narrow neck the cuts are wider again */

enum {
  OUTSIDE,
  INSIDE,
  SEPARATOR,
};

struct _VolantOrderCost {
  uint32_t room;
  uint8_t *states;
  uint32_t *queue;
  uint32_t n_stamps;
  uint32_t *stamps; /* by id: the last count it was part of */
  uint32_t stamp;
};

/* x^GAMMA, GAMMA = 3/8, by square roots, which are the same everywhere. */
static double
power (double x)
{
  double root = sqrt (sqrt (x));

  return root * sqrt (root);
}

/* 1 at the first call for id since stamp was last counted up. */
static uint32_t
count_once (VolantOrderCost *self, uint32_t id)
{
  if (id >= self->n_stamps)
    {
      uint32_t n_stamps = MAX (id + 1, 2 * MIN (self->n_stamps, UINT32_MAX / 2));

      self->stamps = g_renew (uint32_t, self->stamps, n_stamps);
      memset (self->stamps + self->n_stamps, 0, (n_stamps - self->n_stamps) * sizeof *self->stamps);
      self->n_stamps = n_stamps;
    }
  if (self->stamps[id] == self->stamp)
    return 0;
  self->stamps[id] = self->stamp;
  return 1;
}

static void
next_stamp (VolantOrderCost *self)
{
  if (++self->stamp != 0)
    return;
  memset (self->stamps, 0, self->n_stamps * sizeof *self->stamps);
  self->stamp = 1;
}

static uint32_t
count_bounds (VolantOrderCost *self, const VolantOrderCell *cell)
{
  uint32_t n_bounds = 0;

  next_stamp (self);
  for (uint32_t b = 0; b < cell->first_bound[cell->n_nodes]; b++)
    n_bounds += count_once (self, cell->bounds[b]);
  return n_bounds;
}

/* The cost of the piece that root is in. */
static double
piece_cost (VolantOrderCost *self, const VolantOrderCell *cell, uint32_t root, double typical)
{
  uint32_t n_queued = 1, n_bounds = 0;
  uint64_t weight = 0;
  double share, cut;

  next_stamp (self);
  self->queue[0] = root;
  self->states[root] = INSIDE;
  for (uint32_t k = 0; k < n_queued; k++)
    {
      uint32_t node = self->queue[k];

      weight += cell->weights[node];
      for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
        {
          uint32_t head = cell->heads[a];

          if (self->states[head] == OUTSIDE)
            {
              self->states[head] = INSIDE;
              self->queue[n_queued++] = head;
            }
          else if (self->states[head] == SEPARATOR)
            n_bounds += count_once (self, cell->ids[head]);
        }
      for (uint32_t b = cell->first_bound[node]; b < cell->first_bound[node + 1]; b++)
        n_bounds += count_once (self, cell->bounds[b]);
    }
  share = (double) weight / (double) cell->weight;
  cut = typical * power (share);
  return share * (WITHIN * cut * cut + AROUND * cut * n_bounds);
}

static double
cut_cost (VolantOrderCost *self, const VolantOrderCell *cell, const VolantOrderCut *cut,
          uint32_t n_bounds, double typical)
{
  double n = cut->n_nodes, cost = n * n / 2 + n * n_bounds;

  memset (self->states, OUTSIDE, cell->n_nodes);
  for (uint32_t k = 0; k < cut->n_nodes; k++)
    self->states[cut->nodes[k]] = SEPARATOR;
  for (uint32_t root = 0; root < cell->n_nodes; root++)
    if (self->states[root] == OUTSIDE)
      cost += piece_cost (self, cell, root, typical);
  return cost;
}

static void
make_room (VolantOrderCost *self, uint32_t n_nodes)
{
  if (n_nodes <= self->room)
    return;
  self->room = n_nodes;
  g_free (self->states);
  self->states = g_new (uint8_t, n_nodes);
  g_free (self->queue);
  self->queue = g_new (uint32_t, n_nodes);
}

static bool
are_alike (const VolantOrderCut *cuts, unsigned n_cuts, unsigned first)
{
  for (unsigned k = first + 1; k < n_cuts; k++)
    if (cuts[k].n_nodes > 0 && (cuts[k].n_nodes != cuts[first].n_nodes ||
                                cuts[k].small_weight != cuts[first].small_weight))
      return false;
  return true;
}

unsigned
volant_order_cost_choose (VolantOrderCost *self, const VolantOrderCell *cell,
                          const VolantOrderCut *cuts, unsigned n_cuts)
{
  double typical = LEAST_CUT * power ((double) cell->weight), least_score = 0, least_cost = 0;
  unsigned first = 0, best;
  uint32_t n_bounds;

  while (first + 1 < n_cuts && cuts[first].n_nodes == 0)
    first++;
  if (are_alike (cuts, n_cuts, first))
    return first;
  make_room (self, cell->n_nodes);
  for (unsigned k = first; k < n_cuts; k++)
    if (cuts[k].n_nodes > 0 && (k == first || cuts[k].score < least_score))
      least_score = cuts[k].score;
  typical = MAX (typical, least_score / volant_order_cut_score (1, 1, 2));
  n_bounds = count_bounds (self, cell);
  best = first;
  for (unsigned k = first; k < n_cuts; k++)
    if (cuts[k].n_nodes > 0)
      {
        double cost = cut_cost (self, cell, &cuts[k], n_bounds, typical);

        if (k == first || cost < least_cost)
          {
            least_cost = cost;
            best = k;
          }
      }
  return best;
}

VolantOrderCost *
volant_order_cost_new (void)
{
  return g_new0 (VolantOrderCost, 1);
}

void
volant_order_cost_free (VolantOrderCost *self)
{
  g_free (self->states);
  g_free (self->queue);
  g_free (self->stamps);
  g_free (self);
}
