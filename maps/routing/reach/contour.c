/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/reach/contour.h"

/* Every edge of the grid whose ends differ is crossed once; in each cell the crossings are joined
 * in pairs, so each crossing is followed by one other. Edge 2 v goes from vertex v to the right,
 * edge 2 v + 1 from it upwards. */

#define NOWHERE UINT32_MAX
/* Crossings stay this share of a cell away from the vertices. */
#define KEEP_OFF 0.02

static bool
is_inside (const VolantGrid *grid, uint32_t vertex)
{
  return grid->values[vertex] <= 0.0f;
}

/* Of a cell whose corners are inside and outside by turns: whether its middle is inside. */
static bool
joins_middle (const VolantGrid *grid, const uint32_t corners[4])
{
  double sum = 0.0;

  for (unsigned i = 0; i < 4; i++)
    sum += grid->values[corners[i]];
  return sum <= 0.0;
}

/* Corners and edges go counterclockwise from the lower left and the lower edge. A line begins where
 * one leaves the inside on that round and ends where one comes back to it. */
static void
join_cell (const VolantGrid *grid, uint32_t vertex, uint32_t *next)
{
  uint32_t above = vertex + grid->n_columns;
  const uint32_t corners[4] = { vertex, vertex + 1, above + 1, above };
  const uint32_t edges[4] = { 2 * vertex, 2 * (vertex + 1) + 1, 2 * above, 2 * vertex + 1 };
  unsigned leaving[2], n_leaving = 0, coming[2], n_coming = 0;

  for (unsigned i = 0; i < 4; i++)
    {
      bool is_in = is_inside (grid, corners[i]), will_be = is_inside (grid, corners[(i + 1) % 4]);

      if (is_in && !will_be)
        leaving[n_leaving++] = i;
      else if (!is_in && will_be)
        coming[n_coming++] = i;
    }
  if (n_leaving == 1)
    next[edges[leaving[0]]] = edges[coming[0]];
  for (unsigned i = 0; n_leaving == 2 && i < 2; i++)
    {
      /* the outside corner is cut off where the middle is inside, else the inside corner */
      unsigned to = joins_middle (grid, corners) ? (leaving[i] + 1) % 4 : (leaving[i] + 3) % 4;

      next[edges[leaving[i]]] = edges[to];
    }
}

static VolantFlatPoint
vertex_point (const VolantGrid *grid, uint32_t vertex)
{
  return (VolantFlatPoint) {
    grid->origin.x_m + vertex % grid->n_columns * grid->cell_m,
    grid->origin.y_m + vertex / grid->n_columns * grid->cell_m,
  };
}

static VolantFlatPoint
crossing_of (const VolantGrid *grid, uint32_t edge)
{
  uint32_t from = edge / 2, to = edge % 2 ? from + grid->n_columns : from + 1;
  double a = grid->values[from], b = grid->values[to];
  double share = CLAMP (a / (a - b), KEEP_OFF, 1.0 - KEEP_OFF);
  VolantFlatPoint point = vertex_point (grid, from);

  if (edge % 2)
    point.y_m += share * grid->cell_m;
  else
    point.x_m += share * grid->cell_m;
  return point;
}

GPtrArray *
volant_contour_trace (const VolantGrid *grid)
{
  uint32_t n_edges = 2 * grid->n_columns * grid->n_rows;
  g_autofree uint32_t *next = g_new (uint32_t, n_edges + 1);
  GPtrArray *rings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (uint32_t edge = 0; edge < n_edges; edge++)
    next[edge] = NOWHERE;
  for (uint32_t row = 0; row + 1 < grid->n_rows; row++)
    for (uint32_t column = 0; column + 1 < grid->n_columns; column++)
      join_cell (grid, row * grid->n_columns + column, next);
  for (uint32_t first = 0; first < n_edges; first++)
    {
      GArray *ring;

      if (next[first] == NOWHERE)
        continue;
      ring = g_array_new (FALSE, FALSE, sizeof (VolantFlatPoint));
      for (uint32_t edge = first; next[edge] != NOWHERE;)
        {
          uint32_t then = next[edge];
          VolantFlatPoint point = crossing_of (grid, edge);

          g_array_append_val (ring, point);
          next[edge] = NOWHERE;
          edge = then;
        }
      g_ptr_array_add (rings, ring);
    }
  return rings;
}

double
volant_contour_area_m2 (const GArray *ring)
{
  const VolantFlatPoint *points = (const VolantFlatPoint *) ring->data;
  double twice_m2 = 0.0;

  for (unsigned i = 0, last = ring->len - 1; i < ring->len; last = i++)
    twice_m2 += (points[last].x_m - points[0].x_m) * (points[i].y_m - points[0].y_m) -
                (points[i].x_m - points[0].x_m) * (points[last].y_m - points[0].y_m);
  return twice_m2 / 2.0;
}

bool
volant_contour_contains (const GArray *ring, VolantFlatPoint point)
{
  const VolantFlatPoint *points = (const VolantFlatPoint *) ring->data;
  bool is_in = false;

  for (unsigned i = 0, last = ring->len - 1; i < ring->len; last = i++)
    {
      VolantFlatPoint a = points[last], b = points[i];

      if ((a.y_m > point.y_m) != (b.y_m > point.y_m) &&
          point.x_m < a.x_m + (point.y_m - a.y_m) / (b.y_m - a.y_m) * (b.x_m - a.x_m))
        is_in = !is_in;
    }
  return is_in;
}
