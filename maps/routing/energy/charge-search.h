/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/charge-label.h"
#include "maps/routing/ends.h"
#include "maps/routing/finder.h"

/* The fastest way on which the charge never falls below the reserve, with stops to charge: the
 * exact optimum over ways, stops and how long one charges at each. */

G_BEGIN_DECLS

/* Where one may charge. One goes on in the direction in which one came. */
typedef struct {
  VolantEnd end;
  VolantChargeCurve curve;
} VolantChargePost;

typedef struct {
  const VolantRoads *roads;
  const VolantTurns *turns;
  const VolantMetric *time;    /* milliseconds; at_cost of all spots is in it */
  const VolantMetric *energy;  /* milliwatt-hours, reduced; a link's lie evenly along it */
  const uint32_t *start_mwh;   /* (nullable) per link: to set off on it, from a stop too */
  VolantEnd from;
  VolantEnd to;
  const VolantChargePost *posts;
  unsigned n_posts;
  int64_t room_mwh;            /* full, less the reserve */
  int64_t charge_mwh;          /* at the start, less the reserve: 0 … room_mwh */
  double stop_ms;              /* a stop takes that much besides charging: parking, plug, pay */
} VolantChargeProblem;

typedef struct {
  uint32_t post;
  int64_t arrival_mwh;   /* above the reserve */
  int64_t departure_mwh;
  double charging_ms;
} VolantChargingStop;

typedef struct {
  VolantWay way;         /* its stops are those below */
  GArray *stops;         /* VolantChargingStop */
  double ms;             /* as the search counts: driving, stops and charging */
  int64_t arrival_mwh;
  uint32_t n_labels;     /* how much there was to look at */
} VolantChargeAnswer;

typedef enum {
  VOLANT_CHARGE_FOUND,
  VOLANT_CHARGE_NO_WAY,   /* not with any charge */
  VOLANT_CHARGE_TOO_LOW,  /* nor by charging at any of the posts */
  VOLANT_CHARGE_TOO_MUCH, /* more ways than could be weighed */
} VolantChargeResult;

/* Where it is TOO_LOW, least_mwh is what the most frugal way takes (INT64_MAX with NO_WAY). */
VolantChargeResult volant_charge_search (VolantFinder *finder, const VolantChargeProblem *problem,
                                         VolantChargeAnswer *answer, int64_t *least_mwh);
void volant_charge_answer_clear (VolantChargeAnswer *answer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VolantChargeAnswer, volant_charge_answer_clear)

G_END_DECLS
