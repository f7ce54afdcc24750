/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/feeds/traffic-feed.h"
#include "app/navigation/navigation.h"

/* Brings what a feed of traffic tells to where it matters: into the router, in a worker thread, as
 * often as the feed or the clock changes it (closures begin and end, a feed that is silent dies of
 * its time to live); and to the navigation, which then looks at its route again.
 *
 * Signals: "changed" (): the router's times are others; "failed" (const GError *error) and "read" ():
 * what the feed says of itself. */

G_BEGIN_DECLS

#define VOLANT_TYPE_LIVE_TRAFFIC (volant_live_traffic_get_type ())
G_DECLARE_FINAL_TYPE (VolantLiveTraffic, volant_live_traffic, VOLANT, LIVE_TRAFFIC, GObject)

/* Takes references of all, and starts the feed. */
VolantLiveTraffic *volant_live_traffic_new (VolantTrafficFeed *feed, VolantRouter *router,
                                            VolantNavigation *navigation);

/* How many links of the router cost something else than on empty roads, now. */
uint32_t volant_live_traffic_get_n_links (VolantLiveTraffic *self);

G_END_DECLS
