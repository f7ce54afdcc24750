/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No guard: included once by each kernels-*.c, which defines the vector Vec of LANES costs and the
 * operations on it, KERNELS (the table's name) and KERNELS_NAME. A part is the first n lanes,
 * n < LANES: keep sets the others to never, join takes them from another vector. */

#define FRONT_SIZE 64
#define NARROW_ROW 8

/* The rows of a block that are relaxed together: those of nodes that can be reached. */
typedef struct {
  const uint32_t *rows[FRONT_SIZE]; /* from the deepest level up */
  uint32_t costs[FRONT_SIZE];
  uint32_t levels[FRONT_SIZE];
  uint32_t n;
} Front;

static inline void
climb_run (const Front *front, uint32_t column, uint32_t length, uint32_t *costs)
{
  for (; length >= 2 * LANES; length -= 2 * LANES, column += 2 * LANES, costs += 2 * LANES)
    {
      Vec a = vec_load (costs), b = vec_load (costs + LANES);

      for (uint32_t i = 0; i < front->n; i++)
        {
          Vec cost = vec_set (front->costs[i]);

          a = vec_min (a, vec_add (cost, vec_load (front->rows[i] + column)));
          b = vec_min (b, vec_add (cost, vec_load (front->rows[i] + column + LANES)));
        }
      vec_store (costs, a);
      vec_store (costs + LANES, b);
    }
  for (; length >= LANES; length -= LANES, column += LANES, costs += LANES)
    {
      Vec a = vec_load (costs);

      for (uint32_t i = 0; i < front->n; i++)
        a = vec_min (a, vec_add (vec_set (front->costs[i]), vec_load (front->rows[i] + column)));
      vec_store (costs, a);
    }
  if (length > 0)
    {
      Vec old = vec_load (costs), a = old;

      for (uint32_t i = 0; i < front->n; i++)
        a = vec_min (a, vec_add (vec_set (front->costs[i]),
                                 vec_load_part (front->rows[i] + column, length)));
      vec_store (costs, vec_join (a, old, length));
    }
}

/* The levels of the block itself: a row ends where its own node stands. */
static inline void
climb_inside (const Front *front, uint32_t width, uint32_t *costs)
{
  for (uint32_t first = 0; first < front->levels[0]; first += LANES)
    {
      Vec a = vec_load (costs + first);

      for (uint32_t i = 0; i < front->n && front->levels[i] > first; i++)
        {
          uint32_t length = front->levels[i] - first;
          Vec cost = vec_set (front->costs[i]);
          const uint32_t *row = front->rows[i] + width + first;

          if (length >= LANES)
            a = vec_min (a, vec_add (cost, vec_load (row)));
          else
            a = vec_min (a, vec_keep (vec_add (cost, vec_load_part (row, length)), length));
        }
      vec_store (costs + first, a);
    }
}

static void
climb_front (const Front *front, const VolantBlock *block, const VolantRun *runs, uint32_t *costs)
{
  uint32_t column = 0;

  for (uint32_t i = 0; i < block->n_runs; i++)
    {
      climb_run (front, column, runs[i].length, costs + runs[i].depth);
      column += runs[i].length;
    }
  climb_inside (front, column, costs + block->top_depth);
}

/* A column of costs stays in a register while the rows go by. The rows are closed (see weights.c):
 * each reaches all that can be reached by way of the block's other nodes too, so none of them waits
 * for another. */
static void
climb (const VolantBlock *block, const VolantRun *runs, const uint32_t *weights, uint32_t from,
       uint32_t to, uint32_t bound, uint32_t *costs)
{
  uint32_t width = block->width;
  const uint32_t *row = weights + volant_block_slot (block, from);
  const uint32_t *levels = costs + block->top_depth;
  Front front;

  front.n = 0;
  for (uint32_t level = from;; level--)
    {
      uint32_t cost = levels[level];

      front.rows[front.n] = row;
      front.costs[front.n] = cost;
      front.levels[front.n] = level;
      front.n += cost < bound;
      if (front.n == FRONT_SIZE)
        {
          climb_front (&front, block, runs, costs);
          front.n = 0;
        }
      if (level == to)
        break;
      row -= width + level - 1;
    }
  if (front.n > 0)
    climb_front (&front, block, runs, costs);
}

static uint32_t
descend_wide (const VolantRun *runs, uint32_t n_runs, uint32_t last_length, const uint32_t *row,
              const uint32_t *costs)
{
  Vec best = vec_set (VOLANT_COST_LIMIT);

  for (uint32_t i = 0; i < n_runs; i++)
    {
      const uint32_t *at = costs + runs[i].depth;
      uint32_t length = i + 1 < n_runs ? runs[i].length : last_length;

      for (; length >= LANES; length -= LANES, at += LANES, row += LANES)
        best = vec_min (best, vec_add (vec_load (at), vec_load (row)));
      if (length > 0)
        {
          best = vec_min (best, vec_keep (vec_add (vec_load_part (at, length),
                                                   vec_load_part (row, length)),
                                          length));
          row += length;
        }
    }
  return vec_least (best);
}

/* One cost at a time: those above were stored a moment ago, one by one, and whole vectors of them
 * cannot be loaded before they are in the cache. */
static uint32_t
descend_narrow (const VolantRun *runs, uint32_t n_runs, uint32_t last_length, const uint32_t *row,
                const uint32_t *costs)
{
  uint32_t best = VOLANT_COST_LIMIT;

  for (uint32_t i = 0; i < n_runs; i++)
    {
      const uint32_t *at = costs + runs[i].depth;
      uint32_t length = i + 1 < n_runs ? runs[i].length : last_length;

      for (uint32_t k = 0; k < length; k++)
        best = MIN (best, at[k] + row[k]);
      row += length;
    }
  return best;
}

static void
descend (const VolantBlock *block, const VolantRun *runs, const uint32_t *weights, uint32_t from,
         uint32_t to, uint32_t *costs)
{
  uint32_t n_runs = block->n_runs, last = runs[n_runs - 1].length;

  for (uint32_t level = from; level <= to; level++)
    {
      const uint32_t *row = weights + volant_block_slot (block, level);
      uint32_t cost = block->width + level <= NARROW_ROW
                        ? descend_narrow (runs, n_runs, last + level, row, costs)
                        : descend_wide (runs, n_runs, last + level, row, costs);

      costs[block->top_depth + level] = MIN (costs[block->top_depth + level], cost);
    }
}

static uint32_t
least_sum (const uint32_t *a, const uint32_t *b, uint32_t n)
{
  Vec best = vec_set (VOLANT_COST_LIMIT);
  uint32_t i = 0;

  for (; i + LANES <= n; i += LANES)
    best = vec_min (best, vec_add (vec_load (a + i), vec_load (b + i)));
  if (i < n)
    best = vec_min (best, vec_keep (vec_add (vec_load_part (a + i, n - i),
                                             vec_load_part (b + i, n - i)),
                                    n - i));
  return vec_least (best);
}

static uint32_t
least (const uint32_t *a, uint32_t n)
{
  Vec best = vec_set (VOLANT_COST_LIMIT);
  uint32_t i = 0;

  for (; i + LANES <= n; i += LANES)
    best = vec_min (best, vec_load (a + i));
  if (i < n)
    best = vec_min (best, vec_keep (vec_load_part (a + i, n - i), n - i));
  return vec_least (best);
}

static void
fill (uint32_t *a, uint32_t n)
{
  Vec never = vec_set (VOLANT_COST_LIMIT);
  uint32_t i = 0;

  for (; i + LANES <= n; i += LANES)
    vec_store (a + i, never);
  for (; i < n; i++)
    a[i] = VOLANT_COST_LIMIT;
}

#ifndef HAS_MARK
/* Gives the lanes that became less their code. */
static inline void
mark (uint16_t *codes, uint32_t changed, uint16_t code)
{
  for (; changed != 0; changed &= changed - 1)
    codes[__builtin_ctz (changed)] = code;
}
#endif

static void
merge (uint32_t *a, uint16_t *a_codes, const uint32_t *b, const uint16_t *b_codes, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    if (b[i] < a[i])
      {
        a[i] = b[i];
        a_codes[i] = b_codes[i];
      }
}

static void
relax (uint32_t *row, uint16_t *codes, const uint32_t *other, uint32_t n, uint32_t cost,
       uint16_t code)
{
  Vec base = vec_set (cost);
  uint32_t i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      Vec old = vec_load (row + i), less = vec_min (old, vec_add (base, vec_load (other + i)));

      vec_store (row + i, less);
      mark (codes + i, vec_changed (old, less), code);
    }
  if (i < n)
    {
      Vec old = vec_load_part (row + i, n - i);
      Vec less = vec_min (old, vec_add (base, vec_load_part (other + i, n - i)));

      vec_store_part (row + i, less, n - i);
      mark (codes + i, vec_changed (old, less) & ((1u << (n - i)) - 1), code);
    }
}

