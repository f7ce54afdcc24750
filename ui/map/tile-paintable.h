/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VOLANT_TYPE_TILE_PAINTABLE (volant_tile_paintable_get_type ())
G_DECLARE_FINAL_TYPE (VolantTilePaintable, volant_tile_paintable, VOLANT, TILE_PAINTABLE, GObject)

GdkPaintable *volant_tile_paintable_new (GdkTexture *texture, const graphene_rect_t *part);

G_END_DECLS
