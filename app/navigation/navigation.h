/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/position/position.h"
#include "maps/routing/router.h"

/* Guidance: a target, the route to it, and how far along it the car is. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_NAVIGATION_IDLE,
  VOLANT_NAVIGATION_ROUTING,
  VOLANT_NAVIGATION_GUIDING,
  VOLANT_NAVIGATION_ARRIVED,
} VolantNavigationState;

/* Where one wants to go. */
typedef struct {
  char *id;       /* "station:42", "way/17", "geo:…" */
  char *name;     /* shown and spoken */
  VolantPoint point;
  bool is_station;
} VolantTarget;

VolantTarget *volant_target_new (const char *id, const char *name, VolantPoint point,
                                 bool is_station);
VolantTarget *volant_target_copy (const VolantTarget *target);
void volant_target_free (VolantTarget *target);

#define VOLANT_TYPE_NAVIGATION (volant_navigation_get_type ())
G_DECLARE_FINAL_TYPE (VolantNavigation, volant_navigation, VOLANT, NAVIGATION, GObject)

VolantNavigation *volant_navigation_new (VolantPosition *position, VolantRouter *router);

void volant_navigation_go_to_async (VolantNavigation *self, const VolantTarget *target,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    void *data);
bool volant_navigation_go_to_finish (VolantNavigation *self, GAsyncResult *result, GError **error);
void volant_navigation_stop (VolantNavigation *self);

VolantNavigationState volant_navigation_get_state (VolantNavigation *self);
const VolantTarget *volant_navigation_get_target (VolantNavigation *self); /* (nullable) */
const VolantRoute *volant_navigation_get_route (VolantNavigation *self);   /* (nullable) */
uint32_t volant_navigation_get_travelled_mm (VolantNavigation *self);
double volant_navigation_get_remaining_m (VolantNavigation *self);
double volant_navigation_get_remaining_s (VolantNavigation *self);
/* The next manoeuvre and the one after; NULL where there is none. */
const VolantManoeuvre *volant_navigation_get_next (VolantNavigation *self, double *distance_m);
const VolantManoeuvre *volant_navigation_get_after_next (VolantNavigation *self);

/* The sentence for the next manoeuvre, now (transfer full, "" if none). */
char *volant_navigation_get_instruction (VolantNavigation *self, const char *language);
/* The same with the distance before it, as it is said when asked to repeat: "In 300 metres, …". */
char *volant_navigation_get_announcement (VolantNavigation *self, const char *language);

/* The router's traffic is another: looks for a better route and takes it where it is worth it
 * (review.h), else goes on with the times of now. Nothing is done where nothing is guided. */
void volant_navigation_review (VolantNavigation *self);

/* Signals: "changed" (anything above), "route-changed", "prompt" (VolantPrompt: far, near, now; see
 * prompt.h), "arrived", "traffic-news" (int VolantTrafficNews of review.h, double seconds), which
 * comes before the new route if there is one. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTarget, volant_target_free)

G_END_DECLS
