/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/fold.h"

#include <string.h>

/* Folding is Unicode's compatibility decomposition without its marks (as SQLite's unicode61 with
 * remove_diacritics 2, but also for text that SQLite never sees), and a table of letters that do
 * not decompose. */

static const struct {
  gunichar letter;
  const char *folded;
} letters[] = {
  { 0x00df, "ss" }, { 0x00e6, "ae" }, { 0x00f8, "o" }, { 0x00f0, "d" },  { 0x00fe, "th" },
  { 0x0111, "d" },  { 0x0131, "i" },  { 0x0142, "l" }, { 0x0153, "oe" },
};

static const struct {
  const char *word;
  const char *meant[3];
} abbreviations[] = {
  { "all", { "allee" } },
  { "av", { "avenue" } },
  { "ave", { "avenue" } },
  { "bd", { "boulevard" } },
  { "bld", { "boulevard" } },
  { "blvd", { "boulevard" } },
  { "boul", { "boulevard" } },
  { "bvd", { "boulevard" } },
  { "cap", { "capitaine" } },
  { "cdt", { "commandant" } },
  { "che", { "chemin" } },
  { "chem", { "chemin" } },
  { "col", { "colonel" } },
  { "crs", { "cours" } },
  { "dr", { "docteur", "drive" } },
  { "fb", { "faubourg" } },
  { "faub", { "faubourg" } },
  { "fbg", { "faubourg" } },
  { "fg", { "faubourg" } },
  { "gal", { "general" } },
  { "gen", { "general" } },
  { "gd", { "grand" } },
  { "gde", { "grande" } },
  { "imp", { "impasse" } },
  { "lt", { "lieutenant" } },
  { "mal", { "marechal" } },
  { "mar", { "marechal" } },
  { "nd", { "notre" } },
  { "pas", { "passage" } },
  { "pl", { "place" } },
  { "pres", { "president" } },
  { "pdt", { "president" } },
  { "prof", { "professeur" } },
  { "pte", { "porte" } },
  { "qu", { "quai" } },
  { "r", { "rue" } },
  { "rd", { "road" } },
  { "rte", { "route" } },
  { "sq", { "square" } },
  { "st", { "saint", "street" } },
  { "ste", { "sainte" } },
  { "str", { "strasse" } },
};

static const char *const street_kinds[] = {
  "allee",   "avenue", "boulevard", "chemin",  "cours",    "esplanade", "impasse", "lane",
  "passage", "place",  "quai",      "road",    "rond",     "route",     "rue",     "ruelle",
  "sentier", "square", "street",    "strasse", "traverse", "via",       "villa",   "voie",
};

static const char *const small_words[] = {
  "a",  "au", "aux", "d",  "de", "del", "della", "des",
  "du", "et", "l",   "la", "le", "les", "of",    "the",
};

static bool
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

static void
append_letter (GString *folded, gunichar c)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == c)
      {
        g_string_append (folded, letters[i].folded);
        return;
      }
  g_string_append_unichar (folded, c);
}

char *
volant_fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *folded = g_string_new (NULL);
  bool was_han = false;

  for (const char *at = decomposed; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (at));
      bool han = is_han (c);
      bool is_inside = folded->len > 0 && folded->str[folded->len - 1] != ' ';

      if (g_unichar_ismark (c))
        continue;
      if (!g_unichar_isalnum (c))
        {
          if (is_inside)
            g_string_append_c (folded, ' ');
          continue;
        }
      if (han != was_han && is_inside)
        g_string_append_c (folded, ' ');
      was_han = han;
      append_letter (folded, c);
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}

bool
volant_fold_is_han (const char *word)
{
  return is_han (g_utf8_get_char (word));
}

const char *const *
volant_fold_expand (const char *word)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (abbreviations); i++)
    if (strcmp (abbreviations[i].word, word) == 0)
      return abbreviations[i].meant;
  return NULL;
}

static void
add_han (const char *word, GString *words)
{
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *next = g_utf8_next_char (at);

      g_string_append_c (words, ' ');
      g_string_append_len (words, at, next - at);
      if (*next == '\0')
        continue;
      g_string_append_c (words, ' ');
      g_string_append_len (words, at, g_utf8_next_char (next) - at);
    }
}

void
volant_fold_add_words (const char *folded, GString *words)
{
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      const char *const *meant = volant_fold_expand (parts[i]);

      if (volant_fold_is_han (parts[i]))
        {
          add_han (parts[i], words);
          continue;
        }
      g_string_append_printf (words, " %s", parts[i]);
      for (unsigned j = 0; meant != NULL && meant[j] != NULL; j++)
        g_string_append_printf (words, " %s", meant[j]);
    }
}

static bool
is_one_of (const char *word, const char *const *list, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (strcmp (word, list[i]) == 0)
      return true;
  return false;
}

bool
volant_fold_is_filler (const char *word)
{
  return is_one_of (word, street_kinds, G_N_ELEMENTS (street_kinds)) ||
         is_one_of (word, small_words, G_N_ELEMENTS (small_words));
}

static char *
join_words (const char *folded, bool drop_kinds)
{
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  GString *core = g_string_new (NULL);

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      const char *const *meant = volant_fold_expand (parts[i]);
      const char *word = meant != NULL ? meant[0] : parts[i];

      if (is_one_of (word, small_words, G_N_ELEMENTS (small_words)) ||
          (drop_kinds && volant_fold_is_filler (word)))
        continue;
      g_string_append_printf (core, "%s%s", core->len > 0 ? " " : "", word);
    }
  if (core->len == 0)
    g_string_assign (core, folded);
  return g_string_free (core, FALSE);
}

char *
volant_fold_core (const char *folded)
{
  return join_words (folded, true);
}

char *
volant_fold_key (const char *folded)
{
  return join_words (folded, false);
}
