/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/music/pieces.h"

#include <cairo.h>
#include <math.h>

/* A picture for each piece: a sky of two colours and a few plain forms of the town. */

#define SIZE 640.0

typedef struct {
  double r;
  double g;
  double b;
} Colour;

static void
ink (cairo_t *cairo, Colour colour, double alpha)
{
  cairo_set_source_rgba (cairo, colour.r, colour.g, colour.b, alpha);
}

static void
paint_sky (cairo_t *cairo, Colour top, Colour bottom)
{
  cairo_pattern_t *sky = cairo_pattern_create_linear (0, 0, 0, SIZE);

  cairo_pattern_add_color_stop_rgb (sky, 0.0, top.r, top.g, top.b);
  cairo_pattern_add_color_stop_rgb (sky, 1.0, bottom.r, bottom.g, bottom.b);
  cairo_set_source (cairo, sky);
  cairo_paint (cairo);
  cairo_pattern_destroy (sky);
}

static void
disc (cairo_t *cairo, double x, double y, double radius)
{
  cairo_arc (cairo, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cairo);
}

/* Lamps over the water, and their light in it. */
static void
draw_quay (cairo_t *cairo)
{
  paint_sky (cairo, (Colour) { 0.07, 0.10, 0.24 }, (Colour) { 0.93, 0.47, 0.36 });
  ink (cairo, (Colour) { 1.0, 0.82, 0.52 }, 1.0);
  disc (cairo, 430, 330, 92);
  ink (cairo, (Colour) { 0.05, 0.09, 0.20 }, 1.0);
  cairo_rectangle (cairo, 0, 372, SIZE, SIZE - 372);
  cairo_fill (cairo);
  for (int i = 0; i < 15; i++)
    {
      double wide = 170.0 - i * 8.0 + 26.0 * sin (i * 1.9);

      ink (cairo, (Colour) { 1.0, 0.74, 0.45 }, 0.85 - i * 0.05);
      cairo_rectangle (cairo, 430 - wide / 2 + 10.0 * sin (i * 2.3), 384 + i * 17.0, wide, 5.0);
      cairo_fill (cairo);
    }
  for (int i = 0; i < 6; i++)
    {
      double x = 46.0 + i * 58.0;
      double high = 150.0 - i * 15.0;

      ink (cairo, (Colour) { 0.03, 0.05, 0.12 }, 1.0);
      cairo_rectangle (cairo, x - 2, 372 - high, 4, high);
      cairo_fill (cairo);
      ink (cairo, (Colour) { 1.0, 0.93, 0.75 }, 0.18);
      disc (cairo, x, 372 - high, 22.0 - i * 2.0);
      ink (cairo, (Colour) { 1.0, 0.95, 0.82 }, 1.0);
      disc (cairo, x, 372 - high, 7.0 - i * 0.6);
    }
}

/* Sails before a pale morning. */
static void
draw_port (cairo_t *cairo)
{
  paint_sky (cairo, (Colour) { 0.98, 0.86, 0.70 }, (Colour) { 0.62, 0.83, 0.86 });
  ink (cairo, (Colour) { 1, 1, 1 }, 0.75);
  disc (cairo, 190, 210, 76);
  for (int i = 0; i < 5; i++)
    {
      double x = 120.0 + i * 104.0;
      double high = 250.0 - fabs (i - 2.0) * 54.0;
      Colour sails[] = { { 0.91, 0.36, 0.30 }, { 0.98, 0.96, 0.91 }, { 0.14, 0.35, 0.48 } };

      ink (cairo, sails[i % 3], 0.95);
      cairo_move_to (cairo, x, 455 - high);
      cairo_curve_to (cairo, x + high * 0.28, 455 - high * 0.5, x + high * 0.3, 440, x + 4, 440);
      cairo_close_path (cairo);
      cairo_fill (cairo);
      ink (cairo, (Colour) { 0.09, 0.20, 0.28 }, 1.0);
      cairo_arc (cairo, x + 18, 452, 42, 0, G_PI);
      cairo_fill (cairo);
    }
  for (int i = 0; i < 6; i++)
    {
      ink (cairo, (Colour) { 0.13, 0.42, 0.52 }, 0.22 + i * 0.12);
      cairo_move_to (cairo, 0, SIZE);
      for (double x = 0; x <= SIZE; x += 8)
        cairo_line_to (cairo, x, 470.0 + i * 30.0 + 9.0 * sin (x / 62.0 + i * 1.4));
      cairo_line_to (cairo, SIZE, SIZE);
      cairo_fill (cairo);
    }
}

/* Lights that go round. */
static void
draw_ring (cairo_t *cairo)
{
  paint_sky (cairo, (Colour) { 0.06, 0.03, 0.14 }, (Colour) { 0.20, 0.05, 0.30 });
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 17; i++)
    {
      double radius = 70.0 + i * 26.0;
      double from = i * 1.17;
      double reach = 1.2 + fmod (i * 0.73, 2.4);

      ink (cairo, i % 2 == 0 ? (Colour) { 1.0, 0.32, 0.42 } : (Colour) { 0.36, 0.78, 1.0 },
           0.30 + 0.5 * fmod (i * 0.37, 1.0));
      cairo_set_line_width (cairo, 3.0 + fmod (i * 2.9, 9.0));
      cairo_arc (cairo, SIZE / 2, SIZE / 2 + 60, radius, from, from + reach);
      cairo_stroke (cairo);
    }
  ink (cairo, (Colour) { 1.0, 0.87, 0.62 }, 1.0);
  disc (cairo, SIZE / 2, SIZE / 2 + 60, 34);
}

