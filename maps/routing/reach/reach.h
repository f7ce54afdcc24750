/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/energy-metric.h"
#include "maps/routing/finder.h"
#include "maps/routing/reach/polygon.h"
#include "maps/routing/reach/way-tree.h"
#include "maps/routing/router-core.h"

/* How far one gets from a place: in a time, or with what is in the battery. */

G_BEGIN_DECLS

typedef struct _VolantReach VolantReach;

/* Ground within a limit. */
typedef struct {
  int64_t limit;       /* as asked */
  GPtrArray *polygons; /* VolantPolygon */
  double area_m2;      /* holes left out */
  double roads_m;      /* length of the streets reached, each once */
  uint32_t n_junctions;
} VolantReachArea;

/* Searches from a point over all of the map. metric: times of a mode. Where no
 * way leads out of the road nearest to the point, the nearest that is connected to the others
 * counts. Errors: VOLANT_MAPS_ERROR_INVALID, VOLANT_MAPS_ERROR_OFF_MAP. */
VolantReach *volant_reach_new (VolantRouter *router, VolantFinder *finder, VolantMetric *metric,
                               VolantPoint from, double heading_deg, GError **error);
/* By what is taken out of a battery, the start from rest included. */
VolantReach *volant_reach_new_energy (VolantRouter *router, VolantFinder *finder,
                                      const VolantEnergyCosts *costs, VolantPoint from,
                                      GError **error);
void volant_reach_free (VolantReach *reach);

/* What is spent on the way to a junction: milliseconds, or milliwatt-hours at the costliest place
 * of the way (a battery cannot be overdrawn on the way up and filled on the way down);
 * VOLANT_VALUE_NEVER where no way leads. */
int64_t volant_reach_get_junction (const VolantReach *reach, uint32_t junction);
/* The same for a point beside a road; VOLANT_VALUE_NEVER where it is off the map, too. */
int64_t volant_reach_get_point (const VolantReach *reach, VolantPoint point);

/* The ground within a limit, of the metric's unit. Polygons hold all roads reached; see
 * reach-grid.h for what else they may hold (transfer full). */
VolantReachArea *volant_reach_get_area (const VolantReach *reach, int64_t limit);
void volant_reach_area_free (VolantReachArea *area);
bool volant_reach_area_contains (const VolantReachArea *area, VolantPoint point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantReach, volant_reach_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantReachArea, volant_reach_area_free)

G_END_DECLS