/* Part of the rows of one node above, by way of every node of a block: column is where the node
 * above stands in the block's rows, first and n which columns of them are passed on. */
static inline void
pass_columns (const VolantBlock *block, const uint32_t *up, const uint32_t *down, uint32_t column,
              uint32_t first, uint32_t n, VolantTarget target, uint16_t code)
{
  uint32_t width = block->width, n_nodes = block->n_nodes;

  for (uint32_t at = 0; at < n; at += LANES)
    {
      uint32_t length = MIN (n - at, LANES), row = 0;
      bool whole = length == LANES;
      uint32_t lanes = whole ? ~0u : (1u << length) - 1;
      Vec old_up = whole ? vec_load (target.up + at) : vec_load_part (target.up + at, length);
      Vec old_down = whole ? vec_load (target.down + at) : vec_load_part (target.down + at, length);
      Vec a = old_up, b = old_down;

      for (uint32_t level = 0; level < n_nodes; row += width + level, level++)
        {
          const uint32_t *from_up = up + row + first + at, *from_down = down + row + first + at;
          Vec to = vec_set (down[row + column]), from = vec_set (up[row + column]);

          a = vec_min (a, vec_add (to, whole ? vec_load (from_up)
                                             : vec_load_part (from_up, length)));
          b = vec_min (b, vec_add (from, whole ? vec_load (from_down)
                                               : vec_load_part (from_down, length)));
        }
      mark (target.up_codes + at, vec_changed (old_up, a) & lanes, code);
      mark (target.down_codes + at, vec_changed (old_down, b) & lanes, code);
      if (whole)
        {
          vec_store (target.up + at, a);
          vec_store (target.down + at, b);
        }
      else
        {
          vec_store_part (target.up + at, a, length);
          vec_store_part (target.down + at, b, length);
        }
    }
}

