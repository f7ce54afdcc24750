/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/tour/transport.h"

#include <stdbool.h>
#include <string.h>

/* Nodes are the supplies, then the demands. Each round finds the cheapest way from any supply that
 * has something left to any demand that wants something, forward along pairs, backward along what
 * is sent already, and sends what fits. */

#define NONE UINT32_MAX

typedef struct {
  const VolantTransport *problem;
  uint32_t n;
  uint32_t *left;       /* of each node's units */
  uint32_t *flows;
  int64_t *potentials;
  int64_t *distances;
  uint32_t *parents;
  bool *is_done;
} Solver;

static void
begin_round (Solver *self)
{
  for (uint32_t node = 0; node < self->n; node++)
    {
      bool is_source = node < self->problem->n_supplies && self->left[node] > 0;

      self->distances[node] = is_source ? 0 : VOLANT_TRANSPORT_NEVER;
      self->parents[node] = NONE;
      self->is_done[node] = false;
    }
}

static void
relax (Solver *self, uint32_t from, uint32_t to, int64_t cost)
{
  int64_t distance =
    self->distances[from] + cost + self->potentials[from] - self->potentials[to];

  if (distance >= self->distances[to])
    return;
  self->distances[to] = distance;
  self->parents[to] = from;
}

static void
relax_all (Solver *self, uint32_t node)
{
  const VolantTransport *problem = self->problem;
  uint32_t n_supplies = problem->n_supplies, n_demands = problem->n_demands;

  if (node < n_supplies)
    {
      const int64_t *costs = problem->costs + (size_t) node * n_demands;

      for (uint32_t i = 0; i < n_demands; i++)
        if (costs[i] < VOLANT_TRANSPORT_NEVER && !self->is_done[n_supplies + i])
          relax (self, node, n_supplies + i, costs[i]);
      return;
    }
  for (uint32_t i = 0; i < n_supplies; i++)
    {
      size_t pair = (size_t) i * n_demands + node - n_supplies;

      if (self->flows[pair] > 0 && !self->is_done[i])
        relax (self, node, i, -problem->costs[pair]);
    }
}

/* The demand that the cheapest way leads to; NONE where none can be reached. */
static uint32_t
find_way (Solver *self)
{
  begin_round (self);
  for (;;)
    {
      uint32_t nearest = NONE;

      for (uint32_t node = 0; node < self->n; node++)
        if (!self->is_done[node] && self->distances[node] < VOLANT_TRANSPORT_NEVER &&
            (nearest == NONE || self->distances[node] < self->distances[nearest]))
          nearest = node;
      if (nearest == NONE)
        return NONE;
      self->is_done[nearest] = true;
      if (nearest >= self->problem->n_supplies && self->left[nearest] > 0)
        return nearest;
      relax_all (self, nearest);
    }
}

static size_t
pair_of (const Solver *self, uint32_t supply, uint32_t demand)
{
  return (size_t) supply * self->problem->n_demands + demand - self->problem->n_supplies;
}

/* What fits through a way. */
static uint32_t
find_room (const Solver *self, uint32_t last, uint32_t most)
{
  uint32_t room = MIN (self->left[last], most), node = last;

  for (; self->parents[node] != NONE; node = self->parents[node])
    if (node < self->problem->n_supplies)
      room = MIN (room, self->flows[pair_of (self, node, self->parents[node])]);
  return MIN (room, self->left[node]);
}

static int64_t
send (Solver *self, uint32_t last, uint32_t units)
{
  int64_t cost = 0;
  uint32_t node = last;

  for (; self->parents[node] != NONE; node = self->parents[node])
    {
      uint32_t parent = self->parents[node];
      bool is_back = node < self->problem->n_supplies;
      size_t pair = is_back ? pair_of (self, node, parent) : pair_of (self, parent, node);

      self->flows[pair] += is_back ? -units : units;
      cost += is_back ? -self->problem->costs[pair] : self->problem->costs[pair];
    }
  self->left[node] -= units;
  self->left[last] -= units;
  return cost * units;
}

uint32_t
volant_transport_solve (const VolantTransport *problem, uint32_t units, int64_t *cost,
                        uint32_t *flows)
{
  uint32_t n = problem->n_supplies + problem->n_demands, n_sent = 0;
  size_t n_pairs = (size_t) problem->n_supplies * problem->n_demands;
  Solver self = { problem, n, g_new (uint32_t, n + 1), g_new0 (uint32_t, n_pairs + 1),
                  g_new0 (int64_t, n + 1), g_new (int64_t, n + 1), g_new (uint32_t, n + 1),
                  g_new (bool, n + 1) };

  *cost = 0;
  memcpy (self.left, problem->supplies, problem->n_supplies * sizeof (uint32_t));
  memcpy (self.left + problem->n_supplies, problem->demands,
          problem->n_demands * sizeof (uint32_t));
  while (n_sent < units)
    {
      uint32_t last = find_way (&self), room;

      if (last == NONE)
        break;
      for (uint32_t node = 0; node < n; node++)
        self.potentials[node] += MIN (self.distances[node], self.distances[last]);
      room = find_room (&self, last, units - n_sent);
      *cost += send (&self, last, room);
      n_sent += room;
    }
  if (flows != NULL)
    memcpy (flows, self.flows, n_pairs * sizeof (uint32_t));
  g_free (self.left);
  g_free (self.flows);
  g_free (self.potentials);
  g_free (self.distances);
  g_free (self.parents);
  g_free (self.is_done);
  return n_sent;
}
