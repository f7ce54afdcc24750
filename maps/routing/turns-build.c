/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/turns-build.h"

#include "maps/routing/turns-format.h"

#include <math.h>
#include <string.h>

/* Expands links into states and turns into arcs.
 *
 * A state remembers which restrictions via ways are under way: the set of (restriction, position)
 * pairs whose links up to position are the last ones travelled. Position 0 needs no memory: being
 * on the from link says it. Equal sets on one link are one state, so there are at most as many
 * copies as the restrictions have via links (as in the automaton of Aho and Corasick, 1975).
 *
 * One turns back only where nothing else may be done: at dead ends, seen for each mode apart and
 * after barriers and restrictions. */

/* Bearings are taken a little way into a link, where the kerb's curve is over. */
#define BEARING_REACH_M 12.0

typedef struct {
  uint32_t restriction;
  uint32_t position; /* of the link that one is on, in the restriction's links */
} Progress;

typedef struct {
  const VolantRoads *roads;
  uint32_t n_links;
  uint32_t *first_by_link; /* first restriction that begins with a link + 1, 0 none */
  uint32_t *next_by_link;  /* the next one with the same from link + 1 */
  GArray *first_arc;       /* uint32_t */
  GArray *copy_links;      /* uint32_t */
  GPtrArray *copy_keys;    /* GBytes: link, then the Progress pairs */
  GHashTable *states;      /* GBytes (owned by copy_keys) → state */
  GArray *heads;           /* uint32_t */
  GByteArray *modes;
} Builder;

static void
builder_clear (Builder *self)
{
  g_free (self->first_by_link);
  g_free (self->next_by_link);
  g_array_unref (self->first_arc);
  g_array_unref (self->copy_links);
  g_hash_table_unref (self->states);
  g_ptr_array_unref (self->copy_keys);
  g_array_unref (self->heads);
  g_byte_array_unref (self->modes);
}

static void
builder_init (Builder *self, const VolantRoads *roads)
{
  *self = (Builder) { .roads = roads, .n_links = roads->n_segments * 2 };
  self->first_by_link = g_new0 (uint32_t, self->n_links + 1);
  self->next_by_link = g_new0 (uint32_t, roads->n_restrictions + 1);
  self->first_arc = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->copy_links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->copy_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->states = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  self->heads = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->modes = g_byte_array_new ();
  for (uint32_t i = roads->n_restrictions; i-- > 0;)
    {
      uint32_t from = roads->restriction_links[roads->restrictions[i].first_link];

      self->next_by_link[i] = self->first_by_link[from];
      self->first_by_link[from] = i + 1;
    }
}

static uint32_t
restriction_link (const Builder *self, Progress progress, uint32_t ahead)
{
  const VolantRestriction *restriction = &self->roads->restrictions[progress.restriction];

  return self->roads->restriction_links[restriction->first_link + progress.position + ahead];
}

/* What is under way at the end of a state's link. */
static void
collect_progress (const Builder *self, uint32_t state, uint32_t link, GArray *under_way)
{
  g_array_set_size (under_way, 0);
  for (uint32_t i = self->first_by_link[link]; i != 0; i = self->next_by_link[i - 1])
    g_array_append_vals (under_way, &(Progress) { i - 1, 0 }, 1);
  if (state >= self->n_links)
    {
      size_t size;
      const uint8_t *key = g_bytes_get_data (self->copy_keys->pdata[state - self->n_links], &size);

      g_array_append_vals (under_way, key + sizeof (uint32_t),
                           (size - sizeof (uint32_t)) / sizeof (Progress));
    }
}

/* The modes that restrictions forbid to turn into next. */
static unsigned
forbidden_modes (const Builder *self, const GArray *under_way, uint32_t next)
{
  unsigned forbidden = 0;

  for (unsigned i = 0; i < under_way->len; i++)
    {
      Progress progress = g_array_index (under_way, Progress, i);
      const VolantRestriction *restriction = &self->roads->restrictions[progress.restriction];
      bool matches = restriction_link (self, progress, 1) == next;

      if (progress.position + 2u == restriction->n_links &&
          matches == (restriction->kind == VOLANT_TURN_NO))
        forbidden |= restriction->modes;
    }
  return forbidden;
}

/* The state one is in after turning into next; a copy is made where it is new. */
static uint32_t
state_after (Builder *self, const GArray *under_way, uint32_t next)
{
  g_autoptr (GByteArray) key = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  void *known;
  uint32_t state;

  g_byte_array_append (key, (const uint8_t *) &next, sizeof next);
  for (unsigned i = 0; i < under_way->len; i++)
    {
      Progress progress = g_array_index (under_way, Progress, i);

      if (progress.position + 2u < self->roads->restrictions[progress.restriction].n_links &&
          restriction_link (self, progress, 1) == next)
        {
          progress.position++;
          g_byte_array_append (key, (const uint8_t *) &progress, sizeof progress);
        }
    }
  if (key->len == sizeof next)
    return next;
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&key));
  if (g_hash_table_lookup_extended (self->states, bytes, NULL, &known))
    return GPOINTER_TO_UINT (known);
  state = self->n_links + self->copy_links->len;
  g_array_append_val (self->copy_links, next);
  g_hash_table_insert (self->states, bytes, GUINT_TO_POINTER (state));
  g_ptr_array_add (self->copy_keys, g_steal_pointer (&bytes));
  return state;
}

