/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/spoken-name.h"

#include <stdbool.h>
#include <string.h>

/* Operators name stations by a few habits: "Town/Street/Number" (Autolib'), "Place - Town
 * District", "Number, Street, Code Town", "Code - Place", "Street Number". Each rule takes one such
 * part off, and only if letters are left. */

/* A house number, a letter or word behind it included, or the word that Autolib' puts in its place.
 */
#define NUMBER "(?:\\d+\\s*(?:bis|ter|quater|[a-z])?|parking\\s*\\d*)"
#define STREET_TYPE                                                                                \
  "(?:rue|avenue|ave?|boulevard|b[dv]|bvd|place|pl|quai|cours|all[ée]es?|chemin|route|impasse|"   \
  "passage|"                                                                                       \
  "square|villa|voie|esplanade|promenade|street|st|road|rd|lane|via|viale|piazza|calle|plaza|"     \
  "corso)"
#define MONTH                                                                                      \
  "(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]"  \
  "cembre)"
/* After these words a number is part of the name. */
#define NUMBERED                                                                                   \
  "(?:terminal|gate|porte|hall|station|parking|dock|tor|gleis|lot|zone|niveau|level|route|line|"   \
  "ligne)"

static bool
matches (const char *pattern, const char *text)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static bool
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return true;
  return false;
}

static bool
is_number (const char *part)
{
  return matches ("^" NUMBER "$", part);
}

static bool
is_town (const char *part, const char *town)
{
  g_autofree char *folded_part = g_utf8_casefold (part, -1);
  g_autofree char *folded_town = town != NULL ? g_utf8_casefold (town, -1) : NULL;

  return folded_town != NULL && *folded_town != '\0' && strcmp (folded_part, folded_town) == 0;
}

/* "Paris 12", "Lyon 3e", "75012 Paris", "10042": says where, not what. */
static bool
is_district (const char *part, const char *town)
{
  return is_town (part, town) || is_number (part) ||
         matches ("^[\\p{L}' -]+ \\d{1,2}\\s*(?:er?|[èe]me|th|nd|rd|st)?$", part) ||
         matches ("^\\d{4,6}(?:\\s|$)", part) || matches ("^\\d{1,2}(?:er?|[èe]me)$", part) ||
         matches ("^[a-z]{0,3}\\d+$", part);
}

/* Replaces *text where the pattern is found and letters stay. */
static void
take_off (char **text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autofree char *shorter = NULL;

  g_return_if_fail (regex != NULL);
  shorter = g_regex_replace_literal (regex, *text, -1, 0, "", 0, NULL);
  if (shorter == NULL)
    return;
  g_strstrip (shorter);
  if (!has_letter (shorter))
    return;
  g_free (*text);
  *text = g_steal_pointer (&shorter);
}

/* "Town/Street/Number": the parts between. */
static char *
between_slashes (const char *name, const char *town)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  unsigned first = 0;
  unsigned last = g_strv_length (parts);
  g_autoptr (GString) middle = g_string_new (NULL);

  for (unsigned i = 0; i < last; i++)
    g_strstrip (parts[i]);
  if (last > 1 && is_number (parts[last - 1]))
    last--;
  if (last - first > 1 && (is_town (parts[0], town) || g_strv_length (parts) >= 3))
    first++;
  for (unsigned i = first; i < last; i++)
    g_string_append_printf (middle, "%s%s", i > first ? "/" : "", parts[i]);
  return g_string_free (g_steal_pointer (&middle), FALSE);
}

/* "12, rue de Rivoli, 75004 Paris": the first part that says what. */
static char *
between_commas (const char *name, const char *town)
{
  g_auto (GStrv) parts = g_strsplit (name, ",", -1);

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (has_letter (parts[i]) && !is_number (parts[i]) && !is_town (parts[i], town))
        return g_strdup (parts[i]);
    }
  return g_strdup (name);
}

/* "Gare de Lyon - Paris 12", "10042 - Poissonnière": without the parts that say where. */
static char *
between_dashes (const char *name, const char *town)
{
  g_auto (GStrv) parts = g_regex_split_simple ("\\s+[-–—]\\s+", name, 0, 0);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (unsigned i = 0; parts[i] != NULL; i++)
    if (!is_district (parts[i], town))
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? " - " : "", parts[i]);
  if (!has_letter (kept->str))
    return g_strdup (name);
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

char *
volant_spoken_name (const char *name, const char *town)
{
  g_autofree char *text = NULL;
  char *(*const rules[]) (const char *, const char *) = { between_slashes, between_commas,
                                                          between_dashes };

  g_return_val_if_fail (name != NULL, NULL);
  text = g_utf8_make_valid (name, -1);
  g_strstrip (text);
  take_off (&text, "\\s*[(（][^()（）]*[)）]\\s*$");
  for (unsigned i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *shorter = rules[i](text, town);

      if (!has_letter (shorter))
        continue;
      g_free (text);
      text = g_steal_pointer (&shorter);
    }
  take_off (&text,
            "^\\d+(?:[a-z]|\\s*(?:bis|ter|quater))?\\s+(?!" MONTH "\\b)(?=" STREET_TYPE "\\b)");
  if (!matches ("\\b" NUMBERED "\\s+\\S+$", text))
    take_off (&text, "\\s+\\d{1,3}(?:[a-z]|\\s*(?:bis|ter|quater))?$");
  take_off (&text, "\\d+\\s*号.*$");
  return g_steal_pointer (&text);
}
