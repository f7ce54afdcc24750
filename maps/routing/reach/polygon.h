/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/reach/plane.h"

/* Polygons with holes on the earth, made of the rings of a contour. */

G_BEGIN_DECLS

/* Rings are GArray of VolantPoint, at least three points, the first not repeated at the end. The
 * first is the outer one and turns counterclockwise, the others are holes and turn clockwise
 * (RFC 7946, 3.1.6). */
typedef struct {
  GPtrArray *rings;
} VolantPolygon;

void volant_polygon_free (VolantPolygon *polygon);

/* Sorts the rings of a contour into polygons, holes into the smallest ring about them, and leaves
 * out points within tolerance_m of the line (Douglas and Peucker 1973). Where that would make rings
 * cross or touch, they are done again with half the tolerance, at last with none. Elements are
 * VolantPolygon (transfer full). */
GPtrArray *volant_polygon_from_rings (const GPtrArray *rings, const VolantPlane *plane,
                                      double tolerance_m);

/* Whether a point lies inside, holes left out; on the line either may be said. */
bool volant_polygon_contains (const VolantPolygon *polygon, VolantPoint point);

/* Whether rings (GArray of VolantPoint) are fit for GeoJSON: no two edges meet but neighbours at
 * their common point. Where meeting (n_rings, nullable) is given, rings that take part are set. */
bool volant_polygon_are_simple (const GPtrArray *rings, bool *meeting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantPolygon, volant_polygon_free)

G_END_DECLS
