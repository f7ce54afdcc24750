/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* What is asked of the router: from where to where, by way of what, and what not. Plain data; the
 * arrays are borrowed. */

G_BEGIN_DECLS

#define VOLANT_WISH_MOST_VIAS 8
#define VOLANT_WISH_MOST_ROUTES 3

/* What is kept clear of, wherever there is another way. */
typedef enum {
  VOLANT_AVOID_MOTORWAYS = 1 << 0, /* and their ramps, which fall under the same rules */
  VOLANT_AVOID_TOLLS = 1 << 1,
  VOLANT_AVOID_FERRIES = 1 << 2,
} VolantAvoid;

#define VOLANT_N_AVOIDS 3

/* How much room a vehicle takes; 0 where that is not known, and then nothing is too small for it. */
typedef struct {
  uint32_t height_cm;
  uint32_t width_cm;
  uint32_t length_cm;
  uint32_t weight_kg;
  uint32_t axle_load_kg;
} VolantVehicleSize;

typedef struct {
  VolantMode mode;
  VolantPoint from;
  double heading_deg;       /* where the car points, NAN if unknown */
  VolantPoint to;
  const VolantPoint *vias;  /* in the order in which they are passed */
  unsigned n_vias;          /* at most VOLANT_WISH_MOST_VIAS */
  unsigned avoid;           /* mask of VolantAvoid */
  const uint32_t *blocked;  /* links that are closed: none passes them; a way may still end on one,
                               coming from where it begins */
  unsigned n_blocked;
  VolantVehicleSize size;   /* no way leads where it does not fit */
  unsigned n_routes;        /* the best and its alternatives, at most VOLANT_WISH_MOST_ROUTES; 0
                               counts as 1. With vias there are no alternatives. */
} VolantRouteWish;

/* The fastest way, whichever way the car points. */
VolantRouteWish volant_route_wish (VolantMode mode, VolantPoint from, VolantPoint to);

/* "motorways", "tolls", "ferries" by bit. */
const char *volant_avoid_name (VolantAvoid avoid);
/* Reads such words, with commas or blanks between; "" is nothing to avoid. The singular is taken
 * too. VOLANT_MAPS_ERROR_INVALID names the word that is not known. */
bool volant_avoid_parse (const char *text, unsigned *avoid, GError **error);

/* Whether a vehicle keeps within a limit. */
bool volant_vehicle_size_fits (const VolantVehicleSize *size, const VolantLimit *limit);

G_END_DECLS
