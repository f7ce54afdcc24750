/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/vehicle/vehicle-simulation.h"

#include "app/error.h"
#include "app/vehicle/sun.h"

#include <math.h>
#include <string.h>

/* The drive core on a timer. Signals of the car are stored as they were last told, so that
 * "changed" comes only for what a person could see changing. */

#define TICK_MS 40
/* a loop that hung does not throw the car forward */
#define LONGEST_TICK_S 0.5
#define GEAR_DRIVE 1
#define GEAR_PARK 126
/* the range is reckoned with what was used of late: weight of a new kilometre */
#define CONSUMPTION_WEIGHT 0.05
#define DARK_BELOW_DEG (-3.0)
#define LIGHT_EVERY_S 30.0

enum {
  CHANGED_SPEED,
  CHANGED_SOC,
  CHANGED_RANGE,
  CHANGED_ODOMETER,
  N_WATCHED,
};

struct _VolantVehicleSimulation {
  GObject parent_instance;

  VolantDrive *drive;
  VolantDriveState state;
  VolantEnergyConditions conditions;
  double rate;
  unsigned timer;
  int64_t last_us;
  bool driving;
  bool braking;
  bool door_driver_open;
  bool door_passenger_open;
  bool cable_connected;
  bool dark;
  double since_light_s;
  double charge_wh;
  double odometer_km;
  double wh_per_km;
  double counted_m; /* of the drive, up to where consumption was averaged */
  double counted_wh;
  double told[N_WATCHED];
};

