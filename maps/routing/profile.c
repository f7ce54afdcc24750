/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/profile.h"

#include <math.h>

/* Profiles of car, bus and foot.
 *
 * A car drives a share of the limit that falls with the class of the road: bends, parked cars and
 * give-ways eat the rest. Signals and turns are paid at the junction, so the share is higher than
 * the mean speeds one measures in cities. The figures are ours, round, and meant to be replaced by
 * measured speeds later. */

/* Thousandths of the limit, and the most that anyone drives there. */
static const struct {
  uint16_t share;
  uint8_t most_kmh;
} car_speeds[VOLANT_N_ROAD_CLASSES] = {
  [VOLANT_ROAD_MOTORWAY] = { 950, 130 },    [VOLANT_ROAD_TRUNK] = { 920, 110 },
  [VOLANT_ROAD_PRIMARY] = { 880, 90 },      [VOLANT_ROAD_SECONDARY] = { 850, 90 },
  [VOLANT_ROAD_TERTIARY] = { 800, 80 },     [VOLANT_ROAD_UNCLASSIFIED] = { 750, 70 },
  [VOLANT_ROAD_RESIDENTIAL] = { 750, 50 },  [VOLANT_ROAD_LIVING_STREET] = { 750, 15 },
  [VOLANT_ROAD_SERVICE] = { 700, 20 },      [VOLANT_ROAD_TRACK] = { 600, 25 },
  [VOLANT_ROAD_BUSWAY] = { 850, 60 },       [VOLANT_ROAD_PEDESTRIAN] = { 700, 8 },
  [VOLANT_ROAD_CYCLEWAY] = { 700, 8 },      [VOLANT_ROAD_FOOTWAY] = { 700, 8 },
  [VOLANT_ROAD_PATH] = { 700, 8 },          [VOLANT_ROAD_STEPS] = { 700, 5 },
  [VOLANT_ROAD_FERRY] = { 1000, 40 },
};

#define FERRY_KMH 15
#define FERRY_BOARDING_MS 300000
#define BUS_MOST_KMH 70
#define BUS_SHARE 900       /* of a car's speed, in thousandths */
#define UNPAVED_SHARE 700
#define RAMP_SHARE 850
#define FOOT_MS_PER_KM 750000 /* 4.8 km/h */
#define STEPS_MS_PER_KM 1500000

#define SIGNALS_MS 8000
#define FOOT_SIGNALS_MS 5000
#define STOP_MS 4000
#define GIVE_WAY_MS 2000
#define U_TURN_MS 20000
#define DESTINATION_ONLY_MS 600000

static uint32_t
saturate_ms (uint64_t ms)
{
  return (uint32_t) CLAMP (ms, 1, VOLANT_TIME_NEVER_MS);
}

/* Kilometres an hour times a million: three shares of a thousandth. */
static uint64_t
motor_speed (const VolantSegment *segment, VolantMode mode, unsigned direction)
{
  unsigned road_class = MIN (segment->road_class, VOLANT_N_ROAD_CLASSES - 1);
  unsigned limit_kmh = segment->speed_kmh[direction];
  uint64_t speed;

  if (limit_kmh == 0)
    limit_kmh = road_class == VOLANT_ROAD_FERRY ? FERRY_KMH : car_speeds[road_class].most_kmh;
  speed = MIN (limit_kmh * (uint64_t) car_speeds[road_class].share,
               car_speeds[road_class].most_kmh * UINT64_C (1000));
  if (mode == VOLANT_MODE_BUS)
    speed = MIN (speed * BUS_SHARE / 1000, BUS_MOST_KMH * UINT64_C (1000));
  if (segment->flags & VOLANT_ROAD_FLAG_LINK)
    speed = speed * RAMP_SHARE / 1000;
  if (segment->flags & VOLANT_ROAD_FLAG_UNPAVED)
    speed = speed * UNPAVED_SHARE / 1000;
  return MAX (speed, 1000);
}

