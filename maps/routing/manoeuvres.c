/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/router-core.h"

#include <math.h>
#include <string.h>

/* Finds what must be said along a route: each junction is judged by the angle of the turn and by
 * what else one might have done there. Where the road plainly goes on, nothing is said; where a
 * roundabout is passed, one manoeuvre stands at its entry and counts the exits. */

#define STRAIGHT_DEG 20.0
#define SLIGHT_DEG 50.0
#define SHARP_DEG 120.0
#define U_TURN_DEG 170.0
/* Up to here one goes on rather than turns, if nothing else goes on better. */
#define GOES_ON_DEG 35.0
/* Another road is taken for ours where it leaves at no more than this beside it. */
#define RIVAL_DEG 30.0
#define SIDE_LEAST_M 3.0

typedef struct {
  VolantRoute *route;
  const VolantRoads *roads;
  const VolantTurns *turns;
  GArray *found; /* VolantManoeuvre */
} Finder;

/* A junction of the way: from one link into the next, and the other exits. */
typedef struct {
  uint32_t from;
  uint32_t to;
  const VolantSegment *before;
  const VolantSegment *after;
  double angle_deg;
  unsigned n_others;      /* exits besides the one taken and turning back */
  unsigned n_weighty;     /* of these, those one might take for the road */
  double straightest_deg; /* least absolute angle among the weighty ones; 360 without */
  double rival_deg;       /* angle of the weighty one nearest to ours; 360 without */
  bool rival_is_lesser;   /* that one is of a lower class than ours */
  bool old_name_leaves;   /* another exit keeps the name of the road we leave */
  bool opposite;          /* a weighty exit on the other side, about square */
} Crossing;

static VolantModifier
modifier_of (double angle_deg)
{
  double sharpness_deg = fabs (angle_deg);
  bool right = angle_deg > 0.0;

  if (sharpness_deg < STRAIGHT_DEG)
    return VOLANT_MODIFIER_STRAIGHT;
  if (sharpness_deg < SLIGHT_DEG)
    return right ? VOLANT_MODIFIER_SLIGHT_RIGHT : VOLANT_MODIFIER_SLIGHT_LEFT;
  if (sharpness_deg < SHARP_DEG)
    return right ? VOLANT_MODIFIER_RIGHT : VOLANT_MODIFIER_LEFT;
  if (sharpness_deg < U_TURN_DEG)
    return right ? VOLANT_MODIFIER_SHARP_RIGHT : VOLANT_MODIFIER_SHARP_LEFT;
  return VOLANT_MODIFIER_U_TURN;
}

static const VolantSegment *
segment_of (const Finder *self, uint32_t link)
{
  return &self->roads->segments[volant_link_segment (link)];
}

static const char *
name_of (const Finder *self, const VolantSegment *segment)
{
  return volant_roads_string (self->roads, segment->name);
}

/* A drive or a track is not what one goes on by when one is on a street. */
static bool
is_weighty (const VolantSegment *exit, const VolantSegment *taken)
{
  bool is_lane = exit->road_class >= VOLANT_ROAD_SERVICE;

  return !is_lane || taken->road_class >= VOLANT_ROAD_SERVICE;
}

static void
weigh_exit (const Finder *self, Crossing *crossing, uint32_t exit)
{
  const VolantSegment *segment = segment_of (self, exit);
  double angle_deg = volant_turns_angle_deg (self->turns, crossing->from, exit);
  double apart_deg = fabs (volant_geo_turn_deg (crossing->angle_deg, angle_deg));

  crossing->n_others++;
  if (*name_of (self, segment) != '\0' &&
      strcmp (name_of (self, segment), name_of (self, crossing->before)) == 0)
    crossing->old_name_leaves = true;
  if (!is_weighty (segment, crossing->after))
    return;
  crossing->n_weighty++;
  crossing->straightest_deg = MIN (crossing->straightest_deg, fabs (angle_deg));
  if (fabs (angle_deg) > SLIGHT_DEG && fabs (angle_deg) < 135.0 &&
      (angle_deg > 0.0) != (crossing->angle_deg > 0.0))
    crossing->opposite = true;
  if (crossing->rival_deg > 180.0 ||
      apart_deg < fabs (volant_geo_turn_deg (crossing->angle_deg, crossing->rival_deg)))
    {
      crossing->rival_deg = angle_deg;
      crossing->rival_is_lesser = segment->road_class > crossing->after->road_class ||
                                  (segment->flags & ~crossing->after->flags &
                                   VOLANT_ROAD_FLAG_LINK);
    }
}

