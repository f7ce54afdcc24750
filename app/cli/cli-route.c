/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"

#include "app/cli/route-charge-options.h"
#include "app/cli/route-ends.h"
#include "app/cli/route-output.h"
#include "app/cli/route-traffic.h"
#include "app/text/text.h"
#include "maps/routing/energy/chargers.h"
#include "maps/routing/pairs.h"
#include "maps/routing/router.h"

#include <gio/gio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* `volant route`: one route for a person or a machine, or times and lengths of many pairs. */

typedef struct {
  char *city;
  char *stations;
  char *mode;
  char *language;
  char *pairs;
  char *avoid;
  char *traffic;
  char **vias;
  int alternatives;
  double height_m;
  double width_m;
  double length_m;
  double weight_t;
  double axle_load_t;
  gboolean json;
  gboolean geojson;
  VolantRouteChargeOptions battery;
} RouteOptions;

static void
clear_options (RouteOptions *options)
{
  g_free (options->city);
  g_free (options->stations);
  g_free (options->mode);
  g_free (options->language);
  g_free (options->pairs);
  g_free (options->avoid);
  g_free (options->traffic);
  g_strfreev (options->vias);
  volant_route_charge_options_clear (&options->battery);
}

static bool
parse_mode (const char *text, VolantMode *mode)
{
  static const char *const names[VOLANT_N_MODES] = { "car", "bus", "foot" };

  *mode = VOLANT_MODE_CAR;
  for (unsigned i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      {
        *mode = i;
        return true;
      }
  return text == NULL;
}

static char *
write_routes (const RouteOptions *options, const GPtrArray *routes, const VolantRoads *roads,
              const char *from, const char *to)
{
  const char *language = options->language != NULL ? options->language : "en";

  /* who asks for several gets a list, be there one or more */
  if (options->alternatives > 1)
    return options->geojson ? volant_routes_to_geojson (routes, roads, from, to, language)
           : options->json  ? volant_routes_to_json (routes, roads, from, to, language)
                            : volant_routes_to_text (routes, roads, from, to, language);
  return options->geojson ? volant_route_to_geojson (routes->pdata[0], roads, from, to, language)
         : options->json  ? volant_route_to_json (routes->pdata[0], roads, from, to, language)
                          : volant_route_to_text (routes->pdata[0], roads, from, to, language);
}

/* The stops on the way, each the nearest to the one before (transfer full; VolantPoint). */
static GArray *
find_vias (const RouteOptions *options, VolantRouteEnds *ends, VolantPoint near, GError **error)
{
  g_autoptr (GArray) vias = g_array_new (FALSE, FALSE, sizeof (VolantPoint));

  for (unsigned i = 0; options->vias != NULL && options->vias[i] != NULL; i++)
    {
      g_autoptr (VolantRouteEnd) via = volant_route_ends_find (ends, options->vias[i], &near,
                                                               error);

      if (via == NULL)
        return NULL;
      near = via->point;
      g_array_append_val (vias, near);
    }
  return g_steal_pointer (&vias);
}

/* As the wish says; with a battery to think of, by way of stations that charge where it must. */
static GPtrArray *
find_routes (const RouteOptions *options, const VolantRouteWish *wish, VolantChargeWish *charge,
             VolantRouteEnds *ends, VolantRouter *router, GError **error)
{
  const VolantStationFeed *feed = volant_route_ends_get_feed (ends);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  g_autoptr (GArray) chargers = NULL;

  if (options->battery.charge == NULL)
    return volant_router_query_routes (query, wish, error);
  chargers = feed != NULL ? volant_chargers_of_feed (feed)
                          : g_array_new (FALSE, FALSE, sizeof (VolantCharger));
  charge->chargers = (VolantCharger *) chargers->data;
  charge->n_chargers = chargers->len;
  return volant_charge_plan_routes (router, query, wish, charge, error);
}

static bool
print_routes (const RouteOptions *options, VolantRouteWish *wish, VolantChargeWish *charge,
              VolantCity *city, VolantRouter *router, char **words, GError **error)
{
  g_autoptr (VolantRouteEnds) ends = volant_route_ends_new (city, options->stations, error);
  g_autoptr (VolantRouteEnd) from = NULL;
  g_autoptr (VolantRouteEnd) to = NULL;
  g_autoptr (GArray) vias = NULL;
  g_autoptr (GPtrArray) routes = NULL;
  g_autofree char *text = NULL;

  if (ends == NULL)
    return false;
  from = volant_route_ends_find (ends, words[0], &volant_city_get_info (city)->start, error);
  if (from == NULL)
    return false;
  vias = find_vias (options, ends, from->point, error);
  if (vias == NULL)
    return false;
  to = volant_route_ends_find (ends, words[1], &from->point, error);
  if (to == NULL)
    return false;
  wish->from = from->point;
  wish->to = to->point;
  wish->vias = (VolantPoint *) vias->data;
  wish->n_vias = vias->len;
  routes = find_routes (options, wish, charge, ends, router, error);
  if (routes == NULL)
    return false;
  text = write_routes (options, routes, volant_router_get_roads (router), from->name, to->name);
  fputs (text, stdout);
  return true;
}

static GBytes *
read_pairs_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GString) text = NULL;
  char part[65536];
  size_t n;

  if (strcmp (path, "-") != 0)
    {
      file = g_file_new_for_commandline_arg (path);
      return g_file_load_bytes (file, NULL, NULL, error);
    }
  text = g_string_new (NULL);
  while ((n = fread (part, 1, sizeof part, stdin)) > 0)
    g_string_append_len (text, part, (gssize) n);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* A line for each pair; what is off the map is told besides, and makes the command fail at its
 * end. */
