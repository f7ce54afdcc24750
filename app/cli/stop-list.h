/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/feeds/stations-feed.h"
#include "maps/routing/router.h"

/* What `volant table`, `reach` and `tour` share: a city and the stations or points asked for. */

G_BEGIN_DECLS

typedef struct {
  char *id;
  char *name;
  VolantPoint point;
  const VolantStation *station; /* NULL for a plain point */
} VolantListedStop;

typedef struct {
  VolantCity *city;
  VolantRouter *router;
  VolantStationsFeed *feed; /* NULL without stations */
  GArray *stops;            /* VolantListedStop */
} VolantStopList;

/* city: NULL for the demo city, whose stations are then taken where neither stations (a feed) nor
 * points (a file of maps/routing/stops/points.h, - for standard input) are named; language: of the
 * names, NULL for the feed's first. What is odd in the feed is told on stderr (transfer full). */
VolantStopList *volant_stop_list_new (const char *city, const char *stations, const char *points,
                                      const char *language, GError **error);
void volant_stop_list_free (VolantStopList *list);

/* The points in their order (transfer full). */
VolantPoint *volant_stop_list_get_points (const VolantStopList *list);

/* "car" (also NULL), "bus", "foot". */
bool volant_stop_list_parse_mode (const char *text, VolantMode *mode);
const char *volant_stop_list_mode_name (VolantMode mode);

/* Reads a feed once, as the session would, and waits for it (transfer full). */
VolantStationsFeed *volant_stop_list_read_feed (const char *location, const char *language,
                                                GError **error);
/* A file, or standard input for "-" (transfer full). */
GBytes *volant_stop_list_read_file (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantStopList, volant_stop_list_free)

G_END_DECLS
