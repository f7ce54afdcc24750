/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/feeds/traffic-feed.h"

/* The provider that reads a file or URL. */

G_BEGIN_DECLS

/* Times of the feed, so that tests need not wait. */
typedef struct {
  unsigned interval_ms;  /* between reads; sooner where what was read is not good for so long */
  unsigned min_retry_ms; /* the least; after a failure, doubled each time up to … */
  unsigned max_retry_ms;
  unsigned deadline_ms;  /* for the network, a whole read */
  size_t max_bytes;      /* of the document, unpacked */
} VolantTrafficFeedLimits;

extern const VolantTrafficFeedLimits volant_traffic_feed_default_limits;

#define VOLANT_TYPE_LIVE_TRAFFIC_FEED (volant_live_traffic_feed_get_type ())
G_DECLARE_FINAL_TYPE (VolantLiveTrafficFeed, volant_live_traffic_feed, VOLANT, LIVE_TRAFFIC_FEED,
                      GObject)

/* location: a path or an http(s) URL; the router's roads are those that the traffic is brought onto.
 * limits: NULL for the default. */
VolantLiveTrafficFeed *volant_live_traffic_feed_new (const char *location, VolantRouter *router,
                                                     const VolantTrafficFeedLimits *limits);

G_END_DECLS
