/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/oracle.h"

#include <string.h>

/* A node of the search is a trail: the links one came by, the last first, kept only as far back as
 * a restriction could still look. Most trails are one link long and have that link's number. */

typedef struct {
  uint32_t ms;
  uint32_t trail;
} Waiting;

struct _Oracle {
  const VolantRoads *roads;
  const VolantTurns *bearings;
  uint32_t n_links;
  GPtrArray *by_last_but_one; /* GArray of restriction indices, by the link before their to link */
  GPtrArray *by_first;        /* the same by their from link */
  GHashTable *numbers;        /* GBytes of a long trail → number */
  GPtrArray *long_trails;     /* GBytes, by number - n_links */
  GArray *costs;              /* at the end of a trail's last link */
  GArray *heap;
  uint32_t *junction_ms;
};

static GArray *
list_at (GPtrArray *lists, uint32_t link)
{
  if (lists->pdata[link] == NULL)
    lists->pdata[link] = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  return lists->pdata[link];
}

static void
free_list (void *list)
{
  if (list != NULL)
    g_array_unref (list);
}

Oracle *
oracle_new (const VolantRoads *roads, const VolantTurns *bearings)
{
  Oracle *self = g_new0 (Oracle, 1);

  self->roads = roads;
  self->bearings = bearings;
  self->n_links = 2 * roads->n_segments;
  self->by_last_but_one = g_ptr_array_new_with_free_func (free_list);
  self->by_first = g_ptr_array_new_with_free_func (free_list);
  g_ptr_array_set_size (self->by_last_but_one, (int) self->n_links);
  g_ptr_array_set_size (self->by_first, (int) self->n_links);
  for (uint32_t i = 0; i < roads->n_restrictions; i++)
    {
      const VolantRestriction *restriction = &roads->restrictions[i];
      const uint32_t *links = roads->restriction_links + restriction->first_link;

      g_array_append_val (list_at (self->by_first, links[0]), i);
      g_array_append_val (list_at (self->by_last_but_one, links[restriction->n_links - 2]), i);
    }
  self->numbers = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  self->long_trails = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->costs = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->heap = g_array_new (FALSE, FALSE, sizeof (Waiting));
  self->junction_ms = g_new (uint32_t, roads->n_junctions + 1);
  return self;
}

void
oracle_free (Oracle *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->by_last_but_one);
  g_ptr_array_unref (self->by_first);
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->long_trails);
  g_array_unref (self->costs);
  g_array_unref (self->heap);
  g_free (self->junction_ms);
  g_free (self);
}

/* Whether the way ends with the first n links of a restriction. */
static bool
ends_with (const GArray *way, const uint32_t *links, unsigned n)
{
  return way->len >= n && memcmp (way->data + (way->len - n) * sizeof (uint32_t), links,
                                  n * sizeof (uint32_t)) == 0;
}

static bool
is_restricted (const Oracle *self, VolantMode mode, const GArray *way, uint32_t next)
{
  uint32_t last = g_array_index (way, uint32_t, way->len - 1);
  const GArray *list = self->by_last_but_one->pdata[last];

  for (unsigned i = 0; list != NULL && i < list->len; i++)
    {
      const VolantRestriction *restriction =
        &self->roads->restrictions[g_array_index (list, uint32_t, i)];
      const uint32_t *links = self->roads->restriction_links + restriction->first_link;
      bool is_to = links[restriction->n_links - 1] == next;

      if ((restriction->modes & VOLANT_MODE_BIT (mode)) &&
          ends_with (way, links, restriction->n_links - 1) &&
          (restriction->kind == VOLANT_TURN_NO ? is_to : !is_to))
        return true;
    }
  return false;
}

static bool
may_go_on (const Oracle *self, VolantMode mode, const GArray *way, uint32_t next)
{
  uint32_t last = g_array_index (way, uint32_t, way->len - 1);
  uint32_t node = volant_roads_link_to (self->roads, last);

  return next != (last ^ 1) && volant_roads_link_allows (self->roads, next, mode) &&
         !(self->roads->junctions[node].blocked_modes & VOLANT_MODE_BIT (mode)) &&
         !is_restricted (self, mode, way, next);
}

/* The rule of the house: one turns back where there is nothing else to do, and only there. */
static bool
may_turn_back (const Oracle *self, VolantMode mode, const GArray *way)
{
  uint32_t last = g_array_index (way, uint32_t, way->len - 1);
  uint32_t node = volant_roads_link_to (self->roads, last);

  if (!volant_roads_link_allows (self->roads, last ^ 1, mode))
    return false;
  for (uint32_t i = self->roads->first_out[node]; i < self->roads->first_out[node + 1]; i++)
    if (may_go_on (self, mode, way, self->roads->out_links[i]))
      return false;
  return true;
}

static uint32_t
add_ms (uint64_t a_ms, uint64_t b_ms)
{
  return (uint32_t) MIN (a_ms + b_ms, VOLANT_TIME_NEVER_MS);
}

static uint32_t
next_ms (const Oracle *self, VolantMode mode, uint32_t ms, uint32_t last, uint32_t next)
{
  ms = add_ms (ms, volant_profile_turn_ms (self->roads, self->bearings, mode, last, next));
  ms = add_ms (ms, volant_profile_entry_ms (self->roads, mode, last, next));
  return add_ms (ms, volant_profile_link_ms (self->roads, mode, next));
}

