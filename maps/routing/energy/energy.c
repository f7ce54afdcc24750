/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/energy.h"

#include "maps/error.h"
#include "maps/routing/profile.h"

#include <math.h>

#define GRAVITY_MPS2 9.81
#define AIR_KG_PER_M3 1.204 /* at 20 °C and sea level */
#define KELVIN_AT_20_C 293.15
#define JOULES_PER_MWH 3.6

/* Heights are sampled on a grid of 30 to 90 m: over less than this a rise is noise. */
#define SHORTEST_RISE_M 50.0
#define UNSTEADY_MOST_MPS2 0.6 /* a queue that stops every fifty metres */
#define ACCELERATION_MPS2 1.8  /* as in app/vehicle/drive-core.c */
#define BRAKING_MPS2 2.2
#define SIGNALS_STOP_SHARE 0.5
#define MOST_MWH 1e9

/* v² gained again a metre: 0.9 m/s² x (1 / share - 1), where share is that of the limit which the
 * profile drives on roads of the class. It says that a sixth of the time lost against the limit is
 * lost by braking to half of it and speeding up again, the rest by driving slower. */
#define UNSTEADY_MPS2 0.9
static const double unsteady_mps2[VOLANT_N_ROAD_CLASSES] = {
  [VOLANT_ROAD_MOTORWAY] = 0.05,    [VOLANT_ROAD_TRUNK] = 0.08,
  [VOLANT_ROAD_PRIMARY] = 0.12,     [VOLANT_ROAD_SECONDARY] = 0.16,
  [VOLANT_ROAD_TERTIARY] = 0.23,    [VOLANT_ROAD_UNCLASSIFIED] = 0.30,
  [VOLANT_ROAD_RESIDENTIAL] = 0.30, [VOLANT_ROAD_LIVING_STREET] = 0.30,
  [VOLANT_ROAD_SERVICE] = 0.30,     [VOLANT_ROAD_TRACK] = 0.30,
  [VOLANT_ROAD_BUSWAY] = 0.16,      [VOLANT_ROAD_PEDESTRIAN] = 0.30,
  [VOLANT_ROAD_CYCLEWAY] = 0.30,    [VOLANT_ROAD_FOOTWAY] = 0.30,
  [VOLANT_ROAD_PATH] = 0.30,        [VOLANT_ROAD_STEPS] = 0.30,
};

VolantEnergyConditions
volant_energy_conditions (const VolantVehicleModel *vehicle)
{
  return (VolantEnergyConditions) { vehicle, vehicle->payload_kg, 20.0 };
}

bool
volant_energy_check (const VolantEnergyConditions *conditions, GError **error)
{
  const VolantVehicleModel *vehicle = conditions->vehicle;
  double most_kg = vehicle->most_kg - vehicle->kerb_kg;

  if (!(conditions->outside_c >= VOLANT_COLDEST_C && conditions->outside_c <= VOLANT_HOTTEST_C))
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                 "%g °C is no temperature to drive in; give one from %.0f to %.0f",
                 conditions->outside_c, VOLANT_COLDEST_C, VOLANT_HOTTEST_C);
  else if (!(conditions->payload_kg >= 0.0 && conditions->payload_kg <= most_kg))
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                 "%g kg is no load for a %s; give one from 0 to %.0f", conditions->payload_kg,
                 vehicle->name, most_kg);
  else
    return true;
  return false;
}

static double
mass_kg (const VolantEnergyConditions *conditions)
{
  return conditions->vehicle->kerb_kg + conditions->payload_kg;
}

/* With what turns, for speeding up. */
static double
inertia_kg (const VolantEnergyConditions *conditions)
{
  return mass_kg (conditions) +
         conditions->vehicle->rotating_mass_share * conditions->vehicle->kerb_kg;
}

static double
rolling_n (const VolantEnergyConditions *conditions)
{
  return mass_kg (conditions) * GRAVITY_MPS2 * conditions->vehicle->rolling_resistance;
}

/* Cold air is denser: by the gas law. */
static double
air_n (const VolantEnergyConditions *conditions, double speed_mps)
{
  double density = AIR_KG_PER_M3 * KELVIN_AT_20_C / (conditions->outside_c + 273.15);

  return 0.5 * density * conditions->vehicle->drag * conditions->vehicle->frontal_area_m2 *
         speed_mps * speed_mps;
}

/* From the wheels to the battery: work that is needed costs more, work that comes back gives less.
 */
