/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/style.h"

#include <math.h>
#include <string.h>

/* GTK 4.8 has neither custom properties nor physical lengths in its style sheets: the sheet is
 * written in "dp" and "target", and compiled here for one density and one set of colours. */

#define TARGET_MM 12.1 /* 76 dp: Google's sizing for cars */
#define TARGET_FLOOR_PX 60.0
#define MM_PER_INCH 25.4

typedef struct {
  const char *name;
  const char *night;
  const char *day;
} Colour;

/* Contrast of text on ground, surface and raised is at least 5:1 at night and 4.5:1 by day. */
static const Colour colours[] = {
  { "ground", "#0B0E11", "#F4F2EE" },
  { "dock", "#0B0E11", "#F4F2EE" },
  { "surface", "#151A20", "#FFFFFF" },
  { "raised", "#232B34", "#E6E2DA" },
  { "pressed", "#323C48", "#D3CEC4" },
  { "outline", "#5F6D7B", "#86817A" },
  { "text", "#E8EDF2", "#14181C" },
  { "edge", "#3A4653", "#D3CEC4" }, /* of what lies over the map */
  { "secondary", "#9FACB9", "#505A65" },
  { "faint", "#66727F", "#8B8F94" },
  { "accent", "#5AA9FF", "#0B63CE" },
  { "accent_pressed", "#8CC4FF", "#084A9B" },
  { "accent_soft", "#14304D", "#D8E7FA" },
  { "on_accent", "#06131F", "#FFFFFF" },
  { "good", "#4CC38A", "#11734A" },
  { "warn", "#F2B544", "#8A5700" },
  { "bad", "#FF7B72", "#B3261E" },
  { "guidance", "#123A63", "#0B4FA8" },
  { "on_guidance", "#F3F8FE", "#FFFFFF" },
  { "on_guidance_secondary", "#BBD3EC", "#D6E5F8" },
  { "listening", "#0F2E26", "#DCF2E6" },
  { "listening_strong", "#4CC38A", "#11734A" },
  { "on_listening", "#05150E", "#FFFFFF" },
  { "notice", "#2A2415", "#FBEFD3" },
  { "scrim", "alpha(#000000,0.62)", "alpha(#14181C,0.45)" },
};

static struct {
  GtkCssProvider *provider;
  double dpi;
  bool night;
} style = { .dpi = 160.0 };

static double
target_px (double dpi)
{
  return MAX (TARGET_FLOOR_PX, ceil (TARGET_MM / MM_PER_INCH * dpi));
}

static gboolean
on_length (const GMatchInfo *match, GString *result, void *data)
{
  const double dpi = *(const double *) data;
  g_autofree char *number = g_match_info_fetch (match, 1);
  g_autofree char *unit = g_match_info_fetch (match, 2);
  double length = g_ascii_strtod (number, NULL);
  double px = strcmp (unit, "target") == 0 ? length * target_px (dpi) : length * dpi / 160.0;

  /* Whole pixels: edges stay sharp; but a hairline does not vanish. */
  if (length != 0.0)
    px = copysign (MAX (1.0, round (fabs (px))), length);
  g_string_append_printf (result, "%dpx", (int) px);
  return FALSE;
}

char *
volant_style_compile (const char *css, double dpi, bool night)
{
  g_autoptr (GRegex) length = g_regex_new ("(-?[0-9.]+)(dp|target)\\b", G_REGEX_OPTIMIZE, 0, NULL);
  g_autofree char *rules = g_regex_replace_eval (length, css, -1, 0, 0, on_length, &dpi, NULL);
  g_autoptr (GString) sheet = g_string_new (NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (colours); i++)
    g_string_append_printf (sheet, "@define-color %s %s;\n", colours[i].name,
                            night ? colours[i].night : colours[i].day);
  g_string_append (sheet, rules);
  return g_string_free (g_steal_pointer (&sheet), FALSE);
}

static void
load_style (void)
{
  g_autoptr (GBytes) bytes
      = g_resources_lookup_data ("/org/volant/Volant/volant.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *sheet = NULL;

  g_return_if_fail (bytes != NULL && style.provider != NULL);
  sheet = volant_style_compile (g_bytes_get_data (bytes, NULL), style.dpi, style.night);
  gtk_css_provider_load_from_data (style.provider, sheet, -1);
}

void
volant_style_install (GdkDisplay *display, double dpi)
{
  style.dpi = dpi;
  if (style.provider == NULL)
    {
      style.provider = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style.provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_USER);
    }
  load_style ();
}

void
volant_style_set_night (bool night)
{
  if (style.night == night || style.provider == NULL)
    return;
  style.night = night;
  load_style ();
}

int
volant_style_px (double length_dp)
{
  return (int) round (length_dp * style.dpi / 160.0);
}

int
volant_style_target_px (void)
{
  return (int) target_px (style.dpi);
}

double
volant_style_guess_dpi (GdkMonitor *monitor, int width_px, bool kiosk)
{
  GdkRectangle geometry;
  double dpi = 0.0;

  if (kiosk && monitor != NULL && gdk_monitor_get_width_mm (monitor) > 0)
    {
      gdk_monitor_get_geometry (monitor, &geometry);
      dpi = geometry.width * MM_PER_INCH / gdk_monitor_get_width_mm (monitor);
    }
  if (dpi >= 100.0 && dpi <= 400.0)
    return dpi;
  return width_px <= 1024 ? 133.0 : 149.0;
}
