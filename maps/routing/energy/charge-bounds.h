/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/charge-search.h"

/* What is left at least from every state to the target, for the search's order and to leave out
 * what leads nowhere. Private to maps/routing/energy. */

G_BEGIN_DECLS

typedef struct {
  uint32_t *time_ms;      /* from the begin of each state to the target; VOLANT_COST_NEVER */
  double *work_ms;        /* the same, charging all that the way takes at the fastest post: time +
                             ms_per_mwh x energy; NULL without posts */
  int64_t *energy_mwh;    /* to the target; VOLANT_FAR_MWH */
  int64_t *need_mwh;      /* to the nearest of target and posts */
  double ms_per_mwh;
} VolantChargeBounds;

#define VOLANT_FAR_MWH (INT64_C (1) << 40)

VolantChargeBounds *volant_charge_bounds_new (VolantFinder *finder,
                                              const VolantChargeProblem *problem);
void volant_charge_bounds_free (VolantChargeBounds *bounds);

/* From the begin of a link to a place on it. */
int64_t volant_charge_part_mwh (const VolantChargeProblem *problem, uint32_t link, uint32_t at_mm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantChargeBounds, volant_charge_bounds_free)

G_END_DECLS
