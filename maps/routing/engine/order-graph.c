/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-graph.h"

#include <string.h>

#define NONE VOLANT_ORDER_NONE

/* Rounds of elimination end where less than one in so many nodes goes: the tree grows by each. */
enum { LEAST_SHARE = 16 };

VolantOrderCell *
volant_order_cell_new (uint32_t n_nodes, uint32_t n_heads, uint32_t n_bounds)
{
  /* One block: a city is cut into some ten thousands of cells. */
  gsize n_numbers = 4 * (gsize) n_nodes + 2 + n_heads + n_bounds;
  VolantOrderCell *self = g_malloc (sizeof *self + n_numbers * sizeof (uint32_t));
  uint32_t *numbers = (uint32_t *) (self + 1);

  *self = (VolantOrderCell){ .n_nodes = n_nodes };
  self->first = numbers;
  self->weights = numbers + n_nodes + 1;
  self->ids = self->weights + n_nodes;
  self->first_bound = self->ids + n_nodes;
  self->bounds = self->first_bound + n_nodes + 1;
  self->heads = self->bounds + n_bounds;
  return self;
}

void
volant_order_cell_free (VolantOrderCell *self)
{
  g_free (self);
}

VolantOrderCell *
volant_order_cell_new_whole (const VolantGraph *graph)
{
  uint32_t n = graph->n_nodes, n_heads = 0;
  g_autofree uint32_t *first = g_new0 (uint32_t, (gsize) n + 2);
  g_autofree uint32_t *last_seen = g_new (uint32_t, (gsize) n + 1);
  g_autofree uint32_t *others = NULL;
  VolantOrderCell *self;

  for (uint32_t arc = 0; arc < graph->n_arcs; arc++)
    first[graph->heads[arc] + 2]++;
  for (uint32_t node = 0; node < n; node++)
    {
      first[node + 2] += first[node + 1] + graph->first_out[node + 1] - graph->first_out[node];
      last_seen[node] = NONE;
    }
  others = g_new (uint32_t, 2 * (gsize) graph->n_arcs + 1);
  for (uint32_t node = 0; node < n; node++)
    for (uint32_t arc = graph->first_out[node]; arc < graph->first_out[node + 1]; arc++)
      {
        uint32_t head = graph->heads[arc];

        others[first[node + 1]++] = head;
        others[first[head + 1]++] = node;
      }
  /* Loops and parallel arcs are dropped in place. */
  for (uint32_t node = 0; node < n; node++)
    {
      uint32_t begin = n_heads;

      for (uint32_t k = first[node]; k < first[node + 1]; k++)
        if (others[k] != node && last_seen[others[k]] != node)
          {
            last_seen[others[k]] = node;
            others[n_heads++] = others[k];
          }
      first[node] = begin;
    }
  first[n] = n_heads;
  self = volant_order_cell_new (n, n_heads, 0);
  memset (self->first_bound, 0, ((gsize) n + 1) * sizeof (uint32_t));
  memcpy (self->first, first, ((gsize) n + 1) * sizeof (uint32_t));
  memcpy (self->heads, others, (gsize) n_heads * sizeof (uint32_t));
  for (uint32_t node = 0; node < n; node++)
    {
      self->ids[node] = node;
      self->weights[node] = 1;
    }
  self->weight = n;
  return self;
}

/* The graph while nodes go and neighbours come: lists in one pool, a list that grows beyond its
 * room is moved to the end. Gone neighbours stay in the lists until the end of the round. */
typedef struct {
  uint32_t *begins;
  uint32_t *lengths;
  uint32_t *rooms;
  uint32_t *rounds; /* NONE gone, else the last round in which it was touched, 0 none */
  uint32_t *weights;
  GArray *pool;
} Lists;

static void
lists_init (Lists *self, const VolantOrderCell *cell)
{
  uint32_t n = cell->n_nodes;

  self->begins = g_new (uint32_t, (gsize) n + 1);
  self->lengths = g_new (uint32_t, (gsize) n + 1);
  self->rooms = g_new (uint32_t, (gsize) n + 1);
  self->rounds = g_new0 (uint32_t, (gsize) n + 1);
  self->weights = g_memdup2 (cell->weights, (gsize) n * sizeof (uint32_t));
  self->pool = g_array_sized_new (FALSE, FALSE, sizeof (uint32_t), cell->first[n] + n);
  g_array_append_vals (self->pool, cell->heads, cell->first[n]);
  for (uint32_t node = 0; node < n; node++)
    {
      self->begins[node] = cell->first[node];
      self->lengths[node] = self->rooms[node] = cell->first[node + 1] - cell->first[node];
    }
}

