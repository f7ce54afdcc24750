/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/geometry.h"

#include <math.h>

/* Chance that is the same in each run, and the index of places. */

static uint64_t
mix (uint64_t z)
{
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014). */
double
demo_random (DemoRandom *random)
{
  random->state += 0x9e3779b97f4a7c15ull;
  return (double) (mix (random->state) >> 11) * 0x1.0p-53;
}

double
demo_random_between (DemoRandom *random, double low, double high)
{
  return low + (high - low) * demo_random (random);
}

unsigned
demo_random_below (DemoRandom *random, unsigned n)
{
  return MIN ((unsigned) (demo_random (random) * n), n - 1);
}

static double
lattice (int64_t x, int64_t y, uint32_t seed)
{
  uint64_t z = (uint64_t) x * 0x9e3779b97f4a7c15ull ^ (uint64_t) y * 0xc2b2ae3d27d4eb4full ^ seed;

  return (double) (mix (z) >> 11) * 0x1.0p-52 - 1.0;
}

double
demo_noise (double x, double y, uint32_t seed)
{
  double fx = floor (x);
  double fy = floor (y);
  int64_t ix = (int64_t) fx;
  int64_t iy = (int64_t) fy;
  double u = (x - fx) * (x - fx) * (3.0 - 2.0 * (x - fx));
  double v = (y - fy) * (y - fy) * (3.0 - 2.0 * (y - fy));
  double low = lattice (ix, iy, seed) * (1.0 - u) + lattice (ix + 1, iy, seed) * u;
  double high = lattice (ix, iy + 1, seed) * (1.0 - u) + lattice (ix + 1, iy + 1, seed) * u;

  return low * (1.0 - v) + high * v;
}

struct _DemoIndex {
  double cell_m;
  GHashTable *cells; /* of GArray of unsigned */
};

DemoIndex *
demo_index_new (double cell_m)
{
  DemoIndex *index = g_new0 (DemoIndex, 1);

  index->cell_m = cell_m;
  index->cells = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  return index;
}

void
demo_index_free (DemoIndex *index)
{
  g_hash_table_unref (index->cells);
  g_free (index);
}

static void *
cell_key (int x, int y)
{
  return GUINT_TO_POINTER (((unsigned) (x + 16384) << 16 | (unsigned) (y + 16384)));
}

void
demo_index_add (DemoIndex *index, DemoPoint low, DemoPoint high, unsigned number)
{
  for (int x = (int) floor (low.x / index->cell_m); x <= (int) floor (high.x / index->cell_m); x++)
    for (int y = (int) floor (low.y / index->cell_m); y <= (int) floor (high.y / index->cell_m);
         y++)
      {
        GArray *cell = g_hash_table_lookup (index->cells, cell_key (x, y));

        if (cell == NULL)
          {
            cell = g_array_new (FALSE, FALSE, sizeof (unsigned));
            g_hash_table_insert (index->cells, cell_key (x, y), cell);
          }
        g_array_append_val (cell, number);
      }
}

static int
compare_numbers (const void *a, const void *b)
{
  unsigned x = *(const unsigned *) a;
  unsigned y = *(const unsigned *) b;

  return (x > y) - (x < y);
}

void
demo_index_find (DemoIndex *index, DemoPoint low, DemoPoint high, GArray *found)
{
  unsigned n = 0;

  g_array_set_size (found, 0);
  for (int x = (int) floor (low.x / index->cell_m); x <= (int) floor (high.x / index->cell_m); x++)
    for (int y = (int) floor (low.y / index->cell_m); y <= (int) floor (high.y / index->cell_m);
         y++)
      {
        GArray *cell = g_hash_table_lookup (index->cells, cell_key (x, y));

        if (cell != NULL)
          g_array_append_vals (found, cell->data, cell->len);
      }
  g_array_sort (found, compare_numbers);
  for (unsigned i = 0; i < found->len; i++)
    if (n == 0 || g_array_index (found, unsigned, i) != g_array_index (found, unsigned, n - 1))
      g_array_index (found, unsigned, n++) = g_array_index (found, unsigned, i);
  g_array_set_size (found, n);
}
