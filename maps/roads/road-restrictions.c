/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/road-restrictions.h"

#include <string.h>

/* Relations of type restriction (wiki.openstreetmap.org/wiki/Relation:restriction) resolved to
 * links: one from way, one via node or some via ways, one to way; no_entry may have several from,
 * no_exit several to. What cannot be resolved to exactly one path is counted, never guessed. */

#define MAX_PATH 32
#define MAX_PAIRS 64
#define MAX_STEPS 10000 /* damaged data may name a whole city as via */

typedef struct {
  const VolantOsm *osm;
  const VolantRoads *roads;
  const uint32_t *junction_of;
  GArray *restrictions;
  GArray *links;
  VolantRoadsReport *report;
  /* of the relation at hand */
  const VolantOsmRelation *relation;
  VolantTurnKind kind;
  uint8_t modes;
  bool is_u_turn;
  GArray *from; /* int64_t way ids */
  GArray *to;
  GArray *via;
  int64_t via_node;
  bool has_via_node;
  uint32_t path[MAX_PATH];
  unsigned n_found;
  uint32_t found[MAX_PATH];
  unsigned found_length;
  unsigned n_steps;
} Resolver;

typedef enum { READ_GOOD, READ_IGNORED, READ_INCOMPLETE } ReadResult;

bool
volant_relation_is_restriction (const VolantOsm *osm, const VolantOsmRelation *relation)
{
  return g_strcmp0 (volant_osm_relation_tag (osm, relation, "type"), "restriction") == 0;
}

static uint8_t
modes_excepted (const char *except)
{
  g_auto (GStrv) words = g_strsplit (except, ";", -1);
  unsigned modes = 0;

  for (unsigned i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]);

      if (strcmp (word, "psv") == 0 || strcmp (word, "bus") == 0)
        modes |= VOLANT_MODE_BIT (VOLANT_MODE_BUS);
      else if (strcmp (word, "motorcar") == 0)
        modes |= VOLANT_MODE_BIT (VOLANT_MODE_CAR);
      else if (strcmp (word, "motor_vehicle") == 0)
        modes |= VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS);
    }
  return (uint8_t) modes;
}

static bool
parse_kind (Resolver *resolver, const char *value)
{
  static const char *const turns[] = { "left_turn", "right_turn", "straight_on", "u_turn",
                                       "entry",     "exit",       "turn", NULL };
  const char *turn;

  if (g_str_has_prefix (value, "no_"))
    {
      resolver->kind = VOLANT_TURN_NO;
      turn = value + 3;
    }
  else if (g_str_has_prefix (value, "only_"))
    {
      resolver->kind = VOLANT_TURN_ONLY;
      turn = value + 5;
    }
  else
    return false;
  resolver->is_u_turn = strcmp (turn, "u_turn") == 0;
  return g_strv_contains (turns, turn);
}

/* Whom it binds and what it says: the first key that says something. restriction:conditional and
 * those of other vehicles say nothing here. */
static bool
read_kind (Resolver *resolver)
{
  static const struct {
    const char *key;
    unsigned modes;
  } keys[] = {
    { "restriction", VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS) },
    { "restriction:motor_vehicle",
      VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS) },
    { "restriction:vehicle",
      VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS) },
    { "restriction:motorcar", VOLANT_MODE_BIT (VOLANT_MODE_CAR) },
    { "restriction:bus", VOLANT_MODE_BIT (VOLANT_MODE_BUS) },
    { "restriction:psv", VOLANT_MODE_BIT (VOLANT_MODE_BUS) },
    { "restriction:foot", VOLANT_MODE_BIT (VOLANT_MODE_FOOT) },
  };
  const char *except = volant_osm_relation_tag (resolver->osm, resolver->relation, "except");

  for (unsigned i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = volant_osm_relation_tag (resolver->osm, resolver->relation, keys[i].key);

      if (value == NULL || !parse_kind (resolver, value))
        continue;
      resolver->modes = (uint8_t) keys[i].modes;
      if (except != NULL)
        resolver->modes &= (uint8_t) ~modes_excepted (except);
      return resolver->modes != 0;
    }
  return false;
}

