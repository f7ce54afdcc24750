/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Names as they are compared: lower case, no accents, words parted by one space. */

G_BEGIN_DECLS

/* "Rue de l'Étoile" → "rue de l etoile", "Cœur" → "coeur", "上海路12号" → "上海路 12 号" (transfer
 * full). Chinese characters that stand together stay one word. text must be UTF-8. */
char *volant_fold (const char *text);

/* A word of Chinese characters. */
bool volant_fold_is_han (const char *word);

/* The words under which a folded text is found, appended to words with spaces between: each word,
 * what it is short for, of Chinese each character and each pair of neighbours. */
void volant_fold_add_words (const char *folded, GString *words);

/* What a word is short for ("bd" → "boulevard"; "st" → "saint", "street"): NULL-terminated, NULL
 * where it is no abbreviation. */
const char *const *volant_fold_expand (const char *word);

/* Kinds of street and small words, which a person leaves out: "rue", "de", "la". */
bool volant_fold_is_filler (const char *word);

/* The folded text without fillers, abbreviations written out; the whole text where nothing else is
 * there (transfer full). Two names of the same street have the same core. */
char *volant_fold_core (const char *folded);
/* The same with kinds of street kept: what tells "rue de la Paix" from "place de la Paix". */
char *volant_fold_key (const char *folded);

G_END_DECLS
