/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* Finds the road nearest to a point: a packed R-tree over the boxes of the segments
 * (sort-tile-recursive, Leutenegger, Lopez, Edgington 1997), searched best first. Immutable. */

G_BEGIN_DECLS

typedef struct _VolantSnapIndex VolantSnapIndex;

typedef struct {
  uint32_t segment;
  VolantPoint point;   /* on it */
  double distance_m;
  double along;        /* 0 at the segment's begin … 1 at its end, by metres */
} VolantSnap;

/* Whether a segment may be taken. */
typedef bool (*VolantSnapFilter) (uint32_t segment, const void *data);

VolantSnapIndex *volant_snap_index_new (const VolantRoads *roads);
void volant_snap_index_free (VolantSnapIndex *index);

/* The nearest segment that the filter takes within limit_m; false where there is none. */
bool volant_snap_index_find (const VolantSnapIndex *index, VolantPoint point, double limit_m,
                             VolantSnapFilter filter, const void *data, VolantSnap *snap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantSnapIndex, volant_snap_index_free)

G_END_DECLS
