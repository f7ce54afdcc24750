/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/road-tags.h"

#include "maps/roads/road-access.h"
#include "maps/roads/road-limits.h"

#include <stdlib.h>
#include <string.h>

/* Ways and nodes of OpenStreetMap as roads and junctions: kind, names, lanes, signs, barriers. */

static const struct {
  const char *value;
  VolantRoadClass road_class;
  bool is_link;
} highway_values[] = {
  { "residential", VOLANT_ROAD_RESIDENTIAL, false },
  { "service", VOLANT_ROAD_SERVICE, false },
  { "footway", VOLANT_ROAD_FOOTWAY, false },
  { "path", VOLANT_ROAD_PATH, false },
  { "track", VOLANT_ROAD_TRACK, false },
  { "unclassified", VOLANT_ROAD_UNCLASSIFIED, false },
  { "tertiary", VOLANT_ROAD_TERTIARY, false },
  { "secondary", VOLANT_ROAD_SECONDARY, false },
  { "primary", VOLANT_ROAD_PRIMARY, false },
  { "trunk", VOLANT_ROAD_TRUNK, false },
  { "motorway", VOLANT_ROAD_MOTORWAY, false },
  { "living_street", VOLANT_ROAD_LIVING_STREET, false },
  { "pedestrian", VOLANT_ROAD_PEDESTRIAN, false },
  { "cycleway", VOLANT_ROAD_CYCLEWAY, false },
  { "steps", VOLANT_ROAD_STEPS, false },
  { "busway", VOLANT_ROAD_BUSWAY, false },
  { "bus_guideway", VOLANT_ROAD_BUSWAY, false },
  { "bridleway", VOLANT_ROAD_PATH, false },
  { "corridor", VOLANT_ROAD_FOOTWAY, false },
  { "road", VOLANT_ROAD_UNCLASSIFIED, false },
  { "motorway_link", VOLANT_ROAD_MOTORWAY, true },
  { "trunk_link", VOLANT_ROAD_TRUNK, true },
  { "primary_link", VOLANT_ROAD_PRIMARY, true },
  { "secondary_link", VOLANT_ROAD_SECONDARY, true },
  { "tertiary_link", VOLANT_ROAD_TERTIARY, true },
};

static VolantTags
way_tags (const VolantOsm *osm, const VolantOsmWay *way)
{
  return (VolantTags) { osm, way->first_tag, way->n_tags };
}

static bool
find_class (const VolantTags *tags, VolantRoadClass *road_class, bool *is_link)
{
  const char *highway = volant_tags_get (tags, "highway");

  *is_link = false;
  if (highway == NULL)
    {
      *road_class = VOLANT_ROAD_FERRY;
      return volant_tags_is (tags, "route", "ferry");
    }
  for (unsigned i = 0; i < G_N_ELEMENTS (highway_values); i++)
    if (strcmp (highway, highway_values[i].value) == 0)
      {
        *road_class = highway_values[i].road_class;
        *is_link = highway_values[i].is_link;
        return true;
      }
  return false;
}

static bool
is_unpaved (const VolantTags *tags)
{
  static const char *const surfaces[] = { "unpaved", "compacted",    "gravel",  "fine_gravel",
                                          "dirt",    "earth",        "ground",  "grass",
                                          "sand",    "mud",          "rock",    "pebblestone",
                                          "clay",    "grass_paver",  "woodchips" };
  const char *surface = volant_tags_get (tags, "surface");
  const char *track_type = volant_tags_get (tags, "tracktype");

  for (unsigned i = 0; surface != NULL && i < G_N_ELEMENTS (surfaces); i++)
    if (strcmp (surface, surfaces[i]) == 0)
      return true;
  if (surface != NULL)
    return false;
  if (track_type != NULL)
    return strcmp (track_type, "grade1") != 0;
  return volant_tags_is (tags, "highway", "track");
}

static uint16_t
find_flags (const VolantTags *tags, bool is_link)
{
  unsigned flags = is_link ? VOLANT_ROAD_FLAG_LINK : 0;
  const char *junction = volant_tags_get (tags, "junction");

  if (junction != NULL &&
      (strcmp (junction, "roundabout") == 0 || strcmp (junction, "circular") == 0))
    flags |= VOLANT_ROAD_FLAG_ROUNDABOUT;
  if (volant_tags_is_yes (tags, "tunnel"))
    flags |= VOLANT_ROAD_FLAG_TUNNEL;
  if (volant_tags_is_yes (tags, "bridge"))
    flags |= VOLANT_ROAD_FLAG_BRIDGE;
  if (volant_tags_is_yes (tags, "toll"))
    flags |= VOLANT_ROAD_FLAG_TOLL;
  if (is_unpaved (tags))
    flags |= VOLANT_ROAD_FLAG_UNPAVED;
  return (uint16_t) flags;
}

