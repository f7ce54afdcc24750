/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/alternatives.h"

#include <math.h>

/* One question at a time: ends are brought onto roads, the ways between them are sought, and
 * route-build.c makes routes of the links found. Each question takes the costs as they are when it
 * begins, and keeps to them. */

struct _VolantRouterQuery {
  VolantRouter *router;
  VolantFinder *finder;
};

/* A question while it is being answered. */
typedef struct {
  const VolantRouteWish *wish;
  VolantCosts costs;
  unsigned n_ends;
  VolantPoint points[VOLANT_WAYS_MOST_ENDS];
  VolantSnap snaps[VOLANT_WAYS_MOST_ENDS];
  VolantEnd ends[VOLANT_WAYS_MOST_ENDS];
} Question;

G_STATIC_ASSERT (VOLANT_WISH_MOST_VIAS + 2 <= VOLANT_WAYS_MOST_ENDS);

VolantRouterQuery *
volant_router_query_new (VolantRouter *router)
{
  VolantRouterQuery *self = g_new0 (VolantRouterQuery, 1);

  self->router = volant_router_ref (router);
  self->finder =
    volant_finder_new_on (volant_router_get_turns (router), volant_router_get_topology (router));
  return self;
}

void
volant_router_query_free (VolantRouterQuery *self)
{
  if (self == NULL)
    return;
  volant_finder_free (self->finder);
  volant_router_unref (self->router);
  g_free (self);
}

static void
question_clear (Question *question)
{
  volant_costs_clear (&question->costs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* What says which roads an end may lie on: a car may be on one that traffic has closed. */
static const VolantMetric *
snap_metric (const Question *question, unsigned end)
{
  const VolantMetric *open = question->costs.open;

  return end == 0 && open->free != NULL ? open->free : open;
}

static bool
snap_all (VolantRouterQuery *self, Question *question, GError **error)
{
  const VolantRouteWish *wish = question->wish;

  if (wish->n_vias > VOLANT_WISH_MOST_VIAS)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "%u stops on the way are too many; give at most %u", wish->n_vias,
                   VOLANT_WISH_MOST_VIAS);
      return false;
    }
  question->n_ends = wish->n_vias + 2;
  for (unsigned i = 0; i < question->n_ends; i++)
    {
      question->points[i] = i == 0 ? wish->from : i <= wish->n_vias ? wish->vias[i - 1] : wish->to;
      if (!volant_ends_snap (self->router, wish->mode, snap_metric (question, i),
                             question->points[i], &question->snaps[i], error))
        {
          if (i > 0 && i <= wish->n_vias)
            g_prefix_error (error, "stop %u: ", i);
          return false;
        }
    }
  return true;
}

static bool
find_way (VolantRouterQuery *self, Question *question, VolantWay *way, uint32_t *cost,
          unsigned *failed)
{
  for (unsigned i = 0; i < question->n_ends; i++)
    question->ends[i] = volant_ends_on (self->router, question->costs.open, &question->snaps[i],
                                        i == 0, i == 0 ? question->wish->heading_deg : NAN);
  return volant_ways_find (self->finder, volant_router_get_turns (self->router),
                           question->costs.search, question->ends, question->n_ends, way, cost,
                           failed);
}

static bool
snap_all_main (VolantRouterQuery *self, Question *question)
{
  for (unsigned i = 0; i < question->n_ends; i++)
    {
      VolantSnap nearest = question->snaps[i];

      if (!volant_ends_snap_main (self->router, question->wish->mode, snap_metric (question, i),
                                  question->points[i], &nearest, &question->snaps[i]))
        return false;
    }
  return true;
}

static void
refuse_way (const Question *question, unsigned failed, GError **error)
{
  VolantPoint from = question->points[failed - 1], to = question->points[failed];

  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE,
               question->wish->n_blocked > 0
                 ? "no way leads from %.5f,%.5f to %.5f,%.5f past the streets that are blocked; "
                   "open them, or choose another target"
                 : "no way leads from %.5f,%.5f to %.5f,%.5f; choose another start or target",
               volant_point_lat_deg (from), volant_point_lon_deg (from),
               volant_point_lat_deg (to), volant_point_lon_deg (to));
}

/* First the nearest roads; where no way leads between them, the nearest of the roads that are all
 * connected. */
static bool
find_best (VolantRouterQuery *self, Question *question, VolantWay *way, uint32_t *cost,
           GError **error)
{
  unsigned failed;

  question->costs = volant_router_find_costs (self->router, question->wish);
  if (!snap_all (self, question, error))
    return false;
  if (find_way (self, question, way, cost, &failed) ||
      (snap_all_main (self, question) && find_way (self, question, way, cost, &failed)))
    return true;
  refuse_way (question, failed, error);
  return false;
}

/* What the way has of what it should not have. */
static unsigned
find_unavoided (const VolantRoute *route, unsigned avoid)
{
  unsigned had = (route->motorway_mm > 0 ? VOLANT_AVOID_MOTORWAYS : 0) |
                 (route->toll_mm > 0 ? VOLANT_AVOID_TOLLS : 0) |
                 (route->ferry_mm > 0 ? VOLANT_AVOID_FERRIES : 0);

  return had & avoid;
}

