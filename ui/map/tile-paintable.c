/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/tile-paintable.h"

/* A tile's texture, or a part of it (0…1 each way), drawn half a pixel beyond its place at each side:
 * libshumate 1.0.3 places tiles at fractional positions, where neighbours would show a hairline
 * between them. */

#define BEYOND_PX 0.5f

struct _VolantTilePaintable {
  GObject parent;
  GdkTexture *texture;
  graphene_rect_t part;
};

static void
tile_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  VolantTilePaintable *self = VOLANT_TILE_PAINTABLE (paintable);
  float wide = ((float) width + 2.0f * BEYOND_PX) / self->part.size.width;
  float high = ((float) height + 2.0f * BEYOND_PX) / self->part.size.height;
  graphene_rect_t all = GRAPHENE_RECT_INIT (-BEYOND_PX - self->part.origin.x * wide,
                                            -BEYOND_PX - self->part.origin.y * high, wide, high);
  bool is_part = self->part.size.width < 1.0f;

  if (is_part)
    gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_snapshot_append_texture (snapshot, self->texture, &all);
  if (is_part)
    gtk_snapshot_pop (snapshot);
}

static int
tile_get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_texture_get_width (VOLANT_TILE_PAINTABLE (paintable)->texture);
}

static int
tile_get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_texture_get_height (VOLANT_TILE_PAINTABLE (paintable)->texture);
}

static void
paintable_init (GdkPaintableInterface *interface)
{
  interface->snapshot = tile_snapshot;
  interface->get_intrinsic_width = tile_get_intrinsic_width;
  interface->get_intrinsic_height = tile_get_intrinsic_height;
}

G_DEFINE_TYPE_WITH_CODE (VolantTilePaintable, volant_tile_paintable, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
volant_tile_paintable_finalize (GObject *object)
{
  g_clear_object (&VOLANT_TILE_PAINTABLE (object)->texture);
  G_OBJECT_CLASS (volant_tile_paintable_parent_class)->finalize (object);
}

static void
volant_tile_paintable_class_init (VolantTilePaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = volant_tile_paintable_finalize;
}

static void
volant_tile_paintable_init (VolantTilePaintable *self)
{
}

GdkPaintable *
volant_tile_paintable_new (GdkTexture *texture, const graphene_rect_t *part)
{
  VolantTilePaintable *self = g_object_new (VOLANT_TYPE_TILE_PAINTABLE, NULL);

  self->texture = g_object_ref (texture);
  self->part = *part;
  return GDK_PAINTABLE (self);
}
