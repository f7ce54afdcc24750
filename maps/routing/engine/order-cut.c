/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-cut.h"

#include <math.h>
#include <string.h>

#define NONE VOLANT_ORDER_NONE

/* A flow of node-disjoint paths leads from the nodes of end 0 to those of end 1. Each node has an
 * entrance and an exit, joined by a capacity of one; seen from end 1 the flow runs backwards and
 * the two swap their roles, so that one search serves both ends: for end e, flow[e][v] is the node
 * after v, flow[1 - e][v] the one before v, as e sees it. */
enum {
  MEMBER = 1, /* of the end */
  ENTERED = 2,
  LEFT = 4,  /* the exit has been reached: the node is on the side of the end */
  FRONT = 8, /* was entered before the side last joined the end, and stays so */
  BITS = 4,  /* end 1 has the upper four */
};

typedef struct {
  uint32_t n;
  uint32_t *nodes;
} Nodes;

typedef struct {
  Nodes starts;          /* members not yet searched from */
  Nodes visited;         /* nodes marked since the last time the side joined the end */
  Nodes front;           /* the cut next to the end, beside nodes that are no longer of it */
  uint64_t weight;       /* of the members */
  uint64_t reach_weight; /* of the members and the nodes on their side */
  bool is_stuck;
} End;

struct _VolantOrderCutter {
  const VolantOrderCell *cell;
  const int32_t *potentials;
  uint32_t room;
  uint8_t *marks;
  uint32_t *flow[2];
  uint32_t *entered_from;
  uint32_t *left_from;
  uint32_t *queue;
  uint32_t *used; /* the last phase in which the node was part of a new path */
  uint32_t phase;
  uint32_t n_flow;
  Nodes hits; /* pairs: last node, member of the other end */
  End ends[2];
};

static inline void
append (Nodes *self, uint32_t node)
{
  self->nodes[self->n++] = node;
}

/* The marks of end e, at its own bits. */
static inline unsigned
marks_of (const VolantOrderCutter *self, unsigned e, uint32_t node)
{
  return self->marks[node] >> (e * BITS) & (MEMBER | ENTERED | LEFT | FRONT);
}

static inline void
set_marks (VolantOrderCutter *self, unsigned e, uint32_t node, unsigned marks)
{
  self->marks[node] &= (uint8_t) ~(((1U << BITS) - 1) << (e * BITS));
  self->marks[node] |= (uint8_t) (marks << (e * BITS));
}

static inline void
add_mark (VolantOrderCutter *self, unsigned e, uint32_t node, unsigned bit)
{
  unsigned marks = marks_of (self, e, node);

  if ((marks & (ENTERED | LEFT)) == 0 || (marks & (FRONT | LEFT)) == FRONT)
    append (&self->ends[e].visited, node);
  self->marks[node] |= (uint8_t) (bit << (e * BITS));
}

/* The exit of node, which carries flow, has been reached by taking back the flow that leads on to
 * from. */
static inline void
reach_exit (VolantOrderCutter *self, unsigned e, uint32_t node, uint32_t from, uint32_t *n_queued)
{
  if (marks_of (self, e, node) & (MEMBER | LEFT))
    return;
  add_mark (self, e, node, LEFT);
  self->ends[e].reach_weight += self->cell->weights[node];
  self->left_from[node] = from;
  self->queue[(*n_queued)++] = node;
}

static inline void
reach_entrance (VolantOrderCutter *self, unsigned e, uint32_t node, uint32_t from,
                uint32_t *n_queued)
{
  uint32_t before = self->flow[1 - e][node];

  self->entered_from[node] = from;
  if (before != NONE)
    {
      add_mark (self, e, node, ENTERED);
      reach_exit (self, e, before, node, n_queued);
      return;
    }
  append (&self->ends[e].visited, node);
  self->marks[node] |= (uint8_t) ((ENTERED | LEFT) << (e * BITS));
  self->ends[e].reach_weight += self->cell->weights[node];
  self->queue[(*n_queued)++] = node;
}

/* Searches on from what end's starts reach. Appends where the other end was met to hits; returns
 * after the first if first_only. */
