/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/topology-format.h"

#include <stdlib.h>
#include <string.h>

/* Contracts the nodes symbolically: tree, ranks, rows, blocks, and where everything lies.
 *
 * The tree is found by Liu's path compression (1986), before any row is known. All works on ranks:
 * first those of the order, then those of the tree's post-order, in which the same rows come out.
 * What a block's row holds, the rows of the blocks above it hold too (the filled gaps as well), so
 * that customization finds a run of the one inside a run of the other. */

#define NONE UINT32_MAX
/* Gaps up to this many depths are filled. */
#define GAP_LIMIT 1
/* A node joins the block below where that adds at most this share of slots, or this many. */
#define SPARE_SHARE 0.15
#define SPARE_SLOTS 3
#define DEPTH_LIMIT 65535

/* Lists of ranks: those of i are items[first[i]] … items[first[i + 1]]. */
typedef struct {
  uint32_t *first;
  uint32_t *items;
} Lists;

typedef struct {
  const VolantGraph *graph;
  uint32_t n;
  uint32_t height;
  uint32_t *rank_of; /* node → rank */
  uint32_t *node_of;
  uint32_t *parents;
  uint32_t *depths;
  uint32_t *counts;  /* length of each row */
  uint32_t *block_of;
  uint32_t *stamps;  /* which row was last seen to hold a rank, or a depth */
  Lists ups;         /* neighbours above */
  GArray *blocks;    /* VolantBlock */
  GArray *runs;      /* VolantRun */
  GArray *links;     /* VolantBlockLink */
  GArray *offsets;   /* uint16_t */
} Builder;

static void
lists_clear (Lists *lists)
{
  g_clear_pointer (&lists->first, g_free);
  g_clear_pointer (&lists->items, g_free);
}

static void
builder_clear (Builder *self)
{
  g_free (self->rank_of);
  g_free (self->node_of);
  g_free (self->parents);
  g_free (self->depths);
  g_free (self->counts);
  g_free (self->block_of);
  g_free (self->stamps);
  lists_clear (&self->ups);
  g_array_unref (self->blocks);
  g_array_unref (self->runs);
  g_array_unref (self->links);
  g_array_unref (self->offsets);
}

static void
builder_init (Builder *self, const VolantGraph *graph, const uint32_t *order)
{
  size_t n = graph->n_nodes;

  *self = (Builder) { .graph = graph, .n = graph->n_nodes };
  self->rank_of = g_new (uint32_t, n + 1);
  self->node_of = g_new (uint32_t, n + 1);
  self->parents = g_new (uint32_t, n + 1);
  self->depths = g_new (uint32_t, n + 1);
  self->counts = g_new (uint32_t, n + 1);
  self->block_of = g_new (uint32_t, n + 1);
  self->stamps = g_new (uint32_t, n + 1);
  self->blocks = g_array_new (FALSE, TRUE, sizeof (VolantBlock));
  self->runs = g_array_new (FALSE, FALSE, sizeof (VolantRun));
  self->links = g_array_new (FALSE, FALSE, sizeof (VolantBlockLink));
  self->offsets = g_array_new (FALSE, FALSE, sizeof (uint16_t));
  memcpy (self->node_of, order, n * sizeof *order);
  for (uint32_t rank = 0; rank < self->n; rank++)
    self->rank_of[order[rank]] = rank;
}

/* For each rank its neighbours above, or below; a neighbour may come twice. */
static void
collect_neighbours (const Builder *self, bool above, Lists *lists)
{
  const VolantGraph *graph = self->graph;

  lists_clear (lists);
  lists->first = g_new0 (uint32_t, (size_t) self->n + 2);
  lists->items = g_new (uint32_t, (size_t) graph->n_arcs + 1);
  for (unsigned pass = 0; pass < 2; pass++)
    {
      for (uint32_t node = 0; node < self->n; node++)
        for (uint32_t arc = graph->first_out[node]; arc < graph->first_out[node + 1]; arc++)
          {
            uint32_t a = self->rank_of[node], b = self->rank_of[graph->heads[arc]];
            uint32_t key = above ? MIN (a, b) : MAX (a, b);

            if (a == b)
              continue;
            if (pass == 0)
              lists->first[key + 2]++;
            else
              lists->items[lists->first[key + 1]++] = a + b - key;
          }
      for (uint32_t rank = 0; pass == 0 && rank < self->n; rank++)
        lists->first[rank + 2] += lists->first[rank + 1];
    }
}

