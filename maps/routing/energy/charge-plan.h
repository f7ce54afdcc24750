/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/route-charge.h"
#include "maps/routing/router.h"

/* Routes that a battery bears: the fastest where it does, else the fastest that keeps a reserve,
 * with stops to charge where there must be. */

G_BEGIN_DECLS

/* A station where one may charge. */
typedef struct {
  const char *name; /* (nullable) borrowed */
  VolantPoint point;
  double power_w; /* at most; what the vehicle takes by itself is a limit too */
} VolantCharger;

#define VOLANT_CHARGING_STOP_S 120.0 /* parking, plugging in and out, paying */

typedef struct {
  VolantEnergyConditions conditions;
  VolantChargeLevels levels;
  const VolantCharger *chargers; /* borrowed; those off the map are left out */
  unsigned n_chargers;
  double stop_s;                 /* what a stop takes besides charging, VOLANT_CHARGING_STOP_S */
} VolantChargeWish;

/* Whether shares are from 0 to 1, the stop is a time, and volant_energy_check():
 * VOLANT_MAPS_ERROR_INVALID. */
bool volant_charge_wish_check (const VolantChargeWish *wish, GError **error);

/* What a route takes, at the speeds that are known now (transfer full). */
VolantRouteCharge *volant_charge_of_route (const VolantRouter *router, const VolantRoute *route,
                                           const VolantEnergyConditions *conditions,
                                           const VolantChargeLevels *levels);

/* As volant_router_query_routes(), each route with its charge; the first keeps the reserve, and so
 * do all alternatives (others are left out). The mode is the vehicle's. Errors besides:
 * VOLANT_MAPS_ERROR_INVALID (as above), VOLANT_MAPS_ERROR_NO_CHARGE where the charge does not
 * suffice, nor any charging on the way, VOLANT_MAPS_ERROR_UNSUPPORTED where one would have to
 * charge between stops that were asked for, VOLANT_MAPS_ERROR_TOO_LARGE where there are too many
 * ways to weigh. */
GPtrArray *volant_charge_plan_routes (VolantRouter *router, VolantRouterQuery *query,
                                      const VolantRouteWish *route_wish,
                                      const VolantChargeWish *wish, GError **error);

G_END_DECLS
