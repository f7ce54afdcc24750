/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/turns.h"

/* What each mode pays, in integer milliseconds: along a link, and for the turn between two links.
 * The one place that knows; a metric (maps/routing/metric.h) lays it out beside the links and arcs
 * of the topology. */

G_BEGIN_DECLS

/* Along the whole link; VOLANT_TIME_NEVER_MS where the mode may not use it, else at least 1. */
uint32_t volant_profile_link_ms (const VolantRoads *roads, VolantMode mode, uint32_t link);

/* For the turn at the end of from_link into to_link: waiting at signals and signs, slowing down,
 * crossing traffic, boarding a ferry. Does not ask whether the turn is allowed. */
uint32_t volant_profile_turn_ms (const VolantRoads *roads, const VolantTurns *turns,
                                 VolantMode mode, uint32_t from_link, uint32_t to_link);

/* What the search adds, but no clock shows: for driving into a road that is for those who live or
 * deliver there. It is paid once by each way that begins elsewhere, so it keeps through traffic out
 * and stays the same for all ways that end there. */
uint32_t volant_profile_entry_ms (const VolantRoads *roads, VolantMode mode, uint32_t from_link,
                                  uint32_t to_link);

/* Sums that stop at VOLANT_TIME_NEVER_MS. */
static inline uint32_t
volant_time_add (uint32_t a_ms, uint32_t b_ms)
{
  return MIN (a_ms + b_ms, VOLANT_TIME_NEVER_MS); /* both are below 2^31 */
}

G_END_DECLS
