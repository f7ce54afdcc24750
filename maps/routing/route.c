/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/route-charge.h"

/* A route's memory. */

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
