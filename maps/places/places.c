/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/places-internal.h"

#include "maps/places/fold.h"
#include "maps/places/place-draft.h"
#include "maps/places/places-database.h"

#include <math.h>
#include <string.h>

/* The reading side trusts nothing: the database must have exactly the tables that we make (so no
 * view or trigger of a stranger's runs), SQLite checks cells and schema, and each call may take
 * only so many steps. The pages are read where they lie: sqlite3_deserialize (), read only, no
 * copy. */

#define PAUSE_STEPS 10000 /* virtual machine steps between two looks at the clock of work */
#define MAX_PAUSES 20000  /* 200 million steps: seconds */
#define MAX_TEXT_BYTES (1 << 20)
#define MAX_NEARBY 20000

void
volant_place_free (VolantPlace *place)
{
  if (place == NULL)
    return;
  g_free (place->id);
  g_free (place->name);
  g_free (place->locality);
  g_free (place->category);
  g_free (place);
}

VolantPlace *
volant_place_copy (const VolantPlace *place)
{
  VolantPlace *copy;

  if (place == NULL)
    return NULL;
  copy = g_memdup2 (place, sizeof *place);
  copy->id = g_strdup (place->id);
  copy->name = g_strdup (place->name);
  copy->locality = g_strdup (place->locality);
  copy->category = g_strdup (place->category);
  return copy;
}

static int
on_pause (void *data)
{
  VolantPlaces *places = data;

  return ++places->n_pauses > MAX_PAUSES;
}

void
volant_places_begin (VolantPlaces *places)
{
  g_mutex_lock (&places->lock);
  places->n_pauses = 0;
}

void
volant_places_end (VolantPlaces *places)
{
  g_mutex_unlock (&places->lock);
}

static void
set_corrupt (VolantPlaces *places, GError **error)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "The place index of the city is damaged (%s); import the city again",
               sqlite3_errmsg (places->database));
}

sqlite3_stmt *
volant_places_prepare (VolantPlaces *places, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (places->database, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      set_corrupt (places, error);
      return NULL;
    }
  return statement;
}

int
volant_places_step (VolantPlaces *places, sqlite3_stmt *statement, GError **error)
{
  int answer = sqlite3_step (statement);

  if (answer == SQLITE_ROW)
    return 1;
  if (answer == SQLITE_DONE)
    return 0;
  set_corrupt (places, error);
  return -1;
}

char *
volant_places_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

