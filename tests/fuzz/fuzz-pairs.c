/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/routing/pairs.h"

#include <string.h>

/* Lists of pairs as people and programs write them. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pairs = volant_pairs_parse ((const char *) data, size, &error);

  g_assert_true ((pairs == NULL) == (error != NULL));
  for (unsigned i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const VolantPair *pair = &g_array_index (pairs, VolantPair, i);

      g_assert_true (volant_point_is_valid (pair->from) && volant_point_is_valid (pair->to));
      g_assert_cmpuint (pair->line, >, 0);
    }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char *const seeds[] = {
    "48.8443 2.3744 48.8584 2.2945\n",
    "# pairs\r\n48.8443,2.3744,48.8584,2.2945 # Tour Eiffel\r\n\r\n-90 -180 90 180",
    "1e1 2E-1 +3 .5\n\t1;2;3;4\n",
    "48.8 nan 1 2\n",
    "1 2 3\n",
    "1 2 3 4 5\n",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (seeds); i++)
    add (seeds[i], strlen (seeds[i]), user_data);
}
