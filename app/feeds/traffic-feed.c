/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/traffic-feed.h"

/* The interface: it only passes on. */

enum {
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

G_DEFINE_INTERFACE (VolantTrafficFeed, volant_traffic_feed, G_TYPE_OBJECT)

static void
volant_traffic_feed_default_init (VolantTrafficFeedInterface *interface)
{
  GType type = VOLANT_TYPE_TRAFFIC_FEED;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

void
volant_traffic_feed_start (VolantTrafficFeed *self)
{
  VOLANT_TRAFFIC_FEED_GET_IFACE (self)->start (self);
}

void
volant_traffic_feed_stop (VolantTrafficFeed *self)
{
  VOLANT_TRAFFIC_FEED_GET_IFACE (self)->stop (self);
}

VolantTraffic *
volant_traffic_feed_get_traffic (VolantTrafficFeed *self)
{
  return VOLANT_TRAFFIC_FEED_GET_IFACE (self)->get_traffic (self);
}

const VolantTrafficTally *
volant_traffic_feed_get_tally (VolantTrafficFeed *self)
{
  return VOLANT_TRAFFIC_FEED_GET_IFACE (self)->get_tally (self);
}

const GError *
volant_traffic_feed_get_error (VolantTrafficFeed *self)
{
  return VOLANT_TRAFFIC_FEED_GET_IFACE (self)->get_error (self);
}

void
volant_traffic_feed_emit_changed (VolantTrafficFeed *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
volant_traffic_feed_emit_failed (VolantTrafficFeed *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}
