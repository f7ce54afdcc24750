/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/hearing.h"

#include <string.h>

/* What was made of one utterance. The public structure is the head of a counted one. */

typedef struct {
  VolantHearing hearing;
  int references;
} CountedHearing;

VolantHearing *
volant_hearing_new (const char *note)
{
  CountedHearing *counted = g_new0 (CountedHearing, 1);

  counted->references = 1;
  counted->hearing.words = g_strdup ("");
  counted->hearing.note = g_strdup (note);
  counted->hearing.decision = VOLANT_HEARING_REJECT;
  counted->hearing.same_named = g_new0 (char *, 1);
  counted->hearing.parameters =
      g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0));
  return &counted->hearing;
}

VolantHearing *
volant_hearing_ref (VolantHearing *hearing)
{
  g_atomic_int_inc (&((CountedHearing *) hearing)->references);
  return hearing;
}

void
volant_hearing_unref (VolantHearing *hearing)
{
  CountedHearing *counted = (CountedHearing *) hearing;

  if (!g_atomic_int_dec_and_test (&counted->references))
    return;
  g_free (hearing->words);
  g_free (hearing->action);
  g_clear_pointer (&hearing->parameters, g_variant_unref);
  g_strfreev (hearing->same_named);
  g_free (hearing->note);
  g_free (counted);
}
