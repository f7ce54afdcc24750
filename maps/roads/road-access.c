/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/road-access.h"

#include <stdlib.h>
#include <string.h>

/* Access follows the hierarchy of wiki.openstreetmap.org/wiki/Key:access (the most specific key
 * that says something wins, a direction before none), one-ways
 * wiki.openstreetmap.org/wiki/Key:oneway. */

enum { FORWARD, BACKWARD };

/* A key alone and with each direction after it. */
typedef struct {
  const char *plain;
  const char *directed[2];
  bool is_wide; /* speaks of more than motor traffic */
} AccessKey;

#define ACCESS_KEY(key, is_wide) { key, { key ":forward", key ":backward" }, is_wide }

/* Most specific first. */
static const AccessKey car_keys[] = { ACCESS_KEY ("motorcar", false),
                                      ACCESS_KEY ("motor_vehicle", false),
                                      ACCESS_KEY ("vehicle", true), ACCESS_KEY ("access", true),
                                      { NULL } };
static const AccessKey bus_keys[] = { ACCESS_KEY ("bus", false), ACCESS_KEY ("psv", false),
                                      ACCESS_KEY ("motor_vehicle", false),
                                      ACCESS_KEY ("vehicle", true), ACCESS_KEY ("access", true),
                                      { NULL } };
static const AccessKey foot_keys[] = { ACCESS_KEY ("foot", false), ACCESS_KEY ("access", true),
                                       { NULL } };

static const AccessKey *const mode_keys[VOLANT_N_MODES] = { car_keys, bus_keys, foot_keys };

const char *
volant_tags_get (const VolantTags *tags, const char *key)
{
  const VolantOsmTag *tag = &tags->osm->tags[tags->first_tag];

  /* most keys differ in their first letter: that spares the call */
  for (uint32_t i = 0; i < tags->n_tags; i++)
    if (tag[i].key[0] == key[0] && strcmp (tag[i].key, key) == 0)
      return tag[i].value;
  return NULL;
}

bool
volant_tags_is (const VolantTags *tags, const char *key, const char *value)
{
  return g_strcmp0 (volant_tags_get (tags, key), value) == 0;
}

bool
volant_tags_is_yes (const VolantTags *tags, const char *key)
{
  const char *value = volant_tags_get (tags, key);

  return value != NULL && strcmp (value, "no") != 0 && strcmp (value, "false") != 0 &&
         strcmp (value, "0") != 0;
}

static VolantAccess
parse_access (const char *value, VolantMode mode)
{
  static const struct {
    const char *value;
    VolantAccess access;
  } words[] = {
    { "yes", VOLANT_ACCESS_YES },
    { "permissive", VOLANT_ACCESS_YES },
    { "designated", VOLANT_ACCESS_YES },
    { "official", VOLANT_ACCESS_YES },
    { "public", VOLANT_ACCESS_YES },
    { "true", VOLANT_ACCESS_YES },
    { "1", VOLANT_ACCESS_YES },
    { "destination", VOLANT_ACCESS_DESTINATION },
    { "customers", VOLANT_ACCESS_DESTINATION },
    { "delivery", VOLANT_ACCESS_DESTINATION },
    { "residents", VOLANT_ACCESS_PRIVATE },
    { "private", VOLANT_ACCESS_PRIVATE },
    { "permit", VOLANT_ACCESS_PRIVATE },
    { "no", VOLANT_ACCESS_NO },
    { "false", VOLANT_ACCESS_NO },
    { "0", VOLANT_ACCESS_NO },
    { "agricultural", VOLANT_ACCESS_NO },
    { "forestry", VOLANT_ACCESS_NO },
    { "emergency", VOLANT_ACCESS_NO },
    { "military", VOLANT_ACCESS_NO },
    { "restricted", VOLANT_ACCESS_NO },
    { "use_sidepath", VOLANT_ACCESS_NO },
  };

  /* access=psv means: buses and no one else */
  if (strcmp (value, "psv") == 0 || strcmp (value, "bus") == 0)
    return mode == VOLANT_MODE_BUS ? VOLANT_ACCESS_YES : VOLANT_ACCESS_NO;
  for (unsigned i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (value, words[i].value) == 0)
      return words[i].access;
  return VOLANT_ACCESS_UNKNOWN;
}

/* What the tags say about a mode; direction 0 forward, 1 backward, negative for neither.
 * is_specific (may be NULL) tells that a key of motor traffic or of the mode itself said it, not
 * the wide "vehicle" or "access". */