static void
search (VolantOrderCutter *self, unsigned e, bool first_only)
{
  const VolantOrderCell *cell = self->cell;
  const uint8_t *marks = self->marks;
  const uint8_t reached = (uint8_t) ((MEMBER | ENTERED) << (e * BITS));
  const uint8_t met = (uint8_t) (MEMBER << ((1 - e) * BITS));
  uint32_t n_queued = self->ends[e].starts.n;

  self->hits.n = 0;
  memcpy (self->queue, self->ends[e].starts.nodes, n_queued * sizeof (uint32_t));
  for (uint32_t k = 0; k < n_queued; k++)
    {
      uint32_t node = self->queue[k], end = cell->first[node + 1];

      for (uint32_t a = cell->first[node]; a < end; a++)
        {
          uint32_t head = cell->heads[a];

          if ((marks[head] & (reached | met)) == 0)
            reach_entrance (self, e, head, node, &n_queued);
          else if (marks[head] & met)
            {
              append (&self->hits, node);
              append (&self->hits, head);
              if (first_only)
                return;
              break;
            }
        }
      /* A path's node may be given up altogether. */
      if (self->flow[e][node] != NONE && (marks[node] & reached) == 0)
        reach_entrance (self, e, node, node, &n_queued);
    }
}

/* Walks back from a hit to the end; with apply, makes the path part of the flow, else tells whether
 * no other new path of this phase uses a node of it. */
static bool
walk_back (VolantOrderCutter *self, unsigned e, const uint32_t hit[2], bool apply)
{
  uint32_t *after = self->flow[e], *before = self->flow[1 - e];
  uint32_t node = hit[0], next = hit[1];

  while ((marks_of (self, e, node) & MEMBER) == 0)
    {
      bool is_given_up = next == NONE;
      uint32_t entered = before[node] == NONE ? node : self->left_from[node];

      if (!apply && (self->used[node] == self->phase || self->used[entered] == self->phase))
        return false;
      if (apply)
        {
          self->used[node] = self->used[entered] = self->phase;
          after[node] = next;
          if (is_given_up)
            before[node] = NONE;
          else if (next != hit[1])
            before[next] = node;
        }
      /* The exit of node was reached through the entrance of entered: itself, or the node whose
       * flow from here is taken back. An entrance reached from its own exit: that node is given up.
       */
      next = self->entered_from[entered] == entered ? NONE : entered;
      node = self->entered_from[entered];
    }
  if (apply && next != hit[1])
    before[next] = node;
  return true;
}

static void
forget_reach (VolantOrderCutter *self, unsigned e)
{
  End *end = &self->ends[e];

  for (uint32_t k = 0; k < end->visited.n; k++)
    {
      uint32_t node = end->visited.nodes[k];

      set_marks (self, e, node, marks_of (self, e, node) & FRONT ? FRONT | ENTERED : 0);
    }
  end->visited.n = 0;
  end->reach_weight = end->weight;
}

/* Augments until the flow is the greatest; ends with the sides of both ends known, or with more
 * than bound. */
static void
augment (VolantOrderCutter *self, unsigned e, bool first_only, uint32_t bound)
{
  for (;;)
    {
      search (self, e, first_only);
      if (self->hits.n == 0)
        break;
      self->phase++;
      for (uint32_t k = 0; k < self->hits.n; k += 2)
        if (walk_back (self, e, &self->hits.nodes[k], false))
          {
            walk_back (self, e, &self->hits.nodes[k], true);
            self->n_flow++;
          }
      forget_reach (self, 0);
      forget_reach (self, 1);
      if (self->n_flow > bound)
        return;
    }
  if (self->ends[1 - e].visited.n == 0)
    search (self, 1 - e, false);
}

/* Whether node, of the front or visited by the end, is of the cut next to it. */
static inline bool
is_cut (const VolantOrderCutter *self, unsigned e, uint32_t node)
{
  return (marks_of (self, e, node) & (MEMBER | LEFT)) == 0;
}

