/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* The vehicle's signals, named as COVESA VSS names them, behind one interface. */

G_BEGIN_DECLS

#define VOLANT_VSS_SPEED "Vehicle.Speed"                                     /* km/h, double */
#define VOLANT_VSS_SOC "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed" /* %, double */
#define VOLANT_VSS_RANGE "Vehicle.Powertrain.TractionBattery.Range"          /* metres, double */
#define VOLANT_VSS_CHARGING "Vehicle.Powertrain.TractionBattery.Charging.IsCharging"
#define VOLANT_VSS_CABLE \
  "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition.IsChargingCableConnected"
/* 0 neutral, 1 drive, -1 reverse, 126 park */
#define VOLANT_VSS_GEAR "Vehicle.Powertrain.Transmission.CurrentGear"
#define VOLANT_VSS_DOOR_DRIVER "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen"
#define VOLANT_VSS_DOOR_PASSENGER "Vehicle.Cabin.Door.Row1.PassengerSide.IsOpen"
#define VOLANT_VSS_ODOMETER "Vehicle.TraveledDistance"                       /* km, double */
#define VOLANT_VSS_OUTSIDE_LIGHT "Vehicle.Body.Lights.IsDark"                /* own: light sensor */

#define VOLANT_TYPE_VEHICLE (volant_vehicle_get_type ())
G_DECLARE_INTERFACE (VolantVehicle, volant_vehicle, VOLANT, VEHICLE, GObject)

struct _VolantVehicleInterface {
  GTypeInterface parent;
  GVariant *(*get) (VolantVehicle *self, const char *signal); /* transfer full; NULL unknown */
};

GVariant *volant_vehicle_get (VolantVehicle *self, const char *signal);
double volant_vehicle_get_double (VolantVehicle *self, const char *signal); /* NAN unknown */
bool volant_vehicle_get_boolean (VolantVehicle *self, const char *signal);
/* Faster than 5 km/h, or not in park: what locks actions out. */
bool volant_vehicle_is_moving (VolantVehicle *self);
/* Signal "changed" with detail and argument (const char *signal). */

G_END_DECLS