static Crossing
look_at (const Finder *self, uint32_t from, uint32_t to)
{
  const VolantRoads *roads = self->roads;
  uint32_t node = volant_roads_link_to (roads, from);
  Crossing crossing = {
    .from = from,
    .to = to,
    .before = segment_of (self, from),
    .after = segment_of (self, to),
    .angle_deg = volant_turns_angle_deg (self->turns, from, to),
    .straightest_deg = 360.0,
    .rival_deg = 360.0,
  };

  for (uint32_t i = roads->first_out[node]; i < roads->first_out[node + 1]; i++)
    {
      uint32_t exit = roads->out_links[i];

      if (exit != to && exit != volant_link_reverse (from) &&
          volant_roads_link_allows (roads, exit, self->route->mode))
        weigh_exit (self, &crossing, exit);
    }
  return crossing;
}

static VolantManoeuvre *
add_manoeuvre (Finder *self, VolantManoeuvreKind kind, VolantModifier modifier, uint32_t step,
               uint32_t named_link)
{
  const VolantSegment *segment = segment_of (self, named_link);
  const VolantRouteStep *at = &self->route->steps[step];
  VolantManoeuvre manoeuvre = { .kind = kind, .modifier = modifier, .point = at->first_point,
                                .at_mm = at->at_mm, .at_ms = at->at_ms };

  manoeuvre.bearing_after_deg = volant_turns_bearing_out_deg (self->turns, named_link);
  manoeuvre.bearing_before_deg =
    step > 0 ? volant_turns_bearing_in_deg (self->turns, self->route->steps[step - 1].link)
             : manoeuvre.bearing_after_deg;
  manoeuvre.street = g_strdup (name_of (self, segment));
  manoeuvre.ref = g_strdup (volant_roads_string (self->roads, segment->ref));
  manoeuvre.destination = g_strdup (
    volant_roads_string (self->roads, (named_link & 1) ? segment->destination_backward
                                                       : segment->destination));
  g_array_append_val (self->found, manoeuvre);
  return &g_array_index (self->found, VolantManoeuvre, self->found->len - 1);
}

/* How many links leave the roundabout at the end of one of its links. */
static unsigned
count_ways_out (const Finder *self, uint32_t link)
{
  uint32_t node = volant_roads_link_to (self->roads, link);
  unsigned n = 0;

  for (uint32_t i = self->roads->first_out[node]; i < self->roads->first_out[node + 1]; i++)
    {
      uint32_t out = self->roads->out_links[i];

      n += !(segment_of (self, out)->flags & VOLANT_ROAD_FLAG_ROUNDABOUT) &&
           volant_roads_link_allows (self->roads, out, self->route->mode);
    }
  return n;
}

/* Passes a roundabout that is entered with a step; returns the step that leaves it. */
static uint32_t
pass_roundabout (Finder *self, uint32_t entry)
{
  const VolantRouteStep *steps = self->route->steps;
  uint32_t leave = entry;
  unsigned n_passed = 0;
  VolantManoeuvre *manoeuvre;
  double angle_deg;

  while (leave < self->route->n_steps &&
         (segment_of (self, steps[leave].link)->flags & VOLANT_ROAD_FLAG_ROUNDABOUT))
    {
      if (leave > entry)
        n_passed += count_ways_out (self, steps[leave - 1].link);
      leave++;
    }
  if (leave == self->route->n_steps)
    {
      add_manoeuvre (self, VOLANT_MANOEUVRE_ROUNDABOUT, VOLANT_MODIFIER_STRAIGHT, entry,
                     steps[entry].link);
      return leave;
    }
  angle_deg = volant_turns_angle_deg (self->turns, steps[entry - 1].link, steps[leave].link);
  manoeuvre = add_manoeuvre (self, VOLANT_MANOEUVRE_ROUNDABOUT, modifier_of (angle_deg), entry,
                             steps[leave].link);
  manoeuvre->exit_number = n_passed + 1;
  return leave;
}

