/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/costs.h"

#include "maps/routing/profile.h"

#include <pthread.h>
#include <string.h>

/* What is avoided stays possible, but at a price that no way round within a city comes near: going
 * onto it costs a quarter of a day, and each minute there a hundred, so that one leaves it where one
 * can. Driving through where only those may who have business there costs more still, or avoiding
 * would lead through courts and car parks. Five hours on motorways that cannot be left would reach
 * the end of the numbers. */

#define AVOIDED_FACTOR 100
#define AVOIDED_ENTRY_MS UINT32_C (21600000)
#define THROUGH_PRIVATE_MS UINT32_C (43200000)

/* A few wishes, each with what is derived on the way to it. */
#define MOST_KEPT 6

typedef struct {
  VolantMetric *base;
  GBytes *rules;
  VolantMetric *derived;
} Kept;

struct _VolantCostCache {
  const VolantRoads *roads;
  const VolantTurns *turns;
  pthread_mutex_t lock;
  GArray *kept; /* Kept, the last used last */
};

static void
kept_clear (Kept *kept)
{
  volant_metric_unref (kept->base);
  g_bytes_unref (kept->rules);
  volant_metric_unref (kept->derived);
}

VolantCostCache *
volant_cost_cache_new (const VolantRoads *roads, const VolantTurns *turns)
{
  VolantCostCache *self = g_new0 (VolantCostCache, 1);

  self->roads = roads;
  self->turns = turns;
  pthread_mutex_init (&self->lock, NULL);
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (self->kept, (GDestroyNotify) kept_clear);
  return self;
}

void
volant_cost_cache_free (VolantCostCache *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->kept);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

void
volant_cost_cache_forget (VolantCostCache *self)
{
  pthread_mutex_lock (&self->lock);
  g_array_set_size (self->kept, 0);
  pthread_mutex_unlock (&self->lock);
}

void
volant_costs_clear (VolantCosts *costs)
{
  g_clear_pointer (&costs->clock, volant_metric_unref);
  g_clear_pointer (&costs->open, volant_metric_unref);
  g_clear_pointer (&costs->search, volant_metric_unref);
}

bool
volant_avoid_covers (unsigned avoid, const VolantSegment *segment)
{
  return ((avoid & VOLANT_AVOID_MOTORWAYS) && segment->road_class == VOLANT_ROAD_MOTORWAY) ||
         ((avoid & VOLANT_AVOID_TOLLS) && (segment->flags & VOLANT_ROAD_FLAG_TOLL)) ||
         ((avoid & VOLANT_AVOID_FERRIES) && segment->road_class == VOLANT_ROAD_FERRY);
}

static uint32_t
times (uint32_t cost, unsigned factor)
{
  return cost < VOLANT_COST_NEVER
           ? (uint32_t) MIN ((uint64_t) cost * factor, VOLANT_COST_NEVER - 1)
           : VOLANT_COST_NEVER;
}

static bool
is_avoided (const VolantCostCache *self, unsigned avoid, uint32_t link)
{
  return volant_avoid_covers (avoid, &self->roads->segments[volant_link_segment (link)]);
}

static VolantMetric *
derive_avoiding (const VolantCostCache *self, const VolantMetric *base, unsigned avoid)
{
  const VolantTurns *turns = self->turns;
  VolantMetric *derived = volant_metric_copy (base);

  for (uint32_t link = 0; link < turns->n_links; link++)
    if (is_avoided (self, avoid, link))
      derived->link_costs[link] = times (derived->link_costs[link], AVOIDED_FACTOR);
  for (uint32_t state = 0; state < turns->n_states; state++)
    for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
      {
        uint32_t from = volant_turns_state_link (turns, state);
        uint32_t to = volant_turns_state_link (turns, turns->heads[arc]);
        uint32_t more = 0;

        if (is_avoided (self, avoid, to) && !is_avoided (self, avoid, from))
          more += AVOIDED_ENTRY_MS;
        if (volant_profile_entry_ms (self->roads, base->mode, from, to) > 0)
          more += THROUGH_PRIVATE_MS;
        derived->turn_costs[arc] = volant_cost_add (derived->turn_costs[arc], more);
      }
  return derived;
}

/* Which links a vehicle may not drive, and which junctions it may not pass. */
typedef struct {
  bool *links;
  bool *junctions;
} TooSmall;

static TooSmall
find_too_small (const VolantRoads *roads, const VolantVehicleSize *size)
{
  TooSmall self = { g_new0 (bool, 2 * (size_t) roads->n_segments + 1),
                    g_new0 (bool, (size_t) roads->n_junctions + 1) };

  for (uint32_t i = 0; i < roads->n_limits; i++)
    {
      const VolantLimit *limit = &roads->limits[i];

      if (volant_vehicle_size_fits (size, limit))
        continue;
      if (limit->scope & VOLANT_LIMIT_JUNCTION)
        self.junctions[limit->place] = true;
      if (limit->scope & VOLANT_LIMIT_FORWARD)
        self.links[2 * limit->place] = true;
      if (limit->scope & VOLANT_LIMIT_BACKWARD)
        self.links[2 * limit->place + 1] = true;
    }
  return self;
}

/* Nothing passes what is too small; at a junction that is, one may turn back where roads end there.
 * No way ends on a link that is too small either: ends.c keeps off it. */
