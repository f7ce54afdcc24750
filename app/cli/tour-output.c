/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/tour-output.h"

#include "app/cli/json-text.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Gaps are told in percent of what they are compared with: the time above the bound, and what is
 * saved against always going to the nearest. */

static const VolantListedStop *
stop_of (const VolantTourAnswer *answer, unsigned station)
{
  return &g_array_index (answer->list->stops, VolantListedStop, answer->stops[station]);
}

static double
above_bound_percent (const VolantTour *tour)
{
  return tour->bound_ms > 0 ? 100.0 * ((double) tour->time_ms / tour->bound_ms - 1.0) : 0.0;
}

/* NAN where the nearest gets stuck. */
static double
below_nearest_percent (const VolantTour *tour)
{
  if (tour->nearest_ms == UINT64_MAX)
    return NAN;
  return tour->nearest_ms > 0 ? 100.0 * (1.0 - (double) tour->time_ms / tour->nearest_ms) : 0.0;
}

static void
append_duration (GString *text, uint64_t ms)
{
  uint64_t minutes = (ms + 30000) / 60000;

  g_string_append_printf (text, "%3" G_GUINT64_FORMAT ":%02u", minutes / 60,
                          (unsigned) (minutes % 60));
}

static void
append_summary (GString *text, const VolantTourAnswer *answer)
{
  const VolantTour *tour = answer->tour;

  g_string_append_printf (text,
                          "%u stations take part: %u cars too many, %u too few; %u moves, back by "
                          "%s, %g s handling each\n",
                          answer->n_stations, tour->surplus, tour->deficit, tour->n_moves,
                          answer->return_name, answer->handling_ms / 1000.0);
  if (tour->n_moves == 0)
    {
      g_string_append (text, "Nothing is to be moved.\n");
      return;
    }
  g_string_append (text, "takes ");
  append_duration (text, tour->time_ms);
  g_string_append (text, " h; no tour takes less than ");
  append_duration (text, tour->bound_ms);
  g_string_append_printf (text, " h (%.1f %% above that)", above_bound_percent (tour));
  if (tour->nearest_ms < UINT64_MAX)
    {
      g_string_append (text, "; always to the nearest takes ");
      append_duration (text, tour->nearest_ms);
      g_string_append_printf (text, " h (%.1f %% saved)", below_nearest_percent (tour));
    }
  g_string_append_c (text, '\n');
}

char *
volant_tour_to_text (const VolantTourAnswer *answer)
{
  GString *text = g_string_new (NULL);

  append_summary (text, answer);
  for (unsigned i = 0; i < answer->tour->n_moves; i++)
    {
      const VolantTourMove *move = &answer->tour->moves[i];

      g_string_append_printf (text, "%4u  ", i + 1);
      append_duration (text, move->begin_ms);
      g_string_append_printf (text, "  %s → %s (come %.1f min, drive %.1f min)\n",
                              stop_of (answer, move->from)->name, stop_of (answer, move->to)->name,
                              move->come_ms / 60000.0, move->drive_ms / 60000.0);
    }
  return g_string_free (text, FALSE);
}

static void
add_facts (JsonBuilder *builder, const VolantTourAnswer *answer)
{
  const VolantTour *tour = answer->tour;

  volant_json_add_string (builder, "return", answer->return_name);
  volant_json_add_number (builder, "handling_s", answer->handling_ms / 1000.0);
  volant_json_add_integer (builder, "stations", answer->n_stations);
  volant_json_add_integer (builder, "surplus", tour->surplus);
  volant_json_add_integer (builder, "deficit", tour->deficit);
  volant_json_add_number (builder, "time_s", tour->time_ms / 1000.0);
  volant_json_add_number (builder, "bound_s", tour->bound_ms / 1000.0);
  volant_json_add_number (builder, "nearest_s",
                          tour->nearest_ms < UINT64_MAX ? tour->nearest_ms / 1000.0 : NAN);
  volant_json_add_number (builder, "above_bound_percent", above_bound_percent (tour));
  volant_json_add_number (builder, "below_nearest_percent", below_nearest_percent (tour));
}

static void
add_move (JsonBuilder *builder, const VolantTourAnswer *answer, unsigned i)
{
  const VolantTourMove *move = &answer->tour->moves[i];

  volant_json_add_integer (builder, "number", i + 1);
  volant_json_add_string (builder, "from", stop_of (answer, move->from)->id);
  volant_json_add_string (builder, "from_name", stop_of (answer, move->from)->name);
  volant_json_add_string (builder, "to", stop_of (answer, move->to)->id);
  volant_json_add_string (builder, "to_name", stop_of (answer, move->to)->name);
  volant_json_add_number (builder, "begin_s", move->begin_ms / 1000.0);
  volant_json_add_number (builder, "come_s", move->come_ms / 1000.0);
  volant_json_add_number (builder, "drive_s", move->drive_ms / 1000.0);
}

static char *
print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = volant_json_to_text (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

char *
volant_tour_to_json (const VolantTourAnswer *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_facts (builder, answer);
  json_builder_set_member_name (builder, "moves");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < answer->tour->n_moves; i++)
    {
      json_builder_begin_object (builder);
      add_move (builder, answer, i);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return print (builder);
}

static void
add_line (JsonBuilder *builder, const VolantRoute *route)
{
  json_builder_set_member_name (builder, "geometry");
  json_builder_begin_object (builder);
  volant_json_add_string (builder, "type", "LineString");
  json_builder_set_member_name (builder, "coordinates");
  json_builder_begin_array (builder);
  for (uint32_t i = 0; i < route->n_points; i++)
    {
      json_builder_begin_array (builder);
      json_builder_add_double_value (builder, volant_point_lon_deg (route->geometry[i]));
      json_builder_add_double_value (builder, volant_point_lat_deg (route->geometry[i]));
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
volant_tour_to_geojson (const VolantTourAnswer *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (answer->list->router);

  json_builder_begin_object (builder);
  volant_json_add_string (builder, "type", "FeatureCollection");
  json_builder_set_member_name (builder, "features");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < answer->tour->n_moves; i++)
    {
      const VolantTourMove *move = &answer->tour->moves[i];
      g_autoptr (VolantRoute) route =
          volant_router_query_route (query, VOLANT_MODE_CAR, stop_of (answer, move->from)->point,
                                     NAN, stop_of (answer, move->to)->point, NULL);

      json_builder_begin_object (builder);
      volant_json_add_string (builder, "type", "Feature");
      json_builder_set_member_name (builder, "properties");
      json_builder_begin_object (builder);
      add_move (builder, answer, i);
      json_builder_end_object (builder);
      if (route != NULL)
        add_line (builder, route);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return print (builder);
}
