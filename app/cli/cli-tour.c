/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"

#include "app/cli/route-ends.h"
#include "app/cli/tour-output.h"
#include "maps/routing/router-core.h"
#include "maps/routing/stops/table.h"
#include "maps/routing/tour/scooter.h"
#include "maps/routing/tour/targets.h"

#include <stdio.h>
#include <string.h>

/* `volant tour`: rebalancing, from a feed's cars and docks to an order of moves. */

#define HANDLING_S 180
#define MOST_HANDLING_S 7200

typedef enum { RETURN_SCOOTER, RETURN_WALK, RETURN_CAR, N_RETURNS } Return;

static const char *const return_names[N_RETURNS] = { "scooter", "walk", "car" };

typedef struct {
  char *city;
  char *stations;
  char *targets;
  char *from;
  char *back;
  int handling_s;
  int moves;
  gboolean json;
  gboolean geojson;
} TourOptions;

/* The stations that take part, by their own numbers. */
typedef struct {
  GArray *stops;      /* unsigned: index into the list */
  GArray *cars;       /* uint32_t, as stops */
  GArray *docks;
  VolantPoint *points;
  uint32_t *targets;
  VolantTable *drives;
  VolantTable *returns;
  VolantTable *start; /* NULL where the driver begins anywhere */
} Fleet;

static void
clear_options (TourOptions *options)
{
  g_free (options->city);
  g_free (options->stations);
  g_free (options->targets);
  g_free (options->from);
  g_free (options->back);
}

static void
fleet_free (Fleet *fleet)
{
  g_array_unref (fleet->stops);
  g_array_unref (fleet->cars);
  g_array_unref (fleet->docks);
  g_free (fleet->points);
  g_free (fleet->targets);
  g_clear_pointer (&fleet->drives, volant_table_free);
  g_clear_pointer (&fleet->returns, volant_table_free);
  g_clear_pointer (&fleet->start, volant_table_free);
  g_free (fleet);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fleet, fleet_free)

/* Free docks; where the feed does not tell, the room that is left by the cars. -1 unknown. */
static int64_t
find_docks (const VolantStation *station)
{
  if (station->docks_available >= 0)
    return station->docks_available;
  return station->capacity > 0 ? MAX ((int64_t) station->capacity - station->cars_available, 0)
                               : -1;
}

/* Only what is open, known and on the map both ways can be balanced. */
static Fleet *
select_stations (const VolantStopList *list)
{
  g_autofree VolantPoint *points = volant_stop_list_get_points (list);
  g_autoptr (VolantStops) by_car =
    volant_stops_new (list->router, VOLANT_MODE_CAR, points, list->stops->len);
  g_autoptr (VolantStops) on_foot =
    volant_stops_new (list->router, VOLANT_MODE_FOOT, points, list->stops->len);
  Fleet *fleet = g_new0 (Fleet, 1);
  unsigned n_closed = 0, n_unknown = 0, n_off_map = 0;

  fleet->stops = g_array_new (FALSE, FALSE, sizeof (unsigned));
  fleet->cars = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  fleet->docks = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  fleet->points = g_new (VolantPoint, list->stops->len + 1);
  for (unsigned i = 0; i < list->stops->len; i++)
    {
      const VolantStation *station = g_array_index (list->stops, VolantListedStop, i).station;
      int64_t docks = find_docks (station);
      bool is_open = station->is_installed && station->is_renting && station->is_returning;
      bool is_on_map = volant_stops_is_on_map (by_car, i) && volant_stops_is_on_map (on_foot, i);

      n_closed += !is_open;
      n_unknown += is_open && (station->cars_available < 0 || docks < 0);
      n_off_map += !is_on_map;
      if (!is_open || !is_on_map || station->cars_available < 0 || docks < 0)
        continue;
      fleet->points[fleet->stops->len] = station->point;
      g_array_append_val (fleet->stops, i);
      g_array_append_vals (fleet->cars, &(uint32_t) { (uint32_t) station->cars_available }, 1);
      g_array_append_vals (fleet->docks, &(uint32_t) { (uint32_t) docks }, 1);
    }
  if (n_closed + n_unknown + n_off_map > 0)
    g_printerr ("volant tour: of %u stations %u are closed, %u do not tell their cars and docks, "
                "%u lie off the map; they do not take part\n",
                list->stops->len, n_closed, n_unknown, n_off_map);
  return fleet;
}

static bool
refuse_target (const char *path, const VolantStationTarget *target, const char *why,
               GError **error)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID, "%s: line %u: station “%s” %s",
               path, target->line, target->station, why);
  return false;
}

