/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/router-core.h"

#include "maps/routing/profile.h"

#include <math.h>

/* From links to what a person can follow: the line on the map, times and lengths along it. The
 * times are what a clock shows: entries and headings, which only steer the search, are left out. */

/* What is travelled of one link of a way. */
typedef struct {
  uint32_t link;
  uint32_t begin_mm;
  uint32_t end_mm;
} Part;

static Part
way_part (const VolantRoads *roads, const VolantWay *way, unsigned i)
{
  uint32_t link = g_array_index (way->links, uint32_t, i);
  uint32_t length_mm = roads->segments[volant_link_segment (link)].length_mm;

  return (Part) { link, i == 0 ? way->begin_mm : 0,
                  i + 1 == way->links->len ? way->end_mm : length_mm };
}

static uint32_t
part_ms (const VolantRoads *roads, const VolantMetric *metric, Part part)
{
  uint64_t link_ms = volant_metric_cost_on (metric, part.link);
  uint32_t length_mm = roads->segments[volant_link_segment (part.link)].length_mm;

  return (uint32_t) (link_ms * part.end_mm / length_mm - link_ms * part.begin_mm / length_mm);
}

static uint32_t
turn_into_ms (const VolantRouter *router, VolantMode mode, const VolantWay *way, unsigned i)
{
  return volant_profile_turn_ms (volant_router_get_roads (router), volant_router_get_turns (router),
                                 mode, g_array_index (way->links, uint32_t, i - 1),
                                 g_array_index (way->links, uint32_t, i));
}

void
volant_way_clear (VolantWay *way)
{
  g_clear_pointer (&way->links, g_array_unref);
  g_clear_pointer (&way->stops, g_array_unref);
}

void
volant_way_measure (const VolantRouter *router, const VolantMetric *clock, const VolantWay *way,
                    uint32_t *time_ms, uint32_t *length_mm)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  uint64_t total_mm = 0;

  *time_ms = 0;
  for (unsigned i = 0; i < way->links->len; i++)
    {
      Part part = way_part (roads, way, i);

      if (i > 0)
        *time_ms = volant_time_add (*time_ms, turn_into_ms (router, clock->mode, way, i));
      *time_ms = volant_time_add (*time_ms, part_ms (roads, clock, part));
      total_mm += part.end_mm - part.begin_mm;
    }
  *length_mm = (uint32_t) MIN (total_mm, UINT32_MAX);
}

static void
add_point (GArray *geometry, VolantPoint point)
{
  const VolantPoint *last = geometry->len > 0
                              ? &g_array_index (geometry, VolantPoint, geometry->len - 1)
                              : NULL;

  if (last == NULL || last->lat_e7 != point.lat_e7 || last->lon_e7 != point.lon_e7)
    g_array_append_val (geometry, point);
}

/* Adds the line of a part: the places where it begins and ends, and the bends between. */
static void
add_part (GArray *geometry, const VolantRoads *roads, Part part)
{
  const VolantSegment *segment = &roads->segments[volant_link_segment (part.link)];
  const VolantPoint *points = roads->points + segment->first_point;
  uint32_t last = segment->n_points - 1;
  bool backward = part.link & 1;
  double total_m = 0.0, passed_m = 0.0, begin_m, end_m;

  for (uint32_t i = 0; i < last; i++)
    total_m += volant_geo_distance_m (points[i], points[i + 1]);
  begin_m = total_m * part.begin_mm / segment->length_mm;
  end_m = total_m * part.end_mm / segment->length_mm;
  for (uint32_t i = 0; i < last; i++)
    {
      VolantPoint a = points[backward ? last - i : i];
      VolantPoint b = points[backward ? last - i - 1 : i + 1];
      double piece_m = volant_geo_distance_m (a, b);
      double from_m = MAX (begin_m - passed_m, 0.0), to_m = MIN (end_m - passed_m, piece_m);
      bool is_last = i + 1 == last;

      if (piece_m > 0.0 && from_m <= to_m && (from_m < piece_m || is_last))
        {
          add_point (geometry, volant_geo_interpolate (a, b, from_m / piece_m));
          add_point (geometry, volant_geo_interpolate (a, b, to_m / piece_m));
        }
      passed_m += piece_m;
    }
  if (geometry->len == 0)
    g_array_append_val (geometry, points[backward ? last : 0]);
}

