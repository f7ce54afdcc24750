/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

#define VOLANT_HOUSE_MAX_SUFFIX 8

/* "12", "12 bis", "12b". */
typedef struct {
  uint32_t number;
  char suffix[VOLANT_HOUSE_MAX_SUFFIX]; /* folded, "" for none */
} VolantHouseNumber;

/* Reads a house number as it stands on a door: digits, then at most one short word. False for
 * anything else ("A12", "", "12-14"). */
bool volant_house_number_parse (const char *text, VolantHouseNumber *house);

/* Reads a house number at the beginning of a list of folded words (at_end: at its end); n_words
 * gets how many it takes. False where there is none. A five-digit number is a postal code. */
bool volant_house_number_find (char **words, unsigned n, bool at_end, VolantHouseNumber *house,
                               unsigned *n_words);

/* The suffix that registers write for another: "b" for "bis" and back; NULL for none. */
const char *volant_house_number_other_suffix (const char *suffix);

G_END_DECLS