static void
add_route (VolantRouterQuery *self, const Question *question, const VolantWay *way,
           GPtrArray *routes)
{
  const VolantRouteWish *wish = question->wish;
  VolantRoute *route = volant_route_build (self->router, question->costs.clock, way, wish->from,
                                           wish->to, wish->vias);

  route->unavoided = find_unavoided (route, wish->avoid);
  g_ptr_array_add (routes, route);
}

GPtrArray *
volant_router_query_routes (VolantRouterQuery *self, const VolantRouteWish *wish, GError **error)
{
  g_auto (Question) question = { .wish = wish };
  g_auto (VolantWay) best = { NULL };
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (VolantWay));
  unsigned n_routes = MIN (wish->n_routes, VOLANT_WISH_MOST_ROUTES);
  GPtrArray *routes;
  uint32_t cost;

  g_return_val_if_fail (wish->mode < VOLANT_N_MODES, NULL);

  g_array_set_clear_func (others, (GDestroyNotify) volant_way_clear);
  if (!find_best (self, &question, &best, &cost, error))
    return NULL;
  if (n_routes > 1 && wish->n_vias == 0)
    volant_alternatives_find (self->finder, self->router, &question.costs, &question.ends[0],
                              &question.ends[1], &best, cost, n_routes - 1, others);
  routes = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_route_free);
  add_route (self, &question, &best, routes);
  for (unsigned i = 0; i < others->len; i++)
    add_route (self, &question, &g_array_index (others, VolantWay, i), routes);
  return routes;
}

VolantRoute *
volant_router_query_route (VolantRouterQuery *self, VolantMode mode, VolantPoint from,
                           double heading_deg, VolantPoint to, GError **error)
{
  VolantRouteWish wish = volant_route_wish (mode, from, to);
  g_autoptr (GPtrArray) routes = NULL;

  wish.heading_deg = heading_deg;
  routes = volant_router_query_routes (self, &wish, error);
  return routes != NULL ? g_ptr_array_steal_index (routes, 0) : NULL;
}

bool
volant_router_query_distance (VolantRouterQuery *self, VolantMode mode, VolantPoint from,
                              VolantPoint to, uint32_t *time_ms, uint32_t *length_mm,
                              GError **error)
{
  VolantRouteWish wish = volant_route_wish (mode, from, to);
  g_auto (Question) question = { .wish = &wish };
  g_auto (VolantWay) way = { NULL };
  g_autoptr (GError) refusal = NULL;
  uint32_t cost;

  g_return_val_if_fail (mode < VOLANT_N_MODES, false);

  if (find_best (self, &question, &way, &cost, &refusal))
    {
      volant_way_measure (self->router, question.costs.clock, &way, time_ms, length_mm);
      return true;
    }
  *time_ms = VOLANT_TIME_NEVER_MS;
  *length_mm = 0;
  if (g_error_matches (refusal, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE))
    return true;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return false;
}

/* All that leaves one junction, all that ends at another. */
static void
add_junctions (const VolantRoads *roads, const VolantMetric *metric, uint32_t from, uint32_t to,
               GArray *seeds, GArray *goals)
{
  for (uint32_t i = roads->first_out[from]; i < roads->first_out[from + 1]; i++)
    if (volant_roads_link_allows (roads, roads->out_links[i], metric->mode))
      g_array_append_vals (seeds, &(VolantSeed) { roads->out_links[i], 0 }, 1);
  for (uint32_t link = 0; link < 2 * roads->n_segments; link++)
    if (volant_roads_link_to (roads, link) == to &&
        volant_roads_link_allows (roads, link, metric->mode))
      g_array_append_vals (goals, &(VolantGoal) { link, metric->link_costs[link] }, 1);
}

uint32_t
volant_router_query_junctions (VolantRouterQuery *self, VolantMode mode, uint32_t from, uint32_t to,
                               GArray *links)
{
  const VolantRoads *roads = volant_router_get_roads (self->router);
  const VolantTurns *turns = volant_router_get_turns (self->router);
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (self->router, mode);
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (VolantSeed));
  g_autoptr (GArray) goals = g_array_new (FALSE, FALSE, sizeof (VolantGoal));
  VolantSearchResult result;

  g_return_val_if_fail (from < roads->n_junctions && to < roads->n_junctions, 0);

  if (links != NULL)
    g_array_set_size (links, 0);
  if (from == to)
    return 0;
  add_junctions (roads, metric, from, to, seeds, goals);
  result = volant_finder_run (self->finder, metric, (VolantSeed *) seeds->data, seeds->len,
                              (VolantGoal *) goals->data, goals->len, links, NULL);
  for (unsigned i = 0; links != NULL && i < links->len; i++)
    g_array_index (links, uint32_t, i) =
      volant_turns_state_link (turns, g_array_index (links, uint32_t, i));
  return result.ms;
}
