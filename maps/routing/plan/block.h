/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* "This street is blocked": which links a driver means. */

G_BEGIN_DECLS

/* Nearer to a crossing than this, what is blocked lies behind it. */
#define VOLANT_BLOCK_NEAR_M 40.0

/* Appends the links that are closed (uint32_t) to one who drives along links, of which the first has
 * left_m metres left, and says so. A driver sees as far as the next crossing: what is blocked is the
 * street from the car up to there, this way; or, where the car stands before the crossing already,
 * the street that the way goes on by, up to the crossing after, both ways. A crossing is where
 * another street meets, drives and car parks not counted. Returns the first link that is closed. */
uint32_t volant_block_ahead (const VolantRoads *roads, VolantMode mode, const uint32_t *links,
                             unsigned n_links, double left_m, GArray *blocked);

G_END_DECLS
