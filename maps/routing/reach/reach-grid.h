/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/reach/contour.h"

/* The ground between roads that were reached and roads that were not, on a grid.
 *
 * Ground belongs to the road that is nearest to it, and to no road further than radius_m. So each
 * vertex of the grid holds max (to the reached - to the others - bias, to the reached - radius),
 * in metres: 0 or less is inside. The bias keeps all that was reached inside whatever the grid
 * rounds off and whatever a line drawn within tolerance_m of the border cuts away (bias = a cell's
 * diagonal + tolerance_m). On the other side of the border, a point of a road that was not reached
 * is inside only where one that was reached is within 3 (diagonal + tolerance_m). Ground that is
 * shut in and that no road crosses (parks, ponds, blocks of houses) is filled. */

G_BEGIN_DECLS

typedef struct {
  VolantGrid grid;
  double radius_m;
  double tolerance_m;
  float *reached_m; /* from each vertex to the nearest of either kind */
  float *others_m;
} VolantReachGrid;

/* Over a box and all that is within the radius of it. Cells are 10 m wide, wider where there would
 * be more than four million. */
VolantReachGrid *volant_reach_grid_new (VolantFlatPoint low, VolantFlatPoint high);
void volant_reach_grid_free (VolantReachGrid *grid);

/* A straight piece of road. */
void volant_reach_grid_add (VolantReachGrid *grid, bool is_reached, VolantFlatPoint a,
                            VolantFlatPoint b);
/* Fills in the values, once all pieces are there. */
void volant_reach_grid_finish (VolantReachGrid *grid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantReachGrid, volant_reach_grid_free)

G_END_DECLS
