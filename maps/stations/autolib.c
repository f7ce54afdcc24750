/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/autolib.h"

#include "maps/csv.h"
#include "maps/stations/feed-builder.h"
#include "maps/stations/spoken-name.h"

#include <errno.h>
#include <string.h>

/* One reader a register; each row becomes a station or a warning. The two Autolib' files went
 * through programs that broke their accents in two ways, which repair_text () undoes. */

#define MAX_BYTES (64u << 20)

typedef void (*RowReader) (VolantCsv *csv, const int *columns, VolantFeedBuilder *builder);

/* UTF-8 that was read as Latin-1 and written as UTF-8 again ("EugÃ¨ne"): back to its bytes, if
 * those are UTF-8. */
static char *
undo_double_encoding (const char *text)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c > 0xff)
        return g_strdup (text);
      g_string_append_c (bytes, (char) c);
    }
  if (!g_utf8_validate (bytes->str, (gssize) bytes->len, NULL))
    return g_strdup (text);
  return g_string_free (g_steal_pointer (&bytes), FALSE);
}

/* Windows-1252 read as Latin-1 leaves control characters where œ, ’ and others stood. */
static char *
undo_control_characters (const char *text)
{
  g_autoptr (GString) repaired = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      char byte = (char) c;
      g_autofree char *meant = c >= 0x80 && c <= 0x9f
                                   ? g_convert (&byte, 1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL)
                                   : NULL;

      if (meant != NULL)
        g_string_append (repaired, meant);
      else
        g_string_append_unichar (repaired, c);
    }
  return g_string_free (g_steal_pointer (&repaired), FALSE);
}

static char *
repair_text (const char *text)
{
  g_autofree char *single = undo_double_encoding (text);
  g_autofree char *printable = undo_control_characters (single);
  char *composed = g_utf8_normalize (printable, -1, G_NORMALIZE_DEFAULT_COMPOSE);

  return composed != NULL ? g_strstrip (composed) : g_strdup ("");
}

static bool
parse_count (const char *text, int32_t *count)
{
  unsigned long long value;
  char *end;

  if (!g_ascii_isdigit (*text))
    return false;
  errno = 0;
  value = g_ascii_strtoull (text, &end, 10);
  if (errno != 0 || *end != '\0' || value > 1000000)
    return false;
  *count = (int32_t) value;
  return true;
}

static bool
parse_position (const char *text, VolantPoint *point)
{
  return volant_point_parse (text, point, NULL) && (point->lat_e7 != 0 || point->lon_e7 != 0);
}

/* A station from its columns; NULL, and a warning, where id, name or position is missing. */
static VolantStation *
new_station (VolantCsv *csv, const char *id, const char *name, const char *town,
             const char *position, VolantFeedBuilder *builder)
{
  g_autofree char *repaired = repair_text (name);
  g_autofree char *repaired_town = repair_text (town);
  VolantStation *station;
  VolantPoint point;

  if (*id == '\0' || *repaired == '\0')
    {
      volant_feed_builder_skip (builder, "line %u: a station without id or name",
                                volant_csv_get_line (csv));
      return NULL;
    }
  if (!parse_position (position, &point))
    {
      volant_feed_builder_skip (builder, "line %u, station “%s” (%s): “%s” is no position",
                                volant_csv_get_line (csv), id, repaired, position);
      return NULL;
    }
  station = volant_feed_builder_new_station (id, repaired, repaired_town);
  station->point = point;
  return station;
}

static char *
make_address (const char *street, const char *code, const char *town)
{
  g_autofree char *repaired_street = repair_text (street);
  g_autofree char *repaired_town = repair_text (town);

  return g_strdup_printf ("%s, %s %s", repaired_street, code, repaired_town);
}

static void
read_count (VolantCsv *csv, int column, const char *title, const VolantStation *station,
            int32_t *count, VolantFeedBuilder *builder)
{
  if (!parse_count (volant_csv_get (csv, column), count))
    volant_feed_builder_warn (builder, "line %u, station “%s”: %s “%s” is not a count",
                              volant_csv_get_line (csv), station->id, title,
                              volant_csv_get (csv, column));
}

static const char *const titles_2014[] = {
  "ID",    "Identifiant Autolib'", "Rue",      "Code postal",
  "Ville", "Coordonnées geo",      "Autolib'", "Tiers",
  NULL,
};