/* Takes the cut next to end e if it is better than the best. */
static void
consider (VolantOrderCutter *self, unsigned e, VolantOrderCut *best)
{
  const End *end = &self->ends[e];
  uint64_t weight = self->cell->weight, reach = end->reach_weight;
  uint64_t small = MIN (reach, weight - MIN (weight, reach + self->n_flow));
  double score = volant_order_cut_score (self->n_flow, small, weight);

  if (small == 0 || score >= best->score)
    return;
  best->score = score;
  best->small_weight = small;
  best->n_nodes = 0;
  if (best->room < self->n_flow)
    {
      best->room = 2 * self->n_flow;
      best->nodes = g_renew (uint32_t, best->nodes, best->room);
    }
  for (uint32_t k = 0; k < end->front.n; k++)
    if (is_cut (self, e, end->front.nodes[k]))
      best->nodes[best->n_nodes++] = end->front.nodes[k];
  for (uint32_t k = 0; k < end->visited.n; k++)
    {
      uint32_t node = end->visited.nodes[k];

      if (is_cut (self, e, node) && (marks_of (self, e, node) & FRONT) == 0)
        best->nodes[best->n_nodes++] = node;
    }
  g_assert (best->n_nodes == self->n_flow);
}

/* The side of end e becomes part of it. */
static void
join_side (VolantOrderCutter *self, unsigned e)
{
  End *end = &self->ends[e];
  uint32_t n_kept = 0;

  for (uint32_t k = 0; k < end->front.n; k++)
    if (is_cut (self, e, end->front.nodes[k]))
      end->front.nodes[n_kept++] = end->front.nodes[k];
  end->front.n = n_kept;
  for (uint32_t k = 0; k < end->visited.n; k++)
    {
      uint32_t node = end->visited.nodes[k];
      unsigned marks = marks_of (self, e, node);

      if (marks & LEFT)
        set_marks (self, e, node, MEMBER);
      else if ((marks & FRONT) == 0)
        {
          set_marks (self, e, node, FRONT | ENTERED);
          append (&end->front, node);
        }
    }
  end->visited.n = 0;
  end->starts.n = 0;
  end->weight = end->reach_weight;
}

static bool
touches (const VolantOrderCutter *self, unsigned e, uint32_t node)
{
  const VolantOrderCell *cell = self->cell;

  for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
    if (marks_of (self, e, cell->heads[a]) & MEMBER)
      return true;
  return false;
}

static void
add_member (VolantOrderCutter *self, unsigned e, uint32_t node)
{
  End *end = &self->ends[e];

  set_marks (self, e, node, MEMBER);
  end->weight += self->cell->weights[node];
  end->reach_weight += self->cell->weights[node];
  append (&end->starts, node);
}

/* Adds the node of the cut next to end e that is nearest to it, one that lets no more flow through
 * if there is any. Returns whether there was any at all. */
static bool
pierce (VolantOrderCutter *self, unsigned e)
{
  const Nodes *front = &self->ends[e].front;
  uint32_t best = NONE;
  bool best_augments = true;

  for (uint32_t k = 0; k < front->n; k++)
    {
      uint32_t node = front->nodes[k];
      bool augments = (marks_of (self, 1 - e, node) & ENTERED) != 0;
      bool is_nearer;

      if (augments && !best_augments)
        continue;
      is_nearer = best == NONE || (!augments && best_augments) ||
                  (e == 0 ? self->potentials[node] < self->potentials[best]
                          : self->potentials[node] > self->potentials[best]);
      if (is_nearer && !touches (self, 1 - e, node))
        {
          best = node;
          best_augments = augments;
        }
    }
  if (best == NONE)
    return false;
  add_member (self, e, best);
  return true;
}