static void
lists_clear (Lists *self)
{
  g_free (self->begins);
  g_free (self->lengths);
  g_free (self->rooms);
  g_free (self->rounds);
  g_free (self->weights);
  g_array_unref (self->pool);
}

static uint32_t *
list_of (Lists *self, uint32_t node)
{
  return &g_array_index (self->pool, uint32_t, self->begins[node]);
}

static void
list_append (Lists *self, uint32_t node, uint32_t other)
{
  if (self->lengths[node] == self->rooms[node])
    {
      uint32_t begin = self->pool->len, room = 2 * self->rooms[node] + 4;

      g_array_set_size (self->pool, begin + room);
      memcpy (&g_array_index (self->pool, uint32_t, begin), list_of (self, node),
              self->lengths[node] * sizeof (uint32_t));
      self->begins[node] = begin;
      self->rooms[node] = room;
    }
  list_of (self, node)[self->lengths[node]++] = other;
}

static void
join (Lists *self, uint32_t a, uint32_t b)
{
  const uint32_t *list;

  if (self->lengths[a] > self->lengths[b])
    {
      uint32_t swapped = a;

      a = b;
      b = swapped;
    }
  list = list_of (self, a);
  for (uint32_t k = 0; k < self->lengths[a]; k++)
    if (list[k] == b)
      return;
  list_append (self, a, b);
  list_append (self, b, a);
}

/* Its neighbours are touched, and so stay for this round. */
static void
eliminate (Lists *self, uint32_t node, uint32_t round)
{
  uint32_t others[8], n_others = self->lengths[node], lightest = NONE;

  g_assert (n_others <= G_N_ELEMENTS (others));
  memcpy (others, list_of (self, node), n_others * sizeof (uint32_t));
  for (uint32_t k = 0; k < n_others; k++)
    {
      self->rounds[others[k]] = round;
      if (lightest == NONE || self->weights[others[k]] < self->weights[lightest])
        lightest = others[k];
      for (uint32_t l = 0; l < k; l++)
        join (self, others[l], others[k]);
    }
  if (lightest != NONE)
    self->weights[lightest] += self->weights[node];
  self->rounds[node] = NONE;
}

static void
drop_gone (Lists *self, uint32_t node)
{
  uint32_t *list = list_of (self, node), n_kept = 0;

  for (uint32_t k = 0; k < self->lengths[node]; k++)
    if (self->rounds[list[k]] != NONE)
      list[n_kept++] = list[k];
  self->lengths[node] = n_kept;
}

/* One round; returns how many went. present: the nodes still there, is updated. */
static uint32_t
reduce_round (Lists *self, uint32_t *present, uint32_t n_present, uint32_t max_degree,
              uint32_t round, GArray *eliminated)
{
  uint32_t n_kept = 0;

  for (uint32_t degree = 0; degree <= max_degree; degree++)
    for (uint32_t k = 0; k < n_present; k++)
      {
        uint32_t node = present[k];

        if (self->lengths[node] == degree && self->rounds[node] != NONE &&
            self->rounds[node] != round)
          {
            eliminate (self, node, round);
            g_array_append_val (eliminated, node);
          }
      }
  for (uint32_t k = 0; k < n_present; k++)
    if (self->rounds[present[k]] != NONE)
      present[n_kept++] = present[k];
  for (uint32_t k = 0; k < n_kept; k++)
    if (self->rounds[present[k]] == round)
      drop_gone (self, present[k]);
  return n_present - n_kept;
}

static VolantOrderCell *
lists_to_cell (Lists *self, const VolantOrderCell *cell, const uint32_t *present,
               uint32_t n_present)
{
  g_autofree uint32_t *numbers = g_new (uint32_t, (gsize) cell->n_nodes + 1);
  VolantOrderCell *rest;
  uint32_t n_heads = 0;

  for (uint32_t k = 0; k < n_present; k++)
    {
      numbers[present[k]] = k;
      n_heads += self->lengths[present[k]];
    }
  rest = volant_order_cell_new (n_present, n_heads, 0);
  memset (rest->first_bound, 0, ((gsize) n_present + 1) * sizeof (uint32_t));
  rest->begin = cell->begin + (cell->n_nodes - n_present);
  rest->weight = 0;
  n_heads = 0;
  for (uint32_t k = 0; k < n_present; k++)
    {
      const uint32_t *list = list_of (self, present[k]);

      rest->first[k] = n_heads;
      rest->ids[k] = cell->ids[present[k]];
      rest->weights[k] = self->weights[present[k]];
      rest->weight += rest->weights[k];
      for (uint32_t l = 0; l < self->lengths[present[k]]; l++)
        rest->heads[n_heads++] = numbers[list[l]];
    }
  rest->first[n_present] = n_heads;
  return rest;
}

