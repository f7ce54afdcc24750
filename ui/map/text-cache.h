/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* Short texts with a halo, each painted once into a texture (GTK 4.8 has no outline of its own). */

G_BEGIN_DECLS

typedef struct {
  uint32_t colour;
  uint32_t halo;
  uint32_t plate;  /* a filled rounded rectangle behind; 0 for none */
  float size_px;
  bool is_medium;
  bool is_italic;
  float max_width_px; /* wraps, centred; 0 for one line */
} VolantTextLook;

typedef struct {
  const char *text; /* owned by the cache */
  VolantTextLook look;
  float width_px;   /* of the texture, halo included */
  float height_px;
  GdkTexture *texture; /* NULL until volant_text_cache_paint () */
  unsigned used;
} VolantText;

typedef struct _VolantTextCache VolantTextCache;

VolantTextCache *volant_text_cache_new (GtkWidget *widget);
void volant_text_cache_free (VolantTextCache *cache);
VolantText *volant_text_cache_get (VolantTextCache *cache, const char *text,
                                   const VolantTextLook *look);
GdkTexture *volant_text_cache_paint (VolantTextCache *cache, VolantText *text);
/* Drops what was not asked for since the last but one call. */
void volant_text_cache_age (VolantTextCache *cache);
void volant_text_cache_clear (VolantTextCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTextCache, volant_text_cache_free)

G_END_DECLS
