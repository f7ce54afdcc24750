/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/cli/json-text.h"
#include "maps/error.h"
#include "maps/import/import.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* `volant import`: an OpenStreetMap file becomes a city. A progress bar on a terminal, nothing
 * elsewhere; an interrupt stops the work where it is and leaves nothing behind. */

typedef struct {
  bool is_terminal;
  int shown_percent;
} Bar;

static volatile sig_atomic_t is_interrupted;

static void
on_interrupt (int number)
{
  is_interrupted = 1;
}

static bool
on_progress (double fraction, const char *stage, void *data)
{
  Bar *bar = data;
  int percent = (int) floor (fraction * 100.0);

  if (bar->is_terminal && percent != bar->shown_percent)
    {
      static const char full[] = "########################################";

      fprintf (stderr, "\r[%-40.*s] %3d %%  %-12s", percent * 40 / 100, full, percent, stage);
      fflush (stderr);
      bar->shown_percent = percent;
    }
  return !is_interrupted;
}

static void
clear_bar (const Bar *bar)
{
  if (bar->is_terminal && bar->shown_percent >= 0)
    fputs ("\r\033[K", stderr);
}

static void
catch_interrupts (void)
{
  struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = (int) SA_RESETHAND };
  const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  for (unsigned i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &action, NULL);
}

static void
add_number (JsonBuilder *builder, const char *name, size_t value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) value);
}

static void
add_real (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
print_json (const char *city_path, const VolantImportReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "city");
  json_builder_add_string_value (builder, city_path);
  json_builder_set_member_name (builder, "country");
  json_builder_add_string_value (builder, report->country);
  add_number (builder, "nodes", report->n_nodes);
  add_number (builder, "ways", report->n_ways);
  add_number (builder, "relations", report->n_relations);
  add_number (builder, "roads", report->roads.n_roads);
  add_number (builder, "segments", report->n_segments);
  add_number (builder, "junctions", report->n_junctions);
  add_number (builder, "missing_nodes", report->roads.n_missing_refs);
  add_number (builder, "clipped_roads", report->roads.n_clipped_roads);
  add_number (builder, "restrictions", report->roads.n_restrictions);
  add_number (builder, "restrictions_incomplete", report->roads.n_restrictions_incomplete);
  add_number (builder, "restrictions_ignored", report->roads.n_restrictions_ignored);
  add_number (builder, "islands", report->roads.n_islands);
  add_number (builder, "missing_heights", report->roads.n_missing_elevations);
  add_number (builder, "tree_height", report->topology.tree_height);
  add_real (builder, "search_arcs_mean", report->topology.search_arcs_mean);
  add_real (builder, "order_s", report->topology.order_ms / 1000.0);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = volant_json_to_text (root, TRUE);
  g_print ("%s\n", text);
}

static void
print_words (const char *city_path, const VolantImportReport *report)
{
  const VolantRoadsReport *roads = &report->roads;

  g_print ("%s: %u roads in %u segments between %u junctions, %u turn restrictions, country %s\n",
           city_path, roads->n_roads, report->n_segments, report->n_junctions,
           roads->n_restrictions, *report->country != '\0' ? report->country : "unknown");
  if (roads->n_missing_refs > 0)
    g_print ("%u nodes of %u roads lie outside of the extract; the roads end where it ends\n",
             roads->n_missing_refs, roads->n_clipped_roads);
  if (roads->n_restrictions_incomplete > 0)
    g_print ("%u turn restrictions could not be placed: a member is missing or does not touch\n",
             roads->n_restrictions_incomplete);
  if (roads->n_restrictions_ignored > 0)
    g_print ("%u turn restrictions bind other vehicles or only at some hours and were left out\n",
             roads->n_restrictions_ignored);
  if (roads->n_islands > 0)
    g_print ("%u pieces of road for cars are cut off from the rest; they are kept\n",
             roads->n_islands);
  if (roads->n_missing_elevations > 0)
    g_print ("%u points have no height in the elevation files and count as 0 m\n",
             roads->n_missing_elevations);
  if (report->n_relations == 0)
    g_print ("it holds no relations: if that surprises you, the file may have been cut off\n");
}

static int
run_import (const char *path, const char *city_path, VolantImportOptions *options, bool as_json)
{
  Bar bar = { .is_terminal = isatty (STDERR_FILENO), .shown_percent = -1 };
  g_autoptr (GError) error = NULL;
  bool good;

  catch_interrupts ();
  good = volant_import (path, options, city_path, on_progress, &bar, &error);
  clear_bar (&bar);
  if (!good)
    return volant_cli_refuse (&volant_command_import, error);
  if (as_json)
    print_json (city_path, options->report);
  else
    print_words (city_path, options->report);
  return VOLANT_EXIT_DONE;
}

static int
run (int argc, char **argv)
{
  g_autofree char *city_path = NULL, *name = NULL, *attribution = NULL, *country = NULL, *start = NULL;
  g_autofree char *elevation_dir = NULL, *addresses_path = NULL;
  gboolean roads_only = FALSE, as_json = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &city_path, "The city file to make", "CITY" },
    { "elevation", 0, 0, G_OPTION_ARG_FILENAME, &elevation_dir,
      "Folder of SRTM heights (.hgt, also zipped)", "DIR" },
    { "addresses", 0, 0, G_OPTION_ARG_FILENAME, &addresses_path,
      "House numbers: a CSV of the Base Adresse Nationale", "FILE" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &country, "Country, two letters (else from the data)",
      "CODE" },
    { "start", 0, 0, G_OPTION_ARG_STRING, &start, "Where a simulated car begins", "LAT,LON" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "The city's name (else the file's)", "NAME" },
    { "attribution", 0, 0, G_OPTION_ARG_STRING, &attribution,
      "Whom the data is owed to (else OpenStreetMap's line)", "WORDS" },
    { "roads-only", 0, 0, G_OPTION_ARG_NONE, &roads_only, "Leave out the map and the places",
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Tell what was made as JSON", NULL },
    { NULL },
  };
  VolantImportReport report;
  VolantImportOptions options = { .report = &report };
  g_autoptr (GError) error = NULL;
  int status;

  if (!volant_cli_parse (&volant_command_import, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return volant_cli_usage (&volant_command_import, "give one OpenStreetMap file");
  if (city_path == NULL)
    return volant_cli_usage (&volant_command_import, "say with -o which city file to make");
  options.has_start = start != NULL;
  if (start != NULL && !volant_point_parse (start, &options.start, &error))
    return volant_cli_usage (&volant_command_import, "%s", error->message);
  options.name = name;
  options.attribution = attribution;
  options.country = country;
  options.elevation_dir = elevation_dir;
  options.addresses_path = addresses_path;
  options.roads_only = roads_only;
  return run_import (argv[1], city_path, &options, as_json);
}

const VolantCommand volant_command_import = {
  .name = "import",
  .arguments = "FILE -o CITY",
  .summary = "Makes a city file from OpenStreetMap data (.osm.pbf, .osm, .osm.gz, .osm.bz2).",
  .details =
      "The kind of a file is told by what is in it. A PBF that was cut off exactly between "
      "two of its blocks cannot be told from a whole one: look at what is said to be missing.",
  .run = run,
};
