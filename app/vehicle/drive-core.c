/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/vehicle/drive-core.h"

#include <math.h>

/* Once a plan is taken, a pass from its end to its beginning gives each point the greatest speed
 * from which all that follows can still be met by comfortable braking; driving then only has to
 * look at the next point. Curves: the radius of the circle that touches both stretches at a vertex,
 * no further than CORNER_REACH_M from it, and a lateral acceleration that people bear. */

#define STEP_S 0.1
#define ACCELERATION_MPS2 1.8
#define BRAKING_MPS2 2.2
#define LATERAL_MPS2 2.5
#define CORNER_REACH_M 12.0
#define SLOWEST_CORNER_MPS 2.5
#define SLOWEST_LIMIT_MPS 1.5
#define AT_POINT_M 0.25 /* braking to a point ends here: the square root never does */
#define JOIN_WITHIN_M 200.0

struct _VolantDrive {
  VolantEnergyConditions conditions;
  GArray *plan;   /* VolantDrivePoint, NULL before the first */
  double *speeds; /* one per point: may pass it this fast */
  unsigned next;  /* point ahead; plan->len when at the end */
  double along_m;
  double wait_s; /* still to stand here */
  bool halting;
  VolantDriveState state;
};

static const VolantDrivePoint *
get_point (const VolantDrive *drive, unsigned index)
{
  return &g_array_index (drive->plan, VolantDrivePoint, index);
}

static double
get_corner_speed_mps (const VolantDrivePoint *before, const VolantDrivePoint *at,
                      const VolantDrivePoint *after)
{
  double in_m = at->at_m - before->at_m, out_m = after->at_m - at->at_m;
  double reach_m = MIN (MIN (in_m, out_m) / 2.0, CORNER_REACH_M);
  double turn_deg = volant_geo_turn_deg (volant_geo_bearing_deg (before->point, at->point),
                                         volant_geo_bearing_deg (at->point, after->point));
  double half = fabs (turn_deg) * G_PI / 360.0;

  /* a stretch shorter than a step of drawing noise says nothing of the curve */
  if (in_m < 1.0 || out_m < 1.0 || half < 0.01)
    return INFINITY;
  if (half > 1.5)
    return SLOWEST_CORNER_MPS;
  return MAX (sqrt (LATERAL_MPS2 * reach_m / tan (half)), SLOWEST_CORNER_MPS);
}

static void
reckon_speeds (VolantDrive *drive)
{
  unsigned n = drive->plan->len;

  drive->speeds = g_renew (double, drive->speeds, n);
  for (unsigned i = 0; i < n; i++)
    {
      const VolantDrivePoint *point = get_point (drive, i);
      double speed_mps = point->limit_mps;

      if (i > 0)
        speed_mps = MIN (speed_mps, get_point (drive, i - 1)->limit_mps);
      if (i > 0 && i + 1 < n)
        speed_mps = MIN (speed_mps, get_corner_speed_mps (point - 1, point, point + 1));
      if (i + 1 == n || (i > 0 && point->wait_s > 0.0))
        speed_mps = 0.0;
      drive->speeds[i] = speed_mps;
    }
  for (unsigned i = n - 1; i-- > 0;)
    {
      double ahead_m = get_point (drive, i + 1)->at_m - get_point (drive, i)->at_m;
      double reachable =
          sqrt (drive->speeds[i + 1] * drive->speeds[i + 1] + 2.0 * BRAKING_MPS2 * ahead_m);

      drive->speeds[i] = MIN (drive->speeds[i], reachable);
    }
}

/* Where on the new plan the car is: a new way begins where the driver was when it was asked for,
 * and the car has gone on since. */
static double
find_join_m (const VolantDrive *drive, const GArray *plan)
{
  double nearest_m = INFINITY, join_m = 0.0;

  for (unsigned i = 0; i + 1 < plan->len; i++)
    {
      const VolantDrivePoint *a = &g_array_index (plan, VolantDrivePoint, i);
      double fraction, off_m;

      if (a->at_m > JOIN_WITHIN_M)
        break;
      volant_geo_project (drive->state.point, a->point, a[1].point, &fraction, &off_m);
      if (off_m < nearest_m - 0.01)
        {
          nearest_m = off_m;
          join_m = a->at_m + fraction * (a[1].at_m - a->at_m);
        }
    }
  return nearest_m < JOIN_WITHIN_M ? MIN (join_m, JOIN_WITHIN_M) : 0.0;
}

static void
place_car (VolantDrive *drive)
{
  const VolantDrivePoint *to, *from;
  double length_m;

  while (drive->next < drive->plan->len && get_point (drive, drive->next)->at_m <= drive->along_m)
    drive->next++;
  to = get_point (drive, MIN (drive->next, drive->plan->len - 1));
  from = to - 1;
  length_m = to->at_m - from->at_m;
  drive->state.along_m = drive->along_m;
  drive->state.point =
      length_m > 0.0
          ? volant_geo_interpolate (from->point, to->point,
                                    CLAMP ((drive->along_m - from->at_m) / length_m, 0.0, 1.0))
          : to->point;
  if (length_m > 0.0)
    drive->state.heading_deg = volant_geo_bearing_deg (from->point, to->point);
}

