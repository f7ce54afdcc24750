/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The line round what is inside on a grid of numbers (marching squares; Lorensen and Cline 1987 in
 * two dimensions). Lengths are in metres on a plane, x to the east, y to the north. */

G_BEGIN_DECLS

typedef struct {
  double x_m;
  double y_m;
} VolantFlatPoint;

/* A vertex is inside where its value is 0 or less. The values at the border of the grid must be
 * outside, so that every line closes. */
typedef struct {
  unsigned n_columns;
  unsigned n_rows;
  double cell_m;
  VolantFlatPoint origin; /* of the vertex of column 0 and row 0 */
  float *values;          /* by row, then column */
} VolantGrid;

/* Rings as GArray of VolantFlatPoint, the first point not repeated at the end (transfer full). The
 * inside lies to the left: an outer ring turns counterclockwise, a hole clockwise. No ring crosses
 * or touches itself or another: points keep a fiftieth of a cell from the grid's vertices. */
GPtrArray *volant_contour_trace (const VolantGrid *grid);

/* Square metres, positive for a ring that turns counterclockwise. */
double volant_contour_area_m2 (const GArray *ring);
bool volant_contour_contains (const GArray *ring, VolantFlatPoint point);

G_END_DECLS