/* Liu 1986: from each neighbour below to the root of what is joined so far, shortening the way. */
static void
find_parents (Builder *self)
{
  uint32_t *roots = self->stamps;
  Lists downs = { NULL };

  collect_neighbours (self, false, &downs);
  for (uint32_t rank = 0; rank < self->n; rank++)
    {
      self->parents[rank] = roots[rank] = NONE;
      for (uint32_t i = downs.first[rank]; i < downs.first[rank + 1]; i++)
        {
          uint32_t at = downs.items[i];

          while (roots[at] != NONE && roots[at] != rank)
            {
              uint32_t next = roots[at];

              roots[at] = rank;
              at = next;
            }
          if (roots[at] == NONE)
            self->parents[at] = roots[at] = rank;
        }
    }
  lists_clear (&downs);
}

/* New ranks: children before parents, each tree's nodes together, the highest child last. */
static void
sort_post_order (Builder *self)
{
  g_autofree uint32_t *sizes = g_new (uint32_t, (size_t) self->n + 1);
  g_autofree uint32_t *ends = g_new (uint32_t, (size_t) self->n + 1); /* of what is still free */
  g_autofree uint32_t *new_rank = g_new (uint32_t, (size_t) self->n + 1);
  g_autofree uint32_t *new_parents = g_new (uint32_t, (size_t) self->n + 1);
  g_autofree uint32_t *new_nodes = g_new (uint32_t, (size_t) self->n + 1);
  uint32_t end = self->n;

  for (uint32_t rank = 0; rank < self->n; rank++)
    sizes[rank] = 1;
  for (uint32_t rank = 0; rank < self->n; rank++)
    if (self->parents[rank] != NONE)
      sizes[self->parents[rank]] += sizes[rank];
  for (uint32_t rank = self->n; rank-- > 0;)
    {
      uint32_t *free_end = self->parents[rank] == NONE ? &end : &ends[self->parents[rank]];

      new_rank[rank] = *free_end - 1;
      ends[rank] = *free_end - 1;
      *free_end -= sizes[rank];
    }
  for (uint32_t rank = 0; rank < self->n; rank++)
    {
      new_nodes[new_rank[rank]] = self->node_of[rank];
      new_parents[new_rank[rank]] =
        self->parents[rank] == NONE ? NONE : new_rank[self->parents[rank]];
    }
  memcpy (self->parents, new_parents, self->n * sizeof *new_parents);
  memcpy (self->node_of, new_nodes, self->n * sizeof *new_nodes);
  for (uint32_t rank = 0; rank < self->n; rank++)
    self->rank_of[self->node_of[rank]] = rank;
}

static void
measure_depths (Builder *self)
{
  self->height = 0;
  for (uint32_t rank = self->n; rank-- > 0;)
    {
      self->depths[rank] = self->parents[rank] == NONE ? 0 : self->depths[self->parents[rank]] + 1;
      self->height = MAX (self->height, self->depths[rank] + 1);
    }
}

