/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/station-pill.h"

#include "ui/map/paint.h"

/* State is told by form and number, colour only repeats it: filled where there is something, hollow
 * when empty, crossed out when closed, a bolt where it charges, a second edge for a cluster. */

#define HEIGHT_PX 28.0
#define TIP_PX 7.0
#define MARGIN_PX 2.0
#define CHOSEN_GROWTH 1.35

VolantStationPill
volant_station_pill_of (const VolantStation *station, VolantStationNeed need, bool is_chosen)
{
  bool is_open = station->is_installed && (need == VOLANT_STATION_SHOWS_CARS
                                               ? station->is_renting
                                               : station->is_returning);

  return (VolantStationPill) {
    .number = need == VOLANT_STATION_SHOWS_CARS ? station->cars_available
                                                : station->docks_available,
    .has_bolt = station->has_charging,
    .is_closed = !is_open,
    .is_chosen = is_chosen,
  };
}

static double
body_width (const VolantStationPill *pill)
{
  double digits = pill->number >= 100 ? 3.0 : (pill->number >= 10 ? 2.0 : 1.0);

  return 20.0 + digits * 9.0 + (pill->has_bolt ? 11.0 : 0.0);
}

void
volant_station_pill_measure (const VolantStationPill *pill, float *width_px, float *height_px)
{
  double growth = pill->is_chosen ? CHOSEN_GROWTH : 1.0;

  *width_px = (float) ((body_width (pill) + 2.0 * MARGIN_PX) * growth);
  *height_px = (float) ((HEIGHT_PX + TIP_PX + 2.0 * MARGIN_PX) * growth);
}

static void
outline (cairo_t *cr, double width, double inset)
{
  double radius = (HEIGHT_PX - 2.0 * inset) / 2.0;
  double middle = width / 2.0;
  double bottom = HEIGHT_PX - inset;

  cairo_new_sub_path (cr);
  cairo_arc (cr, width - inset - radius, HEIGHT_PX / 2.0, radius, -G_PI_2, G_PI_2);
  cairo_line_to (cr, middle + 5.5, bottom);
  cairo_line_to (cr, middle, bottom + TIP_PX);
  cairo_line_to (cr, middle - 5.5, bottom);
  cairo_arc (cr, inset + radius, HEIGHT_PX / 2.0, radius, G_PI_2, 3.0 * G_PI_2);
  cairo_close_path (cr);
}

static void
bolt (cairo_t *cr, double x, double y)
{
  cairo_move_to (cr, x + 6.0, y);
  cairo_line_to (cr, x, y + 8.5);
  cairo_line_to (cr, x + 3.6, y + 8.5);
  cairo_line_to (cr, x + 2.2, y + 15.0);
  cairo_line_to (cr, x + 8.4, y + 6.0);
  cairo_line_to (cr, x + 4.7, y + 6.0);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
cross (cairo_t *cr, double x, double y)
{
  cairo_set_line_width (cr, 2.6);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, x - 5.0, y - 5.0);
  cairo_line_to (cr, x + 5.0, y + 5.0);
  cairo_move_to (cr, x + 5.0, y - 5.0);
  cairo_line_to (cr, x - 5.0, y + 5.0);
  cairo_stroke (cr);
}

static void
write_number (cairo_t *cr, const VolantStationPill *pill, GtkWidget *widget, double x, double y)
{
  g_autofree char *text =
      pill->number >= 0 ? g_strdup_printf ("%d", pill->number) : g_strdup ("?");
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  PangoFontDescription *font = pango_font_description_from_string ("Inter Medium");
  PangoRectangle extents;

  pango_font_description_set_absolute_size (font, 16.0 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  cairo_move_to (cr, x - extents.width / 2.0 - extents.x, y - extents.height / 2.0 - extents.y);
  pango_cairo_show_layout (cr, layout);
}

static void
paint_body (cairo_t *cr, const VolantStationPill *pill, const VolantMapStyle *style, double width)
{
  bool is_hollow = pill->is_closed || pill->number == 0;
  uint32_t filled = pill->is_chosen ? style->accent : style->station;
  uint32_t edge = pill->is_closed ? style->text_quiet : (is_hollow ? style->accent : filled);

  if (pill->is_cluster)
    {
      volant_paint_rounded (cr, 4.0, -2.0, width - 8.0, HEIGHT_PX, HEIGHT_PX / 2.0);
      volant_paint_set_colour (cr, style->surface);
      cairo_fill_preserve (cr);
      cairo_set_line_width (cr, 1.5);
      volant_paint_set_colour (cr, edge);
      cairo_stroke (cr);
    }
  outline (cr, width, 0.0);
  volant_paint_set_colour (cr, style->surface);
  cairo_fill (cr);
  outline (cr, width, is_hollow ? 2.6 : 1.6);
  volant_paint_set_colour (cr, edge);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 2.0);
  if (is_hollow)
    cairo_stroke (cr);
  else
    cairo_fill (cr);
}

/* Paints it for the scale and fonts of widget (transfer full). */
GdkTexture *
volant_station_pill_paint (const VolantStationPill *pill, const VolantMapStyle *style,
                           GtkWidget *widget)
{
  int scale = gtk_widget_get_scale_factor (widget);
  double growth = pill->is_chosen ? CHOSEN_GROWTH : 1.0;
  bool is_hollow = pill->is_closed || pill->number == 0;
  double width = body_width (pill);
  double middle = width / 2.0 + (pill->has_bolt ? 5.0 : 0.0);
  cairo_surface_t *surface;
  cairo_t *cr;
  float all_width, all_height;

  volant_station_pill_measure (pill, &all_width, &all_height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) (all_width * scale + 0.99f),
                                        (int) (all_height * scale + 0.99f));
  cr = cairo_create (surface);
  cairo_scale (cr, scale * growth, scale * growth);
  cairo_translate (cr, MARGIN_PX, MARGIN_PX);
  paint_body (cr, pill, style, width);
  if (is_hollow)
    volant_paint_set_colour (cr, pill->is_closed ? style->text_quiet : style->accent);
  else
    volant_paint_set_colour (cr, pill->is_chosen ? style->on_accent : style->on_station);
  if (pill->has_bolt)
    bolt (cr, 9.0, 6.5);
  if (pill->is_closed)
    cross (cr, middle, HEIGHT_PX / 2.0);
  else
    write_number (cr, pill, widget, middle, HEIGHT_PX / 2.0);
  cairo_destroy (cr);
  return volant_paint_take_texture (surface);
}
