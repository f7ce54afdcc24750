/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/places-internal.h"

#include "maps/places/fold.h"

#include <math.h>
#include <string.h>

/* What is typed may mean several things at once ("4 septembre": a street, or number 4 of one): each
 * meaning is searched, all results are scored on one scale. The index finds candidates (all words,
 * the last one begun); places-score.c says how well each fits; importance and nearness order the
 * rest. Where nothing is found, words are corrected, then unknown ones left out. */

#define MAX_TEXT_BYTES 400
#define MAX_WORDS 16
#define MAX_CANDIDATES 4000

enum {
  SCORE_HOUSE = 120,    /* the house number was asked for and is there */
  MINUS_NO_HOUSE = 150, /* it is not: the street is the best we have */
  MINUS_CORRECTED = 200,
  MINUS_LEFT_OUT = 300,
  MOST_FOR_NEARNESS = 150,
};
#define NEARNESS_M 4000.0

typedef struct {
  VolantPlaces *places;
  const VolantPoint *near;
  GHashTable *by_id; /* id → VolantPlace, the best of each */
  double penalty;
} Search;

/* A term of the query language of FTS5: folded words hold letters and digits only. */
static void
append_word (GString *match, const char *word, bool is_prefix)
{
  const char *const *meant = volant_fold_expand (word);

  g_string_append_printf (match, "%s(\"%s\"%s", match->len > 0 ? " AND " : "", word,
                          is_prefix ? "*" : "");
  for (unsigned i = 0; meant != NULL && i < 3 && meant[i] != NULL; i++)
    g_string_append_printf (match, " OR \"%s\"", meant[i]);
  /* "ren2 min2": the tone is left out. */
  if (strlen (word) > 1 && g_ascii_isalpha (word[0]) && strchr ("12345", word[strlen (word) - 1]))
    g_string_append_printf (match, " OR \"%.*s\"", (int) strlen (word) - 1, word);
  g_string_append_c (match, ')');
}

static void
append_han (GString *match, const char *word)
{
  glong n = g_utf8_strlen (word, -1);
  const char *at = word;

  for (glong i = 0; i < MAX (n - 1, 1); i++, at = g_utf8_next_char (at))
    g_string_append_printf (match, "%s\"%.*s\"", match->len > 0 ? " AND " : "",
                            (int) (g_utf8_offset_to_pointer (at, MIN (n, 2)) - at), at);
}

static char *
make_match (char **words, unsigned n_words)
{
  GString *match = g_string_new (NULL);

  for (unsigned i = 0; i < n_words; i++)
    if (volant_fold_is_han (words[i]))
      append_han (match, words[i]);
    else
      append_word (match, words[i], i + 1 == n_words);
  return g_string_free (match, FALSE);
}

static double
nearness (const Search *search, VolantPlace *place)
{
  if (search->near == NULL)
    return 0.0;
  place->distance_m = volant_geo_distance_m (place->point, *search->near);
  return MOST_FOR_NEARNESS * exp (-place->distance_m / NEARNESS_M);
}

/* Takes the place; of one found twice the better is kept. */
static void
keep (Search *search, VolantPlace *place, double score)
{
  VolantPlace *known = g_hash_table_lookup (search->by_id, place->id);

  place->score = score + nearness (search, place) - search->penalty;
  if (known != NULL && known->score >= place->score)
    volant_place_free (place);
  else
    g_hash_table_replace (search->by_id, place->id, place);
}

/* One row of the index becomes a result; with a house number, the house or else its street. */
static bool
take_candidate (Search *search, sqlite3_stmt *statement, const VolantPlaceQuery *query,
                const VolantHouseNumber *house, GError **error)
{
  g_autoptr (VolantPlace) place = volant_places_read_row (statement);
  g_autofree char *folded = volant_places_text (statement, VOLANT_PLACES_N_COLUMNS);
  g_autofree char *others = volant_places_text (statement, VOLANT_PLACES_N_COLUMNS + 1);
  int importance = sqlite3_column_int (statement, VOLANT_PLACES_N_COLUMNS + 2);
  g_autoptr (GError) problem = NULL;
  VolantPlace *address;
  double score;

  if (place == NULL)
    return true;
  score = volant_place_query_score (query, folded, others) + CLAMP (importance, 0, 100);
  if (house == NULL)
    {
      keep (search, g_steal_pointer (&place), score);
      return true;
    }
  address = volant_places_find_house (search->places, sqlite3_column_int64 (statement, 0), place,
                                      house, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return false;
    }
  if (address != NULL)
    keep (search, address, score + SCORE_HOUSE);
  else
    keep (search, g_steal_pointer (&place), score - MINUS_NO_HOUSE);
  return true;
}

