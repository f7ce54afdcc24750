/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/feeds/traffic-feed.h"

/* A feed of traffic that is fed by hand. */

G_BEGIN_DECLS

#define VOLANT_TYPE_DUMMY_TRAFFIC_FEED (volant_dummy_traffic_feed_get_type ())
G_DECLARE_FINAL_TYPE (VolantDummyTrafficFeed, volant_dummy_traffic_feed, VOLANT, DUMMY_TRAFFIC_FEED,
                      GObject)

VolantDummyTrafficFeed *volant_dummy_traffic_feed_new (void);
/* Takes the traffic, and says "changed". */
void volant_dummy_traffic_feed_set_traffic (VolantDummyTrafficFeed *self, VolantTraffic *traffic);
/* Says "failed"; the traffic stays. */
void volant_dummy_traffic_feed_fail (VolantDummyTrafficFeed *self, const GError *error);

G_END_DECLS
