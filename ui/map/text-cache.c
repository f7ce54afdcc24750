/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/text-cache.h"

#include "ui/map/map-style.h"

#include <math.h>

/* Texts by content and look. Measuring is cheap and done at once; painting waits until the text is
 * seen. Main thread only. */

#define HALO_PX 2.2
#define PLATE_PAD_X_PX 6.0
#define PLATE_PAD_Y_PX 2.0
#define PLATE_RADIUS_PX 4.0

struct _VolantTextCache {
  GtkWidget *widget; /* whose fonts and scale are used; outlives the cache */
  GHashTable *texts; /* VolantText → itself */
  unsigned age;
};

static unsigned
hash_text (const void *data)
{
  const VolantText *text = data;

  return g_str_hash (text->text) * 31u + text->look.colour + (unsigned) (text->look.size_px * 8.0f) +
         text->look.plate;
}

static gboolean
equal_texts (const void *a, const void *b)
{
  const VolantText *one = a;
  const VolantText *other = b;

  return one->look.colour == other->look.colour && one->look.halo == other->look.halo &&
         one->look.plate == other->look.plate && one->look.size_px == other->look.size_px &&
         one->look.is_medium == other->look.is_medium &&
         one->look.is_italic == other->look.is_italic &&
         one->look.max_width_px == other->look.max_width_px &&
         g_str_equal (one->text, other->text);
}

static void
text_free (VolantText *text)
{
  g_clear_object (&text->texture);
  g_free ((char *) text->text);
  g_free (text);
}

VolantTextCache *
volant_text_cache_new (GtkWidget *widget)
{
  VolantTextCache *cache = g_new0 (VolantTextCache, 1);

  cache->widget = widget;
  cache->texts =
      g_hash_table_new_full (hash_text, equal_texts, NULL, (GDestroyNotify) text_free);
  return cache;
}

void
volant_text_cache_free (VolantTextCache *cache)
{
  g_return_if_fail (cache != NULL);

  g_hash_table_unref (cache->texts);
  g_free (cache);
}

static PangoLayout *
make_layout (VolantTextCache *cache, const VolantText *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (cache->widget, text->text);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, "Inter, Noto Sans CJK SC, sans-serif");
  pango_font_description_set_absolute_size (font, text->look.size_px * PANGO_SCALE);
  pango_font_description_set_weight (font, text->look.is_medium ? PANGO_WEIGHT_MEDIUM
                                                                : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (font, text->look.is_italic ? PANGO_STYLE_ITALIC
                                                               : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (text->look.max_width_px > 0.0f)
    {
      pango_layout_set_width (layout, (int) (text->look.max_width_px * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
    }
  pango_font_description_free (font);
  return layout;
}

static double
pad_x (const VolantText *text)
{
  return text->look.plate != 0 ? PLATE_PAD_X_PX : HALO_PX;
}

static double
pad_y (const VolantText *text)
{
  return text->look.plate != 0 ? PLATE_PAD_Y_PX : HALO_PX;
}

/* The text with its size; owned by the cache until it ages out, so ask again after
 * volant_text_cache_age (). */
VolantText *
volant_text_cache_get (VolantTextCache *cache, const char *content, const VolantTextLook *look)
{
  VolantText probe = { .text = content, .look = *look };
  VolantText *text = g_hash_table_lookup (cache->texts, &probe);
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle extents;

  if (text == NULL)
    {
      text = g_new0 (VolantText, 1);
      text->text = g_strdup (content);
      text->look = *look;
      layout = make_layout (cache, text);
      pango_layout_get_pixel_extents (layout, NULL, &extents);
      text->width_px = (float) (extents.width + 2.0 * pad_x (text));
      text->height_px = (float) (extents.height + 2.0 * pad_y (text));
      g_hash_table_add (cache->texts, text);
    }
  text->used = cache->age;
  return text;
}

static void
set_colour (cairo_t *cr, uint32_t colour)
{
  cairo_set_source_rgba (cr, volant_colour_red (colour), volant_colour_green (colour),
                         volant_colour_blue (colour), volant_colour_alpha (colour));
}

static void
plate_path (cairo_t *cr, double width, double height)
{
  double radius = MIN (PLATE_RADIUS_PX, height / 2.0);

  cairo_new_sub_path (cr);
  cairo_arc (cr, width - radius, radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, width - radius, height - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, radius, height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, radius, radius, radius, G_PI, 3.0 * G_PI_2);
  cairo_close_path (cr);
}

static void
paint_text (cairo_t *cr, const VolantText *text, PangoLayout *layout)
{
  PangoRectangle extents;

  pango_layout_get_pixel_extents (layout, NULL, &extents);
  if (text->look.plate != 0)
    {
      plate_path (cr, text->width_px, text->height_px);
      set_colour (cr, text->look.plate);
      cairo_fill (cr);
    }
  cairo_move_to (cr, pad_x (text) - extents.x, pad_y (text) - extents.y);
  if (text->look.plate == 0)
    {
      pango_cairo_layout_path (cr, layout);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_width (cr, 2.0 * HALO_PX);
      set_colour (cr, text->look.halo);
      cairo_stroke (cr);
      cairo_move_to (cr, pad_x (text) - extents.x, pad_y (text) - extents.y);
    }
  set_colour (cr, text->look.colour);
  pango_cairo_show_layout (cr, layout);
}

/* Its texture, painted now where it was not yet (transfer none). */
GdkTexture *
volant_text_cache_paint (VolantTextCache *cache, VolantText *text)
{
  int scale = gtk_widget_get_scale_factor (cache->widget);
  int width = (int) ceil (text->width_px * scale);
  int height = (int) ceil (text->height_px * scale);
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  size_t stride;

  if (text->texture != NULL)
    return text->texture;
  layout = make_layout (cache, text);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  paint_text (cr, text, layout);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (size_t) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (size_t) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  text->texture =
      gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  return text->texture;
}

static gboolean
is_old (void *key, void *value, void *data)
{
  const VolantText *text = key;
  const VolantTextCache *cache = data;

  return text->used + 1 < cache->age;
}

void
volant_text_cache_age (VolantTextCache *cache)
{
  cache->age++;
  g_hash_table_foreach_remove (cache->texts, is_old, cache);
}

void
volant_text_cache_clear (VolantTextCache *cache)
{
  g_hash_table_remove_all (cache->texts);
}
