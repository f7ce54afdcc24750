/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/dummy-stations-feed.h"

/* Started or not makes no difference here: the hand that feeds it decides when. */

struct _VolantDummyStationsFeed {
  GObject parent_instance;

  VolantStationFeed *feed;
  GError *error;
  gint64 read_at_us;
};

static void volant_dummy_stations_feed_interface_init (VolantStationsFeedInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VolantDummyStationsFeed, volant_dummy_stations_feed, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VOLANT_TYPE_STATIONS_FEED,
                                                      volant_dummy_stations_feed_interface_init))

static void
do_nothing (VolantStationsFeed *feed)
{
}

static VolantStationFeed *
get_feed (VolantStationsFeed *feed)
{
  return VOLANT_DUMMY_STATIONS_FEED (feed)->feed;
}

static int64_t
get_age_s (VolantStationsFeed *feed)
{
  VolantDummyStationsFeed *self = VOLANT_DUMMY_STATIONS_FEED (feed);

  return self->feed != NULL ? (g_get_monotonic_time () - self->read_at_us) / G_USEC_PER_SEC : -1;
}

static const GError *
get_error (VolantStationsFeed *feed)
{
  return VOLANT_DUMMY_STATIONS_FEED (feed)->error;
}

static void
volant_dummy_stations_feed_interface_init (VolantStationsFeedInterface *interface)
{
  interface->start = do_nothing;
  interface->stop = do_nothing;
  interface->refresh = do_nothing;
  interface->get_feed = get_feed;
  interface->get_age_s = get_age_s;
  interface->get_error = get_error;
}

static void
volant_dummy_stations_feed_finalize (GObject *object)
{
  VolantDummyStationsFeed *self = VOLANT_DUMMY_STATIONS_FEED (object);

  g_clear_pointer (&self->feed, volant_station_feed_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (volant_dummy_stations_feed_parent_class)->finalize (object);
}

static void
volant_dummy_stations_feed_class_init (VolantDummyStationsFeedClass *class)
{
  G_OBJECT_CLASS (class)->finalize = volant_dummy_stations_feed_finalize;
}

static void
volant_dummy_stations_feed_init (VolantDummyStationsFeed *self)
{
}

VolantDummyStationsFeed *
volant_dummy_stations_feed_new (void)
{
  return g_object_new (VOLANT_TYPE_DUMMY_STATIONS_FEED, NULL);
}

void
volant_dummy_stations_feed_set_feed (VolantDummyStationsFeed *self, VolantStationFeed *feed)
{
  g_clear_pointer (&self->feed, volant_station_feed_free);
  g_clear_error (&self->error);
  self->feed = feed;
  self->read_at_us = g_get_monotonic_time ();
  volant_stations_feed_emit_changed (VOLANT_STATIONS_FEED (self));
}

void
volant_dummy_stations_feed_fail (VolantDummyStationsFeed *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  volant_stations_feed_emit_failed (VOLANT_STATIONS_FEED (self), self->error);
}