static VolantMetric *
derive_fitting (const VolantCostCache *self, const VolantMetric *base, const TooSmall *too_small)
{
  const VolantTurns *turns = self->turns;
  VolantMetric *derived = volant_metric_copy (base);

  for (uint32_t link = 0; link < turns->n_links; link++)
    if (too_small->links[link])
      derived->link_costs[link] = VOLANT_COST_NEVER;
  for (uint32_t state = 0; state < turns->n_states; state++)
    for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
      {
        uint32_t from = volant_turns_state_link (turns, state);
        uint32_t to = volant_turns_state_link (turns, turns->heads[arc]);

        if (to != volant_link_reverse (from) &&
            too_small->junctions[volant_roads_link_to (self->roads, from)])
          derived->turn_costs[arc] = VOLANT_COST_NEVER;
      }
  if (base->free != NULL)
    {
      volant_metric_unref (derived->free);
      derived->free = derive_fitting (self, base->free, too_small);
    }
  return derived;
}

/* Out of a road that traffic closes a car may drive; past what the driver sees it may not, so that
 * is blocked without traffic too. */
static VolantMetric *
derive_blocked (const VolantMetric *base, const uint32_t *blocked, unsigned n_blocked)
{
  VolantMetric *derived = volant_metric_copy (base);

  for (unsigned i = 0; i < n_blocked; i++)
    if (blocked[i] < base->n_links)
      derived->link_costs[blocked[i]] = VOLANT_COST_NEVER;
  if (base->free != NULL)
    {
      volant_metric_unref (derived->free);
      derived->free = derive_blocked (base->free, blocked, n_blocked);
    }
  return derived;
}

/* What a metric is derived by; kind tells sizes, avoided kinds and blocked links apart. */
static GBytes *
make_rules (char kind, const void *data, size_t size)
{
  GByteArray *rules = g_byte_array_new ();

  g_byte_array_append (rules, (const uint8_t *) &kind, 1);
  g_byte_array_append (rules, data, (unsigned) size);
  return g_byte_array_free_to_bytes (rules);
}

/* What was derived before (transfer full), NULL where it is not kept any more. */
static VolantMetric *
look_up (VolantCostCache *self, const VolantMetric *base, GBytes *rules)
{
  VolantMetric *found = NULL;

  pthread_mutex_lock (&self->lock);
  for (unsigned i = self->kept->len; i-- > 0 && found == NULL;)
    {
      Kept kept = g_array_index (self->kept, Kept, i);

      if (kept.base != base || !g_bytes_equal (kept.rules, rules))
        continue;
      found = volant_metric_ref (kept.derived);
      memmove (self->kept->data + i * sizeof kept, self->kept->data + (i + 1) * sizeof kept,
               (self->kept->len - i - 1) * sizeof kept);
      g_array_index (self->kept, Kept, self->kept->len - 1) = kept;
    }
  pthread_mutex_unlock (&self->lock);
  return found;
}

static void
keep (VolantCostCache *self, VolantMetric *base, GBytes *rules, VolantMetric *derived)
{
  Kept kept = { volant_metric_ref (base), g_bytes_ref (rules), volant_metric_ref (derived) };

  pthread_mutex_lock (&self->lock);
  if (self->kept->len == MOST_KEPT)
    g_array_remove_index (self->kept, 0);
  g_array_append_val (self->kept, kept);
  pthread_mutex_unlock (&self->lock);
}

static bool
has_size (const VolantVehicleSize *size)
{
  return size->height_cm > 0 || size->width_cm > 0 || size->length_cm > 0 || size->weight_kg > 0 ||
         size->axle_load_kg > 0;
}

static VolantMetric *
find_fitting (VolantCostCache *self, VolantMetric *base, const VolantVehicleSize *size)
{
  g_autoptr (GBytes) rules = make_rules ('s', size, sizeof *size);
  VolantMetric *derived = look_up (self, base, rules);

  if (derived == NULL)
    {
      TooSmall too_small = find_too_small (self->roads, size);

      derived = derive_fitting (self, base, &too_small);
      keep (self, base, rules, derived);
      g_free (too_small.links);
      g_free (too_small.junctions);
    }
  return derived;
}

static VolantMetric *
find_avoiding (VolantCostCache *self, VolantMetric *base, unsigned avoid)
{
  g_autoptr (GBytes) rules = make_rules ('a', &avoid, sizeof avoid);
  VolantMetric *derived = look_up (self, base, rules);

  if (derived == NULL)
    {
      derived = derive_avoiding (self, base, avoid);
      keep (self, base, rules, derived);
    }
  return derived;
}

static VolantMetric *
find_blocked (VolantCostCache *self, VolantMetric *base, const uint32_t *blocked,
              unsigned n_blocked)
{
  g_autoptr (GBytes) rules = make_rules ('b', blocked, n_blocked * sizeof *blocked);
  VolantMetric *derived = look_up (self, base, rules);

  if (derived == NULL)
    {
      derived = derive_blocked (base, blocked, n_blocked);
      keep (self, base, rules, derived);
    }
  return derived;
}

VolantCosts
volant_cost_cache_find (VolantCostCache *self, VolantMetric *clock, const VolantRouteWish *wish)
{
  VolantCosts costs = { .clock = volant_metric_ref (clock) };
  g_autoptr (VolantMetric) fitting = has_size (&wish->size)
                                       ? find_fitting (self, clock, &wish->size)
                                       : volant_metric_ref (clock);

  costs.open = wish->avoid != 0 ? find_avoiding (self, fitting, wish->avoid)
                                : volant_metric_ref (fitting);
  costs.search = wish->n_blocked > 0
                   ? find_blocked (self, costs.open, wish->blocked, wish->n_blocked)
                   : volant_metric_ref (costs.open);
  return costs;
}
