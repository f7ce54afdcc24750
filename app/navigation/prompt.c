/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/prompt.h"

/* A prompt owns what it tells of, so that it may wait in a queue while the route is replaced. */

G_DEFINE_BOXED_TYPE (VolantPrompt, volant_prompt, volant_prompt_copy, volant_prompt_free)

static VolantManoeuvre
copy_manoeuvre (const VolantManoeuvre *manoeuvre)
{
  VolantManoeuvre copy = *manoeuvre;

  copy.street = g_strdup (manoeuvre->street);
  copy.ref = g_strdup (manoeuvre->ref);
  copy.destination = g_strdup (manoeuvre->destination);
  return copy;
}

static void
clear_manoeuvre (VolantManoeuvre *manoeuvre)
{
  g_free (manoeuvre->street);
  g_free (manoeuvre->ref);
  g_free (manoeuvre->destination);
}

VolantPrompt *
volant_prompt_new (VolantPromptKind kind, const VolantManoeuvre *manoeuvre, double distance_m,
                   const VolantManoeuvre *then)
{
  VolantPrompt *prompt = g_new0 (VolantPrompt, 1);

  prompt->kind = kind;
  prompt->distance_m = distance_m;
  prompt->manoeuvre = copy_manoeuvre (manoeuvre);
  prompt->has_then = then != NULL;
  if (then != NULL)
    prompt->then = copy_manoeuvre (then);
  return prompt;
}

VolantPrompt *
volant_prompt_copy (const VolantPrompt *prompt)
{
  return volant_prompt_new (prompt->kind, &prompt->manoeuvre, prompt->distance_m,
                            prompt->has_then ? &prompt->then : NULL);
}

void
volant_prompt_free (VolantPrompt *prompt)
{
  if (prompt == NULL)
    return;
  clear_manoeuvre (&prompt->manoeuvre);
  if (prompt->has_then)
    clear_manoeuvre (&prompt->then);
  g_free (prompt);
}
