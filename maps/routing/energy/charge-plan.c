/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/charge-plan.h"

#include "maps/routing/energy/charge-search.h"
#include "maps/routing/energy/energy-metric.h"

#include <math.h>

/* First the fastest way, which mostly suffices. Else the question is put to the search: ends and
 * chargers are brought onto roads, and the charge is counted from the reserve up. */

typedef struct {
  VolantRouter *router;
  const VolantRouteWish *route_wish;
  const VolantChargeWish *wish;
  VolantCosts costs;
  VolantEnergyCosts *energy;
  GArray *posts;    /* VolantChargePost */
  GArray *chargers; /* unsigned: charger of each post */
  VolantChargeProblem problem;
} Plan;

static void
plan_clear (Plan *plan)
{
  volant_costs_clear (&plan->costs);
  g_clear_pointer (&plan->energy, volant_energy_costs_free);
  g_clear_pointer (&plan->posts, g_array_unref);
  g_clear_pointer (&plan->chargers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static bool
check_share (double share, const char *what, GError **error)
{
  if (share >= 0.0 && share <= 1.0)
    return true;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "%g %% is no %s; give a number from 0 to 100", share * 100.0, what);
  return false;
}

bool
volant_charge_wish_check (const VolantChargeWish *wish, GError **error)
{
  if (!check_share (wish->levels.start_share, "charge", error) ||
      !check_share (wish->levels.reserve_share, "reserve", error) ||
      !volant_energy_check (&wish->conditions, error))
    return false;
  if (wish->stop_s >= 0.0 && wish->stop_s <= 86400.0)
    return true;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "%g s is no time for a stop; give one from 0 to a day", wish->stop_s);
  return false;
}

VolantRouteCharge *
volant_charge_of_route (const VolantRouter *router, const VolantRoute *route,
                        const VolantEnergyConditions *conditions, const VolantChargeLevels *levels)
{
  g_autoptr (VolantMetric) clock = volant_router_ref_metric (router, route->mode);

  return volant_route_charge_new (route, volant_router_get_roads (router),
                                  volant_router_get_turns (router), clock, conditions, levels,
                                  NULL, 0);
}

static void
add_charge (const Plan *plan, VolantRoute *route, const VolantRouteCharging *chargings,
            unsigned n_chargings)
{
  route->charge =
    volant_route_charge_new (route, volant_router_get_roads (plan->router),
                             volant_router_get_turns (plan->router), plan->costs.clock,
                             &plan->wish->conditions, &plan->wish->levels, chargings, n_chargings);
}

static void
add_post (Plan *plan, unsigned index)
{
  const VolantCharger *charger = &plan->wish->chargers[index];
  VolantMode mode = plan->route_wish->mode;
  VolantSnap snap, nearest;
  VolantChargePost post;

  if (!(charger->power_w > 0.0) ||
      !volant_ends_snap (plan->router, mode, plan->costs.clock, charger->point, &snap, NULL))
    return;
  nearest = snap;
  if (!volant_router_is_main (plan->router, mode, snap.segment) &&
      !volant_ends_snap_main (plan->router, mode, plan->costs.clock, charger->point, &nearest,
                              &snap))
    snap = nearest;
  post.end = volant_ends_on (plan->router, plan->costs.open, &snap, false, NAN);
  post.curve = volant_charge_curve (plan->wish->conditions.vehicle,
                                    plan->wish->levels.reserve_share, charger->power_w);
  if (post.curve.n < 2)
    return;
  g_array_append_val (plan->posts, post);
  g_array_append_val (plan->chargers, index);
}

