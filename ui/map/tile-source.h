/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-style.h"

#include <shumate/shumate.h>

/* A ShumateMapSource that paints its tiles from a drawing, on two threads. */

G_BEGIN_DECLS

#define VOLANT_TILE_SIZE_PX 256u

#define VOLANT_TYPE_TILE_SOURCE (volant_tile_source_get_type ())
G_DECLARE_FINAL_TYPE (VolantTileSource, volant_tile_source, VOLANT, TILE_SOURCE, ShumateMapSource)

VolantTileSource *volant_tile_source_new (VolantDrawing *drawing, const VolantMapStyle *style,
                                          unsigned scale, const char *attribution);
gboolean volant_tile_source_has_tile (VolantTileSource *self, unsigned zoom, unsigned x,
                                      unsigned y);

G_END_DECLS
