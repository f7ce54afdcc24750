/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/route-output.h"

#include "app/cli/json-text.h"
#include "app/cli/route-charge-output.h"
#include "app/navigation/instruction.h"
#include "app/navigation/route-marks.h"
#include "app/text/text.h"
#include "maps/routing/plan/wish.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Writes numbers at the precision that they have: milliseconds, millimetres, 1e-7 degree. */

/* Less is not worth a line. */
#define LEAST_DELAY_MS 30000

static const char *const mode_names[VOLANT_N_MODES] = { "car", "bus", "foot" };

static const char *const kind_names[] = {
  "depart",  "continue", "turn",       "end-of-road", "fork", "merge",
  "on-ramp", "off-ramp", "roundabout", "ferry",       "via",  "arrive",
};

static const char *const modifier_names[] = {
  "straight", "slight-right", "right", "sharp-right", "u-turn", "sharp-left", "left", "slight-left",
};

GStrv
volant_route_streets (const VolantRoute *route, const VolantRoads *roads)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *last = "";

  for (uint32_t i = 0; i < route->n_steps; i++)
    {
      const VolantSegment *segment = &roads->segments[volant_link_segment (route->steps[i].link)];
      const char *name = volant_roads_string (roads, segment->name);

      if (*name == '\0')
        name = volant_roads_string (roads, segment->ref);
      if (*name == '\0' || strcmp (name, last) == 0)
        continue;
      g_strv_builder_add (builder, name);
      last = name;
    }
  return g_strv_builder_end (builder);
}

static void
write_text (GString *text, const VolantRoute *route, const VolantRoads *roads, const char *language)
{
  g_auto (GStrv) streets = volant_route_streets (route, roads);
  g_autofree char *duration = volant_text_duration (language, route->time_ms / 1000.0);
  g_autofree char *length = volant_text_distance (language, route->length_mm / 1000.0);
  g_autofree char *marks = volant_route_marks (route, language);
  g_autofree char *unavoided = volant_route_unavoided (route, language);
  g_autofree char *all_streets = g_strjoinv (", ", streets);

  g_string_append_printf (text, "%s, %s%s%s\n", duration, length, *marks != '\0' ? ", " : "",
                          marks);
  if (route->delay_ms >= LEAST_DELAY_MS)
    {
      g_autofree char *delay = volant_text_duration (language, route->delay_ms / 1000.0);
      g_autofree char *in_traffic =
          volant_text_format (language, N_ ("%s of it in traffic"), delay);

      g_string_append_printf (text, "%s\n", in_traffic);
    }
  if (unavoided != NULL)
    g_string_append_printf (text, "%s\n", unavoided);
  volant_route_charge_write (text, route, language);
  if (*all_streets != '\0')
    g_string_append_printf (text, "%s\n", all_streets);
  g_string_append_c (text, '\n');
  for (uint32_t i = 0; i < route->n_manoeuvres; i++)
    {
      g_autofree char *at = volant_text_distance (language, route->manoeuvres[i].at_mm / 1000.0);
      g_autofree char *sentence = volant_instruction_text (&route->manoeuvres[i], language);

      g_string_append_printf (text, "%10s  %s\n", at, sentence);
    }
}

char *
volant_route_to_text (const VolantRoute *route, const VolantRoads *roads, const char *from,
                      const char *to, const char *language)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s → %s\n", from, to);
  write_text (text, route, roads, language);
  return g_string_free (text, FALSE);
}

char *
volant_routes_to_text (const GPtrArray *routes, const VolantRoads *roads, const char *from,
                       const char *to, const char *language)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s → %s\n", from, to);
  for (unsigned i = 0; i < routes->len; i++)
    {
      g_string_append_printf (text, "\n%u. ", i + 1);
      write_text (text, routes->pdata[i], roads, language);
    }
  return g_string_free (text, FALSE);
}

static void
add_line (JsonBuilder *builder, const char *name, const VolantRoute *route)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (uint32_t i = 0; i < route->n_points; i++)
    volant_json_add_position (builder, route->geometry[i]);
  json_builder_end_array (builder);
}

static void
add_manoeuvre (JsonBuilder *builder, const VolantRoute *route, const VolantManoeuvre *manoeuvre,
               const char *language)
{
  g_autofree char *sentence = volant_instruction_text (manoeuvre, language);

  json_builder_begin_object (builder);
  volant_json_add_string (builder, "kind", kind_names[manoeuvre->kind]);
  volant_json_add_string (builder, "modifier", modifier_names[manoeuvre->modifier]);
  if (manoeuvre->exit_number > 0)
    {
      json_builder_set_member_name (builder, "exit");
      json_builder_add_int_value (builder, manoeuvre->exit_number);
    }
  volant_json_add_string (builder, "street", manoeuvre->street);
  volant_json_add_string (builder, "ref", manoeuvre->ref);
  volant_json_add_string (builder, "destination", manoeuvre->destination);
  volant_json_add_number (builder, "at_m", manoeuvre->at_mm / 1000.0);
  volant_json_add_number (builder, "at_s", manoeuvre->at_ms / 1000.0);
  volant_json_add_number (builder, "bearing_before_deg", manoeuvre->bearing_before_deg);
  volant_json_add_number (builder, "bearing_after_deg", manoeuvre->bearing_after_deg);
  json_builder_set_member_name (builder, "position");
  volant_json_add_position (builder, route->geometry[manoeuvre->point]);
  volant_json_add_string (builder, "text", sentence);
  json_builder_end_object (builder);
}

