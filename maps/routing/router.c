/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/router-core.h"

#include "maps/routing/components.h"
#include "maps/routing/finder.h"
#include "maps/routing/snap-index.h"

#include <math.h>

/* The public router: snaps both ends to roads, runs the search from and to parts of links, and
 * hands the links found to route-build.c. Everything but the query's memory is immutable. */

#define SNAP_LIMIT_M 1000.0
/* How much further the road may be that serves for one that is cut off. */
#define DETOUR_LIMIT_M 100.0
/* The car would have to turn round first: that is allowed, at a price. */
#define AGAINST_HEADING_DEG 100.0
#define AGAINST_HEADING_MS 60000

struct _VolantRouter {
  int references;
  VolantCity *city; /* (nullable) */
  VolantRoads *roads;
  GDestroyNotify free_roads;
  VolantTurns *turns;
  VolantMetric *metrics[VOLANT_N_MODES];
  bool *in_main[VOLANT_N_MODES]; /* by segment: volant_components_main */
  VolantSnapIndex *index;
};

struct _VolantRouterQuery {
  VolantRouter *router;
  VolantFinder *finder;
  GArray *seeds; /* VolantSeed */
  GArray *goals; /* VolantGoal */
  GArray *links; /* uint32_t: the way found */
};

/* A place on a link. */
typedef struct {
  uint32_t link;
  uint32_t at_mm;
  uint32_t at_ms;
  uint32_t penalty_ms;
} Spot;

typedef struct {
  Spot spots[2]; /* one for each direction that the mode may use */
  unsigned n_spots;
  uint32_t first_seed[3];
} End;

typedef struct {
  const VolantRouter *router;
  VolantMode mode;
  bool main_only;
} SnapWish;

VolantRouter *
volant_router_new_from (VolantRoads *roads, GDestroyNotify free_roads, VolantTurns *turns)
{
  VolantRouter *self = g_new0 (VolantRouter, 1);

  self->references = 1;
  self->roads = roads;
  self->free_roads = free_roads;
  self->turns = turns;
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      self->metrics[mode] = volant_metric_new_time (roads, turns, mode);
      self->in_main[mode] = volant_components_main (turns, self->metrics[mode]);
    }
  self->index = volant_snap_index_new (roads);
  return self;
}

VolantRouter *
volant_router_new (VolantCity *city, GError **error)
{
  VolantCityFile *file = volant_city_get_file (city);
  g_autoptr (VolantRoads) roads = volant_roads_open (file, error);
  VolantTurns *turns = roads != NULL ? volant_turns_open (file, roads, error) : NULL;
  VolantRouter *self;

  if (turns == NULL)
    return NULL;
  self = volant_router_new_from (g_steal_pointer (&roads), (GDestroyNotify) volant_roads_unref,
                                 turns);
  self->city = volant_city_ref (city);
  return self;
}

VolantRouter *
volant_router_ref (VolantRouter *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

void
volant_router_unref (VolantRouter *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->references))
    return;
  volant_snap_index_free (self->index);
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      volant_metric_unref (self->metrics[mode]);
      g_free (self->in_main[mode]);
    }
  volant_turns_free (self->turns);
  if (self->free_roads != NULL)
    self->free_roads (self->roads);
  g_clear_pointer (&self->city, volant_city_unref);
  g_free (self);
}

const VolantRoads *
volant_router_get_roads (const VolantRouter *self)
{
  return self->roads;
}

const VolantTurns *
volant_router_get_turns (const VolantRouter *self)
{
  return self->turns;
}

const VolantMetric *
volant_router_get_metric (const VolantRouter *self, VolantMode mode)
{
  return self->metrics[mode];
}

VolantRouterQuery *
volant_router_query_new (VolantRouter *router)
{
  VolantRouterQuery *self = g_new0 (VolantRouterQuery, 1);

  self->router = volant_router_ref (router);
  self->finder = volant_finder_new (router->turns);
  self->seeds = g_array_new (FALSE, FALSE, sizeof (VolantSeed));
  self->goals = g_array_new (FALSE, FALSE, sizeof (VolantGoal));
  self->links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  return self;
}

void
volant_router_query_free (VolantRouterQuery *self)
{
  if (self == NULL)
    return;
  volant_finder_free (self->finder);
  g_array_unref (self->seeds);
  g_array_unref (self->goals);
  g_array_unref (self->links);
  volant_router_unref (self->router);
  g_free (self);
}

static bool
is_wished (uint32_t segment, const void *data)
{
  const SnapWish *wish = data;
  const uint8_t *access = wish->router->roads->segments[segment].access;

  return ((access[0] | access[1]) & VOLANT_MODE_BIT (wish->mode)) != 0 &&
         (!wish->main_only || wish->router->in_main[wish->mode][segment]);
}