static double
through_drive (const VolantVehicleModel *vehicle, double work)
{
  return work > 0.0 ? work / vehicle->efficiency : work * vehicle->recuperation;
}

/* The part of kinetic energy that is lost in gaining it and giving it back. */
static double
lost_share (const VolantVehicleModel *vehicle)
{
  return 1.0 / vehicle->efficiency - vehicle->recuperation;
}

double
volant_energy_power_w (const VolantEnergyConditions *conditions, double speed_mps,
                       double acceleration_mps2, double slope)
{
  double angle = atan (slope);
  double slope_n = mass_kg (conditions) * GRAVITY_MPS2 * sin (angle);
  double inertia_n = inertia_kg (conditions) * acceleration_mps2;
  double wheel_w = speed_mps * (rolling_n (conditions) * cos (angle) +
                                air_n (conditions, speed_mps) + slope_n + inertia_n);

  return through_drive (conditions->vehicle, wheel_w) +
         volant_vehicle_model_auxiliary_w (conditions->vehicle, conditions->outside_c);
}

/* What driving alone takes, without auxiliaries. */
static double
drive_mwh (const VolantEnergyConditions *conditions, double length_m, double rise_m,
           double speed_mps)
{
  double resistance_j = length_m * (rolling_n (conditions) + air_n (conditions, speed_mps));
  double height_j = mass_kg (conditions) * GRAVITY_MPS2 * rise_m;

  return through_drive (conditions->vehicle, resistance_j + height_j) / JOULES_PER_MWH;
}

static double
auxiliary_mwh (const VolantEnergyConditions *conditions, double seconds)
{
  return volant_vehicle_model_auxiliary_w (conditions->vehicle, conditions->outside_c) * seconds /
         JOULES_PER_MWH;
}

static double
unsteady_mwh (const VolantEnergyConditions *conditions, double length_m, double gained_mps2)
{
  return 0.5 * inertia_kg (conditions) * MIN (gained_mps2, UNSTEADY_MOST_MPS2) * length_m *
         lost_share (conditions->vehicle) / JOULES_PER_MWH;
}

/* By the class of the road, and more where it is driven slower than when it is empty. */
static double
unsteadiness_mps2 (const VolantRoads *roads, VolantMode mode, uint32_t link, uint32_t link_ms)
{
  unsigned road_class = roads->segments[volant_link_segment (link)].road_class;
  double free_ms = volant_profile_link_ms (roads, mode, link);

  return unsteady_mps2[MIN (road_class, VOLANT_N_ROAD_CLASSES - 1)] +
         UNSTEADY_MPS2 * MAX (link_ms / free_ms - 1.0, 0.0);
}

double
volant_energy_stretch_mwh (const VolantEnergyConditions *conditions, double length_m, double rise_m,
                           double seconds, double gained_mps2)
{
  return drive_mwh (conditions, length_m, rise_m, length_m / seconds) +
         unsteady_mwh (conditions, length_m, gained_mps2) + auxiliary_mwh (conditions, seconds);
}

double
volant_energy_speed_up_mwh (const VolantEnergyConditions *conditions, double from_mps,
                            double to_mps)
{
  double gained = to_mps * to_mps - from_mps * from_mps;

  return 0.5 * inertia_kg (conditions) * MAX (gained, 0.0) * lost_share (conditions->vehicle) /
         JOULES_PER_MWH;
}

double
volant_energy_height_mwh_per_m (const VolantEnergyConditions *conditions)
{
  return conditions->vehicle->recuperation * mass_kg (conditions) * GRAVITY_MPS2 / JOULES_PER_MWH;
}

static double
speed_of (const VolantRoads *roads, uint32_t link, uint32_t link_ms)
{
  return (double) roads->segments[volant_link_segment (link)].length_mm / MAX (link_ms, 1);
}

static bool
is_ferry (const VolantRoads *roads, uint32_t link)
{
  return roads->segments[volant_link_segment (link)].road_class == VOLANT_ROAD_FERRY;
}

/* The drive along a segment's heights, in stretches long enough for a rise to be one. Driven
 * backwards, stretches are cut from the same end, so both directions see the same hills. */