static void
add_marks (JsonBuilder *builder, const VolantRoute *route)
{
  volant_json_add_number (builder, "motorway_m", route->motorway_mm / 1000.0);
  volant_json_add_number (builder, "toll_m", route->toll_mm / 1000.0);
  volant_json_add_number (builder, "ferry_m", route->ferry_mm / 1000.0);
  json_builder_set_member_name (builder, "unavoided");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < VOLANT_N_AVOIDS; i++)
    if (route->unavoided & (1u << i))
      json_builder_add_string_value (builder, volant_avoid_name (1u << i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "stops");
  json_builder_begin_array (builder);
  for (uint32_t i = 0; i < route->n_stops; i++)
    {
      json_builder_begin_object (builder);
      volant_json_add_number (builder, "at_m", route->stops[i].at_mm / 1000.0);
      volant_json_add_number (builder, "at_s", route->stops[i].at_ms / 1000.0);
      json_builder_set_member_name (builder, "position");
      volant_json_add_position (builder, route->geometry[route->stops[i].point]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_facts (JsonBuilder *builder, const VolantRoute *route, const VolantRoads *roads,
           const char *from, const char *to, const char *language)
{
  g_auto (GStrv) streets = volant_route_streets (route, roads);

  volant_json_add_string (builder, "mode", mode_names[route->mode]);
  volant_json_add_string (builder, "from", from);
  volant_json_add_string (builder, "to", to);
  volant_json_add_number (builder, "time_s", route->time_ms / 1000.0);
  volant_json_add_number (builder, "delay_s", route->delay_ms / 1000.0);
  volant_json_add_number (builder, "length_m", route->length_mm / 1000.0);
  add_marks (builder, route);
  volant_route_charge_add_json (builder, route);
  json_builder_set_member_name (builder, "streets");
  json_builder_begin_array (builder);
  for (char **street = streets; *street != NULL; street++)
    json_builder_add_string_value (builder, *street);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "manoeuvres");
  json_builder_begin_array (builder);
  for (uint32_t i = 0; i < route->n_manoeuvres; i++)
    add_manoeuvre (builder, route, &route->manoeuvres[i], language);
  json_builder_end_array (builder);
}

static char *
print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = volant_json_to_text (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

static void
add_route (JsonBuilder *builder, const VolantRoute *route, const VolantRoads *roads,
           const char *from, const char *to, const char *language)
{
  json_builder_begin_object (builder);
  add_facts (builder, route, roads, from, to, language);
  add_line (builder, "geometry", route);
  json_builder_end_object (builder);
}

static void
add_feature (JsonBuilder *builder, const VolantRoute *route, const VolantRoads *roads,
             const char *from, const char *to, const char *language)
{
  json_builder_begin_object (builder);
  volant_json_add_string (builder, "type", "Feature");
  json_builder_set_member_name (builder, "geometry");
  json_builder_begin_object (builder);
  volant_json_add_string (builder, "type", "LineString");
  add_line (builder, "coordinates", route);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "properties");
  json_builder_begin_object (builder);
  add_facts (builder, route, roads, from, to, language);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

char *
volant_route_to_json (const VolantRoute *route, const VolantRoads *roads, const char *from,
                      const char *to, const char *language)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  add_route (builder, route, roads, from, to, language);
  return print (builder);
}

char *
volant_route_to_geojson (const VolantRoute *route, const VolantRoads *roads, const char *from,
                         const char *to, const char *language)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  add_feature (builder, route, roads, from, to, language);
  return print (builder);
}

char *
volant_routes_to_json (const GPtrArray *routes, const VolantRoads *roads, const char *from,
                       const char *to, const char *language)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "routes");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < routes->len; i++)
    add_route (builder, routes->pdata[i], roads, from, to, language);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return print (builder);
}

char *
volant_routes_to_geojson (const GPtrArray *routes, const VolantRoads *roads, const char *from,
                          const char *to, const char *language)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  volant_json_add_string (builder, "type", "FeatureCollection");
  json_builder_set_member_name (builder, "features");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < routes->len; i++)
    add_feature (builder, routes->pdata[i], roads, from, to, language);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return print (builder);
}
