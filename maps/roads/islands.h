/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* Pieces of the road net that are cut off from the rest. Private to maps/roads. */

G_BEGIN_DECLS

uint32_t volant_roads_count_islands (const VolantRoads *roads, VolantMode mode);

G_END_DECLS
