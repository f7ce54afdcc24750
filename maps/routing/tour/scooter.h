/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"

G_BEGIN_DECLS

/* Times of a driver on a folding scooter that rides in the boot of the car he moves: 15 km/h
 * wherever one may walk, either way of a one-way street too; carried up and down steps and waiting
 * at signals like a walker. The figure is ours: the mean of riding at up to 25 km/h, crossings,
 * folding and unfolding left to the handling of a move (transfer full). */
VolantMetric *volant_scooter_metric_new (const VolantRoads *roads, const VolantTurns *turns);

G_END_DECLS
