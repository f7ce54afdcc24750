/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/cli/json-text.h"
#include "maps/city/city.h"
#include "maps/roads/roads.h"
#include "maps/routing/turn-topology.h"

#include <json-glib/json-glib.h>

/* `volant info`: what a city file holds; every section is checked on the way. */

static const struct {
  uint32_t tag;
  const char *name;
} sections[] = {
  { VOLANT_CITY_INFO, "info" },       { VOLANT_CITY_ROADS, "roads" },
  { VOLANT_CITY_TURNS, "turns" },     { VOLANT_CITY_TOPOLOGY, "topology" },
  { VOLANT_CITY_DRAWING, "drawing" }, { VOLANT_CITY_PLACES, "places" },
};

static const char *const mode_names[VOLANT_N_MODES] = { "car", "bus", "foot" };

typedef struct {
  size_t sizes[G_N_ELEMENTS (sections)];
  bool present[G_N_ELEMENTS (sections)];
  double mode_km[VOLANT_N_MODES];
  VolantRoads *roads;
} Facts;

static void
measure_modes (Facts *facts)
{
  for (uint32_t i = 0; i < facts->roads->n_segments; i++)
    for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
      if (volant_roads_link_allows (facts->roads, 2 * i, mode) ||
          volant_roads_link_allows (facts->roads, 2 * i + 1, mode))
        facts->mode_km[mode] += facts->roads->segments[i].length_mm / 1e6;
}

static bool
check_routing (VolantCityFile *file, const VolantRoads *roads, GError **error)
{
  g_autoptr (VolantTurns) turns = volant_turns_open (file, roads, error);
  g_autoptr (VolantTopology) topology = NULL;

  if (turns == NULL)
    return false;
  topology = volant_turn_topology_open (file, turns, error);
  return topology != NULL;
}

static bool
gather (VolantCity *city, Facts *facts, GError **error)
{
  VolantCityFile *file = volant_city_get_file (city);

  for (unsigned i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      facts->present[i] = volant_city_file_has_section (file, sections[i].tag);
      if (facts->present[i] &&
          volant_city_file_get_section (file, sections[i].tag, &facts->sizes[i], error) == NULL)
        return false;
    }
  facts->roads = volant_roads_open (file, error);
  if (facts->roads == NULL || !check_routing (file, facts->roads, error))
    return false;
  measure_modes (facts);
  return true;
}

static void
add_point (JsonBuilder *builder, VolantPoint point)
{
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, volant_point_lat_deg (point));
  json_builder_add_double_value (builder, volant_point_lon_deg (point));
  json_builder_end_array (builder);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_real (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_truth (JsonBuilder *builder, const char *name, bool value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_parts (JsonBuilder *builder, const Facts *facts)
{
  json_builder_set_member_name (builder, "km");
  json_builder_begin_object (builder);
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      json_builder_set_member_name (builder, mode_names[mode]);
      json_builder_add_double_value (builder, facts->mode_km[mode]);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "sections");
  json_builder_begin_object (builder);
  for (unsigned i = 0; i < G_N_ELEMENTS (sections); i++)
    if (facts->present[i])
      add_number (builder, sections[i].name, (gint64) facts->sizes[i]);
  json_builder_end_object (builder);
}

static void
print_json (const VolantCityInfo *info, const Facts *facts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "name", info->name);
  add_text (builder, "country", info->country);
  add_text (builder, "source", info->source);
  add_text (builder, "attribution", info->attribution);
  add_truth (builder, "drives_on_left", info->drives_on_left);
  add_truth (builder, "elevation", facts->roads->has_elevation);
  json_builder_set_member_name (builder, "bounds");
  json_builder_begin_array (builder);
  add_point (builder, (VolantPoint) { info->bounds.min_lat_e7, info->bounds.min_lon_e7 });
  add_point (builder, (VolantPoint) { info->bounds.max_lat_e7, info->bounds.max_lon_e7 });
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "start");
  add_point (builder, info->start);
  add_number (builder, "segments", facts->roads->n_segments);
  add_number (builder, "junctions", facts->roads->n_junctions);
  add_number (builder, "restrictions", facts->roads->n_restrictions);
  add_number (builder, "tree_height", info->tree_height);
  add_real (builder, "search_arcs_mean", info->search_arcs_mean);
  add_real (builder, "order_s", info->order_ms / 1000.0);
  add_parts (builder, facts);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = volant_json_to_text (root, TRUE);
  g_print ("%s\n", text);
}

static void
print_words (const VolantCityInfo *info, const Facts *facts)
{
  g_print ("name          %s\n", info->name);
  g_print ("country       %s, drives on the %s\n",
           *info->country != '\0' ? info->country : "unknown",
           info->drives_on_left ? "left" : "right");
  g_print ("made from     %s (%s)\n", info->source, info->attribution);
  g_print ("bounds        %.5f,%.5f to %.5f,%.5f\n", info->bounds.min_lat_e7 / 1e7,
           info->bounds.min_lon_e7 / 1e7, info->bounds.max_lat_e7 / 1e7,
           info->bounds.max_lon_e7 / 1e7);
  g_print ("start         %.5f,%.5f\n", volant_point_lat_deg (info->start),
           volant_point_lon_deg (info->start));
  g_print ("roads         %u segments, %u junctions, %u turn restrictions, %s\n",
           facts->roads->n_segments, facts->roads->n_junctions, facts->roads->n_restrictions,
           facts->roads->has_elevation ? "with heights" : "no heights");
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    g_print ("  %-12s%.1f km\n", mode_names[mode], facts->mode_km[mode]);
  g_print ("search        %.0f arcs a side on average, tree height %u, ordered in %.3f s\n",
           info->search_arcs_mean, info->tree_height, info->order_ms / 1000.0);
  g_print ("sections\n");
  for (unsigned i = 0; i < G_N_ELEMENTS (sections); i++)
    if (facts->present[i])
      g_print ("  %-12s%" G_GSIZE_FORMAT " bytes\n", sections[i].name, facts->sizes[i]);
}

static int
run (int argc, char **argv)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Answer as JSON", NULL },
    { NULL },
  };
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (GError) error = NULL;
  Facts facts = { 0 };
  int status;

  if (!volant_cli_parse (&volant_command_info, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return volant_cli_usage (&volant_command_info, "give one city file");
  city = volant_city_open (argv[1], &error);
  if (city == NULL || !gather (city, &facts, &error))
    return volant_cli_refuse (&volant_command_info, error);
  if (as_json)
    print_json (volant_city_get_info (city), &facts);
  else
    print_words (volant_city_get_info (city), &facts);
  volant_roads_unref (facts.roads);
  return VOLANT_EXIT_DONE;
}

const VolantCommand volant_command_info = {
  .name = "info",
  .arguments = "CITY",
  .summary = "Tells what a city file holds, and checks all of it.",
  .run = run,
};