/* The length of every row. A row is done with once its parent's is known. */
static void
count_rows (Builder *self)
{
  g_autofree uint32_t *first = g_new (uint32_t, (size_t) self->n + 1);
  g_autofree uint32_t *first_child = g_new (uint32_t, (size_t) self->n + 1);
  g_autofree uint32_t *next_child = g_new (uint32_t, (size_t) self->n + 1);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (uint32_t rank = 0; rank < self->n; rank++)
    first_child[rank] = self->stamps[rank] = NONE;
  for (uint32_t rank = 0; rank < self->n; rank++)
    {
      first[rank] = rows->len;
      for (uint32_t i = self->ups.first[rank]; i < self->ups.first[rank + 1]; i++)
        if (self->stamps[self->ups.items[i]] != rank)
          {
            self->stamps[self->ups.items[i]] = rank;
            g_array_append_val (rows, self->ups.items[i]);
          }
      for (uint32_t child = first_child[rank]; child != NONE; child = next_child[child])
        for (uint32_t i = 0; i < self->counts[child]; i++)
          {
            uint32_t item = g_array_index (rows, uint32_t, first[child] + i);

            if (item != rank && self->stamps[item] != rank)
              {
                self->stamps[item] = rank;
                g_array_append_val (rows, item);
              }
          }
      self->counts[rank] = rows->len - first[rank];
      if (self->parents[rank] != NONE)
        {
          next_child[rank] = first_child[self->parents[rank]];
          first_child[self->parents[rank]] = rank;
        }
    }
}

static void
add_block (Builder *self, uint32_t lowest, uint32_t top)
{
  VolantBlock block = { .top_rank = top, .n_nodes = (uint16_t) (top - lowest + 1) };

  block.top_depth = (uint16_t) self->depths[top];
  for (uint32_t rank = lowest; rank <= top; rank++)
    self->block_of[rank] = self->blocks->len;
  g_array_append_val (self->blocks, block);
}

/* Nodes that follow each other and share (nearly) their rows become one block. */
static void
find_blocks (Builder *self)
{
  uint32_t lowest = 0;
  uint64_t slots = 0, spare = 0;

  for (uint32_t rank = 0; rank < self->n; rank++)
    {
      uint64_t n = rank - lowest + 1, added, whole;

      slots += self->counts[rank];
      if (self->parents[rank] == rank + 1)
        {
          added = n * (self->counts[rank + 1] + 1) + n * (n - 1) / 2 - slots;
          whole = slots + self->counts[rank + 1];
          if (added <= SPARE_SLOTS || (double) added <= SPARE_SHARE * (double) whole)
            {
              spare = added;
              continue;
            }
        }
      add_block (self, lowest, rank);
      lowest = rank + 1;
      slots = spare = 0;
    }
  for (uint32_t i = 0; i < self->blocks->len; i++)
    {
      VolantBlock *block = &g_array_index (self->blocks, VolantBlock, i);
      uint32_t parent = self->parents[block->top_rank];

      block->parent = parent == NONE ? VOLANT_NO_BLOCK : self->block_of[parent];
      if (parent != NONE)
        g_array_index (self->blocks, VolantBlock, block->parent).n_below += block->n_below + 1;
    }
}

static int
compare_depths (const void *a, const void *b)
{
  return (int) *(const uint16_t *) a - (int) *(const uint16_t *) b;
}

static void
add_depth (Builder *self, uint32_t block, uint32_t depth, GArray *row)
{
  uint16_t item = (uint16_t) depth;

  if (depth >= g_array_index (self->blocks, VolantBlock, block).top_depth ||
      self->stamps[depth] == block)
    return;
  self->stamps[depth] = block;
  g_array_append_val (row, item);
}

/* All depths above the block's top that its nodes or the blocks below it reach. */
static void
collect_row (Builder *self, uint32_t index, const uint32_t *first_child,
             const uint32_t *next_child, GArray *row)
{
  const VolantBlock *block = &g_array_index (self->blocks, VolantBlock, index);

  g_array_set_size (row, 0);
  for (uint32_t rank = block->top_rank + 1 - block->n_nodes; rank <= block->top_rank; rank++)
    for (uint32_t i = self->ups.first[rank]; i < self->ups.first[rank + 1]; i++)
      add_depth (self, index, self->depths[self->ups.items[i]], row);
  for (uint32_t child = first_child[index]; child != NONE; child = next_child[child])
    {
      const VolantBlock *below = &g_array_index (self->blocks, VolantBlock, child);

      for (uint32_t i = 0; i < below->n_runs; i++)
        {
          VolantRun run = g_array_index (self->runs, VolantRun, below->first_run + i);

          for (uint32_t k = 0; k < run.length; k++)
            add_depth (self, index, run.depth + k, row);
        }
    }
  if (row->len > 1)
    qsort (row->data, row->len, sizeof (uint16_t), compare_depths);
}