static uint32_t
add_mm (uint32_t total_mm, uint32_t more_mm)
{
  return (uint32_t) MIN ((uint64_t) total_mm + more_mm, UINT32_MAX);
}

/* What a driver may want to know, or to avoid. */
static void
mark_part (VolantRoute *route, const VolantSegment *segment, uint32_t part_mm)
{
  if (segment->road_class == VOLANT_ROAD_MOTORWAY)
    route->motorway_mm = add_mm (route->motorway_mm, part_mm);
  if (segment->flags & VOLANT_ROAD_FLAG_TOLL)
    route->toll_mm = add_mm (route->toll_mm, part_mm);
  if (segment->road_class == VOLANT_ROAD_FERRY)
    route->ferry_mm = add_mm (route->ferry_mm, part_mm);
}

/* Goes along a part, and no further than what is left of it. */
static void
advance (VolantRoute *route, const VolantRoads *roads, const VolantMetric *clock, GArray *geometry,
         Part part)
{
  uint32_t ms = part_ms (roads, clock, part);

  add_part (geometry, roads, part);
  route->time_ms = volant_time_add (route->time_ms, ms);
  if (clock->free != NULL)
    route->delay_ms = volant_time_add (route->delay_ms, ms - part_ms (roads, clock->free, part));
  route->length_mm = add_mm (route->length_mm, part.end_mm - part.begin_mm);
  mark_part (route, &roads->segments[volant_link_segment (part.link)],
             part.end_mm - part.begin_mm);
}

/* The stops on link i of a way, the geometry having a point at each; what is left of the part. */
static Part
pass_stops (VolantRoute *route, const VolantRoads *roads, const VolantMetric *clock,
            const VolantWay *way, unsigned i, const VolantPoint *vias, GArray *geometry)
{
  Part part = way_part (roads, way, i);
  unsigned n_stops = way->stops != NULL ? way->stops->len : 0;

  while (route->n_stops < n_stops &&
         g_array_index (way->stops, VolantWayStop, route->n_stops).index == i)
    {
      VolantRouteStop *stop = &route->stops[route->n_stops];
      Part before = part;

      before.end_mm = g_array_index (way->stops, VolantWayStop, route->n_stops).at_mm;
      advance (route, roads, clock, geometry, before);
      *stop = (VolantRouteStop) { vias[route->n_stops], MAX (geometry->len, 1) - 1,
                                  route->length_mm, route->time_ms };
      part.begin_mm = before.end_mm;
      route->n_stops++;
    }
  return part;
}

VolantRoute *
volant_route_build (const VolantRouter *router, const VolantMetric *clock, const VolantWay *way,
                    VolantPoint from, VolantPoint to, const VolantPoint *vias)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  g_autoptr (GArray) geometry = g_array_new (FALSE, FALSE, sizeof (VolantPoint));
  VolantRoute *route = g_new0 (VolantRoute, 1);

  route->mode = clock->mode;
  route->from = from;
  route->to = to;
  route->n_steps = way->links->len;
  route->steps = g_new0 (VolantRouteStep, route->n_steps);
  route->stops = way->stops != NULL ? g_new0 (VolantRouteStop, way->stops->len) : NULL;
  for (unsigned i = 0; i < route->n_steps; i++)
    {
      if (i > 0)
        route->time_ms = volant_time_add (route->time_ms,
                                          turn_into_ms (router, clock->mode, way, i));
      route->steps[i] = (VolantRouteStep) { g_array_index (way->links, uint32_t, i),
                                            MAX (geometry->len, 1) - 1, route->length_mm,
                                            route->time_ms };
      advance (route, roads, clock, geometry,
               pass_stops (route, roads, clock, way, i, vias, geometry));
    }
  if (geometry->len == 1)
    g_array_append_val (geometry, g_array_index (geometry, VolantPoint, 0));
  route->n_points = geometry->len;
  route->geometry = (VolantPoint *) g_array_free (g_steal_pointer (&geometry), FALSE);
  volant_route_find_manoeuvres (route, roads, volant_router_get_turns (router));
  return route;
}