/* The two ends, on the nearest roads or on those that are all connected. */
static bool
lay_ends (Plan *plan, bool main_only, GError **error)
{
  const VolantRouteWish *wish = plan->route_wish;
  VolantSnap from, to;

  if (!volant_ends_snap (plan->router, wish->mode, NULL, wish->from, &from, error) ||
      !volant_ends_snap (plan->router, wish->mode, plan->costs.clock, wish->to, &to, error))
    return false;
  if (main_only)
    {
      VolantSnap nearest_from = from, nearest_to = to;

      volant_ends_snap_main (plan->router, wish->mode, NULL, wish->from, &nearest_from, &from);
      volant_ends_snap_main (plan->router, wish->mode, plan->costs.clock, wish->to, &nearest_to,
                             &to);
    }
  plan->problem.from = volant_ends_on (plan->router, plan->costs.open, &from, true,
                                       wish->heading_deg);
  plan->problem.to = volant_ends_on (plan->router, plan->costs.open, &to, false, NAN);
  return true;
}

static bool
prepare (Plan *plan, GError **error)
{
  const VolantRoads *roads = volant_router_get_roads (plan->router);
  const VolantTurns *turns = volant_router_get_turns (plan->router);
  const VolantChargeLevels *levels = &plan->wish->levels;
  double full_mwh = plan->wish->conditions.vehicle->battery_wh * 1000.0;

  plan->energy = volant_energy_costs_new (roads, turns, plan->costs.clock, &plan->wish->conditions,
                                          error);
  if (plan->energy == NULL)
    return false;
  plan->posts = g_array_new (FALSE, FALSE, sizeof (VolantChargePost));
  plan->chargers = g_array_new (FALSE, FALSE, sizeof (unsigned));
  for (unsigned i = 0; i < plan->wish->n_chargers; i++)
    add_post (plan, i);
  plan->problem = (VolantChargeProblem) {
    .roads = roads,
    .turns = turns,
    .time = plan->costs.search,
    .energy = plan->energy->energy,
    .start_mwh = plan->energy->start_mwh,
    .posts = (VolantChargePost *) plan->posts->data,
    .n_posts = plan->posts->len,
    .room_mwh = llrint (full_mwh) - llrint (full_mwh * levels->reserve_share),
    .charge_mwh =
      llrint (full_mwh * levels->start_share) - llrint (full_mwh * levels->reserve_share),
    .stop_ms = plan->wish->stop_s * 1000.0,
  };
  return true;
}

static void
refuse (const Plan *plan, VolantChargeResult result, int64_t least_mwh, GError **error)
{
  double full_mwh = plan->wish->conditions.vehicle->battery_wh * 1000.0;
  double charge = plan->wish->levels.start_share * 100.0;
  double reserve = plan->wish->levels.reserve_share * 100.0;

  if (result == VOLANT_CHARGE_TOO_MUCH)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                 "there are more ways to charge than could be weighed; choose a stop to charge at "
                 "as the next target");
  else if (least_mwh <= plan->problem.charge_mwh || least_mwh == INT64_MAX)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_CHARGE,
                 "%.0f %% of charge does not lead there with %.0f %% kept in reserve all the way; "
                 "charge first, or keep less in reserve",
                 charge, reserve);
  else
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_CHARGE,
                 plan->posts->len > 0
                   ? "%.0f %% of charge does not lead there with %.0f %% kept in reserve, nor does "
                     "charging on the way: even the most frugal way takes %.0f %%; charge first, "
                     "or choose a nearer target"
                   : "%.0f %% of charge does not lead there with %.0f %% kept in reserve: even the "
                     "most frugal way takes %.0f %%; charge first, or name stations to charge at",
                 charge, reserve, ceil (100.0 * (double) least_mwh / full_mwh));
}

