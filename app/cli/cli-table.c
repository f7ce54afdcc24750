/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/cli/json-text.h"

#include "app/cli/stop-list.h"
#include "maps/routing/router-core.h"
#include "maps/routing/stops/table.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

/* `volant table`: the times of all ways between stations or points. Numbers are written one by one:
 * a table of a city has half a million of them. */

#define MOST_STOPS 4000
/* Wider tables are summed up for a person. */
#define MOST_COLUMNS 12

typedef struct {
  char *city;
  char *stations;
  char *points;
  char *mode;
  gboolean lengths;
  gboolean json;
  gboolean csv;
} TableOptions;

typedef struct {
  const VolantStopList *list;
  const VolantStops *stops;
  const VolantTable *table;
  VolantMode mode;
} Answer;

static void
clear_options (TableOptions *options)
{
  g_free (options->city);
  g_free (options->stations);
  g_free (options->points);
  g_free (options->mode);
}

static char *
quote_json (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return volant_json_to_text (node, FALSE);
}

static void
write_position (VolantPoint point)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("[%s, %s]", g_ascii_formatd (lon, sizeof lon, "%.7f", volant_point_lon_deg (point)),
          g_ascii_formatd (lat, sizeof lat, "%.7f", volant_point_lat_deg (point)));
}

/* Thousandths as a decimal; null where there is no way. */
static void
write_rows (const Answer *answer, const char *name, const uint32_t *values)
{
  unsigned n = answer->table->n_to;

  printf (",\n  \"%s\": [", name);
  for (unsigned from = 0; from < n; from++)
    {
      printf ("%s\n    [", from > 0 ? "," : "");
      for (unsigned to = 0; to < n; to++)
        {
          uint32_t value = values[(size_t) from * n + to];

          printf (to > 0 ? ", " : "");
          if (volant_table_get_ms (answer->table, from, to) == VOLANT_TIME_NEVER_MS)
            printf ("null");
          else
            printf ("%u.%03u", value / 1000, value % 1000);
        }
      printf ("]");
    }
  printf ("\n  ]");
}

static void
write_json (const Answer *answer)
{
  printf ("{\n  \"mode\": \"%s\",\n  \"stops\": [", volant_stop_list_mode_name (answer->mode));
  for (unsigned i = 0; i < answer->list->stops->len; i++)
    {
      const VolantListedStop *stop = &g_array_index (answer->list->stops, VolantListedStop, i);
      g_autofree char *id = quote_json (stop->id);
      g_autofree char *name = quote_json (stop->name);

      printf ("%s\n    {\"id\": %s, \"name\": %s, \"position\": ", i > 0 ? "," : "", id, name);
      write_position (stop->point);
      printf (", \"on_map\": %s}", volant_stops_is_on_map (answer->stops, i) ? "true" : "false");
    }
  printf ("\n  ]");
  write_rows (answer, "times_s", answer->table->times_ms);
  if (answer->table->lengths_mm != NULL)
    write_rows (answer, "lengths_m", answer->table->lengths_mm);
  printf ("\n}\n");
}

/* RFC 4180. */
static char *
quote_csv (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (strpbrk (text, ",\"\r\n") == NULL)
    return g_strdup (text);
  parts = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  return g_strdup_printf ("\"%s\"", doubled);
}

static void
write_csv (const Answer *answer)
{
  const VolantTable *table = answer->table;
  unsigned n = table->n_to;
  g_auto (GStrv) ids = g_new0 (char *, n + 1);

  for (unsigned i = 0; i < n; i++)
    ids[i] = quote_csv (g_array_index (answer->list->stops, VolantListedStop, i).id);
  printf (table->lengths_mm != NULL ? "from,to,state,time_s,length_m\n"
                                    : "from,to,state,time_s\n");
  for (unsigned from = 0; from < n; from++)
    for (unsigned to = 0; to < n; to++)
      {
        uint32_t time_ms = volant_table_get_ms (table, from, to);
        bool is_on_map = volant_stops_is_on_map (answer->stops, from) &&
                         volant_stops_is_on_map (answer->stops, to);

        printf ("%s,%s,%s,", ids[from], ids[to],
                time_ms < VOLANT_TIME_NEVER_MS ? "ok" : is_on_map ? "unreachable" : "off-map");
        if (time_ms < VOLANT_TIME_NEVER_MS)
          printf ("%u.%03u", time_ms / 1000, time_ms % 1000);
        if (table->lengths_mm != NULL && time_ms < VOLANT_TIME_NEVER_MS)
          printf (",%u.%03u", table->lengths_mm[(size_t) from * n + to] / 1000,
                  table->lengths_mm[(size_t) from * n + to] % 1000);
        else if (table->lengths_mm != NULL)
          printf (",");
        printf ("\n");
      }
}

