/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "app/script/script.h"

#include <string.h>

/* Scripts as people write them: read, variables put in, conditions tried. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (VolantScript) script
      = volant_script_parse ("fuzz", (const char *) data, (gssize) size, NULL);
  g_autoptr (GHashTable) variables = g_hash_table_new (g_str_hash, g_str_equal);

  if (script == NULL)
    return 0;
  g_hash_table_insert (variables, (char *) "station", (char *) "Gare Centrale");
  for (unsigned i = 0; i < volant_script_get_n_steps (script); i++)
    {
      const VolantStep *step = volant_script_get_step (script, i);
      const char *value = step->condition.value;

      for (unsigned j = 0; step->words != NULL && step->words[j] != NULL; j++)
        g_free (volant_script_expand (step->words[j], variables, NULL));
      if (step->kind != VOLANT_STEP_WAIT && step->kind != VOLANT_STEP_EXPECT)
        continue;
      volant_condition_holds (&step->condition, value, "30");
      volant_condition_holds (&step->condition, value, NULL);
    }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char *const seeds[] = {
    "# a trip\nset station \"Gare Centrale\"\nrecord trip\nstart --size 800x480 --language en\n"
    "say \"take me to ${station}\" voice en-us\nwait until question contains \"Gare\" within 20 s\n"
    "tap answer-yes\ntype search-entry \"rue de la\"\nexpect text \"min\" on trip-card\n"
    "wait until Vehicle.Speed > 30\nexpect no question\nscreenshot driving\nresize 800x480\n",
    "start\ndo drive.set-rate 20\nwait until media.muted\nexpect media.volume <= 35\n",
    "start\nexpect no text \"Erreur ${x}\"\nwait until language is not zh\nkey Return\n",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (seeds); i++)
    add (seeds[i], strlen (seeds[i]), user_data);
}