static VolantRoute *
build (const Plan *plan, const VolantChargeAnswer *answer)
{
  unsigned n = answer->stops->len;
  g_autofree VolantPoint *points = g_new (VolantPoint, n + 1);
  g_autofree VolantRouteCharging *chargings = g_new0 (VolantRouteCharging, n + 1);
  int64_t reserve_mwh = llrint (plan->wish->conditions.vehicle->battery_wh * 1000.0 *
                                plan->wish->levels.reserve_share);
  VolantRoute *route;

  for (unsigned i = 0; i < n; i++)
    {
      const VolantChargingStop *stop = &g_array_index (answer->stops, VolantChargingStop, i);
      unsigned charger = g_array_index (plan->chargers, unsigned, stop->post);

      points[i] = plan->wish->chargers[charger].point;
      chargings[i] = (VolantRouteCharging) {
        .charger = charger,
        .name = (char *) plan->wish->chargers[charger].name,
        .step = g_array_index (answer->way.stops, VolantWayStop, i).index,
        .departure_mwh = stop->departure_mwh + reserve_mwh,
        .charging_ms = (uint32_t) MIN (ceil (stop->charging_ms), VOLANT_TIME_NEVER_MS),
        .stop_ms = (uint32_t) lrint (plan->wish->stop_s * 1000.0),
      };
    }
  route = volant_route_build (plan->router, plan->costs.clock, &answer->way,
                              plan->route_wish->from, plan->route_wish->to, points);
  add_charge (plan, route, chargings, n);
  return route;
}

/* The fastest that keeps the reserve. */
static VolantRoute *
find_bearable (Plan *plan, GError **error)
{
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (plan->router), volant_router_get_topology (plan->router));
  g_auto (VolantChargeAnswer) answer = { { NULL } };
  VolantChargeResult result;
  int64_t least_mwh;

  if (!prepare (plan, error) || !lay_ends (plan, false, error))
    return NULL;
  result = volant_charge_search (finder, &plan->problem, &answer, &least_mwh);
  if (result == VOLANT_CHARGE_NO_WAY)
    {
      if (!lay_ends (plan, true, error))
        return NULL;
      result = volant_charge_search (finder, &plan->problem, &answer, &least_mwh);
    }
  if (result == VOLANT_CHARGE_FOUND)
    return build (plan, &answer);
  refuse (plan, result, least_mwh, error);
  return NULL;
}

static void
drop_unbearable (GPtrArray *routes)
{
  for (unsigned i = routes->len; i-- > 1;)
    if (!volant_route_charge_keeps_reserve (((VolantRoute *) routes->pdata[i])->charge))
      g_ptr_array_remove_index (routes, i);
}

static bool
check_levels (const VolantChargeWish *wish, GError **error)
{
  if (wish->levels.start_share >= wish->levels.reserve_share)
    return true;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_CHARGE,
               "the battery holds %.0f %%, less than the %.0f %% that are kept in reserve; charge "
               "first, or keep less",
               wish->levels.start_share * 100.0, wish->levels.reserve_share * 100.0);
  return false;
}

GPtrArray *
volant_charge_plan_routes (VolantRouter *router, VolantRouterQuery *query,
                           const VolantRouteWish *route_wish, const VolantChargeWish *wish,
                           GError **error)
{
  g_auto (Plan) plan = { .router = router, .route_wish = route_wish, .wish = wish };
  g_autoptr (GPtrArray) routes = NULL;
  VolantRoute *bearable;

  g_return_val_if_fail (route_wish->mode == wish->conditions.vehicle->mode, NULL);

  if (!volant_charge_wish_check (wish, error) || !check_levels (wish, error))
    return NULL;
  routes = volant_router_query_routes (query, route_wish, error);
  if (routes == NULL)
    return NULL;
  plan.costs = volant_router_find_costs (router, route_wish);
  for (unsigned i = 0; i < routes->len; i++)
    add_charge (&plan, routes->pdata[i], NULL, 0);
  drop_unbearable (routes);
  if (volant_route_charge_keeps_reserve (((VolantRoute *) routes->pdata[0])->charge))
    return g_steal_pointer (&routes);
  if (route_wish->n_vias > 0)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "the charge does not suffice by way of these stops; where to charge between "
                   "them is not planned: ask for one after the other");
      return NULL;
    }
  bearable = find_bearable (&plan, error);
  if (bearable == NULL)
    return NULL;
  g_ptr_array_set_size (routes, 0);
  g_ptr_array_add (routes, bearable);
  return g_steal_pointer (&routes);
}