static bool
print_pairs (const RouteOptions *options, VolantMode mode, VolantRouter *router, GError **error)
{
  g_autoptr (GBytes) bytes = read_pairs_file (options->pairs, error);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  g_autoptr (GArray) pairs = NULL;
  unsigned n_off_map = 0;
  size_t size;
  const char *text;

  if (bytes == NULL)
    return false;
  text = g_bytes_get_data (bytes, &size);
  pairs = volant_pairs_parse (text != NULL ? text : "", size, error);
  if (pairs == NULL)
    {
      g_prefix_error (error, "%s: ", options->pairs);
      return false;
    }
  for (unsigned i = 0; i < pairs->len; i++)
    {
      const VolantPair *pair = &g_array_index (pairs, VolantPair, i);
      g_autoptr (GError) refusal = NULL;
      uint32_t time_ms, length_mm;

      if (!volant_router_query_distance (query, mode, pair->from, pair->to, &time_ms, &length_mm,
                                         &refusal))
        {
          printf ("-\n");
          fprintf (stderr, "%s: line %u: %s\n", options->pairs, pair->line, refusal->message);
          n_off_map++;
        }
      else if (time_ms == VOLANT_TIME_NEVER_MS)
        printf ("unreachable\n");
      else
        printf ("%u.%03u %u.%03u\n", time_ms / 1000, time_ms % 1000, length_mm / 1000,
                length_mm % 1000);
    }
  if (n_off_map > 0)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP,
                 "%u of %u pairs lie off the map; they stand as “-”", n_off_map, pairs->len);
  return n_off_map == 0;
}

/* Whether something is asked for that the answer to many pairs has no room for. */
static bool
wants_route (const RouteOptions *options)
{
  return options->json || options->geojson || options->alternatives != 0 ||
         options->vias != NULL || options->avoid != NULL || options->height_m != 0.0 ||
         options->width_m != 0.0 || options->length_m != 0.0 || options->weight_t != 0.0 ||
         options->axle_load_t != 0.0 || options->battery.charge != NULL;
}