/* One circulates anticlockwise where one drives on the right, so the exits come from the right. */
static void
add_mini_roundabout (Finder *self, const Crossing *crossing, uint32_t step)
{
  const VolantRoads *roads = self->roads;
  uint32_t node = volant_roads_link_to (roads, crossing->from);
  double sign = roads->drives_on_left ? -1.0 : 1.0;
  unsigned n_before = 0;
  VolantManoeuvre *manoeuvre;

  for (uint32_t i = roads->first_out[node]; i < roads->first_out[node + 1]; i++)
    {
      uint32_t out = roads->out_links[i];
      bool counts = out != crossing->to && out != volant_link_reverse (crossing->from) &&
                    volant_roads_link_allows (roads, out, self->route->mode);

      n_before += counts && (crossing->to == volant_link_reverse (crossing->from) ||
                             sign * volant_turns_angle_deg (self->turns, crossing->from, out) >
                               sign * crossing->angle_deg);
    }
  manoeuvre = add_manoeuvre (self, VOLANT_MANOEUVRE_ROUNDABOUT, modifier_of (crossing->angle_deg),
                             step, crossing->to);
  manoeuvre->exit_number = n_before + 1;
}

/* Whether another road comes in beside the ramp that we are on. */
static bool
joins_traffic (const Finder *self, const Crossing *crossing)
{
  uint32_t node = volant_roads_link_from (self->roads, crossing->to);

  for (uint32_t i = self->roads->first_out[node]; i < self->roads->first_out[node + 1]; i++)
    {
      uint32_t in = volant_link_reverse (self->roads->out_links[i]);

      if (in != crossing->from && in != volant_link_reverse (crossing->to) &&
          segment_of (self, in)->road_class == crossing->after->road_class &&
          volant_roads_link_allows (self->roads, in, self->route->mode))
        return true;
    }
  return false;
}

/* Ramps of motorways and trunk roads; slip lanes of lesser roads are turns like others. */
static bool
add_ramp (Finder *self, const Crossing *crossing, uint32_t step)
{
  bool from_ramp = crossing->before->flags & VOLANT_ROAD_FLAG_LINK;
  bool to_ramp = crossing->after->flags & VOLANT_ROAD_FLAG_LINK;
  bool from_fast = crossing->before->road_class <= VOLANT_ROAD_TRUNK;
  bool to_fast = crossing->after->road_class <= VOLANT_ROAD_TRUNK;
  VolantModifier modifier = modifier_of (crossing->angle_deg);

  if (self->route->mode == VOLANT_MODE_FOOT || fabs (crossing->angle_deg) > 90.0)
    return false;
  if (!from_ramp && to_ramp && from_fast && crossing->n_others > 0)
    {
      if (modifier == VOLANT_MODIFIER_STRAIGHT && crossing->rival_deg < 180.0)
        modifier = crossing->angle_deg > crossing->rival_deg ? VOLANT_MODIFIER_SLIGHT_RIGHT
                                                             : VOLANT_MODIFIER_SLIGHT_LEFT;
      add_manoeuvre (self, VOLANT_MANOEUVRE_OFF_RAMP, modifier, step, crossing->to);
      return true;
    }
  if (!from_ramp && to_ramp && to_fast && crossing->n_others > 0)
    {
      add_manoeuvre (self, VOLANT_MANOEUVRE_ON_RAMP, modifier, step, crossing->to);
      return true;
    }
  if (from_ramp && !to_ramp && to_fast && joins_traffic (self, crossing))
    {
      add_manoeuvre (self, VOLANT_MANOEUVRE_MERGE, modifier, step, crossing->to);
      return true;
    }
  return false;
}

