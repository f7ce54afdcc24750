/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/fold.h"
#include "maps/places/places-internal.h"

#include <stdlib.h>
#include <string.h>

/* Slips of the finger: the word of the index at the least distance by insertions, deletions,
 * replacements and swaps of neighbours (optimal string alignment; Damerau, CACM 7(3), 1964), one
 * slip from four letters on, two from eight. A city has some ten thousand words: looking at each
 * takes about a millisecond. */

#define MAX_WORDS 500000
#define MAX_LETTERS 32

typedef struct {
  char *text;
  unsigned n_places;
} Word;

struct _VolantVocabulary {
  GArray *words; /* Word, sorted by text */
};

static void
clear_word (void *data)
{
  g_free (((Word *) data)->text);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Word *) a)->text, ((const Word *) b)->text);
}

VolantVocabulary *
volant_vocabulary_new (VolantPlaces *places, GError **error)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_autoptr (sqlite3_stmt) statement = NULL;
  VolantVocabulary *vocabulary;
  int answer = 0;

  /* query_only forbids temporary tables as well. */
  sqlite3_exec (places->database,
                "PRAGMA query_only = OFF;"
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
                "  USING fts5vocab (main, words, row);"
                "PRAGMA query_only = ON;",
                NULL, NULL, NULL);
  g_array_set_clear_func (words, clear_word);
  statement = volant_places_prepare (places, "SELECT term, doc FROM temp.vocabulary", error);
  if (statement == NULL)
    return NULL;
  while (words->len < MAX_WORDS && (answer = volant_places_step (places, statement, error)) == 1)
    {
      Word word = { volant_places_text (statement, 0),
                    (unsigned) sqlite3_column_int (statement, 1) };

      g_array_append_val (words, word);
    }
  if (answer < 0)
    return NULL;
  g_array_sort (words, compare_words);
  vocabulary = g_new0 (VolantVocabulary, 1);
  vocabulary->words = g_steal_pointer (&words);
  return vocabulary;
}

void
volant_vocabulary_free (VolantVocabulary *vocabulary)
{
  if (vocabulary == NULL)
    return;
  g_array_unref (vocabulary->words);
  g_free (vocabulary);
}

bool
volant_vocabulary_knows (const VolantVocabulary *vocabulary, const char *word, bool is_prefix)
{
  unsigned low = 0;
  unsigned high = vocabulary->words->len;

  while (low < high)
    {
      unsigned middle = low + (high - low) / 2;

      if (strcmp (g_array_index (vocabulary->words, Word, middle).text, word) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == vocabulary->words->len)
    return false;
  return is_prefix ? g_str_has_prefix (g_array_index (vocabulary->words, Word, low).text, word)
                   : strcmp (g_array_index (vocabulary->words, Word, low).text, word) == 0;
}

/* Distance of a to b, or with is_prefix to the nearest beginning of b; more than most where it is
 * greater. Letters are bytes: folded Latin is ASCII. */
static unsigned
count_slips (const char *a, size_t n_a, const char *b, size_t n_b, bool is_prefix, unsigned most)
{
  unsigned rows[3][MAX_LETTERS + 1];
  unsigned best = G_MAXUINT;

  for (size_t j = 0; j <= n_b; j++)
    rows[0][j] = (unsigned) j;
  for (size_t i = 1; i <= n_a; i++)
    {
      unsigned *row = rows[i % 3];
      const unsigned *last = rows[(i + 2) % 3];
      const unsigned *before = rows[(i + 1) % 3];
      unsigned least = row[0] = (unsigned) i;

      for (size_t j = 1; j <= n_b; j++)
        {
          unsigned cost = a[i - 1] != b[j - 1];

          row[j] = MIN (MIN (last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
          least = MIN (least, row[j]);
        }
      if (least > most)
        return most + 1;
    }
  for (size_t j = is_prefix ? 0 : n_b; j <= n_b; j++)
    best = MIN (best, rows[n_a % 3][j]);
  return best;
}

typedef struct {
  const Word *word;
  unsigned slips;
  unsigned longer; /* letters that are not typed yet, or too many */
} Meant;

static int
compare_meant (gconstpointer a, gconstpointer b)
{
  const Meant *one = a;
  const Meant *other = b;

  if (one->slips != other->slips)
    return one->slips < other->slips ? -1 : 1;
  if (one->longer != other->longer)
    return one->longer < other->longer ? -1 : 1;
  if (one->word->n_places != other->word->n_places)
    return one->word->n_places > other->word->n_places ? -1 : 1;
  return strcmp (one->word->text, other->word->text);
}

static void
add_if_near (GArray *meant, const Word *candidate, const char *word, size_t n, bool is_prefix)
{
  unsigned most = n >= 8 ? 2 : 1;
  size_t n_candidate = MIN (strlen (candidate->text), MAX_LETTERS);
  Meant found = { candidate, 0, (unsigned) (n_candidate > n ? n_candidate - n : n - n_candidate) };

  if (n_candidate + most < n || (!is_prefix && n_candidate > n + most) ||
      g_ascii_isdigit (*candidate->text))
    return;
  found.slips =
      count_slips (word, n, candidate->text, MIN (n_candidate, n + most), is_prefix, most);
  if (found.slips <= most)
    g_array_append_val (meant, found);
}

GPtrArray *
volant_vocabulary_correct (const VolantVocabulary *vocabulary, const char *word, bool is_prefix)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) meant = g_array_new (FALSE, FALSE, sizeof (Meant));
  size_t n = strlen (word);

  if (n < 4 || n > MAX_LETTERS || volant_fold_is_han (word) || g_ascii_isdigit (*word))
    return texts;
  for (unsigned i = 0; i < vocabulary->words->len; i++)
    add_if_near (meant, &g_array_index (vocabulary->words, Word, i), word, n, is_prefix);
  g_array_sort (meant, compare_meant);
  for (unsigned i = 0; i < meant->len && i < VOLANT_VOCABULARY_MAX_MEANT; i++)
    g_ptr_array_add (texts, g_strdup (g_array_index (meant, Meant, i).word->text));
  return texts;
}
