/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/cli/json-text.h"
#include "app/feeds/stations-feed.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* `volant stations`: one read of a feed, as the session would read it. */

#define MAX_LIMIT 100000

typedef struct {
  GMainLoop *loop;
  GError *error;
} Wait;

typedef struct {
  const VolantStation *station;
  double distance_m; /* NAN without --near */
} Line;

static void
on_changed (VolantStationsFeed *feed, void *data)
{
  g_main_loop_quit (((Wait *) data)->loop);
}

static void
on_failed (VolantStationsFeed *feed, const GError *error, void *data)
{
  Wait *wait = data;

  wait->error = g_error_copy (error);
  g_main_loop_quit (wait->loop);
}

/* The feed once read (transfer full); NULL where it cannot be. */
static VolantStationsFeed *
read_feed (const char *location, const char *language, GError **error)
{
  g_autoptr (VolantStationsFeed) feed = volant_stations_feed_new (location, language);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL };

  g_signal_connect (feed, "changed", G_CALLBACK (on_changed), &wait);
  g_signal_connect (feed, "failed", G_CALLBACK (on_failed), &wait);
  volant_stations_feed_start (feed);
  g_main_loop_run (loop);
  volant_stations_feed_stop (feed);
  g_signal_handlers_disconnect_by_data (feed, &wait);
  if (wait.error == NULL)
    return g_steal_pointer (&feed);
  g_propagate_error (error, wait.error);
  return NULL;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *one = a;
  const Line *other = b;

  return (one->distance_m > other->distance_m) - (one->distance_m < other->distance_m);
}

static GArray *
make_lines (const VolantStationFeed *feed, const VolantPoint *near, unsigned limit)
{
  GArray *lines = g_array_sized_new (FALSE, FALSE, sizeof (Line), feed->stations->len);

  for (unsigned i = 0; i < feed->stations->len; i++)
    {
      Line line = { feed->stations->pdata[i], NAN };

      if (near != NULL)
        line.distance_m = volant_geo_distance_m (line.station->point, *near);
      g_array_append_val (lines, line);
    }
  if (near != NULL)
    g_array_sort (lines, compare_lines);
  if (lines->len > limit)
    g_array_set_size (lines, limit);
  return lines;
}

static const char *
name_state (const VolantStation *station)
{
  if (!station->is_installed)
    return "planned";
  if (station->is_renting)
    return station->is_returning ? "open" : "rents only";
  if (station->is_returning)
    return "returns only";
  return "closed";
}

/* Counted in characters, so that accents do not move the columns; Chinese ones are two wide. */
static void
print_cell (const char *text, int width)
{
  int n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      n += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  g_print ("%s%*s", text, MAX (width - n, 0), "");
}

static void
print_count (int32_t count)
{
  if (count < 0)
    g_print ("%9s", "?");
  else
    g_print ("%9d", count);
}

static void
print_table (GArray *lines)
{
  int name_width = 4;
  int spoken_width = 6;

  for (unsigned i = 0; i < lines->len; i++)
    {
      const VolantStation *station = g_array_index (lines, Line, i).station;

      name_width = MAX (name_width, (int) g_utf8_strlen (station->name, -1));
      spoken_width = MAX (spoken_width, (int) g_utf8_strlen (station->spoken_name, -1));
    }
  name_width = MIN (name_width, 44) + 2;
  spoken_width = MIN (spoken_width, 36) + 2;
  print_cell ("NAME", name_width);
  print_cell ("SPOKEN", spoken_width);
  g_print ("%9s%9s%9s  STATE\n", "CARS", "DOCKS", "CHARGERS");
  for (unsigned i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      print_cell (line->station->name, name_width);
      print_cell (line->station->spoken_name, spoken_width);
      print_count (line->station->cars_available);
      print_count (line->station->docks_available);
      print_count (line->station->chargers_available);
      g_print ("  %s", name_state (line->station));
      if (!isnan (line->distance_m))
        g_print ("  %.1f km", line->distance_m / 1000.0);
      g_print ("\n");
    }
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *member, int64_t number)
{
  json_builder_set_member_name (builder, member);
  if (number < 0)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, number);
}

