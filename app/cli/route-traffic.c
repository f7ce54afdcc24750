/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/route-traffic.h"

#include "app/feeds/live-traffic-feed.h"

/* A command has nothing else to do: it waits for the first reading. */

bool
volant_route_read_traffic (VolantRouter *router, const char *location, GError **error)
{
  g_autoptr (VolantLiveTrafficFeed) live = volant_live_traffic_feed_new (location, router, NULL);
  VolantTrafficFeed *feed = VOLANT_TRAFFIC_FEED (live);
  const VolantTrafficTally *tally = volant_traffic_feed_get_tally (feed);
  g_autofree char *words = NULL;

  volant_traffic_feed_start (feed);
  while (volant_traffic_feed_get_traffic (feed) == NULL &&
         volant_traffic_feed_get_error (feed) == NULL)
    g_main_context_iteration (NULL, TRUE);
  volant_traffic_feed_stop (feed);
  if (volant_traffic_feed_get_error (feed) != NULL)
    {
      g_propagate_error (error, g_error_copy (volant_traffic_feed_get_error (feed)));
      return false;
    }
  words = volant_traffic_tally_to_text (tally);
  if (tally->n_located < tally->n_reports || tally->n_other > 0)
    g_printerr ("volant route: %s\n", words);
  volant_router_set_traffic (router, volant_traffic_feed_get_traffic (feed),
                             g_get_real_time () / G_USEC_PER_SEC);
  return true;
}
