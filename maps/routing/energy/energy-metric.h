/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/energy.h"
#include "maps/routing/metric.h"

/* What every link and turn of a city takes out of a battery, at the speeds of a time metric. */

G_BEGIN_DECLS

typedef struct {
  VolantEnergyConditions conditions;
  VolantMetric *time;    /* whose speeds these are */
  VolantMetric *energy;  /* milliwatt-hours, reduced: real ones by volant_metric_get_signed() */
  uint32_t *start_mwh;   /* per link: from rest to its speed, which a way pays where it begins */
} VolantEnergyCosts;

/* Of the vehicle's mode, which must be the time metric's (transfer full). The potentials are what a
 * junction's height stores. Errors of volant_energy_check(). */
VolantEnergyCosts *volant_energy_costs_new (const VolantRoads *roads, const VolantTurns *turns,
                                            VolantMetric *time,
                                            const VolantEnergyConditions *conditions,
                                            GError **error);
void volant_energy_costs_free (VolantEnergyCosts *costs);

/* From the begin of a link to a place on it: what it takes is laid evenly along it. */
int64_t volant_energy_costs_part_mwh (const VolantEnergyCosts *costs, const VolantRoads *roads,
                                      uint32_t link, uint32_t at_mm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantEnergyCosts, volant_energy_costs_free)

G_END_DECLS