VolantAccess
volant_access_of (const VolantTags *tags, VolantMode mode, int direction, bool *is_specific)
{
  for (const AccessKey *key = mode_keys[mode]; key->plain != NULL; key++)
    {
      const char *value = direction >= 0 ? volant_tags_get (tags, key->directed[direction]) : NULL;
      VolantAccess access;

      if (value == NULL)
        value = volant_tags_get (tags, key->plain);
      access = value != NULL ? parse_access (value, mode) : VOLANT_ACCESS_UNKNOWN;
      if (access == VOLANT_ACCESS_UNKNOWN)
        continue;
      if (is_specific != NULL)
        *is_specific = !key->is_wide;
      return access;
    }
  return VOLANT_ACCESS_UNKNOWN;
}

/* Who may use a kind of road where its tags are silent. Tracks are for fields and forests. */
static bool
is_allowed_by_default (const VolantTags *tags, VolantRoadClass road_class, VolantMode mode)
{
  bool is_motor_road = volant_tags_is (tags, "motorroad", "yes");

  if (mode == VOLANT_MODE_FOOT)
    return road_class != VOLANT_ROAD_MOTORWAY && road_class != VOLANT_ROAD_BUSWAY &&
           road_class != VOLANT_ROAD_CYCLEWAY && !is_motor_road;
  if (road_class == VOLANT_ROAD_BUSWAY)
    return mode == VOLANT_MODE_BUS;
  if (volant_tags_is (tags, "service", "emergency_access"))
    return false;
  return road_class <= VOLANT_ROAD_SERVICE;
}

/* A wide "access=yes" opens a track, but not a footway: there only a key for motor traffic does. */
static bool
is_opened (VolantRoadClass road_class, VolantMode mode, bool is_specific)
{
  if (mode == VOLANT_MODE_FOOT || road_class <= VOLANT_ROAD_TRACK)
    return true;
  return is_specific && road_class != VOLANT_ROAD_STEPS;
}

static VolantAccess
access_of_mode (const VolantTags *tags, VolantRoadClass road_class, VolantMode mode,
                int direction)
{
  bool is_specific = false;
  VolantAccess access = volant_access_of (tags, mode, direction, &is_specific);

  if (mode != VOLANT_MODE_FOOT && road_class == VOLANT_ROAD_STEPS)
    return VOLANT_ACCESS_NO;
  if (access == VOLANT_ACCESS_UNKNOWN ||
      (access != VOLANT_ACCESS_NO && !is_opened (road_class, mode, is_specific)))
    return is_allowed_by_default (tags, road_class, mode) ? VOLANT_ACCESS_YES : VOLANT_ACCESS_NO;
  return access;
}

/* Both ways, forward only, backward only, or neither. */
typedef enum { BOTH_WAYS, ONLY_FORWARD, ONLY_BACKWARD, CLOSED, UNSAID } OneWay;

static OneWay
parse_one_way (const char *value)
{
  if (value == NULL)
    return UNSAID;
  if (strcmp (value, "yes") == 0 || strcmp (value, "1") == 0 || strcmp (value, "true") == 0)
    return ONLY_FORWARD;
  if (strcmp (value, "-1") == 0 || strcmp (value, "reverse") == 0)
    return ONLY_BACKWARD;
  if (strcmp (value, "no") == 0 || strcmp (value, "0") == 0 || strcmp (value, "false") == 0 ||
      strcmp (value, "alternating") == 0)
    return BOTH_WAYS;
  /* the direction changes with the hour: not to be planned on */
  return strcmp (value, "reversible") == 0 ? CLOSED : UNSAID;
}

static OneWay
first_one_way (const VolantTags *tags, const char *const *keys)
{
  for (unsigned i = 0; keys[i] != NULL; i++)
    {
      OneWay one_way = parse_one_way (volant_tags_get (tags, keys[i]));

      if (one_way != UNSAID)
        return one_way;
    }
  return UNSAID;
}

/* Whether one lane of "yes|designated|no" is for the mode. */
static bool
has_lane_for (const char *lanes, VolantMode mode)
{
  g_auto (GStrv) values = g_strsplit (lanes, "|", -1);

  for (char **value = values; *value != NULL; value++)
    if (parse_access (*value, mode) == VOLANT_ACCESS_YES)
      return true;
  return false;
}

