/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/stations-feed.h"

#include "app/feeds/live-stations-feed.h"

/* The interface: its two signals and the calls that lead to the provider. */

G_DEFINE_INTERFACE (VolantStationsFeed, volant_stations_feed, G_TYPE_OBJECT)

enum {
  CHANGED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
volant_stations_feed_default_init (VolantStationsFeedInterface *interface)
{
  signals[CHANGED] = g_signal_new ("changed", VOLANT_TYPE_STATIONS_FEED, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
      g_signal_new ("failed", VOLANT_TYPE_STATIONS_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

VolantStationsFeed *
volant_stations_feed_new (const char *location, const char *language)
{
  g_return_val_if_fail (location != NULL, NULL);

  return VOLANT_STATIONS_FEED (
      volant_live_stations_feed_new (location, language, &volant_live_feed_default_limits));
}

void
volant_stations_feed_start (VolantStationsFeed *self)
{
  g_return_if_fail (VOLANT_IS_STATIONS_FEED (self));
  VOLANT_STATIONS_FEED_GET_IFACE (self)->start (self);
}

void
volant_stations_feed_stop (VolantStationsFeed *self)
{
  g_return_if_fail (VOLANT_IS_STATIONS_FEED (self));
  VOLANT_STATIONS_FEED_GET_IFACE (self)->stop (self);
}

void
volant_stations_feed_refresh (VolantStationsFeed *self)
{
  g_return_if_fail (VOLANT_IS_STATIONS_FEED (self));
  VOLANT_STATIONS_FEED_GET_IFACE (self)->refresh (self);
}

VolantStationFeed *
volant_stations_feed_get_feed (VolantStationsFeed *self)
{
  g_return_val_if_fail (VOLANT_IS_STATIONS_FEED (self), NULL);
  return VOLANT_STATIONS_FEED_GET_IFACE (self)->get_feed (self);
}

int64_t
volant_stations_feed_get_age_s (VolantStationsFeed *self)
{
  g_return_val_if_fail (VOLANT_IS_STATIONS_FEED (self), -1);
  return VOLANT_STATIONS_FEED_GET_IFACE (self)->get_age_s (self);
}

const GError *
volant_stations_feed_get_error (VolantStationsFeed *self)
{
  g_return_val_if_fail (VOLANT_IS_STATIONS_FEED (self), NULL);
  return VOLANT_STATIONS_FEED_GET_IFACE (self)->get_error (self);
}

void
volant_stations_feed_emit_changed (VolantStationsFeed *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
volant_stations_feed_emit_failed (VolantStationsFeed *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}