static int
check_usage (const RouteOptions *options, int argc)
{
  g_autofree char *battery = volant_route_charge_options_check (&options->battery, options->mode);

  if (battery != NULL)
    return volant_cli_usage (&volant_command_route, "%s", battery);
  if (options->language != NULL && !volant_language_is_known (options->language))
    return volant_cli_usage (&volant_command_route, "“%s” is not a language; choose en, fr or zh",
                             options->language);
  if (options->pairs != NULL && (argc != 1 || wants_route (options)))
    return volant_cli_usage (&volant_command_route,
                             "--pairs takes its ends from the file and prints plain lines");
  if (options->pairs == NULL && argc != 3)
    return volant_cli_usage (&volant_command_route,
                             "give a start and a target, each one word or in quotes");
  if (options->json && options->geojson)
    return volant_cli_usage (&volant_command_route, "choose --json or --geojson");
  if (options->alternatives < 0 || options->alternatives > VOLANT_WISH_MOST_ROUTES)
    return volant_cli_usage (&volant_command_route, "--alternatives goes from 1 to %d",
                             VOLANT_WISH_MOST_ROUTES);
  if (options->alternatives > 1 && options->vias != NULL)
    return volant_cli_usage (&volant_command_route,
                             "there are no alternatives by way of a stop; choose --alternatives "
                             "or --via");
  return VOLANT_EXIT_DONE;
}

/* Metres as centimetres, tonnes as kilograms. */
static bool
read_size (const RouteOptions *options, VolantVehicleSize *size)
{
  const struct {
    double value;
    double factor;
    uint32_t *result;
  } sizes[] = {
    { options->height_m, 100.0, &size->height_cm },
    { options->width_m, 100.0, &size->width_cm },
    { options->length_m, 100.0, &size->length_cm },
    { options->weight_t, 1000.0, &size->weight_kg },
    { options->axle_load_t, 1000.0, &size->axle_load_kg },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (!(sizes[i].value >= 0.0 && sizes[i].value < 200.0))
        return false;
      *sizes[i].result = (uint32_t) ceil (sizes[i].value * sizes[i].factor - 1e-6);
    }
  return true;
}

/* What the options ask for, but for the places. */
static int
read_wish (const RouteOptions *options, VolantRouteWish *wish)
{
  const VolantPoint nowhere = { 0, 0 };
  g_autoptr (GError) error = NULL;
  VolantMode mode;

  if (!parse_mode (options->mode, &mode))
    return volant_cli_usage (&volant_command_route, "“%s” is not a mode; choose car, bus or foot",
                             options->mode);
  *wish = volant_route_wish (mode, nowhere, nowhere);
  wish->n_routes = (unsigned) MAX (options->alternatives, 1);
  if (options->avoid != NULL && !volant_avoid_parse (options->avoid, &wish->avoid, &error))
    return volant_cli_usage (&volant_command_route, "--avoid: %s", error->message);
  if (!read_size (options, &wish->size))
    return volant_cli_usage (&volant_command_route,
                             "a vehicle's size is in metres, its weight in tonnes, both below 200");
  return VOLANT_EXIT_DONE;
}

static int
route (const RouteOptions *options, VolantRouteWish *wish, char **words)
{
  VolantChargeWish charge = { .stop_s = 0.0 };
  g_autofree char *demo = options->city == NULL ? volant_cli_demo_path ("city") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (VolantRouter) router = NULL;
  bool good = true;

  if (options->battery.charge != NULL &&
      !volant_route_charge_options_read (&options->battery, wish, &charge, &error))
    return volant_cli_refuse (&volant_command_route, error);
  city = volant_city_open (demo != NULL ? demo : options->city, &error);
  router = city != NULL ? volant_router_new (city, &error) : NULL;
  if (router == NULL)
    return volant_cli_refuse (&volant_command_route, error);
  if (options->traffic != NULL)
    good = volant_route_read_traffic (router, options->traffic, &error);
  good = good && (options->pairs != NULL
                    ? print_pairs (options, wish->mode, router, &error)
                    : print_routes (options, wish, &charge, city, router, words, &error));
  return good ? VOLANT_EXIT_DONE : volant_cli_refuse (&volant_command_route, error);
}

