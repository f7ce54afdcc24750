/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-line.h"

#include <stdlib.h>
#include <string.h>

#define NONE VOLANT_ORDER_NONE

/* A tree whose nodes are the places in the separator, as arcs in lists. */
typedef struct {
  uint32_t n_nodes;
  uint32_t n_arcs;
  uint32_t *firsts; /* by node: its last arc so far */
  uint32_t *nexts;  /* by arc */
  uint32_t *heads;
  uint32_t *parents;
  uint32_t *heights;
  uint32_t *queue;
} Tree;

static void
tree_init (Tree *self, uint32_t n_nodes)
{
  uint32_t *numbers = g_new (uint32_t, 8 * (gsize) n_nodes);

  *self = (Tree){ .n_nodes = n_nodes, .firsts = numbers };
  self->nexts = numbers + n_nodes;
  self->heads = numbers + 3 * (gsize) n_nodes;
  self->parents = numbers + 5 * (gsize) n_nodes;
  self->heights = numbers + 6 * (gsize) n_nodes;
  self->queue = numbers + 7 * (gsize) n_nodes;
  memset (self->firsts, 0xff, n_nodes * sizeof (uint32_t));
}

static void
tree_clear (Tree *self)
{
  g_free (self->firsts);
}

static void
tree_add_arc (Tree *self, uint32_t tail, uint32_t head)
{
  self->nexts[self->n_arcs] = self->firsts[tail];
  self->heads[self->n_arcs] = head;
  self->firsts[tail] = self->n_arcs++;
}

/* Breadth first from root: sets parents and queue; returns the node reached last. */
static uint32_t
tree_sweep (Tree *self, uint32_t root)
{
  uint32_t n_queued = 1;

  self->queue[0] = root;
  self->parents[root] = NONE;
  for (uint32_t k = 0; k < n_queued; k++)
    {
      uint32_t node = self->queue[k];

      for (uint32_t arc = self->firsts[node]; arc != NONE; arc = self->nexts[arc])
        if (self->heads[arc] != self->parents[node])
          {
            self->parents[self->heads[arc]] = node;
            self->queue[n_queued++] = self->heads[arc];
          }
    }
  return self->queue[n_queued - 1];
}

/* Depth first from the root of the last sweep, the deepest branch last: walk[k] = the k-th node. */
static void
tree_walk (Tree *self, uint32_t *walk)
{
  uint32_t n_stacked = 0, n_walked = 0;

  memset (self->heights, 0, self->n_nodes * sizeof (uint32_t));
  for (uint32_t k = self->n_nodes; k-- > 1;)
    {
      uint32_t node = self->queue[k], parent = self->parents[node];

      self->heights[parent] = MAX (self->heights[parent], self->heights[node] + 1);
    }
  self->queue[n_stacked++] = self->queue[0];
  while (n_stacked > 0)
    {
      uint32_t node = self->queue[--n_stacked], begin = n_stacked;

      walk[n_walked++] = node;
      for (uint32_t arc = self->firsts[node]; arc != NONE; arc = self->nexts[arc])
        {
          uint32_t head = self->heads[arc], k = n_stacked;

          if (head == self->parents[node])
            continue;
          for (; k > begin && self->heights[self->queue[k - 1]] < self->heights[head]; k--)
            self->queue[k] = self->queue[k - 1];
          self->queue[k] = head;
          n_stacked++;
        }
    }
}

static uint32_t
find_root (uint32_t *parents, uint32_t node)
{
  for (; parents[node] != node; node = parents[node])
    parents[node] = parents[parents[node]];
  return node;
}

/* Grows all nodes at once; where two that are not joined yet meet, they are joined. */
static void
join_neighbours (Tree *tree, const VolantOrderCell *cell, const uint32_t *nodes, uint32_t *room)
{
  uint32_t *owners = room, *queue = room + cell->n_nodes, *sets = tree->parents, n_queued = 0;

  memset (owners, 0xff, cell->n_nodes * sizeof (uint32_t));
  for (uint32_t k = 0; k < tree->n_nodes; k++)
    {
      sets[k] = k;
      owners[nodes[k]] = k;
      queue[n_queued++] = nodes[k];
    }
  for (uint32_t k = 0; k < n_queued && tree->n_arcs < 2 * (tree->n_nodes - 1); k++)
    {
      uint32_t node = queue[k];

      for (uint32_t a = cell->first[node]; a < cell->first[node + 1]; a++)
        {
          uint32_t head = cell->heads[a], owner = owners[head], one, other;

          if (owner == NONE)
            {
              owners[head] = owners[node];
              queue[n_queued++] = head;
              continue;
            }
          one = find_root (sets, owner);
          other = find_root (sets, owners[node]);
          if (one == other)
            continue;
          sets[MAX (one, other)] = MIN (one, other);
          tree_add_arc (tree, owner, owners[node]);
          tree_add_arc (tree, owners[node], owner);
        }
    }
}

static int
compare_numbers (const void *a, const void *b)
{
  uint32_t left = *(const uint32_t *) a, right = *(const uint32_t *) b;

  return left < right ? -1 : left > right;
}

void
volant_order_line_sort (const VolantOrderCell *cell, uint32_t *nodes, uint32_t n_nodes,
                        uint32_t *room)
{
  g_autofree uint32_t *walk = NULL;
  Tree tree;

  if (n_nodes < 3)
    return;
  /* What comes out must not depend on the order in which the nodes were found. */
  qsort (nodes, n_nodes, sizeof *nodes, compare_numbers);
  tree_init (&tree, n_nodes);
  join_neighbours (&tree, cell, nodes, room);
  if (tree.n_arcs == 2 * (n_nodes - 1))
    {
      walk = g_new (uint32_t, n_nodes);
      tree_sweep (&tree, tree_sweep (&tree, 0));
      tree_walk (&tree, walk);
      for (uint32_t k = 0; k < n_nodes; k++)
        walk[k] = nodes[walk[k]];
      memcpy (nodes, walk, n_nodes * sizeof *nodes);
    }
  tree_clear (&tree);
}