static void
begin_ends (VolantOrderCutter *self, const uint32_t *places, double share)
{
  const VolantOrderCell *cell = self->cell;
  uint64_t enough = (uint64_t) ((double) cell->weight * share);

  memset (self->marks, 0, cell->n_nodes);
  for (unsigned e = 0; e < 2; e++)
    {
      End *end = &self->ends[e];

      end->starts.n = end->visited.n = end->front.n = 0;
      end->weight = end->reach_weight = 0;
      end->is_stuck = false;
      for (uint32_t k = 0; k < cell->n_nodes && (end->weight == 0 || end->weight < enough); k++)
        {
          uint32_t node = places[e == 0 ? k : cell->n_nodes - 1 - k];

          if (e == 0 || ((marks_of (self, 0, node) & MEMBER) == 0 && !touches (self, 0, node)))
            add_member (self, e, node);
        }
    }
  memset (self->flow[0], 0xff, cell->n_nodes * sizeof (uint32_t));
  memset (self->flow[1], 0xff, cell->n_nodes * sizeof (uint32_t));
  memset (self->used, 0, cell->n_nodes * sizeof (uint32_t));
  self->phase = 0;
  self->n_flow = 0;
}

static void
make_room (VolantOrderCutter *self, uint32_t n_nodes)
{
  uint32_t **arrays[] = {
    &self->flow[0],
    &self->flow[1],
    &self->entered_from,
    &self->left_from,
    &self->queue,
    &self->used,
    &self->ends[0].starts.nodes,
    &self->ends[1].starts.nodes,
    &self->ends[0].visited.nodes,
    &self->ends[1].visited.nodes,
    &self->ends[0].front.nodes,
    &self->ends[1].front.nodes,
  };

  if (n_nodes <= self->room)
    return;
  self->room = n_nodes;
  for (unsigned k = 0; k < G_N_ELEMENTS (arrays); k++)
    {
      g_free (*arrays[k]);
      *arrays[k] = g_new (uint32_t, n_nodes);
    }
  g_free (self->hits.nodes);
  self->hits.nodes = g_new (uint32_t, 2 * (gsize) n_nodes);
  g_free (self->marks);
  self->marks = g_new (uint8_t, n_nodes);
}

/* The most nodes a cut may have to be better than the best even with even sides. */
static uint32_t
flow_bound (const VolantOrderCell *cell, const VolantOrderCut *best)
{
  double bound = best->score / volant_order_cut_score (1, 1, 2);

  return bound < cell->n_nodes ? (uint32_t) bound : cell->n_nodes;
}

double
volant_order_cut_score (uint32_t n_nodes, uint64_t small_weight, uint64_t weight)
{
  /* The power of 3/4, by square roots, which are the same everywhere. */
  double root = sqrt ((double) weight / (double) MAX (small_weight, 1));

  return n_nodes * root * sqrt (root);
}

void
volant_order_cutter_find (VolantOrderCutter *self, const VolantOrderCell *cell,
                          const uint32_t *places, const int32_t *potentials, double share,
                          double worst_score, VolantOrderCut *cut)
{
  End *ends = self->ends;

  cut->n_nodes = 0;
  cut->score = worst_score;
  make_room (self, cell->n_nodes);
  self->cell = cell;
  self->potentials = potentials;
  begin_ends (self, places, share);
  if (ends[1].starts.n == 0)
    return;
  augment (self, 0, false, flow_bound (cell, cut));
  while (self->n_flow > 0 && self->n_flow <= flow_bound (cell, cut))
    {
      unsigned e = ends[0].reach_weight <= ends[1].reach_weight ? 0 : 1;

      consider (self, 0, cut);
      consider (self, 1, cut);
      if (ends[e].is_stuck)
        e = 1 - e;
      if (ends[e].is_stuck || ends[e].reach_weight > cell->weight / 2)
        break;
      join_side (self, e);
      if (pierce (self, e))
        augment (self, e, true, flow_bound (cell, cut));
      else
        ends[e].is_stuck = true;
    }
}

VolantOrderCutter *
volant_order_cutter_new (void)
{
  return g_new0 (VolantOrderCutter, 1);
}

void
volant_order_cutter_free (VolantOrderCutter *self)
{
  for (unsigned e = 0; e < 2; e++)
    {
      g_free (self->ends[e].starts.nodes);
      g_free (self->ends[e].visited.nodes);
      g_free (self->ends[e].front.nodes);
      g_free (self->flow[e]);
    }
  g_free (self->hits.nodes);
  g_free (self->marks);
  g_free (self->entered_from);
  g_free (self->left_from);
  g_free (self->queue);
  g_free (self->used);
  g_free (self);
}
