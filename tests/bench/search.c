/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/csv.h"
#include "maps/places/addresses.h"
#include "maps/places/fold.h"
#include "maps/places/places-build.h"
#include "maps/places/places.h"
#include "tests/support.h"

#include <sqlite3.h>
#include <string.h>

/* The place index beside what one would do without it, on the addresses of Paris, in one run: a
 * table of address lines searched with LIKE, and FTS5 with trigrams over the same lines. Both get
 * folded lines and folded questions, which is more help than they would have. Asked for: whole
 * addresses, addresses half typed, and addresses with one slip, drawn with a fixed seed. */

#define N_QUESTIONS 300
#define N_RESULTS 10
#define RIGHT_WITHIN_M 30.0

typedef struct {
  char *number;
  char *street;
  char *town;
  VolantPoint point;
} Address;

typedef struct {
  char *text;
  VolantPoint point;
} Question;

typedef struct {
  const char *name;
  double *times_ms;
  unsigned n_right;
} Outcome;

static void
clear_address (void *data)
{
  Address *address = data;

  g_free (address->number);
  g_free (address->street);
  g_free (address->town);
}

static void
clear_question (void *data)
{
  g_free (((Question *) data)->text);
}

static GArray *
read_addresses (GBytes *bytes)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (VolantCsv) csv = volant_csv_new (data, size, ';');
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (Address));
  int columns[6];
  static const char *const titles[] = { "numero", "rep", "nom_voie", "nom_commune", "lat", "lon" };

  g_array_set_clear_func (addresses, clear_address);
  volant_csv_next (csv);
  for (unsigned i = 0; i < G_N_ELEMENTS (titles); i++)
    columns[i] = volant_csv_find (csv, titles[i]);
  while (volant_csv_next (csv))
    {
      Address address = { NULL };

      /* Repeated numbers (bis) are many ways of writing: the plain ones are the fair question. */
      if (*volant_csv_get (csv, columns[1]) != '\0' || *volant_csv_get (csv, columns[4]) == '\0')
        continue;
      address.number = g_strdup (volant_csv_get (csv, columns[0]));
      address.street = g_strdup (volant_csv_get (csv, columns[2]));
      address.town = g_strdup (volant_csv_get (csv, columns[3]));
      address.point =
          volant_point_from_degrees (g_ascii_strtod (volant_csv_get (csv, columns[4]), NULL),
                                     g_ascii_strtod (volant_csv_get (csv, columns[5]), NULL));
      g_array_append_val (addresses, address);
    }
  return addresses;
}

/* kind 0: whole; 1: the last third of the street is not typed yet; 2: two neighbours swapped. */
static GArray *
make_questions (GArray *addresses, unsigned kind)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (2018);
  GArray *questions = g_array_new (FALSE, FALSE, sizeof (Question));

  g_array_set_clear_func (questions, clear_question);
  while (questions->len < N_QUESTIONS)
    {
      const Address *address =
          &g_array_index (addresses, Address, g_rand_int_range (chance, 0, (int) addresses->len));
      g_autofree char *street = volant_fold (address->street);
      size_t length = strlen (street);
      Question question = { NULL, address->point };

      if (length < 12 || !g_str_is_ascii (street))
        continue;
      if (kind == 1)
        street[length - length / 3] = '\0';
      if (kind == 2)
        {
          /* Inside the last word, where the name is. */
          size_t at = length - 3;
          char moved = street[at];

          if (street[at] == ' ' || street[at + 1] == ' ' || street[at - 1] == ' ')
            continue;
          street[at] = street[at + 1];
          street[at + 1] = moved;
        }
      question.text = g_strdup_printf ("%s %s", address->number, street);
      g_array_append_val (questions, question);
    }
  return questions;
}

