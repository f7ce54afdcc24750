/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/elevation.h"
#include "maps/roads/roads.h"

/* Heights along the roads. Private to maps/roads. */

G_BEGIN_DECLS

int16_t *volant_roads_elevations (const VolantRoads *roads, VolantElevation *elevation,
                                  uint32_t *n_missing);

G_END_DECLS