static bool
find_snap (const VolantRouter *self, VolantMode mode, VolantPoint point, VolantSnap *snap,
           GError **error)
{
  const char *const roads_for[VOLANT_N_MODES] = { "that cars may use", "that buses may use",
                                                  "that one may walk on" };
  SnapWish wish = { self, mode, false };

  if (!volant_point_is_valid (point))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                   "a position is outside the earth: latitudes go from -90 to 90 degrees, "
                   "longitudes from -180 to 180");
      return false;
    }
  if (volant_snap_index_find (self->index, point, SNAP_LIMIT_M, is_wished, &wish, snap))
    return true;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP,
               "%.5f,%.5f is off the map: no road %s is within %.0f m; choose a place in this "
               "city",
               volant_point_lat_deg (point), volant_point_lon_deg (point), roads_for[mode],
               SNAP_LIMIT_M);
  return false;
}

/* The nearest of the roads that are all connected, not much further than the nearest of all. */
static bool
find_main_snap (const VolantRouter *self, VolantMode mode, VolantPoint point,
                const VolantSnap *nearest, VolantSnap *snap)
{
  SnapWish wish = { self, mode, true };

  return volant_snap_index_find (self->index, point, nearest->distance_m + DETOUR_LIMIT_M,
                                 is_wished, &wish, snap);
}

bool
volant_router_snap (const VolantRouter *self, VolantMode mode, VolantPoint point, uint32_t *link,
                    VolantPoint *on_road, double *distance_m, GError **error)
{
  VolantSnap snap;

  if (!find_snap (self, mode, point, &snap, error))
    return false;
  if (link != NULL)
    *link = 2 * snap.segment + !volant_roads_link_allows (self->roads, 2 * snap.segment, mode);
  if (on_road != NULL)
    *on_road = snap.point;
  if (distance_m != NULL)
    *distance_m = snap.distance_m;
  return true;
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

static End
end_on (const VolantRouter *self, VolantMode mode, const VolantSnap *snap, double heading_deg)
{
  uint32_t length_mm = self->roads->segments[snap->segment].length_mm;
  uint32_t forward_mm = (uint32_t) lrint (snap->along * length_mm);
  End end = { .n_spots = 0 };

  for (unsigned direction = 0; direction < 2; direction++)
    {
      uint32_t link = 2 * snap->segment + direction;
      Spot *spot = &end.spots[end.n_spots];

      if (!volant_roads_link_allows (self->roads, link, mode))
        continue;
      spot->link = link;
      spot->at_mm = direction ? length_mm - forward_mm : forward_mm;
      spot->at_ms = (uint32_t) ((uint64_t) self->metrics[mode]->link_costs[link] * spot->at_mm /
                                length_mm);
      if (isfinite (heading_deg) &&
          fabs (volant_geo_turn_deg (heading_deg, bearing_at (self->roads, link, snap->along))) >
            AGAINST_HEADING_DEG)
        spot->penalty_ms = AGAINST_HEADING_MS;
      end.n_spots++;
    }
  return end;
}

static void
add_seeds (VolantRouterQuery *self, const VolantMetric *metric, End *from)
{
  const VolantTurns *turns = self->router->turns;

  g_array_set_size (self->seeds, 0);
  for (unsigned i = 0; i < from->n_spots; i++)
    {
      const Spot *spot = &from->spots[i];
      uint32_t left_ms = volant_cost_add (metric->link_costs[spot->link] - spot->at_ms,
                                          spot->penalty_ms);

      from->first_seed[i] = self->seeds->len;
      for (uint32_t arc = turns->first_arc[spot->link]; arc < turns->first_arc[spot->link + 1];
           arc++)
        {
          VolantSeed seed = { turns->heads[arc], volant_cost_add (left_ms, metric->turn_costs[arc]) };

          g_array_append_val (self->seeds, seed);
        }
    }
  from->first_seed[from->n_spots] = self->seeds->len;
}

/* From the states of a way to its links, in place. */
static void
states_to_links (const VolantTurns *turns, GArray *states)
{
  for (unsigned i = 0; i < states->len; i++)
    g_array_index (states, uint32_t, i) =
      volant_turns_state_link (turns, g_array_index (states, uint32_t, i));
}

/* The way that stays on one link: the cheaper of the two directions. */
static uint32_t
find_direct (const End *from, const End *to, unsigned *from_spot, unsigned *to_spot)
{
  uint32_t best_ms = VOLANT_TIME_NEVER_MS;

  for (unsigned i = 0; i < from->n_spots; i++)
    for (unsigned k = 0; k < to->n_spots; k++)
      {
        const Spot *a = &from->spots[i], *b = &to->spots[k];

        if (a->link != b->link || b->at_mm < a->at_mm ||
            volant_cost_add (b->at_ms - a->at_ms, a->penalty_ms) >= best_ms)
          continue;
        best_ms = b->at_ms - a->at_ms + a->penalty_ms;
        *from_spot = i;
        *to_spot = k;
      }
  return best_ms;
}

/* Fills the way; false where there is none. */
static bool
find_way (VolantRouterQuery *self, VolantMode mode, End *from, const End *to, VolantWay *way)
{
  const VolantMetric *metric = self->router->metrics[mode];
  unsigned from_spot = 0, to_spot = 0;
  uint32_t direct_ms = find_direct (from, to, &from_spot, &to_spot);
  VolantSearchResult result;
  uint32_t seed = 0;

  add_seeds (self, metric, from);
  g_array_set_size (self->goals, 0);
  for (unsigned i = 0; i < to->n_spots; i++)
    g_array_append_vals (self->goals, &(VolantGoal) { to->spots[i].link, to->spots[i].at_ms }, 1);
  result = volant_finder_run (self->finder, metric, (VolantSeed *) self->seeds->data,
                              self->seeds->len, (VolantGoal *) self->goals->data, self->goals->len,
                              self->links, &seed);
  if (MIN (result.ms, direct_ms) == VOLANT_TIME_NEVER_MS)
    return false;
  if (result.ms < direct_ms)
    {
      states_to_links (self->router->turns, self->links);
      to_spot = result.goal;
      for (from_spot = 0; seed >= from->first_seed[from_spot + 1];)
        from_spot++;
    }
  else
    g_array_set_size (self->links, 0);
  g_array_prepend_val (self->links, from->spots[from_spot].link);
  *way = (VolantWay) { self->links, from->spots[from_spot].at_mm, to->spots[to_spot].at_mm };
  return true;
}

/* First the nearest roads; where no way leads between them, the nearest of the roads that are all
 * connected. */
static bool
find_way_between (VolantRouterQuery *self, VolantMode mode, VolantPoint from, double heading_deg,
                  VolantPoint to, VolantWay *way, GError **error)
{
  VolantSnap from_snap, to_snap, from_main, to_main;
  End from_end, to_end;

  if (!find_snap (self->router, mode, from, &from_snap, error) ||
      !find_snap (self->router, mode, to, &to_snap, error))
    return false;
  from_end = end_on (self->router, mode, &from_snap, heading_deg);
  to_end = end_on (self->router, mode, &to_snap, NAN);
  if (find_way (self, mode, &from_end, &to_end, way))
    return true;
  if (find_main_snap (self->router, mode, from, &from_snap, &from_main) &&
      find_main_snap (self->router, mode, to, &to_snap, &to_main))
    {
      from_end = end_on (self->router, mode, &from_main, heading_deg);
      to_end = end_on (self->router, mode, &to_main, NAN);
      if (find_way (self, mode, &from_end, &to_end, way))
        return true;
    }
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE,
               "no way leads from %.5f,%.5f to %.5f,%.5f; choose another start or target",
               volant_point_lat_deg (from), volant_point_lon_deg (from),
               volant_point_lat_deg (to), volant_point_lon_deg (to));
  return false;
}

