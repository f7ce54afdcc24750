/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/potentials.h"

#include "maps/error.h"

/* A junction whose potential fell is looked at again. Which link made it fall is kept: where those
 * links run in a circle, the circle is negative (Cherkassky and Goldberg 1999). Looking for one
 * costs as much as n relaxations, so it is done after every n. */

#define NO_LINK UINT32_MAX
#define MOST_POTENTIAL (INT64_C (1) << 30)

typedef struct {
  const VolantRoads *roads;
  const int32_t *costs;
  int64_t *potentials;
  uint32_t *parents; /* link that last lowered the junction */
  uint32_t *queue;   /* a ring of n_junctions */
  bool *waits;
  uint32_t first;
  uint32_t n_waiting;
} Search;

static void
wait_for (Search *self, uint32_t junction)
{
  uint32_t n = self->roads->n_junctions;

  if (self->waits[junction])
    return;
  self->waits[junction] = true;
  self->queue[(uint32_t) (((uint64_t) self->first + self->n_waiting++) % n)] = junction;
}

static bool
lower (Search *self, uint32_t link)
{
  uint32_t from = volant_roads_link_from (self->roads, link);
  uint32_t to = volant_roads_link_to (self->roads, link);
  int64_t potential = self->potentials[from] + self->costs[link];

  if (self->costs[link] == (int32_t) VOLANT_COST_NEVER || potential >= self->potentials[to])
    return false;
  self->potentials[to] = potential;
  self->parents[to] = link;
  wait_for (self, to);
  return true;
}

/* A junction on a circle of parents, or n_junctions. */
static uint32_t
find_circle (const Search *self)
{
  uint32_t n = self->roads->n_junctions;
  g_autofree uint32_t *seen_from = g_new0 (uint32_t, n + 1);

  for (uint32_t root = 0; root < n; root++)
    {
      uint32_t junction = root;

      while (seen_from[junction] == 0 && self->parents[junction] != NO_LINK)
        {
          seen_from[junction] = root + 1;
          junction = volant_roads_link_from (self->roads, self->parents[junction]);
        }
      if (self->parents[junction] != NO_LINK && seen_from[junction] == root + 1)
        return junction;
    }
  return n;
}

static void
tell_circle (const Search *self, uint32_t junction, GError **error)
{
  const VolantRoads *roads = self->roads;
  uint32_t at = junction;
  unsigned n_links = 0;
  int64_t sum = 0;

  do
    {
      uint32_t link = self->parents[at];

      sum += self->costs[link];
      n_links++;
      at = volant_roads_link_from (roads, link);
    }
  while (at != junction);
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "going round %u links at %.5f,%.5f (way %" G_GINT64_FORMAT
               ") costs %" G_GINT64_FORMAT ": one would never stop; mend the costs of those links",
               n_links, volant_point_lat_deg (roads->junctions[junction].point),
               volant_point_lon_deg (roads->junctions[junction].point),
               roads->segments[volant_link_segment (self->parents[junction])].way_id, sum);
}

static bool
relax_all (Search *self, GError **error)
{
  const VolantRoads *roads = self->roads;
  uint64_t n_lowered = 0, check_at = roads->n_junctions;

  for (uint32_t junction = 0; junction < roads->n_junctions; junction++)
    wait_for (self, junction);
  while (self->n_waiting > 0)
    {
      uint32_t junction = self->queue[self->first];

      self->first = (self->first + 1) % roads->n_junctions;
      self->n_waiting--;
      self->waits[junction] = false;
      for (uint32_t i = roads->first_out[junction]; i < roads->first_out[junction + 1]; i++)
        n_lowered += lower (self, roads->out_links[i]);
      if (n_lowered >= check_at)
        {
          uint32_t circle = find_circle (self);

          if (circle < roads->n_junctions)
            {
              tell_circle (self, circle, error);
              return false;
            }
          check_at = n_lowered + roads->n_junctions;
        }
    }
  return true;
}

static bool
take_potentials (const Search *self, int32_t *potentials, GError **error)
{
  for (uint32_t j = 0; j < self->roads->n_junctions; j++)
    {
      if (ABS (self->potentials[j]) > MOST_POTENTIAL)
        {
          VolantPoint point = self->roads->junctions[j].point;

          g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                       "the costs at %.5f,%.5f add up to more than can be counted; they must stay "
                       "within 2^30",
                       volant_point_lat_deg (point), volant_point_lon_deg (point));
          return false;
        }
      potentials[j] = (int32_t) self->potentials[j];
    }
  return true;
}

bool
volant_potentials_find (const VolantRoads *roads, const int32_t *link_costs, int32_t *potentials,
                        GError **error)
{
  uint32_t n = roads->n_junctions;
  g_autofree int64_t *lowered = g_new (int64_t, n + 1);
  g_autofree uint32_t *parents = g_new (uint32_t, n + 1);
  g_autofree uint32_t *queue = g_new (uint32_t, n + 1);
  g_autofree bool *waits = g_new0 (bool, n + 1);
  Search search = { roads, link_costs, lowered, parents, queue, waits, 0, 0 };

  for (uint32_t j = 0; j < n; j++)
    {
      lowered[j] = potentials[j];
      parents[j] = NO_LINK;
    }
  return relax_all (&search, error) && take_potentials (&search, potentials, error);
}

static bool
are_all_zero (const int32_t *potentials, uint32_t n)
{
  for (uint32_t j = 0; j < n; j++)
    if (potentials[j] != 0)
      return false;
  return true;
}

bool
volant_metric_reduce (VolantMetric *metric, const VolantRoads *roads, const int32_t *link_costs,
                      const int32_t *guess, GError **error)
{
  g_autofree int32_t *potentials = g_new0 (int32_t, metric->n_junctions + 1);

  if (guess != NULL)
    memcpy (potentials, guess, metric->n_junctions * sizeof (int32_t));
  if (!volant_potentials_find (roads, link_costs, potentials, error))
    return false;
  for (uint32_t link = 0; link < metric->n_links; link++)
    {
      int64_t reduced = (int64_t) link_costs[link] +
                        potentials[volant_roads_link_from (roads, link)] -
                        potentials[volant_roads_link_to (roads, link)];

      metric->link_costs[link] = link_costs[link] == (int32_t) VOLANT_COST_NEVER
                                   ? VOLANT_COST_NEVER
                                   : (uint32_t) MIN (reduced, (int64_t) VOLANT_COST_NEVER);
    }
  g_clear_pointer (&metric->potentials, g_free);
  if (!are_all_zero (potentials, metric->n_junctions))
    metric->potentials = g_steal_pointer (&potentials);
  return true;
}

int64_t
volant_metric_get_signed (const VolantMetric *metric, const VolantRoads *roads, uint32_t link)
{
  int64_t cost = metric->link_costs[link];

  if (metric->potentials == NULL || cost == VOLANT_COST_NEVER)
    return cost;
  return cost - metric->potentials[volant_roads_link_from (roads, link)] +
         metric->potentials[volant_roads_link_to (roads, link)];
}