static void
read_row_2014 (VolantCsv *csv, const int *columns, VolantFeedBuilder *builder)
{
  enum { ID, NAME, STREET, CODE, TOWN, POSITION, DOCKS, CHARGERS };
  VolantStation *station = new_station (
      csv, volant_csv_get (csv, columns[ID]), volant_csv_get (csv, columns[NAME]),
      volant_csv_get (csv, columns[TOWN]), volant_csv_get (csv, columns[POSITION]), builder);
  int32_t docks = 0;
  int32_t chargers = 0;

  if (station == NULL)
    return;
  g_free (station->address);
  station->address =
      make_address (volant_csv_get (csv, columns[STREET]), volant_csv_get (csv, columns[CODE]),
                    volant_csv_get (csv, columns[TOWN]));
  read_count (csv, columns[DOCKS], "Autolib'", station, &docks, builder);
  read_count (csv, columns[CHARGERS], "Tiers", station, &chargers, builder);
  station->capacity = (uint32_t) docks;
  station->has_charging = chargers > 0;
  if (chargers == 0)
    station->chargers_available = 0;
  volant_feed_builder_add (builder, station);
}

static const char *const titles_2018[] = {
  "ID",    "Public name",  "Address",         "Postal code", "City",          "Geo point", "Cars",
  "Slots", "Charge Slots", "Charging Status", "Status",      "Rental status", "year",      "month",
  "day",   "hour",         "minute",          NULL,
};

enum {
  STATE_ID,
  STATE_NAME,
  STATE_STREET,
  STATE_CODE,
  STATE_TOWN,
  STATE_POSITION,
  STATE_CARS,
  STATE_SLOTS,
  STATE_CHARGE_SLOTS,
  STATE_CHARGING,
  STATE_STATUS,
  STATE_RENTAL,
  STATE_YEAR,
  STATE_MONTH,
  STATE_DAY,
  STATE_HOUR,
  STATE_MINUTE,
};