static void
add_runs (Builder *self, VolantBlock *block, const GArray *row)
{
  VolantRun run = { block->top_depth, 0 };

  block->first_run = self->runs->len;
  block->width = 0;
  for (uint32_t i = 0; i < row->len; i++)
    {
      uint16_t depth = g_array_index (row, uint16_t, i);

      if (run.length > 0 && depth > run.depth + run.length + GAP_LIMIT)
        {
          block->width = (uint16_t) (block->width + run.length);
          g_array_append_val (self->runs, run);
          run.length = 0;
        }
      if (run.length == 0)
        run.depth = depth;
      run.length = (uint16_t) (depth + 1 - run.depth);
    }
  block->width = (uint16_t) (block->width + run.length);
  g_array_append_val (self->runs, run);
  block->n_runs = (uint16_t) (self->runs->len - block->first_run);
}

static bool
lay_rows (Builder *self, uint32_t *n_slots, GError **error)
{
  uint32_t n_blocks = self->blocks->len;
  g_autofree uint32_t *first_child = g_new (uint32_t, (size_t) n_blocks + 1);
  g_autofree uint32_t *next_child = g_new (uint32_t, (size_t) n_blocks + 1);
  g_autoptr (GArray) row = g_array_new (FALSE, FALSE, sizeof (uint16_t));
  uint64_t slots = 0;

  memset (first_child, 0xff, n_blocks * sizeof *first_child);
  memset (self->stamps, 0xff, self->n * sizeof *self->stamps);
  for (uint32_t i = 0; i < n_blocks; i++)
    {
      VolantBlock *block = &g_array_index (self->blocks, VolantBlock, i);

      collect_row (self, i, first_child, next_child, row);
      add_runs (self, block, row);
      if (block->parent != VOLANT_NO_BLOCK)
        {
          next_child[i] = first_child[block->parent];
          first_child[block->parent] = i;
        }
      block->first_slot = (uint32_t) slots;
      slots += block->n_nodes * (uint64_t) block->width +
               block->n_nodes * (uint64_t) (block->n_nodes - 1) / 2;
      if (slots >= VOLANT_ARC_DOWN)
        {
          g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                       "the road network is too large for one city file; import a smaller extract");
          return false;
        }
    }
  *n_slots = (uint32_t) slots;
  return true;
}

/* Where a depth stands in the rows of a block: among its runs, or in the block itself. */
static uint32_t
index_of_depth (const Builder *self, const VolantBlock *block, uint32_t depth)
{
  uint32_t index = 0;

  if (depth >= block->top_depth)
    return block->width + depth - block->top_depth;
  for (uint32_t i = 0; i < block->n_runs; i++)
    {
      VolantRun run = g_array_index (self->runs, VolantRun, block->first_run + i);

      if (depth < (uint32_t) run.depth + run.length)
        {
          g_assert (depth >= run.depth);
          return index + depth - run.depth;
        }
      index += run.length;
    }
  g_assert_not_reached ();
}

/* To the block above, where the runs of the row that begin above its lowest node stand in it.
 * bottom: the greatest depth of the block above that is an ancestor. */
static void
add_link (Builder *self, const VolantBlock *block, uint32_t above, uint32_t bottom)
{
  const VolantBlock *upper = &g_array_index (self->blocks, VolantBlock, above);
  VolantBlockLink link = { above, self->offsets->len };

  g_array_append_val (self->links, link);
  for (uint32_t i = 0; i < block->n_runs; i++)
    {
      VolantRun run = g_array_index (self->runs, VolantRun, block->first_run + i);
      uint16_t offset;

      if (run.depth > bottom)
        break;
      offset = (uint16_t) index_of_depth (self, upper, run.depth);
      g_array_append_val (self->offsets, offset);
    }
}