uint32_t
volant_profile_link_ms (const VolantRoads *roads, VolantMode mode, uint32_t link)
{
  const VolantSegment *segment = &roads->segments[volant_link_segment (link)];
  uint64_t length_mm = segment->length_mm;

  if (!volant_roads_link_allows (roads, link, mode))
    return VOLANT_TIME_NEVER_MS;
  if (mode == VOLANT_MODE_FOOT)
    {
      if (segment->road_class == VOLANT_ROAD_FERRY)
        return saturate_ms (length_mm * 36 / (10 * FERRY_KMH));
      return saturate_ms (length_mm *
                          (segment->road_class == VOLANT_ROAD_STEPS ? STEPS_MS_PER_KM
                                                                    : FOOT_MS_PER_KM) /
                          1000000);
    }
  /* 1 km/h is 1/3.6 mm a millisecond; the speed is in thousandths of a km/h. */
  return saturate_ms (length_mm * 3600 / motor_speed (segment, mode, link & 1));
}

/* How many links one may go on by, turning back not counted. */
static unsigned
count_exits (const VolantRoads *roads, VolantMode mode, uint32_t link)
{
  uint32_t node = volant_roads_link_to (roads, link);
  unsigned n_exits = 0;

  for (uint32_t i = roads->first_out[node]; i < roads->first_out[node + 1]; i++)
    n_exits += roads->out_links[i] != volant_link_reverse (link) &&
               volant_roads_link_allows (roads, roads->out_links[i], mode);
  return n_exits;
}

static uint32_t
waiting_ms (const VolantJunction *junction)
{
  if (junction->flags & VOLANT_NODE_FLAG_SIGNALS)
    return SIGNALS_MS;
  if (junction->flags & VOLANT_NODE_FLAG_STOP)
    return STOP_MS;
  return junction->flags & (VOLANT_NODE_FLAG_GIVE_WAY | VOLANT_NODE_FLAG_MINI_ROUNDABOUT)
           ? GIVE_WAY_MS
           : 0;
}

/* Slowing down for the angle; crossing the oncoming lane costs more. */
static uint32_t
angle_ms (double angle_deg, bool drives_on_left)
{
  double sharpness_deg = fabs (angle_deg);
  bool crosses = drives_on_left ? angle_deg > 0.0 : angle_deg < 0.0;

  if (sharpness_deg < 25.0)
    return 0;
  if (sharpness_deg < 60.0)
    return crosses ? 1500 : 1000;
  if (sharpness_deg < 135.0)
    return crosses ? 6000 : 3000;
  return crosses ? 8000 : 5000;
}

uint32_t
volant_profile_turn_ms (const VolantRoads *roads, const VolantTurns *turns, VolantMode mode,
                        uint32_t from_link, uint32_t to_link)
{
  const VolantSegment *from = &roads->segments[volant_link_segment (from_link)];
  const VolantSegment *to = &roads->segments[volant_link_segment (to_link)];
  const VolantJunction *junction = &roads->junctions[volant_roads_link_to (roads, from_link)];
  uint32_t ms = 0;

  if (to->road_class == VOLANT_ROAD_FERRY && from->road_class != VOLANT_ROAD_FERRY)
    ms += FERRY_BOARDING_MS;
  if (mode == VOLANT_MODE_FOOT)
    return ms + (junction->flags & VOLANT_NODE_FLAG_SIGNALS ? FOOT_SIGNALS_MS : 0);
  ms += waiting_ms (junction);
  if (to_link == volant_link_reverse (from_link))
    return ms + U_TURN_MS;
  if (count_exits (roads, mode, from_link) < 2)
    return ms;
  if (from->flags & VOLANT_ROAD_FLAG_ROUNDABOUT)
    return ms;
  if (to->flags & VOLANT_ROAD_FLAG_ROUNDABOUT)
    return ms + GIVE_WAY_MS;
  ms += angle_ms (volant_turns_angle_deg (turns, from_link, to_link), roads->drives_on_left);
  /* Out of a minor road into a greater one: one gives way, unless signals already made one wait. */
  if (to->road_class < from->road_class && ms < SIGNALS_MS)
    ms += GIVE_WAY_MS;
  return ms;
}

uint32_t
volant_profile_entry_ms (const VolantRoads *roads, VolantMode mode, uint32_t from_link,
                         uint32_t to_link)
{
  unsigned from = roads->segments[volant_link_segment (from_link)].flags;
  unsigned to = roads->segments[volant_link_segment (to_link)].flags;

  if (mode == VOLANT_MODE_FOOT)
    return 0;
  return to & ~from & VOLANT_ROAD_FLAG_DESTINATION_ONLY ? DESTINATION_ONLY_MS : 0;
}
