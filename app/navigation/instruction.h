/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/navigation/prompt.h"

/* Sentences for manoeuvres and prompts, in "en", "fr" or "zh". French says vous; Chinese puts the
 * distance first and uses its own punctuation. No full stop at the end: they are shown as lines. */

G_BEGIN_DECLS

/* "Turn left onto Rue de Rivoli" (transfer full). */
char *volant_instruction_text (const VolantManoeuvre *manoeuvre, const char *language);

/* The least that is clear when one sees the place: "Turn left", "Take the third exit". */
char *volant_instruction_short (const VolantManoeuvre *manoeuvre, const char *language);

/* What is said for a prompt: "In 400 metres, turn left onto Rue de Rivoli, then turn right". */
char *volant_instruction_prompt (const VolantPrompt *prompt, const char *language);

/* The sentence with the distance before it; without it where the place is here. */
char *volant_instruction_at (const VolantManoeuvre *manoeuvre, double distance_m,
                             const char *language);

/* A distance as one says it: tenths of a kilometre from 1,000 m on, else steps of 50 m, below 100 m
 * of 10 m; words for the unit, figures for the number: "400 metres", "1,2 kilomètre". */
char *volant_instruction_distance (const char *language, double distance_m);

G_END_DECLS