/* Nearly straight: plain, a fork, or a new name that must be said. */
static void
add_going_on (Finder *self, const Crossing *crossing, uint32_t step)
{
  double apart_deg = fabs (volant_geo_turn_deg (crossing->angle_deg, crossing->rival_deg));
  bool has_rival = crossing->n_weighty > 0 && crossing->straightest_deg < SLIGHT_DEG &&
                   apart_deg < RIVAL_DEG + fabs (crossing->angle_deg);
  bool same_name = strcmp (name_of (self, crossing->before), name_of (self, crossing->after)) == 0;
  bool goes_on = fabs (crossing->angle_deg) < STRAIGHT_DEG &&
                 fabs (crossing->angle_deg) < crossing->straightest_deg;

  if (has_rival && !(goes_on && (same_name || crossing->rival_is_lesser)))
    {
      add_manoeuvre (self, VOLANT_MANOEUVRE_FORK,
                     volant_geo_turn_deg (crossing->rival_deg, crossing->angle_deg) > 0.0
                       ? VOLANT_MODIFIER_SLIGHT_RIGHT
                       : VOLANT_MODIFIER_SLIGHT_LEFT,
                     step, crossing->to);
      return;
    }
  if (!same_name && crossing->old_name_leaves && *name_of (self, crossing->after) != '\0')
    add_manoeuvre (self, VOLANT_MANOEUVRE_CONTINUE, VOLANT_MODIFIER_STRAIGHT, step, crossing->to);
}

static void
add_turn (Finder *self, const Crossing *crossing, uint32_t step)
{
  double sharpness_deg = fabs (crossing->angle_deg);
  bool at_end = crossing->straightest_deg > SLIGHT_DEG && crossing->opposite &&
                sharpness_deg > SLIGHT_DEG && sharpness_deg < 135.0 &&
                !crossing->old_name_leaves && crossing->n_weighty == 1;

  add_manoeuvre (self, at_end ? VOLANT_MANOEUVRE_END_OF_ROAD : VOLANT_MANOEUVRE_TURN,
                 modifier_of (crossing->angle_deg), step, crossing->to);
}

/* Judges the junction before a step; returns the step to look at next. */
static uint32_t
pass_junction (Finder *self, uint32_t step)
{
  const VolantRouteStep *steps = self->route->steps;
  Crossing crossing = look_at (self, steps[step - 1].link, steps[step].link);
  uint32_t node = volant_roads_link_to (self->roads, crossing.from);
  bool on_foot = self->route->mode == VOLANT_MODE_FOOT;

  if (!on_foot && (crossing.after->flags & ~crossing.before->flags & VOLANT_ROAD_FLAG_ROUNDABOUT))
    return pass_roundabout (self, step) + 1;
  if (!on_foot && (self->roads->junctions[node].flags & VOLANT_NODE_FLAG_MINI_ROUNDABOUT) &&
      crossing.n_others > 0)
    add_mini_roundabout (self, &crossing, step);
  else if (crossing.after->road_class == VOLANT_ROAD_FERRY &&
           crossing.before->road_class != VOLANT_ROAD_FERRY)
    add_manoeuvre (self, VOLANT_MANOEUVRE_FERRY, VOLANT_MODIFIER_STRAIGHT, step, crossing.to);
  else if (crossing.to == volant_link_reverse (crossing.from))
    add_manoeuvre (self, VOLANT_MANOEUVRE_TURN, VOLANT_MODIFIER_U_TURN, step, crossing.to);
  else if (add_ramp (self, &crossing, step) || crossing.n_others == 0)
    return step + 1;
  else if (fabs (crossing.angle_deg) < GOES_ON_DEG ||
           (fabs (crossing.angle_deg) < SLIGHT_DEG && crossing.straightest_deg > 90.0))
    add_going_on (self, &crossing, step);
  else if (crossing.n_weighty > 0 || crossing.before->road_class != crossing.after->road_class)
    add_turn (self, &crossing, step);
  return step + 1;
}

