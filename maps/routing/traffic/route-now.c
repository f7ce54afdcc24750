/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/route-now.h"

#include "maps/routing/profile.h"
#include "maps/routing/router-core.h"

/* The steps know their links and where they begin: with the costs of the links now, and the turns,
 * the times follow. */

static uint32_t
step_end_mm (const VolantRoute *route, uint32_t i)
{
  return i + 1 < route->n_steps ? route->steps[i + 1].at_mm : route->length_mm;
}

/* Of the step that holds a place. */
static uint32_t
find_step (const VolantRoute *route, uint32_t at_mm)
{
  uint32_t i = 0;

  while (i + 1 < route->n_steps && route->steps[i + 1].at_mm <= at_mm)
    i++;
  return i;
}

static uint32_t
part_ms (const VolantRoads *roads, const VolantMetric *metric, uint32_t link, uint32_t part_mm)
{
  uint64_t cost = volant_metric_cost_on (metric, link);
  uint32_t length_mm = roads->segments[volant_link_segment (link)].length_mm;

  return (uint32_t) MIN (cost * part_mm / length_mm, VOLANT_TIME_NEVER_MS);
}

/* When one comes to a place, by the times of the steps. */
static uint32_t
time_at (const VolantRoute *route, const uint32_t *steps_at_ms, uint32_t time_ms, uint32_t at_mm)
{
  uint32_t i = find_step (route, at_mm);
  uint32_t begin_mm = route->steps[i].at_mm, end_mm = step_end_mm (route, i);
  uint32_t end_ms = i + 1 < route->n_steps ? steps_at_ms[i + 1] : time_ms;

  if (end_mm <= begin_mm || end_ms < steps_at_ms[i])
    return steps_at_ms[i];
  return steps_at_ms[i] + (uint32_t) ((uint64_t) (end_ms - steps_at_ms[i]) *
                                      (MIN (at_mm, end_mm) - begin_mm) / (end_mm - begin_mm));
}

/* Where the first closed road begins that the car would have to drive into. */
static void
find_closure (VolantRouteNow *self, const VolantMetric *metric, const VolantRoute *route,
              uint32_t travelled_mm)
{
  uint32_t i = find_step (route, travelled_mm);

  while (i < route->n_steps && volant_metric_is_closed (metric, route->steps[i].link))
    i++;
  while (i < route->n_steps && !volant_metric_is_closed (metric, route->steps[i].link))
    i++;
  self->is_closed = i < route->n_steps;
  if (self->is_closed)
    self->closed_at_mm = route->steps[i].at_mm;
}

VolantRouteNow *
volant_route_now (const VolantRouter *router, const VolantRoute *route, uint32_t travelled_mm)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  const VolantTurns *turns = volant_router_get_turns (router);
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (router, route->mode);
  VolantRouteNow *self = g_new0 (VolantRouteNow, 1);

  self->n_steps = route->n_steps;
  self->steps_at_ms = g_new0 (uint32_t, route->n_steps + 1);
  for (uint32_t i = 0; i < route->n_steps; i++)
    {
      uint32_t link = route->steps[i].link, begin_mm = route->steps[i].at_mm;
      uint32_t end_mm = step_end_mm (route, i);
      uint32_t now_ms = part_ms (roads, metric, link, end_mm - begin_mm), delay_ms = 0;

      if (i > 0)
        self->time_ms = volant_time_add (
          self->time_ms, volant_profile_turn_ms (roads, turns, route->mode,
                                                 route->steps[i - 1].link, link));
      self->steps_at_ms[i] = self->time_ms;
      self->time_ms = volant_time_add (self->time_ms, now_ms);
      if (metric->free != NULL)
        delay_ms = now_ms - part_ms (roads, metric->free, link, end_mm - begin_mm);
      self->delay_ms = volant_time_add (self->delay_ms, delay_ms);
      if (end_mm > MAX (begin_mm, travelled_mm))
        self->left_delay_ms = volant_time_add (
          self->left_delay_ms, (uint32_t) ((uint64_t) delay_ms *
                                           (end_mm - MAX (begin_mm, travelled_mm)) /
                                           (end_mm - begin_mm)));
    }
  self->left_ms = self->time_ms -
                  time_at (route, self->steps_at_ms, self->time_ms, travelled_mm);
  find_closure (self, metric, route, travelled_mm);
  return self;
}

void
volant_route_now_free (VolantRouteNow *self)
{
  if (self == NULL)
    return;
  g_free (self->steps_at_ms);
  g_free (self);
}

void
volant_route_retime (VolantRoute *route, const VolantRouteNow *now)
{
  g_return_if_fail (route->n_steps == now->n_steps);

  for (uint32_t i = 0; i < route->n_manoeuvres; i++)
    route->manoeuvres[i].at_ms =
      time_at (route, now->steps_at_ms, now->time_ms, route->manoeuvres[i].at_mm);
  for (uint32_t i = 0; i < route->n_stops; i++)
    route->stops[i].at_ms =
      time_at (route, now->steps_at_ms, now->time_ms, route->stops[i].at_mm);
  for (uint32_t i = 0; i < route->n_steps; i++)
    route->steps[i].at_ms = now->steps_at_ms[i];
  route->time_ms = now->time_ms;
  route->delay_ms = now->delay_ms;
}

bool
volant_route_goes_on_as (const VolantRoute *route, uint32_t travelled_mm, const VolantRoute *other)
{
  uint32_t first = find_step (route, travelled_mm);

  /* The car may have come onto the next road while the other one was sought. */
  if (other->n_steps > 0 && route->n_steps - first != other->n_steps &&
      route->n_steps - first + 1 == other->n_steps && first > 0)
    first--;
  if (route->n_steps - first != other->n_steps)
    return false;
  for (uint32_t i = 0; i < other->n_steps; i++)
    if (route->steps[first + i].link != other->steps[i].link)
      return false;
  return true;
}
