/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vehicle/drive-core.h"
#include "app/vehicle/vehicle.h"

/* A car that is not there: it drives a plan in real time or faster, its charge falls with what that
 * costs, and its gear, doors and cable have states. */

G_BEGIN_DECLS

#define VOLANT_TYPE_VEHICLE_SIMULATION (volant_vehicle_simulation_get_type ())
G_DECLARE_FINAL_TYPE (VolantVehicleSimulation, volant_vehicle_simulation, VOLANT,
                      VEHICLE_SIMULATION, GObject)

#define VOLANT_RATE_MIN 1.0
#define VOLANT_RATE_MAX 50.0

VolantVehicleSimulation *volant_vehicle_simulation_new (VolantPoint start, double charge_percent);

/* Drives that plan (element VolantDrivePoint; NULL: brakes to a stand). Driving shuts the charging
 * cable off; VOLANT_ERROR_NOT_NOW while a door is open. */
bool volant_vehicle_simulation_drive (VolantVehicleSimulation *self, const GArray *plan,
                                      GError **error);
/* Drives, or still brakes. */
bool volant_vehicle_simulation_is_driving (VolantVehicleSimulation *self);
/* Simulated seconds a second, held within VOLANT_RATE_MIN … VOLANT_RATE_MAX. */
void volant_vehicle_simulation_set_rate (VolantVehicleSimulation *self, double rate);
double volant_vehicle_simulation_get_rate (VolantVehicleSimulation *self);
/* Lets simulated time pass: what its timer does, and tests do without one. */
void volant_vehicle_simulation_advance (VolantVehicleSimulation *self, double seconds);
void volant_vehicle_simulation_get_drive (VolantVehicleSimulation *self, VolantDriveState *state);

/* Doors and cable by their VSS names; the charge. Others are refused with a warning. */
void volant_vehicle_simulation_set_boolean (VolantVehicleSimulation *self, const char *signal,
                                            bool value);
void volant_vehicle_simulation_set_charge (VolantVehicleSimulation *self, double percent);

/* Signals: "moved" (position, heading or speed), "arrived" (stands at the end of its plan). */

G_END_DECLS