static inline VolantTarget
target_at (VolantTarget target, uint32_t slot)
{
  return (VolantTarget) { target.up + slot, target.down + slot, target.up_codes + slot,
                          target.down_codes + slot };
}

static inline void
pass_to_node (const VolantBlock *block, const VolantRun *runs, const uint32_t *up,
              const uint32_t *down, uint32_t column, const uint16_t *offsets, VolantTarget target,
              uint16_t code)
{
  uint32_t first = 0;

  for (uint32_t i = 0; first < column; i++)
    {
      pass_columns (block, up, down, column, first, MIN (runs[i].length, column - first),
                    target_at (target, offsets[i]), code);
      first += runs[i].length;
    }
}

static void
pass_up (const VolantTopology *topology, const VolantBlock *block, const VolantSides *sides,
         const VolantBlockLink *only)
{
  const VolantRun *runs = topology->runs + block->first_run;
  const uint32_t *up = sides->up + block->first_slot, *down = sides->down + block->first_slot;
  const VolantBlockLink *link = topology->links + block->first_link;
  uint32_t column = block->width, run = block->n_runs - 1u;
  uint32_t first = column - runs[run].length; /* column of the run's begin */

  /* The first column has none before it to be passed on. */
  for (; column > 1; link++)
    {
      const VolantBlock *upper = &topology->blocks[link->block];
      VolantTarget target = volant_sides_target (sides, link->block, upper);

      while (column > 1 && runs[run].depth + (column - 1 - first) >= upper->top_depth)
        {
          uint32_t level = runs[run].depth + (column - 1 - first) - upper->top_depth;
          uint32_t row = level * upper->width + level * (level - (level > 0)) / 2;

          column--;
          if (only == NULL || link == only)
            pass_to_node (block, runs, up, down, column, topology->offsets + link->first_offset,
                          target_at (target, row), topology->link_codes[link - topology->links]);
          if (column == first && column > 0)
            first -= runs[--run].length;
        }
      if (link == only)
        break;
    }
}

#define TILE_VECS (VOLANT_TILE / LANES)
#define ALWAYS_INLINE inline __attribute__ ((always_inline))

static void
tile_take (uint32_t *rows, const uint32_t *tile, const uint16_t *counts, uint32_t first,
           uint32_t end)
{
  for (uint32_t level = first; level < end; level++)
    for (uint32_t lane = 0; lane < VOLANT_TILE; lane++)
      {
        uint32_t at = (level - first) * VOLANT_TILE + lane, cost = tile[at];

        rows[at] = counts[lane] > level ? cost : VOLANT_COST_LIMIT;
      }
}

/* A few columns of a block's rows, from one level (whose row is given) down, for all lanes: costs
 * stay in registers while the rows go by. */
