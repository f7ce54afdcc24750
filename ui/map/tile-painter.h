/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-style.h"

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* One square of the map, in the usual tile numbering of Web Mercator. */
typedef struct {
  unsigned zoom;
  unsigned x;
  unsigned y;
  unsigned size_px; /* logical; 256 at the plain scale of a zoom */
  unsigned scale;   /* device pixels a logical pixel */
} VolantTile;

cairo_surface_t *volant_tile_paint (const VolantDrawing *drawing, const VolantMapStyle *style,
                                    const VolantTile *tile);

G_END_DECLS
