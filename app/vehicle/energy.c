/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/vehicle/energy.h"

#include <math.h>

#define GRAVITY_MPS2 9.81
#define AIR_KG_PER_M3 1.2

/* Kerb weight 1,120 kg (Bluecar data sheet) and two people; the coefficients are those of a small
 * high car on summer tyres; 30 kWh over 250 km are 120 Wh/km. */
const VolantEnergyModel volant_energy_small_car = {
  .mass_kg = 1270.0,
  .rotating_mass_share = 0.04,
  .rolling_resistance = 0.011,
  .drag_area_m2 = 0.73,
  .efficiency = 0.82,
  .recuperation = 0.55,
  .auxiliary_w = 450.0,
  .capacity_wh = 30000.0,
  .nominal_wh_per_km = 120.0,
};

double
volant_energy_power_w (const VolantEnergyModel *model, double speed_mps, double acceleration_mps2,
                       double slope)
{
  double angle = atan (slope);
  double rolling_n = model->mass_kg * GRAVITY_MPS2 * model->rolling_resistance * cos (angle);
  double air_n = 0.5 * AIR_KG_PER_M3 * model->drag_area_m2 * speed_mps * speed_mps;
  double slope_n = model->mass_kg * GRAVITY_MPS2 * sin (angle);
  double inertia_n = model->mass_kg * (1.0 + model->rotating_mass_share) * acceleration_mps2;
  double wheel_w = speed_mps * (rolling_n + air_n + slope_n + inertia_n);

  wheel_w *= wheel_w > 0.0 ? 1.0 / model->efficiency : model->recuperation;
  return wheel_w + model->auxiliary_w;
}