static ReadResult
read_members (Resolver *resolver)
{
  const VolantOsmRelation *relation = resolver->relation;
  unsigned n_via_nodes = 0;

  g_array_set_size (resolver->from, 0);
  g_array_set_size (resolver->to, 0);
  g_array_set_size (resolver->via, 0);
  for (uint32_t i = 0; i < relation->n_members; i++)
    {
      const VolantOsmMember *member = &resolver->osm->members[relation->first_member + i];

      if (member->kind == VOLANT_OSM_WAY && strcmp (member->role, "from") == 0)
        g_array_append_val (resolver->from, member->id);
      else if (member->kind == VOLANT_OSM_WAY && strcmp (member->role, "to") == 0)
        g_array_append_val (resolver->to, member->id);
      else if (member->kind == VOLANT_OSM_WAY && strcmp (member->role, "via") == 0)
        g_array_append_val (resolver->via, member->id);
      else if (member->kind == VOLANT_OSM_NODE && strcmp (member->role, "via") == 0)
        {
          resolver->via_node = member->id;
          n_via_nodes++;
        }
    }
  resolver->has_via_node = n_via_nodes == 1 && resolver->via->len == 0;
  if (resolver->from->len == 0 || resolver->to->len == 0 || resolver->via->len >= MAX_PATH ||
      resolver->from->len > MAX_PAIRS || resolver->to->len > MAX_PAIRS ||
      (!resolver->has_via_node && (resolver->via->len == 0 || n_via_nodes > 0)))
    return READ_INCOMPLETE;
  return READ_GOOD;
}

static ReadResult
read_relation (Resolver *resolver, const VolantOsmRelation *relation)
{
  resolver->relation = relation;
  if (!read_kind (resolver))
    return READ_IGNORED;
  return read_members (resolver);
}

