/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/feeds/stations-feed.h"

/* A feed with no source: what it is given is what it tells. For tests and for a program that has no
 * feed. */

G_BEGIN_DECLS

#define VOLANT_TYPE_DUMMY_STATIONS_FEED (volant_dummy_stations_feed_get_type ())
G_DECLARE_FINAL_TYPE (VolantDummyStationsFeed, volant_dummy_stations_feed, VOLANT,
                      DUMMY_STATIONS_FEED, GObject)

VolantDummyStationsFeed *volant_dummy_stations_feed_new (void);

/* Takes the feed (transfer full) and emits "changed". */
void volant_dummy_stations_feed_set_feed (VolantDummyStationsFeed *self, VolantStationFeed *feed);
/* Emits "failed"; what was there stays. */
void volant_dummy_stations_feed_fail (VolantDummyStationsFeed *self, const GError *error);

G_END_DECLS
