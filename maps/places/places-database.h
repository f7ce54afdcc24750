/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/places/place-draft.h"

#include <sqlite3.h>

/* The index as an SQLite database, on the writing side. Its tables:
 *
 *   place (number PRIMARY KEY, id, kind, name, locality, category, lat, lon, importance, folded,
 * others) lat, lon in 1e-7 degree; numbers grow as importance falls, so that a search that is cut
 * short has seen what matters; folded: the name by volant_fold (); others: further names and the
 * pinyin, folded, a line each house (street, number, suffix, lat, lon, locality), PRIMARY KEY of
 * the first three; locality NULL: that of the street words: FTS5 without content, a row for each
 * place: see volant_fold_add_words () box: R-tree of int32, several rows for a street, one for
 * another place; +place is its number
 *
 * application_id is VOLANT_PLACES_APPLICATION_ID, user_version VOLANT_PLACES_VERSION. */

G_BEGIN_DECLS

#define VOLANT_PLACES_APPLICATION_ID 0x564c5043 /* "VLPC" */
#define VOLANT_PLACES_VERSION 1

/* Makes the empty tables; also how the reading side knows what they must look like. */
bool volant_places_database_create (sqlite3 *database);

/* Writes the drafts (sorted by importance, greatest first) into a database image (transfer full).
 */
GBytes *volant_places_database_write (GPtrArray *drafts, VolantProgress progress, void *data,
                                      GError **error);

G_END_DECLS
