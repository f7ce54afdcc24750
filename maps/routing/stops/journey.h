/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/stops/table.h"

/* Door to door: a walk to a station with a free car, a drive, a walk from a station with a free
 * dock. Which two stations is one question to the engine: all stations that one could walk to
 * are where the drive may begin, at the cost of the walk there, and all that one could walk from
 * are where it may end. */

G_BEGIN_DECLS

typedef struct {
  const VolantStops *on_foot; /* the stations, as one walks to them … */
  const VolantStops *by_car;  /* … and as one drives from and to them, in the same order */
  const bool *has_car;        /* NULL: all */
  const bool *has_dock;
  unsigned most_near;         /* at most so many stations to walk to, and to walk from; 0: all */
  uint32_t handling_ms;       /* to unlock, unplug, park and plug, in all */
} VolantJourneyWish;

typedef struct {
  uint32_t time_ms;      /* door to door */
  uint32_t walk_only_ms; /* the same on foot; VOLANT_TIME_NEVER_MS where no way leads */
  unsigned from_stop;
  unsigned to_stop;      /* the same where one had better walk */
  uint32_t walk_to_ms;
  uint32_t drive_ms;
  uint32_t walk_from_ms;
} VolantJourney;

/* The journey that takes the least time by way of stations; whether to walk instead is for the
 * caller to say. Stations beside roads that are cut off are driven from and to at the nearest
 * road that is not. foot and car: times of the two modes. Errors: VOLANT_MAPS_ERROR_OFF_MAP or
 * INVALID for a door, VOLANT_MAPS_ERROR_NO_ROUTE where no two stations are joined with the
 * doors. */
bool volant_journey_find (VolantFinder *finder, const VolantMetric *foot, const VolantMetric *car,
                          const VolantJourneyWish *wish, VolantPoint from, VolantPoint to,
                          VolantJourney *journey, GError **error);

G_END_DECLS
