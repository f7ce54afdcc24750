/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/charge-label.h"

#include <math.h>

/* Times that differ by less are the same: sums of doubles in another order. */
#define SAME_MS 1e-6

VolantChargeCurve
volant_charge_curve (const VolantVehicleModel *model, double reserve_share, double post_w)
{
  VolantChargeCurve curve = { .n = 1 };
  double empty_s = volant_vehicle_model_charging_s (model, reserve_share, post_w);

  for (unsigned i = 0; i < model->n_charging; i++)
    {
      double share = model->charging[i].up_to_share;

      if (share <= reserve_share)
        continue;
      curve.mwh[curve.n] = llrint ((share - reserve_share) * model->battery_wh * 1000.0);
      curve.ms[curve.n] =
        1000.0 * (volant_vehicle_model_charging_s (model, share, post_w) - empty_s);
      curve.n++;
    }
  return curve;
}

double
volant_charge_curve_ms (const VolantChargeCurve *curve, int64_t mwh)
{
  unsigned i = 1;

  if (curve->n < 2)
    return 0.0;
  while (i + 1 < curve->n && mwh > curve->mwh[i])
    i++;
  return curve->ms[i - 1] + (curve->ms[i] - curve->ms[i - 1]) * (double) (mwh - curve->mwh[i - 1]) /
                              (double) (curve->mwh[i] - curve->mwh[i - 1]);
}

double
volant_charge_label_ms (const VolantChargeLabel *label, int64_t mwh)
{
  return label->curve != NULL
           ? label->ms + volant_charge_curve_ms (label->curve, mwh + label->shift)
           : label->ms;
}

/* One charge alone is left: its time is fixed. */
static void
fix (VolantChargeLabel *label, double ms, int64_t mwh)
{
  *label = (VolantChargeLabel) { .ms = ms, .low = mwh, .high = mwh };
}

bool
volant_charge_label_drive (VolantChargeLabel *label, double ms, int64_t mwh, int64_t room)
{
  if (label->high < mwh)
    return false;
  if (label->low - mwh > room)
    {
      fix (label, volant_charge_label_ms (label, label->low) + ms, room);
      return true;
    }
  label->ms += ms;
  label->shift += mwh;
  label->low = MAX (label->low - mwh, 0);
  label->high = MIN (label->high - mwh, room);
  return true;
}

bool
volant_charge_label_need (VolantChargeLabel *label, int64_t need)
{
  if (label->high < need)
    return false;
  label->low = MAX (label->low, need);
  return true;
}

static bool
is_no_later (const VolantChargeLabel *a, const VolantChargeLabel *b, int64_t mwh)
{
  return volant_charge_label_ms (a, MAX (mwh, a->low)) <= volant_charge_label_ms (b, mwh) + SAME_MS;
}

static bool
is_no_later_at_points (const VolantChargeLabel *a, const VolantChargeLabel *b,
                       const VolantChargeLabel *of)
{
  for (unsigned i = 0; of->curve != NULL && i < of->curve->n; i++)
    {
      int64_t mwh = of->curve->mwh[i] - of->shift;

      if (mwh > b->low && mwh < b->high && !is_no_later (a, b, mwh))
        return false;
    }
  return true;
}

bool
volant_charge_label_dominates (const VolantChargeLabel *a, const VolantChargeLabel *b)
{
  /* both are straight between the points of their curves, so those and the ends will do */
  if (a->high < b->high || !is_no_later (a, b, b->low))
    return false;
  if (a->curve == NULL || b->low == b->high)
    return true;
  return is_no_later (a, b, b->high) &&
         (a->low <= b->low || a->low >= b->high || is_no_later (a, b, a->low)) &&
         is_no_later_at_points (a, b, a) && is_no_later_at_points (a, b, b);
}

/* The least point of a label's curve, or the end of what one has with it, above mwh. */
static int64_t
next_point (const VolantChargeLabel *label, int64_t mwh)
{
  for (unsigned i = 0; label->curve != NULL && i < label->curve->n; i++)
    if (label->curve->mwh[i] - label->shift > mwh)
      return MIN (label->curve->mwh[i] - label->shift, label->high);
  return label->high;
}

bool
volant_charge_label_trim (VolantChargeLabel *label, const VolantChargeLabel *by)
{
  int64_t end = MIN (label->high, by->high);

  if (label->low > end || !is_no_later (by, label, label->low))
    return true;
  while (label->low < end)
    {
      int64_t from = label->low, to = MIN (next_point (label, from), next_point (by, from));
      double begin_ms, end_ms;

      to = from < by->low ? MIN (to, by->low) : to;
      begin_ms = volant_charge_label_ms (label, from) -
                 volant_charge_label_ms (by, MAX (from, by->low));
      end_ms = volant_charge_label_ms (label, to) - volant_charge_label_ms (by, MAX (to, by->low));
      if (end_ms < -SAME_MS)
        {
          label->low += (int64_t) ((double) (to - from) * MAX (begin_ms, 0.0) /
                                   (MAX (begin_ms, 0.0) - end_ms));
          return true;
        }
      label->low = to;
    }
  return end < label->high;
}

unsigned
volant_charge_label_arrivals (const VolantChargeLabel *label,
                              int64_t arrivals[VOLANT_MOST_ARRIVALS])
{
  unsigned n = 0;

  arrivals[n++] = label->low;
  for (unsigned i = 0; label->curve != NULL && i < label->curve->n; i++)
    {
      int64_t mwh = label->curve->mwh[i] - label->shift;

      if (mwh > label->low && mwh < label->high)
        arrivals[n++] = mwh;
    }
  if (label->high > label->low)
    arrivals[n++] = label->high;
  return n;
}
