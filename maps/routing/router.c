/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/router-core.h"

#include "maps/routing/components.h"
#include "maps/routing/ends.h"

/* What all queries share: the roads and turns of a city, its metrics, and an index of where roads
 * lie. */

struct _VolantRouter {
  int references;
  VolantCity *city; /* (nullable) */
  VolantRoads *roads;
  GDestroyNotify free_roads;
  VolantTurns *turns;
  VolantMetric *metrics[VOLANT_N_MODES];
  bool *in_main[VOLANT_N_MODES]; /* by segment: volant_components_main */
  VolantSnapIndex *index;
};

VolantRouter *
volant_router_new_from (VolantRoads *roads, GDestroyNotify free_roads, VolantTurns *turns)
{
  VolantRouter *self = g_new0 (VolantRouter, 1);

  self->references = 1;
  self->roads = roads;
  self->free_roads = free_roads;
  self->turns = turns;
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      self->metrics[mode] = volant_metric_new_time (roads, turns, mode);
      self->in_main[mode] = volant_components_main (turns, self->metrics[mode]);
    }
  self->index = volant_snap_index_new (roads);
  return self;
}

VolantRouter *
volant_router_new (VolantCity *city, GError **error)
{
  VolantCityFile *file = volant_city_get_file (city);
  g_autoptr (VolantRoads) roads = volant_roads_open (file, error);
  VolantTurns *turns = roads != NULL ? volant_turns_open (file, roads, error) : NULL;
  VolantRouter *self;

  if (turns == NULL)
    return NULL;
  self = volant_router_new_from (g_steal_pointer (&roads), (GDestroyNotify) volant_roads_unref,
                                 turns);
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
  volant_snap_index_free (self->index);
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      volant_metric_unref (self->metrics[mode]);
      g_free (self->in_main[mode]);
    }
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

const VolantMetric *
volant_router_get_metric (const VolantRouter *self, VolantMode mode)
{
  return self->metrics[mode];
}

VolantMetric *
volant_router_ref_metric (const VolantRouter *self, VolantMode mode)
{
  return volant_metric_ref (self->metrics[mode]);
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

  if (!volant_ends_snap (self, mode, point, &snap, error))
    return false;
  if (link != NULL)
    *link = 2 * snap.segment + !volant_roads_link_allows (self->roads, 2 * snap.segment, mode);
  if (on_road != NULL)
    *on_road = snap.point;
  if (distance_m != NULL)
    *distance_m = snap.distance_m;
  return true;
}