/* Searches places that have all the words; house: of streets only. */
static bool
search_words (Search *search, char **words, unsigned n_words, const VolantHouseNumber *house,
              GError **error)
{
  g_autofree char *match = make_match (words, n_words);
  g_autoptr (VolantPlaceQuery) query = volant_place_query_new (words, n_words);
  g_autoptr (sqlite3_stmt) statement =
      volant_places_prepare (search->places,
                             "SELECT " VOLANT_PLACES_COLUMNS ", p.folded, p.others, p.importance"
                             " FROM words w JOIN place p ON p.number = w.rowid"
                             " WHERE w.words MATCH ?1 AND (?2 < 0 OR p.kind = ?2) LIMIT ?3",
                             error);
  int answer;

  if (statement == NULL)
    return false;
  sqlite3_bind_text (statement, 1, match, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (statement, 2, house != NULL ? (int) VOLANT_PLACE_STREET : -1);
  sqlite3_bind_int (statement, 3, MAX_CANDIDATES);
  while ((answer = volant_places_step (search->places, statement, error)) == 1)
    if (!take_candidate (search, statement, query, house, error))
      return false;
  return answer == 0;
}

/* A number in the midst, "rue de rivoli 12 paris": the words around it are the street. */
static bool
search_number_inside (Search *search, char **words, unsigned n_words, GError **error)
{
  for (unsigned i = 1; i + 1 < n_words; i++)
    {
      char *others[MAX_WORDS];
      VolantHouseNumber house;
      unsigned n_taken;
      unsigned n_others = 0;

      if (!volant_house_number_find (words + i, n_words - i, false, &house, &n_taken))
        continue;
      for (unsigned j = 0; j < n_words; j++)
        if (j < i || j >= i + n_taken)
          others[n_others++] = words[j];
      if (!search_words (search, others, n_others, &house, error))
        return false;
    }
  return true;
}

/* Every meaning of one list of words. */
static bool
search_meanings (Search *search, char **words, unsigned n_words, GError **error)
{
  VolantHouseNumber house;
  unsigned n_taken;

  if (!search_words (search, words, n_words, NULL, error))
    return false;
  if (volant_house_number_find (words, n_words, false, &house, &n_taken) && n_taken < n_words &&
      !search_words (search, words + n_taken, n_words - n_taken, &house, error))
    return false;
  if (volant_house_number_find (words, n_words, true, &house, &n_taken) && n_taken < n_words &&
      !search_words (search, words, n_words - n_taken, &house, error))
    return false;
  return g_hash_table_size (search->by_id) > 0 ||
         search_number_inside (search, words, n_words, error);
}

static bool
is_known (Search *search, const char *word, bool is_last)
{
  return volant_fold_is_han (word) || g_ascii_isdigit (*word) ||
         volant_fold_expand (word) != NULL ||
         volant_vocabulary_knows (search->places->vocabulary, word, is_last);
}

/* What each word may mean: itself where the index knows it, else its corrections (none: left out).
 */
static GPtrArray *
correct_words (Search *search, char **words, unsigned n_words)
{
  GPtrArray *meant = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (unsigned i = 0; i < n_words; i++)
    {
      bool is_last = i + 1 == n_words;
      GPtrArray *texts;

      if (is_known (search, words[i], is_last))
        {
          texts = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (texts, g_strdup (words[i]));
        }
      else
        texts = volant_vocabulary_correct (search->places->vocabulary, words[i], is_last);
      g_ptr_array_add (meant, texts);
    }
  return meant;
}

/* The words with the corrections of this rank; the last one there is stands for those missing. */
static unsigned
choose_words (GPtrArray *meant, unsigned rank, char **chosen)
{
  unsigned n_chosen = 0;

  for (unsigned i = 0; i < meant->len; i++)
    {
      GPtrArray *texts = meant->pdata[i];

      if (texts->len > 0)
        chosen[n_chosen++] = texts->pdata[MIN (rank, texts->len - 1)];
    }
  return n_chosen;
}

/* Nothing fits: the words that the index does not know are corrected, or left out. */
static bool
search_forgiving (Search *search, char **words, unsigned n_words, GError **error)
{
  g_autoptr (GPtrArray) meant = NULL;
  char *chosen[MAX_WORDS];
  unsigned n_ranks = 1;

  if (search->places->vocabulary == NULL)
    search->places->vocabulary = volant_vocabulary_new (search->places, error);
  if (search->places->vocabulary == NULL)
    return false;
  meant = correct_words (search, words, n_words);
  for (unsigned i = 0; i < n_words; i++)
    n_ranks = MAX (n_ranks, ((GPtrArray *) meant->pdata[i])->len);
  for (unsigned rank = 0; rank < n_ranks; rank++)
    {
      unsigned n_chosen = choose_words (meant, rank, chosen);

      search->penalty = n_chosen < n_words ? MINUS_LEFT_OUT : MINUS_CORRECTED + 20.0 * rank;
      if (n_chosen > 0 && !search_meanings (search, chosen, n_chosen, error))
        return false;
    }
  return true;
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  const VolantPlace *one = *(VolantPlace *const *) a;
  const VolantPlace *other = *(VolantPlace *const *) b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return strcmp (one->id, other->id);
}

static GPtrArray *
take_best (Search *search, unsigned limit)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_place_free);
  GHashTableIter iterator;
  void *place;

  g_hash_table_iter_init (&iterator, search->by_id);
  while (g_hash_table_iter_next (&iterator, NULL, &place))
    {
      g_hash_table_iter_steal (&iterator);
      g_ptr_array_add (results, place);
    }
  g_ptr_array_sort (results, compare_results);
  if (results->len > limit)
    g_ptr_array_remove_range (results, limit, results->len - limit);
  return results;
}

/* The words of what was typed; too much of it is cut at a character. */
static char **
split_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_TEXT_BYTES));
  g_autofree char *folded = volant_fold (valid);

  return g_strsplit (folded, " ", MAX_WORDS + 1);
}

GPtrArray *
volant_places_search (VolantPlaces *places, const char *text, const VolantPoint *near,
                      unsigned limit, GError **error)
{
  g_auto (GStrv) words = split_text (text);
  unsigned n_words = MIN (g_strv_length (words), MAX_WORDS);
  g_autoptr (GHashTable) by_id =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) volant_place_free);
  Search search = { .places = places, .near = near, .by_id = by_id };
  bool good = true;

  if (n_words > 0 && *words[0] != '\0')
    {
      volant_places_begin (places);
      good = search_meanings (&search, words, n_words, error) &&
             (g_hash_table_size (by_id) > 0 || search_forgiving (&search, words, n_words, error));
      volant_places_end (places);
    }
  return good ? take_best (&search, limit) : NULL;
}
