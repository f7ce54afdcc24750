/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"

#include "app/cli/route-ends.h"
#include "app/cli/route-output.h"
#include "app/text/text.h"
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
  gboolean json;
  gboolean geojson;
} RouteOptions;

static void
clear_options (RouteOptions *options)
{
  g_free (options->city);
  g_free (options->stations);
  g_free (options->mode);
  g_free (options->language);
  g_free (options->pairs);
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
write_route (const RouteOptions *options, const VolantRoute *route, const VolantRoads *roads,
             const char *from, const char *to)
{
  const char *language = options->language != NULL ? options->language : "en";

  if (options->geojson)
    return volant_route_to_geojson (route, roads, from, to, language);
  if (options->json)
    return volant_route_to_json (route, roads, from, to, language);
  return volant_route_to_text (route, roads, from, to, language);
}

static bool
print_route (const RouteOptions *options, VolantMode mode, VolantCity *city, VolantRouter *router,
             char **words, GError **error)
{
  g_autoptr (VolantRouteEnds) ends = volant_route_ends_new (city, options->stations, error);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  g_autoptr (VolantRouteEnd) from = NULL;
  g_autoptr (VolantRouteEnd) to = NULL;
  g_autoptr (VolantRoute) route = NULL;
  g_autofree char *text = NULL;

  if (ends == NULL)
    return false;
  from = volant_route_ends_find (ends, words[0], &volant_city_get_info (city)->start, error);
  if (from == NULL)
    return false;
  to = volant_route_ends_find (ends, words[1], &from->point, error);
  if (to == NULL)
    return false;
  route = volant_router_query_route (query, mode, from->point, NAN, to->point, error);
  if (route == NULL)
    return false;
  text = write_route (options, route, volant_router_get_roads (router), from->name, to->name);
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

static int
check_usage (const RouteOptions *options, int argc)
{
  if (options->language != NULL && !volant_language_is_known (options->language))
    return volant_cli_usage (&volant_command_route, "“%s” is not a language; choose en, fr or zh",
                             options->language);
  if (options->pairs != NULL && (argc != 1 || options->json || options->geojson))
    return volant_cli_usage (&volant_command_route,
                             "--pairs takes its ends from the file and prints plain lines");
  if (options->pairs == NULL && argc != 3)
    return volant_cli_usage (&volant_command_route,
                             "give a start and a target, each one word or in quotes");
  if (options->json && options->geojson)
    return volant_cli_usage (&volant_command_route, "choose --json or --geojson");
  return VOLANT_EXIT_DONE;
}

static int
route (const RouteOptions *options, char **words)
{
  g_autofree char *demo = options->city == NULL ? volant_cli_demo_path ("city") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (VolantRouter) router = NULL;
  VolantMode mode;
  bool good;

  if (!parse_mode (options->mode, &mode))
    return volant_cli_usage (&volant_command_route, "“%s” is not a mode; choose car, bus or foot",
                             options->mode);
  city = volant_city_open (demo != NULL ? demo : options->city, &error);
  router = city != NULL ? volant_router_new (city, &error) : NULL;
  if (router == NULL)
    return volant_cli_refuse (&volant_command_route, error);
  good = options->pairs != NULL ? print_pairs (options, mode, router, &error)
                                : print_route (options, mode, city, router, words, &error);
  return good ? VOLANT_EXIT_DONE : volant_cli_refuse (&volant_command_route, error);
}

static int
run (int argc, char **argv)
{
  RouteOptions options = { NULL };
  const GOptionEntry entries[] = {
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
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "The route as JSON", NULL },
    { "geojson", 0, 0, G_OPTION_ARG_NONE, &options.geojson, "The route as a GeoJSON feature",
      NULL },
    { NULL },
  };
  int status = VOLANT_EXIT_DONE;

  if (volant_cli_parse (&volant_command_route, entries, &argc, &argv, &status))
    status = check_usage (&options, argc);
  if (status == VOLANT_EXIT_DONE)
    status = route (&options, argv + 1);
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
