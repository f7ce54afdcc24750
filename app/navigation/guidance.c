/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/guidance.h"

#include <math.h>

/* The fix is projected onto a window of the route around where one was, so that a way which crosses
 * itself or comes back on the same street does not throw one forward. One never goes back along the
 * route; who really turns back leaves the window and is off the route. */

#define WINDOW_BACK_M 30.0
#define WINDOW_AHEAD_M 120.0
#define AGAINST_HEADING_M 40.0 /* as far as that is a piece moved that runs against the heading */
#define HEADING_SPEED_MPS 2.0  /* slower, a heading says little */

#define OFF_ROUTE_M 50.0
#define OFF_ROUTE_S 3.0
#define OFF_ROUTE_MOVED_M 60.0

#define ARRIVAL_M 30.0
#define ARRIVAL_LAST_M 8.0
#define STANDING_MPS 1.5

/* Another manoeuvre this close is told together with the one before. */
#define THEN_M 80.0

/* Metres before a manoeuvre at which each prompt is given, by the road one is on. */
typedef struct {
  double far_m;
  double near_m;
  double now_m;
} PromptDistances;

struct _VolantGuidance {
  const VolantRoute *route;
  const VolantRoads *roads;
  double *at_m;            /* by point of the geometry */
  double travelled_m;
  VolantFix last;
  bool has_last;
  double off_since_s;      /* NAN on the route */
  double off_moved_m;
  bool arrived;
  bool was_near_end;
  uint32_t next;           /* manoeuvre */
  VolantPromptKind given;  /* the latest prompt for it */
  bool start_due;
  bool arrival_due;
};

VolantGuidance *
volant_guidance_new (const VolantRoute *route, const VolantRoads *roads)
{
  VolantGuidance *self = g_new0 (VolantGuidance, 1);
  double scale;

  self->route = route;
  self->roads = roads;
  self->off_since_s = NAN;
  self->next = 1;
  self->start_due = true;
  self->at_m = g_new0 (double, route->n_points);
  for (uint32_t i = 1; i < route->n_points; i++)
    self->at_m[i] = self->at_m[i - 1] +
                    volant_geo_distance_m (route->geometry[i - 1], route->geometry[i]);
  scale = self->at_m[route->n_points - 1] > 0.0
            ? route->length_mm / 1000.0 / self->at_m[route->n_points - 1]
            : 0.0;
  for (uint32_t i = 0; i < route->n_points; i++)
    self->at_m[i] *= scale;
  return self;
}

void
volant_guidance_free (VolantGuidance *self)
{
  if (self == NULL)
    return;
  g_free (self->at_m);
  g_free (self);
}

static double
length_m (const VolantGuidance *self)
{
  return self->route->length_mm / 1000.0;
}

