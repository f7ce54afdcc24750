/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/vehicle-model.h"

#include "maps/error.h"

#include <string.h>

/* Where the figures come from. Published ones are named; the rest are customary values for such a
 * vehicle (Guzzella and Sciarretta, "Vehicle Propulsion Systems", tables of chapter 2), chosen so
 * that the model gives the published ranges; tests hold them there.
 *
 * Bluecar: 30 kWh lithium metal polymer, 250 km on the city cycle and 150 km on the highway cycle
 * (Green Car Congress, 8 June 2015); 3.65 x 1.72 x 1.60 m (leblogauto, September 2009); kerb mass
 * 1,120 kg (maker's data sheet) and two people; on-board charger for 16 A at 230 V, less losses.
 * Its heater warms a small cabin that loses 70 W/K: at -10 °C some 2 kW, amid the 1.5 to 3 kW that
 * ADAC and ÖAMTC measured of standing cars at -9 to -14 °C.
 *
 * Bus: Bluebus 12 m, eight packs of 30 kWh, 180 km (Bus & Car, June 2015), 90 people within 19 t
 * (Bus & Car, its test of the 12 m bus); a charger of 125 A at 360 V, three phases reckoned to the
 * battery. A lively city route takes 0.8 to 1.5 kWh/km without heating (Energies 2018, 11, 3267:
 * mean 0.78 in a light Finnish bus). Twenty people aboard; the heat pump's 350 W/K are half of what
 * doors and glass lose.
 *
 * Both batteries are kept hot by themselves (LMP cells work at 60 to 80 °C), so their capacity does
 * not depend on the weather; what keeps them hot is in auxiliary_w. */

const VolantVehicleModel volant_vehicle_bluecar = {
  .name = "bluecar",
  .mode = VOLANT_MODE_CAR,
  .kerb_kg = 1120.0,
  .payload_kg = 150.0,
  .most_kg = 1420.0,
  .rotating_mass_share = 0.04,
  .frontal_area_m2 = 2.2,
  .drag = 0.33,
  .rolling_resistance = 0.011,
  .efficiency = 0.82,
  .recuperation = 0.55,
  .auxiliary_w = 450.0,
  .heating_w_per_k = 70.0,
  .heating_most_w = 4000.0,
  .cooling_w_per_k = 70.0,
  .cooling_most_w = 2000.0,
  .battery_wh = 30000.0,
  .reserve_share = 0.10,
  .charging = { { 0.9, 3300.0 }, { 1.0, 1650.0 } },
  .n_charging = 2,
  .nominal_wh_per_km = 120.0,
  .length_m = 3.65,
  .width_m = 1.72,
  .height_m = 1.60,
};

const VolantVehicleModel volant_vehicle_bus = {
  .name = "bus",
  .mode = VOLANT_MODE_BUS,
  .kerb_kg = 12900.0,
  .payload_kg = 1400.0,
  .most_kg = 19000.0,
  .rotating_mass_share = 0.06,
  .frontal_area_m2 = 8.0,
  .drag = 0.65,
  .rolling_resistance = 0.008,
  .efficiency = 0.82,
  .recuperation = 0.55,
  .auxiliary_w = 3000.0,
  .heating_w_per_k = 350.0,
  .heating_most_w = 20000.0,
  .cooling_w_per_k = 500.0,
  .cooling_most_w = 12000.0,
  .battery_wh = 240000.0,
  .reserve_share = 0.15,
  .charging = { { 0.8, 70000.0 }, { 1.0, 35000.0 } },
  .n_charging = 2,
  .nominal_wh_per_km = 1333.0,
  .length_m = 12.0,
  .width_m = 2.55,
  .height_m = 3.3,
};

const VolantVehicleModel *
volant_vehicle_model_find (const char *name, GError **error)
{
  const VolantVehicleModel *const models[] = { &volant_vehicle_bluecar, &volant_vehicle_bus };

  for (unsigned i = 0; i < G_N_ELEMENTS (models); i++)
    if (strcmp (models[i]->name, name) == 0)
      return models[i];
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND,
               "no vehicle is called “%s”; choose bluecar or bus", name);
  return NULL;
}

double
volant_vehicle_model_auxiliary_w (const VolantVehicleModel *model, double outside_c)
{
  double heating_w = MAX (VOLANT_HEATED_BELOW_C - outside_c, 0.0) * model->heating_w_per_k;
  double cooling_w = MAX (outside_c - VOLANT_COOLED_ABOVE_C, 0.0) * model->cooling_w_per_k;

  return model->auxiliary_w + MIN (heating_w, model->heating_most_w) +
         MIN (cooling_w, model->cooling_most_w);
}

double
volant_vehicle_model_charging_w (const VolantVehicleModel *model, double share, double post_w)
{
  for (unsigned i = 0; i < model->n_charging; i++)
    if (share < model->charging[i].up_to_share)
      return MIN (model->charging[i].power_w, post_w);
  return 0.0;
}

double
volant_vehicle_model_charging_s (const VolantVehicleModel *model, double share, double post_w)
{
  double from_share = 0.0, seconds = 0.0;

  for (unsigned i = 0; i < model->n_charging && from_share < share; i++)
    {
      const VolantChargingStep *step = &model->charging[i];
      double to_share = MIN (step->up_to_share, share);

      seconds += (to_share - from_share) * model->battery_wh * 3600.0 / MIN (step->power_w, post_w);
      from_share = to_share;
    }
  return seconds;
}