static ALWAYS_INLINE void
tile_climb_few (const uint32_t n_columns, const uint32_t *first_row, uint32_t width,
                uint32_t level, uint32_t n_levels, const uint32_t *front, uint32_t *costs)
{
  for (uint32_t part = 0; part < VOLANT_TILE; part += LANES)
    {
      const uint32_t *row = first_row;
      Vec sums[8];

#pragma GCC unroll 8
      for (uint32_t i = 0; i < n_columns; i++)
        sums[i] = vec_load (costs + i * VOLANT_TILE + part);
      for (uint32_t t = level; t < n_levels; row += width + t, t++)
        {
          Vec cost = vec_load (front + t * VOLANT_TILE + part);

#pragma GCC unroll 8
          for (uint32_t i = 0; i < n_columns; i++)
            sums[i] = vec_min (sums[i], vec_add (cost, vec_set (row[i])));
        }
#pragma GCC unroll 8
      for (uint32_t i = 0; i < n_columns; i++)
        vec_store (costs + i * VOLANT_TILE + part, sums[i]);
    }
}

static void
tile_climb (const VolantBlock *block, const VolantRun *runs, const uint32_t *weights,
            uint32_t n_levels, const uint32_t *front, uint32_t *costs)
{
  uint32_t width = block->width;
  const uint32_t *row = weights + block->first_slot;

  for (uint32_t i = 0; i < block->n_runs; i++)
    {
      uint32_t *at = costs + runs[i].depth * (size_t) VOLANT_TILE, n = runs[i].length;

      for (; n >= 8; n -= 8, row += 8, at += 8 * VOLANT_TILE)
        tile_climb_few (8, row, width, 0, n_levels, front, at);
      for (; n >= 3; n -= 3, row += 3, at += 3 * VOLANT_TILE)
        tile_climb_few (3, row, width, 0, n_levels, front, at);
      for (; n > 0; n--, row++, at += VOLANT_TILE)
        tile_climb_few (1, row, width, 0, n_levels, front, at);
    }
  /* the levels of the block itself: a row ends where its own node stands */
  for (uint32_t first = 0; first < n_levels; first += 8)
    {
      uint32_t *at = costs + (block->top_depth + first) * (size_t) VOLANT_TILE;
      uint32_t whole = first + 8;

      for (uint32_t t = first; t < MIN (whole, n_levels); t++, at += VOLANT_TILE)
        tile_climb_few (1, weights + volant_block_slot (block, t + 1) + width + t, width, t + 1,
                        MIN (whole, n_levels), front, at);
      if (whole < n_levels)
        tile_climb_few (8, weights + volant_block_slot (block, whole) + width + first, width,
                        whole, n_levels, front, at - 8 * VOLANT_TILE);
    }
}

static ALWAYS_INLINE void
table_few (const uint32_t n_rows, uint32_t *costs, size_t stride, const uint32_t *a,
           const uint32_t *b, uint32_t depth)
{
  for (uint32_t part = 0; part < VOLANT_TILE; part += LANES)
    {
      Vec sums[VOLANT_TILE];

#pragma GCC unroll 16
      for (uint32_t i = 0; i < n_rows; i++)
        sums[i] = vec_load (costs + i * stride + part);
      for (uint32_t h = 0; h < depth * VOLANT_TILE; h += VOLANT_TILE)
        {
          Vec column = vec_load (b + h + part);

#pragma GCC unroll 16
          for (uint32_t i = 0; i < n_rows; i++)
            sums[i] = vec_min (sums[i], vec_add (column, vec_set (a[h + i])));
        }
#pragma GCC unroll 16
      for (uint32_t i = 0; i < n_rows; i++)
        vec_store (costs + i * stride + part, sums[i]);
    }
}

/* As many rows at once as there are registers for: each vector of b is loaded once for all. */
static void
table (uint32_t *costs, size_t stride, const uint32_t *a, uint32_t n, const uint32_t *b,
       uint32_t depth)
{
  uint32_t i = 0;

  if (LANES == VOLANT_TILE && n == VOLANT_TILE)
    {
      table_few (VOLANT_TILE, costs, stride, a, b, depth);
      return;
    }
  for (; i + 8 <= n; i += 8)
    table_few (8, costs + i * stride, stride, a + i, b, depth);
  for (; i < n; i++)
    table_few (1, costs + i * stride, stride, a + i, b, depth);
}

const VolantKernels KERNELS = {
  .name = KERNELS_NAME,
  .climb = climb,
  .descend = descend,
  .least_sum = least_sum,
  .least = least,
  .fill = fill,
  .merge = merge,
  .relax = relax,
  .pass_up = pass_up,
  .tile_take = tile_take,
  .tile_climb = tile_climb,
  .table = table,
};
