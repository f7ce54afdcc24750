/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/route-charge-options.h"

#include <math.h>
#include <string.h>

void
volant_route_charge_options_add (VolantRouteChargeOptions *options, GOptionEntry *entries)
{
  const GOptionEntry own[VOLANT_N_ROUTE_CHARGE_OPTIONS] = {
    { "charge", 0, 0, G_OPTION_ARG_STRING, &options->charge,
      "What the battery holds: tells the charge on arrival, and stops to charge where it must",
      "PERCENT" },
    { "reserve", 0, 0, G_OPTION_ARG_STRING, &options->reserve,
      "What is to be left at all times (else 10, for a bus 15)", "PERCENT" },
    { "vehicle", 0, 0, G_OPTION_ARG_STRING, &options->vehicle, "bluecar (default) or bus",
      "VEHICLE" },
    { "temperature", 0, 0, G_OPTION_ARG_STRING, &options->temperature,
      "Outside, for heating and cooling (else 20)", "CELSIUS" },
  };

  memcpy (entries, own, sizeof own);
}

void
volant_route_charge_options_clear (VolantRouteChargeOptions *options)
{
  g_free (options->charge);
  g_free (options->reserve);
  g_free (options->vehicle);
  g_free (options->temperature);
}

static bool
read_number (const char *text, double *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

char *
volant_route_charge_options_check (const VolantRouteChargeOptions *options, const char *mode)
{
  const struct {
    const char *name, *text;
  } numbers[] = { { "charge", options->charge },
                  { "reserve", options->reserve },
                  { "temperature", options->temperature } };
  double number;

  if (options->charge == NULL && (options->reserve != NULL || options->vehicle != NULL ||
                                  options->temperature != NULL))
    return g_strdup ("--reserve, --vehicle and --temperature go with --charge");
  for (unsigned i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].text != NULL && !read_number (numbers[i].text, &number))
      return g_strdup_printf ("--%s takes a number, not “%s”", numbers[i].name, numbers[i].text);
  if (options->charge != NULL && mode != NULL && strcmp (mode, "foot") == 0)
    return g_strdup ("on foot no battery is needed; choose --charge or --mode foot");
  if (options->vehicle != NULL && mode != NULL &&
      (strcmp (options->vehicle, "bus") == 0) != (strcmp (mode, "bus") == 0))
    return g_strdup_printf ("a %s does not go as a %s; leave out --mode", options->vehicle, mode);
  return NULL;
}

/* What is not known of the size is the vehicle's. */
static void
complete_size (VolantVehicleSize *size, const VolantVehicleModel *vehicle)
{
  const VolantVehicleSize own = { .height_cm = (uint32_t) lround (vehicle->height_m * 100.0),
                                  .width_cm = (uint32_t) lround (vehicle->width_m * 100.0),
                                  .length_cm = (uint32_t) lround (vehicle->length_m * 100.0),
                                  .weight_kg = (uint32_t) lround (vehicle->most_kg) };

  size->height_cm = size->height_cm > 0 ? size->height_cm : own.height_cm;
  size->width_cm = size->width_cm > 0 ? size->width_cm : own.width_cm;
  size->length_cm = size->length_cm > 0 ? size->length_cm : own.length_cm;
  size->weight_kg = size->weight_kg > 0 ? size->weight_kg : own.weight_kg;
}

bool
volant_route_charge_options_read (const VolantRouteChargeOptions *options,
                                  VolantRouteWish *route_wish, VolantChargeWish *wish,
                                  GError **error)
{
  const char *name = options->vehicle != NULL              ? options->vehicle
                     : route_wish->mode == VOLANT_MODE_BUS ? "bus"
                                                           : "bluecar";
  const VolantVehicleModel *vehicle = volant_vehicle_model_find (name, error);

  if (vehicle == NULL)
    return false;
  *wish = (VolantChargeWish) { .conditions = volant_energy_conditions (vehicle),
                               .levels = { .reserve_share = vehicle->reserve_share },
                               .stop_s = VOLANT_CHARGING_STOP_S };
  wish->levels.start_share = g_ascii_strtod (options->charge, NULL) / 100.0;
  if (options->reserve != NULL)
    wish->levels.reserve_share = g_ascii_strtod (options->reserve, NULL) / 100.0;
  if (options->temperature != NULL)
    wish->conditions.outside_c = g_ascii_strtod (options->temperature, NULL);
  route_wish->mode = vehicle->mode;
  complete_size (&route_wish->size, vehicle);
  return volant_charge_wish_check (wish, error);
}
