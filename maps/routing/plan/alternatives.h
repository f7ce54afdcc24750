/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/plan/ways.h"

/* Ways that a driver would take for another way: by Abraham, Delling, Goldberg and Werneck,
 * "Alternative Routes in Road Networks" (2013), found on the plateaus of Camvit's "Choice Routing"
 * (2005). */

G_BEGIN_DECLS

/* What an alternative may share with the ways chosen before it, of the best one's time. */
#define VOLANT_ALTERNATIVE_SHARING 0.7
/* How much longer than the best it may take. */
#define VOLANT_ALTERNATIVE_STRETCH 1.25
/* How much longer the stretch may take that it does not share with the best. */
#define VOLANT_ALTERNATIVE_DETOUR_STRETCH 1.5
/* No piece of it that takes less than this part of the best one's time can be bettered. */
#define VOLANT_ALTERNATIVE_OPTIMALITY 0.25

/* Appends at most n_most alternatives to the best way between two ends (ways: VolantWay, each to be
 * cleared). cost: of the best, as the search counts it. A car on a road that traffic has closed is
 * only told how to get out of it. */
void volant_alternatives_find (VolantFinder *finder, const VolantRouter *router,
                               const VolantCosts *costs, const VolantEnd *from,
                               const VolantEnd *to, const VolantWay *best, uint32_t cost,
                               unsigned n_most, GArray *ways);

G_END_DECLS
