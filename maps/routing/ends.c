/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/ends.h"

#include "maps/routing/profile.h"

#include <math.h>

/* Snapping, and parts of links. */

#define SNAP_LIMIT_M 1000.0
/* How much further the road may be that serves for one that is cut off. */
#define DETOUR_LIMIT_M 100.0
/* The car would have to turn round first: that is allowed, at a price. */
#define AGAINST_HEADING_DEG 100.0
#define AGAINST_HEADING_MS 60000

typedef struct {
  const VolantRouter *router;
  VolantMode mode;
  bool main_only;
  const VolantMetric *metric; /* (nullable) */
} SnapWish;

/* Whether one may come to, or be on, a link: the mode may use it, traffic does not close it (unless
 * one is on it already), and it is not too small for the vehicle. A link that is only too long for
 * the numbers is none of these. */
static bool
is_usable (const VolantRoads *roads, VolantMode mode, const VolantMetric *metric, bool is_start,
           uint32_t link)
{
  if (!volant_roads_link_allows (roads, link, mode))
    return false;
  if (metric == NULL || metric->link_costs[link] < VOLANT_COST_NEVER)
    return true;
  if (volant_metric_is_closed (metric, link))
    return is_start;
  return volant_profile_link_ms (roads, mode, link) == VOLANT_TIME_NEVER_MS;
}

static bool
is_wished (uint32_t segment, const void *data)
{
  const SnapWish *wish = data;
  const VolantRoads *roads = volant_router_get_roads (wish->router);

  return (is_usable (roads, wish->mode, wish->metric, false, 2 * segment) ||
          is_usable (roads, wish->mode, wish->metric, false, 2 * segment + 1)) &&
         (!wish->main_only || volant_router_is_main (wish->router, wish->mode, segment));
}

bool
volant_ends_snap (const VolantRouter *router, VolantMode mode, const VolantMetric *metric,
                  VolantPoint point, VolantSnap *snap, GError **error)
{
  const char *const roads_for[VOLANT_N_MODES] = { "that cars may use", "that buses may use",
                                                  "that one may walk on" };
  SnapWish wish = { router, mode, false, metric };

  if (!volant_point_is_valid (point))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                   "a position is outside the earth: latitudes go from -90 to 90 degrees, "
                   "longitudes from -180 to 180");
      return false;
    }
  if (volant_snap_index_find (volant_router_get_index (router), point, SNAP_LIMIT_M, is_wished,
                              &wish, snap))
    return true;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP,
               "%.5f,%.5f is off the map: no road %s is within %.0f m; choose a place in this "
               "city",
               volant_point_lat_deg (point), volant_point_lon_deg (point),
               roads_for[mode], SNAP_LIMIT_M);
  return false;
}

bool
volant_ends_snap_main (const VolantRouter *router, VolantMode mode, const VolantMetric *metric,
                       VolantPoint point, const VolantSnap *nearest, VolantSnap *snap)
{
  SnapWish wish = { router, mode, true, metric };

  return volant_snap_index_find (volant_router_get_index (router), point,
                                 nearest->distance_m + DETOUR_LIMIT_M, is_wished, &wish, snap);
}

/* Bearing of a link at a place on it: of the piece of its line that holds the place. */
static double
bearing_at (const VolantRoads *roads, uint32_t link, double along)
{
  const VolantSegment *segment = &roads->segments[volant_link_segment (link)];
  const VolantPoint *points = roads->points + segment->first_point;
  double total_m = 0.0, passed_m = 0.0, bearing_deg = 0.0;

  for (uint32_t i = 0; i + 1 < segment->n_points; i++)
    total_m += volant_geo_distance_m (points[i], points[i + 1]);
  for (uint32_t i = 0; i + 1 < segment->n_points; i++)
    {
      double piece_m = volant_geo_distance_m (points[i], points[i + 1]);

      if (piece_m > 0.0)
        bearing_deg = volant_geo_bearing_deg (points[i], points[i + 1]);
      passed_m += piece_m;
      if (passed_m >= along * total_m)
        break;
    }
  return (link & 1) ? fmod (bearing_deg + 180.0, 360.0) : bearing_deg;
}

VolantEnd
volant_ends_on (const VolantRouter *router, const VolantMetric *metric, const VolantSnap *snap,
                bool is_start, double heading_deg)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  uint32_t length_mm = roads->segments[snap->segment].length_mm;
  uint32_t forward_mm = (uint32_t) lrint (snap->along * length_mm);
  VolantEnd end = { .n_spots = 0 };

  for (unsigned direction = 0; direction < 2; direction++)
    {
      uint32_t link = 2 * snap->segment + direction;
      VolantSpot *spot = &end.spots[end.n_spots];

      if (!is_usable (roads, metric->mode, metric, is_start, link))
        continue;
      spot->link = link;
      spot->at_mm = direction ? length_mm - forward_mm : forward_mm;
      spot->at_cost = (uint32_t) ((uint64_t) volant_metric_cost_on (metric, link) * spot->at_mm /
                                  length_mm);
      if (isfinite (heading_deg) &&
          fabs (volant_geo_turn_deg (heading_deg, bearing_at (roads, link, snap->along))) >
            AGAINST_HEADING_DEG)
        spot->penalty = AGAINST_HEADING_MS;
      end.n_spots++;
    }
  return end;
}
