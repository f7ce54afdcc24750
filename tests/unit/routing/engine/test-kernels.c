/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"
#include "tests/support.h"

#include <string.h>

/* Every kernel set that this processor can run against the portable one: the same answers, and the
 * same bytes in all that a kernel may write to and in what lies around it: random costs too, so
 * that one used or written over by mistake is seen. */

#define MOST_LENGTH 70
#define MARGIN 64
#define MOST_LEVELS 70 /* more than are relaxed at once */
#define MOST_RUNS 4
#define N_ROUNDS 300

/* values: length random costs, more of them before and after. */
typedef struct {
  uint32_t *memory;
  uint32_t *values;
  size_t length;
} Array;

static uint32_t
random_cost (void)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      return VOLANT_COST_LIMIT;
    case 1:
      return VOLANT_COST_LIMIT - (uint32_t) g_test_rand_int_range (0, 100);
    case 2:
      return 0;
    case 3:
      return (uint32_t) g_test_rand_int_range (0, INT32_MAX);
    default:
      return (uint32_t) g_test_rand_int_range (0, 1000);
    }
}

static uint32_t
random_below (uint32_t n)
{
  return (uint32_t) g_test_rand_int_range (0, (int) n);
}

static void
array_init (Array *self, size_t length)
{
  size_t size = length + 2 * MARGIN + 16;

  self->length = length;
  self->memory = g_new (uint32_t, size);
  self->values = self->memory + MARGIN + random_below (16); /* any alignment */
  for (size_t i = 0; i < size; i++)
    self->memory[i] = random_cost ();
}

static void
array_copy (const Array *self, Array *copy)
{
  size_t size = (self->length + 2 * MARGIN + 16) * sizeof (uint32_t);

  copy->length = self->length;
  copy->memory = g_memdup2 (self->memory, size);
  copy->values = copy->memory + (self->values - self->memory);
}

static void
array_clear (Array *self)
{
  g_free (self->memory);
}

/* Also clears b. */
static void
expect_equal (const VolantKernels *kernels, const Array *a, Array *b)
{
  for (size_t i = 0; i < a->length + 2 * MARGIN + 16; i++)
    if (a->memory[i] != b->memory[i])
      g_error ("%s: %u instead of %u at %zd of %zu", kernels->name, b->memory[i], a->memory[i],
               (ssize_t) i - (a->values - a->memory), a->length);
  array_clear (b);
}

typedef void (*Trial) (const VolantKernels *kernels, uint32_t n);

static void
try_least (const VolantKernels *kernels, uint32_t n)
{
  Array a, b;

  array_init (&a, n);
  array_init (&b, n);
  g_assert_cmpuint (kernels->least (a.values, n), ==, volant_kernels_portable.least (a.values, n));
  g_assert_cmpuint (kernels->least_sum (a.values, b.values, n), ==,
                    volant_kernels_portable.least_sum (a.values, b.values, n));
  array_clear (&a);
  array_clear (&b);
}

/* Which way each weight came about, with room behind that must stay as it is. */
typedef struct {
  uint16_t of_kernels[MOST_LENGTH + 16];
  uint16_t of_portable[MOST_LENGTH + 16];
  uint16_t others[MOST_LENGTH + 16];
} Codes;

static void
codes_init (Codes *self)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (self->others); i++)
    {
      self->of_kernels[i] = self->of_portable[i] = (uint16_t) random_below (65536);
      self->others[i] = (uint16_t) random_below (65536);
    }
}

static void
expect_same_codes (const Codes *self)
{
  g_assert_cmpmem (self->of_kernels, sizeof self->of_kernels, self->of_portable,
                   sizeof self->of_portable);
}

