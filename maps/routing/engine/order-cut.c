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
};

typedef struct {
  uint8_t *marks;
  GArray *starts;        /* members not yet searched from */
  GArray *visited;       /* nodes marked since the last time the side joined the end */
  GArray *front;         /* the cut next to the end, beside nodes that are no longer of it */
  uint64_t weight;       /* of the members */
  uint64_t reach_weight; /* of the members and the nodes on their side */
  bool is_stuck;
} End;

struct _VolantOrderCutter {
  const VolantOrderCell *cell;
  const int32_t *potentials;
  uint32_t room;
  uint32_t *flow[2];
  uint32_t *entered_from;
  uint32_t *left_from;
  uint32_t *queue;
  uint32_t *used; /* the last phase in which the node was part of a new path */
  uint32_t phase;
  uint32_t n_flow;
  GArray *hits; /* pairs: last node, member of the other end */
  End ends[2];
};

static void
mark (End *end, uint32_t node, uint8_t bit)
{
  if ((end->marks[node] & (ENTERED | LEFT)) == 0 || (end->marks[node] & (FRONT | LEFT)) == FRONT)
    g_array_append_val (end->visited, node);
  end->marks[node] |= bit;
}

/* Node's exit has been reached, coming from its own entrance (from == node) or by taking back the
 * flow that leads on to from. */
static void
reach_exit (VolantOrderCutter *self, End *end, uint32_t node, uint32_t from, uint32_t *n_queued)
{
  if (end->marks[node] & (MEMBER | LEFT))
    return;
  mark (end, node, LEFT);
  end->reach_weight += self->cell->weights[node];
  self->left_from[node] = from;
  self->queue[(*n_queued)++] = node;
}

static void
reach_entrance (VolantOrderCutter *self, unsigned e, uint32_t node, uint32_t from,
                uint32_t *n_queued)
{
  End *end = &self->ends[e];
  uint32_t before = self->flow[1 - e][node];

  mark (end, node, ENTERED);
  self->entered_from[node] = from;
  if (before == NONE)
    reach_exit (self, end, node, node, n_queued);
  else
    reach_exit (self, end, before, node, n_queued);
}

/* Searches on from what end's starts reach. Appends where the other end was met to hits; returns
 * after the first if first_only. */
static void
search (VolantOrderCutter *self, unsigned e, bool first_only)
{
  const VolantOrderCell *cell = self->cell;
  End *end = &self->ends[e];
  const uint8_t *others = self->ends[1 - e].marks;
  const uint32_t *after = self->flow[e];
  uint32_t n_queued = end->starts->len;

  g_array_set_size (self->hits, 0);
  memcpy (self->queue, end->starts->data, n_queued * sizeof (uint32_t));
  for (uint32_t k = 0; k < n_queued; k++)
    {
      uint32_t node = self->queue[k];

      for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
        {
          uint32_t head = cell->heads[a];

          if (others[head] & MEMBER)
            {
              uint32_t hit[2] = { node, head };

              g_array_append_vals (self->hits, hit, 2);
              if (first_only)
                return;
              break;
            }
          if ((end->marks[head] & (MEMBER | ENTERED)) == 0)
            reach_entrance (self, e, head, node, &n_queued);
        }
      /* A path's node may be given up altogether. */
      if (after[node] != NONE && (end->marks[node] & (MEMBER | ENTERED)) == 0)
        reach_entrance (self, e, node, node, &n_queued);
    }
}

/* Walks back from a hit to the end; with apply, makes the path part of the flow, else tells whether
 * no other new path of this phase uses a node of it. */
static bool
walk_back (VolantOrderCutter *self, unsigned e, const uint32_t hit[2], bool apply)
{
  const uint8_t *marks = self->ends[e].marks;
  uint32_t *after = self->flow[e], *before = self->flow[1 - e];
  uint32_t node = hit[0], next = hit[1];

  while (!(marks[node] & MEMBER))
    {
      bool is_given_up = next == NONE;
      uint32_t entered = self->left_from[node];

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
      /* The exit of node was reached through the entrance of entered: itself, or the node whose flow
       * from here is taken back. An entrance reached from its own exit: that node is given up. */
      next = self->entered_from[entered] == entered ? NONE : entered;
      node = self->entered_from[entered];
    }
  if (apply && next != hit[1])
    before[next] = node;
  return true;
}

static void
forget_reach (VolantOrderCutter *self, End *end)
{
  const uint32_t *visited = (const uint32_t *) (void *) end->visited->data;

  for (uint32_t k = 0; k < end->visited->len; k++)
    end->marks[visited[k]] = end->marks[visited[k]] & FRONT ? FRONT | ENTERED : 0;
  g_array_set_size (end->visited, 0);
  end->reach_weight = end->weight;
}

