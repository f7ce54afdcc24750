/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/tour/targets.h"

#include <string.h>

static GArray *
parse (const char *text, GError **error)
{
  return volant_targets_parse (text, strlen (text), error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) targets =
    parse ("name,target,station_id\r\nPort, 3 , p-1\n\"Rue, 7\",0,\"q\"\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (targets->len, ==, 2);
  g_assert_cmpstr (g_array_index (targets, VolantStationTarget, 0).station, ==, "p-1");
  g_assert_cmpuint (g_array_index (targets, VolantStationTarget, 0).cars, ==, 3);
  g_assert_cmpuint (g_array_index (targets, VolantStationTarget, 1).line, ==, 3);
}

static void
test_refusals (void)
{
  static const struct {
    const char *text;
    int code;
    const char *words;
  } cases[] = {
    { "", VOLANT_MAPS_ERROR_EMPTY, "no target" },
    { "station_id,target\n", VOLANT_MAPS_ERROR_EMPTY, "no target" },
    { "42,3\n", VOLANT_MAPS_ERROR_UNSUPPORTED, "first line" },
    { "station_id,target\n42,nan\n", VOLANT_MAPS_ERROR_INVALID, "line 2: " },
    { "station_id,target\n42,3\n43,-1\n", VOLANT_MAPS_ERROR_INVALID, "line 3: " },
    { "station_id,target\n42,1.5\n", VOLANT_MAPS_ERROR_INVALID, "“1.5”" },
    { "station_id,target\n42,\n", VOLANT_MAPS_ERROR_INVALID, "line 2: " },
    { "station_id,target\n42,100001\n", VOLANT_MAPS_ERROR_INVALID, "100001" },
    { "station_id,target\n42,99999999999999999999\n", VOLANT_MAPS_ERROR_INVALID, "line 2: " },
    { "station_id,target\n,3\n", VOLANT_MAPS_ERROR_INVALID, "no station" },
    { "station_id,target\n42,3\n42,3\n", VOLANT_MAPS_ERROR_INVALID, "twice" },
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
  g_test_add_func ("/targets/good", test_good);
  g_test_add_func ("/targets/refusals", test_refusals);
  return g_test_run ();
}