VolantRoute *
volant_router_query_route (VolantRouterQuery *self, VolantMode mode, VolantPoint from,
                           double heading_deg, VolantPoint to, GError **error)
{
  VolantWay way;

  g_return_val_if_fail (mode < VOLANT_N_MODES, NULL);

  if (!find_way_between (self, mode, from, heading_deg, to, &way, error))
    return NULL;
  return volant_route_build (self->router, mode, &way, from, to);
}

bool
volant_router_query_distance (VolantRouterQuery *self, VolantMode mode, VolantPoint from,
                              VolantPoint to, uint32_t *time_ms, uint32_t *length_mm,
                              GError **error)
{
  g_autoptr (GError) refusal = NULL;
  VolantWay way;

  g_return_val_if_fail (mode < VOLANT_N_MODES, false);

  if (find_way_between (self, mode, from, NAN, to, &way, &refusal))
    {
      volant_way_measure (self->router, mode, &way, time_ms, length_mm);
      return true;
    }
  *time_ms = VOLANT_TIME_NEVER_MS;
  *length_mm = 0;
  if (g_error_matches (refusal, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE))
    return true;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return false;
}

uint32_t
volant_router_query_junctions (VolantRouterQuery *self, VolantMode mode, uint32_t from, uint32_t to,
                               GArray *links)
{
  const VolantRoads *roads = self->router->roads;
  const VolantMetric *metric = self->router->metrics[mode];
  VolantSearchResult result;

  g_return_val_if_fail (from < roads->n_junctions && to < roads->n_junctions, 0);

  if (links != NULL)
    g_array_set_size (links, 0);
  if (from == to)
    return 0;
  g_array_set_size (self->seeds, 0);
  g_array_set_size (self->goals, 0);
  for (uint32_t i = roads->first_out[from]; i < roads->first_out[from + 1]; i++)
    if (volant_roads_link_allows (roads, roads->out_links[i], mode))
      g_array_append_vals (self->seeds, &(VolantSeed) { roads->out_links[i], 0 }, 1);
  for (uint32_t link = 0; link < 2 * roads->n_segments; link++)
    if (volant_roads_link_to (roads, link) == to && volant_roads_link_allows (roads, link, mode))
      g_array_append_vals (self->goals, &(VolantGoal) { link, metric->link_costs[link] }, 1);
  result = volant_finder_run (self->finder, metric, (VolantSeed *) self->seeds->data,
                              self->seeds->len, (VolantGoal *) self->goals->data, self->goals->len,
                              links, NULL);
  if (links != NULL)
    states_to_links (self->router->turns, links);
  return result.ms;
}
