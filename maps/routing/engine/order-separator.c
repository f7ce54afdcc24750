/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-separator.h"
#include "maps/routing/engine/order-cost.h"
#include "maps/routing/engine/order-cut.h"
#include "maps/routing/engine/order-line.h"

#include <math.h>
#include <string.h>

#define NONE VOLANT_ORDER_NONE

enum { N_POLES = 4 };

/* How much of the weight each end of a cut has to begin with. */
#define END_SHARE 0.1

/* How much worse than the best so far a cut's score may be for its cost to be looked at. */
#define WORST_RATIO 1.4

/* Between which poles to cut: potential = sum of factor times distance from pole. */
enum { N_DIRECTIONS = 4 };
static const int8_t directions[N_DIRECTIONS][N_POLES] = {
  { 1, -1, 0, 0 },
  { 0, 0, 1, -1 },
  { 1, -1, 1, -1 },
  { 1, -1, -1, 1 },
};

struct _VolantOrderSeparator {
  VolantOrderCutter *cutter;
  VolantOrderCost *cost;
  VolantOrderCut cuts[N_DIRECTIONS];
  uint32_t room;
  int32_t *distances[N_POLES];
  int32_t *potentials;
  uint32_t *places;
  uint32_t *queue;
  uint32_t *line_room;
  GArray *buckets;
};

static void
make_room (VolantOrderSeparator *self, uint32_t n_nodes)
{
  if (n_nodes <= self->room)
    return;
  self->room = n_nodes;
  for (unsigned pole = 0; pole < N_POLES; pole++)
    self->distances[pole] = g_renew (int32_t, self->distances[pole], n_nodes);
  self->potentials = g_renew (int32_t, self->potentials, n_nodes);
  self->places = g_renew (uint32_t, self->places, n_nodes);
  self->queue = g_renew (uint32_t, self->queue, n_nodes);
  self->line_room = g_renew (uint32_t, self->line_room, 2 * (gsize) n_nodes);
}

/* Breadth-first distances from root; returns the node reached last. */
static uint32_t
measure_from (VolantOrderSeparator *self, const VolantOrderCell *cell, uint32_t root,
              int32_t *distances)
{
  uint32_t n_queued = 1;

  memset (distances, -1, cell->n_nodes * sizeof *distances);
  distances[root] = 0;
  self->queue[0] = root;
  for (uint32_t k = 0; k < n_queued; k++)
    {
      uint32_t node = self->queue[k];

      for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
        if (distances[cell->heads[a]] < 0)
          {
            distances[cell->heads[a]] = distances[node] + 1;
            self->queue[n_queued++] = cell->heads[a];
          }
    }
  return self->queue[n_queued - 1];
}

/* The node farthest from the nearest of the first poles. */
static uint32_t
farthest (const VolantOrderSeparator *self, const VolantOrderCell *cell, unsigned n_poles)
{
  uint32_t best = 0;
  int32_t best_distance = -1;

  for (uint32_t node = 0; node < cell->n_nodes; node++)
    {
      int32_t nearest = self->distances[0][node];

      for (unsigned pole = 1; pole < n_poles; pole++)
        nearest = MIN (nearest, self->distances[pole][node]);
      if (nearest > best_distance)
        {
          best_distance = nearest;
          best = node;
        }
    }
  return best;
}

/* Sorts the nodes by potential, stably. */
static void
sort_places (VolantOrderSeparator *self, uint32_t n_nodes)
{
  int32_t least = G_MAXINT32, greatest = G_MININT32;
  uint32_t *firsts;

  for (uint32_t node = 0; node < n_nodes; node++)
    {
      least = MIN (least, self->potentials[node]);
      greatest = MAX (greatest, self->potentials[node]);
    }
  g_array_set_size (self->buckets, 0);
  g_array_set_size (self->buckets, (guint) (greatest - least) + 2);
  firsts = (uint32_t *) (void *) self->buckets->data;
  for (uint32_t node = 0; node < n_nodes; node++)
    firsts[self->potentials[node] - least + 1]++;
  for (int32_t k = 0; k < greatest - least; k++)
    firsts[k + 1] += firsts[k];
  for (uint32_t node = 0; node < n_nodes; node++)
    self->places[firsts[self->potentials[node] - least]++] = node;
}

