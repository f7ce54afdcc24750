/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"

#include "app/cli/reach-output.h"
#include "app/cli/route-ends.h"
#include "app/cli/stop-list.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* `volant reach`: the ground within minutes, or within what is in the battery. */

#define MOST_LIMITS 12
#define MOST_MINUTES 600.0

typedef struct {
  char *city;
  char *stations;
  char *from;
  char *mode;
  char *minutes;
  char *vehicle;
  double charge; /* percent; NAN where not given */
  double reserve;
  double temperature_c;
  gboolean json;
  gboolean geojson;
} ReachOptions;

typedef struct {
  const ReachOptions *options;
  VolantMode mode;
  GArray *limits; /* int64_t: milliseconds or milliwatt-hours */
  VolantStopList *list;
  VolantRouteEnd *from;
} Question;

static void
clear_options (ReachOptions *options)
{
  g_free (options->city);
  g_free (options->stations);
  g_free (options->from);
  g_free (options->mode);
  g_free (options->minutes);
  g_free (options->vehicle);
}

static int
compare_limits (const void *a, const void *b)
{
  int64_t one = *(const int64_t *) a, other = *(const int64_t *) b;

  return (one > other) - (one < other);
}

/* "5,10,15" into milliseconds, ascending. */
static bool
parse_minutes (const char *text, GArray *limits)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (unsigned i = 0; words[i] != NULL; i++)
    {
      char *end;
      double minutes = g_ascii_strtod (g_strstrip (words[i]), &end);
      int64_t limit = 0;

      if (end == words[i] || *end != '\0' || !(minutes > 0.0) || minutes > MOST_MINUTES ||
          limits->len == MOST_LIMITS)
        return false;
      limit = llrint (minutes * 60000.0);
      g_array_append_val (limits, limit);
    }
  if (limits->len > 1)
    qsort (limits->data, limits->len, sizeof (int64_t), compare_limits);
  return limits->len > 0;
}

/* What a battery gives down to the reserve, and what each street takes of it. */
static VolantEnergyCosts *
find_energy (Question *question, GError **error)
{
  const ReachOptions *options = question->options;
  VolantRouter *router = question->list->router;
  const VolantVehicleModel *vehicle =
    volant_vehicle_model_find (options->vehicle != NULL ? options->vehicle : "bluecar", error);
  g_autoptr (VolantMetric) time = NULL;
  VolantEnergyConditions conditions;
  double reserve;
  int64_t limit;

  if (vehicle == NULL)
    return NULL;
  question->mode = vehicle->mode;
  reserve = isnan (options->reserve) ? vehicle->reserve_share * 100.0 : options->reserve;
  if (options->charge <= reserve)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                   "a charge of %g %% is not more than the reserve of %g %%; charge first, or "
                   "lower --reserve",
                   options->charge, reserve);
      return NULL;
    }
  limit = llrint ((options->charge - reserve) / 100.0 * vehicle->battery_wh * 1000.0);
  g_array_append_val (question->limits, limit);
  conditions = volant_energy_conditions (vehicle);
  if (!isnan (options->temperature_c))
    conditions.outside_c = options->temperature_c;
  time = volant_router_ref_metric (router, vehicle->mode);
  return volant_energy_costs_new (volant_router_get_roads (router),
                                  volant_router_get_turns (router), time, &conditions, error);
}

static VolantReach *
search (Question *question, GError **error)
{
  VolantRouter *router = question->list->router;
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  g_autoptr (VolantMetric) metric = NULL;
  g_autoptr (VolantEnergyCosts) energy = NULL;

  if (isnan (question->options->charge))
    {
      metric = volant_router_ref_metric (router, question->mode);
      return volant_reach_new (router, finder, metric, question->from->point, NAN, error);
    }
  energy = find_energy (question, error);
  return energy != NULL ? volant_reach_new_energy (router, finder, energy, question->from->point,
                                                   error)
                        : NULL;
}

static int
compare_stations (gconstpointer a, gconstpointer b)
{
  const VolantReachStation *one = a, *other = b;

  if (one->value != other->value)
    return one->value < other->value ? -1 : 1;
  return strcmp (one->id, other->id);
}

/* Those within the widest limit. */
static GArray *
find_stations (const Question *question, const VolantReach *reach)
{
  GArray *stations = g_array_new (FALSE, FALSE, sizeof (VolantReachStation));
  int64_t widest = g_array_index (question->limits, int64_t, question->limits->len - 1);

  for (unsigned i = 0; i < question->list->stops->len; i++)
    {
      const VolantListedStop *stop = &g_array_index (question->list->stops, VolantListedStop, i);
      VolantReachStation station = { stop->id, stop->name, stop->point,
                                     volant_reach_get_point (reach, stop->point) };

      if (station.value <= widest)
        g_array_append_val (stations, station);
    }
  g_array_sort (stations, compare_stations);
  return stations;
}

static void
print_answer (const Question *question, const VolantReach *reach)
{
  const ReachOptions *options = question->options;
  g_autoptr (GPtrArray) areas =
    g_ptr_array_new_with_free_func ((GDestroyNotify) volant_reach_area_free);
  g_autoptr (GArray) stations =
    question->list->feed != NULL ? find_stations (question, reach) : NULL;
  VolantReachAnswer answer = { question->from->name, question->from->point,
                               volant_stop_list_mode_name (question->mode),
                               !isnan (options->charge), areas, stations };
  g_autofree char *text = NULL;

  for (unsigned i = 0; i < question->limits->len; i++)
    g_ptr_array_add (
      areas, volant_reach_get_area (reach, g_array_index (question->limits, int64_t, i)));
  text = options->geojson ? volant_reach_to_geojson (&answer)
         : options->json  ? volant_reach_to_json (&answer)
                          : volant_reach_to_text (&answer);
  fputs (text, stdout);
}

