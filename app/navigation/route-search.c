/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/route-search.h"

#include <math.h>

/* The router may be used by any thread; the query is this search's own. */

/* Slower than this the heading says little. */
#define HEADING_SPEED_MPS 1.0

VolantRouteSearch *
volant_route_search_new (VolantRouter *router, const VolantFix *fix, const VolantTarget *target,
                         const VolantTripWish *wish, unsigned n_routes)
{
  VolantRouteSearch *search = g_new0 (VolantRouteSearch, 1);

  search->router = volant_router_ref (router);
  search->fix = *fix;
  search->target = volant_target_copy (target);
  search->wish = volant_trip_wish_copy (wish);
  search->n_routes = n_routes;
  return search;
}

void
volant_route_search_free (VolantRouteSearch *search)
{
  if (search == NULL)
    return;
  volant_router_unref (search->router);
  volant_target_free (search->target);
  volant_trip_wish_free (search->wish);
  g_free (search);
}

static void
find_routes (GTask *task, void *source, void *data, GCancellable *cancellable)
{
  const VolantRouteSearch *search = data;
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (search->router);
  VolantRouteWish asked = volant_route_wish (VOLANT_MODE_CAR, search->fix.point,
                                             search->target->point);
  GError *error = NULL;
  GPtrArray *routes;

  if (isfinite (search->fix.speed_mps) && search->fix.speed_mps > HEADING_SPEED_MPS)
    asked.heading_deg = search->fix.heading_deg;
  asked.n_routes = search->n_routes;
  volant_trip_wish_apply (search->wish, &asked);
  routes = volant_router_query_routes (query, &asked, &error);
  if (routes != NULL)
    g_task_return_pointer (task, routes, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
volant_route_search_start (VolantRouteSearch *search, GTask *task)
{
  g_task_set_task_data (task, search, (GDestroyNotify) volant_route_search_free);
  g_task_run_in_thread (task, find_routes);
}
