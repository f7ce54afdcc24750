/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/energy.h"
#include "maps/routing/metric.h"
#include "maps/routing/route.h"

/* What a route takes out of the battery, and what is left on arrival. */

G_BEGIN_DECLS

/* A stop to charge; the route has a stop for each of them, in the same order. */
typedef struct {
  unsigned charger;      /* index of the charger, as it was given */
  char *name;            /* "" where it has none */
  uint32_t step;         /* of the route, on whose link it lies */
  int64_t arrival_mwh;
  int64_t departure_mwh;
  uint32_t charging_ms;
  uint32_t stop_ms;      /* besides: parking, plugging in */
} VolantRouteCharging;

/* All in milliwatt-hours of the whole battery. */
struct _VolantRouteCharge {
  const char *vehicle;  /* name of its model */
  int64_t full_mwh;
  int64_t reserve_mwh;
  int64_t start_mwh;
  int64_t arrival_mwh;  /* below 0 where the charge does not suffice: that much is missing */
  int64_t lowest_mwh;   /* of all places where a step begins or one arrives */
  int64_t used_mwh;     /* out of the battery, less what came back */
  int64_t lost_mwh;     /* what could have come back into a battery that was full */
  uint32_t n_steps;
  int64_t *steps_mwh;   /* n_steps + 1: the charge where each of the route's steps begins, the turn
                           into it included, and on arrival */
  unsigned n_chargings;
  VolantRouteCharging *chargings;
  uint32_t time_ms;     /* driving, charging and stops */
};

typedef struct {
  double start_share;   /* of the battery, 0 … 1 */
  double reserve_share;
} VolantChargeLevels;

/* Of a route over these roads, at the speeds of a time metric of its mode. chargings (transfer
 * none): nullable where n_chargings is 0; their arrival_mwh is reckoned here, and what one leaves
 * with is no less (transfer full). */
VolantRouteCharge *volant_route_charge_new (const VolantRoute *route, const VolantRoads *roads,
                                            const VolantTurns *turns, const VolantMetric *clock,
                                            const VolantEnergyConditions *conditions,
                                            const VolantChargeLevels *levels,
                                            const VolantRouteCharging *chargings,
                                            unsigned n_chargings);
VolantRouteCharge *volant_route_charge_copy (const VolantRouteCharge *charge);
void volant_route_charge_free (VolantRouteCharge *charge);

/* What is left on arrival of a car that is so far along the route and holds so much now: what the
 * rest of the way takes, by the charges above. Below 0 where it does not suffice. */
int64_t volant_route_charge_on_arrival (const VolantRouteCharge *charge, const VolantRoute *route,
                                        uint32_t travelled_mm, int64_t now_mwh);

/* Whether the charge never falls below the reserve. */
bool volant_route_charge_keeps_reserve (const VolantRouteCharge *charge);

/* Of the whole battery, in percent. */
double volant_route_charge_percent (const VolantRouteCharge *charge, int64_t mwh);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRouteCharge, volant_route_charge_free)

G_END_DECLS
