/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/navigation/trip-wish.h"
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

/* What is wished of all routes (borrowed). */
const VolantTripWish *volant_navigation_get_wish (VolantNavigation *self);
/* Wishes something else (wish is copied) and goes to the target by it, from where the car is. Where
 * no such way is found, the old wish and the old route stay in force. Without a target the wish is
 * taken at once. What is avoided stays so until the rental ends; what is blocked is open again, and
 * stops are forgotten, when the guidance ends. */
void volant_navigation_set_wish_async (VolantNavigation *self, const VolantTripWish *wish,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       void *data);
bool volant_navigation_set_wish_finish (VolantNavigation *self, GAsyncResult *result,
                                        GError **error);
/* Stops, and forgets what was wished: for the end of a rental. */
void volant_navigation_forget (VolantNavigation *self);

/* The links that a driver means who says "this street is blocked", here and now (transfer full;
 * uint32_t); name: of the street, "" where it has none. NULL where the car does not know where it
 * is. */
GArray *volant_navigation_find_block (VolantNavigation *self, char **name);

/* Looks for other ways to the target, from where the car is. */
void volant_navigation_find_alternatives_async (VolantNavigation *self, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, void *data);
bool volant_navigation_find_alternatives_finish (VolantNavigation *self, GAsyncResult *result,
                                                 GError **error);
/* The ways that were found last (VolantRoute, the best first); NULL where there are none, or the
 * car has left them behind. */
const GPtrArray *volant_navigation_get_alternatives (VolantNavigation *self);
/* Goes on by one of them, from 1; false where there is no such. */
bool volant_navigation_choose (VolantNavigation *self, unsigned number);
/* Which of them is gone by, from 1; 1 also where none was chosen. */
unsigned volant_navigation_get_chosen (VolantNavigation *self);

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
