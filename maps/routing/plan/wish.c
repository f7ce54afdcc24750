/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/wish.h"

#include <math.h>

/* The wish of those who have none but to be there. */

VolantRouteWish
volant_route_wish (VolantMode mode, VolantPoint from, VolantPoint to)
{
  return (VolantRouteWish) { .mode = mode, .from = from, .heading_deg = NAN, .to = to };
}
