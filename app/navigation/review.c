/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/review.h"

/* A route is left for another only where that saves a minute and a tenth of the time: reports come
 * and go, and a route that flutters is worse than one that is a little slower. */

#define LEAST_GAIN_MS 60000
#define GAIN_SHARE 10     /* of what is left */
#define LEAST_LOSS_MS 120000

void
volant_review_begin (VolantReview *review, const VolantRoute *route)
{
  *review = (VolantReview) { .told_delay_ms = route->delay_ms };
}

/* Growing delay is told in steps; where it shrinks, growing again is news. */
static bool
is_slower (VolantReview *review, const VolantRouteNow *now, double *seconds)
{
  uint32_t more_ms;

  review->told_delay_ms = MIN (review->told_delay_ms, now->left_delay_ms);
  more_ms = now->left_delay_ms - review->told_delay_ms;
  if (more_ms < LEAST_LOSS_MS || more_ms < (now->left_ms - more_ms) / GAIN_SHARE)
    return false;
  review->told_delay_ms = now->left_delay_ms;
  *seconds = more_ms / 1000.0;
  return true;
}

VolantTrafficNews
volant_review_decide (VolantReview *review, const VolantRouteNow *now, const VolantRoute *best,
                      bool is_same, double *seconds)
{
  bool was_told_blocked = review->is_told_blocked;

  *seconds = 0.0;
  review->is_told_blocked = now->is_closed && best == NULL;
  if (review->is_told_blocked)
    return was_told_blocked ? VOLANT_TRAFFIC_NEWS_NONE : VOLANT_TRAFFIC_NEWS_BLOCKED;
  if (now->is_closed)
    return VOLANT_TRAFFIC_NEWS_CLOSED;
  if (best != NULL && !is_same && best->time_ms < now->left_ms)
    {
      uint32_t gain_ms = now->left_ms - best->time_ms;

      if (gain_ms >= LEAST_GAIN_MS && gain_ms >= now->left_ms / GAIN_SHARE)
        {
          *seconds = gain_ms / 1000.0;
          return VOLANT_TRAFFIC_NEWS_FASTER;
        }
    }
  return is_slower (review, now, seconds) ? VOLANT_TRAFFIC_NEWS_SLOWER : VOLANT_TRAFFIC_NEWS_NONE;
}
