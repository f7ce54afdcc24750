/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/turns.h"

/* Small random roads with their turns, for tests against brute force: hills, one-ways, restrictions
 * (also over several links), loops and doubled roads, signals. */

G_BEGIN_DECLS

typedef struct {
  VolantRoads roads;
  VolantTurns *turns;
  GPtrArray *memory;
} RandomRoads;

RandomRoads *random_roads_new (uint32_t n_junctions, unsigned n_segments, unsigned n_restrictions);
/* A valley: segment s joins junctions s and s + 1, those past them two that are near each other; no
 * road is closed to anyone. */
RandomRoads *random_roads_new_valley (uint32_t n_junctions, unsigned n_segments);
void random_roads_free (RandomRoads *self);

/* Signed costs of links that no circle makes negative: at least least, but for a random height at
 * each junction up to heights that is paid on the way up and comes back on the way down. Closed
 * links are at VOLANT_COST_NEVER (transfer full). */
int32_t *random_roads_hilly_costs (const RandomRoads *self, VolantMode mode, int least, int most,
                                   int heights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RandomRoads, random_roads_free)

G_END_DECLS
