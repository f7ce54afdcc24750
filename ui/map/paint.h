/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-style.h"

#include <cairo.h>
#include <gtk/gtk.h>

/* Small cairo pictures as textures, shared by the map's layers. */

G_BEGIN_DECLS

static inline void
volant_paint_set_colour (cairo_t *cr, uint32_t colour)
{
  cairo_set_source_rgba (cr, volant_colour_red (colour), volant_colour_green (colour),
                         volant_colour_blue (colour), volant_colour_alpha (colour));
}

static inline void
volant_paint_rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3.0 * G_PI_2);
  cairo_close_path (cr);
}

/* The texture of an ARGB32 surface, which it takes over (transfer full). */
static inline GdkTexture *
volant_paint_take_texture (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  size_t stride = (size_t) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (size_t) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

G_END_DECLS
