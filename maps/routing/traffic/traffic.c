/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/traffic.h"

#include <stdatomic.h>

/* A sorted array of changes: found by bisection, laid over a metric in one pass. */

struct _VolantTraffic {
  atomic_int references;
  uint32_t n_changes;
  VolantLinkChange *changes; /* by link */
  uint32_t n_reasons;
  char **reasons;
};

static int
compare_changes (const void *a, const void *b)
{
  const VolantLinkChange *left = a, *right = b;

  if (left->link != right->link)
    return left->link < right->link ? -1 : 1;
  if (left->valid_from_s != right->valid_from_s)
    return left->valid_from_s < right->valid_from_s ? -1 : 1;
  return (left->speed_mm_per_s > right->speed_mm_per_s) -
         (left->speed_mm_per_s < right->speed_mm_per_s);
}

/* Takes both. */
static VolantTraffic *
traffic_from (GArray *changes, char **reasons)
{
  VolantTraffic *self = g_new0 (VolantTraffic, 1);

  atomic_init (&self->references, 1);
  if (changes->len > 0)
    qsort (changes->data, changes->len, sizeof (VolantLinkChange), compare_changes);
  self->n_changes = changes->len;
  self->changes = (VolantLinkChange *) g_array_free (changes, FALSE);
  self->reasons = reasons;
  self->n_reasons = g_strv_length (reasons);
  return self;
}

/* Adds those that hold at any time, with their reasons' numbers moved by offset. */
static void
add_changes (GArray *all, const VolantLinkChange *changes, uint32_t n_changes, int64_t until_s,
             uint32_t offset)
{
  for (uint32_t i = 0; i < n_changes; i++)
    {
      VolantLinkChange change = changes[i];

      change.valid_until_s = MIN (change.valid_until_s, until_s);
      change.reason += offset;
      if (change.valid_from_s < change.valid_until_s)
        g_array_append_val (all, change);
    }
}

VolantTraffic *
volant_traffic_new (const VolantLinkChange *changes, uint32_t n_changes,
                    const char *const *reasons)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (VolantLinkChange));

  add_changes (all, changes, n_changes, VOLANT_TRAFFIC_NO_END_S, 0);
  return traffic_from (all, reasons != NULL ? g_strdupv ((char **) reasons) : g_new0 (char *, 1));
}

VolantTraffic *
volant_traffic_merge (VolantTraffic *const *sources, unsigned n_sources)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (VolantLinkChange));
  g_autoptr (GStrvBuilder) reasons = g_strv_builder_new ();
  uint32_t n_reasons = 0;

  for (unsigned i = 0; i < n_sources; i++)
    {
      const VolantTraffic *source = sources[i];

      if (source == NULL)
        continue;
      add_changes (all, source->changes, source->n_changes, VOLANT_TRAFFIC_NO_END_S, n_reasons);
      g_strv_builder_addv (reasons, (const char **) source->reasons);
      n_reasons += source->n_reasons;
    }
  return traffic_from (all, g_strv_builder_end (reasons));
}

VolantTraffic *
volant_traffic_until (const VolantTraffic *traffic, int64_t until_s)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (VolantLinkChange));

  add_changes (all, traffic->changes, traffic->n_changes, until_s, 0);
  return traffic_from (all, g_strdupv (traffic->reasons));
}

VolantTraffic *
volant_traffic_ref (VolantTraffic *self)
{
  atomic_fetch_add (&self->references, 1);
  return self;
}

void
volant_traffic_unref (VolantTraffic *self)
{
  if (self == NULL || atomic_fetch_sub (&self->references, 1) != 1)
    return;
  g_free (self->changes);
  g_strfreev (self->reasons);
  g_free (self);
}

const VolantLinkChange *
volant_traffic_get_changes (const VolantTraffic *self, uint32_t *n_changes)
{
  *n_changes = self->n_changes;
  return self->changes;
}