static uint8_t
parse_count (const char *text)
{
  int count = text != NULL ? atoi (text) : 0;

  return count > 0 && count <= 32 ? (uint8_t) count : 0;
}

/* "lanes" counts both directions; what the directions do not say themselves is halved, an odd lane
 * in the middle belongs to neither. */
static void
find_lanes (const VolantTags *tags, VolantWayTraits *traits)
{
  unsigned driven = VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS);
  uint8_t all = parse_count (volant_tags_get (tags, "lanes"));
  uint8_t own[2] = { parse_count (volant_tags_get (tags, "lanes:forward")),
                     parse_count (volant_tags_get (tags, "lanes:backward")) };

  for (unsigned way = 0; way < 2; way++)
    {
      if ((traits->access[way] & driven) == 0)
        continue;
      if (own[way] > 0)
        traits->lanes[way] = own[way];
      else if ((traits->access[!way] & driven) == 0)
        traits->lanes[way] = all;
      else if (own[!way] > 0 && all > own[!way])
        traits->lanes[way] = (uint8_t) (all - own[!way]);
      else
        traits->lanes[way] = all == 1 ? 1 : all / 2;
    }
}

/* The value for one direction: with ":forward" or ":backward", else the plain one where traffic
 * goes only this way (or either way, if is_shared). */
static const char *
find_directed (const VolantTags *tags, const char *key, const VolantWayTraits *traits, unsigned way,
               bool is_shared)
{
  unsigned driven = VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS);
  g_autofree char *directed = g_strconcat (key, way == 0 ? ":forward" : ":backward", NULL);
  const char *value = volant_tags_get (tags, directed);

  if (value != NULL || (traits->access[way] & driven) == 0)
    return value;
  return is_shared || (traits->access[!way] & driven) == 0 ? volant_tags_get (tags, key) : NULL;
}

/* What a sign says: the roads it leads to, then the places, "A 8;Nice;Menton". */
static const char *
find_destination (const VolantTags *tags, const VolantWayTraits *traits, unsigned way,
                  GStringChunk *strings)
{
  const char *ref = find_directed (tags, "destination:ref", traits, way, false);
  const char *places = find_directed (tags, "destination", traits, way, false);
  g_autofree char *joined = NULL;

  if (ref == NULL || places == NULL)
    return ref != NULL ? ref : places != NULL ? places : "";
  joined = g_strconcat (ref, ";", places, NULL);
  return g_string_chunk_insert_const (strings, joined);
}

static const char *
find_name (const VolantTags *tags)
{
  static const char *const keys[] = { "name", "name:fr", "name:zh", "name:en", "loc_name" };

  for (unsigned i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *name = volant_tags_get (tags, keys[i]);

      if (name != NULL && *name != '\0')
        return name;
    }
  return "";
}

/* Whether a way is one that someone may move along: a car, a bus or a person on foot. */
bool
volant_way_is_road (const VolantOsm *osm, const VolantOsmWay *way)
{
  VolantTags tags = way_tags (osm, way);
  VolantRoadClass road_class;
  bool is_link, is_destination_only;
  uint8_t access[2];

  if (way->n_refs < 2 || !find_class (&tags, &road_class, &is_link))
    return false;
  volant_access_of_road (&tags, road_class, find_flags (&tags, is_link), access,
                         &is_destination_only);
  return (access[0] | access[1]) != 0;
}

/* Fills traits; false where the way is no road. strings keeps what has to be joined. */
bool
volant_way_get_traits (const VolantOsm *osm, const VolantOsmWay *way, GStringChunk *strings,
                       VolantWayTraits *traits)
{
  VolantTags tags = way_tags (osm, way);
  bool is_link, is_destination_only;
  const char *value;

  *traits = (VolantWayTraits) { .name = "", .ref = "" };
  if (!find_class (&tags, &traits->road_class, &is_link))
    return false;
  traits->flags = find_flags (&tags, is_link);
  volant_access_of_road (&tags, traits->road_class, traits->flags, traits->access,
                         &is_destination_only);
  if (is_destination_only || volant_tags_is (&tags, "service", "driveway"))
    traits->flags |= VOLANT_ROAD_FLAG_DESTINATION_ONLY;
  value = volant_tags_get (&tags, "layer");
  traits->layer = (int8_t) (value != NULL ? CLAMP (atoi (value), -10, 10) : 0);
  find_lanes (&tags, traits);
  traits->name = find_name (&tags);
  value = volant_tags_get (&tags, "ref");
  traits->ref = value != NULL ? value : "";
  for (unsigned side = 0; side < 2; side++)
    {
      traits->destination[side] = find_destination (&tags, traits, side, strings);
      value = find_directed (&tags, "turn:lanes", traits, side, false);
      traits->turn_lanes[side] = value != NULL ? value : "";
    }
  return true;
}

