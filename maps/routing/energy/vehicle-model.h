/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* What a vehicle is, as far as its battery knows: masses, resistances, losses, heating, battery and
 * charging. The figures and where they come from stand in vehicle-model.c. */

G_BEGIN_DECLS

#define VOLANT_MAX_CHARGING_STEPS 4

/* Power that the battery takes up to a share of its capacity. */
typedef struct {
  double up_to_share;
  double power_w;
} VolantChargingStep;

typedef struct {
  const char *name; /* "bluecar" */
  VolantMode mode;
  double kerb_kg;
  double payload_kg;          /* people and luggage as a rule */
  double most_kg;             /* permitted laden mass */
  double rotating_mass_share; /* wheels and motor, as a share of the kerb mass */
  double frontal_area_m2;
  double drag;                /* coefficient, of the frontal area */
  double rolling_resistance;  /* coefficient */
  double efficiency;          /* battery to wheel */
  double recuperation;        /* wheel to battery, of what braking gives */
  double auxiliary_w;         /* electronics, lights, ventilation, pumps: always */
  double heating_w_per_k;     /* for each degree below VOLANT_HEATED_BELOW_C */
  double heating_most_w;
  double cooling_w_per_k;     /* for each degree above VOLANT_COOLED_ABOVE_C */
  double cooling_most_w;
  double battery_wh;          /* usable, full */
  double reserve_share;       /* of the battery, which no plan uses */
  /* The power falls as the battery fills: steps end at share 1. */
  VolantChargingStep charging[VOLANT_MAX_CHARGING_STEPS];
  unsigned n_charging;
  double nominal_wh_per_km;   /* what the published range was reckoned with */
  double length_m;
  double width_m;
  double height_m;
} VolantVehicleModel;

#define VOLANT_HEATED_BELOW_C 18.0
#define VOLANT_COOLED_ABOVE_C 24.0
/* Outside temperatures that the model is asked for. */
#define VOLANT_COLDEST_C (-40.0)
#define VOLANT_HOTTEST_C 55.0

/* A car like the Bluecar of Autolib', and a 12 m city bus like the Bluebus. */
extern const VolantVehicleModel volant_vehicle_bluecar;
extern const VolantVehicleModel volant_vehicle_bus;

/* By name; VOLANT_MAPS_ERROR_NOT_FOUND names those that are known (transfer none). */
const VolantVehicleModel *volant_vehicle_model_find (const char *name, GError **error);

/* Electric power for all but driving, by outside temperature. */
double volant_vehicle_model_auxiliary_w (const VolantVehicleModel *model, double outside_c);

/* What the battery takes at this share of its charge from a post that gives at most post_w. */
double volant_vehicle_model_charging_w (const VolantVehicleModel *model, double share,
                                        double post_w);
/* Seconds from empty to this share; piecewise linear and convex, 0 for 0. */
double volant_vehicle_model_charging_s (const VolantVehicleModel *model, double share,
                                        double post_w);

G_END_DECLS
