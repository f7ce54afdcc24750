/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"

/* Costs that may be negative, made fit for searches that bear none: potentials of the junctions
 * (Johnson, "Efficient algorithms for shortest paths in sparse networks", J. ACM 24, 1977), found
 * by Bellman and Ford's relaxation in a queue. */

G_BEGIN_DECLS

/* Lowers the potentials (n_junctions; a guess, zeros will do) until no link of signed costs
 * (2 x segments; those at VOLANT_COST_NEVER are not there) is negative once reduced:
 * cost + potential of its begin - that of its end >= 0. The better the guess, the less work: none
 * where it fits. Turns are taken to cost nothing, which is safe as they are never negative.
 * VOLANT_MAPS_ERROR_INVALID where a way round in a circle costs less than nothing: it names the
 * place, and the potentials are not to be used. VOLANT_MAPS_ERROR_TOO_LARGE where one passes
 * +-2^30. */
bool volant_potentials_find (const VolantRoads *roads, const int32_t *link_costs,
                             int32_t *potentials, GError **error);

/* Gives a metric these signed link costs, reduced. guess: potentials to begin with, NULL for zeros.
 * What passes VOLANT_COST_NEVER stops there. Errors as above; the metric is then as it was. */
bool volant_metric_reduce (VolantMetric *metric, const VolantRoads *roads,
                           const int32_t *link_costs, const int32_t *guess, GError **error);

/* What a link really costs; the inverse of the reduction. */
int64_t volant_metric_get_signed (const VolantMetric *metric, const VolantRoads *roads,
                                  uint32_t link);

G_END_DECLS
