/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/navigation/navigation.h"
#include "app/vehicle/vehicle.h"

/* What the battery will hold where guidance ends. */

G_BEGIN_DECLS

/* Percent; below 0 where the charge does not suffice. NAN where there is no guidance, or the car
 * does not tell its charge. */
double volant_arrival_charge_percent (VolantNavigation *navigation, VolantRouter *router,
                                      VolantVehicle *vehicle);

G_END_DECLS
