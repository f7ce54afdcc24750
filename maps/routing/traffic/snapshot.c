/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/snapshot.h"

#include <pthread.h>
#include <stdatomic.h>

/* pthreads and C11 atomics alone, so that the thread sanitizer sees all of it. */

typedef struct {
  VolantSnapshot snapshot; /* first: it is what others see */
  atomic_int references;
} Snapshot;

struct _VolantSnapshotSlot {
  pthread_mutex_t lock;
  VolantSnapshot *in_force;
};

VolantSnapshot *
volant_snapshot_new (const VolantRoads *roads, VolantMetric *const *free, VolantTraffic *traffic,
                     int64_t now_s)
{
  Snapshot *self = g_new0 (Snapshot, 1);

  atomic_init (&self->references, 1);
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    self->snapshot.now[mode] = volant_traffic_apply (traffic, roads, free[mode], now_s);
  self->snapshot.traffic = traffic != NULL ? volant_traffic_ref (traffic) : NULL;
  self->snapshot.made_at_s = now_s;
  return &self->snapshot;
}

VolantSnapshot *
volant_snapshot_new_after (const VolantSnapshot *before, const VolantRoads *roads,
                           VolantMetric *const *free, VolantTraffic *traffic, int64_t now_s,
                           uint32_t *n_changed)
{
  VolantSnapshot *after = volant_snapshot_new (roads, free, traffic, now_s);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  *n_changed = 0;
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      volant_metric_list_changed (before->now[mode], after->now[mode], links);
      *n_changed = MAX (*n_changed, links->len);
      if (links->len > 0)
        continue;
      volant_metric_unref (after->now[mode]);
      after->now[mode] = volant_metric_ref (before->now[mode]);
    }
  return after;
}

VolantSnapshot *
volant_snapshot_ref (VolantSnapshot *snapshot)
{
  atomic_fetch_add (&((Snapshot *) snapshot)->references, 1);
  return snapshot;
}

void
volant_snapshot_unref (VolantSnapshot *snapshot)
{
  if (snapshot == NULL || atomic_fetch_sub (&((Snapshot *) snapshot)->references, 1) != 1)
    return;
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    volant_metric_unref (snapshot->now[mode]);
  volant_traffic_unref (snapshot->traffic);
  g_free (snapshot);
}

VolantSnapshotSlot *
volant_snapshot_slot_new (VolantSnapshot *snapshot)
{
  VolantSnapshotSlot *self = g_new0 (VolantSnapshotSlot, 1);

  pthread_mutex_init (&self->lock, NULL);
  self->in_force = snapshot;
  return self;
}

void
volant_snapshot_slot_free (VolantSnapshotSlot *self)
{
  if (self == NULL)
    return;
  volant_snapshot_unref (self->in_force);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

VolantSnapshot *
volant_snapshot_slot_take (VolantSnapshotSlot *self)
{
  VolantSnapshot *snapshot;

  pthread_mutex_lock (&self->lock);
  snapshot = volant_snapshot_ref (self->in_force);
  pthread_mutex_unlock (&self->lock);
  return snapshot;
}

void
volant_snapshot_slot_put (VolantSnapshotSlot *self, VolantSnapshot *snapshot)
{
  VolantSnapshot *old;

  pthread_mutex_lock (&self->lock);
  old = self->in_force;
  self->in_force = snapshot;
  pthread_mutex_unlock (&self->lock);
  volant_snapshot_unref (old);
}
