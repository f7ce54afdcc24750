/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/reach/reach-grid.h"

#include <math.h>

/* Distances are those to the pieces themselves; a piece is held against the vertices of its box and
 * the radius about it. */

#define CELL_M 10.0
#define MOST_VERTICES 4e6
#define RADIUS_M 60.0
#define FAR_M 1e6f

static double
diagonal_m (const VolantReachGrid *self)
{
  return self->grid.cell_m * G_SQRT2;
}

VolantReachGrid *
volant_reach_grid_new (VolantFlatPoint low, VolantFlatPoint high)
{
  VolantReachGrid *self = g_new0 (VolantReachGrid, 1);
  VolantGrid *grid = &self->grid;
  double width_m = high.x_m - low.x_m, height_m = high.y_m - low.y_m, margin_m;
  uint32_t n;

  grid->cell_m = MAX (CELL_M, sqrt (width_m * height_m / MOST_VERTICES));
  grid->cell_m = MAX (grid->cell_m, (width_m + height_m) / (MOST_VERTICES / 100.0));
  self->tolerance_m = 0.4 * grid->cell_m;
  self->radius_m = MAX (RADIUS_M, 4.0 * diagonal_m (self));
  margin_m = self->radius_m + 2.0 * grid->cell_m;
  grid->origin = (VolantFlatPoint) { low.x_m - margin_m, low.y_m - margin_m };
  grid->n_columns = (unsigned) ceil ((width_m + 2.0 * margin_m) / grid->cell_m) + 1;
  grid->n_rows = (unsigned) ceil ((height_m + 2.0 * margin_m) / grid->cell_m) + 1;
  n = grid->n_columns * grid->n_rows;
  grid->values = g_new (float, n);
  self->reached_m = g_new (float, n);
  self->others_m = g_new (float, n);
  for (uint32_t i = 0; i < n; i++)
    self->reached_m[i] = self->others_m[i] = FAR_M;
  return self;
}

void
volant_reach_grid_free (VolantReachGrid *self)
{
  if (self == NULL)
    return;
  g_free (self->grid.values);
  g_free (self->reached_m);
  g_free (self->others_m);
  g_free (self);
}

/* The first and last column or row that an interval covers; false where it is beside the grid. */
static bool
clip (double low_m, double high_m, double cell_m, unsigned n, unsigned *first, unsigned *last)
{
  double begin = ceil (low_m / cell_m), end = floor (high_m / cell_m);

  if (end < 0.0 || begin > n - 1.0)
    return false;
  *first = (unsigned) MAX (begin, 0.0);
  *last = (unsigned) MIN (end, n - 1.0);
  return true;
}

void
volant_reach_grid_add (VolantReachGrid *self, bool is_reached, VolantFlatPoint a, VolantFlatPoint b)
{
  const VolantGrid *grid = &self->grid;
  float *nearest_m = is_reached ? self->reached_m : self->others_m;
  double ax = a.x_m - grid->origin.x_m, ay = a.y_m - grid->origin.y_m;
  double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, square = dx * dx + dy * dy;
  double per_square = square > 0.0 ? 1.0 / square : 0.0;
  unsigned left, right, bottom, top;

  if (!clip (ax + MIN (dx, 0.0) - self->radius_m, ax + MAX (dx, 0.0) + self->radius_m, grid->cell_m,
             grid->n_columns, &left, &right) ||
      !clip (ay + MIN (dy, 0.0) - self->radius_m, ay + MAX (dy, 0.0) + self->radius_m, grid->cell_m,
             grid->n_rows, &bottom, &top))
    return;
  for (unsigned row = bottom; row <= top; row++)
    for (unsigned column = left; column <= right; column++)
      {
        double px = column * grid->cell_m - ax, py = row * grid->cell_m - ay;
        double t = (px * dx + py * dy) * per_square;
        float *at_m = &nearest_m[(size_t) row * grid->n_columns + column];
        double off_x, off_y;

        t = CLAMP (t, 0.0, 1.0);
        off_x = px - t * dx;
        off_y = py - t * dy;
        *at_m = MIN (*at_m, (float) sqrt (off_x * off_x + off_y * off_y));
      }
}

/* Puts a vertex of the outside that was not seen yet into a piece. */
static void
see (VolantGrid *grid, uint32_t vertex, GArray *piece)
{
  if (grid->values[vertex] <= 0.0f || grid->values[vertex] > FAR_M / 4.0f)
    return;
  grid->values[vertex] = FAR_M / 2.0f;
  g_array_append_val (piece, vertex);
}

/* Gathers the piece of outside that a vertex lies in, and tells whether it is shut in and crossed
 * by no road. */
static bool
walk_outside (VolantReachGrid *self, uint32_t first, GArray *piece)
{
  VolantGrid *grid = &self->grid;
  float road_m = (float) (diagonal_m (self) + self->tolerance_m);
  bool is_empty = true;

  g_array_set_size (piece, 0);
  see (grid, first, piece);
  for (unsigned i = 0; i < piece->len; i++)
    {
      uint32_t vertex = g_array_index (piece, uint32_t, i);
      unsigned column = vertex % grid->n_columns, row = vertex / grid->n_columns;

      is_empty = is_empty && self->others_m[vertex] > road_m && column > 0 && row > 0 &&
                 column + 1 < grid->n_columns && row + 1 < grid->n_rows;
      if (column > 0)
        see (grid, vertex - 1, piece);
      if (column + 1 < grid->n_columns)
        see (grid, vertex + 1, piece);
      if (row > 0)
        see (grid, vertex - grid->n_columns, piece);
      if (row + 1 < grid->n_rows)
        see (grid, vertex + grid->n_columns, piece);
    }
  return is_empty;
}

static float
value_at (const VolantReachGrid *self, uint32_t vertex)
{
  double reached_m = self->reached_m[vertex];
  double bias_m = diagonal_m (self) + self->tolerance_m;
  double value_m = MAX (reached_m - self->others_m[vertex] - bias_m, reached_m - self->radius_m);

  return (float) MIN (value_m, self->radius_m);
}

void
volant_reach_grid_finish (VolantReachGrid *self)
{
  VolantGrid *grid = &self->grid;
  uint32_t n = grid->n_columns * grid->n_rows;
  g_autoptr (GArray) piece = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (uint32_t i = 0; i < n; i++)
    grid->values[i] = value_at (self, i);
  for (uint32_t i = 0; i < n; i++)
    {
      bool is_empty;

      if (grid->values[i] <= 0.0f || grid->values[i] > FAR_M / 4.0f)
        continue;
      is_empty = walk_outside (self, i, piece);
      for (unsigned k = 0; is_empty && k < piece->len; k++)
        grid->values[g_array_index (piece, uint32_t, k)] = (float) -grid->cell_m;
    }
  for (uint32_t i = 0; i < n; i++)
    if (grid->values[i] > FAR_M / 4.0f)
      grid->values[i] = value_at (self, i);
}
