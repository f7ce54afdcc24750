/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/stations/station.h"

#include <glib-object.h>

/* Where the stations come from, kept fresh. One interface, two providers: the live one reads a GBFS
 * folder, a GBFS or CSV file, or an http(s) URL; the dummy (app/feeds/dummy-stations-feed.h) is fed
 * by hand. What was read last stays when a later read fails.
 *
 * Signals, on the main context of the thread that called _start:
 * "changed" (): a feed was read and differs from the one before: _get_feed ();
 * "failed" (const GError *error): a read failed; the words name the feed and the remedy. The feed
 * goes on trying. */

G_BEGIN_DECLS

#define VOLANT_TYPE_STATIONS_FEED (volant_stations_feed_get_type ())
G_DECLARE_INTERFACE (VolantStationsFeed, volant_stations_feed, VOLANT, STATIONS_FEED, GObject)

struct _VolantStationsFeedInterface {
  GTypeInterface parent;

  void (*start) (VolantStationsFeed *self);
  void (*stop) (VolantStationsFeed *self);
  void (*refresh) (VolantStationsFeed *self);
  VolantStationFeed *(*get_feed) (VolantStationsFeed *self);
  int64_t (*get_age_s) (VolantStationsFeed *self);
  const GError *(*get_error) (VolantStationsFeed *self);
};

/* A live provider. location: a folder with gbfs.json, a gbfs.json, one of the CSV registers of
 * maps/stations/autolib.h, or an http(s) URL of either; language: for names in several languages,
 * NULL takes the feed's first (transfer full). Nothing is read before _start. */
VolantStationsFeed *volant_stations_feed_new (const char *location, const char *language);

/* Reads now and then again as the feed's ttl asks (at least 10 s, at most an hour apart; after a
 * failure 10 s, doubled each time up to 5 minutes). */
void volant_stations_feed_start (VolantStationsFeed *self);
/* No more reading; what was read stays. */
void volant_stations_feed_stop (VolantStationsFeed *self);
/* Reads at once, unless a read is under way. */
void volant_stations_feed_refresh (VolantStationsFeed *self);

/* What was read last; NULL before the first success. Valid until the next "changed" (transfer
 * none). */
VolantStationFeed *volant_stations_feed_get_feed (VolantStationsFeed *self);
/* Seconds since the feed was last read with success (also where nothing had changed); -1 never. */
int64_t volant_stations_feed_get_age_s (VolantStationsFeed *self);
/* Why the last read failed; NULL after a success (transfer none). */
const GError *volant_stations_feed_get_error (VolantStationsFeed *self);

/* For providers: emits the signals. */
void volant_stations_feed_emit_changed (VolantStationsFeed *self);
void volant_stations_feed_emit_failed (VolantStationsFeed *self, const GError *error);

G_END_DECLS
