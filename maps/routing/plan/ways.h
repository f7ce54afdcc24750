/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/ends.h"
#include "maps/routing/finder.h"

/* The cheapest way from an end, by way of others, to the last. */

G_BEGIN_DECLS

#define VOLANT_WAYS_MOST_ENDS 10

/* Finds the way through n_ends >= 2 ends in their order and fills it (volant_way_clear); false where
 * there is none, *failed (nullable) is then the first end that is not reached. What stands between
 * the first and the last is passed and not turned round at: the way goes on in the direction, and
 * with the turn restrictions under way, in which it came. (Of the several ways to come to a link
 * inside a restriction the cheapest is gone on from.) cost is what the search counts, cost of the
 * first end's penalty included. */
bool volant_ways_find (VolantFinder *finder, const VolantTurns *turns, const VolantMetric *metric,
                       const VolantEnd *ends, unsigned n_ends, VolantWay *way, uint32_t *cost,
                       unsigned *failed);

/* The seeds of all that leaves an end's spots, appended; first (nullable): n_spots + 1 indices. */
void volant_ways_add_seeds (const VolantTurns *turns, const VolantMetric *metric,
                            const VolantEnd *end, GArray *seeds, unsigned *first);
void volant_ways_add_goals (const VolantEnd *end, GArray *goals);

G_END_DECLS