/* The file says no time zone; UTC keeps the order of samples. */
static int64_t
read_sample_time_s (VolantCsv *csv, const int *columns)
{
  int32_t parts[5] = { 0 };
  g_autoptr (GDateTime) time = NULL;

  for (unsigned i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!parse_count (volant_csv_get (csv, columns[STATE_YEAR + i]), &parts[i]))
      return 0;
  time = g_date_time_new_utc (parts[0], parts[1], parts[2], parts[3], parts[4], 0);
  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static void
read_state_2018 (VolantCsv *csv, const int *columns, VolantStation *station,
                 VolantFeedBuilder *builder)
{
  const char *status = volant_csv_get (csv, columns[STATE_STATUS]);
  const char *rental = volant_csv_get (csv, columns[STATE_RENTAL]);
  const char *charging = volant_csv_get (csv, columns[STATE_CHARGING]);

  read_count (csv, columns[STATE_CARS], "Cars", station, &station->cars_available, builder);
  read_count (csv, columns[STATE_SLOTS], "Slots", station, &station->docks_available, builder);
  if (station->cars_available >= 0 && station->docks_available >= 0)
    station->capacity = (uint32_t) (station->cars_available + station->docks_available);
  station->is_installed = strcmp (status, "scheduled") != 0;
  station->is_returning = strcmp (status, "ok") == 0;
  station->is_renting = station->is_returning && strcmp (rental, "operational") == 0;
  station->has_charging = strcmp (charging, "nonexistent") != 0;
  if (strcmp (charging, "operational") == 0)
    read_count (csv, columns[STATE_CHARGE_SLOTS], "Charge Slots", station,
                &station->chargers_available, builder);
  else
    station->chargers_available = 0;
  if (strcmp (status, "ok") != 0 && strcmp (status, "closed") != 0 &&
      strcmp (status, "scheduled") != 0)
    volant_feed_builder_warn (builder,
                              "line %u, station “%s”: status “%s” is not known; taken as closed",
                              volant_csv_get_line (csv), station->id, status);
}

static void
replace_station (VolantStation *old, VolantStation *new)
{
  VolantStation swapped = *old;

  *old = *new;
  *new = swapped;
  /* The builder knows the station by the very string it was added with. */
  new->id = old->id;
  old->id = swapped.id;
  volant_station_free (new);
}

static void
read_row_2018 (VolantCsv *csv, const int *columns, VolantFeedBuilder *builder)
{
  VolantStation *station = new_station (csv, volant_csv_get (csv, columns[STATE_ID]),
                                        volant_csv_get (csv, columns[STATE_NAME]),
                                        volant_csv_get (csv, columns[STATE_TOWN]),
                                        volant_csv_get (csv, columns[STATE_POSITION]), builder);
  VolantStation *before;
  VolantStationFeed *feed = volant_feed_builder_get_feed (builder);

  if (station == NULL)
    return;
  g_free (station->address);
  station->address = make_address (volant_csv_get (csv, columns[STATE_STREET]),
                                   volant_csv_get (csv, columns[STATE_CODE]),
                                   volant_csv_get (csv, columns[STATE_TOWN]));
  station->reported_at_s = read_sample_time_s (csv, columns);
  feed->updated_at_s = MAX (feed->updated_at_s, station->reported_at_s);
  read_state_2018 (csv, columns, station, builder);
  before = volant_feed_builder_find (builder, station->id);
  if (before == NULL)
    volant_feed_builder_add (builder, station);
  else if (station->reported_at_s >= before->reported_at_s)
    replace_station (before, station);
  else
    volant_station_free (station);
}

static const char *const titles_shenzhen[] = {
  "station_id", "latitude", "longitude", "fast", "slow", "count", NULL,
};

static void
read_row_shenzhen (VolantCsv *csv, const int *columns, VolantFeedBuilder *builder)
{
  enum { ID, LAT, LON, FAST, SLOW, COUNT };
  g_autofree char *name = g_strdup_printf ("Shenzhen %s", volant_csv_get (csv, columns[ID]));
  g_autofree char *position = g_strdup_printf ("%s,%s", volant_csv_get (csv, columns[LAT]),
                                               volant_csv_get (csv, columns[LON]));
  VolantStation *station =
      new_station (csv, volant_csv_get (csv, columns[ID]), name, "", position, builder);
  int32_t count = 0;

  if (station == NULL)
    return;
  read_count (csv, columns[COUNT], "count", station, &count, builder);
  /* The register has no names: the number is all there is to say. */
  g_free (station->spoken_name);
  station->spoken_name = g_strdup (name);
  station->capacity = (uint32_t) count;
  station->has_charging = count > 0;
  /* Cars are charged here, not lent. */
  station->is_renting = station->is_returning = false;
  volant_feed_builder_add (builder, station);
}

static const struct {
  const char *version;
  const char *system_name;
  const char *attribution;
  char separator;
  const char *const *titles;
  RowReader read_row;
} registers[] = {
  { "autolib-2014", "Autolib'", "Autolib' Métropole, ODbL", ';', titles_2014, read_row_2014 },
  { "autolib-2018", "Autolib'", "Autolib' Métropole, ODbL", ',', titles_2018, read_row_2018 },
  { "shenzhen-charging", "Shenzhen", "", ',', titles_shenzhen, read_row_shenzhen },
};

static bool
find_columns (VolantCsv *csv, const char *const *titles, int *columns)
{
  if (!volant_csv_next (csv))
    return false;
  for (unsigned i = 0; titles[i] != NULL; i++)
    if ((columns[i] = volant_csv_find (csv, titles[i])) < 0)
      return false;
  return true;
}

VolantStationFeed *
volant_station_csv_parse (GBytes *bytes, GError **error)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  int columns[G_N_ELEMENTS (titles_2018)];

  if (size > MAX_BYTES)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "The station register has %zu bytes; %u are the most", size, MAX_BYTES);
      return NULL;
    }
  for (unsigned i = 0; i < G_N_ELEMENTS (registers); i++)
    {
      g_autoptr (VolantCsv) csv = volant_csv_new (data, size, registers[i].separator);
      g_autoptr (VolantFeedBuilder) builder = NULL;
      VolantStationFeed *feed;

      if (!find_columns (csv, registers[i].titles, columns))
        continue;
      builder = volant_feed_builder_new (registers[i].version);
      feed = volant_feed_builder_get_feed (builder);
      g_free (feed->system_name);
      feed->system_name = g_strdup (registers[i].system_name);
      g_free (feed->attribution);
      feed->attribution = g_strdup (registers[i].attribution);
      while (volant_csv_next (csv))
        registers[i].read_row (csv, columns, builder);
      return volant_feed_builder_finish (g_steal_pointer (&builder), error);
    }
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
               "The file is no known station register: its columns are neither those of Autolib' "
               "(2014, 2018) nor of the Shenzhen charging stations");
  return NULL;
}
