/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/routing/stops/points.h"

#include <string.h>

/* Lists of points as people and programs write them. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points = volant_points_parse ((const char *) data, size, &error);

  g_assert_true ((points == NULL) == (error != NULL));
  for (unsigned i = 0; points != NULL && i < points->len; i++)
    {
      const VolantNamedPoint *point = &g_array_index (points, VolantNamedPoint, i);

      g_assert_true (volant_point_is_valid (point->point));
      g_assert_true (g_utf8_validate (point->name, -1, NULL));
      g_assert_cmpuint (point->line, >, 0);
    }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char *const seeds[] = {
    "48.8443 2.3744\n",
    "# points\r\n48.8443,2.3744,Gare de Lyon # here\r\n\r\n-90 -180",
    "1e1;2E-1\ta name of words \n",
    "48.8 nan\n",
    "48.8\n",
    "91 2\n",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (seeds); i++)
    add (seeds[i], strlen (seeds[i]), user_data);
}