/* On which side of the road, seen along the last metres, what is asked for lies. */
static VolantModifier
side_of (const VolantRoute *route, uint32_t point, VolantPoint asked)
{
  VolantPoint here = route->geometry[point];
  double bearing_deg, side_deg;

  if (point == 0)
    return VOLANT_MODIFIER_STRAIGHT;
  bearing_deg = volant_geo_bearing_deg (route->geometry[point - 1], here);
  side_deg = volant_geo_turn_deg (bearing_deg, volant_geo_bearing_deg (here, asked));
  if (volant_geo_distance_m (here, asked) < SIDE_LEAST_M || fabs (side_deg) < STRAIGHT_DEG ||
      fabs (side_deg) > 180.0 - STRAIGHT_DEG)
    return VOLANT_MODIFIER_STRAIGHT;
  return side_deg > 0.0 ? VOLANT_MODIFIER_RIGHT : VOLANT_MODIFIER_LEFT;
}

/* Puts the stops on the way among what is to be done, each behind all that comes before it. */
static void
add_stops (Finder *self)
{
  const VolantRoute *route = self->route;

  for (uint32_t i = 0; i < route->n_stops; i++)
    {
      const VolantRouteStop *stop = &route->stops[i];
      uint32_t before = stop->point > 0 ? stop->point - 1 : 0;
      unsigned at = self->found->len;
      VolantManoeuvre via = {
        .kind = VOLANT_MANOEUVRE_VIA,
        .modifier = side_of (route, stop->point, stop->asked),
        .point = stop->point,
        .at_mm = stop->at_mm,
        .at_ms = stop->at_ms,
        .bearing_before_deg = volant_geo_bearing_deg (route->geometry[before],
                                                      route->geometry[before + 1]),
        .street = g_strdup (""),
        .ref = g_strdup (""),
        .destination = g_strdup (""),
      };

      via.bearing_after_deg = via.bearing_before_deg;
      while (at > 1 && g_array_index (self->found, VolantManoeuvre, at - 1).at_mm > stop->at_mm)
        at--;
      g_array_insert_val (self->found, at, via);
    }
}

void
volant_route_find_manoeuvres (VolantRoute *route, const VolantRoads *roads,
                              const VolantTurns *turns)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (VolantManoeuvre));
  Finder finder = { route, roads, turns, found };
  uint32_t last = route->n_steps - 1;
  VolantManoeuvre *manoeuvre;

  manoeuvre = add_manoeuvre (&finder, VOLANT_MANOEUVRE_DEPART, VOLANT_MODIFIER_STRAIGHT, 0,
                             route->steps[0].link);
  manoeuvre->bearing_after_deg = volant_geo_bearing_deg (route->geometry[0], route->geometry[1]);
  manoeuvre->bearing_before_deg = manoeuvre->bearing_after_deg;
  for (uint32_t step = 1; step < route->n_steps;)
    step = pass_junction (&finder, step);
  add_stops (&finder);
  manoeuvre = add_manoeuvre (&finder, VOLANT_MANOEUVRE_ARRIVE, side_of (route, route->n_points - 1, route->to),
                             last, route->steps[last].link);
  manoeuvre->point = route->n_points - 1;
  manoeuvre->at_mm = route->length_mm;
  manoeuvre->at_ms = route->time_ms;
  manoeuvre->bearing_before_deg = volant_geo_bearing_deg (route->geometry[route->n_points - 2],
                                                          route->geometry[route->n_points - 1]);
  manoeuvre->bearing_after_deg = manoeuvre->bearing_before_deg;
  route->n_manoeuvres = found->len;
  route->manoeuvres = (VolantManoeuvre *) g_array_free (g_steal_pointer (&found), FALSE);
}
