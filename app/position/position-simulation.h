/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/position/position.h"
#include "app/vehicle/vehicle-simulation.h"

/* Where the simulated car is: a receiver with no error, which can be told to see nothing. */

G_BEGIN_DECLS

#define VOLANT_TYPE_POSITION_SIMULATION (volant_position_simulation_get_type ())
G_DECLARE_FINAL_TYPE (VolantPositionSimulation, volant_position_simulation, VOLANT,
                      POSITION_SIMULATION, GObject)

VolantPositionSimulation *volant_position_simulation_new (VolantVehicleSimulation *vehicle);
/* A tunnel, a broken aerial: no valid fix until it is told otherwise. */
void volant_position_simulation_set_blind (VolantPositionSimulation *self, bool blind);

G_END_DECLS
