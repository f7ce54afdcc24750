/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/route-charge.h"

/* A route's memory. */

VolantRoute *
volant_route_copy (const VolantRoute *route)
{
  VolantRoute *copy = g_memdup2 (route, sizeof *route);

  copy->geometry = g_memdup2 (route->geometry, route->n_points * sizeof *route->geometry);
  copy->steps = g_memdup2 (route->steps, route->n_steps * sizeof *route->steps);
  copy->stops = g_memdup2 (route->stops, route->n_stops * sizeof *route->stops);
  copy->manoeuvres = g_memdup2 (route->manoeuvres,
                                route->n_manoeuvres * sizeof *route->manoeuvres);
  for (uint32_t i = 0; i < route->n_manoeuvres; i++)
    {
      copy->manoeuvres[i].street = g_strdup (route->manoeuvres[i].street);
      copy->manoeuvres[i].ref = g_strdup (route->manoeuvres[i].ref);
      copy->manoeuvres[i].destination = g_strdup (route->manoeuvres[i].destination);
    }
  if (route->charge != NULL)
    copy->charge = volant_route_charge_copy (route->charge);
  return copy;
}

void
volant_route_free (VolantRoute *route)
{
  if (route == NULL)
    return;
  for (uint32_t i = 0; i < route->n_manoeuvres; i++)
    {
      g_free (route->manoeuvres[i].street);
      g_free (route->manoeuvres[i].ref);
      g_free (route->manoeuvres[i].destination);
    }
  volant_route_charge_free (route->charge);
  g_free (route->manoeuvres);
  g_free (route->steps);
  g_free (route->stops);
  g_free (route->geometry);
  g_free (route);
}
