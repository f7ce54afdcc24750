/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/stops/table.h"

/* The stops that are soonest reached, on the roads and not as the crow flies. */

G_BEGIN_DECLS

typedef struct {
  unsigned stop;
  uint32_t time_ms;
} VolantNearStop;

/* At most `most` of the stops wanted (NULL: all) that a way leads to, the soonest first; equally
 * soon ones in their order. Elements are VolantNearStop (transfer full). Errors:
 * VOLANT_MAPS_ERROR_OFF_MAP or INVALID for the point to begin at. */
GArray *volant_nearest_find (VolantFinder *finder, const VolantMetric *metric, VolantPoint from,
                             double heading_deg, const VolantStops *stops, const bool *wanted,
                             unsigned most, GError **error);

G_END_DECLS