static bool
row_reaches (const Builder *self, const VolantBlock *block, uint32_t top, uint32_t bottom)
{
  for (uint32_t i = block->n_runs; i-- > 0;)
    {
      VolantRun run = g_array_index (self->runs, VolantRun, block->first_run + i);

      if (run.depth <= bottom)
        return (uint32_t) run.depth + run.length > top;
    }
  return false;
}

static void
find_links (Builder *self)
{
  for (uint32_t i = 0; i < self->blocks->len; i++)
    {
      VolantBlock *block = &g_array_index (self->blocks, VolantBlock, i);
      uint32_t least = g_array_index (self->runs, VolantRun, block->first_run).depth;
      uint32_t bottom = block->top_depth;

      block->first_link = self->links->len;
      for (uint32_t above = block->parent; above != VOLANT_NO_BLOCK && bottom > least;)
        {
          const VolantBlock *upper = &g_array_index (self->blocks, VolantBlock, above);

          bottom--;
          if (row_reaches (self, block, upper->top_depth, bottom))
            add_link (self, block, above, bottom);
          bottom = upper->top_depth;
          above = upper->parent;
        }
    }
}

static void
append (GByteArray *bytes, const void *data, size_t n, size_t size)
{
  if (n > 0)
    g_byte_array_append (bytes, data, (guint) (n * size));
}

static uint32_t
place_arc (const Builder *self, uint32_t a, uint32_t b)
{
  uint32_t low = MIN (a, b);
  const VolantBlock *block = &g_array_index (self->blocks, VolantBlock, self->block_of[low]);

  if (a == b)
    return VOLANT_ARC_LOOP;
  return (volant_block_slot (block, block->top_rank - low) +
          index_of_depth (self, block, self->depths[MAX (a, b)])) |
         (a > b ? VOLANT_ARC_DOWN : 0);
}

static int
compare_places (const void *a, const void *b, void *places)
{
  uint32_t first = *(const uint32_t *) a, second = *(const uint32_t *) b;
  uint32_t first_slot = ((uint32_t *) places)[first] & ~VOLANT_ARC_DOWN;
  uint32_t second_slot = ((uint32_t *) places)[second] & ~VOLANT_ARC_DOWN;

  if (first_slot != second_slot)
    return first_slot < second_slot ? -1 : 1;
  return first < second ? -1 : 1;
}

static void
append_arcs (const Builder *self, GByteArray *bytes)
{
  const VolantGraph *graph = self->graph;
  g_autofree uint32_t *places = g_new (uint32_t, (size_t) graph->n_arcs + 1);
  g_autofree uint32_t *sorted = g_new (uint32_t, (size_t) graph->n_arcs + 1);
  g_autofree uint32_t *sorted_places = g_new (uint32_t, (size_t) graph->n_arcs + 1);

  for (uint32_t node = 0; node < self->n; node++)
    for (uint32_t arc = graph->first_out[node]; arc < graph->first_out[node + 1]; arc++)
      {
        places[arc] = place_arc (self, self->rank_of[node], self->rank_of[graph->heads[arc]]);
        sorted[arc] = arc;
      }
  g_qsort_with_data (sorted, (int) graph->n_arcs, sizeof *sorted, compare_places, places);
  for (uint32_t i = 0; i < graph->n_arcs; i++)
    sorted_places[i] = places[sorted[i]];
  append (bytes, places, graph->n_arcs, sizeof *places);
  append (bytes, sorted, graph->n_arcs, sizeof *sorted);
  append (bytes, sorted_places, graph->n_arcs, sizeof *sorted_places);
}

