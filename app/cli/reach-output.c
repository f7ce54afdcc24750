/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/reach-output.h"

#include "app/cli/json-text.h"

#include <json-glib/json-glib.h>

/* One writer of areas serves both kinds of JSON. */

static unsigned
count_stations (const VolantReachAnswer *answer, int64_t limit)
{
  unsigned n = 0;

  for (unsigned i = 0; i < answer->stations->len; i++)
    n += g_array_index (answer->stations, VolantReachStation, i).value <= limit;
  return n;
}

static void
append_limit (GString *text, const VolantReachAnswer *answer, int64_t limit)
{
  if (answer->is_energy)
    g_string_append_printf (text, "%6.1f kWh", (double) limit / 1e6);
  else
    g_string_append_printf (text, "%6.4g min", (double) limit / 60000.0);
}

char *
volant_reach_to_text (const VolantReachAnswer *answer)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "From %s by %s\n", answer->from, answer->mode);
  for (unsigned i = 0; i < answer->areas->len; i++)
    {
      const VolantReachArea *area = answer->areas->pdata[i];

      append_limit (text, answer, area->limit);
      g_string_append_printf (text, "%10.2f km²%9.1f km of streets%8u junctions",
                              area->area_m2 / 1e6, area->roads_m / 1000.0, area->n_junctions);
      if (answer->stations != NULL)
        g_string_append_printf (text, "%6u stations", count_stations (answer, area->limit));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* The last position repeats the first. */
static void
add_ring (JsonBuilder *builder, const GArray *ring)
{
  json_builder_begin_array (builder);
  for (unsigned i = 0; i <= ring->len; i++)
    volant_json_add_position (builder, g_array_index (ring, VolantPoint, i % ring->len));
  json_builder_end_array (builder);
}

static void
add_geometry (JsonBuilder *builder, const VolantReachArea *area)
{
  json_builder_set_member_name (builder, "geometry");
  json_builder_begin_object (builder);
  volant_json_add_string (builder, "type", "MultiPolygon");
  json_builder_set_member_name (builder, "coordinates");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < area->polygons->len; i++)
    {
      const VolantPolygon *polygon = area->polygons->pdata[i];

      json_builder_begin_array (builder);
      for (unsigned k = 0; k < polygon->rings->len; k++)
        add_ring (builder, polygon->rings->pdata[k]);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_value (JsonBuilder *builder, const VolantReachAnswer *answer, const char *time,
           const char *energy, int64_t value)
{
  if (answer->is_energy)
    volant_json_add_number (builder, energy, (double) value / 1000.0);
  else
    volant_json_add_number (builder, time, (double) value / 1000.0);
}

static void
add_area_facts (JsonBuilder *builder, const VolantReachAnswer *answer, const VolantReachArea *area)
{
  add_value (builder, answer, "limit_s", "limit_wh", area->limit);
  volant_json_add_number (builder, "area_m2", area->area_m2);
  volant_json_add_number (builder, "streets_m", area->roads_m);
  volant_json_add_integer (builder, "junctions", area->n_junctions);
  if (answer->stations != NULL)
    volant_json_add_integer (builder, "stations", count_stations (answer, area->limit));
}

static void
add_start (JsonBuilder *builder, const VolantReachAnswer *answer)
{
  volant_json_add_string (builder, "from", answer->from);
  volant_json_add_string (builder, "mode", answer->mode);
}

static void
add_stations (JsonBuilder *builder, const VolantReachAnswer *answer)
{
  json_builder_set_member_name (builder, "stations");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < answer->stations->len; i++)
    {
      const VolantReachStation *station = &g_array_index (answer->stations, VolantReachStation, i);

      json_builder_begin_object (builder);
      volant_json_add_string (builder, "id", station->id);
      volant_json_add_string (builder, "name", station->name);
      json_builder_set_member_name (builder, "position");
      volant_json_add_position (builder, station->point);
      add_value (builder, answer, "time_s", "energy_wh", station->value);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
print (JsonBuilder *builder, bool is_pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = volant_json_to_text (root, is_pretty);

  return g_strconcat (text, "\n", NULL);
}

char *
volant_reach_to_json (const VolantReachAnswer *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_start (builder, answer);
  json_builder_set_member_name (builder, "position");
  volant_json_add_position (builder, answer->point);
  json_builder_set_member_name (builder, "areas");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < answer->areas->len; i++)
    {
      json_builder_begin_object (builder);
      add_area_facts (builder, answer, answer->areas->pdata[i]);
      add_geometry (builder, answer->areas->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (answer->stations != NULL)
    add_stations (builder, answer);
  json_builder_end_object (builder);
  return print (builder, false);
}

char *
volant_reach_to_geojson (const VolantReachAnswer *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  volant_json_add_string (builder, "type", "FeatureCollection");
  json_builder_set_member_name (builder, "features");
  json_builder_begin_array (builder);
  for (unsigned i = answer->areas->len; i-- > 0;)
    {
      json_builder_begin_object (builder);
      volant_json_add_string (builder, "type", "Feature");
      json_builder_set_member_name (builder, "properties");
      json_builder_begin_object (builder);
      add_start (builder, answer);
      add_area_facts (builder, answer, answer->areas->pdata[i]);
      json_builder_end_object (builder);
      add_geometry (builder, answer->areas->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return print (builder, false);
}
