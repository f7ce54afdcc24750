/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/road-elevation.h"

#include <math.h>

/* The ground's height at each point of the roads; a bridge or a tunnel does not follow the ground,
 * so it is laid evenly between its ends. Where several such segments meet in the air or under the
 * ground, the heights there are those of an even slope: each is the mean of its neighbours weighted
 * by closeness (Gauss-Seidel on the graph's Laplacian), the ends on the ground stay fixed. */

#define N_SWEEPS 500
#define SETTLED_M 0.01

static bool
leaves_ground (const VolantSegment *segment)
{
  return (segment->flags & (VOLANT_ROAD_FLAG_BRIDGE | VOLANT_ROAD_FLAG_TUNNEL)) != 0;
}

/* A junction in the air: all that meets there is bridge or tunnel, and it is no dead end. */
static bool
is_aloft (const VolantRoads *roads, uint32_t junction)
{
  if (roads->first_out[junction + 1] - roads->first_out[junction] < 2)
    return false;
  for (uint32_t i = roads->first_out[junction]; i < roads->first_out[junction + 1]; i++)
    if (!leaves_ground (&roads->segments[roads->out_links[i] >> 1]))
      return false;
  return true;
}

static double
mean_of_neighbours (const VolantRoads *roads, const double *heights_m, uint32_t junction)
{
  double sum = 0.0, weights = 0.0;

  for (uint32_t i = roads->first_out[junction]; i < roads->first_out[junction + 1]; i++)
    {
      uint32_t link = roads->out_links[i];
      double weight = 1000.0 / roads->segments[link >> 1].length_mm;

      sum += weight * heights_m[volant_roads_link_to (roads, link)];
      weights += weight;
    }
  return sum / weights;
}

static void
level_aloft (const VolantRoads *roads, double *heights_m)
{
  g_autoptr (GArray) aloft = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  double change_m = INFINITY;

  for (uint32_t j = 0; j < roads->n_junctions; j++)
    if (is_aloft (roads, j))
      g_array_append_val (aloft, j);
  for (unsigned sweep = 0; sweep < N_SWEEPS && change_m > SETTLED_M; sweep++)
    {
      change_m = 0.0;
      for (unsigned i = 0; i < aloft->len; i++)
        {
          uint32_t junction = g_array_index (aloft, uint32_t, i);
          double height_m = mean_of_neighbours (roads, heights_m, junction);

          change_m = MAX (change_m, fabs (height_m - heights_m[junction]));
          heights_m[junction] = height_m;
        }
    }
}

static int16_t
to_decimetres (double height_m)
{
  return (int16_t) lrint (CLAMP (height_m * 10.0, INT16_MIN, INT16_MAX));
}

static double
ground_m (VolantElevation *elevation, VolantPoint point, uint32_t *n_missing)
{
  double height_m = 0.0;

  if (!volant_elevation_get (elevation, point, &height_m))
    ++*n_missing;
  return height_m;
}

/* One height for each point, in decimetres (g_free). Where none is known it is 0, and counted. */
int16_t *
volant_roads_elevations (const VolantRoads *roads, VolantElevation *elevation, uint32_t *n_missing)
{
  int16_t *elevations_dm = g_new0 (int16_t, roads->n_points + 1);
  g_autofree double *heights_m = g_new (double, roads->n_junctions + 1);

  for (uint32_t j = 0; j < roads->n_junctions; j++)
    heights_m[j] = ground_m (elevation, roads->junctions[j].point, n_missing);
  level_aloft (roads, heights_m);
  for (uint32_t s = 0; s < roads->n_segments; s++)
    {
      const VolantSegment *segment = &roads->segments[s];
      const VolantPoint *points = &roads->points[segment->first_point];
      double from_m = heights_m[segment->from_node], to_m = heights_m[segment->to_node];
      double gone_m = 0.0;

      for (uint32_t i = 0; i < segment->n_points; i++)
        {
          double height_m;

          gone_m += i > 0 ? volant_geo_distance_m (points[i - 1], points[i]) : 0.0;
          if (leaves_ground (segment))
            height_m = from_m + (to_m - from_m) * MIN (gone_m * 1000.0 / segment->length_mm, 1.0);
          else if (i > 0 && i + 1 < segment->n_points)
            height_m = ground_m (elevation, points[i], n_missing);
          else
            height_m = i == 0 ? from_m : to_m;
          elevations_dm[segment->first_point + i] = to_decimetres (height_m);
        }
    }
  return elevations_dm;
}
