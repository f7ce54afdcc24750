/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* A route, and what a driver must do along it. Plain data, no text: sentences are made in
 * app/navigation/ from the manoeuvres, in the person's language. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_MANOEUVRE_DEPART,
  VOLANT_MANOEUVRE_CONTINUE,       /* a new name, or straight on where that is not plain */
  VOLANT_MANOEUVRE_TURN,           /* modifier tells which way */
  VOLANT_MANOEUVRE_END_OF_ROAD,    /* a T-junction */
  VOLANT_MANOEUVRE_FORK,
  VOLANT_MANOEUVRE_MERGE,
  VOLANT_MANOEUVRE_ON_RAMP,
  VOLANT_MANOEUVRE_OFF_RAMP,
  VOLANT_MANOEUVRE_ROUNDABOUT,     /* exit_number counts the exits that may be driven */
  VOLANT_MANOEUVRE_FERRY,
  VOLANT_MANOEUVRE_VIA,            /* a stop on the way is passed; modifier as for ARRIVE */
  VOLANT_MANOEUVRE_ARRIVE,
} VolantManoeuvreKind;

typedef enum {
  VOLANT_MODIFIER_STRAIGHT,
  VOLANT_MODIFIER_SLIGHT_RIGHT,
  VOLANT_MODIFIER_RIGHT,
  VOLANT_MODIFIER_SHARP_RIGHT,
  VOLANT_MODIFIER_U_TURN,
  VOLANT_MODIFIER_SHARP_LEFT,
  VOLANT_MODIFIER_LEFT,
  VOLANT_MODIFIER_SLIGHT_LEFT,
} VolantModifier;

typedef struct {
  VolantManoeuvreKind kind;
  VolantModifier modifier;  /* for ARRIVE: the side of the target (LEFT, RIGHT or STRAIGHT) */
  uint32_t point;           /* index into the route's geometry */
  uint32_t at_mm;           /* from the start of the route */
  uint32_t at_ms;
  uint32_t exit_number;     /* roundabouts, from 1; 0 otherwise */
  double bearing_before_deg;
  double bearing_after_deg;
  char *street;             /* the road entered, "" if unnamed */
  char *ref;                /* "A 8" or "" */
  char *destination;        /* sign, "" if none */
} VolantManoeuvre;

/* One link (or a part of one) of the way. */
typedef struct {
  uint32_t link;        /* roads link */
  uint32_t first_point; /* into geometry; the next step begins where this one ends */
  uint32_t at_mm;
  uint32_t at_ms;       /* when the step begins, the turn into it included before */
} VolantRouteStep;

/* A stop on the way. */
typedef struct {
  VolantPoint asked;
  uint32_t point;       /* into geometry: where the way passes it */
  uint32_t at_mm;       /* from the start of the route */
  uint32_t at_ms;
} VolantRouteStop;

/* maps/routing/energy/route-charge.h */
typedef struct _VolantRouteCharge VolantRouteCharge;

typedef struct {
  VolantMode mode;
  uint32_t time_ms;     /* with the traffic as it was known */
  uint32_t delay_ms;    /* how much of it is due to traffic */
  uint32_t length_mm;
  uint32_t n_points;    /* >= 2 */
  VolantPoint *geometry;
  uint32_t n_steps;
  VolantRouteStep *steps;
  uint32_t n_manoeuvres; /* the first is DEPART, the last ARRIVE */
  VolantManoeuvre *manoeuvres;
  uint32_t n_stops;     /* those between the ends */
  VolantRouteStop *stops;
  uint32_t motorway_mm; /* how much of it is motorway, ramps included */
  uint32_t toll_mm;
  uint32_t ferry_mm;
  unsigned unavoided;   /* of what was to be avoided (VolantAvoid) what it has all the same */
  VolantRouteCharge *charge; /* (nullable) what it takes from the battery, where that was asked */
  VolantPoint from;     /* as asked */
  VolantPoint to;
} VolantRoute;

VolantRoute *volant_route_copy (const VolantRoute *route);
void volant_route_free (VolantRoute *route);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRoute, volant_route_free)

G_END_DECLS
