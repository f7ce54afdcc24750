/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/locate.h"

#include <glib-object.h>

/* Where the traffic comes from, kept fresh. One interface, two providers: the live one reads a file
 * or an http(s) URL with a document that volant_traffic_read () knows; the dummy (app/feeds/
 * dummy-traffic-feed.h) is fed by hand. What was read last stays when a later read fails, until its
 * own time to live is over: that end stands in the traffic itself.
 *
 * Signals, on the main context of the thread that called _start:
 * "changed" (): a document was read: _get_traffic ();
 * "failed" (const GError *error): a read failed; the words name the feed and the remedy. The feed
 * goes on trying. */

G_BEGIN_DECLS

#define VOLANT_TYPE_TRAFFIC_FEED (volant_traffic_feed_get_type ())
G_DECLARE_INTERFACE (VolantTrafficFeed, volant_traffic_feed, VOLANT, TRAFFIC_FEED, GObject)

struct _VolantTrafficFeedInterface {
  GTypeInterface parent;

  void (*start) (VolantTrafficFeed *self);
  void (*stop) (VolantTrafficFeed *self);
  VolantTraffic *(*get_traffic) (VolantTrafficFeed *self);
  const VolantTrafficTally *(*get_tally) (VolantTrafficFeed *self);
  const GError *(*get_error) (VolantTrafficFeed *self);
};

/* Reads now, and then again and again; after a failure sooner, at growing intervals. */
void volant_traffic_feed_start (VolantTrafficFeed *self);
/* No more reading; what was read stays. */
void volant_traffic_feed_stop (VolantTrafficFeed *self);

/* What was read last; NULL before the first success (transfer none). */
VolantTraffic *volant_traffic_feed_get_traffic (VolantTrafficFeed *self);
/* What of it was found on the roads (transfer none). */
const VolantTrafficTally *volant_traffic_feed_get_tally (VolantTrafficFeed *self);
/* Why the last read failed; NULL after a success (transfer none). */
const GError *volant_traffic_feed_get_error (VolantTrafficFeed *self);

/* For providers: emits the signals. */
void volant_traffic_feed_emit_changed (VolantTrafficFeed *self);
void volant_traffic_feed_emit_failed (VolantTrafficFeed *self, const GError *error);

G_END_DECLS
