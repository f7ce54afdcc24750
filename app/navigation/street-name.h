/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* How a road is named inside a sentence of a language. */

G_BEGIN_DECLS

/* "Rue X", "la rue X", "X": what one follows or joins (transfer full). name or ref may be ""; both
 * empty give NULL. */
char *volant_street_name_plain (const char *language, const char *name, const char *ref);

/* The same after a turn: "Rue X", "dans la rue X", "X" (transfer full, nullable). */
char *volant_street_name_onto (const char *language, const char *name, const char *ref);

/* A destination sign, cut to what one can take in: at most two places, "A 8, Nice" (transfer full,
 * NULL where there is none). */
char *volant_street_name_sign (const char *language, const char *destination);

G_END_DECLS
