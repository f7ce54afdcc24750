/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/style.h"

#include <math.h>

/* The style sheet as GTK gets it: lengths for real panels, contrast of the colours by day and night.
 * Needs no display. Contrast is WCAG 2.1's relative luminance. */

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green)
         + 0.0722 * linear (colour->blue);
}

static double
contrast (const char *sheet, const char *first, const char *second)
{
  const char *names[] = { first, second };
  double light[2];

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("@define-color %s (#[0-9A-Fa-f]{6});", names[i]);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *value = NULL;
      GdkRGBA colour;

      g_assert_true (g_regex_match (regex, sheet, 0, &match));
      value = g_match_info_fetch (match, 1);
      g_assert_true (gdk_rgba_parse (&colour, value));
      light[i] = luminance (&colour);
    }
  return (MAX (light[0], light[1]) + 0.05) / (MIN (light[0], light[1]) + 0.05);
}

static void
test_contrast (void)
{
  static const struct {
    const char *text;
    const char *ground;
  } texts[] = {
    { "text", "ground" },       { "text", "surface" },       { "text", "raised" },
    { "text", "pressed" },      { "text", "notice" },        { "text", "listening" },
    { "secondary", "ground" },  { "secondary", "surface" },  { "secondary", "listening" },
    { "accent", "accent_soft" }, { "on_accent", "accent" },  { "on_guidance", "guidance" },
    { "on_guidance_secondary", "guidance" },                 { "warn", "surface" },
    { "bad", "surface" },       { "bad", "raised" },         { "good", "surface" },
    { "on_listening", "listening_strong" },
  };

  for (int night = 0; night < 2; night++)
    {
      g_autofree char *sheet = volant_style_compile ("", 149.0, night);
      double least = night ? 5.0 : 4.5;

      for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          double ratio = contrast (sheet, texts[i].text, texts[i].ground);

          g_test_message ("%s: %s on %s %.2f", night ? "night" : "day", texts[i].text,
                          texts[i].ground, ratio);
          g_assert_cmpfloat (ratio, >=, least);
        }
      g_assert_cmpfloat (contrast (sheet, "accent", "surface"), >=, 3.0);
      g_assert_cmpfloat (contrast (sheet, "outline", "surface"), >=, 3.0);
    }
}

static void
test_lengths (void)
{
  g_autofree char *large = volant_style_compile ("a { b: 76dp; c: 1target; d: -4dp 0; }", 149.0, true);
  g_autofree char *small = volant_style_compile ("c: 1target; e: 24dp; f: 1dp;", 133.0, true);
  g_autofree char *coarse = volant_style_compile ("c: 1target;", 96.0, true);

  g_assert_nonnull (strstr (large, "a { b: 71px; c: 71px; d: -4px 0; }"));
  g_assert_nonnull (strstr (small, "c: 64px; e: 20px; f: 1px;"));
  g_assert_nonnull (strstr (coarse, "c: 60px;"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/style/contrast", test_contrast);
  g_test_add_func ("/style/lengths", test_lengths);
  return g_test_run ();
}
