/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/navigation/navigation.h"
#include "app/navigation/trip-wish.h"

/* A search for routes, done in a thread: all that it needs is its own. */

G_BEGIN_DECLS

typedef struct {
  VolantRouter *router;
  VolantFix fix;
  VolantTarget *target;
  VolantTripWish *wish;
  unsigned n_routes;
  bool is_reroute;
  bool is_told; /* with news: it is not begun with words of its own */
} VolantRouteSearch;

/* All is copied or referenced. */
VolantRouteSearch *volant_route_search_new (VolantRouter *router, const VolantFix *fix,
                                            const VolantTarget *target,
                                            const VolantTripWish *wish, unsigned n_routes);
void volant_route_search_free (VolantRouteSearch *search);

/* Sets off: task owns search from now on and ends with a GPtrArray of VolantRoute, the best first,
 * or with a VOLANT_MAPS_ERROR. */
void volant_route_search_start (VolantRouteSearch *search, GTask *task);

G_END_DECLS
