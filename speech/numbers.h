/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Whole numbers 0 to 999 as words, in the languages of the catalogues. Pure. */

G_BEGIN_DECLS

/* Lists in the catalogue's own notation, the last of which is <number>; English where the language
 * is another. NULL-terminated pairs: name, phrases. */
const char *const *volant_numbers_get_lists (const char *language);

/* The value of folded words that <number> accepts; -1 where they are none. */
int volant_numbers_parse (const char *language, const char *words);

G_END_DECLS
