/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/house-number.h"

#include "maps/places/fold.h"

#include <string.h>

/* French numbers repeat with bis, ter, quater; other countries add letters; Chinese ones end in 号.
 */

#define MAX_DIGITS 4

static const char *const pairs[][2] = { { "bis", "b" }, { "ter", "t" }, { "quater", "q" } };

static bool
is_suffix_word (const char *word)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (word, pairs[i][0]) == 0)
      return true;
  return g_ascii_isalpha (word[0]) && word[1] == '\0';
}

/* "12", "12b", "12bis": digits and a suffix in one word. */
static bool
parse_word (const char *word, VolantHouseNumber *house)
{
  unsigned n_digits = 0;

  house->number = 0;
  for (; g_ascii_isdigit (word[n_digits]) && n_digits <= MAX_DIGITS; n_digits++)
    house->number = house->number * 10 + (uint32_t) (word[n_digits] - '0');
  if (n_digits == 0 || n_digits > MAX_DIGITS)
    return false;
  if (word[n_digits] != '\0' && !is_suffix_word (word + n_digits))
    return false;
  g_strlcpy (house->suffix, word + n_digits, sizeof house->suffix);
  return true;
}

bool
volant_house_number_parse (const char *text, VolantHouseNumber *house)
{
  g_autofree char *folded = volant_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", 4);
  unsigned n = g_strv_length (words);
  unsigned n_taken;

  return strpbrk (text, "-/+") == NULL &&
         volant_house_number_find (words, n, false, house, &n_taken) && n_taken == n;
}

bool
volant_house_number_find (char **words, unsigned n, bool at_end, VolantHouseNumber *house,
                          unsigned *n_words)
{
  unsigned n_tail = 0;

  if (at_end && n > 0 && strcmp (words[n - 1], "号") == 0)
    n_tail = 1;
  for (unsigned n_taken = 2; n_taken >= 1; n_taken--)
    {
      unsigned first;

      if (n_taken + n_tail > n)
        continue;
      first = at_end ? n - n_tail - n_taken : 0;
      if (!parse_word (words[first], house))
        continue;
      if (n_taken == 2 &&
          (house->suffix[0] != '\0' ||
           !is_suffix_word (words[first + 1])
           /* "12 a rue …": a letter alone may be a word of the name; then one word is taken. */
           || (!at_end && n > 2 && volant_fold_is_filler (words[first + 1]))))
        continue;
      if (n_taken == 2)
        g_strlcpy (house->suffix, words[first + 1], sizeof house->suffix);
      if (!at_end && n > n_taken && strcmp (words[n_taken], "号") == 0)
        n_tail = 1;
      *n_words = n_taken + n_tail;
      return true;
    }
  return false;
}

const char *
volant_house_number_other_suffix (const char *suffix)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (unsigned j = 0; j < 2; j++)
      if (strcmp (suffix, pairs[i][j]) == 0)
        return pairs[i][1 - j];
  return NULL;
}