static int
run (int argc, char **argv)
{
  RouteOptions options = { NULL };
  GOptionEntry entries[] = {
    { "city", 0, 0, G_OPTION_ARG_FILENAME, &options.city, "The city file (else the demo city)",
      "CITY" },
    { "stations", 0, 0, G_OPTION_ARG_FILENAME, &options.stations,
      "Stations that may be named: a GBFS folder or URL, or a register", "FOLDER" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options.mode, "car (default), bus or foot", "MODE" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language,
      "Language of the sentences: en (default), fr or zh", "LANGUAGE" },
    { "pairs", 0, 0, G_OPTION_ARG_FILENAME, &options.pairs,
      "Seconds and metres for each line “lat lon lat lon” of a file (- for standard input)",
      "FILE" },
    { "alternatives", 0, 0, G_OPTION_ARG_INT, &options.alternatives,
      "Up to so many routes that really differ, the best first: 1 to 3", "N" },
    { "avoid", 0, 0, G_OPTION_ARG_STRING, &options.avoid,
      "What is kept clear of where there is another way: motorways,tolls,ferries", "WHAT" },
    { "via", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.vias,
      "A stop on the way; may be given several times, in their order", "PLACE" },
    { "height", 0, 0, G_OPTION_ARG_DOUBLE, &options.height_m,
      "Height of the vehicle: no way leads where it does not fit", "METRES" },
    { "width", 0, 0, G_OPTION_ARG_DOUBLE, &options.width_m, "Its width", "METRES" },
    { "length", 0, 0, G_OPTION_ARG_DOUBLE, &options.length_m, "Its length", "METRES" },
    { "weight", 0, 0, G_OPTION_ARG_DOUBLE, &options.weight_t, "Its weight", "TONNES" },
    { "axle-load", 0, 0, G_OPTION_ARG_DOUBLE, &options.axle_load_t,
      "The weight on its heaviest axle", "TONNES" },
    { "traffic", 0, 0, G_OPTION_ARG_FILENAME, &options.traffic,
      "Speeds and closures: a file or URL of traffic, Volant's own or DATEX II", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "The route as JSON", NULL },
    { "geojson", 0, 0, G_OPTION_ARG_NONE, &options.geojson,
      "The route as a GeoJSON feature, several as a collection", NULL },
    { NULL }, { NULL }, { NULL }, { NULL }, /* the battery's */
    { NULL },
  };
  int status = VOLANT_EXIT_DONE;
  VolantRouteWish wish;

  G_STATIC_ASSERT (VOLANT_N_ROUTE_CHARGE_OPTIONS == 4);
  volant_route_charge_options_add (&options.battery,
                                   entries + G_N_ELEMENTS (entries) - 1 -
                                     VOLANT_N_ROUTE_CHARGE_OPTIONS);
  if (volant_cli_parse (&volant_command_route, entries, &argc, &argv, &status))
    status = check_usage (&options, argc);
  if (status == VOLANT_EXIT_DONE)
    status = read_wish (&options, &wish);
  if (status == VOLANT_EXIT_DONE)
    status = route (&options, &wish, argv + 1);
  clear_options (&options);
  return status;
}

const VolantCommand volant_command_route = {
  .name = "route",
  .arguments = "[--city CITY] FROM TO | --pairs FILE",
  .summary = "Finds the fastest way between two places, or its time and length for many pairs.",
  .details = "FROM and TO are positions (48.8443,2.3744), places, or stations by id or name. With "
             "--pairs each line of the answer is seconds and metres, “unreachable” where no way "
             "leads there, or “-” where a point is off the map. A negative first number needs -- "
             "before it.",
  .run = run,
};