static void
set_potentials (VolantOrderSeparator *self, uint32_t n_nodes, const int8_t factors[N_POLES])
{
  for (uint32_t node = 0; node < n_nodes; node++)
    {
      int32_t potential = 0;

      for (unsigned pole = 0; pole < N_POLES; pole++)
        potential += factors[pole] * self->distances[pole][node];
      self->potentials[node] = potential;
    }
}

/* Begins at a node with the fewest neighbours: unless all are neighbours of all, there is a node
 * not next to it, and so the first two poles are not neighbours. */
static void
measure_poles (VolantOrderSeparator *self, const VolantOrderCell *cell)
{
  uint32_t root = 0;

  for (uint32_t node = 1; node < cell->n_nodes; node++)
    if (cell->first[node + 1] - cell->first[node] < cell->first[root + 1] - cell->first[root])
      root = node;
  root = measure_from (self, cell, root, self->distances[0]);
  root = measure_from (self, cell, root, self->distances[0]);
  measure_from (self, cell, root, self->distances[1]);
  for (unsigned pole = 2; pole < N_POLES; pole++)
    measure_from (self, cell, farthest (self, cell, pole), self->distances[pole]);
}

static void
cut_between (VolantOrderSeparator *self, const VolantOrderCell *cell, unsigned direction,
             double share, double worst_score)
{
  set_potentials (self, cell->n_nodes, directions[direction]);
  sort_places (self, cell->n_nodes);
  volant_order_cutter_find (self->cutter, cell, self->places, self->potentials, share, worst_score,
                            &self->cuts[direction]);
}

uint32_t
volant_order_separator_find (VolantOrderSeparator *self, const VolantOrderCell *cell,
                             const uint32_t **nodes)
{
  double best_score = INFINITY;
  VolantOrderCut *cut;

  make_room (self, cell->n_nodes);
  measure_poles (self, cell);
  for (unsigned k = 0; k < N_DIRECTIONS; k++)
    {
      cut_between (self, cell, k, END_SHARE, best_score * WORST_RATIO);
      if (self->cuts[k].n_nodes > 0)
        best_score = MIN (best_score, self->cuts[k].score);
    }
  /* Where a node is next to nearly all others, only ends of a single node are apart. */
  if (best_score == INFINITY)
    cut_between (self, cell, 0, 0, INFINITY);
  cut = &self->cuts[volant_order_cost_choose (self->cost, cell, self->cuts, N_DIRECTIONS)];
  volant_order_line_sort (cell, cut->nodes, cut->n_nodes, self->line_room);
  *nodes = cut->nodes;
  return cut->n_nodes;
}

VolantOrderSeparator *
volant_order_separator_new (void)
{
  VolantOrderSeparator *self = g_new0 (VolantOrderSeparator, 1);

  self->cutter = volant_order_cutter_new ();
  self->cost = volant_order_cost_new ();
  self->buckets = g_array_new (FALSE, TRUE, sizeof (uint32_t));
  return self;
}

void
volant_order_separator_free (VolantOrderSeparator *self)
{
  volant_order_cutter_free (self->cutter);
  volant_order_cost_free (self->cost);
  for (unsigned k = 0; k < N_DIRECTIONS; k++)
    g_free (self->cuts[k].nodes);
  for (unsigned pole = 0; pole < N_POLES; pole++)
    g_free (self->distances[pole]);
  g_free (self->potentials);
  g_free (self->places);
  g_free (self->queue);
  g_free (self->line_room);
  g_array_unref (self->buckets);
  g_free (self);
}
