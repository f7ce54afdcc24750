/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/router-core.h"

#include "maps/routing/components.h"
#include "maps/routing/ends.h"
#include "maps/routing/traffic/snapshot.h"

#include <pthread.h>

/* What all queries share: the roads and turns of a city, its metrics, and an index of where roads
 * lie. All of it is immutable, but for the snapshot of the metrics as they are now: that is replaced
 * as a whole, and each question works on what was in force when it began. */

struct _VolantRouter {
  int references;
  VolantCity *city; /* (nullable) */
  VolantRoads *roads;
  GDestroyNotify free_roads;
  VolantTurns *turns;
  VolantTopology *topology;
  VolantMetric *metrics[VOLANT_N_MODES]; /* of empty roads */
  VolantSnapshotSlot *slot;
  pthread_mutex_t writing; /* one changes the traffic at a time */
  bool *in_main[VOLANT_N_MODES]; /* by segment: volant_components_main */
  VolantSnapIndex *index;
  VolantCostCache *costs;
};

static VolantRouter *
router_new (VolantRoads *roads, GDestroyNotify free_roads, VolantTurns *turns,
            VolantTopology *topology)
{
  VolantRouter *self = g_new0 (VolantRouter, 1);

  self->references = 1;
  self->roads = roads;
  self->free_roads = free_roads;
  self->turns = turns;
  self->topology = topology;
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      self->metrics[mode] = volant_metric_new_time (roads, turns, mode);
      self->in_main[mode] = volant_components_main (turns, self->metrics[mode]);
    }
  self->index = volant_snap_index_new (roads);
  self->slot = volant_snapshot_slot_new (volant_snapshot_new (roads, self->metrics, NULL, 0));
  pthread_mutex_init (&self->writing, NULL);
  self->costs = volant_cost_cache_new (roads, turns);
  return self;
}

VolantRouter *
volant_router_new_from (VolantRoads *roads, GDestroyNotify free_roads, VolantTurns *turns)
{
  VolantGraph graph = volant_turns_graph (turns);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    volant_turn_topology_build (roads, turns, 1, NULL, NULL, NULL, &error);
  VolantTopology *topology =
    bytes != NULL ? volant_topology_open_bytes (bytes, &graph, &error) : NULL;

  if (topology == NULL)
    g_error ("no topology can be made of these roads: %s", error->message);
  return router_new (roads, free_roads, turns, topology);
}

VolantRouter *
volant_router_new (VolantCity *city, GError **error)
{
  VolantCityFile *file = volant_city_get_file (city);
  g_autoptr (VolantRoads) roads = volant_roads_open (file, error);
  g_autoptr (VolantTurns) turns = roads != NULL ? volant_turns_open (file, roads, error) : NULL;
  VolantTopology *topology = turns != NULL ? volant_turn_topology_open (file, turns, error) : NULL;
  VolantRouter *self;

  if (topology == NULL)
    return NULL;
  self = router_new (g_steal_pointer (&roads), (GDestroyNotify) volant_roads_unref,
                     g_steal_pointer (&turns), topology);
  self->city = volant_city_ref (city);
  return self;
}

VolantRouter *
volant_router_ref (VolantRouter *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

void
volant_router_unref (VolantRouter *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->references))
    return;
  volant_snapshot_slot_free (self->slot);
  pthread_mutex_destroy (&self->writing);
  volant_snap_index_free (self->index);
  volant_cost_cache_free (self->costs);
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      volant_metric_unref (self->metrics[mode]);
      g_free (self->in_main[mode]);
    }
  volant_topology_free (self->topology);
  volant_turns_free (self->turns);
  if (self->free_roads != NULL)
    self->free_roads (self->roads);
  g_clear_pointer (&self->city, volant_city_unref);
  g_free (self);
}

const VolantRoads *
volant_router_get_roads (const VolantRouter *self)
{
  return self->roads;
}

const VolantTurns *
volant_router_get_turns (const VolantRouter *self)
{
  return self->turns;
}

const VolantTopology *
volant_router_get_topology (const VolantRouter *self)
{
  return self->topology;
}

const VolantMetric *
volant_router_get_metric (const VolantRouter *self, VolantMode mode)
{
  return self->metrics[mode];
}

VolantMetric *
volant_router_ref_metric (const VolantRouter *self, VolantMode mode)
{
  g_autoptr (VolantSnapshot) snapshot = volant_snapshot_slot_take (self->slot);

  return volant_metric_ref (snapshot->now[mode]);
}

/* Modes that were asked for will be asked for again: the questions need not wait then. */
static void
warm_up (const VolantRouter *self, const VolantSnapshot *before, const VolantSnapshot *after)
{
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    volant_metric_derive_weights (after->now[mode], before->now[mode], self->turns);
}

uint32_t
volant_router_set_traffic (VolantRouter *self, VolantTraffic *traffic, int64_t now_s)
{
  g_autoptr (VolantSnapshot) before = NULL;
  VolantSnapshot *after;
  uint32_t n_changed;

  pthread_mutex_lock (&self->writing);
  before = volant_snapshot_slot_take (self->slot);
  after = volant_snapshot_new_after (before, self->roads, self->metrics, traffic, now_s,
                                     &n_changed);
  warm_up (self, before, after);
  volant_snapshot_slot_put (self->slot, after);
  if (n_changed > 0)
    volant_cost_cache_forget (self->costs);
  pthread_mutex_unlock (&self->writing);
  return n_changed;
}

VolantCosts
volant_router_find_costs (const VolantRouter *self, const VolantRouteWish *wish)
{
  g_autoptr (VolantMetric) clock = volant_router_ref_metric (self, wish->mode);

  return volant_cost_cache_find (self->costs, clock, wish);
}

const VolantSnapIndex *
volant_router_get_index (const VolantRouter *self)
{
  return self->index;
}

bool
volant_router_is_main (const VolantRouter *self, VolantMode mode, uint32_t segment)
{
  return self->in_main[mode][segment];
}

bool
volant_router_snap (const VolantRouter *self, VolantMode mode, VolantPoint point, uint32_t *link,
                    VolantPoint *on_road, double *distance_m, GError **error)
{
  VolantSnap snap;

  if (!volant_ends_snap (self, mode, NULL, point, &snap, error))
    return false;
  if (link != NULL)
    *link = 2 * snap.segment + !volant_roads_link_allows (self->roads, 2 * snap.segment, mode);
  if (on_road != NULL)
    *on_road = snap.point;
  if (distance_m != NULL)
    *distance_m = snap.distance_m;
  return true;
}
