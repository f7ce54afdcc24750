/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/feeds/stations-feed.h"

/* The provider that reads files and URLs; most callers want volant_stations_feed_new (). */

G_BEGIN_DECLS

/* Times of the feed, so that tests need not wait. */
typedef struct {
  unsigned min_interval_ms; /* between reads, whatever ttl says; also the first retry */
  unsigned max_interval_ms;
  unsigned max_retry_ms;
  unsigned deadline_ms; /* for one whole read, all documents */
  size_t max_bytes;     /* of one document, unpacked */
} VolantLiveFeedLimits;

extern const VolantLiveFeedLimits volant_live_feed_default_limits;

#define VOLANT_TYPE_LIVE_STATIONS_FEED (volant_live_stations_feed_get_type ())
G_DECLARE_FINAL_TYPE (VolantLiveStationsFeed, volant_live_stations_feed, VOLANT, LIVE_STATIONS_FEED,
                      GObject)

VolantLiveStationsFeed *volant_live_stations_feed_new (const char *location, const char *language,
                                                       const VolantLiveFeedLimits *limits);

G_END_DECLS
