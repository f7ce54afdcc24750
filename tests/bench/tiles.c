/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/city/city.h"
#include "ui/map/tile-painter.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <stdlib.h>

/* Painting a tile against decoding a PNG of the same tile, in one run: the busiest tiles of a city,
 * by day. usage: tiles CITY LAT,LON */

#define AROUND 4 /* tiles each way */
#define DENSEST 12u
#define ROUNDS 5

typedef struct {
  VolantTile tile;
  size_t png_size;
  double paint_ms;
  double decode_ms;
} Measured;

static cairo_status_t
append_png (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static double
decode_ms (const GByteArray *png)
{
  int64_t start_us = g_get_monotonic_time ();
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("png", NULL);

  gdk_pixbuf_loader_write (loader, png->data, png->len, NULL);
  gdk_pixbuf_loader_close (loader, NULL);
  g_assert_nonnull (gdk_pixbuf_loader_get_pixbuf (loader));
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

/* The best of some rounds: other programs share the machine. */
static Measured
measure (const VolantDrawing *drawing, const VolantTile *tile)
{
  Measured measured = { .tile = *tile, .paint_ms = INFINITY, .decode_ms = INFINITY };
  g_autoptr (GByteArray) png = g_byte_array_new ();

  for (int round = 0; round < ROUNDS; round++)
    {
      int64_t start_us = g_get_monotonic_time ();
      cairo_surface_t *surface = volant_tile_paint (drawing, volant_map_style_get (false), tile);

      measured.paint_ms =
          MIN (measured.paint_ms, (double) (g_get_monotonic_time () - start_us) / 1000.0);
      if (png->len == 0)
        cairo_surface_write_to_png_stream (surface, append_png, png);
      cairo_surface_destroy (surface);
      measured.decode_ms = MIN (measured.decode_ms, decode_ms (png));
    }
  measured.png_size = png->len;
  return measured;
}

static int
compare_sizes (const void *a, const void *b)
{
  const Measured *one = a;
  const Measured *other = b;

  return one->png_size > other->png_size ? -1 : one->png_size < other->png_size;
}

static int
compare_doubles (const void *a, const void *b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

static double
part_of (const GArray *all, unsigned n, size_t offset, double part)
{
  double values[DENSEST];

  for (unsigned i = 0; i < n; i++)
    values[i] = *(const double *) (const void *) ((const char *) &g_array_index (all, Measured, i) +
                                                  offset);
  qsort (values, n, sizeof (double), compare_doubles);
  return values[MIN ((unsigned) (part * n), n - 1)];
}

static void
measure_zoom (const VolantDrawing *drawing, VolantPoint at, unsigned zoom)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Measured));
  VolantDrawingPoint centre = volant_drawing_project (at);
  double paint, decode;

  for (int dy = -AROUND; dy <= AROUND; dy++)
    for (int dx = -AROUND; dx <= AROUND; dx++)
      {
        VolantTile tile = { zoom, (centre.x >> (32 - zoom)) + (unsigned) dx,
                            (centre.y >> (32 - zoom)) + (unsigned) dy, 256, 1 };
        Measured measured = measure (drawing, &tile);

        g_array_append_val (all, measured);
      }
  g_array_sort (all, compare_sizes);
  paint = part_of (all, DENSEST, offsetof (Measured, paint_ms), 0.5);
  decode = part_of (all, DENSEST, offsetof (Measured, decode_ms), 0.5);
  g_print ("z%u, the %u busiest tiles: paint %.2f ms (p95 %.2f), decode PNG %.2f ms, ratio %.2f\n",
           zoom, DENSEST, paint, part_of (all, DENSEST, offsetof (Measured, paint_ms), 0.95), decode,
           paint / decode);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCity) city = argc >= 2 ? volant_city_open (argv[1], &error) : NULL;
  g_autoptr (VolantDrawing) drawing = NULL;
  VolantPoint at;

  if (city != NULL)
    drawing = volant_drawing_open (volant_city_get_file (city), &error);
  if (drawing == NULL)
    {
      g_printerr ("tiles: %s\n", error != NULL ? error->message : "usage: tiles CITY [LAT,LON]");
      return 2;
    }
  at = volant_city_get_info (city)->start;
  if (argc >= 3 && !volant_point_parse (argv[2], &at, &error))
    {
      g_printerr ("tiles: %s\n", error->message);
      return 2;
    }
  for (unsigned zoom = 12; zoom <= 18; zoom++)
    measure_zoom (drawing, at, zoom);
  return EXIT_SUCCESS;
}
