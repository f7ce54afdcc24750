/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/arrival-charge.h"

#include "maps/routing/energy/charge-plan.h"

#include <math.h>

/* Reckoned anew at each question, from where the car is and from what it holds now. */

double
volant_arrival_charge_percent (VolantNavigation *navigation, VolantRouter *router,
                               VolantVehicle *vehicle)
{
  const VolantRoute *route = volant_navigation_get_route (navigation);
  double percent = volant_vehicle_get_double (vehicle, VOLANT_VSS_SOC);
  VolantEnergyConditions conditions = volant_energy_conditions (&volant_vehicle_bluecar);
  VolantChargeLevels levels = { CLAMP (percent, 0.0, 100.0) / 100.0, 0.0 };
  g_autoptr (VolantRouteCharge) charge = NULL;
  int64_t arrival_mwh;

  if (route == NULL || isnan (percent))
    return NAN;
  charge = volant_charge_of_route (router, route, &conditions, &levels);
  arrival_mwh = volant_route_charge_on_arrival (
    charge, route, volant_navigation_get_travelled_mm (navigation), charge->start_mwh);
  return volant_route_charge_percent (charge, arrival_mwh);
}