static int
compare_times (const void *a, const void *b)
{
  uint32_t one = *(const uint32_t *) a, other = *(const uint32_t *) b;

  return (one > other) - (one < other);
}

static void
write_grid (const Answer *answer)
{
  unsigned n = answer->table->n_to;

  printf ("minutes:seconds by %s, from the station of the line to that of the column\n\n     ",
          volant_stop_list_mode_name (answer->mode));
  for (unsigned to = 0; to < n; to++)
    printf ("%7u", to + 1);
  printf ("\n");
  for (unsigned from = 0; from < n; from++)
    {
      const VolantListedStop *stop = &g_array_index (answer->list->stops, VolantListedStop, from);

      printf ("%5u", from + 1);
      for (unsigned to = 0; to < n; to++)
        {
          uint32_t time_s = volant_table_get_ms (answer->table, from, to) / 1000;

          if (time_s < VOLANT_TIME_NEVER_MS / 1000)
            printf ("%4u:%02u", time_s / 60, time_s % 60);
          else
            printf ("%7s", "-");
        }
      printf ("  %s\n", *stop->name != '\0' ? stop->name : stop->id);
    }
}

static void
write_summary (const Answer *answer)
{
  unsigned n = answer->table->n_to;
  size_t n_pairs = (size_t) n * n, n_ways = 0;
  g_autofree uint32_t *times_ms = g_new (uint32_t, n_pairs + 1);

  for (unsigned from = 0; from < n; from++)
    for (unsigned to = 0; to < n; to++)
      {
        uint32_t time_ms = volant_table_get_ms (answer->table, from, to);

        if (from != to && time_ms < VOLANT_TIME_NEVER_MS)
          times_ms[n_ways++] = time_ms;
      }
  qsort (times_ms, n_ways, sizeof (uint32_t), compare_times);
  printf ("%u stops, %u on the map; %zu ways by %s\n", n,
          n - volant_stops_count_off_map (answer->stops), n_ways,
          volant_stop_list_mode_name (answer->mode));
  if (n_ways > 0)
    printf ("median %.1f min, 9 of 10 within %.1f min, longest %.1f min\n",
            times_ms[n_ways / 2] / 60000.0, times_ms[n_ways * 9 / 10] / 60000.0,
            times_ms[n_ways - 1] / 60000.0);
  printf ("--json and --csv print the whole table.\n");
}

/* What is not in the table is told, whatever its shape. */
static void
tell_missing (const Answer *answer)
{
  unsigned n = answer->table->n_to, n_off_map = volant_stops_count_off_map (answer->stops);
  size_t n_unreachable = 0;

  for (unsigned i = 0; n_off_map > 0 && i < n; i++)
    {
      const VolantListedStop *stop = &g_array_index (answer->list->stops, VolantListedStop, i);
      g_autoptr (GError) reason = NULL;

      if (n_off_map <= MOST_COLUMNS && !volant_stops_check (answer->stops, i, &reason))
        g_printerr ("volant table: “%s”: %s\n", *stop->name != '\0' ? stop->name : stop->id,
                    reason->message);
    }
  for (unsigned from = 0; from < n; from++)
    for (unsigned to = 0; to < n; to++)
      n_unreachable += volant_table_get_ms (answer->table, from, to) == VOLANT_TIME_NEVER_MS &&
                       volant_stops_is_on_map (answer->stops, from) &&
                       volant_stops_is_on_map (answer->stops, to);
  if (n_off_map > 0)
    g_printerr ("volant table: %u of %u stops lie off the map\n", n_off_map, n);
  if (n_unreachable > 0)
    g_printerr ("volant table: no way leads between %zu pairs of stops on the map\n",
                n_unreachable);
}

