/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/finder.h"
#include "maps/routing/stops/stops.h"

/* Times, and lengths where wished, of all ways from stops to stops. They are those that
 * volant_router_query_distance tells of each pair: entries and headings, which only steer the
 * search, are left out. */

G_BEGIN_DECLS

typedef struct {
  unsigned n_from;
  unsigned n_to;
  uint32_t *times_ms;   /* from * n_to + to; VOLANT_TIME_NEVER_MS where no way leads or an end is
                           off the map */
  uint32_t *lengths_mm; /* the same, 0 where no way leads; NULL where not wished */
} VolantTable;

/* from and to may be the same. metric: times of the stops' mode. Lengths, and streets for
 * destinations only, need a walk over the map for each stop to begin at; without them all is the
 * finder's. */
VolantTable *volant_table_new (VolantFinder *finder, const VolantMetric *metric,
                               const VolantStops *from, const VolantStops *to, bool with_lengths);
void volant_table_free (VolantTable *table);

static inline uint32_t
volant_table_get_ms (const VolantTable *table, unsigned from, unsigned to)
{
  return table->times_ms[(size_t) from * table->n_to + to];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTable, volant_table_free)

G_END_DECLS
