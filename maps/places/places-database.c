/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/places-database.h"

#include "maps/places/fold.h"
#include "maps/places/reading.h"

#include <gio/gio.h>
#include <string.h>

/* One transaction into a database in memory, whose pages are then the section. */

#define PROGRESS_EVERY 2048

typedef struct {
  sqlite3 *database;
  sqlite3_stmt *place;
  sqlite3_stmt *words;
  sqlite3_stmt *box;
  sqlite3_stmt *house;
  VolantReading *reading;
  sqlite3_int64 n_boxes;
} Writing;

static const char settings[] = "PRAGMA page_size = 4096;"
                               "PRAGMA journal_mode = OFF;"
                               "PRAGMA application_id = 1447841859;"
                               "PRAGMA user_version = 1;";

static const char schema[] =
    "CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT NOT NULL, kind INTEGER NOT NULL,"
    "  name TEXT NOT NULL, locality TEXT NOT NULL, category TEXT NOT NULL, lat INTEGER NOT NULL,"
    "  lon INTEGER NOT NULL, importance INTEGER NOT NULL, folded TEXT NOT NULL,"
    "  others TEXT NOT NULL);"
    "CREATE TABLE house (street INTEGER NOT NULL, number INTEGER NOT NULL, suffix TEXT NOT NULL,"
    "  lat INTEGER NOT NULL, lon INTEGER NOT NULL, locality TEXT,"
    "  PRIMARY KEY (street, number, suffix))"
    "  WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', columnsize = 0, detail = none,"
    "  tokenize = 'unicode61 remove_diacritics 2');"
    "CREATE VIRTUAL TABLE box USING rtree_i32 (number, min_lat, max_lat, min_lon, max_lon, +place);"
    "CREATE INDEX place_id ON place (id);";

static const char finish[] = "INSERT INTO words (words) VALUES ('optimize');"
                             "COMMIT;"
                             "VACUUM;";

G_STATIC_ASSERT (VOLANT_PLACES_APPLICATION_ID == 1447841859);
G_STATIC_ASSERT (VOLANT_PLACES_VERSION == 1);

bool
volant_places_database_create (sqlite3 *database)
{
  return sqlite3_exec (database, schema, NULL, NULL, NULL) == SQLITE_OK;
}

static bool
set_error (sqlite3 *database, GError **error)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "The place index cannot be written: %s", sqlite3_errmsg (database));
  return false;
}

static bool
run (Writing *writing, sqlite3_stmt *statement, GError **error)
{
  int answer = sqlite3_step (statement);

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return answer == SQLITE_DONE || set_error (writing->database, error);
}

