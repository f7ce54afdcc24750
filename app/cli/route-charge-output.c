/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/route-charge-output.h"

#include "app/cli/json-text.h"
#include "app/text/text.h"

#include <math.h>

static int
percent (const VolantRouteCharge *charge, int64_t mwh)
{
  return (int) lround (volant_route_charge_percent (charge, mwh));
}

/* "Harpignies: 12 % to 45 %, 3 h 5 min" */
static void
write_stop (GString *text, const VolantRoute *route, unsigned i, const char *language)
{
  const VolantRouteCharging *charging = &route->charge->chargings[i];
  g_autofree char *at = volant_text_distance (language, route->stops[i].at_mm / 1000.0);
  g_autofree char *duration = volant_text_duration (language, charging->charging_ms / 1000.0);
  g_autofree char *line =
      volant_text_format (language, N_ ("Charge at %s, after %s: from %d %% to %d %%, %s"),
                          charging->name, at, percent (route->charge, charging->arrival_mwh),
                          percent (route->charge, charging->departure_mwh), duration);

  g_string_append_printf (text, "%s\n", line);
}

void
volant_route_charge_write (GString *text, const VolantRoute *route, const char *language)
{
  const VolantRouteCharge *charge = route->charge;
  g_autofree char *line = NULL;

  if (charge == NULL)
    return;
  line =
      volant_text_format (language, N_ ("Battery: %d %%, on arrival %d %%, %.1f kWh used"),
                          percent (charge, charge->start_mwh),
                          percent (charge, charge->arrival_mwh), (double) charge->used_mwh / 1e6);
  g_string_append_printf (text, "%s\n", line);
  for (unsigned i = 0; i < charge->n_chargings; i++)
    write_stop (text, route, i, language);
  if (charge->n_chargings > 0)
    {
      g_autofree char *duration = volant_text_duration (language, charge->time_ms / 1000.0);
      g_autofree char *all = volant_text_format (language, N_ ("With charging %s"), duration);

      g_string_append_printf (text, "%s\n", all);
    }
}

/* Percent to thousandths: a milliwatt-hour is less. */
static void
add_percent (JsonBuilder *builder, const char *name, const VolantRouteCharge *charge, int64_t mwh)
{
  volant_json_add_number (builder, name,
                          round (volant_route_charge_percent (charge, mwh) * 1000.0) / 1000.0);
}

static void
add_stop (JsonBuilder *builder, const VolantRoute *route, unsigned i)
{
  const VolantRouteCharging *charging = &route->charge->chargings[i];
  VolantPoint point = route->stops[i].asked;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, charging->name);
  json_builder_set_member_name (builder, "position");
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, volant_point_lon_deg (point));
  json_builder_add_double_value (builder, volant_point_lat_deg (point));
  json_builder_end_array (builder);
  volant_json_add_number (builder, "at_m", route->stops[i].at_mm / 1000.0);
  add_percent (builder, "arrival_percent", route->charge, charging->arrival_mwh);
  add_percent (builder, "departure_percent", route->charge, charging->departure_mwh);
  volant_json_add_number (builder, "charging_s", charging->charging_ms / 1000.0);
  volant_json_add_number (builder, "stop_s", charging->stop_ms / 1000.0);
  json_builder_end_object (builder);
}

/* [metres, percent] where each link begins, and on arrival. */
static void
add_profile (JsonBuilder *builder, const VolantRoute *route)
{
  json_builder_set_member_name (builder, "profile");
  json_builder_begin_array (builder);
  for (uint32_t i = 0; i <= route->charge->n_steps; i++)
    {
      uint32_t at_mm = i < route->n_steps ? route->steps[i].at_mm : route->length_mm;
      double share = volant_route_charge_percent (route->charge, route->charge->steps_mwh[i]);

      json_builder_begin_array (builder);
      json_builder_add_double_value (builder, at_mm / 1000.0);
      json_builder_add_double_value (builder, round (share * 1000.0) / 1000.0);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

void
volant_route_charge_add_json (JsonBuilder *builder, const VolantRoute *route)
{
  const VolantRouteCharge *charge = route->charge;

  if (charge == NULL)
    return;
  json_builder_set_member_name (builder, "charge");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "vehicle");
  json_builder_add_string_value (builder, charge->vehicle);
  add_percent (builder, "start_percent", charge, charge->start_mwh);
  add_percent (builder, "arrival_percent", charge, charge->arrival_mwh);
  add_percent (builder, "lowest_percent", charge, charge->lowest_mwh);
  add_percent (builder, "reserve_percent", charge, charge->reserve_mwh);
  volant_json_add_number (builder, "used_wh", (double) charge->used_mwh / 1000.0);
  volant_json_add_number (builder, "lost_wh", (double) charge->lost_mwh / 1000.0);
  volant_json_add_number (builder, "time_s", charge->time_ms / 1000.0);
  json_builder_set_member_name (builder, "stops");
  json_builder_begin_array (builder);
  for (unsigned i = 0; i < charge->n_chargings; i++)
    add_stop (builder, route, i);
  json_builder_end_array (builder);
  add_profile (builder, route);
  json_builder_end_object (builder);
}