static bool
set_target (const VolantStopList *list, Fleet *fleet, const char *path,
            const VolantStationTarget *target, GError **error)
{
  for (unsigned i = 0; i < fleet->stops->len; i++)
    {
      unsigned stop = g_array_index (fleet->stops, unsigned, i);
      uint64_t room = (uint64_t) g_array_index (fleet->cars, uint32_t, i) +
                      g_array_index (fleet->docks, uint32_t, i);

      if (strcmp (g_array_index (list->stops, VolantListedStop, stop).id, target->station) != 0)
        continue;
      fleet->targets[i] = target->cars;
      return target->cars <= room ||
             refuse_target (path, target, "has less room than that; lower its target", error);
    }
  for (unsigned i = 0; i < list->stops->len; i++)
    if (strcmp (g_array_index (list->stops, VolantListedStop, i).id, target->station) == 0)
      return refuse_target (path, target,
                            "is closed, off the map, or does not tell its cars; leave it out",
                            error);
  return refuse_target (path, target, "is not in the feed; look for its id with `volant stations`",
                        error);
}

/* What a file tells, the others as they are; without a file, shares by room. */
static bool
set_targets (const TourOptions *options, const VolantStopList *list, Fleet *fleet, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GArray) targets = NULL;
  const char *text;
  size_t size;

  fleet->targets = g_new0 (uint32_t, fleet->stops->len + 1);
  if (options->targets == NULL)
    {
      volant_tour_share_out ((uint32_t *) fleet->cars->data, (uint32_t *) fleet->docks->data,
                             fleet->stops->len, fleet->targets);
      return true;
    }
  memcpy (fleet->targets, fleet->cars->data, fleet->cars->len * sizeof (uint32_t));
  bytes = volant_stop_list_read_file (options->targets, error);
  if (bytes == NULL)
    return false;
  text = g_bytes_get_data (bytes, &size);
  targets = volant_targets_parse (text != NULL ? text : "", size, error);
  if (targets == NULL)
    {
      g_prefix_error (error, "%s: ", options->targets);
      return false;
    }
  for (unsigned i = 0; i < targets->len; i++)
    if (!set_target (list, fleet, options->targets,
                     &g_array_index (targets, VolantStationTarget, i), error))
      return false;
  return true;
}

/* What the driver comes back by: a mode, and its times. */
static VolantMetric *
find_return_metric (VolantRouter *router, Return back)
{
  if (back == RETURN_SCOOTER)
    return volant_scooter_metric_new (volant_router_get_roads (router),
                                      volant_router_get_turns (router));
  return volant_router_ref_metric (router, back == RETURN_WALK ? VOLANT_MODE_FOOT
                                                               : VOLANT_MODE_CAR);
}

static bool
tabulate (const VolantStopList *list, Fleet *fleet, Return back, const VolantRouteEnd *from,
          GError **error)
{
  VolantRouter *router = list->router;
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  g_autoptr (VolantMetric) drive = volant_router_ref_metric (router, VOLANT_MODE_CAR);
  g_autoptr (VolantMetric) come = find_return_metric (router, back);
  g_autoptr (VolantStops) by_car =
    volant_stops_new (router, VOLANT_MODE_CAR, fleet->points, fleet->stops->len);
  g_autoptr (VolantStops) coming =
    volant_stops_new (router, come->mode, fleet->points, fleet->stops->len);
  g_autoptr (VolantStops) start =
    from != NULL ? volant_stops_new (router, come->mode, &from->point, 1) : NULL;

  if (start != NULL && !volant_stops_check (start, 0, error))
    return false;
  fleet->drives = volant_table_new (finder, drive, by_car, by_car, false);
  fleet->returns = volant_table_new (finder, come, coming, coming, false);
  if (start != NULL)
    fleet->start = volant_table_new (finder, come, start, coming, false);
  return true;
}

static bool
print_tour (const TourOptions *options, Return back, const VolantStopList *list,
            const Fleet *fleet, GError **error)
{
  VolantTourProblem problem = {
    .n = fleet->stops->len,
    .cars = (uint32_t *) fleet->cars->data,
    .docks = (uint32_t *) fleet->docks->data,
    .targets = fleet->targets,
    .drive_ms = fleet->drives->times_ms,
    .return_ms = fleet->returns->times_ms,
    .start_ms = fleet->start != NULL ? fleet->start->times_ms : NULL,
    .handling_ms = (uint32_t) options->handling_s * 1000,
    .most_moves = (unsigned) options->moves,
  };
  g_autoptr (VolantTour) tour = volant_tour_plan (&problem, error);
  VolantTourAnswer answer = { list, tour, (unsigned *) fleet->stops->data, fleet->stops->len,
                              return_names[back], problem.handling_ms };
  g_autofree char *text = NULL;

  if (tour == NULL)
    return false;
  text = options->geojson ? volant_tour_to_geojson (&answer)
         : options->json  ? volant_tour_to_json (&answer)
                          : volant_tour_to_text (&answer);
  fputs (text, stdout);
  return true;
}