/* Appends what is too large for a way or for what stands at a node (VolantLimit, place 0). */
void
volant_way_get_limits (const VolantOsm *osm, const VolantOsmWay *way, const uint8_t access[2],
                       GArray *limits)
{
  VolantTags tags = way_tags (osm, way);

  volant_limits_of_way (&tags, access, limits);
}

void
volant_node_get_limits (const VolantOsm *osm, const VolantOsmNode *node, GArray *limits)
{
  VolantTags tags = { osm, node->first_tag, node->n_tags };

  volant_limits_of_node (&tags, limits);
}

/* Barriers that let pass what is not forbidden: wiki.openstreetmap.org/wiki/Key:barrier. */
static uint8_t
blocked_by_default (const char *barrier)
{
  static const char *const open[] = { "gate",          "lift_gate",      "swing_gate",
                                      "sliding_gate",  "toll_booth",     "border_control",
                                      "cattle_grid",   "sally_port",     "entrance",
                                      "height_restrictor", "arch",       "kerb",
                                      "no",            "checkpoint",     "hampshire_gate",
                                      "wicket_gate",   "kent_carriage_gap", "tank_trap" };
  unsigned driven = VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS);

  for (unsigned i = 0; i < G_N_ELEMENTS (open); i++)
    if (strcmp (barrier, open[i]) == 0)
      return 0;
  if (strcmp (barrier, "bus_trap") == 0 || strcmp (barrier, "sump_buster") == 0)
    return VOLANT_MODE_BIT (VOLANT_MODE_CAR);
  if (strcmp (barrier, "wall") == 0 || strcmp (barrier, "fence") == 0)
    return (uint8_t) (driven | VOLANT_MODE_BIT (VOLANT_MODE_FOOT));
  return (uint8_t) driven;
}

static void
read_barrier (const VolantTags *tags, const char *barrier, VolantNodeTraits *traits)
{
  uint8_t blocked = blocked_by_default (barrier);

  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      uint8_t bit = (uint8_t) VOLANT_MODE_BIT (mode);
      bool is_specific = false;
      VolantAccess access = volant_access_of (tags, mode, -1, &is_specific);

      /* a bollard with access=yes is one that all may pass on foot */
      if (access == VOLANT_ACCESS_NO)
        blocked |= bit;
      else if (access != VOLANT_ACCESS_UNKNOWN && is_specific)
        blocked &= (uint8_t) ~bit;
      if (access == VOLANT_ACCESS_PRIVATE && mode == VOLANT_MODE_CAR && (blocked & bit) == 0)
        traits->is_private = true;
    }
  traits->blocked_modes = blocked;
  if (blocked != 0)
    traits->flags |= VOLANT_NODE_FLAG_BARRIER;
  traits->splits |= blocked != 0 || traits->is_private;
}

/* Fills traits: all zero for a node that says nothing about traffic. */
void
volant_node_get_traits (const VolantOsm *osm, const VolantOsmNode *node, VolantNodeTraits *traits)
{
  static const struct {
    const char *value;
    VolantNodeFlags flag;
    bool splits;
  } kinds[] = {
    { "traffic_signals", VOLANT_NODE_FLAG_SIGNALS, true },
    { "stop", VOLANT_NODE_FLAG_STOP, true },
    { "give_way", VOLANT_NODE_FLAG_GIVE_WAY, true },
    { "crossing", VOLANT_NODE_FLAG_CROSSING, false },
    { "mini_roundabout", VOLANT_NODE_FLAG_MINI_ROUNDABOUT, true },
  };
  VolantTags tags = { osm, node->first_tag, node->n_tags };
  const char *highway, *barrier;

  *traits = (VolantNodeTraits) { 0 };
  if (node->n_tags == 0)
    return;
  highway = volant_tags_get (&tags, "highway");
  for (unsigned i = 0; highway != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (highway, kinds[i].value) == 0)
      {
        traits->flags |= kinds[i].flag;
        traits->splits |= kinds[i].splits;
      }
  if (highway != NULL && strcmp (highway, "motorway_junction") == 0)
    {
      traits->exit_ref = volant_tags_get (&tags, "ref");
      traits->splits |= traits->exit_ref != NULL;
    }
  barrier = volant_tags_get (&tags, "barrier");
  if (barrier != NULL)
    read_barrier (&tags, barrier, traits);
}
