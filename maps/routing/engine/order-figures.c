/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-figures.h"

#define NONE UINT32_MAX

/* The arcs of the graph between ranks, each once in either direction it stands in, as lower[i]:
 * the ranks below i that i is joined to. Parallel arcs stay: they do no harm here. */
typedef struct {
  uint32_t *first;
  uint32_t *ranks;
} Lower;

static uint32_t *
invert (const uint32_t *order, uint32_t n_nodes)
{
  uint32_t *ranks = g_new (uint32_t, (gsize) n_nodes + 1);

  for (uint32_t rank = 0; rank < n_nodes; rank++)
    ranks[order[rank]] = rank;
  return ranks;
}

/* The arcs sorted by one end: the upper where by_upper, else the lower. */
static void
sort_arcs (const VolantGraph *graph, const uint32_t *ranks, bool by_upper, Lower *lower)
{
  uint32_t n = graph->n_nodes;
  uint32_t *first = g_new0 (uint32_t, (gsize) n + 2);
  uint32_t *others = g_new (uint32_t, (gsize) graph->n_arcs + 1);

  for (unsigned pass = 0; pass < 2; pass++)
    {
      for (uint32_t node = 0; node < n; node++)
        for (uint32_t arc = graph->first_out[node]; arc < graph->first_out[node + 1]; arc++)
          {
            uint32_t a = ranks[node], b = ranks[graph->heads[arc]];
            uint32_t key = (a > b) == by_upper ? a : b;

            if (a == b)
              continue;
            if (pass == 0)
              first[key + 2]++;
            else
              others[first[key + 1]++] = a + b - key;
          }
      for (uint32_t i = 0; pass == 0 && i < n; i++)
        first[i + 2] += first[i + 1];
    }
  lower->first = first;
  lower->ranks = others;
}

static void
lower_clear (Lower *lower)
{
  g_free (lower->first);
  g_free (lower->ranks);
}

uint32_t *
volant_order_tree (const VolantGraph *graph, const uint32_t *order)
{
  uint32_t n = graph->n_nodes;
  g_autofree uint32_t *ranks = invert (order, n);
  g_autofree uint32_t *ancestors = g_new (uint32_t, (gsize) n + 1);
  uint32_t *parents = g_new (uint32_t, (gsize) n + 1);
  Lower lower;

  sort_arcs (graph, ranks, true, &lower);
  for (uint32_t i = 0; i < n; i++)
    {
      parents[i] = ancestors[i] = NONE;
      for (uint32_t k = lower.first[i]; k < lower.first[i + 1]; k++)
        for (uint32_t j = lower.ranks[k], next; j != NONE && j < i; j = next)
          {
            next = ancestors[j];
            ancestors[j] = i;
            if (next == NONE)
              parents[j] = i;
          }
    }
  lower_clear (&lower);
  return parents;
}

uint32_t *
volant_order_postorder (const uint32_t *parents, uint32_t n_nodes)
{
  g_autofree uint32_t *sizes = g_new (uint32_t, (gsize) n_nodes + 1);
  g_autofree uint32_t *next = g_new (uint32_t, (gsize) n_nodes + 1);
  uint32_t *postorder = g_new (uint32_t, (gsize) n_nodes + 1);
  uint32_t root_next = 0;

  for (uint32_t i = 0; i < n_nodes; i++)
    sizes[i] = 1;
  for (uint32_t i = 0; i < n_nodes; i++)
    if (parents[i] != NONE)
      sizes[parents[i]] += sizes[i];
  /* From the root down: a node stands last in its place, its children fill it from the back. */
  root_next = n_nodes;
  for (uint32_t i = n_nodes; i-- > 0;)
    {
      uint32_t *end = parents[i] == NONE ? &root_next : &next[parents[i]];
      uint32_t place = *end - 1;

      *end -= sizes[i];
      next[i] = place;
      postorder[place] = i;
    }
  return postorder;
}

typedef struct {
  uint32_t *first_descendants; /* the place in the postorder of a rank's first descendant */
  uint32_t *max_firsts;
  uint32_t *previous_leaves;
  uint32_t *ancestors;
} Skeleton;