/* The step that holds a place of the route. */
static uint32_t
step_at (const VolantGuidance *self, double at_m)
{
  uint32_t low = 0, high = self->route->n_steps - 1;

  while (low < high)
    {
      uint32_t middle = (low + high + 1) / 2;

      if (self->route->steps[middle].at_mm <= at_m * 1000.0)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

static PromptDistances
prompt_distances (const VolantGuidance *self)
{
  uint32_t link = self->route->steps[step_at (self, self->travelled_m)].link;
  unsigned road_class = self->roads->segments[volant_link_segment (link)].road_class;

  if (self->route->mode == VOLANT_MODE_FOOT)
    return (PromptDistances) { 80.0, 30.0, 10.0 };
  if (road_class == VOLANT_ROAD_MOTORWAY)
    return (PromptDistances) { 1800.0, 700.0, 200.0 };
  if (road_class == VOLANT_ROAD_TRUNK)
    return (PromptDistances) { 1000.0, 400.0, 100.0 };
  if (road_class <= VOLANT_ROAD_TERTIARY)
    return (PromptDistances) { 450.0, 170.0, 40.0 };
  return (PromptDistances) { 250.0, 110.0, 30.0 };
}

/* Metres from the fix to one piece of the route, with what an opposite heading adds. */
static double
distance_to_piece_m (const VolantGuidance *self, const VolantFix *fix, uint32_t piece,
                     double *along_m)
{
  VolantPoint a = self->route->geometry[piece], b = self->route->geometry[piece + 1];
  double fraction, distance_m;
  bool moves = isfinite (fix->heading_deg) && isfinite (fix->speed_mps) &&
               fix->speed_mps > HEADING_SPEED_MPS;

  volant_geo_project (fix->point, a, b, &fraction, &distance_m);
  *along_m = self->at_m[piece] + fraction * (self->at_m[piece + 1] - self->at_m[piece]);
  if (moves && self->at_m[piece + 1] > self->at_m[piece] &&
      fabs (volant_geo_turn_deg (fix->heading_deg, volant_geo_bearing_deg (a, b))) > 100.0)
    distance_m += AGAINST_HEADING_M;
  return distance_m;
}

/* The place of the window nearest to the fix; of equally near ones the first. */
static double
find_place (const VolantGuidance *self, const VolantFix *fix, double moved_m, double *distance_m)
{
  double from_m = self->travelled_m - WINDOW_BACK_M;
  double to_m = self->travelled_m + WINDOW_AHEAD_M + 2.0 * moved_m;
  double best_m = INFINITY, place_m = self->travelled_m;

  for (uint32_t i = 0; i + 1 < self->route->n_points && self->at_m[i] <= to_m; i++)
    {
      double along_m, here_m;

      if (self->at_m[i + 1] < from_m)
        continue;
      here_m = distance_to_piece_m (self, fix, i, &along_m);
      along_m = CLAMP (along_m, from_m, to_m);
      if (here_m < best_m - 0.5)
        {
          best_m = here_m;
          place_m = along_m;
        }
    }
  *distance_m = best_m;
  return place_m;
}

/* Whether one has been away from the route for long enough, in time or in metres. */
static bool
is_off (VolantGuidance *self, const VolantFix *fix, double distance_m, double moved_m)
{
  double now_s = fix->at_us / 1e6;
  double allowed_m = OFF_ROUTE_M + (isfinite (fix->accuracy_m) ? CLAMP (fix->accuracy_m, 0.0, 50.0)
                                                               : 0.0);

  if (distance_m <= allowed_m)
    {
      self->off_since_s = NAN;
      self->off_moved_m = 0.0;
      return false;
    }
  if (isnan (self->off_since_s))
    self->off_since_s = now_s;
  else
    self->off_moved_m += moved_m;
  return now_s - self->off_since_s >= OFF_ROUTE_S || self->off_moved_m >= OFF_ROUTE_MOVED_M;
}

/* Standing near the end, at the very end, or past it. */
static bool
is_there (VolantGuidance *self, const VolantFix *fix)
{
  double remaining_m = volant_guidance_get_remaining_m (self);
  VolantPoint end = self->route->geometry[self->route->n_points - 1];
  double to_end_m = volant_geo_distance_m (fix->point, end);

  if (remaining_m > ARRIVAL_M)
    return false;
  if (remaining_m <= ARRIVAL_LAST_M && to_end_m <= ARRIVAL_M)
    return true;
  if (to_end_m <= ARRIVAL_M)
    {
      self->was_near_end = true;
      return isfinite (fix->speed_mps) && fix->speed_mps < STANDING_MPS;
    }
  return self->was_near_end;
}

static void
pass_manoeuvres (VolantGuidance *self)
{
  uint32_t last = self->route->n_manoeuvres - 1;

  while (self->next < last &&
         self->route->manoeuvres[self->next].at_mm / 1000.0 <= self->travelled_m)
    {
      self->next++;
      self->given = VOLANT_PROMPT_NONE;
    }
}

/* volant_guidance_begin_there:
 *
 * Within ARRIVAL_LAST_M of the end however long the route is: from just past it in a one-way street
 * a way leads right round, which nobody wants to be sent. */
bool
volant_guidance_begin_there (VolantGuidance *self, const VolantFix *fix)
{
  VolantPoint end = self->route->geometry[self->route->n_points - 1];
  double near_m = length_m (self) <= ARRIVAL_M ? ARRIVAL_M : ARRIVAL_LAST_M;

  if (fix->speed_mps >= STANDING_MPS || volant_geo_distance_m (fix->point, end) > near_m)
    return false;
  self->arrived = true;
  self->start_due = false;
  self->travelled_m = length_m (self);
  self->next = self->route->n_manoeuvres - 1;
  return true;
}

VolantGuidanceState
volant_guidance_update (VolantGuidance *self, const VolantFix *fix)
{
  double moved_m = self->has_last ? volant_geo_distance_m (self->last.point, fix->point) : 0.0;
  double distance_m, place_m;

  if (self->arrived)
    return VOLANT_GUIDANCE_ARRIVED;
  place_m = find_place (self, fix, moved_m, &distance_m);
  self->last = *fix;
  self->has_last = true;
  if (is_off (self, fix, distance_m, moved_m))
    return VOLANT_GUIDANCE_OFF_ROUTE;
  if (isnan (self->off_since_s))
    self->travelled_m = CLAMP (place_m, self->travelled_m, length_m (self));
  pass_manoeuvres (self);
  if (!is_there (self, fix))
    return VOLANT_GUIDANCE_ON_ROUTE;
  self->arrived = true;
  self->arrival_due = true;
  self->next = self->route->n_manoeuvres - 1;
  return VOLANT_GUIDANCE_ARRIVED;
}

/* The most urgent prompt whose distance is reached. One that the next would follow at once is left
 * out, so that nobody is told the same thing twice within a few metres. */
static VolantPromptKind
prompt_due (const VolantGuidance *self, double distance_m)
{
  PromptDistances distances = prompt_distances (self);

  if (distance_m <= distances.now_m)
    return VOLANT_PROMPT_NOW;
  if (distance_m <= distances.near_m)
    return distance_m > distances.now_m * 1.5 ? VOLANT_PROMPT_NEAR : VOLANT_PROMPT_NONE;
  if (distance_m <= distances.far_m)
    return distance_m > distances.near_m * 1.5 ? VOLANT_PROMPT_FAR : VOLANT_PROMPT_NONE;
  return VOLANT_PROMPT_NONE;
}

VolantPrompt *
volant_guidance_take_prompt (VolantGuidance *self)
{
  const VolantManoeuvre *next, *then;
  double distance_m, then_m;
  VolantPromptKind due;

  if (self->start_due)
    {
      self->start_due = false;
      next = volant_guidance_get_manoeuvre (self, 0, &distance_m);
      return volant_prompt_new (VOLANT_PROMPT_START, &self->route->manoeuvres[0], distance_m,
                                distance_m <= THEN_M ? next : NULL);
    }
  next = volant_guidance_get_manoeuvre (self, 0, &distance_m);
  if (self->arrived)
    {
      bool was_due = self->arrival_due;

      self->arrival_due = false;
      return was_due ? volant_prompt_new (VOLANT_PROMPT_ARRIVED, next, distance_m, NULL) : NULL;
    }
  due = prompt_due (self, distance_m);
  /* The arrival is said when one is there. */
  if (due <= self->given ||
      (due == VOLANT_PROMPT_NOW && next->kind == VOLANT_MANOEUVRE_ARRIVE))
    return NULL;
  self->given = due;
  then = volant_guidance_get_manoeuvre (self, 1, &then_m);
  return volant_prompt_new (due, next, distance_m,
                            then != NULL && then_m - distance_m <= THEN_M ? then : NULL);
}

bool
volant_guidance_has_arrived (const VolantGuidance *self)
{
  return self->arrived;
}

double
volant_guidance_get_travelled_m (const VolantGuidance *self)
{
  return self->travelled_m;
}

double
volant_guidance_get_remaining_m (const VolantGuidance *self)
{
  return MAX (length_m (self) - self->travelled_m, 0.0);
}

/* Inside a step the time is spread evenly over its metres. */
double
volant_guidance_get_remaining_s (const VolantGuidance *self)
{
  const VolantRoute *route = self->route;
  uint32_t i = step_at (self, self->travelled_m);
  const VolantRouteStep *step = &route->steps[i];
  double end_mm = i + 1 < route->n_steps ? route->steps[i + 1].at_mm : route->length_mm;
  double end_ms = i + 1 < route->n_steps ? route->steps[i + 1].at_ms : route->time_ms;
  double share = end_mm > step->at_mm
                   ? CLAMP ((self->travelled_m * 1000.0 - step->at_mm) / (end_mm - step->at_mm),
                            0.0, 1.0)
                   : 1.0;

  return MAX (route->time_ms - (step->at_ms + share * (end_ms - step->at_ms)), 0.0) / 1000.0;
}

const VolantManoeuvre *
volant_guidance_get_manoeuvre (const VolantGuidance *self, unsigned index, double *distance_m)
{
  const VolantManoeuvre *manoeuvre;

  if (self->next + (uint64_t) index >= self->route->n_manoeuvres)
    return NULL;
  manoeuvre = &self->route->manoeuvres[self->next + index];
  if (distance_m != NULL)
    *distance_m = MAX (manoeuvre->at_mm / 1000.0 - self->travelled_m, 0.0);
  return manoeuvre;
}
