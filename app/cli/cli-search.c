/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/cli/json-text.h"
#include "maps/places/places.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* `volant search`: what the search screen and the voice find for some words. */

#define DEFAULT_LIMIT 10
#define MAX_LIMIT 1000

static const char *
name_kind (const VolantPlace *place)
{
  switch (place->kind)
    {
    case VOLANT_PLACE_STREET:
      return "street";
    case VOLANT_PLACE_ADDRESS:
      return "address";
    case VOLANT_PLACE_POI:
      return "place";
    case VOLANT_PLACE_LOCALITY:
      return "locality";
    default:
      g_return_val_if_reached ("");
    }
}

static void
add_place (JsonBuilder *builder, const VolantPlace *place)
{
  const struct {
    const char *name;
    const char *value;
  } texts[] = {
    { "id", place->id },
    { "kind", name_kind (place) },
    { "name", place->name },
    { "locality", place->locality },
    { "category", place->category },
  };

  json_builder_begin_object (builder);
  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      json_builder_set_member_name (builder, texts[i].name);
      json_builder_add_string_value (builder, texts[i].value);
    }
  json_builder_set_member_name (builder, "lat");
  json_builder_add_double_value (builder, volant_point_lat_deg (place->point));
  json_builder_set_member_name (builder, "lon");
  json_builder_add_double_value (builder, volant_point_lon_deg (place->point));
  if (!isnan (place->distance_m))
    {
      json_builder_set_member_name (builder, "distance_m");
      json_builder_add_double_value (builder, round (place->distance_m));
    }
  json_builder_set_member_name (builder, "score");
  json_builder_add_double_value (builder, round (place->score));
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray *places)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (unsigned i = 0; i < places->len; i++)
    add_place (builder, places->pdata[i]);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = volant_json_to_text (root, TRUE);
  g_print ("%s\n", text);
}

static void
print_lines (GPtrArray *places)
{
  for (unsigned i = 0; i < places->len; i++)
    {
      const VolantPlace *place = places->pdata[i];

      g_print ("%s", place->name);
      if (*place->locality != '\0')
        g_print (", %s", place->locality);
      if (*place->category != '\0')
        g_print (" (%s)", place->category);
      if (!isnan (place->distance_m))
        g_print ("  %.1f km", place->distance_m / 1000.0);
      g_print ("  %.6f,%.6f  %s\n", volant_point_lat_deg (place->point),
               volant_point_lon_deg (place->point), place->id);
    }
}

static int
search (const char *city_path, const char *words, const VolantPoint *near, unsigned limit,
        bool json)
{
  const VolantCommand *command = &volant_command_search;
  g_autofree char *demo = city_path == NULL ? volant_cli_demo_path ("city") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCity) city = volant_city_open (city_path != NULL ? city_path : demo, &error);
  g_autoptr (VolantPlaces) places = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (city != NULL)
    places = volant_places_open (volant_city_get_file (city), &error);
  if (places != NULL)
    found = volant_places_search (places, words, near, limit, &error);
  if (found == NULL)
    return volant_cli_refuse (command, error);
  if (found->len == 0 && !json)
    {
      g_printerr ("volant search: nothing in %s is called “%s”\n",
                  volant_city_get_info (city)->name, words);
      return VOLANT_EXIT_REFUSED;
    }
  if (json)
    print_json (found);
  else
    print_lines (found);
  return found->len > 0 ? VOLANT_EXIT_DONE : VOLANT_EXIT_REFUSED;
}

static int
run (int argc, char **argv)
{
  const VolantCommand *command = &volant_command_search;
  g_autofree char *city_path = NULL;
  g_autofree char *near_text = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  int limit = DEFAULT_LIMIT;
  gboolean json = FALSE;
  VolantPoint near = { 0, 0 };
  int exit_status;
  const GOptionEntry entries[] = {
    { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_path, "City file (default: the demo city)",
      "CITY" },
    { "near", 0, 0, G_OPTION_ARG_STRING, &near_text, "Prefer what is near here", "LAT,LON" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many places (default 10)", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Answer as JSON", NULL },
    { NULL },
  };

  if (!volant_cli_parse (command, entries, &argc, &argv, &exit_status))
    return exit_status;
  if (argc < 2)
    return volant_cli_usage (command, "say what to search for");
  if (limit < 1 || limit > MAX_LIMIT)
    return volant_cli_usage (command, "--limit takes a number from 1 to %d", MAX_LIMIT);
  if (near_text != NULL && !volant_point_parse (near_text, &near, &error))
    return volant_cli_usage (command, "--near: %s", error->message);
  words = g_strjoinv (" ", argv + 1);
  return search (city_path, words, near_text != NULL ? &near : NULL, (unsigned) limit, json);
}

const VolantCommand volant_command_search = {
  .name = "search",
  .arguments = "[--city CITY] WORDS…",
  .summary = "Finds streets, house numbers and named places.",
  .details = "The last word may be begun only; accents, case, abbreviations and small slips do not "
             "matter; a house number stands before or after the street; Chinese names are found by "
             "their characters, by pinyin and by its initials.",
  .run = run,
};
