/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/vehicle/drive-core.h"

#include <math.h>

/* A route's geometry with what the roads below it say. The route cuts its first and last links, so
 * a point's elevation is taken where it falls on the segment's own line. */

static double
get_elevation_m (const VolantRoads *roads, const VolantSegment *segment, VolantPoint point)
{
  double nearest_m = INFINITY, elevation_m = NAN;

  for (uint32_t i = segment->first_point; i + 1 < segment->first_point + segment->n_points; i++)
    {
      double fraction, off_m, a_m, b_m;

      volant_geo_project (point, roads->points[i], roads->points[i + 1], &fraction, &off_m);
      a_m = roads->elevations_dm[i] / 10.0;
      b_m = roads->elevations_dm[i + 1] / 10.0;
      if (off_m < nearest_m)
        {
          nearest_m = off_m;
          elevation_m = a_m + fraction * (b_m - a_m);
        }
    }
  return elevation_m;
}

static void
add_points (GArray *plan, const VolantRoute *route, const VolantRoads *roads, uint32_t step,
            bool waits_after, double wait_s)
{
  uint32_t link = route->steps[step].link;
  const VolantSegment *segment = &roads->segments[volant_link_segment (link)];
  uint32_t end =
      step + 1 < route->n_steps ? route->steps[step + 1].first_point + 1 : route->n_points;

  for (uint32_t i = route->steps[step].first_point; i < end; i++)
    {
      VolantDrivePoint point = {
        .point = route->geometry[i],
        .limit_mps = MAX (segment->speed_kmh[link & 1], 5) / 3.6,
        .elevation_m = roads->elevations_dm != NULL
                           ? get_elevation_m (roads, segment, route->geometry[i])
                           : NAN,
      };
      VolantDrivePoint *last =
          plan->len > 0 ? &g_array_index (plan, VolantDrivePoint, plan->len - 1) : NULL;

      /* the first point of a step is the last of the one before: the new limit begins there */
      if (last != NULL && last->point.lat_e7 == point.point.lat_e7 &&
          last->point.lon_e7 == point.point.lon_e7)
        last->limit_mps = point.limit_mps;
      else
        g_array_append_val (plan, point);
    }
  if (waits_after && plan->len > 0)
    g_array_index (plan, VolantDrivePoint, plan->len - 1).wait_s = wait_s;
}

GArray *
volant_drive_plan_new (const VolantRoute *route, const VolantRoads *roads, double wait_s)
{
  GArray *plan = g_array_new (FALSE, TRUE, sizeof (VolantDrivePoint));
  unsigned n_signals = 0;

  for (uint32_t step = 0; step < route->n_steps; step++)
    {
      uint32_t junction = volant_roads_link_to (roads, route->steps[step].link);
      bool signals = step + 1 < route->n_steps &&
                     (roads->junctions[junction].flags & VOLANT_NODE_FLAG_SIGNALS) != 0;

      n_signals += signals;
      add_points (plan, route, roads, step, signals && wait_s > 0.0 && n_signals % 2 == 1, wait_s);
    }
  /* start and target on one point of the road: a plan needs two */
  while (plan->len < 2)
    {
      VolantDrivePoint point = { .point = route->geometry[route->n_points - 1],
                                 .limit_mps = 5.0,
                                 .elevation_m = NAN };

      g_array_append_val (plan, point);
    }
  return plan;
}