/* Whether arc (i, j) is in the skeleton: 0 no, 1 the first leaf of row subtree i, 2 a later one;
 * then *join is the lowest common ancestor with the leaf before. */
static unsigned
skeleton_leaf (Skeleton *self, uint32_t i, uint32_t j, uint32_t *join)
{
  uint32_t previous, root;

  if (self->first_descendants[j] + 1 <= self->max_firsts[i])
    return 0;
  self->max_firsts[i] = self->first_descendants[j] + 1;
  previous = self->previous_leaves[i];
  self->previous_leaves[i] = j;
  if (previous == NONE)
    return 1;
  for (root = previous; root != self->ancestors[root]; root = self->ancestors[root])
    ;
  for (uint32_t s = previous, next; s != root; s = next)
    {
      next = self->ancestors[s];
      self->ancestors[s] = root;
    }
  *join = root;
  return 2;
}

/* counts[rank]: nodes in the column of rank, itself included. */
static void
count_columns (const Lower *upper, const uint32_t *parents, uint32_t n, int64_t *counts)
{
  g_autofree uint32_t *postorder = volant_order_postorder (parents, n);
  g_autofree uint32_t *first = g_new (uint32_t, (gsize) n + 1);
  g_autofree uint32_t *max_firsts = g_new0 (uint32_t, (gsize) n + 1);
  g_autofree uint32_t *previous = g_new (uint32_t, (gsize) n + 1);
  g_autofree uint32_t *ancestors = g_new (uint32_t, (gsize) n + 1);
  Skeleton skeleton = { first, max_firsts, previous, ancestors };

  for (uint32_t i = 0; i < n; i++)
    {
      first[i] = previous[i] = NONE;
      ancestors[i] = i;
    }
  for (uint32_t k = 0; k < n; k++)
    {
      uint32_t j = postorder[k];

      counts[j] = first[j] == NONE;
      for (; j != NONE && first[j] == NONE; j = parents[j])
        first[j] = k;
    }
  for (uint32_t k = 0; k < n; k++)
    {
      uint32_t j = postorder[k], join = 0;

      if (parents[j] != NONE)
        counts[parents[j]]--;
      for (uint32_t a = upper->first[j]; a < upper->first[j + 1]; a++)
        {
          unsigned leaf = skeleton_leaf (&skeleton, upper->ranks[a], j, &join);

          counts[j] += leaf > 0;
          if (leaf == 2)
            counts[join]--;
        }
      if (parents[j] != NONE)
        ancestors[j] = parents[j];
    }
  for (uint32_t j = 0; j < n; j++)
    if (parents[j] != NONE)
      counts[parents[j]] += counts[j];
}

void
volant_order_measure (const VolantGraph *graph, const uint32_t *order, VolantOrderFigures *figures)
{
  uint32_t n = graph->n_nodes;
  g_autofree uint32_t *ranks = invert (order, n);
  g_autofree uint32_t *parents = volant_order_tree (graph, order);
  g_autofree int64_t *counts = g_new0 (int64_t, (gsize) n + 1);
  g_autofree uint32_t *depths = g_new (uint32_t, (gsize) n + 1);
  g_autofree uint64_t *arcs = g_new (uint64_t, (gsize) n + 1);
  double all_nodes = 0, all_arcs = 0;
  Lower upper;

  *figures = (VolantOrderFigures){ 0 };
  sort_arcs (graph, ranks, false, &upper);
  count_columns (&upper, parents, n, counts);
  lower_clear (&upper);
  for (uint32_t i = n; i-- > 0;)
    {
      uint32_t parent = parents[i];

      depths[i] = parent == NONE ? 1 : depths[parent] + 1;
      arcs[i] = (uint64_t) (counts[i] - 1) + (parent == NONE ? 0 : arcs[parent]);
      figures->n_chordal_arcs += (uint64_t) (counts[i] - 1);
      figures->tree_height = MAX (figures->tree_height, depths[i]);
      all_nodes += depths[i];
      all_arcs += (double) arcs[i];
    }
  if (n > 0)
    {
      figures->mean_search_space_nodes = all_nodes / n;
      figures->mean_search_space_arcs = all_arcs / n;
    }
}