static void
add_arc (Builder *self, const GArray *under_way, uint32_t next, unsigned modes)
{
  uint32_t head = state_after (self, under_way, next);
  uint8_t mask = (uint8_t) modes;

  g_array_append_val (self->heads, head);
  g_byte_array_append (self->modes, &mask, 1);
}

static unsigned
link_access (const VolantRoads *roads, uint32_t link)
{
  return roads->segments[link >> 1].access[link & 1] & (VOLANT_MODE_BIT (VOLANT_N_MODES) - 1);
}

static void
expand_state (Builder *self, uint32_t state, GArray *under_way)
{
  const VolantRoads *roads = self->roads;
  uint32_t link = state < self->n_links
                    ? state
                    : g_array_index (self->copy_links, uint32_t, state - self->n_links);
  uint32_t node = volant_roads_link_to (roads, link);
  uint32_t back = volant_link_reverse (link);
  unsigned access = link_access (roads, link);
  unsigned through = access & ~(unsigned) roads->junctions[node].blocked_modes;
  unsigned onward = 0;

  collect_progress (self, state, link, under_way);
  for (uint32_t i = roads->first_out[node]; i < roads->first_out[node + 1]; i++)
    {
      uint32_t next = roads->out_links[i];
      unsigned modes = through & link_access (roads, next);

      if (next == back || modes == 0)
        continue;
      modes &= ~forbidden_modes (self, under_way, next);
      if (modes != 0)
        add_arc (self, under_way, next, modes);
      onward |= modes;
    }
  access &= link_access (roads, back) & ~onward;
  if (access != 0)
    add_arc (self, under_way, back, access);
}

/* The point that lies reach_m along a link, or its end. */
static VolantPoint
point_along (const VolantRoads *roads, uint32_t link, double reach_m)
{
  const VolantSegment *segment = &roads->segments[link >> 1];
  const VolantPoint *points = roads->points + segment->first_point;
  bool backward = link & 1;
  uint32_t last = segment->n_points - 1;

  for (uint32_t i = 0; i < last; i++)
    {
      VolantPoint a = points[backward ? last - i : i];
      VolantPoint b = points[backward ? last - i - 1 : i + 1];
      double length_m = volant_geo_distance_m (a, b);

      if (length_m >= reach_m && length_m > 0.0)
        return volant_geo_interpolate (a, b, reach_m / length_m);
      reach_m -= length_m;
    }
  return points[backward ? 0 : last];
}

static uint16_t
bearing_of (const VolantRoads *roads, uint32_t link)
{
  VolantPoint from = roads->junctions[volant_roads_link_from (roads, link)].point;
  VolantPoint to = point_along (roads, link, BEARING_REACH_M);

  return (uint16_t) (lrint (volant_geo_bearing_deg (from, to) * 100.0) % 36000);
}

static GBytes *
builder_serialize (const Builder *self)
{
  VolantTurnsHeader header = { VOLANT_TURNS_VERSION, self->n_links,
                               self->n_links + self->copy_links->len, self->heads->len };
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const uint8_t *) &header, sizeof header);
  g_byte_array_append (bytes, (const uint8_t *) self->first_arc->data, self->first_arc->len * 4);
  if (self->copy_links->len > 0)
    g_byte_array_append (bytes, (const uint8_t *) self->copy_links->data,
                         self->copy_links->len * 4);
  if (self->heads->len > 0)
    g_byte_array_append (bytes, (const uint8_t *) self->heads->data, self->heads->len * 4);
  for (uint32_t link = 0; link < self->n_links; link++)
    {
      uint16_t bearing = bearing_of (self->roads, link);

      g_byte_array_append (bytes, (const uint8_t *) &bearing, sizeof bearing);
    }
  if (self->modes->len > 0)
    g_byte_array_append (bytes, self->modes->data, self->modes->len);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
volant_turns_build (const VolantRoads *roads)
{
  g_autoptr (GArray) under_way = g_array_new (FALSE, FALSE, sizeof (Progress));
  Builder builder;
  GBytes *bytes;

  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  builder_init (&builder, roads);
  for (uint32_t state = 0; state < builder.n_links + builder.copy_links->len; state++)
    {
      g_array_append_val (builder.first_arc, builder.heads->len);
      expand_state (&builder, state, under_way);
    }
  g_array_append_val (builder.first_arc, builder.heads->len);
  bytes = builder_serialize (&builder);
  builder_clear (&builder);
  return bytes;
}
