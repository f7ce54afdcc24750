/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/live-traffic-feed.h"
#include "app/navigation/review.h"
#include "app/session-private.h"
#include "app/text/text.h"

/* The session's traffic: where it is read from, that it could not be read, and what is said when it
 * changes the way. */

static void
on_traffic_failed (VolantSession *self, const GError *error)
{
  volant_session_set_notice (self, VOLANT_NOTICE_TRAFFIC, g_error_copy (error));
}

static void
on_traffic_read (VolantSession *self)
{
  volant_session_set_notice (self, VOLANT_NOTICE_TRAFFIC, NULL);
}

/* The words of a piece of news (transfer full). */
static char *
tell_news (const char *language, VolantTrafficNews news, double seconds)
{
  g_autofree char *duration = volant_text_duration (language, seconds);

  switch (news)
    {
    case VOLANT_TRAFFIC_NEWS_CLOSED:
      return g_strdup (volant_text (language, N_ ("A road ahead is closed: here is a new route")));
    case VOLANT_TRAFFIC_NEWS_FASTER:
      return volant_text_format (language, N_ ("Traffic ahead: the new route saves %s"), duration);
    case VOLANT_TRAFFIC_NEWS_SLOWER:
      return volant_text_format (language, N_ ("Traffic ahead: %s more"), duration);
    case VOLANT_TRAFFIC_NEWS_BLOCKED:
      return g_strdup (
        volant_text (language, N_ ("A road ahead is closed, and no way leads round it")));
    case VOLANT_TRAFFIC_NEWS_NONE:
      break;
    }
  g_return_val_if_reached (g_strdup (""));
}

static void
on_traffic_news (VolantSession *self, int news, double seconds)
{
  g_autofree char *text = tell_news (self->language, (VolantTrafficNews) news, seconds);

  volant_session_show_toast (self, text, NULL, news == VOLANT_TRAFFIC_NEWS_BLOCKED);
  volant_voice_announce (self->voice, text);
}

void
volant_session_open_traffic (VolantSession *self)
{
  g_autoptr (VolantLiveTrafficFeed) feed = NULL;

  g_signal_connect_swapped (self->navigation, "traffic-news", G_CALLBACK (on_traffic_news), self);
  if (self->traffic_path == NULL || *self->traffic_path == '\0')
    return;
  feed = volant_live_traffic_feed_new (self->traffic_path, self->router, NULL);
  self->traffic = volant_live_traffic_new (VOLANT_TRAFFIC_FEED (feed), self->router,
                                           self->navigation);
  g_signal_connect_swapped (self->traffic, "failed", G_CALLBACK (on_traffic_failed), self);
  g_signal_connect_swapped (self->traffic, "read", G_CALLBACK (on_traffic_read), self);
}