VolantOrderCell *
volant_order_cell_reduce (const VolantOrderCell *cell, uint32_t max_degree, GArray *eliminated)
{
  g_autofree uint32_t *present = g_new (uint32_t, (gsize) cell->n_nodes + 1);
  uint32_t n_present = cell->n_nodes, begin = eliminated->len;
  VolantOrderCell *rest;
  Lists lists;

  lists_init (&lists, cell);
  for (uint32_t node = 0; node < cell->n_nodes; node++)
    present[node] = node;
  for (uint32_t round = 1; n_present > 0; round++)
    {
      uint32_t n_gone = reduce_round (&lists, present, n_present, max_degree, round, eliminated);

      n_present -= n_gone;
      if (n_gone <= n_present / LEAST_SHARE)
        break;
    }
  rest = lists_to_cell (&lists, cell, present, n_present);
  for (uint32_t k = begin; k < eliminated->len; k++)
    g_array_index (eliminated, uint32_t, k) = cell->ids[g_array_index (eliminated, uint32_t, k)];
  lists_clear (&lists);
  return rest;
}

/* The piece of cell that are nodes queue[0 … n_nodes], in this order; numbers[node] = its place. */
static VolantOrderCell *
make_piece (const VolantOrderCell *cell, const uint32_t *queue, const uint32_t *numbers,
            uint32_t n_nodes, const bool *is_gone)
{
  uint32_t n_heads = 0, n_bounds = 0;
  VolantOrderCell *piece;

  for (uint32_t k = 0; k < n_nodes; k++)
    {
      n_heads += cell->first[queue[k] + 1] - cell->first[queue[k]];
      n_bounds += cell->first_bound[queue[k] + 1] - cell->first_bound[queue[k]];
    }
  piece = volant_order_cell_new (n_nodes, n_heads, n_bounds + n_heads);
  n_heads = n_bounds = 0;
  for (uint32_t k = 0; k < n_nodes; k++)
    {
      uint32_t node = queue[k];

      piece->first[k] = n_heads;
      piece->first_bound[k] = n_bounds;
      piece->ids[k] = cell->ids[node];
      piece->weights[k] = cell->weights[node];
      piece->weight += piece->weights[k];
      for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
        if (!is_gone[cell->heads[a]])
          piece->heads[n_heads++] = numbers[cell->heads[a]];
        else
          piece->bounds[n_bounds++] = cell->ids[cell->heads[a]];
      for (uint32_t b = cell->first_bound[node]; b < cell->first_bound[node + 1]; b++)
        piece->bounds[n_bounds++] = cell->bounds[b];
    }
  piece->first[n_nodes] = n_heads;
  piece->first_bound[n_nodes] = n_bounds;
  return piece;
}

void
volant_order_cell_split (const VolantOrderCell *cell, const bool *is_gone, uint32_t *room,
                         void (*take) (VolantOrderCell *piece, gpointer user_data),
                         gpointer user_data)
{
  uint32_t *queue = room, *numbers = room + cell->n_nodes, begin = cell->begin;

  for (uint32_t node = 0; node < cell->n_nodes; node++)
    numbers[node] = NONE;
  for (uint32_t root = 0; root < cell->n_nodes; root++)
    {
      uint32_t n_queued = 0;
      VolantOrderCell *piece;

      if (is_gone[root] || numbers[root] != NONE)
        continue;
      numbers[root] = 0;
      queue[n_queued++] = root;
      for (uint32_t k = 0; k < n_queued; k++)
        for (uint32_t a = cell->first[queue[k]]; a < cell->first[queue[k] + 1]; a++)
          {
            uint32_t head = cell->heads[a];

            if (is_gone[head] || numbers[head] != NONE)
              continue;
            numbers[head] = n_queued;
            queue[n_queued++] = head;
          }
      piece = make_piece (cell, queue, numbers, n_queued, is_gone);
      piece->begin = begin;
      begin += n_queued;
      take (piece, user_data);
    }
}