/* The first segment of a way; n_segments where it has none. */
static uint32_t
first_segment_of (const VolantRoads *roads, int64_t way_id)
{
  uint32_t low = 0, high = roads->n_segments;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (roads->segments[middle].way_id < way_id)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static bool
has_way (const GArray *ways, int64_t way_id)
{
  for (unsigned i = 0; i < ways->len; i++)
    if (g_array_index (ways, int64_t, i) == way_id)
      return true;
  return false;
}

/* A link that none of those bound may use cannot be part of what binds them. */
static bool
is_usable (const Resolver *resolver, uint32_t link)
{
  return (resolver->roads->segments[link >> 1].access[link & 1] & resolver->modes) != 0;
}

static bool
path_uses_every_via (const Resolver *resolver, unsigned length)
{
  for (unsigned i = 0; i < resolver->via->len; i++)
    {
      bool is_used = false;

      for (unsigned k = 1; k < length && !is_used; k++)
        is_used = resolver->roads->segments[resolver->path[k] >> 1].way_id ==
                  g_array_index (resolver->via, int64_t, i);
      if (!is_used)
        return false;
    }
  return true;
}

static void
keep_path (Resolver *resolver, unsigned length, uint32_t to_link)
{
  resolver->path[length++] = to_link;
  /* a longer way round through the same via ways is not what the sign means */
  if (resolver->n_found > 0 && length > resolver->found_length)
    return;
  if (resolver->n_found > 0 && length < resolver->found_length)
    resolver->n_found = 0;
  resolver->n_found++;
  memcpy (resolver->found, resolver->path, length * sizeof *resolver->path);
  resolver->found_length = length;
}

/* Walks on from the end of the path along via ways (none where via is a node) to the to way. */
static void
extend_path (Resolver *resolver, unsigned length, int64_t to_way)
{
  const VolantRoads *roads = resolver->roads;
  uint32_t last = resolver->path[length - 1];
  uint32_t junction = volant_roads_link_to (roads, last);
  bool is_complete = path_uses_every_via (resolver, length);

  for (uint32_t i = roads->first_out[junction]; i < roads->first_out[junction + 1]; i++)
    {
      uint32_t link = roads->out_links[i];
      int64_t way_id = roads->segments[link >> 1].way_id;
      bool turns_back = link == volant_link_reverse (last);
      bool shall_turn_back = resolver->is_u_turn && length == 1 &&
                             roads->segments[last >> 1].way_id == to_way;
      bool is_new = true;

      if (!is_usable (resolver, link) || ++resolver->n_steps > MAX_STEPS)
        continue;
      if (is_complete && way_id == to_way && turns_back == shall_turn_back)
        keep_path (resolver, length, link);
      if (turns_back || !has_way (resolver->via, way_id) || length + 2 > MAX_PATH)
        continue;
      for (unsigned k = 0; k < length; k++)
        is_new = is_new && resolver->path[k] >> 1 != link >> 1;
      if (!is_new)
        continue;
      resolver->path[length] = link;
      extend_path (resolver, length + 1, to_way);
    }
}

/* A path for one from and one to way: found where there is exactly one of the shortest length. */
static bool
resolve_pair (Resolver *resolver, int64_t from_way, int64_t to_way)
{
  const VolantRoads *roads = resolver->roads;
  uint32_t via_junction = G_MAXUINT32;

  if (resolver->has_via_node)
    {
      const VolantOsmNode *node = volant_osm_find_node (resolver->osm, resolver->via_node);

      if (node != NULL)
        via_junction = resolver->junction_of[node - resolver->osm->nodes];
      if (via_junction == G_MAXUINT32)
        return false;
    }
  resolver->n_found = 0;
  resolver->n_steps = 0;
  for (uint32_t i = first_segment_of (roads, from_way);
       i < roads->n_segments && roads->segments[i].way_id == from_way; i++)
    for (uint32_t link = 2 * i; link <= 2 * i + 1; link++)
      {
        if (!is_usable (resolver, link) ||
            (resolver->has_via_node && volant_roads_link_to (roads, link) != via_junction))
          continue;
        resolver->path[0] = link;
        extend_path (resolver, 1, to_way);
      }
  return resolver->n_found == 1 && resolver->n_steps <= MAX_STEPS;
}

static void
append_found (Resolver *resolver)
{
  VolantRestriction restriction = {
    .relation_id = resolver->relation->id,
    .first_link = resolver->links->len,
    .n_links = (uint16_t) resolver->found_length,
    .kind = (uint8_t) resolver->kind,
    .modes = resolver->modes,
  };

  g_array_append_vals (resolver->links, resolver->found, resolver->found_length);
  g_array_append_val (resolver->restrictions, restriction);
}

static bool
resolve_relation (Resolver *resolver)
{
  bool is_whole = true;

  /* two only_* from one way contradict each other; so do several from ways */
  if (resolver->kind == VOLANT_TURN_ONLY && (resolver->from->len > 1 || resolver->to->len > 1))
    return false;
  for (unsigned f = 0; f < resolver->from->len; f++)
    for (unsigned t = 0; t < resolver->to->len; t++)
      if (resolve_pair (resolver, g_array_index (resolver->from, int64_t, f),
                        g_array_index (resolver->to, int64_t, t)))
        append_found (resolver);
      else
        is_whole = false;
  return is_whole;
}

void
volant_restrictions_build (const VolantOsm *osm, const VolantRoads *roads,
                           const uint32_t *junction_of, GArray *restrictions, GArray *links,
                           VolantRoadsReport *report)
{
  Resolver resolver = { .osm = osm,
                        .roads = roads,
                        .junction_of = junction_of,
                        .restrictions = restrictions,
                        .links = links,
                        .report = report };

  resolver.from = g_array_new (FALSE, FALSE, sizeof (int64_t));
  resolver.to = g_array_new (FALSE, FALSE, sizeof (int64_t));
  resolver.via = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (size_t i = 0; i < osm->n_relations; i++)
    {
      ReadResult result;

      if (!volant_relation_is_restriction (osm, &osm->relations[i]))
        continue;
      result = read_relation (&resolver, &osm->relations[i]);
      if (result == READ_IGNORED)
        report->n_restrictions_ignored++;
      else if (result == READ_GOOD && resolve_relation (&resolver))
        report->n_restrictions++;
      else
        report->n_restrictions_incomplete++;
    }
  g_array_unref (resolver.from);
  g_array_unref (resolver.to);
  g_array_unref (resolver.via);
}
