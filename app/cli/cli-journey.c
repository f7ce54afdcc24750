/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/cli/json-text.h"

#include "app/cli/route-ends.h"
#include "app/cli/stop-list.h"
#include "maps/routing/router-core.h"
#include "maps/routing/stops/journey.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

/* `volant journey`: door to door by way of two stations, whichever take least. */

#define MOST_HANDLING_S 7200

typedef struct {
  char *city;
  char *stations;
  int handling_s;
  gboolean json;
} JourneyOptions;

static void
clear_options (JourneyOptions *options)
{
  g_free (options->city);
  g_free (options->stations);
}

/* Unknown counts are taken for good news: the feed does not tell. */
static void
find_open (const VolantStopList *list, bool *has_car, bool *has_dock)
{
  for (unsigned i = 0; i < list->stops->len; i++)
    {
      const VolantStation *station = g_array_index (list->stops, VolantListedStop, i).station;

      has_car[i] = station->is_installed && station->is_renting && station->cars_available != 0;
      has_dock[i] = station->is_installed && station->is_returning && station->docks_available != 0;
    }
}

static bool
find_journey (const VolantStopList *list, int handling_s, VolantPoint from, VolantPoint to,
              VolantJourney *journey, GError **error)
{
  VolantRouter *router = list->router;
  unsigned n = list->stops->len;
  g_autofree VolantPoint *points = volant_stop_list_get_points (list);
  g_autofree bool *has_car = g_new0 (bool, n + 1);
  g_autofree bool *has_dock = g_new0 (bool, n + 1);
  g_autoptr (VolantStops) on_foot = volant_stops_new (router, VOLANT_MODE_FOOT, points, n);
  g_autoptr (VolantStops) by_car = volant_stops_new (router, VOLANT_MODE_CAR, points, n);
  g_autoptr (VolantFinder) finder = volant_finder_new (volant_router_get_turns (router));
  g_autoptr (VolantMetric) foot = volant_router_ref_metric (router, VOLANT_MODE_FOOT);
  g_autoptr (VolantMetric) car = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  VolantJourneyWish wish = { on_foot, by_car, has_car, has_dock, 0, (uint32_t) handling_s * 1000 };

  find_open (list, has_car, has_dock);
  return volant_journey_find (finder, foot, car, &wish, from, to, journey, error);
}

static const VolantListedStop *
stop_at (const VolantStopList *list, unsigned i)
{
  return &g_array_index (list->stops, VolantListedStop, i);
}

static void
print_words (const VolantStopList *list, const VolantRouteEnd *from, const VolantRouteEnd *to,
             const VolantJourney *journey, int handling_s)
{
  printf ("%s → %s: %.1f min\n", from->name, to->name, journey->time_ms / 60000.0);
  printf ("%6.1f min  walk to %s\n", journey->walk_to_ms / 60000.0,
          stop_at (list, journey->from_stop)->name);
  printf ("%6.1f min  drive to %s, %d s of handling besides\n", journey->drive_ms / 60000.0,
          stop_at (list, journey->to_stop)->name, handling_s);
  printf ("%6.1f min  walk to %s\n", journey->walk_from_ms / 60000.0, to->name);
  if (journey->walk_only_ms <= journey->time_ms)
    printf ("On foot alone it takes %.1f min.\n", journey->walk_only_ms / 60000.0);
}

static void
add_seconds (JsonBuilder *builder, const char *name, uint32_t ms)
{
  json_builder_set_member_name (builder, name);
  if (ms < VOLANT_TIME_NEVER_MS)
    json_builder_add_double_value (builder, ms / 1000.0);
  else
    json_builder_add_null_value (builder);
}

static void
print_json (const VolantStopList *list, const VolantRouteEnd *from, const VolantRouteEnd *to,
            const VolantJourney *journey)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  volant_json_add_string (builder, "from", from->name);
  volant_json_add_string (builder, "to", to->name);
  add_seconds (builder, "time_s", journey->time_ms);
  add_seconds (builder, "walk_only_s", journey->walk_only_ms);
  volant_json_add_string (builder, "take_at", stop_at (list, journey->from_stop)->id);
  volant_json_add_string (builder, "return_at", stop_at (list, journey->to_stop)->id);
  add_seconds (builder, "walk_to_s", journey->walk_to_ms);
  add_seconds (builder, "drive_s", journey->drive_ms);
  add_seconds (builder, "walk_from_s", journey->walk_from_ms);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = volant_json_to_text (root, TRUE);
  printf ("%s\n", text);
}

static bool
answer (const JourneyOptions *options, char **words, GError **error)
{
  g_autoptr (VolantStopList) list =
      volant_stop_list_new (options->city, options->stations, NULL, NULL, error);
  g_autoptr (VolantRouteEnds) ends =
      list != NULL ? volant_route_ends_new (list->city, options->stations, error) : NULL;
  g_autoptr (VolantRouteEnd) from = NULL;
  g_autoptr (VolantRouteEnd) to = NULL;
  VolantJourney journey;

  if (ends == NULL)
    return false;
  from = volant_route_ends_find (ends, words[0], &volant_city_get_info (list->city)->start, error);
  to = from != NULL ? volant_route_ends_find (ends, words[1], &from->point, error) : NULL;
  if (to == NULL ||
      !find_journey (list, options->handling_s, from->point, to->point, &journey, error))
    return false;
  if (options->json)
    print_json (list, from, to, &journey);
  else
    print_words (list, from, to, &journey, options->handling_s);
  return true;
}

static int
check_usage (const JourneyOptions *options, int argc)
{
  const VolantCommand *command = &volant_command_journey;

  if (argc != 3)
    return volant_cli_usage (command, "give two doors, each one word or in quotes");
  if (options->city != NULL && options->stations == NULL)
    return volant_cli_usage (command, "give --stations");
  if (options->handling_s < 0 || options->handling_s > MOST_HANDLING_S)
    return volant_cli_usage (command, "--handling takes seconds, from 0 to %d", MOST_HANDLING_S);
  return VOLANT_EXIT_DONE;
}

static int
run (int argc, char **argv)
{
  JourneyOptions options = { .handling_s = 120 };
  const GOptionEntry entries[] = {
    { "city", 0, 0, G_OPTION_ARG_FILENAME, &options.city, "The city file (else the demo city)",
      "CITY" },
    { "stations", 0, 0, G_OPTION_ARG_FILENAME, &options.stations,
      "Stations: a GBFS folder or URL, or a register", "FOLDER" },
    { "handling", 0, 0, G_OPTION_ARG_INT, &options.handling_s,
      "To unplug, park and plug the car: 120 by default", "SECONDS" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "The journey as JSON", NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  int status = VOLANT_EXIT_DONE;

  if (volant_cli_parse (&volant_command_journey, entries, &argc, &argv, &status))
    status = check_usage (&options, argc);
  if (status == VOLANT_EXIT_DONE && !answer (&options, argv + 1, &error))
    status = volant_cli_refuse (&volant_command_journey, error);
  clear_options (&options);
  return status;
}

const VolantCommand volant_command_journey = {
  .name = "journey",
  .arguments = "[--city CITY] [--stations FOLDER] FROM TO",
  .summary = "Finds the way from door to door: a walk, a shared car, a walk.",
  .details = "FROM and TO are positions (48.8443,2.3744), places, or stations by id or name. The "
             "car is taken where one is free and left where a dock is: at the two stations that "
             "make the whole way shortest.",
  .run = run,
};
