/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/stops/stops.h"

#include <math.h>

/* Snaps are kept, not costs: those change with the traffic. */

typedef struct {
  VolantPoint point;
  double heading_deg;
  VolantSnap nearest;
  VolantSnap connected;
  bool is_on_map;
  bool has_connected;
} Stop;

struct _VolantStops {
  VolantRouter *router;
  VolantMode mode;
  unsigned n;
  Stop *stops;
};

VolantStops *
volant_stops_new (VolantRouter *router, VolantMode mode, const VolantPoint *points, unsigned n)
{
  VolantStops *self = g_new0 (VolantStops, 1);

  self->router = volant_router_ref (router);
  self->mode = mode;
  self->n = n;
  self->stops = g_new0 (Stop, n + 1);
  for (unsigned i = 0; i < n; i++)
    {
      Stop *stop = &self->stops[i];

      stop->point = points[i];
      stop->heading_deg = NAN;
      stop->is_on_map = volant_ends_snap (router, mode, NULL, points[i], &stop->nearest, NULL);
      stop->has_connected =
        stop->is_on_map &&
        volant_ends_snap_main (router, mode, NULL, points[i], &stop->nearest, &stop->connected);
    }
  return self;
}

void
volant_stops_free (VolantStops *self)
{
  if (self == NULL)
    return;
  volant_router_unref (self->router);
  g_free (self->stops);
  g_free (self);
}

void
volant_stops_set_heading (VolantStops *self, unsigned i, double heading_deg)
{
  self->stops[i].heading_deg = heading_deg;
}

VolantRouter *
volant_stops_get_router (const VolantStops *self)
{
  return self->router;
}

VolantMode
volant_stops_get_mode (const VolantStops *self)
{
  return self->mode;
}

unsigned
volant_stops_get_n (const VolantStops *self)
{
  return self->n;
}

VolantPoint
volant_stops_get_point (const VolantStops *self, unsigned i)
{
  return self->stops[i].point;
}

bool
volant_stops_is_on_map (const VolantStops *self, unsigned i)
{
  return self->stops[i].is_on_map;
}

unsigned
volant_stops_count_off_map (const VolantStops *self)
{
  unsigned n = 0;

  for (unsigned i = 0; i < self->n; i++)
    n += !self->stops[i].is_on_map;
  return n;
}

bool
volant_stops_check (const VolantStops *self, unsigned i, GError **error)
{
  VolantSnap snap;

  return self->stops[i].is_on_map ||
         volant_ends_snap (self->router, self->mode, NULL, self->stops[i].point, &snap, error);
}

static bool
is_closed (const VolantMetric *metric, const VolantSnap *snap)
{
  return volant_metric_is_closed (metric, 2 * snap->segment) ||
         volant_metric_is_closed (metric, 2 * snap->segment + 1);
}

bool
volant_stops_get_end (const VolantStops *self, unsigned i, const VolantMetric *metric,
                      bool is_start, bool is_connected, VolantEnd *end)
{
  const Stop *stop = &self->stops[i];
  const VolantSnap *snap = is_connected ? &stop->connected : &stop->nearest;
  VolantSnap nearest, open;

  if (!(is_connected ? stop->has_connected : stop->is_on_map))
    return false;
  /* rare enough to look again */
  if (!is_start && (is_closed (metric, &stop->nearest) || is_closed (metric, snap)))
    {
      if (!volant_ends_snap (self->router, self->mode, metric, stop->point, &nearest, NULL))
        return false;
      snap = &nearest;
      if (is_connected && !volant_ends_snap_main (self->router, self->mode, metric, stop->point,
                                                  &nearest, &open))
        return false;
      if (is_connected)
        snap = &open;
    }
  *end = volant_ends_on (self->router, metric, snap, is_start, stop->heading_deg);
  return true;
}