static void
try_merge (const VolantKernels *kernels, uint32_t n)
{
  Array a, b, copy;
  Codes codes;
  uint32_t cost = random_cost ();

  codes_init (&codes);
  array_init (&a, n);
  array_init (&b, n);
  array_copy (&a, &copy);
  volant_kernels_portable.merge (a.values, codes.of_portable, b.values, codes.others, n);
  kernels->merge (copy.values, codes.of_kernels, b.values, codes.others, n);
  expect_equal (kernels, &a, &copy);
  expect_same_codes (&codes);
  array_clear (&b);
  array_init (&b, n);
  array_copy (&a, &copy);
  volant_kernels_portable.relax (a.values, codes.of_portable, b.values, n, cost, 77);
  kernels->relax (copy.values, codes.of_kernels, b.values, n, cost, 77);
  expect_equal (kernels, &a, &copy);
  expect_same_codes (&codes);
  array_clear (&a);
  array_clear (&b);
}

/* A block whose row is width long, in up to MOST_RUNS runs with gaps between them. */
static VolantBlock
random_block (uint32_t width, VolantRun *runs)
{
  VolantBlock block = { .n_nodes = (uint16_t) (1 + random_below (MOST_LEVELS)),
                        .width = (uint16_t) width };
  uint32_t depth = random_below (5), left = width;

  if (width == 0)
    depth = 0;
  do
    {
      uint32_t length = block.n_runs + 1u == MOST_RUNS || left < 2 ? left
                                                                   : 1 + random_below (left);

      runs[block.n_runs++] = (VolantRun) { (uint16_t) depth, (uint16_t) length };
      block.top_depth = (uint16_t) (depth + length);
      depth += length + 1 + random_below (20);
      left -= length;
    }
  while (left > 0);
  return block;
}

static void
try_climb (const VolantKernels *kernels, uint32_t n)
{
  VolantRun runs[MOST_RUNS];
  VolantBlock block = random_block (n, runs);
  uint32_t from = random_below (block.n_nodes), to = random_below (from + 1);
  uint32_t bound = random_below (2) == 0 ? VOLANT_COST_LIMIT : random_cost ();
  Array weights, costs, copy;

  array_init (&weights, volant_block_slot (&block, block.n_nodes));
  array_init (&costs, block.top_depth + block.n_nodes);
  array_copy (&costs, &copy);
  volant_kernels_portable.climb (&block, runs, weights.values, from, to, bound, costs.values);
  kernels->climb (&block, runs, weights.values, from, to, bound, copy.values);
  expect_equal (kernels, &costs, &copy);
  array_copy (&costs, &copy);
  volant_kernels_portable.descend (&block, runs, weights.values, to, from, costs.values);
  kernels->descend (&block, runs, weights.values, to, from, copy.values);
  expect_equal (kernels, &costs, &copy);
  array_clear (&weights);
  array_clear (&costs);
}

static void
try_table (const VolantKernels *kernels, uint32_t n)
{
  uint32_t n_rows = random_below (VOLANT_TILE + 1), stride = VOLANT_TILE + random_below (9);
  Array a, b, costs, copy;

  array_init (&a, (size_t) n * VOLANT_TILE);
  array_init (&b, (size_t) n * VOLANT_TILE);
  array_init (&costs, (size_t) VOLANT_TILE * stride);
  array_copy (&costs, &copy);
  volant_kernels_portable.table (costs.values, stride, a.values, n_rows, b.values, n);
  kernels->table (copy.values, stride, a.values, n_rows, b.values, n);
  expect_equal (kernels, &costs, &copy);
  array_clear (&a);
  array_clear (&b);
  array_clear (&costs);
}