/* Hills behind the rain. */
static void
draw_rain (cairo_t *cairo)
{
  paint_sky (cairo, (Colour) { 0.42, 0.53, 0.60 }, (Colour) { 0.80, 0.85, 0.83 });
  for (int i = 0; i < 5; i++)
    {
      ink (cairo, (Colour) { 0.30 - i * 0.05, 0.45 - i * 0.065, 0.46 - i * 0.06 }, 1.0);
      cairo_move_to (cairo, 0, SIZE);
      for (double x = 0; x <= SIZE; x += 8)
        cairo_line_to (cairo, x, 300.0 + i * 66.0 + 46.0 * sin (x / (150.0 - i * 14.0) + i * 2.1) +
                                     16.0 * sin (x / 47.0 + i));
      cairo_line_to (cairo, SIZE, SIZE);
      cairo_fill (cairo);
    }
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 130; i++)
    {
      double x = fmod (i * 97.31, SIZE + 120.0) - 60.0;
      double y = fmod (i * 61.77, SIZE);

      ink (cairo, (Colour) { 0.95, 0.98, 1.0 }, 0.16 + 0.3 * fmod (i * 0.61, 1.0));
      cairo_set_line_width (cairo, 1.5 + fmod (i * 0.7, 1.6));
      cairo_move_to (cairo, x, y);
      cairo_line_to (cairo, x - 11, y + 30);
      cairo_stroke (cairo);
    }
}

/* Windows of a little train, each with its view. */
static void
draw_tram (cairo_t *cairo)
{
  static const Colour views[] = {
    { 0.98, 0.78, 0.36 }, { 0.94, 0.46, 0.34 }, { 0.25, 0.58, 0.60 }, { 0.98, 0.90, 0.74 },
    { 0.17, 0.33, 0.45 }, { 0.62, 0.76, 0.52 }, { 0.85, 0.58, 0.62 },
  };

  paint_sky (cairo, (Colour) { 0.97, 0.94, 0.88 }, (Colour) { 0.93, 0.88, 0.80 });
  for (int row = 0; row < 5; row++)
    for (int column = 0; column < 5; column++)
      {
        double x = 66.0 + column * 108.0;
        double y = 66.0 + row * 108.0;
        int i = (row * 3 + column * 5 + row * column) % 7;

        cairo_save (cairo);
        cairo_rectangle (cairo, x - 6, y - 6, 88, 88);
        cairo_clip (cairo);
        ink (cairo, views[i], 1.0);
        cairo_paint (cairo);
        ink (cairo, views[(i + 3) % 7], 1.0);
        if ((row + column) % 3 == 0)
          disc (cairo, x + 38, y + 82, 46);
        else if ((row + column) % 3 == 1)
          disc (cairo, x - 6, y - 6, 56);
        else
          {
            cairo_move_to (cairo, x - 6, y + 82);
            cairo_line_to (cairo, x + 82, y + 82);
            cairo_line_to (cairo, x + 82, y - 6);
            cairo_fill (cairo);
          }
        cairo_restore (cairo);
      }
}

/* Roofs, lit windows and the moon. */
static void
draw_night (cairo_t *cairo)
{
  paint_sky (cairo, (Colour) { 0.02, 0.04, 0.12 }, (Colour) { 0.16, 0.24, 0.46 });
  for (int i = 0; i < 70; i++)
    {
      ink (cairo, (Colour) { 1, 1, 1 }, 0.25 + 0.6 * fmod (i * 0.37, 1.0));
      disc (cairo, fmod (i * 83.17, SIZE), fmod (i * 47.9, 330.0), 0.9 + fmod (i * 0.53, 1.3));
    }
  ink (cairo, (Colour) { 0.99, 0.96, 0.86 }, 1.0);
  disc (cairo, 468, 158, 66);
  ink (cairo, (Colour) { 0.05, 0.08, 0.19 }, 1.0);
  disc (cairo, 440, 142, 60);
  for (int layer = 0; layer < 2; layer++)
    for (int i = 0; i < 12; i++)
      {
        double wide = 58.0;
        double x = i * wide - layer * 26.0;
        double high = 120.0 + 90.0 * fmod (i * 0.618 + layer * 0.37, 1.0) + (1 - layer) * 80.0;

        ink (cairo, layer == 0 ? (Colour) { 0.10, 0.16, 0.33 } : (Colour) { 0.04, 0.07, 0.16 }, 1.0);
        cairo_rectangle (cairo, x, SIZE - high, wide - 3, high);
        cairo_fill (cairo);
        for (int k = 0; layer == 1 && k < 12; k++)
          if (fmod (i * 0.71 + k * 0.43, 1.0) < 0.42)
            {
              ink (cairo, (Colour) { 1.0, 0.83, 0.50 }, 0.9);
              cairo_rectangle (cairo, x + 10 + (k % 3) * 14.0, SIZE - high + 16 + (k / 3) * 26.0, 8,
                               13);
              cairo_fill (cairo);
            }
      }
}

static cairo_status_t
on_bytes (void *closure, const unsigned char *bytes, unsigned n)
{
  g_byte_array_append (closure, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
piece_cover (unsigned number)
{
  static void (*const draw[N_PIECES]) (cairo_t *) = {
    draw_quay, draw_port, draw_ring, draw_rain, draw_tram, draw_night,
  };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) SIZE,
                                                         (int) SIZE);
  cairo_t *cairo = cairo_create (surface);
  GByteArray *bytes = g_byte_array_new ();

  draw[number] (cairo);
  cairo_destroy (cairo);
  cairo_surface_write_to_png_stream (surface, on_bytes, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
