/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/routing/stops/points.h"

#include <string.h>

static GArray *
parse (const char *text, GError **error)
{
  return volant_points_parse (text, strlen (text), error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points =
    parse ("# stations\n48.5,2.25, Gare de Lyon \r\n\n  -1 -2 # nowhere\n3;4", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (points->len, ==, 3);
  g_assert_cmpint (g_array_index (points, VolantNamedPoint, 0).point.lat_e7, ==, 485000000);
  g_assert_cmpint (g_array_index (points, VolantNamedPoint, 0).point.lon_e7, ==, 22500000);
  g_assert_cmpstr (g_array_index (points, VolantNamedPoint, 0).name, ==, "Gare de Lyon");
  g_assert_cmpuint (g_array_index (points, VolantNamedPoint, 1).line, ==, 4);
  g_assert_cmpstr (g_array_index (points, VolantNamedPoint, 1).name, ==, "");
  g_assert_cmpint (g_array_index (points, VolantNamedPoint, 2).point.lon_e7, ==, 40000000);
}

static void
test_refusals (void)
{
  static const struct {
    const char *text;
    int code;
    const char *words;
  } cases[] = {
    { "", VOLANT_MAPS_ERROR_EMPTY, "no point" },
    { "# only words\n", VOLANT_MAPS_ERROR_EMPTY, "no point" },
    { "1 2\nhere\n", VOLANT_MAPS_ERROR_INVALID, "line 2: the latitude" },
    { "48.8\n", VOLANT_MAPS_ERROR_INVALID, "line 1: the longitude" },
    { "48.8 nan\n", VOLANT_MAPS_ERROR_INVALID, "longitude" },
    { "nan 2\n", VOLANT_MAPS_ERROR_INVALID, "latitude" },
    { "91 2\n", VOLANT_MAPS_ERROR_INVALID, "latitude" },
    { "1 181\n", VOLANT_MAPS_ERROR_INVALID, "longitude" },
    { "1 2x\n", VOLANT_MAPS_ERROR_INVALID, "longitude" },
    { "1 2 \xff\n", VOLANT_MAPS_ERROR_INVALID, "UTF-8" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/points/good", test_good);
  g_test_add_func ("/points/refusals", test_refusals);
  return g_test_run ();
}