/* Rows are taken off a tile for some lanes, and relaxed for all. */
static void
try_tile (const VolantKernels *kernels, uint32_t n)
{
  VolantRun runs[MOST_RUNS];
  VolantBlock block = random_block (n, runs);
  uint32_t n_levels = 1 + random_below (block.n_nodes), first = random_below (n_levels);
  uint16_t counts[VOLANT_TILE];
  Array weights, front, costs, copy;

  for (unsigned i = 0; i < VOLANT_TILE; i++)
    counts[i] = (uint16_t) random_below (n_levels + 1);
  array_init (&weights, volant_block_slot (&block, block.n_nodes));
  array_init (&front, (size_t) n_levels * VOLANT_TILE);
  array_init (&costs, (size_t) (block.top_depth + block.n_nodes) * VOLANT_TILE);
  array_copy (&front, &copy);
  volant_kernels_portable.tile_take (front.values, costs.values, counts, first, n_levels);
  kernels->tile_take (copy.values, costs.values, counts, first, n_levels);
  expect_equal (kernels, &front, &copy);
  array_copy (&costs, &copy);
  volant_kernels_portable.tile_climb (&block, runs, weights.values, n_levels, front.values,
                                      costs.values);
  kernels->tile_climb (&block, runs, weights.values, n_levels, front.values, copy.values);
  expect_equal (kernels, &costs, &copy);
  array_clear (&weights);
  array_clear (&front);
  array_clear (&costs);
}

static void
run_trial (const void *data)
{
  Trial trial = *(const Trial *) data;
  unsigned n_sets = 0;

  for (const VolantKernels *const *set = volant_kernels_list (); *set != NULL; set++)
    {
      if (*set == &volant_kernels_portable)
        continue;
      n_sets++;
      g_test_message ("%s", (*set)->name);
      for (unsigned round = 0; round < N_ROUNDS; round++)
        trial (*set, round % (MOST_LENGTH + 1));
    }
  if (n_sets == 0)
    g_test_skip ("this processor has no other instructions than the portable ones");
}

/* The portable ones themselves, in words a child would use. */
static void
test_portable (void)
{
  uint32_t a[3] = { 5, VOLANT_COST_LIMIT, 7 }, b[3] = { VOLANT_COST_LIMIT, 2, 4 };
  uint16_t codes[3] = { 0, 0, 0 }, others[3] = { 11, 12, 13 };

  g_assert_cmpuint (volant_kernels_portable.least (a, 0), ==, VOLANT_COST_LIMIT);
  g_assert_cmpuint (volant_kernels_portable.least (a, 3), ==, 5);
  g_assert_cmpuint (volant_kernels_portable.least_sum (a, b, 3), ==, 11);
  g_assert_cmpuint (volant_kernels_portable.least_sum (a, b, 2), ==, VOLANT_COST_LIMIT);
  volant_kernels_portable.relax (a, codes, b, 3, VOLANT_COST_LIMIT, 5);
  g_assert_cmpuint (a[1], ==, VOLANT_COST_LIMIT);
  volant_kernels_portable.relax (a, codes, b, 3, 2, 5);
  g_assert_cmpuint (codes[0], ==, 0);
  g_assert_cmpuint (codes[1], ==, 5);
  g_assert_cmpuint (a[0], ==, 5);
  g_assert_cmpuint (a[1], ==, 4);
  g_assert_cmpuint (a[2], ==, 6);
  volant_kernels_portable.merge (a, codes, b, others, 3);
  g_assert_cmpuint (codes[0], ==, 0);
  g_assert_cmpuint (codes[1], ==, 12);
  g_assert_cmpuint (a[1], ==, 2);
  g_assert_cmpuint (a[2], ==, 4);
}

int
main (int argc, char *argv[])
{
  static const Trial trials[] = { try_least, try_merge, try_climb, try_table, try_tile };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernels/portable", test_portable);
  g_test_add_data_func ("/kernels/least", &trials[0], run_trial);
  g_test_add_data_func ("/kernels/merge", &trials[1], run_trial);
  g_test_add_data_func ("/kernels/climb", &trials[2], run_trial);
  g_test_add_data_func ("/kernels/table", &trials[3], run_trial);
  g_test_add_data_func ("/kernels/tile", &trials[4], run_trial);
  return g_test_run ();
}