static bool
plan (const TourOptions *options, Return back, GError **error)
{
  g_autoptr (VolantStopList) list =
    volant_stop_list_new (options->city, options->stations, NULL, NULL, error);
  g_autoptr (VolantRouteEnds) ends = NULL;
  g_autoptr (VolantRouteEnd) from = NULL;
  g_autoptr (Fleet) fleet = NULL;

  if (list == NULL)
    return false;
  if (options->from != NULL)
    {
      ends = volant_route_ends_new (list->city, options->stations, error);
      from = ends != NULL ? volant_route_ends_find (ends, options->from,
                                                    &volant_city_get_info (list->city)->start,
                                                    error)
                          : NULL;
      if (from == NULL)
        return false;
    }
  fleet = select_stations (list);
  if (fleet->stops->len < 2)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                   "there are not two stations that take part; choose the city that they are in");
      return false;
    }
  return set_targets (options, list, fleet, error) && tabulate (list, fleet, back, from, error) &&
         print_tour (options, back, list, fleet, error);
}

static int
check_usage (const TourOptions *options, int argc, Return *back)
{
  const VolantCommand *command = &volant_command_tour;

  *back = RETURN_SCOOTER;
  for (Return i = 0; options->back != NULL; i++)
    {
      if (i == N_RETURNS)
        return volant_cli_usage (command,
                                 "“%s” is no way to come back; choose scooter, walk or car",
                                 options->back);
      *back = i;
      if (strcmp (return_names[i], options->back) == 0)
        break;
    }
  if (argc > 1)
    return volant_cli_usage (command, "“--stations” stands before the feed");
  if (options->city != NULL && options->stations == NULL)
    return volant_cli_usage (command, "give --stations");
  if (options->handling_s < 0 || options->handling_s > MOST_HANDLING_S)
    return volant_cli_usage (command, "--handling takes seconds, from 0 to %d", MOST_HANDLING_S);
  if (options->moves < 0 || options->moves > VOLANT_TOUR_MOST_MOVES)
    return volant_cli_usage (command, "--moves takes a number from 1 to %d",
                             VOLANT_TOUR_MOST_MOVES);
  if (options->json && options->geojson)
    return volant_cli_usage (command, "choose --json or --geojson");
  return VOLANT_EXIT_DONE;
}

static int
run (int argc, char **argv)
{
  TourOptions options = { .handling_s = HANDLING_S };
  const GOptionEntry entries[] = {
    { "city", 0, 0, G_OPTION_ARG_FILENAME, &options.city, "The city file (else the demo city)",
      "CITY" },
    { "stations", 0, 0, G_OPTION_ARG_FILENAME, &options.stations,
      "Stations with their cars and docks: a GBFS folder or URL, or a register", "FOLDER" },
    { "targets", 0, 0, G_OPTION_ARG_FILENAME, &options.targets,
      "Cars wanted: a CSV “station_id,target”, other stations as they are (else shares by room)",
      "FILE" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "Where the driver is (else anywhere)",
      "PLACE" },
    { "return", 0, 0, G_OPTION_ARG_STRING, &options.back,
      "How he comes to the next car: scooter (default), walk or car", "WAY" },
    { "handling", 0, 0, G_OPTION_ARG_INT, &options.handling_s,
      "To unplug, inspect, park and plug a car: 180 by default", "SECONDS" },
    { "moves", 0, 0, G_OPTION_ARG_INT, &options.moves, "At most so many moves: the cheapest", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "The tour as JSON", NULL },
    { "geojson", 0, 0, G_OPTION_ARG_NONE, &options.geojson, "The drives as GeoJSON features",
      NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  Return back = RETURN_SCOOTER;
  int status = VOLANT_EXIT_DONE;

  if (volant_cli_parse (&volant_command_tour, entries, &argc, &argv, &status))
    status = check_usage (&options, argc, &back);
  if (status == VOLANT_EXIT_DONE && !plan (&options, back, &error))
    status = volant_cli_refuse (&volant_command_tour, error);
  clear_options (&options);
  return status;
}

const VolantCommand volant_command_tour = {
  .name = "tour",
  .arguments = "[--city CITY] [--stations FOLDER] [--targets FILE]",
  .summary = "Plans in which order one driver brings cars to the stations that lack them.",
  .details = "The driver moves one car at a time. To the next he comes on a folding scooter from "
             "the boot (15 km/h where one may walk), on foot, or in the car of a colleague who "
             "follows. The answer tells how much longer the tour takes than any can, at the least.",
  .run = run,
};