static bool
answer (Question *question, GError **error)
{
  const ReachOptions *options = question->options;
  g_autoptr (VolantStopList) list =
    volant_stop_list_new (options->city, options->stations, NULL, NULL, error);
  g_autoptr (VolantRouteEnds) ends =
    list != NULL ? volant_route_ends_new (list->city, options->stations, error) : NULL;
  g_autoptr (VolantRouteEnd) from = NULL;
  g_autoptr (VolantReach) reach = NULL;

  if (ends == NULL)
    return false;
  from = volant_route_ends_find (ends, options->from, &volant_city_get_info (list->city)->start,
                                 error);
  if (from == NULL)
    return false;
  question->list = list;
  question->from = from;
  reach = search (question, error);
  if (reach == NULL)
    return false;
  print_answer (question, reach);
  return true;
}

static bool
is_percent (double value)
{
  return value >= 0.0 && value <= 100.0;
}

static int
check_usage (const ReachOptions *options, int argc, Question *question)
{
  const VolantCommand *command = &volant_command_reach;

  if (argc > 1 || options->from == NULL)
    return volant_cli_usage (command, "give --from, one word or in quotes");
  if ((options->minutes == NULL) == isnan (options->charge))
    return volant_cli_usage (command, "give --minutes or --charge");
  if (options->minutes != NULL && !parse_minutes (options->minutes, question->limits))
    return volant_cli_usage (command,
                             "--minutes takes up to %d numbers above 0 and up to %g, such as "
                             "5,10,15",
                             MOST_LIMITS, MOST_MINUTES);
  if (!isnan (options->charge) && !is_percent (options->charge))
    return volant_cli_usage (command, "--charge takes percent, from 0 to 100");
  if (!isnan (options->reserve) && !is_percent (options->reserve))
    return volant_cli_usage (command, "--reserve takes percent, from 0 to 100");
  if (isnan (options->charge) &&
      (!isnan (options->reserve) || options->vehicle != NULL || !isnan (options->temperature_c)))
    return volant_cli_usage (command, "--reserve, --vehicle and --temperature go with --charge");
  if (!isnan (options->charge) && options->mode != NULL)
    return volant_cli_usage (command, "--charge goes by the vehicle, without --mode");
  if (options->json && options->geojson)
    return volant_cli_usage (command, "choose --json or --geojson");
  if (!volant_stop_list_parse_mode (options->mode, &question->mode))
    return volant_cli_usage (command, "“%s” is not a mode; choose car, bus or foot", options->mode);
  return VOLANT_EXIT_DONE;
}

static int
run (int argc, char **argv)
{
  ReachOptions options = { .charge = NAN, .reserve = NAN, .temperature_c = NAN };
  const GOptionEntry entries[] = {
    { "city", 0, 0, G_OPTION_ARG_FILENAME, &options.city, "The city file (else the demo city)",
      "CITY" },
    { "stations", 0, 0, G_OPTION_ARG_FILENAME, &options.stations,
      "Stations to be counted and named: a GBFS folder or URL, or a register", "FOLDER" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "Where to begin", "PLACE" },
    { "minutes", 0, 0, G_OPTION_ARG_STRING, &options.minutes, "How long, such as 5,10,15", "LIST" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options.mode, "car (default), bus or foot", "MODE" },
    { "charge", 0, 0, G_OPTION_ARG_DOUBLE, &options.charge, "With how much in the battery, instead",
      "PERCENT" },
    { "reserve", 0, 0, G_OPTION_ARG_DOUBLE, &options.reserve,
      "What stays in the battery (else the vehicle's reserve)", "PERCENT" },
    { "vehicle", 0, 0, G_OPTION_ARG_STRING, &options.vehicle, "bluecar (default) or bus",
      "VEHICLE" },
    { "temperature", 0, 0, G_OPTION_ARG_DOUBLE, &options.temperature_c,
      "Temperature outside: it is heated and cooled for", "CELSIUS" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Areas and stations as JSON", NULL },
    { "geojson", 0, 0, G_OPTION_ARG_NONE, &options.geojson, "Areas as GeoJSON features", NULL },
    { NULL },
  };
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (int64_t));
  g_autoptr (GError) error = NULL;
  Question question = { .options = &options, .limits = limits };
  int status = VOLANT_EXIT_DONE;

  if (volant_cli_parse (&volant_command_reach, entries, &argc, &argv, &status))
    status = check_usage (&options, argc, &question);
  if (status == VOLANT_EXIT_DONE && !answer (&question, &error))
    status = volant_cli_refuse (&volant_command_reach, error);
  clear_options (&options);
  return status;
}

const VolantCommand volant_command_reach = {
  .name = "reach",
  .arguments = "[--city CITY] --from PLACE --minutes LIST | --charge PERCENT",
  .summary = "Draws how far one gets in a time, or with what is in the battery.",
  .details = "PLACE is a position (48.8443,2.3744), a place, or a station by id or name. Ground "
             "counts to the road that is nearest to it, up to 60 m away; what no road crosses is "
             "filled. On the way nowhere more than the charge is used, and what comes back "
             "downhill is counted.",
  .run = run,
};