const char *
volant_traffic_get_reason (const VolantTraffic *self, uint32_t reason)
{
  return reason < self->n_reasons ? self->reasons[reason] : "";
}

static bool
holds (const VolantLinkChange *change, int64_t now_s)
{
  return change->valid_from_s <= now_s && now_s < change->valid_until_s;
}

/* Of the changes of one link, which begin at first, the one that holds; *end: past the last. */
static const VolantLinkChange *
find_strictest (const VolantTraffic *self, uint32_t first, int64_t now_s, uint32_t *end)
{
  const VolantLinkChange *strictest = NULL;
  uint32_t link = self->changes[first].link;

  for (*end = first; *end < self->n_changes && self->changes[*end].link == link; ++*end)
    {
      const VolantLinkChange *change = &self->changes[*end];

      if (holds (change, now_s) &&
          (strictest == NULL || change->speed_mm_per_s < strictest->speed_mm_per_s))
        strictest = change;
    }
  return strictest;
}

const VolantLinkChange *
volant_traffic_find (const VolantTraffic *self, uint32_t link, int64_t now_s)
{
  uint32_t low = 0, high = self != NULL ? self->n_changes : 0, end;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->changes[middle].link < link)
        low = middle + 1;
      else
        high = middle;
    }
  if (self == NULL || low == self->n_changes || self->changes[low].link != link)
    return NULL;
  return find_strictest (self, low, now_s, &end);
}

int64_t
volant_traffic_get_next_s (const VolantTraffic *self, int64_t now_s)
{
  int64_t next_s = VOLANT_TRAFFIC_NO_END_S;

  for (uint32_t i = 0; i < self->n_changes; i++)
    {
      const VolantLinkChange *change = &self->changes[i];

      if (change->valid_from_s > now_s)
        next_s = MIN (next_s, change->valid_from_s);
      else if (change->valid_until_s > now_s)
        next_s = MIN (next_s, change->valid_until_s);
    }
  return next_s;
}

/* What a link costs with a change; at least what it costs without. */
static uint32_t
changed_cost (const VolantLinkChange *change, const VolantRoads *roads, const VolantMetric *base)
{
  uint32_t cost = base->link_costs[change->link];
  uint64_t length_mm = roads->segments[volant_link_segment (change->link)].length_mm;

  if (change->speed_mm_per_s == 0)
    return VOLANT_COST_NEVER;
  if (base->cost != VOLANT_COST_TIME && base->cost != VOLANT_COST_FREE_TIME)
    return cost;
  return (uint32_t) CLAMP (length_mm * 1000 / change->speed_mm_per_s, cost, VOLANT_COST_NEVER);
}

VolantMetric *
volant_traffic_apply (const VolantTraffic *self, const VolantRoads *roads, VolantMetric *base,
                      int64_t now_s)
{
  VolantMetric *metric = NULL;
  uint32_t end = 0;

  for (uint32_t i = 0; self != NULL && base->mode != VOLANT_MODE_FOOT && i < self->n_changes;
       i = end)
    {
      const VolantLinkChange *change = find_strictest (self, i, now_s, &end);
      uint32_t cost;

      if (change == NULL || change->link >= base->n_links)
        continue;
      cost = changed_cost (change, roads, base);
      if (cost == base->link_costs[change->link])
        continue;
      if (metric == NULL)
        {
          metric = volant_metric_copy (base);
          metric->free = volant_metric_ref (base);
          if (metric->cost == VOLANT_COST_FREE_TIME)
            metric->cost = VOLANT_COST_TIME;
        }
      metric->link_costs[change->link] = cost;
    }
  return metric != NULL ? metric : volant_metric_ref (base);
}

void
volant_metric_list_changed (const VolantMetric *before, const VolantMetric *after, GArray *links)
{
  g_return_if_fail (before->n_links == after->n_links);

  g_array_set_size (links, 0);
  for (uint32_t link = 0; before != after && link < before->n_links; link++)
    if (before->link_costs[link] != after->link_costs[link])
      g_array_append_val (links, link);
}