/* The schema as one text, to compare with that of a database made here. */
static char *
describe_schema (sqlite3 *database)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (sqlite3_prepare_v2 (
          database,
          "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull (sql, '') "
          "FROM sqlite_schema ORDER BY type, name LIMIT 100",
          -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n", (const char *) sqlite3_column_text (statement, 0));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static bool
has_our_schema (sqlite3 *database)
{
  g_autofree char *found = describe_schema (database);
  g_autofree char *expected = NULL;
  sqlite3 *model = NULL;

  if (sqlite3_open (":memory:", &model) == SQLITE_OK && volant_places_database_create (model))
    expected = describe_schema (model);
  sqlite3_close (model);
  return expected != NULL && g_strcmp0 (found, expected) == 0;
}

static bool
attach (VolantPlaces *places, const void *data, size_t size)
{
  static const char settings[] = "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                                 "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;";

  if (sqlite3_open (":memory:", &places->database) != SQLITE_OK)
    return false;
  sqlite3_db_config (places->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (places->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (places->database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (places->database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit (places->database, SQLITE_LIMIT_LENGTH, MAX_TEXT_BYTES);
  sqlite3_limit (places->database, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_progress_handler (places->database, PAUSE_STEPS, on_pause, places);
  if (sqlite3_deserialize (places->database, "main", (unsigned char *) (uintptr_t) data,
                           (sqlite3_int64) size, (sqlite3_int64) size,
                           SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    return false;
  return sqlite3_exec (places->database, settings, NULL, NULL, NULL) == SQLITE_OK;
}

static int
read_pragma (sqlite3 *database, const char *sql)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW)
    return -1;
  return sqlite3_column_int (statement, 0);
}

static VolantPlaces *
open_data (const void *data, size_t size, GError **error)
{
  g_autoptr (VolantPlaces) places = g_new0 (VolantPlaces, 1);

  g_mutex_init (&places->lock);
  /* A database has at least one page; SQLite would take nothing for an empty one. */
  if (size < 512 || !attach (places, data, size) ||
      read_pragma (places->database, "PRAGMA application_id") != VOLANT_PLACES_APPLICATION_ID)
    {
      g_set_error_literal (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                           "The place index of the city is damaged; import the city again");
      return NULL;
    }
  if (read_pragma (places->database, "PRAGMA user_version") != VOLANT_PLACES_VERSION ||
      !has_our_schema (places->database))
    {
      g_set_error_literal (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                           "The place index is of another version of the program; import the city "
                           "again");
      return NULL;
    }
  return g_steal_pointer (&places);
}

VolantPlaces *
volant_places_open (VolantCityFile *file, GError **error)
{
  size_t size;
  const void *data = volant_city_file_get_section (file, VOLANT_CITY_PLACES, &size, error);
  VolantPlaces *places = data != NULL ? open_data (data, size, error) : NULL;

  if (places != NULL)
    places->file = volant_city_file_ref (file);
  return places;
}

VolantPlaces *
volant_places_open_bytes (GBytes *bytes, GError **error)
{
  size_t size;
  const void *data = g_bytes_get_data (bytes, &size);
  VolantPlaces *places = open_data (data, size, error);

  if (places != NULL)
    places->bytes = g_bytes_ref (bytes);
  return places;
}

void
volant_places_free (VolantPlaces *places)
{
  if (places == NULL)
    return;
  volant_vocabulary_free (places->vocabulary);
  sqlite3_close (places->database);
  g_clear_pointer (&places->file, volant_city_file_unref);
  g_clear_pointer (&places->bytes, g_bytes_unref);
  g_mutex_clear (&places->lock);
  g_free (places);
}

static bool
read_point (sqlite3_stmt *statement, int column, VolantPoint *point)
{
  *point = (VolantPoint){ sqlite3_column_int (statement, column),
                          sqlite3_column_int (statement, column + 1) };
  return volant_point_is_valid (*point);
}

VolantPlace *
volant_places_read_row (sqlite3_stmt *statement)
{
  int kind = sqlite3_column_int (statement, 2);
  VolantPlace *place;
  VolantPoint point;

  if (kind < VOLANT_PLACE_STREET || kind > VOLANT_PLACE_LOCALITY ||
      !read_point (statement, 6, &point))
    return NULL;
  place = g_new0 (VolantPlace, 1);
  place->id = volant_places_text (statement, 1);
  place->kind = (VolantPlaceKind) kind;
  place->name = volant_places_text (statement, 3);
  place->locality = volant_places_text (statement, 4);
  place->category = volant_places_text (statement, 5);
  place->point = point;
  place->distance_m = NAN;
  return place;
}

/* 1 found, 0 not there, -1 error; locality (transfer full) stays NULL where it is the street's. */
static int
read_house (VolantPlaces *places, int64_t street_number, unsigned number, const char *suffix,
            VolantPoint *point, char **locality, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = volant_places_prepare (
      places, "SELECT lat, lon, locality FROM house WHERE street = ? AND number = ? AND suffix = ?",
      error);
  int answer;

  if (statement == NULL)
    return -1;
  sqlite3_bind_int64 (statement, 1, street_number);
  sqlite3_bind_int64 (statement, 2, number);
  sqlite3_bind_text (statement, 3, suffix, -1, SQLITE_TRANSIENT);
  answer = volant_places_step (places, statement, error);
  if (answer != 1 || !read_point (statement, 0, point))
    return MIN (answer, 0);
  if (sqlite3_column_type (statement, 2) != SQLITE_NULL)
    *locality = volant_places_text (statement, 2);
  return 1;
}

/* "12 bis Rue de Rivoli"; behind a Chinese name: "上海路12号". */
static char *
name_house (const char *street, const VolantHouseNumber *house, const char *suffix)
{
  if (volant_fold_is_han (street))
    return g_strdup_printf ("%s%u%s号", street, house->number, suffix);
  return g_strdup_printf ("%u%s%s %s", house->number, strlen (suffix) > 1 ? " " : "", suffix,
                          street);
}

VolantPlace *
volant_places_find_house (VolantPlaces *places, int64_t street_number, const VolantPlace *street,
                          const VolantHouseNumber *house, GError **error)
{
  const char *suffixes[] = { house->suffix, volant_house_number_other_suffix (house->suffix) };

  for (unsigned i = 0; i < G_N_ELEMENTS (suffixes) && suffixes[i] != NULL; i++)
    {
      g_autofree char *locality = NULL;
      VolantPlace *place;
      VolantPoint point;
      int answer =
          read_house (places, street_number, house->number, suffixes[i], &point, &locality, error);

      if (answer < 0)
        return NULL;
      if (answer == 0)
        continue;
      place = g_new0 (VolantPlace, 1);
      place->id = g_strdup_printf ("addr/%s/%u%s", street->id, house->number, suffixes[i]);
      place->kind = VOLANT_PLACE_ADDRESS;
      place->name = name_house (street->name, house, suffixes[i]);
      place->locality =
          locality != NULL ? g_steal_pointer (&locality) : g_strdup (street->locality);
      place->category = g_strdup ("");
      place->point = point;
      place->distance_m = NAN;
      return place;
    }
  return NULL;
}

/* A place by its own id; number gets its row. NULL without error where there is none. */
static VolantPlace *
get_row (VolantPlaces *places, const char *id, int64_t *number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = volant_places_prepare (
      places, "SELECT " VOLANT_PLACES_COLUMNS " FROM place p WHERE p.id = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);
  if (volant_places_step (places, statement, error) != 1)
    return NULL;
  *number = sqlite3_column_int64 (statement, 0);
  return volant_places_read_row (statement);
}

static VolantPlace *
get_house (VolantPlaces *places, const char *id, GError **error)
{
  const char *slash = strrchr (id, '/');
  g_autofree char *street_id = g_strndup (id, (gsize) (slash - id));
  g_autoptr (VolantPlace) street = NULL;
  VolantHouseNumber house;
  int64_t number;

  if (!volant_house_number_parse (slash + 1, &house))
    return NULL;
  street = get_row (places, street_id, &number, error);
  return street != NULL ? volant_places_find_house (places, number, street, &house, error) : NULL;
}

VolantPlace *
volant_places_get (VolantPlaces *places, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  VolantPlace *place;
  int64_t number;

  volant_places_begin (places);
  if (g_str_has_prefix (id, "addr/") && strchr (id + 5, '/') != NULL)
    place = get_house (places, id + 5, &problem);
  else
    place = get_row (places, id, &number, &problem);
  volant_places_end (places);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (place == NULL)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND,
                 "This city has no place “%s”; search for its name", id);
  return place;
}

static int
compare_by_distance (gconstpointer a, gconstpointer b)
{
  const VolantPlace *one = *(VolantPlace *const *) a;
  const VolantPlace *other = *(VolantPlace *const *) b;

  if (one->distance_m != other->distance_m)
    return one->distance_m < other->distance_m ? -1 : 1;
  return strcmp (one->id, other->id);
}

/* The square that holds the circle. */
static void
bind_square (sqlite3_stmt *statement, VolantPoint point, double radius_m)
{
  double lat_e7 = MIN (radius_m, 1e6) / 111195.0 * 1e7;
  double lon_e7 = lat_e7 / MAX (cos (volant_point_lat_deg (point) * G_PI / 180.0), 0.01);

  sqlite3_bind_double (statement, 1, point.lat_e7 - lat_e7);
  sqlite3_bind_double (statement, 2, point.lat_e7 + lat_e7);
  sqlite3_bind_double (statement, 3, point.lon_e7 - lon_e7);
  sqlite3_bind_double (statement, 4, point.lon_e7 + lon_e7);
}

#define NEARBY                                                                                     \
  " FROM box b JOIN place p ON p.number = b.place WHERE b.max_lat >= ?1 AND b.min_lat <= ?2"       \
  " AND b.max_lon >= ?3 AND b.min_lon <= ?4 AND p.kind = ?5"

static VolantPlace *
read_nearby (sqlite3_stmt *statement, VolantPoint point)
{
  VolantPlace *place = volant_places_read_row (statement);
  int first = VOLANT_PLACES_N_COLUMNS;
  VolantBounds box = { sqlite3_column_int (statement, first),
                       sqlite3_column_int (statement, first + 2),
                       sqlite3_column_int (statement, first + 1),
                       sqlite3_column_int (statement, first + 3) };

  if (place == NULL)
    return NULL;
  place->distance_m = box.min_lat_e7 <= box.max_lat_e7 && box.min_lon_e7 <= box.max_lon_e7
                          ? volant_place_box_distance_m (&box, point)
                          : volant_geo_distance_m (place->point, point);
  return place;
}

/* Keeps the nearest of the parts of a place. */
static void
keep_nearest (GPtrArray *nearby, GHashTable *by_number, int64_t number, VolantPlace *place)
{
  VolantPlace *known = g_hash_table_lookup (by_number, &number);

  if (known != NULL)
    {
      known->distance_m = MIN (known->distance_m, place->distance_m);
      volant_place_free (place);
      return;
    }
  g_ptr_array_add (nearby, place);
  g_hash_table_insert (by_number, g_memdup2 (&number, sizeof number), place);
}

/* Every house of the streets nearby. */
static bool
replace_by_houses (VolantPlaces *places, GPtrArray *nearby, GHashTable *by_number,
                   VolantPoint point, double radius_m, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      volant_places_prepare (places, "SELECT number, suffix FROM house WHERE street = ?", error);
  unsigned n_streets = nearby->len;
  GHashTableIter numbers;
  void *number, *street;

  g_hash_table_iter_init (&numbers, by_number);
  while (statement != NULL && g_hash_table_iter_next (&numbers, &number, &street))
    {
      sqlite3_reset (statement);
      sqlite3_bind_int64 (statement, 1, *(int64_t *) number);
      while (nearby->len < MAX_NEARBY && volant_places_step (places, statement, NULL) == 1)
        {
          g_autofree char *suffix = volant_places_text (statement, 1);
          VolantHouseNumber house = { (uint32_t) sqlite3_column_int (statement, 0), "" };
          g_autoptr (VolantPlace) place = NULL;

          g_strlcpy (house.suffix, suffix, sizeof house.suffix);
          place = volant_places_find_house (places, *(int64_t *) number, street, &house, NULL);
          if (place == NULL)
            continue;
          place->distance_m = volant_geo_distance_m (place->point, point);
          if (place->distance_m <= radius_m)
            g_ptr_array_add (nearby, g_steal_pointer (&place));
        }
    }
  if (n_streets > 0)
    g_ptr_array_remove_range (nearby, 0, n_streets);
  return statement != NULL;
}

static bool
collect_nearby (VolantPlaces *places, VolantPoint point, double radius_m, VolantPlaceKind kind,
                GPtrArray *nearby, GError **error)
{
  g_autoptr (GHashTable) by_number =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (sqlite3_stmt) statement = volant_places_prepare (
      places, "SELECT " VOLANT_PLACES_COLUMNS ", b.min_lat, b.max_lat, b.min_lon, b.max_lon" NEARBY,
      error);
  VolantPlaceKind looked_for = kind == VOLANT_PLACE_ADDRESS ? VOLANT_PLACE_STREET : kind;
  int answer = 0;

  if (statement == NULL)
    return false;
  bind_square (statement, point, radius_m);
  sqlite3_bind_int (statement, 5, (int) looked_for);
  while (nearby->len < MAX_NEARBY && (answer = volant_places_step (places, statement, error)) == 1)
    {
      VolantPlace *place = read_nearby (statement, point);

      if (place != NULL && place->distance_m <= radius_m)
        keep_nearest (nearby, by_number, sqlite3_column_int64 (statement, 0), place);
      else
        volant_place_free (place);
    }
  if (answer < 0)
    return false;
  return kind != VOLANT_PLACE_ADDRESS ||
         replace_by_houses (places, nearby, by_number, point, radius_m, error);
}

GPtrArray *
volant_places_near (VolantPlaces *places, VolantPoint point, double radius_m, VolantPlaceKind kind,
                    unsigned limit, GError **error)
{
  g_autoptr (GPtrArray) nearby =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_place_free);
  bool good;

  volant_places_begin (places);
  good = collect_nearby (places, point, radius_m, kind, nearby, error);
  volant_places_end (places);
  if (!good)
    return NULL;
  g_ptr_array_sort (nearby, compare_by_distance);
  if (nearby->len > limit)
    g_ptr_array_remove_range (nearby, limit, nearby->len - limit);
  return g_steal_pointer (&nearby);
}