/* Augments until the flow is the greatest; ends with the sides of both ends known. */
static void
augment (VolantOrderCutter *self, unsigned e, bool first_only, uint32_t bound)
{
  for (;;)
    {
      search (self, e, first_only);
      if (self->hits->len == 0)
        break;
      self->phase++;
      for (uint32_t k = 0; k < self->hits->len; k += 2)
        {
          const uint32_t *hit = &g_array_index (self->hits, uint32_t, k);

          if (walk_back (self, e, hit, false))
            {
              walk_back (self, e, hit, true);
              self->n_flow++;
            }
        }
      forget_reach (self, &self->ends[0]);
      forget_reach (self, &self->ends[1]);
      if (self->n_flow > bound)
        return;
    }
  if (self->ends[1 - e].visited->len == 0)
    search (self, 1 - e, false);
}

/* How much a separator costs: the smaller the better, and the better the more even its sides, but
 * less so than in proportion. By square roots, which are the same everywhere. */
static double
cut_score (uint32_t n_nodes, uint64_t small_weight, uint64_t weight)
{
  double root = sqrt ((double) weight / (double) MAX (small_weight, 1));

  return n_nodes * root * sqrt (root);
}

static void
filter_front (End *end)
{
  const uint32_t *visited = (const uint32_t *) (void *) end->visited->data;
  uint32_t n_kept = 0;

  for (uint32_t k = 0; k < end->front->len; k++)
    {
      uint32_t node = g_array_index (end->front, uint32_t, k);

      if ((end->marks[node] & (MEMBER | LEFT)) == 0)
        g_array_index (end->front, uint32_t, n_kept++) = node;
    }
  g_array_set_size (end->front, n_kept);
  for (uint32_t k = 0; k < end->visited->len; k++)
    if ((end->marks[visited[k]] & (MEMBER | LEFT | FRONT)) == 0)
      {
        end->marks[visited[k]] |= FRONT;
        g_array_append_val (end->front, visited[k]);
      }
}

/* Takes the cut next to end if it is better than the best. */
static void
consider (VolantOrderCutter *self, const End *end, VolantOrderCut *best)
{
  const uint32_t *visited = (const uint32_t *) (void *) end->visited->data;
  uint64_t weight = self->cell->weight, reach = end->reach_weight;
  uint64_t small = MIN (reach, weight - MIN (weight, reach + self->n_flow));
  double score = cut_score (self->n_flow, small, weight);

  if (small == 0 || (best->n_nodes > 0 && score >= best->score))
    return;
  best->score = score;
  best->small_weight = small;
  best->n_nodes = 0;
  if (best->room < self->n_flow)
    {
      best->room = 2 * self->n_flow;
      best->nodes = g_renew (uint32_t, best->nodes, best->room);
    }
  for (uint32_t k = 0; k < end->front->len; k++)
    {
      uint32_t node = g_array_index (end->front, uint32_t, k);

      if ((end->marks[node] & (MEMBER | LEFT)) == 0)
        best->nodes[best->n_nodes++] = node;
    }
  for (uint32_t k = 0; k < end->visited->len; k++)
    if ((end->marks[visited[k]] & (MEMBER | LEFT | FRONT)) == 0)
      best->nodes[best->n_nodes++] = visited[k];
  g_assert (best->n_nodes == self->n_flow);
}

/* The side of end becomes part of it. */
static void
join_side (End *end)
{
  const uint32_t *visited = (const uint32_t *) (void *) end->visited->data;

  filter_front (end);
  for (uint32_t k = 0; k < end->visited->len; k++)
    if (end->marks[visited[k]] & LEFT)
      end->marks[visited[k]] = MEMBER;
  g_array_set_size (end->visited, 0);
  g_array_set_size (end->starts, 0);
  end->weight = end->reach_weight;
}

static bool
touches (const VolantOrderCell *cell, const End *end, uint32_t node)
{
  for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
    if (end->marks[cell->heads[a]] & MEMBER)
      return true;
  return false;
}

static void
add_member (VolantOrderCutter *self, End *end, uint32_t node)
{
  end->marks[node] = MEMBER;
  end->weight += self->cell->weights[node];
  end->reach_weight += self->cell->weights[node];
  g_array_append_val (end->starts, node);
}

/* Adds the node of the cut next to end that is nearest to it, one that lets no more flow through if
 * there is any. Returns whether there was any at all. */
static bool
pierce (VolantOrderCutter *self, unsigned e)
{
  End *end = &self->ends[e], *other = &self->ends[1 - e];
  uint32_t best = NONE;
  bool best_augments = true;

  for (uint32_t k = 0; k < end->front->len; k++)
    {
      uint32_t node = g_array_index (end->front, uint32_t, k);
      bool augments = (other->marks[node] & ENTERED) != 0;
      bool is_nearer;

      if (augments && !best_augments)
        continue;
      is_nearer = best == NONE || (!augments && best_augments) ||
                  (e == 0 ? self->potentials[node] < self->potentials[best]
                          : self->potentials[node] > self->potentials[best]);
      if (is_nearer && !touches (self->cell, other, node))
        {
          best = node;
          best_augments = augments;
        }
    }
  if (best == NONE)
    return false;
  add_member (self, end, best);
  return true;
}

