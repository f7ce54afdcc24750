/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/places/house-number.h"
#include "maps/places/places.h"

#include <sqlite3.h>

/* What the files of the reading side share: places.c (opening, one place, nearby), places-search.c,
 * places-score.c, places-spelling.c. */

G_BEGIN_DECLS

typedef struct _VolantVocabulary VolantVocabulary;

struct _VolantPlaces {
  VolantCityFile *file; /* one of the two keeps the bytes */
  GBytes *bytes;
  sqlite3 *database;
  GMutex lock;
  unsigned n_pauses;            /* of the present call, see volant_places_begin () */
  VolantVocabulary *vocabulary; /* (nullable) made when first needed */
};

/* Brackets a public call: one at a time, and only so much work, whatever the database holds. */
void volant_places_begin (VolantPlaces *places);
void volant_places_end (VolantPlaces *places);

/* A prepared statement, finalized by g_autoptr; NULL with VOLANT_MAPS_ERROR_CORRUPT. */
sqlite3_stmt *volant_places_prepare (VolantPlaces *places, const char *sql, GError **error);
/* Steps: 1 a row, 0 the end, -1 with VOLANT_MAPS_ERROR_CORRUPT. */
int volant_places_step (VolantPlaces *places, sqlite3_stmt *statement, GError **error);
/* A text column, never NULL and always UTF-8 (transfer full). */
char *volant_places_text (sqlite3_stmt *statement, int column);

/* The first seven columns of every statement that reads places: number, id, kind, name, locality,
 * category, lat, lon (VOLANT_PLACES_COLUMNS names them). NULL where the row makes no sense. */
#define VOLANT_PLACES_COLUMNS "p.number, p.id, p.kind, p.name, p.locality, p.category, p.lat, p.lon"
#define VOLANT_PLACES_N_COLUMNS 8
VolantPlace *volant_places_read_row (sqlite3_stmt *statement);

/* The house of a street; NULL without error where the street has none of that number (transfer
 * full). street is left alone. */
VolantPlace *volant_places_find_house (VolantPlaces *places, int64_t street_number,
                                       const VolantPlace *street, const VolantHouseNumber *house,
                                       GError **error);

/* How well a place fits what was typed; greater is better, 0 not at all. */
typedef struct _VolantPlaceQuery VolantPlaceQuery;
VolantPlaceQuery *volant_place_query_new (char **words, unsigned n_words);
void volant_place_query_free (VolantPlaceQuery *query);
double volant_place_query_score (const VolantPlaceQuery *query, const char *folded,
                                 const char *others);

/* The words of the index, for what is typed wrong. */
VolantVocabulary *volant_vocabulary_new (VolantPlaces *places, GError **error);
void volant_vocabulary_free (VolantVocabulary *vocabulary);
bool volant_vocabulary_knows (const VolantVocabulary *vocabulary, const char *word, bool is_prefix);
/* The words that may have been meant, likeliest first; empty where none is near (transfer full). */
#define VOLANT_VOCABULARY_MAX_MEANT 6
GPtrArray *volant_vocabulary_correct (const VolantVocabulary *vocabulary, const char *word,
                                      bool is_prefix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantPlaceQuery, volant_place_query_free)

G_END_DECLS
