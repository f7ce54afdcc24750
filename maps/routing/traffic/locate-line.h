/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/snap-index.h"
#include "maps/routing/turns.h"

/* Finds the roads that a line runs along, in the direction in which it is given. */

G_BEGIN_DECLS

/* The links (uint32_t, appended in their order) that motor traffic passes along the line, where it
 * covers a good part of them; false, with nothing appended, where no way of about the line's length
 * leads along it. Points may lie close together or far apart, up to some tens of metres beside the
 * road. trim_start_m and trim_end_m of the way found are left out again. */
bool volant_locate_line (const VolantRoads *roads, const VolantTurns *turns,
                         const VolantSnapIndex *index, const VolantPoint *points,
                         uint32_t n_points, double trim_start_m, double trim_end_m,
                         GArray *links);

/* The links of the road at a point, those whose traffic goes within 60° of bearing_deg (NAN: both)
 * appended; false where there is none. */
bool volant_locate_point (const VolantRoads *roads, const VolantSnapIndex *index,
                          VolantPoint point, double bearing_deg, GArray *links);

G_END_DECLS
