/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/urban.h"

/* Most limits are signed only where a town begins, so an unsigned main road needs to know whether
 * it is in one. A grid of some 280 m counts the metres of residential streets; a point is in a town
 * where its cell and the eight around it hold enough of them. */

#define CELL_LAT_E7 25000
#define CELL_LON_E7 40000
#define ENOUGH_M 400.0

struct _VolantUrban {
  GHashTable *metres; /* int64_t cell -> double */
};

/* g_int64_hash () folds latitude onto longitude, and neighbours fall together; this spreads them
 * (Fibonacci hashing, Knuth 6.4). */
static unsigned
hash_cell (const void *cell)
{
  uint64_t value = *(const uint64_t *) cell;

  return (unsigned) ((value * UINT64_C (0x9e3779b97f4a7c15)) >> 32);
}

VolantUrban *
volant_urban_new (void)
{
  VolantUrban *urban = g_new0 (VolantUrban, 1);

  urban->metres = g_hash_table_new_full (hash_cell, g_int64_equal, g_free, g_free);
  return urban;
}

/* urban may be NULL. */
void
volant_urban_free (VolantUrban *urban)
{
  if (urban == NULL)
    return;
  g_hash_table_unref (urban->metres);
  g_free (urban);
}

static int64_t
cell_of (VolantPoint point, int d_lat, int d_lon)
{
  int64_t lat = ((int64_t) point.lat_e7 + 900000000) / CELL_LAT_E7 + d_lat;
  int64_t lon = ((int64_t) point.lon_e7 + 1800000000) / CELL_LON_E7 + d_lon;

  return lat << 32 | (lon & 0xffffffff);
}

/* A stretch of a residential street, counted where its middle lies. */
void
volant_urban_add_street (VolantUrban *urban, VolantPoint a, VolantPoint b)
{
  int64_t cell = cell_of (volant_geo_interpolate (a, b, 0.5), 0, 0);
  double *metres = g_hash_table_lookup (urban->metres, &cell);

  if (metres == NULL)
    {
      metres = g_new0 (double, 1);
      g_hash_table_insert (urban->metres, g_memdup2 (&cell, sizeof cell), metres);
    }
  *metres += volant_geo_distance_m (a, b);
}

bool
volant_urban_contains (const VolantUrban *urban, VolantPoint point)
{
  double sum_m = 0.0;

  for (int d_lat = -1; d_lat <= 1; d_lat++)
    for (int d_lon = -1; d_lon <= 1; d_lon++)
      {
        int64_t cell = cell_of (point, d_lat, d_lon);
        const double *metres = g_hash_table_lookup (urban->metres, &cell);

        if (metres != NULL)
          sum_m += *metres;
      }
  return sum_m >= ENOUGH_M;
}
