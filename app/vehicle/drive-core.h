/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/energy.h"
#include "maps/routing/route.h"

/* The simulated driver: a car that follows a plan of points with limits, slopes and stops, brakes
 * in time for each and slows in curves. A pure core: time is handed in. */

G_BEGIN_DECLS

/* One point of a plan; limit and slope are of the stretch that begins here. */
typedef struct {
  VolantPoint point;
  double at_m; /* from the start of the plan; reckoned by volant_drive_set_plan */
  double limit_mps;
  double elevation_m; /* NAN unknown */
  double wait_s;      /* stops here that long; 0 passes through */
} VolantDrivePoint;

/* The plan of a route over its roads: limits as signed or the country's, elevation where the city
 * has it, a stop of wait_s at each signal that is red by turns (every other one), none with 0
 * (transfer full, element VolantDrivePoint). */
GArray *volant_drive_plan_new (const VolantRoute *route, const VolantRoads *roads, double wait_s);

typedef struct {
  VolantPoint point;
  double heading_deg; /* NAN before the first plan */
  double speed_mps;
  double driven_m; /* since the core was made */
  double used_wh;  /* since the core was made, less what came back */
  double along_m;  /* on this plan */
  bool arrived;    /* stands at the end of its plan, or has none */
} VolantDriveState;

typedef struct _VolantDrive VolantDrive;

VolantDrive *volant_drive_new (const VolantEnergyConditions *conditions, VolantPoint start);
void volant_drive_free (VolantDrive *drive);

/* Takes another plan (copied; element VolantDrivePoint, at least two) and keeps the speed. The car
 * goes on from the plan's point nearest to where it is within its first 200 m, else from its
 * beginning. NULL: no plan, the car brakes to a stand along the old one. */
void volant_drive_set_plan (VolantDrive *drive, const GArray *plan);
/* Brakes to a stand, and keeps it (true), or goes on (false). */
void volant_drive_halt (VolantDrive *drive, bool halt);
/* Lets time pass, in steps of at most 0.1 s. */
void volant_drive_advance (VolantDrive *drive, double seconds);
void volant_drive_get_state (const VolantDrive *drive, VolantDriveState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDrive, volant_drive_free)

G_END_DECLS
