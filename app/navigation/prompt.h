/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/route.h"

#include <glib-object.h>

/* Something that guidance says at a place of the route; what words, is said by instruction.h. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_PROMPT_NONE,
  VOLANT_PROMPT_START,   /* a new route begins */
  VOLANT_PROMPT_FAR,     /* the whole sentence, with the distance */
  VOLANT_PROMPT_NEAR,    /* once more, when one can see the place */
  VOLANT_PROMPT_NOW,     /* do it */
  VOLANT_PROMPT_ARRIVED,
} VolantPromptKind;

typedef struct {
  VolantPromptKind kind;
  double distance_m;         /* to the manoeuvre */
  VolantManoeuvre manoeuvre; /* its strings belong to the prompt */
  bool has_then;             /* another one follows closely: say both */
  VolantManoeuvre then;
} VolantPrompt;

#define VOLANT_TYPE_PROMPT (volant_prompt_get_type ())
GType volant_prompt_get_type (void);

/* then: the manoeuvre that follows closely (nullable). Both are copied. */
VolantPrompt *volant_prompt_new (VolantPromptKind kind, const VolantManoeuvre *manoeuvre,
                                 double distance_m, const VolantManoeuvre *then);
VolantPrompt *volant_prompt_copy (const VolantPrompt *prompt);
void volant_prompt_free (VolantPrompt *prompt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantPrompt, volant_prompt_free)

G_END_DECLS
