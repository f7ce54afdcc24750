/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/vehicle-model.h"

/* What one may have at a place on the way: a time for each charge, since one may have charged more
 * or less at the last stop (Baum, Dibbelt, Gemsa, Wagner, Zündorf: "Shortest feasible paths with
 * charging stops for battery electric vehicles", SIGSPATIAL 2015; CHArge). Private to
 * maps/routing/energy.
 *
 * Charges are milliwatt-hours above the reserve, from 0 to room (full, less the reserve). */

G_BEGIN_DECLS

#define VOLANT_CURVE_MOST_POINTS (VOLANT_MAX_CHARGING_STEPS + 1)
#define VOLANT_NO_POST UINT32_MAX

/* Milliseconds from the reserve to a charge, between points a straight line; convex, the first
 * point is 0 at 0, the last is full. */
typedef struct {
  unsigned n;
  int64_t mwh[VOLANT_CURVE_MOST_POINTS];
  double ms[VOLANT_CURVE_MOST_POINTS];
} VolantChargeCurve;

/* Of a vehicle at a post that gives at most post_w. */
VolantChargeCurve volant_charge_curve (const VolantVehicleModel *model, double reserve_share,
                                       double post_w);
double volant_charge_curve_ms (const VolantChargeCurve *curve, int64_t mwh);

typedef struct {
  double ms;       /* without a curve: the time, of one charge low = high */
  int64_t shift;   /* with one: leaving the post with y + shift gives y here, at ms + curve (y +
                      shift) */
  int64_t low;
  int64_t high;
  const VolantChargeCurve *curve; /* of the last post, NULL where no charging there helps */
} VolantChargeLabel;

/* The time at which one has this charge, from low to high. */
double volant_charge_label_ms (const VolantChargeLabel *label, int64_t mwh);

/* Drives on: what is above room is lost, what would fall below the reserve is no way. False where
 * no charge suffices. */
bool volant_charge_label_drive (VolantChargeLabel *label, double ms, int64_t mwh, int64_t room);

/* Leaves out charges below need; false where none is left. */
bool volant_charge_label_need (VolantChargeLabel *label, int64_t need);

/* Whether for each charge of b, a has as much no later. */
bool volant_charge_label_dominates (const VolantChargeLabel *a, const VolantChargeLabel *b);

/* Leaves out of label the least charges, up to where by is no longer as good; false where nothing
 * is left. */
bool volant_charge_label_trim (VolantChargeLabel *label, const VolantChargeLabel *by);

/* The charges with which it may be best to come to a further post. All stops together take a time
 * that is piecewise linear in the charges one leaves with; it can be least only at an end, or where
 * the curve of the post one left bends: there charging gets slower. (Where that of the next post
 * bends, the sum bends the other way.) Returns how many, ascending. */
#define VOLANT_MOST_ARRIVALS (VOLANT_CURVE_MOST_POINTS + 2)
unsigned volant_charge_label_arrivals (const VolantChargeLabel *label,
                                       int64_t arrivals[VOLANT_MOST_ARRIVALS]);

G_END_DECLS