/* Cuts the front of a way until a restriction begins with all that is left. */
static void
forget (const Oracle *self, GArray *way)
{
  while (way->len > 1)
    {
      const GArray *list = self->by_first->pdata[g_array_index (way, uint32_t, 0)];

      for (unsigned i = 0; list != NULL && i < list->len; i++)
        {
          const VolantRestriction *restriction =
            &self->roads->restrictions[g_array_index (list, uint32_t, i)];
          const uint32_t *links = self->roads->restriction_links + restriction->first_link;

          if (way->len < restriction->n_links && ends_with (way, links, way->len))
            return;
        }
      g_array_remove_index (way, 0);
    }
}

static uint32_t
number_of (Oracle *self, GArray *way)
{
  g_autoptr (GBytes) key = NULL;
  void *known;
  uint32_t number;

  forget (self, way);
  if (way->len == 1)
    return g_array_index (way, uint32_t, 0);
  key = g_bytes_new (way->data, way->len * sizeof (uint32_t));
  if (g_hash_table_lookup_extended (self->numbers, key, NULL, &known))
    return GPOINTER_TO_UINT (known);
  number = self->n_links + self->long_trails->len;
  g_hash_table_insert (self->numbers, key, GUINT_TO_POINTER (number));
  g_ptr_array_add (self->long_trails, g_steal_pointer (&key));
  return number;
}

static void
restore (const Oracle *self, uint32_t number, GArray *way)
{
  g_array_set_size (way, 0);
  if (number < self->n_links)
    {
      g_array_append_val (way, number);
    }
  else
    {
      size_t size;
      GBytes *trail = self->long_trails->pdata[number - self->n_links];
      const void *links = g_bytes_get_data (trail, &size);

      g_array_append_vals (way, links, size / sizeof (uint32_t));
    }
}

static void
wait (Oracle *self, uint32_t trail, uint32_t ms)
{
  unsigned at = self->heap->len;
  Waiting *heap;

  while (self->costs->len <= trail)
    g_array_append_vals (self->costs, &(uint32_t) { VOLANT_TIME_NEVER_MS }, 1);
  if (ms >= g_array_index (self->costs, uint32_t, trail))
    return;
  g_array_index (self->costs, uint32_t, trail) = ms;
  g_array_append_vals (self->heap, &(Waiting) { ms, trail }, 1);
  heap = (Waiting *) self->heap->data;
  for (; at > 0 && heap[(at - 1) / 2].ms > ms; at = (at - 1) / 2)
    heap[at] = heap[(at - 1) / 2];
  heap[at] = (Waiting) { ms, trail };
}

static Waiting
take (Oracle *self)
{
  Waiting *heap = (Waiting *) self->heap->data;
  Waiting first = heap[0], last = heap[self->heap->len - 1];
  unsigned at = 0, child, n = self->heap->len - 1;

  g_array_set_size (self->heap, n);
  for (; (child = 2 * at + 1) < n; at = child)
    {
      if (child + 1 < n && heap[child + 1].ms < heap[child].ms)
        child++;
      if (heap[child].ms >= last.ms)
        break;
      heap[at] = heap[child];
    }
  if (n > 0)
    heap[at] = last;
  return first;
}

const uint32_t *
oracle_run (Oracle *self, VolantMode mode, uint32_t from)
{
  const VolantRoads *roads = self->roads;
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  g_array_set_size (self->costs, 0);
  for (uint32_t i = 0; i < roads->n_junctions; i++)
    self->junction_ms[i] = VOLANT_TIME_NEVER_MS;
  for (uint32_t i = roads->first_out[from]; i < roads->first_out[from + 1]; i++)
    if (volant_roads_link_allows (roads, roads->out_links[i], mode))
      wait (self, roads->out_links[i], volant_profile_link_ms (roads, mode, roads->out_links[i]));
  self->junction_ms[from] = 0;
  while (self->heap->len > 0)
    {
      Waiting now = take (self);
      uint32_t last, node;

      if (g_array_index (self->costs, uint32_t, now.trail) != now.ms)
        continue;
      restore (self, now.trail, way);
      last = g_array_index (way, uint32_t, way->len - 1);
      node = volant_roads_link_to (roads, last);
      self->junction_ms[node] = MIN (self->junction_ms[node], now.ms);
      for (uint32_t i = roads->first_out[node]; i < roads->first_out[node + 1]; i++)
        {
          uint32_t next = roads->out_links[i];

          restore (self, now.trail, way);
          if (next == (last ^ 1) ? !may_turn_back (self, mode, way)
                                 : !may_go_on (self, mode, way, next))
            continue;
          g_array_append_val (way, next);
          wait (self, number_of (self, way), next_ms (self, mode, now.ms, last, next));
        }
    }
  return self->junction_ms;
}

bool
oracle_check_way (Oracle *self, VolantMode mode, const uint32_t *links, unsigned n_links,
                  uint32_t *cost_ms)
{
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  *cost_ms = n_links > 0 ? volant_profile_link_ms (self->roads, mode, links[0]) : 0;
  for (unsigned i = 0; i < n_links; i++)
    {
      if (i > 0 &&
          (volant_roads_link_to (self->roads, links[i - 1]) !=
             volant_roads_link_from (self->roads, links[i]) ||
           (links[i] == (links[i - 1] ^ 1) ? !may_turn_back (self, mode, way)
                                           : !may_go_on (self, mode, way, links[i]))))
        return false;
      if (i > 0)
        *cost_ms = next_ms (self, mode, *cost_ms, links[i - 1], links[i]);
      g_array_append_val (way, links[i]);
    }
  return true;
}
