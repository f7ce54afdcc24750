/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/dummy-traffic-feed.h"

/* Started or not makes no difference here: the hand that feeds it decides when. */

struct _VolantDummyTrafficFeed {
  GObject parent_instance;

  VolantTraffic *traffic;
  VolantTrafficTally tally;
  GError *error;
};

static void volant_dummy_traffic_feed_interface_init (VolantTrafficFeedInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VolantDummyTrafficFeed, volant_dummy_traffic_feed, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VOLANT_TYPE_TRAFFIC_FEED,
                                                      volant_dummy_traffic_feed_interface_init))

static void
do_nothing (VolantTrafficFeed *feed)
{
}

static VolantTraffic *
get_traffic (VolantTrafficFeed *feed)
{
  return VOLANT_DUMMY_TRAFFIC_FEED (feed)->traffic;
}

static const VolantTrafficTally *
get_tally (VolantTrafficFeed *feed)
{
  return &VOLANT_DUMMY_TRAFFIC_FEED (feed)->tally;
}

static const GError *
get_error (VolantTrafficFeed *feed)
{
  return VOLANT_DUMMY_TRAFFIC_FEED (feed)->error;
}

static void
volant_dummy_traffic_feed_interface_init (VolantTrafficFeedInterface *interface)
{
  interface->start = do_nothing;
  interface->stop = do_nothing;
  interface->get_traffic = get_traffic;
  interface->get_tally = get_tally;
  interface->get_error = get_error;
}

static void
volant_dummy_traffic_feed_finalize (GObject *object)
{
  VolantDummyTrafficFeed *self = VOLANT_DUMMY_TRAFFIC_FEED (object);

  g_clear_pointer (&self->traffic, volant_traffic_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (volant_dummy_traffic_feed_parent_class)->finalize (object);
}

static void
volant_dummy_traffic_feed_class_init (VolantDummyTrafficFeedClass *class)
{
  G_OBJECT_CLASS (class)->finalize = volant_dummy_traffic_feed_finalize;
}

static void
volant_dummy_traffic_feed_init (VolantDummyTrafficFeed *self)
{
}

VolantDummyTrafficFeed *
volant_dummy_traffic_feed_new (void)
{
  return g_object_new (VOLANT_TYPE_DUMMY_TRAFFIC_FEED, NULL);
}

void
volant_dummy_traffic_feed_set_traffic (VolantDummyTrafficFeed *self, VolantTraffic *traffic)
{
  g_clear_pointer (&self->traffic, volant_traffic_unref);
  g_clear_error (&self->error);
  self->traffic = traffic;
  volant_traffic_feed_emit_changed (VOLANT_TRAFFIC_FEED (self));
}

void
volant_dummy_traffic_feed_fail (VolantDummyTrafficFeed *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  volant_traffic_feed_emit_failed (VOLANT_TRAFFIC_FEED (self), self->error);
}
