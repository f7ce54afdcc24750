/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/script/script.h"

/* Plays a script on a stage of its own, step by step, and tells on standard output how each came out. */

G_BEGIN_DECLS

typedef struct {
  const char *output;           /* existing folder for pictures, sound and the program's words */
  const char *const *arguments; /* for the program, before those of "start" */
  GHashTable *variables;        /* name → value; wins over "set"; may be NULL */
  bool keep_going;              /* after a step that failed */
  bool show;                    /* on the display there is */
} VolantScriptOptions;

/* Returns how many steps failed, -1 with an error where the stage could not be set. */
int volant_script_play (const VolantScript *script, const VolantScriptOptions *options,
                        GError **error);

G_END_DECLS