static double
get_slope (const VolantDrive *drive)
{
  const VolantDrivePoint *to;
  double run_m;

  if (drive->plan == NULL || drive->next >= drive->plan->len)
    return 0.0;
  to = get_point (drive, drive->next);
  run_m = to->at_m - to[-1].at_m;
  if (run_m < 1.0 || isnan (to->elevation_m) || isnan (to[-1].elevation_m))
    return 0.0;
  return CLAMP ((to->elevation_m - to[-1].elevation_m) / run_m, -0.35, 0.35);
}

/* How fast the car may be now, so that it is slow enough at the next point. */
static double
get_allowed_mps (const VolantDrive *drive)
{
  const VolantDrivePoint *to = get_point (drive, drive->next);
  double ahead_m = MAX (to->at_m - drive->along_m, 0.0);
  double at_next = drive->speeds[drive->next];

  return MIN (to[-1].limit_mps, sqrt (at_next * at_next + 2.0 * BRAKING_MPS2 * ahead_m));
}

static double
choose_speed (VolantDrive *drive, double step_s)
{
  double speed_mps = drive->state.speed_mps;

  if (drive->halting || drive->plan == NULL || drive->next >= drive->plan->len)
    return MAX (speed_mps - BRAKING_MPS2 * step_s, 0.0);
  if (drive->wait_s > 0.0)
    {
      drive->wait_s -= step_s;
      return 0.0;
    }
  /* a limit that begins now is reached by braking, not at once */
  return MAX (MIN (speed_mps + ACCELERATION_MPS2 * step_s, get_allowed_mps (drive)),
              speed_mps - 2.0 * BRAKING_MPS2 * step_s);
}

/* At a stop, or at the end: stands exactly there. */
static void
settle (VolantDrive *drive)
{
  const VolantDrivePoint *to = get_point (drive, drive->next);

  if (drive->speeds[drive->next] > 0.0 || to->at_m - drive->along_m > AT_POINT_M)
    return;
  drive->along_m = to->at_m;
  drive->state.speed_mps = 0.0;
  drive->wait_s = to->wait_s;
  drive->next++;
}

static void
advance_step (VolantDrive *drive, double step_s)
{
  double before_mps = drive->state.speed_mps;
  double speed_mps = choose_speed (drive, step_s);
  double slope = get_slope (drive);
  double step_m = 0.0;

  if (drive->plan != NULL && drive->next < drive->plan->len)
    {
      step_m =
          MIN (speed_mps * step_s, get_point (drive, drive->plan->len - 1)->at_m - drive->along_m);
      drive->along_m += step_m;
      drive->state.speed_mps = speed_mps;
      settle (drive);
      place_car (drive);
    }
  else
    drive->state.speed_mps = speed_mps;
  drive->state.driven_m += step_m;
  drive->state.used_wh +=
      volant_energy_power_w (&drive->conditions, speed_mps, (speed_mps - before_mps) / step_s,
                             slope) *
      step_s / 3600.0;
  drive->state.arrived = drive->plan == NULL || drive->next >= drive->plan->len;
}

VolantDrive *
volant_drive_new (const VolantEnergyConditions *conditions, VolantPoint start)
{
  VolantDrive *drive = g_new0 (VolantDrive, 1);

  drive->conditions = *conditions;
  drive->state = (VolantDriveState){ .point = start, .heading_deg = NAN, .arrived = true };
  return drive;
}

void
volant_drive_free (VolantDrive *drive)
{
  if (drive == NULL)
    return;
  g_clear_pointer (&drive->plan, g_array_unref);
  g_free (drive->speeds);
  g_free (drive);
}

void
volant_drive_set_plan (VolantDrive *drive, const GArray *plan)
{
  drive->wait_s = 0.0;
  if (plan == NULL)
    {
      drive->halting = true;
      return;
    }
  g_return_if_fail (plan->len >= 2);
  g_clear_pointer (&drive->plan, g_array_unref);
  drive->plan = g_array_sized_new (FALSE, FALSE, sizeof (VolantDrivePoint), plan->len);
  g_array_append_vals (drive->plan, plan->data, plan->len);
  for (unsigned i = 0; i < drive->plan->len; i++)
    {
      VolantDrivePoint *point = &g_array_index (drive->plan, VolantDrivePoint, i);

      point->at_m =
          i == 0 ? 0.0 : point[-1].at_m + volant_geo_distance_m (point[-1].point, point->point);
      point->limit_mps = MAX (point->limit_mps, SLOWEST_LIMIT_MPS);
    }
  reckon_speeds (drive);
  drive->along_m = find_join_m (drive, drive->plan);
  drive->next = 1;
  drive->halting = false;
  drive->state.arrived = false;
  place_car (drive);
}

void
volant_drive_halt (VolantDrive *drive, bool halt)
{
  drive->halting = halt;
}

void
volant_drive_advance (VolantDrive *drive, double seconds)
{
  while (seconds > 1e-9)
    {
      double step_s = MIN (seconds, STEP_S);

      advance_step (drive, step_s);
      seconds -= step_s;
    }
}

void
volant_drive_get_state (const VolantDrive *drive, VolantDriveState *state)
{
  *state = drive->state;
}
