/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/routing/tour/targets.h"

#include <string.h>

/* Targets of stations as an operator writes them. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) targets = volant_targets_parse ((const char *) data, size, &error);

  g_assert_true ((targets == NULL) == (error != NULL));
  for (unsigned i = 0; targets != NULL && i < targets->len; i++)
    {
      const VolantStationTarget *target = &g_array_index (targets, VolantStationTarget, i);

      g_assert_cmpstr (target->station, !=, "");
      g_assert_true (g_utf8_validate (target->station, -1, NULL));
      g_assert_cmpuint (target->cars, <=, VOLANT_TARGETS_MOST_CARS);
      g_assert_cmpuint (target->line, >, 1);
    }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char *const seeds[] = {
    "station_id,target\n42,3\nport,0\n",
    "name,target,station_id\r\n\"Rue, 7\",12,\"a\"\"b\"\r\n",
    "station_id,target\n42,3\n42,4\n",
    "station_id,target\n42,-1\n",
    "station_id,target\n42,nan\n43,1e9\n",
    "station_id,target\n",
    "\xef\xbb\xbfstation_id,target\nGare\xe9,7\n",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (seeds); i++)
    add (seeds[i], strlen (seeds[i]), user_data);
}