/* Buses against the stream: the older and the newer ways of saying so. */
static bool
has_contraflow_bus_lane (const VolantTags *tags, OneWay one_way)
{
  static const char *const sides[] = { "busway", "busway:left", "busway:right", "busway:both" };
  static const char *const counts[2][2] = { { "lanes:psv:forward", "lanes:bus:forward" },
                                            { "lanes:psv:backward", "lanes:bus:backward" } };
  static const char *const keys[2][2] = { { "psv:forward", "bus:forward" },
                                          { "psv:backward", "bus:backward" } };
  static const char *const lanes[2][2] = { { "psv:lanes:forward", "bus:lanes:forward" },
                                           { "psv:lanes:backward", "bus:lanes:backward" } };
  unsigned against = one_way == ONLY_FORWARD ? BACKWARD : FORWARD;

  for (unsigned i = 0; i < G_N_ELEMENTS (sides); i++)
    if (volant_tags_is (tags, sides[i], "opposite") ||
        volant_tags_is (tags, sides[i], "opposite_lane") ||
        volant_tags_is (tags, sides[i], "opposite_track"))
      return true;
  for (unsigned i = 0; i < 2; i++)
    {
      const char *count = volant_tags_get (tags, counts[against][i]);
      const char *allowed = volant_tags_get (tags, keys[against][i]);
      const char *by_lane = volant_tags_get (tags, lanes[against][i]);

      if (by_lane != NULL && has_lane_for (by_lane, VOLANT_MODE_BUS))
        return true;
      if ((count != NULL && atoi (count) > 0) ||
          (allowed != NULL && parse_access (allowed, VOLANT_MODE_BUS) == VOLANT_ACCESS_YES))
        return true;
    }
  return false;
}

static OneWay
one_way_of (const VolantTags *tags, VolantRoadClass road_class, unsigned flags, VolantMode mode)
{
  static const char *const car[] = { "oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle",
                                     "oneway", NULL };
  static const char *const bus[] = { "oneway:bus", "oneway:psv", "oneway:motor_vehicle",
                                     "oneway:vehicle", "oneway", NULL };
  static const char *const bus_alone[] = { "oneway:bus", "oneway:psv", NULL };
  static const char *const foot[] = { "oneway:foot", NULL };
  static const char *const *const keys[VOLANT_N_MODES] = { car, bus, foot };
  OneWay one_way = first_one_way (tags, keys[mode]);

  if (mode == VOLANT_MODE_FOOT)
    return one_way == UNSAID ? BOTH_WAYS : one_way;
  if (one_way == UNSAID)
    one_way = (flags & VOLANT_ROAD_FLAG_ROUNDABOUT) != 0 ||
                      (road_class == VOLANT_ROAD_MOTORWAY && (flags & VOLANT_ROAD_FLAG_LINK) == 0)
                  ? ONLY_FORWARD
                  : BOTH_WAYS;
  if (mode == VOLANT_MODE_BUS && (one_way == ONLY_FORWARD || one_way == ONLY_BACKWARD) &&
      first_one_way (tags, bus_alone) == UNSAID && has_contraflow_bus_lane (tags, one_way))
    return BOTH_WAYS;
  return one_way;
}

/* Masks of the modes that may go forward and backward; is_destination_only where the car (the bus,
 * where no car may) is let in only to begin or to end. A motorway implies one way, its ramps do not
 * (flags: LINK, ROUNDABOUT). */
void
volant_access_of_road (const VolantTags *tags, VolantRoadClass road_class, unsigned flags,
                       uint8_t access[2], bool *is_destination_only)
{
  VolantAccess strictest[VOLANT_N_MODES] = { VOLANT_ACCESS_UNKNOWN };

  access[FORWARD] = access[BACKWARD] = 0;
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      OneWay one_way = one_way_of (tags, road_class, flags, mode);

      for (unsigned way = FORWARD; way <= BACKWARD; way++)
        {
          VolantAccess found = access_of_mode (tags, road_class, mode, (int) way);

          if (found == VOLANT_ACCESS_NO || one_way == CLOSED ||
              one_way == (way == FORWARD ? ONLY_BACKWARD : ONLY_FORWARD))
            continue;
          access[way] |= (uint8_t) VOLANT_MODE_BIT (mode);
          if (strictest[mode] == VOLANT_ACCESS_UNKNOWN || found < strictest[mode])
            strictest[mode] = found;
        }
    }
  if (strictest[VOLANT_MODE_CAR] == VOLANT_ACCESS_UNKNOWN)
    strictest[VOLANT_MODE_CAR] = strictest[VOLANT_MODE_BUS];
  *is_destination_only = strictest[VOLANT_MODE_CAR] == VOLANT_ACCESS_DESTINATION ||
                         strictest[VOLANT_MODE_CAR] == VOLANT_ACCESS_PRIVATE;
}