enum {
  SIGNAL_MOVED,
  SIGNAL_ARRIVED,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

static void volant_vehicle_simulation_vehicle_init (VolantVehicleInterface *iface);

G_DEFINE_TYPE_WITH_CODE (VolantVehicleSimulation, volant_vehicle_simulation, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (VOLANT_TYPE_VEHICLE,
                                                volant_vehicle_simulation_vehicle_init))

static void
tell (VolantVehicleSimulation *self, const char *signal)
{
  g_signal_emit (self, g_signal_lookup ("changed", VOLANT_TYPE_VEHICLE),
                 g_quark_from_string (signal), signal);
}

static double
get_capacity_wh (VolantVehicleSimulation *self)
{
  return self->conditions.vehicle->battery_wh;
}

static double
get_range_m (VolantVehicleSimulation *self)
{
  return self->charge_wh / self->wh_per_km * 1000.0;
}

static bool
is_charging (VolantVehicleSimulation *self)
{
  return self->cable_connected && self->charge_wh < get_capacity_wh (self);
}

static GVariant *
volant_vehicle_simulation_get (VolantVehicle *vehicle, const char *signal)
{
  VolantVehicleSimulation *self = VOLANT_VEHICLE_SIMULATION (vehicle);
  const struct {
    const char *name;
    bool value;
  } switches[] = {
    { VOLANT_VSS_CABLE, self->cable_connected },
    { VOLANT_VSS_CHARGING, is_charging (self) },
    { VOLANT_VSS_DOOR_DRIVER, self->door_driver_open },
    { VOLANT_VSS_DOOR_PASSENGER, self->door_passenger_open },
    { VOLANT_VSS_OUTSIDE_LIGHT, self->dark },
  };
  const struct {
    const char *name;
    double value;
  } numbers[] = {
    { VOLANT_VSS_SPEED, self->state.speed_mps * 3.6 },
    { VOLANT_VSS_SOC, 100.0 * self->charge_wh / get_capacity_wh (self) },
    { VOLANT_VSS_RANGE, get_range_m (self) },
    { VOLANT_VSS_ODOMETER, self->odometer_km + self->state.driven_m / 1000.0 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (switches); i++)
    if (strcmp (signal, switches[i].name) == 0)
      return g_variant_ref_sink (g_variant_new_boolean (switches[i].value));
  for (unsigned i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (signal, numbers[i].name) == 0)
      return g_variant_ref_sink (g_variant_new_double (numbers[i].value));
  if (strcmp (signal, VOLANT_VSS_GEAR) == 0)
    return g_variant_ref_sink (g_variant_new_int32 (self->driving ? GEAR_DRIVE : GEAR_PARK));
  return NULL;
}

static void
tell_numbers (VolantVehicleSimulation *self)
{
  const struct {
    const char *name;
    double grain;
  } watched[N_WATCHED] = {
    [CHANGED_SPEED] = { VOLANT_VSS_SPEED, 0.5 },
    [CHANGED_SOC] = { VOLANT_VSS_SOC, 0.1 },
    [CHANGED_RANGE] = { VOLANT_VSS_RANGE, 100.0 },
    [CHANGED_ODOMETER] = { VOLANT_VSS_ODOMETER, 0.1 },
  };

  for (unsigned i = 0; i < N_WATCHED; i++)
    {
      double value = volant_vehicle_get_double (VOLANT_VEHICLE (self), watched[i].name);

      /* a stand is told exactly, not to the grain */
      if (fabs (value - self->told[i]) < watched[i].grain && (value != 0.0 || self->told[i] == 0.0))
        continue;
      self->told[i] = value;
      tell (self, watched[i].name);
    }
}

static void
use_energy (VolantVehicleSimulation *self, double used_wh, double seconds)
{
  double since_m = self->state.driven_m - self->counted_m;
  double nominal_wh_per_km = self->conditions.vehicle->nominal_wh_per_km;

  if (is_charging (self))
    used_wh -= volant_vehicle_model_charging_w (self->conditions.vehicle,
                                                self->charge_wh / get_capacity_wh (self),
                                                INFINITY) *
               seconds / 3600.0;
  self->charge_wh = CLAMP (self->charge_wh - used_wh, 0.0, get_capacity_wh (self));
  if (since_m >= 1000.0)
    {
      double wh_per_km = (self->state.used_wh - self->counted_wh) / since_m * 1000.0;

      /* a long descent must not promise the moon */
      wh_per_km = CLAMP (wh_per_km, nominal_wh_per_km / 3.0, nominal_wh_per_km * 3.0);
      self->wh_per_km += CONSUMPTION_WEIGHT * (wh_per_km - self->wh_per_km);
      self->counted_m = self->state.driven_m;
      self->counted_wh = self->state.used_wh;
    }
}

static void
look_at_light (VolantVehicleSimulation *self, bool first)
{
  int64_t now_s = g_get_real_time () / G_USEC_PER_SEC;
  bool dark = volant_sun_height_deg (self->state.point, now_s) < DARK_BELOW_DEG;

  self->since_light_s = 0.0;
  if (dark == self->dark)
    return;
  self->dark = dark;
  if (!first)
    tell (self, VOLANT_VSS_OUTSIDE_LIGHT);
}

static void
park (VolantVehicleSimulation *self, bool arrived)
{
  self->driving = self->braking = false;
  volant_drive_halt (self->drive, true);
  tell (self, VOLANT_VSS_GEAR);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
  if (arrived)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0);
}

static gboolean
on_tick (void *data)
{
  VolantVehicleSimulation *self = data;
  int64_t now_us = g_get_monotonic_time ();
  double passed_s = (now_us - self->last_us) / (double) G_USEC_PER_SEC;

  self->last_us = now_us;
  volant_vehicle_simulation_advance (self, MIN (passed_s, LONGEST_TICK_S) * self->rate);
  return G_SOURCE_CONTINUE;
}

static void
volant_vehicle_simulation_finalize (GObject *object)
{
  VolantVehicleSimulation *self = VOLANT_VEHICLE_SIMULATION (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->drive, volant_drive_free);
  G_OBJECT_CLASS (volant_vehicle_simulation_parent_class)->finalize (object);
}

static void
volant_vehicle_simulation_class_init (VolantVehicleSimulationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = volant_vehicle_simulation_finalize;
  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
volant_vehicle_simulation_vehicle_init (VolantVehicleInterface *iface)
{
  iface->get = volant_vehicle_simulation_get;
}

static void
volant_vehicle_simulation_init (VolantVehicleSimulation *self)
{
  self->conditions = volant_energy_conditions (&volant_vehicle_bluecar);
  self->rate = 1.0;
  self->odometer_km = 18452.0;
  self->wh_per_km = self->conditions.vehicle->nominal_wh_per_km;
  self->last_us = g_get_monotonic_time ();
  self->timer = g_timeout_add (TICK_MS, on_tick, self);
}

VolantVehicleSimulation *
volant_vehicle_simulation_new (VolantPoint start, double charge_percent)
{
  VolantVehicleSimulation *self = g_object_new (VOLANT_TYPE_VEHICLE_SIMULATION, NULL);

  self->drive = volant_drive_new (&self->conditions, start);
  volant_drive_get_state (self->drive, &self->state);
  self->charge_wh = get_capacity_wh (self) * CLAMP (charge_percent, 0.0, 100.0) / 100.0;
  look_at_light (self, true);
  return self;
}

bool
volant_vehicle_simulation_drive (VolantVehicleSimulation *self, const GArray *plan, GError **error)
{
  if (plan == NULL)
    {
      self->braking = self->driving;
      volant_drive_set_plan (self->drive, NULL);
      return true;
    }
  if (self->door_driver_open || self->door_passenger_open)
    {
      g_set_error_literal (error, VOLANT_ERROR, VOLANT_ERROR_NOT_NOW, "A door is open");
      return false;
    }
  volant_vehicle_simulation_set_boolean (self, VOLANT_VSS_CABLE, false);
  volant_drive_set_plan (self->drive, plan);
  volant_drive_get_state (self->drive, &self->state);
  self->braking = false;
  if (!self->driving)
    {
      self->driving = true;
      tell (self, VOLANT_VSS_GEAR);
    }
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
  return true;
}

bool
volant_vehicle_simulation_is_driving (VolantVehicleSimulation *self)
{
  return self->driving;
}

void
volant_vehicle_simulation_set_rate (VolantVehicleSimulation *self, double rate)
{
  self->rate = CLAMP (rate, VOLANT_RATE_MIN, VOLANT_RATE_MAX);
}

double
volant_vehicle_simulation_get_rate (VolantVehicleSimulation *self)
{
  return self->rate;
}

void
volant_vehicle_simulation_advance (VolantVehicleSimulation *self, double seconds)
{
  double used_before_wh = self->state.used_wh;
  double driven_before_m = self->state.driven_m;

  g_object_ref (self);
  if (self->driving)
    {
      volant_drive_advance (self->drive, seconds);
      volant_drive_get_state (self->drive, &self->state);
    }
  use_energy (self, self->state.used_wh - used_before_wh, seconds);
  tell_numbers (self);
  self->since_light_s += seconds;
  if (self->since_light_s >= LIGHT_EVERY_S)
    look_at_light (self, false);
  if (self->state.driven_m > driven_before_m)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
  if (self->driving && self->state.speed_mps <= 0.0 && (self->state.arrived || self->braking))
    park (self, self->state.arrived && !self->braking);
  g_object_unref (self);
}

void
volant_vehicle_simulation_get_drive (VolantVehicleSimulation *self, VolantDriveState *state)
{
  *state = self->state;
}

void
volant_vehicle_simulation_set_boolean (VolantVehicleSimulation *self, const char *signal,
                                       bool value)
{
  const struct {
    const char *name;
    bool *value;
  } switches[] = {
    { VOLANT_VSS_CABLE, &self->cable_connected },
    { VOLANT_VSS_DOOR_DRIVER, &self->door_driver_open },
    { VOLANT_VSS_DOOR_PASSENGER, &self->door_passenger_open },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (switches); i++)
    if (strcmp (signal, switches[i].name) == 0)
      {
        if (*switches[i].value == value)
          return;
        *switches[i].value = value;
        tell (self, signal);
        if (switches[i].value == &self->cable_connected)
          tell (self, VOLANT_VSS_CHARGING);
        return;
      }
  g_warning ("%s cannot be set in the simulated car", signal);
}

void
volant_vehicle_simulation_set_charge (VolantVehicleSimulation *self, double percent)
{
  self->charge_wh = get_capacity_wh (self) * CLAMP (percent, 0.0, 100.0) / 100.0;
  tell_numbers (self);
}
