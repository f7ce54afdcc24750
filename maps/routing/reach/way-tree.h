/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/ends.h"

/* From the search's costs to what a person is told, for all that was reached at once. The search
 * counts entries (volant_profile_entry_ms) and reduced energies; a clock and a battery do not. One
 * walk along the cheapest ways puts that right, in time proportional to the arcs. */

G_BEGIN_DECLS

/* Where a way is not. */
#define VOLANT_VALUE_NEVER INT64_MAX

/* A seed of the search, and what a person has spent when the way comes there. */
typedef struct {
  uint32_t state;
  uint32_t cost;
  int64_t value;      /* milliseconds of the clock, milliwatt-hours of the battery, millimetres */
  uint32_t length_mm;
} VolantWaySeed;

/* Values at the begin of each state. */
typedef struct {
  int64_t *values;     /* n_states; VOLANT_VALUE_NEVER where no way leads */
  int64_t *peaks;      /* the most that was spent at any junction of the way: more than values where
                          a battery is charged downhill */
  uint32_t *lengths_mm;
} VolantWayTree;

VolantWayTree *volant_way_tree_new (const VolantTurns *turns);
void volant_way_tree_free (VolantWayTree *tree);

/* costs: of volant_finder_reach from the same seeds. */
void volant_way_tree_fill (VolantWayTree *tree, const VolantRoads *roads, const VolantTurns *turns,
                           const VolantMetric *metric, const VolantWaySeed *seeds,
                           unsigned n_seeds, const uint32_t *costs);

/* Appends the seeds (VolantWaySeed) of a place where a way begins. */
void volant_way_seeds_add (GArray *seeds, const VolantRoads *roads, const VolantTurns *turns,
                           const VolantMetric *metric, const VolantEnd *end);

/* What a link costs a person: the search's cost without potentials. */
int64_t volant_way_link_value (const VolantRoads *roads, const VolantMetric *metric,
                               uint32_t link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantWayTree, volant_way_tree_free)

G_END_DECLS
