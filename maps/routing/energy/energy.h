/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/vehicle-model.h"
#include "maps/routing/turns.h"

/* What driving takes out of a battery: the road-load equation (rolling, air, slope, inertia,
 * auxiliaries) of Guzzella and Sciarretta, "Vehicle Propulsion Systems", chapter 2. The one model
 * of the project: the router's energy metric and the simulated car both use it.
 *
 * For a drive known second by second there is volant_energy_power_w(). A router knows only lengths,
 * times and junctions, so it reckons with means:
 *
 * - along a link the mean speed (length / time) bears rolling, air and slope;
 * - a driver does not keep the mean: the more it lies below the limit, the more he brakes and
 *   speeds up. That is counted as positive kinetic energy, the sum of all rises of v² over the
 *   length (Watson and Milkins 1983), by the class of the road and, where traffic is slower than
 *   on an empty road, by how much;
 * - a turn slows down as far as the time that the profile adds for it implies; signals stop every
 *   other car, signs every one.
 *
 * Kinetic energy that comes back in braking is credited when it is spent: speeding up by some v²
 * costs its share that is lost for good (1 / efficiency - recuperation), braking costs nothing.
 * Over a way from rest to rest that is the same sum, and no turn is ever negative. */

G_BEGIN_DECLS

typedef struct {
  const VolantVehicleModel *vehicle;
  double payload_kg;
  double outside_c;
} VolantEnergyConditions;

/* The usual payload at 20 °C. */
VolantEnergyConditions volant_energy_conditions (const VolantVehicleModel *vehicle);

/* Whether the conditions can be reckoned with: finite, temperature in [VOLANT_COLDEST_C,
 * VOLANT_HOTTEST_C], mass permitted; VOLANT_MAPS_ERROR_INVALID names what is not. */
bool volant_energy_check (const VolantEnergyConditions *conditions, GError **error);

/* Power drawn from the battery, watts; negative while more comes back than is used. slope: rise
 * over run. */
double volant_energy_power_w (const VolantEnergyConditions *conditions, double speed_mps,
                              double acceleration_mps2, double slope);

/* Along a stretch at a mean speed, with so much rise: milliwatt-hours, negative where more comes
 * back. gained_mps2: how much v² is gained again a metre, 0 at a steady speed. */
double volant_energy_stretch_mwh (const VolantEnergyConditions *conditions, double length_m,
                                  double rise_m, double seconds, double gained_mps2);

/* To speed up from one speed to another for good (see above); 0 for slowing down. */
double volant_energy_speed_up_mwh (const VolantEnergyConditions *conditions, double from_mps,
                                   double to_mps);

/* The whole link in link_ms; the turn between two links at their mean speeds; the start from rest.
 * All milliwatt-hours, the last two never negative. A ferry takes nothing but what heating and
 * lights take. */
int32_t volant_energy_link_mwh (const VolantEnergyConditions *conditions, const VolantRoads *roads,
                                uint32_t link, uint32_t link_ms);
uint32_t volant_energy_turn_mwh (const VolantEnergyConditions *conditions, const VolantRoads *roads,
                                 const VolantTurns *turns, uint32_t from_link, uint32_t to_link,
                                 uint32_t from_ms, uint32_t to_ms);
uint32_t volant_energy_start_mwh (const VolantEnergyConditions *conditions,
                                  const VolantRoads *roads, uint32_t link, uint32_t link_ms);

/* What a climb of one metre stores and gives back on the way down, milliwatt-hours. */
double volant_energy_height_mwh_per_m (const VolantEnergyConditions *conditions);

G_END_DECLS
