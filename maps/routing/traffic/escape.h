/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/search.h"

/* A car may find itself on a road that has been closed. It may leave: along closed links, at the
 * costs of the free road, until it comes to an open one. Nothing else may drive there. */

G_BEGIN_DECLS

/* Appends seeds (VolantSeed) for all open links that a car comes to from the end of a state of a
 * closed link, where cost was paid so far. A state may stand there more than once; its dearer ways
 * do a search no harm. At most some thousands of links are followed: a closed stretch is a road,
 * not a country. */
void volant_escape_add_seeds (const VolantTurns *turns, const VolantMetric *metric, uint32_t state,
                              uint32_t cost, GArray *seeds);

/* Puts the closed states (uint32_t) that lead to the seed before what states holds: number is the
 * seed's among those that were appended for this state. */
void volant_escape_prepend (const VolantTurns *turns, const VolantMetric *metric, uint32_t state,
                            uint32_t number, GArray *states);

G_END_DECLS
