/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/fold.h"
#include "maps/places/places-internal.h"

#include <string.h>

/* How well a folded name fits the typed words. The steps, best first: the very name; the name but
 * for abbreviations and small words; the same letters with other spaces (which is how pinyin is
 * typed); the name but for the kind of street; a name begun; initials; words found somewhere in the
 * name. */

enum {
  SCORE_EXACT = 1000,
  SCORE_KEY = 980,
  SCORE_LETTERS = 900,
  SCORE_CORE = 820,
  SCORE_BEGUN = 800,
  SCORE_INITIALS = 700,
  SCORE_WORDS = 600,
  MINUS_OTHER_NAME = 30,
  MINUS_EXTRA_WORD = 15,
  MAX_EXTRA_WORDS = 10,
};

struct _VolantPlaceQuery {
  char **words; /* borrowed */
  unsigned n_words;
  char *text;
  char *key;
  char *core;
  char *letters;
};

static char *
squeeze (const char *text)
{
  GString *letters = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text++)
    if (*text != ' ')
      g_string_append_c (letters, *text);
  return g_string_free (letters, FALSE);
}

VolantPlaceQuery *
volant_place_query_new (char **words, unsigned n_words)
{
  VolantPlaceQuery *query = g_new0 (VolantPlaceQuery, 1);
  GString *text = g_string_new (NULL);

  for (unsigned i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[i]);
  query->words = words;
  query->n_words = n_words;
  query->text = g_string_free (text, FALSE);
  query->key = volant_fold_key (query->text);
  query->core = volant_fold_core (query->text);
  query->letters = squeeze (query->text);
  return query;
}

void
volant_place_query_free (VolantPlaceQuery *query)
{
  if (query == NULL)
    return;
  g_free (query->text);
  g_free (query->key);
  g_free (query->core);
  g_free (query->letters);
  g_free (query);
}

static bool
are_initials (const char *letters, const char *name)
{
  bool at_start = true;

  for (; *name != '\0'; name++)
    {
      if (at_start && *name != *letters++)
        return false;
      at_start = *name == ' ';
    }
  return *letters == '\0';
}

static bool
begins_word (const char *name, const char *word, bool whole)
{
  size_t length = strlen (word);

  for (const char *at = name; (at = strstr (at, word)) != NULL; at++)
    if ((at == name || at[-1] == ' ' || volant_fold_is_han (word)) &&
        (!whole || at[length] == ' ' || at[length] == '\0' || volant_fold_is_han (word)))
      return true;
  return false;
}

static bool
has_word (const char *name, const char *word, bool whole)
{
  const char *const *meant = volant_fold_expand (word);

  if (begins_word (name, word, whole))
    return true;
  for (unsigned i = 0; meant != NULL && i < 3 && meant[i] != NULL; i++)
    if (begins_word (name, meant[i], true))
      return true;
  return false;
}

static unsigned
count_words (const char *text)
{
  unsigned n = *text != '\0';

  for (; *text != '\0'; text++)
    n += *text == ' ';
  return n;
}

/* Some words stand in the name; the others were found in its town or another of its names. */
static double
score_words (const VolantPlaceQuery *query, const char *name)
{
  unsigned n_found = 0;
  unsigned n_weighty = 0;
  unsigned n_extra;

  for (unsigned i = 0; i < query->n_words; i++)
    {
      if (volant_fold_is_filler (query->words[i]) && query->n_words > 1)
        continue;
      n_weighty++;
      n_found += has_word (name, query->words[i], i + 1 < query->n_words);
    }
  if (n_weighty == 0 || n_found == 0)
    return 1.0;
  n_extra = count_words (name);
  n_extra = n_extra > query->n_words ? MIN (n_extra - query->n_words, MAX_EXTRA_WORDS) : 0;
  return (double) SCORE_WORDS * n_found / n_weighty - MINUS_EXTRA_WORD * (double) n_extra;
}

static double
score_name (const VolantPlaceQuery *query, const char *name)
{
  g_autofree char *key = NULL;
  g_autofree char *core = NULL;
  g_autofree char *letters = NULL;

  if (strcmp (name, query->text) == 0)
    return SCORE_EXACT;
  core = volant_fold_core (name);
  if (g_str_has_prefix (core, query->core))
    {
      key = volant_fold_key (name);
      if (strcmp (key, query->key) == 0)
        return SCORE_KEY;
      if (core[strlen (query->core)] == '\0')
        return SCORE_CORE;
      return SCORE_BEGUN - MIN ((strlen (core) - strlen (query->core)) / 2.0, 60.0);
    }
  letters = squeeze (name);
  if (strcmp (letters, query->letters) == 0)
    return SCORE_LETTERS;
  if (g_str_has_prefix (letters, query->letters))
    return SCORE_BEGUN - MIN ((strlen (letters) - strlen (query->letters)) / 2.0, 60.0);
  if (query->letters[0] != '\0' && query->letters[1] != '\0' && are_initials (query->letters, name))
    return SCORE_INITIALS;
  return score_words (query, name);
}

double
volant_place_query_score (const VolantPlaceQuery *query, const char *folded, const char *others)
{
  double best = score_name (query, folded);
  g_auto (GStrv) lines = *others != '\0' ? g_strsplit (others, "\n", 64) : NULL;

  for (unsigned i = 0; lines != NULL && lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      best = MAX (best, score_name (query, lines[i]) - MINUS_OTHER_NAME);
  return MAX (best, 1.0);
}
