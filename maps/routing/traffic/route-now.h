/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/router.h"

/* What has become of a route that was found a while ago: its times with the traffic of now. */

G_BEGIN_DECLS

typedef struct {
  uint32_t time_ms;       /* of the whole route */
  uint32_t delay_ms;
  uint32_t left_ms;       /* from where the car is to the end */
  uint32_t left_delay_ms; /* how much of that is due to traffic */
  bool is_closed;         /* a road ahead is, other than the one that the car is about to leave */
  uint32_t closed_at_mm;  /* where on the route the first such begins */
  uint32_t n_steps;
  uint32_t *steps_at_ms;
} VolantRouteNow;

/* For a car that has come so far along the route (transfer full). */
VolantRouteNow *volant_route_now (const VolantRouter *router, const VolantRoute *route,
                                  uint32_t travelled_mm);
void volant_route_now_free (VolantRouteNow *now);

/* Writes the times of now into the route: its own, and those of steps, manoeuvres and stops. */
void volant_route_retime (VolantRoute *route, const VolantRouteNow *now);

/* Whether what is left of one route is driven by the same roads as the other one. */
bool volant_route_goes_on_as (const VolantRoute *route, uint32_t travelled_mm,
                              const VolantRoute *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRouteNow, volant_route_now_free)

G_END_DECLS
