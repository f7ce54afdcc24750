/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/vehicle/vehicle.h"

#include <math.h>

/* The interface, and the readings that all need. */

#define MOVING_KMH 5.0
#define GEAR_PARK 126

G_DEFINE_INTERFACE (VolantVehicle, volant_vehicle, G_TYPE_OBJECT)

static void
volant_vehicle_default_init (VolantVehicleInterface *iface)
{
  g_signal_new ("changed", VOLANT_TYPE_VEHICLE, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL,
                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* volant_vehicle_get:
 *
 * The value of a signal by its VSS name (transfer full), NULL where this car does not tell it. */
GVariant *
volant_vehicle_get (VolantVehicle *self, const char *signal)
{
  return VOLANT_VEHICLE_GET_IFACE (self)->get (self, signal);
}

/* volant_vehicle_get_double:
 *
 * The same for a number, in the unit that VSS gives the signal; NAN where there is none. */
double
volant_vehicle_get_double (VolantVehicle *self, const char *signal)
{
  g_autoptr (GVariant) value = volant_vehicle_get (self, signal);

  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    return g_variant_get_double (value);
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    return g_variant_get_int32 (value);
  return NAN;
}

bool
volant_vehicle_get_boolean (VolantVehicle *self, const char *signal)
{
  g_autoptr (GVariant) value = volant_vehicle_get (self, signal);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
         g_variant_get_boolean (value);
}

/* volant_vehicle_is_moving:
 *
 * What locks actions out: faster than 5 km/h, or in any gear but park (a car that waits at lights
 * drives). A car that tells neither counts as standing. */
bool
volant_vehicle_is_moving (VolantVehicle *self)
{
  double speed_kmh = volant_vehicle_get_double (self, VOLANT_VSS_SPEED);
  double gear = volant_vehicle_get_double (self, VOLANT_VSS_GEAR);

  return (!isnan (speed_kmh) && fabs (speed_kmh) > MOVING_KMH) ||
         (!isnan (gear) && (int) gear != GEAR_PARK);
}