static bool
prepare (Writing *writing, GError **error)
{
  static const char *const texts[] = {
    "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO words (rowid, text) VALUES (?, ?)",
    "INSERT INTO box VALUES (?, ?, ?, ?, ?, ?)",
    "INSERT OR IGNORE INTO house VALUES (?, ?, ?, ?, ?, ?)",
  };
  sqlite3_stmt **const statements[] = { &writing->place, &writing->words, &writing->box,
                                        &writing->house };

  if (sqlite3_open (":memory:", &writing->database) != SQLITE_OK ||
      sqlite3_exec (writing->database, settings, NULL, NULL, NULL) != SQLITE_OK ||
      !volant_places_database_create (writing->database) ||
      sqlite3_exec (writing->database, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
    return set_error (writing->database, error);
  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    if (sqlite3_prepare_v2 (writing->database, texts[i], -1, statements[i], NULL) != SQLITE_OK)
      return set_error (writing->database, error);
  return true;
}

static void
bind_text (sqlite3_stmt *statement, int column, const char *text)
{
  sqlite3_bind_text (statement, column, text, -1, SQLITE_TRANSIENT);
}

static bool
write_box (Writing *writing, sqlite3_int64 number, const VolantBounds *box, GError **error)
{
  sqlite3_bind_int64 (writing->box, 1, ++writing->n_boxes);
  sqlite3_bind_int (writing->box, 2, box->min_lat_e7);
  sqlite3_bind_int (writing->box, 3, box->max_lat_e7);
  sqlite3_bind_int (writing->box, 4, box->min_lon_e7);
  sqlite3_bind_int (writing->box, 5, box->max_lon_e7);
  sqlite3_bind_int64 (writing->box, 6, number);
  return run (writing, writing->box, error);
}

static bool
write_boxes (Writing *writing, sqlite3_int64 number, const VolantPlaceDraft *draft, GError **error)
{
  VolantBounds point = VOLANT_BOUNDS_EMPTY;

  volant_bounds_add (&point, draft->point);
  if (draft->boxes->len == 0)
    return write_box (writing, number, &point, error);
  for (unsigned i = 0; i < draft->boxes->len; i++)
    if (!write_box (writing, number, &g_array_index (draft->boxes, VolantBounds, i), error))
      return false;
  return true;
}

static bool
write_houses (Writing *writing, sqlite3_int64 number, const VolantPlaceDraft *draft, GError **error)
{
  for (unsigned i = 0; i < draft->houses->len; i++)
    {
      const VolantHouse *house = &g_array_index (draft->houses, VolantHouse, i);

      sqlite3_bind_int64 (writing->house, 1, number);
      sqlite3_bind_int64 (writing->house, 2, house->number.number);
      bind_text (writing->house, 3, house->number.suffix);
      sqlite3_bind_int (writing->house, 4, house->point.lat_e7);
      sqlite3_bind_int (writing->house, 5, house->point.lon_e7);
      if (house->locality != NULL)
        bind_text (writing->house, 6, house->locality);
      if (!run (writing, writing->house, error))
        return false;
    }
  return true;
}

/* One name more: a line of others, and its words. */
static void
add_name (Writing *writing, const char *name, bool is_main, GString *others, GString *words)
{
  g_autofree char *folded = volant_fold (name);
  g_autofree char *spelling = volant_reading_spell (writing->reading, name);

  if (!is_main)
    g_string_append_printf (others, "%s\n", folded);
  volant_fold_add_words (folded, words);
  if (spelling == NULL)
    return;
  g_string_append_printf (others, "%s\n", spelling);
  volant_reading_add_words (spelling, words);
}

static bool
write_words (Writing *writing, sqlite3_int64 number, const VolantPlaceDraft *draft, GString *others,
             GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *locality = volant_fold (draft->locality);
  GHashTableIter more;
  void *text;

  add_name (writing, draft->name, true, others, words);
  for (unsigned i = 0; i < draft->other_names->len; i++)
    add_name (writing, draft->other_names->pdata[i], false, others, words);
  volant_fold_add_words (locality, words);
  g_hash_table_iter_init (&more, draft->more_words);
  while (g_hash_table_iter_next (&more, &text, NULL))
    {
      g_autofree char *folded = volant_fold (text);

      volant_fold_add_words (folded, words);
    }
  sqlite3_bind_int64 (writing->words, 1, number);
  bind_text (writing->words, 2, words->str);
  return run (writing, writing->words, error);
}

static bool
write_place (Writing *writing, sqlite3_int64 number, const VolantPlaceDraft *draft, GError **error)
{
  g_autoptr (GString) others = g_string_new (NULL);
  g_autofree char *folded = volant_fold (draft->name);

  if (!write_words (writing, number, draft, others, error))
    return false;
  sqlite3_bind_int64 (writing->place, 1, number);
  bind_text (writing->place, 2, draft->id);
  sqlite3_bind_int (writing->place, 3, (int) draft->kind);
  bind_text (writing->place, 4, draft->name);
  bind_text (writing->place, 5, draft->locality);
  bind_text (writing->place, 6, draft->category);
  sqlite3_bind_int (writing->place, 7, draft->point.lat_e7);
  sqlite3_bind_int (writing->place, 8, draft->point.lon_e7);
  sqlite3_bind_int (writing->place, 9, (int) draft->importance);
  bind_text (writing->place, 10, folded);
  bind_text (writing->place, 11, others->str);
  return run (writing, writing->place, error) && write_boxes (writing, number, draft, error) &&
         write_houses (writing, number, draft, error);
}

static bool
write_all (Writing *writing, GPtrArray *drafts, VolantProgress progress, void *data, GError **error)
{
  if (!prepare (writing, error))
    return false;
  writing->reading = volant_reading_new (error);
  if (writing->reading == NULL)
    return false;
  for (unsigned i = 0; i < drafts->len; i++)
    {
      if (i % PROGRESS_EVERY == 0 && progress != NULL &&
          !progress ((double) i / drafts->len, "places", data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
          return false;
        }
      if (!write_place (writing, (sqlite3_int64) i + 1, drafts->pdata[i], error))
        return false;
    }
  return sqlite3_exec (writing->database, finish, NULL, NULL, NULL) == SQLITE_OK ||
         set_error (writing->database, error);
}

GBytes *
volant_places_database_write (GPtrArray *drafts, VolantProgress progress, void *data,
                              GError **error)
{
  Writing writing = { NULL };
  GBytes *image = NULL;
  sqlite3_stmt *statements[4];

  if (write_all (&writing, drafts, progress, data, error))
    {
      sqlite3_int64 size = 0;
      unsigned char *pages = sqlite3_serialize (writing.database, "main", &size, 0);

      if (pages != NULL)
        image = g_bytes_new_with_free_func (pages, (gsize) size, sqlite3_free, pages);
      else
        set_error (writing.database, error);
    }
  statements[0] = writing.place;
  statements[1] = writing.words;
  statements[2] = writing.box;
  statements[3] = writing.house;
  for (unsigned i = 0; i < G_N_ELEMENTS (statements); i++)
    sqlite3_finalize (statements[i]);
  sqlite3_close (writing.database);
  volant_reading_free (writing.reading);
  return image;
}