static void
add_switch (JsonBuilder *builder, const char *member, bool value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

static void
add_station (JsonBuilder *builder, const Line *line)
{
  const VolantStation *station = line->station;

  json_builder_begin_object (builder);
  add_text (builder, "id", station->id);
  add_text (builder, "name", station->name);
  add_text (builder, "spoken_name", station->spoken_name);
  add_text (builder, "address", station->address);
  json_builder_set_member_name (builder, "lat");
  json_builder_add_double_value (builder, volant_point_lat_deg (station->point));
  json_builder_set_member_name (builder, "lon");
  json_builder_add_double_value (builder, volant_point_lon_deg (station->point));
  add_number (builder, "capacity", station->capacity > 0 ? (int64_t) station->capacity : -1);
  add_number (builder, "cars_available", station->cars_available);
  add_number (builder, "docks_available", station->docks_available);
  add_number (builder, "chargers_available", station->chargers_available);
  add_switch (builder, "has_charging", station->has_charging);
  add_switch (builder, "is_installed", station->is_installed);
  add_switch (builder, "is_renting", station->is_renting);
  add_switch (builder, "is_returning", station->is_returning);
  add_number (builder, "reported_at_s", station->reported_at_s > 0 ? station->reported_at_s : -1);
  if (!isnan (line->distance_m))
    add_number (builder, "distance_m", (int64_t) line->distance_m);
  json_builder_end_object (builder);
}

static void
print_json (const VolantStationFeed *feed, GArray *lines)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "system_id", feed->system_id);
  add_text (builder, "system_name", feed->system_name);
  add_text (builder, "version", feed->version);
  add_text (builder, "attribution", feed->attribution);
  add_number (builder, "ttl_s", feed->ttl_s);
  add_number (builder, "updated_at_s", feed->updated_at_s);
  add_number (builder, "skipped", feed->n_skipped);
  json_builder_set_member_name (builder, "stations");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < lines->len; i++)
    add_station (builder, &g_array_index (lines, Line, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = volant_json_to_text (root, TRUE);
  g_print ("%s\n", text);
}

static int
show (const char *location, const char *language, const VolantPoint *near, unsigned limit,
      bool json)
{
  g_autofree char *demo = location == NULL ? volant_cli_demo_path ("stations") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantStationsFeed) service =
      read_feed (location != NULL ? location : demo, language, &error);
  g_autoptr (GArray) lines = NULL;
  VolantStationFeed *feed;

  if (service == NULL)
    return volant_cli_refuse (&volant_command_stations, error);
  feed = volant_stations_feed_get_feed (service);
  for (unsigned i = 0; feed->warnings[i] != NULL; i++)
    g_printerr ("volant stations: warning: %s\n", feed->warnings[i]);
  lines = make_lines (feed, near, limit);
  if (json)
    print_json (feed, lines);
  else
    {
      print_table (lines);
      g_print ("%u of %u stations, %s%sversion %s%s%s\n", lines->len, feed->stations->len,
               feed->system_name, *feed->system_name != '\0' ? ", " : "", feed->version,
               *feed->attribution != '\0' ? "; " : "", feed->attribution);
    }
  return VOLANT_EXIT_DONE;
}

static int
run (int argc, char **argv)
{
  const VolantCommand *command = &volant_command_stations;
  g_autofree char *near_text = NULL;
  g_autofree char *language = NULL;
  g_autoptr (GError) error = NULL;
  int limit = MAX_LIMIT;
  gboolean json = FALSE;
  VolantPoint near = { 0, 0 };
  int exit_status;
  const GOptionEntry entries[] = {
    { "near", 0, 0, G_OPTION_ARG_STRING, &near_text, "Nearest to here first", "LAT,LON" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many stations", "N" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "Names in this language, where given",
      "LL" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Answer as JSON", NULL },
    { NULL },
  };

  if (!volant_cli_parse (command, entries, &argc, &argv, &exit_status))
    return exit_status;
  if (argc > 2)
    return volant_cli_usage (command, "give one folder, file or address");
  if (limit < 1 || limit > MAX_LIMIT)
    return volant_cli_usage (command, "--limit takes a number from 1 to %d", MAX_LIMIT);
  if (near_text != NULL && !volant_point_parse (near_text, &near, &error))
    return volant_cli_usage (command, "--near: %s", error->message);
  return show (argc == 2 ? argv[1] : NULL, language, near_text != NULL ? &near : NULL,
               (unsigned) limit, json);
}

const VolantCommand volant_command_stations = {
  .name = "stations",
  .arguments = "[LOCATION]",
  .summary = "Shows the stations of a car-sharing feed.",
  .details =
      "LOCATION is a folder with a GBFS feed (2.0 to 3.0), a gbfs.json, a register as CSV "
      "(Autolib' 2014 and 2018, Shenzhen charging) or an http address; without one, the demo's "
      "stations. What is odd in the feed is told on stderr.",
  .run = run,
};
