/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What driving costs a battery: a longitudinal model of a small electric car (rolling, air, slope,
 * inertia, auxiliaries), as in Guzzella and Sciarretta, "Vehicle Propulsion Systems", chapter 2.
 * Pure: no state, no clock. */

G_BEGIN_DECLS

typedef struct {
  double mass_kg;             /* with two people */
  double rotating_mass_share; /* wheels and motor, as a share of mass */
  double rolling_resistance;  /* coefficient */
  double drag_area_m2;        /* c_w A */
  double efficiency;          /* battery to wheel */
  double recuperation;        /* wheel to battery, of what braking gives */
  double auxiliary_w;         /* electronics, lights, ventilation */
  double capacity_wh;
  double nominal_wh_per_km; /* what the maker's range was reckoned with */
} VolantEnergyModel;

/* A car like the Bluecar of Autolib': 30 kWh, 250 km in town as its maker published. */
extern const VolantEnergyModel volant_energy_small_car;

/* Power drawn from the battery, watts; negative while more comes back than is used. slope: rise
 * over run. */
double volant_energy_power_w (const VolantEnergyModel *model, double speed_mps,
                              double acceleration_mps2, double slope);

G_END_DECLS
