/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* What is asked of the router: from where to where, by way of what, and what not. Plain data; the
 * arrays are borrowed. */

G_BEGIN_DECLS

#define VOLANT_WISH_MOST_VIAS 8

typedef struct {
  VolantMode mode;
  VolantPoint from;
  double heading_deg;       /* where the car points, NAN if unknown */
  VolantPoint to;
  const VolantPoint *vias;  /* in the order in which they are passed */
  unsigned n_vias;          /* at most VOLANT_WISH_MOST_VIAS */
} VolantRouteWish;

/* The fastest way, whichever way the car points. */
VolantRouteWish volant_route_wish (VolantMode mode, VolantPoint from, VolantPoint to);

G_END_DECLS