/* The links seen from above. */
static void
append_belows (const Builder *self, GByteArray *bytes, uint16_t *codes)
{
  uint32_t n_blocks = self->blocks->len, n_links = self->links->len;
  g_autofree uint32_t *first = g_new0 (uint32_t, (size_t) n_blocks + 2);
  g_autofree uint32_t *belows = g_new (uint32_t, (size_t) n_links + 1);
  uint32_t link = 0;

  for (uint32_t i = 0; i < n_links; i++)
    first[g_array_index (self->links, VolantBlockLink, i).block + 2]++;
  for (uint32_t i = 0; i < n_blocks; i++)
    first[i + 2] += first[i + 1];
  for (uint32_t i = 0; i < n_blocks; i++)
    {
      uint32_t end = i + 1 < n_blocks
                       ? g_array_index (self->blocks, VolantBlock, i + 1).first_link
                       : n_links;

      for (; link < end; link++)
        belows[first[g_array_index (self->links, VolantBlockLink, link).block + 1]++] = i;
    }
  /* first[b + 1] is now where the list of b ends; once more, for where each stands in it. */
  append (bytes, first, n_blocks + 1, sizeof *first);
  append (bytes, belows, n_links, sizeof *belows);
  memset (first, 0, n_blocks * sizeof *first);
  for (uint32_t i = 0; i < n_links; i++)
    {
      uint32_t at = first[g_array_index (self->links, VolantBlockLink, i).block]++;

      codes[i] = (uint16_t) MIN (at + VOLANT_CODE_BELOW, VOLANT_CODE_FAR);
    }
}

static GBytes *
builder_serialize (Builder *self, uint32_t n_slots)
{
  VolantTopologyHeader header = { VOLANT_TOPOLOGY_VERSION, self->n, self->graph->n_arcs,
                                  self->blocks->len, self->runs->len, self->links->len,
                                  self->offsets->len, n_slots, self->height, 0 };
  VolantBlock last = { .first_slot = n_slots, .top_rank = self->n, .parent = VOLANT_NO_BLOCK,
                       .first_run = self->runs->len, .first_link = self->links->len };
  VolantBlockLink last_link = { VOLANT_NO_BLOCK, self->offsets->len };
  GByteArray *bytes = g_byte_array_new ();
  g_autofree uint16_t *codes = g_new (uint16_t, (size_t) self->links->len + 1);

  append (bytes, &header, 1, sizeof header);
  append (bytes, self->blocks->data, self->blocks->len, sizeof (VolantBlock));
  append (bytes, &last, 1, sizeof last);
  append (bytes, self->links->data, self->links->len, sizeof (VolantBlockLink));
  append (bytes, &last_link, 1, sizeof last_link);
  append (bytes, self->rank_of, self->n, sizeof (uint32_t));
  append (bytes, self->node_of, self->n, sizeof (uint32_t));
  append (bytes, self->block_of, self->n, sizeof (uint32_t));
  append_arcs (self, bytes);
  append_belows (self, bytes, codes);
  append (bytes, self->runs->data, self->runs->len, sizeof (VolantRun));
  append (bytes, self->offsets->data, self->offsets->len, sizeof (uint16_t));
  append (bytes, codes, self->links->len, sizeof *codes);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
build (Builder *self, GError **error)
{
  uint32_t n_slots = 0;

  find_parents (self);
  sort_post_order (self);
  measure_depths (self);
  if (self->height > DEPTH_LIMIT)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "the road network cannot be divided: its contraction is %u deep, the most is "
                   "%u",
                   self->height, DEPTH_LIMIT);
      return NULL;
    }
  collect_neighbours (self, true, &self->ups);
  count_rows (self);
  find_blocks (self);
  if (!lay_rows (self, &n_slots, error))
    return NULL;
  find_links (self);
  return builder_serialize (self, n_slots);
}

GBytes *
volant_topology_build (const VolantGraph *graph, const uint32_t *order, GError **error)
{
  Builder builder;
  GBytes *bytes;

  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  builder_init (&builder, graph, order);
  bytes = build (&builder, error);
  builder_clear (&builder);
  return bytes;
}