static bool
check_list (const VolantStopList *list, const VolantStops *stops, GError **error)
{
  if (list->stops->len > MOST_STOPS)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                 "%u stops are too many for a table; %u are the most", list->stops->len,
                 MOST_STOPS);
  else if (volant_stops_count_off_map (stops) == list->stops->len)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP,
                 "none of the %u stops is on the map of %s; choose the city that they are in",
                 list->stops->len, volant_city_get_info (list->city)->name);
  else
    return true;
  return false;
}

static bool
tabulate (const TableOptions *options, VolantMode mode, GError **error)
{
  g_autoptr (VolantStopList) list =
    volant_stop_list_new (options->city, options->stations, options->points, NULL, error);
  g_autofree VolantPoint *points = list != NULL ? volant_stop_list_get_points (list) : NULL;
  g_autoptr (VolantStops) stops = NULL;
  g_autoptr (VolantFinder) finder = NULL;
  g_autoptr (VolantMetric) metric = NULL;
  g_autoptr (VolantTable) table = NULL;
  Answer answer;

  if (list == NULL)
    return false;
  stops = volant_stops_new (list->router, mode, points, list->stops->len);
  if (!check_list (list, stops, error))
    return false;
  finder = volant_finder_new_on (volant_router_get_turns (list->router),
                                 volant_router_get_topology (list->router));
  metric = volant_router_ref_metric (list->router, mode);
  table = volant_table_new (finder, metric, stops, stops, options->lengths);
  answer = (Answer) { list, stops, table, mode };
  tell_missing (&answer);
  if (options->json)
    write_json (&answer);
  else if (options->csv)
    write_csv (&answer);
  else if (list->stops->len <= MOST_COLUMNS)
    write_grid (&answer);
  else
    write_summary (&answer);
  return true;
}

static int
check_usage (const TableOptions *options, int argc, VolantMode *mode)
{
  const VolantCommand *command = &volant_command_table;

  if (argc > 1)
    return volant_cli_usage (command, "“--stations” or “--points” stands before what is tabulated");
  if (options->stations != NULL && options->points != NULL)
    return volant_cli_usage (command, "choose --stations or --points");
  if (options->city != NULL && options->stations == NULL && options->points == NULL)
    return volant_cli_usage (command, "give --stations or --points");
  if (options->json && options->csv)
    return volant_cli_usage (command, "choose --json or --csv");
  if (!volant_stop_list_parse_mode (options->mode, mode))
    return volant_cli_usage (command, "“%s” is not a mode; choose car, bus or foot", options->mode);
  return VOLANT_EXIT_DONE;
}

static int
run (int argc, char **argv)
{
  TableOptions options = { NULL };
  const GOptionEntry entries[] = {
    { "city", 0, 0, G_OPTION_ARG_FILENAME, &options.city, "The city file (else the demo city)",
      "CITY" },
    { "stations", 0, 0, G_OPTION_ARG_FILENAME, &options.stations,
      "Stations: a GBFS folder or URL, or a register", "FOLDER" },
    { "points", 0, 0, G_OPTION_ARG_FILENAME, &options.points,
      "Points instead: a line “lat lon [name]” each (- for standard input)", "FILE" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options.mode, "car (default), bus or foot", "MODE" },
    { "lengths", 0, 0, G_OPTION_ARG_NONE, &options.lengths, "Lengths besides the times", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "The table as JSON", NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, "A line for each pair", NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  VolantMode mode = VOLANT_MODE_CAR;
  int status = VOLANT_EXIT_DONE;

  if (volant_cli_parse (&volant_command_table, entries, &argc, &argv, &status))
    status = check_usage (&options, argc, &mode);
  if (status == VOLANT_EXIT_DONE && !tabulate (&options, mode, &error))
    status = volant_cli_refuse (&volant_command_table, error);
  clear_options (&options);
  return status;
}

const VolantCommand volant_command_table = {
  .name = "table",
  .arguments = "[--city CITY] [--stations FOLDER | --points FILE]",
  .summary = "Tells the times of all ways from stations to stations.",
  .details = "Times are those of `volant route`. What is off the map or cannot be reached is told "
             "on stderr and stands as null (JSON) or by its state (CSV): ok, unreachable, "
             "off-map.",
  .run = run,
};