static double
drive_hills_mwh (const VolantEnergyConditions *conditions, const VolantRoads *roads, uint32_t link,
                 double speed_mps)
{
  const VolantSegment *segment = &roads->segments[volant_link_segment (link)];
  const VolantPoint *points = roads->points + segment->first_point;
  const int16_t *heights_dm = roads->elevations_dm + segment->first_point;
  double sign = (link & 1) ? -1.0 : 1.0;
  double left_m = segment->length_mm / 1000.0, stretch_m = 0.0, mwh = 0.0;
  uint32_t from = 0;

  for (uint32_t i = 1; i < segment->n_points; i++)
    {
      bool is_last = i + 1 == segment->n_points;

      stretch_m += volant_geo_distance_m (points[i - 1], points[i]);
      if (is_last)
        stretch_m = left_m;
      else if (stretch_m < SHORTEST_RISE_M || left_m - stretch_m < SHORTEST_RISE_M)
        continue;
      mwh += drive_mwh (conditions, stretch_m, sign * (heights_dm[i] - heights_dm[from]) / 10.0,
                        speed_mps);
      left_m -= stretch_m;
      stretch_m = 0.0;
      from = i;
    }
  return mwh;
}

int32_t
volant_energy_link_mwh (const VolantEnergyConditions *conditions, const VolantRoads *roads,
                        uint32_t link, uint32_t link_ms)
{
  const VolantSegment *segment = &roads->segments[volant_link_segment (link)];
  double length_m = segment->length_mm / 1000.0;
  double speed_mps = speed_of (roads, link, link_ms);
  double mwh = auxiliary_mwh (conditions, link_ms / 1000.0);

  if (!is_ferry (roads, link))
    {
      mwh += roads->elevations_dm != NULL
               ? drive_hills_mwh (conditions, roads, link, speed_mps)
               : drive_mwh (conditions, length_m, 0.0, speed_mps);
      mwh += unsteady_mwh (conditions, length_m,
                           unsteadiness_mps2 (roads, conditions->vehicle->mode, link, link_ms));
    }
  /* up, so that no circle of rounded links is negative where no circle of real ones is */
  return (int32_t) ceil (CLAMP (mwh, -MOST_MWH, MOST_MWH));
}

/* How slow one gets where braking and speeding up again loses that much time. */
static double
slowest_mps (double speed_mps, double lost_s)
{
  double pace = 1.0 / ACCELERATION_MPS2 + 1.0 / BRAKING_MPS2;

  return MAX (speed_mps - sqrt (2.0 * speed_mps * lost_s / pace), 0.0);
}

uint32_t
volant_energy_turn_mwh (const VolantEnergyConditions *conditions, const VolantRoads *roads,
                        const VolantTurns *turns, uint32_t from_link, uint32_t to_link,
                        uint32_t from_ms, uint32_t to_ms)
{
  const VolantJunction *junction = &roads->junctions[volant_roads_link_to (roads, from_link)];
  VolantMode mode = conditions->vehicle->mode;
  uint32_t turn_ms = volant_profile_turn_ms (roads, turns, mode, from_link, to_link);
  double from_mps = speed_of (roads, from_link, from_ms);
  double to_mps = speed_of (roads, to_link, to_ms);
  double slow_mps = slowest_mps (MIN (from_mps, to_mps), turn_ms / 1000.0);
  double mwh = auxiliary_mwh (conditions, turn_ms / 1000.0);

  if (is_ferry (roads, from_link) || is_ferry (roads, to_link))
    slow_mps = 0.0;
  if (is_ferry (roads, to_link))
    return (uint32_t) lrint (MIN (mwh, MOST_MWH));
  if (junction->flags & VOLANT_NODE_FLAG_SIGNALS)
    mwh += SIGNALS_STOP_SHARE * volant_energy_speed_up_mwh (conditions, 0.0, to_mps) +
           (1.0 - SIGNALS_STOP_SHARE) *
             volant_energy_speed_up_mwh (conditions, MIN (from_mps, to_mps), to_mps);
  else
    mwh += volant_energy_speed_up_mwh (conditions, slow_mps, to_mps);
  return (uint32_t) lrint (MIN (mwh, MOST_MWH));
}

uint32_t
volant_energy_start_mwh (const VolantEnergyConditions *conditions, const VolantRoads *roads,
                         uint32_t link, uint32_t link_ms)
{
  double mwh = is_ferry (roads, link)
                 ? 0.0
                 : volant_energy_speed_up_mwh (conditions, 0.0, speed_of (roads, link, link_ms));

  return (uint32_t) lrint (MIN (mwh, MOST_MWH));
}