static void
execute (sqlite3 *database, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* Address lines, plain and as trigrams; sizes in bytes. */
static sqlite3 *
make_baseline (GArray *addresses, bool trigrams, size_t *size)
{
  sqlite3 *database = NULL;
  sqlite3_stmt *insert = NULL;
  sqlite3_int64 length = 0;

  g_assert_cmpint (sqlite3_open (":memory:", &database), ==, SQLITE_OK);
  execute (database, trigrams ? "CREATE VIRTUAL TABLE line USING fts5 (text, lat UNINDEXED,"
                                " lon UNINDEXED, tokenize = 'trigram')"
                              : "CREATE TABLE line (text TEXT, lat INTEGER, lon INTEGER)");
  execute (database, "BEGIN");
  sqlite3_prepare_v2 (database, "INSERT INTO line VALUES (?, ?, ?)", -1, &insert, NULL);
  for (unsigned i = 0; i < addresses->len; i++)
    {
      const Address *address = &g_array_index (addresses, Address, i);
      g_autofree char *line =
          g_strdup_printf ("%s %s %s", address->number, address->street, address->town);
      g_autofree char *folded = volant_fold (line);

      sqlite3_bind_text (insert, 1, folded, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int (insert, 2, address->point.lat_e7);
      sqlite3_bind_int (insert, 3, address->point.lon_e7);
      g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
      sqlite3_reset (insert);
    }
  sqlite3_finalize (insert);
  execute (database, "COMMIT");
  sqlite3_free (sqlite3_serialize (database, "main", &length, 0));
  *size = (size_t) length;
  return database;
}

static bool
is_right (VolantPoint found, const Question *question)
{
  return volant_geo_distance_m (found, question->point) < RIGHT_WITHIN_M;
}

static bool
ask_baseline (sqlite3_stmt *select, bool trigrams, const Question *question)
{
  g_autofree char *pattern = g_strdup_printf (trigrams ? "\"%s\"" : "%s%%", question->text);
  bool right = false;

  sqlite3_bind_text (select, 1, pattern, -1, SQLITE_TRANSIENT);
  for (unsigned row = 0; sqlite3_step (select) == SQLITE_ROW; row++)
    if (row == 0)
      right =
          is_right ((VolantPoint){ sqlite3_column_int (select, 1), sqlite3_column_int (select, 2) },
                    question);
  sqlite3_reset (select);
  return right;
}

static bool
ask_index (VolantPlaces *places, const Question *question)
{
  g_autoptr (GPtrArray) found =
      volant_places_search (places, question->text, NULL, N_RESULTS, NULL);

  return found != NULL && found->len > 0 &&
         is_right (((VolantPlace *) found->pdata[0])->point, question);
}

static int
compare_times (const void *a, const void *b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

/* Asks all three in turn for each question, so that whatever else runs here disturbs all alike. */
static void
ask (const char *kind, GArray *questions, VolantPlaces *places, sqlite3 *plain, sqlite3 *trigrams)
{
  Outcome outcomes[] = { { "index" }, { "like" }, { "trigram" } };
  sqlite3_stmt *like = NULL;
  sqlite3_stmt *match = NULL;
  double medians[G_N_ELEMENTS (outcomes)];

  sqlite3_prepare_v2 (plain, "SELECT text, lat, lon FROM line WHERE text LIKE ? LIMIT 10", -1,
                      &like, NULL);
  sqlite3_prepare_v2 (trigrams,
                      "SELECT text, lat, lon FROM line WHERE line MATCH ? ORDER BY rank LIMIT 10",
                      -1, &match, NULL);
  for (unsigned way = 0; way < G_N_ELEMENTS (outcomes); way++)
    outcomes[way].times_ms = g_new0 (double, questions->len);
  for (unsigned i = 0; i < questions->len; i++)
    for (unsigned way = 0; way < G_N_ELEMENTS (outcomes); way++)
      {
        const Question *question = &g_array_index (questions, Question, i);
        gint64 start_us = g_get_monotonic_time ();

        outcomes[way].n_right += way == 0   ? ask_index (places, question)
                                 : way == 1 ? ask_baseline (like, false, question)
                                            : ask_baseline (match, true, question);
        outcomes[way].times_ms[i] = (double) (g_get_monotonic_time () - start_us) / 1000.0;
      }
  for (unsigned way = 0; way < G_N_ELEMENTS (outcomes); way++)
    {
      qsort (outcomes[way].times_ms, questions->len, sizeof (double), compare_times);
      medians[way] = outcomes[way].times_ms[questions->len / 2];
      g_print ("%-10s %-8s median %8.3f ms  p95 %8.3f ms  first is right %3u of %u  ratio %6.2f\n",
               kind, outcomes[way].name, medians[way],
               outcomes[way].times_ms[questions->len * 95 / 100], outcomes[way].n_right,
               questions->len, medians[way] / medians[0]);
      g_free (outcomes[way].times_ms);
    }
  sqlite3_finalize (like);
  sqlite3_finalize (match);
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "whole", "begun", "slip" };
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) image = NULL;
  g_autoptr (GArray) addresses = NULL;
  g_autoptr (VolantPlaces) places = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *plain, *trigrams;
  size_t plain_size, trigram_size;
  gint64 start_us;

  g_test_init (&argc, &argv, NULL);
  path = volant_test_data ("addresses/ban-paris.csv.gz");
  if (path == NULL)
    return 77;
  bytes = volant_addresses_load_file (path, &error);
  g_assert_no_error (error);
  start_us = g_get_monotonic_time ();
  image = volant_places_build (NULL, bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  g_print ("made in %.0f ms\n", (double) (g_get_monotonic_time () - start_us) / 1000.0);
  places = volant_places_open_bytes (image, &error);
  g_assert_no_error (error);
  addresses = read_addresses (bytes);
  plain = make_baseline (addresses, false, &plain_size);
  trigrams = make_baseline (addresses, true, &trigram_size);
  g_print ("addresses %u\nsize: index %zu bytes, like %zu (%.2f times), trigram %zu (%.2f times)\n",
           addresses->len, g_bytes_get_size (image), plain_size,
           (double) plain_size / (double) g_bytes_get_size (image), trigram_size,
           (double) trigram_size / (double) g_bytes_get_size (image));
  for (unsigned kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (GArray) questions = make_questions (addresses, kind);

      ask (kinds[kind], questions, places, plain, trigrams);
    }
  sqlite3_close (plain);
  sqlite3_close (trigrams);
  return 0;
}
