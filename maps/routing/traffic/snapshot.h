/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/traffic.h"

/* One state of the world: the times of every mode as they are now. Immutable; whoever holds a
 * reference sees one state to the end, also while another is put in force. */

G_BEGIN_DECLS

typedef struct {
  VolantMetric *now[VOLANT_N_MODES]; /* those of empty roads where traffic changes nothing */
  VolantTraffic *traffic;            /* (nullable) */
  int64_t made_at_s;                 /* the present that was handed in */
} VolantSnapshot;

/* free: the times of empty roads, one for each mode. */
VolantSnapshot *volant_snapshot_new (const VolantRoads *roads, VolantMetric *const *free,
                                     VolantTraffic *traffic, int64_t now_s);
/* The same as what follows on another one: a mode whose times have not changed keeps its metric, with
 * all that was made of it. *n_changed: how many links cost something else for some mode. */
VolantSnapshot *volant_snapshot_new_after (const VolantSnapshot *before, const VolantRoads *roads,
                                           VolantMetric *const *free, VolantTraffic *traffic,
                                           int64_t now_s, uint32_t *n_changed);
VolantSnapshot *volant_snapshot_ref (VolantSnapshot *snapshot);
void volant_snapshot_unref (VolantSnapshot *snapshot);

/* The place where the snapshot in force is kept. Any number of threads may take from it while
 * others put: a lock is held for as long as it takes to count a reference, never while a snapshot
 * is made or dropped. */
typedef struct _VolantSnapshotSlot VolantSnapshotSlot;

/* Takes the snapshot. */
VolantSnapshotSlot *volant_snapshot_slot_new (VolantSnapshot *snapshot);
void volant_snapshot_slot_free (VolantSnapshotSlot *slot);
/* The one in force (transfer full). */
VolantSnapshot *volant_snapshot_slot_take (VolantSnapshotSlot *slot);
/* Puts another in force (takes it): queries that have begun go on with the one they took. */
void volant_snapshot_slot_put (VolantSnapshotSlot *slot, VolantSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantSnapshot, volant_snapshot_unref)

G_END_DECLS