static void
begin_ends (VolantOrderCutter *self, const VolantOrderCell *cell, const uint32_t *places,
            double share)
{
  uint64_t enough = (uint64_t) ((double) cell->weight * share);

  for (unsigned e = 0; e < 2; e++)
    {
      End *end = &self->ends[e];

      memset (end->marks, 0, cell->n_nodes);
      g_array_set_size (end->starts, 0);
      g_array_set_size (end->visited, 0);
      g_array_set_size (end->front, 0);
      end->weight = end->reach_weight = 0;
      end->is_stuck = false;
      for (uint32_t k = 0; k < cell->n_nodes && (end->weight == 0 || end->weight < enough); k++)
        {
          uint32_t node = places[e == 0 ? k : cell->n_nodes - 1 - k];

          if (e == 0 || ((self->ends[0].marks[node] & MEMBER) == 0 &&
                         !touches (cell, &self->ends[0], node)))
            add_member (self, end, node);
        }
    }
  for (uint32_t node = 0; node < cell->n_nodes; node++)
    {
      self->flow[0][node] = self->flow[1][node] = NONE;
      self->used[node] = 0;
    }
  self->phase = 0;
  self->n_flow = 0;
}

static void
make_room (VolantOrderCutter *self, uint32_t n_nodes)
{
  if (n_nodes <= self->room)
    return;
  self->room = n_nodes;
  for (unsigned e = 0; e < 2; e++)
    {
      self->flow[e] = g_renew (uint32_t, self->flow[e], n_nodes);
      self->ends[e].marks = g_renew (uint8_t, self->ends[e].marks, n_nodes);
    }
  self->entered_from = g_renew (uint32_t, self->entered_from, n_nodes);
  self->left_from = g_renew (uint32_t, self->left_from, n_nodes);
  self->queue = g_renew (uint32_t, self->queue, n_nodes);
  self->used = g_renew (uint32_t, self->used, n_nodes);
}

/* The most nodes a cut may have to be better than the best even with even sides. */
static uint32_t
flow_bound (const VolantOrderCell *cell, const VolantOrderCut *best)
{
  double one = cut_score (1, cell->weight / 2, cell->weight);

  return best->n_nodes == 0 ? cell->n_nodes : (uint32_t) (best->score / one);
}

void
volant_order_cutter_improve (VolantOrderCutter *self, const VolantOrderCell *cell,
                             const uint32_t *places, const int32_t *potentials, double share,
                             VolantOrderCut *best)
{
  End *ends = self->ends;
  unsigned e = 0;

  make_room (self, cell->n_nodes);
  self->cell = cell;
  self->potentials = potentials;
  begin_ends (self, cell, places, share);
  if (ends[1].starts->len == 0)
    return;
  augment (self, 0, false, flow_bound (cell, best));
  while (self->n_flow > 0 && self->n_flow <= flow_bound (cell, best))
    {
      consider (self, &ends[0], best);
      consider (self, &ends[1], best);
      e = ends[0].reach_weight <= ends[1].reach_weight ? 0 : 1;
      if (ends[e].is_stuck)
        e = 1 - e;
      if (ends[e].is_stuck || ends[e].reach_weight > cell->weight / 2)
        break;
      join_side (&ends[e]);
      if (pierce (self, e))
        augment (self, e, true, flow_bound (cell, best));
      else
        ends[e].is_stuck = true;
    }
}

VolantOrderCutter *
volant_order_cutter_new (void)
{
  VolantOrderCutter *self = g_new0 (VolantOrderCutter, 1);

  self->hits = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  for (unsigned e = 0; e < 2; e++)
    {
      self->ends[e].starts = g_array_new (FALSE, FALSE, sizeof (uint32_t));
      self->ends[e].visited = g_array_new (FALSE, FALSE, sizeof (uint32_t));
      self->ends[e].front = g_array_new (FALSE, FALSE, sizeof (uint32_t));
    }
  return self;
}

void
volant_order_cutter_free (VolantOrderCutter *self)
{
  for (unsigned e = 0; e < 2; e++)
    {
      g_array_unref (self->ends[e].starts);
      g_array_unref (self->ends[e].visited);
      g_array_unref (self->ends[e].front);
      g_free (self->ends[e].marks);
      g_free (self->flow[e]);
    }
  g_array_unref (self->hits);
  g_free (self->entered_from);
  g_free (self->left_from);
  g_free (self->queue);
  g_free (self->used);
  g_free (self);
}
