/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/route-now.h"

/* Whether the route at hand is still the one to take, now that the traffic is another. A pure core:
 * it remembers what was told, so that nothing is told twice and no small change is told at all. */

G_BEGIN_DECLS

/* What a person is told. */
typedef enum {
  VOLANT_TRAFFIC_NEWS_NONE,
  VOLANT_TRAFFIC_NEWS_CLOSED,  /* a road ahead is closed: a new route is taken */
  VOLANT_TRAFFIC_NEWS_FASTER,  /* another route is faster by so much, and is taken */
  VOLANT_TRAFFIC_NEWS_SLOWER,  /* the route takes so much longer, and is still the best */
  VOLANT_TRAFFIC_NEWS_BLOCKED, /* a road ahead is closed, and no way leads round it */
} VolantTrafficNews;

typedef struct {
  uint32_t told_delay_ms; /* ahead, that is known to the person */
  bool is_told_blocked;
} VolantReview;

/* For a new route, whose delay is seen with it. */
void volant_review_begin (VolantReview *review, const VolantRoute *route);

/* now: of the route at hand; best: the best route from where the car is (NULL: there is none);
 * is_same: it goes on by the roads at hand. Where the answer is CLOSED or FASTER best is to be
 * taken. *seconds is what the news tells of. */
VolantTrafficNews volant_review_decide (VolantReview *review, const VolantRouteNow *now,
                                        const VolantRoute *best, bool is_same, double *seconds);

G_END_DECLS
