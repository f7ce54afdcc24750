/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/navigation.h"

#include "app/error.h"
#include "app/navigation/guidance.h"
#include "app/navigation/instruction.h"
#include "app/navigation/review.h"

#include <math.h>

/* The service around guidance.c: it finds routes in a thread, feeds fixes to the guidance, finds a
 * new route where the car has left the old one, and tells others. While a new target is being
 * routed to, the old route stays in force; where none is found, one goes on by it. Where the traffic
 * has changed, the route at hand is held against the best there is now. */

/* A new route that failed is not tried again before the car has moved on this far. */
#define REROUTE_AGAIN_M 100.0

enum {
  SIGNAL_CHANGED,
  SIGNAL_ROUTE_CHANGED,
  SIGNAL_PROMPT,
  SIGNAL_ARRIVED,
  SIGNAL_TRAFFIC_NEWS,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

struct _VolantNavigation {
  GObject parent;
  VolantPosition *position;
  VolantRouter *router;
  VolantNavigationState state;
  VolantTarget *target;
  VolantRoute *route;
  VolantGuidance *guidance;
  GCancellable *routing;     /* (nullable) the search under way */
  VolantPoint failed_at;     /* where the last new route failed */
  bool has_failed;
  VolantReview review;       /* of the route */
  GCancellable *reviewing;   /* (nullable) the search for a better one */
  bool wants_review;         /* once more, when what is under way is done */
};

G_DEFINE_TYPE (VolantNavigation, volant_navigation, G_TYPE_OBJECT)

/* What a search in a thread needs. */
typedef struct {
  VolantRouter *router;
  VolantFix fix;
  VolantTarget *target;
  bool is_reroute;
  bool is_told;  /* with news: it is not begun with words of its own */
} Search;

static Search *
search_new (VolantNavigation *self, const VolantFix *fix, const VolantTarget *target,
            bool is_reroute)
{
  Search *search = g_new0 (Search, 1);

  search->router = volant_router_ref (self->router);
  search->fix = *fix;
  search->target = volant_target_copy (target);
  search->is_reroute = is_reroute;
  return search;
}

static void
search_free (Search *search)
{
  volant_router_unref (search->router);
  volant_target_free (search->target);
  g_free (search);
}

static void
drop_route (VolantNavigation *self)
{
  g_clear_pointer (&self->guidance, volant_guidance_free);
  g_clear_pointer (&self->route, volant_route_free);
}

/* What one does by the route that is in force. */
static VolantNavigationState
state_of_route (VolantNavigation *self)
{
  if (self->guidance == NULL)
    return VOLANT_NAVIGATION_IDLE;
  return volant_guidance_has_arrived (self->guidance) ? VOLANT_NAVIGATION_ARRIVED
                                                      : VOLANT_NAVIGATION_GUIDING;
}

static void
set_state (VolantNavigation *self, VolantNavigationState state)
{
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
cancel_routing (VolantNavigation *self)
{
  if (self->routing != NULL)
    g_cancellable_cancel (self->routing);
  g_clear_object (&self->routing);
}

/* Of a route that is no more. */
static void
cancel_review (VolantNavigation *self)
{
  if (self->reviewing != NULL)
    g_cancellable_cancel (self->reviewing);
  g_clear_object (&self->reviewing);
}

/* Guidance takes its words from the prompts; each is handed out once. */
static void
give_prompts (VolantNavigation *self)
{
  VolantPrompt *prompt;

  while (self->guidance != NULL && (prompt = volant_guidance_take_prompt (self->guidance)) != NULL)
    {
      g_autoptr (VolantPrompt) owned = prompt;

      g_signal_emit (self, signals[SIGNAL_PROMPT], 0, owned);
    }
}

static void
take_route (VolantNavigation *self, VolantRoute *route, const Search *search)
{
  VolantTarget *target = volant_target_copy (search->target); /* it may be the one at hand */

  cancel_review (self);
  drop_route (self);
  g_clear_pointer (&self->target, volant_target_free);
  self->target = target;
  self->route = route;
  volant_review_begin (&self->review, route);
  self->guidance = volant_guidance_new (route, volant_router_get_roads (self->router));
  self->has_failed = false;
  if (!search->is_reroute)
    volant_guidance_begin_there (self->guidance, &search->fix);
  self->state = state_of_route (self);
  g_signal_emit (self, signals[SIGNAL_ROUTE_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (search->is_told && self->guidance != NULL)
    volant_prompt_free (volant_guidance_take_prompt (self->guidance));
  give_prompts (self);
}

static void
review_again (VolantNavigation *self)
{
  if (self->wants_review)
    volant_navigation_review (self);
}

/* In a thread: the router is immutable but for its traffic, of which a query sees one state; the
 * query is this search's own. */
static void
search_route (GTask *task, void *source, void *data, GCancellable *cancellable)
{
  const Search *search = data;
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (search->router);
  double heading_deg = isfinite (search->fix.speed_mps) && search->fix.speed_mps > 1.0
                         ? search->fix.heading_deg
                         : NAN;
  GError *error = NULL;
  VolantRoute *route = volant_router_query_route (query, VOLANT_MODE_CAR, search->fix.point,
                                                  heading_deg, search->target->point, &error);

  if (route != NULL)
    g_task_return_pointer (task, route, (GDestroyNotify) volant_route_free);
  else
    g_task_return_error (task, error);
}

static void
start_search (VolantNavigation *self, const VolantFix *fix, const VolantTarget *target,
              bool is_reroute, GAsyncReadyCallback callback, void *data)
{
  g_autoptr (GTask) task = NULL;

  cancel_routing (self);
  self->routing = g_cancellable_new ();
  task = g_task_new (self, self->routing, callback, data);
  g_task_set_task_data (task, search_new (self, fix, target, is_reroute),
                        (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_route);
  set_state (self, VOLANT_NAVIGATION_ROUTING);
}

/* The route of a search that is still wanted; NULL otherwise. The old route, if any, goes on. */
static bool
finish_search (VolantNavigation *self, GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  const Search *search = g_task_get_task_data (task);
  bool is_wanted = g_task_get_cancellable (task) == self->routing;
  VolantRoute *route = g_task_propagate_pointer (task, error);

  if (is_wanted)
    g_clear_object (&self->routing);
  if (route != NULL)
    {
      take_route (self, route, search);
      review_again (self);
      return true;
    }
  if (is_wanted)
    {
      self->has_failed = search->is_reroute;
      self->failed_at = search->fix.point;
      set_state (self, state_of_route (self));
      review_again (self);
    }
  return false;
}

static void
on_rerouted (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GError) error = NULL;

  if (!finish_search (VOLANT_NAVIGATION (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("no new route: %s", error->message);
}

static void
reroute (VolantNavigation *self, const VolantFix *fix)
{
  if (self->routing != NULL ||
      (self->has_failed &&
       volant_geo_distance_m (self->failed_at, fix->point) < REROUTE_AGAIN_M))
    return;
  start_search (self, fix, self->target, true, on_rerouted, NULL);
}

/* Takes the better route, or goes on by the old one with its times of now. */
static void
finish_review (VolantNavigation *self, const Search *search, VolantRoute *best)
{
  uint32_t travelled_mm = volant_navigation_get_travelled_mm (self);
  const VolantRoute *route = self->route;
  g_autoptr (VolantRouteNow) now = volant_route_now (self->router, route, travelled_mm);
  bool is_same = best != NULL && volant_route_goes_on_as (route, travelled_mm, best);
  double seconds;
  VolantTrafficNews news = volant_review_decide (&self->review, now, best, is_same, &seconds);

  if (news != VOLANT_TRAFFIC_NEWS_NONE)
    g_signal_emit (self, signals[SIGNAL_TRAFFIC_NEWS], 0, (int) news, seconds);
  if (self->route != route)
    {
      volant_route_free (best); /* who heard the news has stopped */
      return;
    }
  if (news == VOLANT_TRAFFIC_NEWS_CLOSED || news == VOLANT_TRAFFIC_NEWS_FASTER)
    {
      take_route (self, best, search);
      return;
    }
  volant_route_free (best);
  volant_route_retime (self->route, now);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_reviewed (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (VolantNavigation) self = g_object_ref (VOLANT_NAVIGATION (source));
  GTask *task = G_TASK (result);
  VolantRoute *best = g_task_propagate_pointer (task, NULL);

  if (g_task_get_cancellable (task) != self->reviewing)
    {
      volant_route_free (best);
      return;
    }
  g_clear_object (&self->reviewing);
  if (self->routing == NULL && state_of_route (self) == VOLANT_NAVIGATION_GUIDING)
    finish_review (self, g_task_get_task_data (task), best);
  else
    volant_route_free (best);
  review_again (self);
}

void
volant_navigation_review (VolantNavigation *self)
{
  g_autoptr (GTask) task = NULL;
  Search *search;
  VolantFix fix;

  volant_position_get_fix (self->position, &fix);
  self->wants_review = self->routing != NULL || self->reviewing != NULL;
  if (self->wants_review || !fix.valid || state_of_route (self) != VOLANT_NAVIGATION_GUIDING)
    return;
  self->reviewing = g_cancellable_new ();
  search = search_new (self, &fix, self->target, true);
  search->is_told = true;
  task = g_task_new (self, self->reviewing, on_reviewed, NULL);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_route);
}

static void
on_position_changed (VolantPosition *position, VolantNavigation *self)
{
  g_autoptr (VolantNavigation) alive G_GNUC_UNUSED = g_object_ref (self); /* handlers may drop it */
  VolantGuidanceState state;
  VolantFix fix;

  volant_position_get_fix (position, &fix);
  if (self->guidance == NULL || volant_guidance_has_arrived (self->guidance) || !fix.valid)
    return;
  state = volant_guidance_update (self->guidance, &fix);
  if (state == VOLANT_GUIDANCE_OFF_ROUTE)
    {
      reroute (self, &fix);
      return;
    }
  if (state == VOLANT_GUIDANCE_ARRIVED)
    {
      cancel_routing (self);
      self->state = VOLANT_NAVIGATION_ARRIVED;
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  give_prompts (self);
  if (state == VOLANT_GUIDANCE_ARRIVED)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0);
}

static void
volant_navigation_dispose (GObject *object)
{
  VolantNavigation *self = VOLANT_NAVIGATION (object);

  cancel_routing (self);
  cancel_review (self);
  if (self->position != NULL)
    g_signal_handlers_disconnect_by_data (self->position, self);
  g_clear_object (&self->position);
  G_OBJECT_CLASS (volant_navigation_parent_class)->dispose (object);
}

static void
volant_navigation_finalize (GObject *object)
{
  VolantNavigation *self = VOLANT_NAVIGATION (object);

  drop_route (self);
  g_clear_pointer (&self->target, volant_target_free);
  g_clear_pointer (&self->router, volant_router_unref);
  G_OBJECT_CLASS (volant_navigation_parent_class)->finalize (object);
}

static void
volant_navigation_class_init (VolantNavigationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GType type = G_TYPE_FROM_CLASS (class);

  object_class->dispose = volant_navigation_dispose;
  object_class->finalize = volant_navigation_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_ROUTE_CHANGED] = g_signal_new ("route-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROMPT] = g_signal_new ("prompt", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1,
                                         VOLANT_TYPE_PROMPT | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_TRAFFIC_NEWS] = g_signal_new ("traffic-news", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT,
                                               G_TYPE_DOUBLE);
}

static void
volant_navigation_init (VolantNavigation *self)
{
}

VolantNavigation *
volant_navigation_new (VolantPosition *position, VolantRouter *router)
{
  VolantNavigation *self = g_object_new (VOLANT_TYPE_NAVIGATION, NULL);

  self->position = g_object_ref (position);
  self->router = volant_router_ref (router);
  g_signal_connect (position, "changed", G_CALLBACK (on_position_changed), self);
  return self;
}

static void
on_routed (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (finish_search (VOLANT_NAVIGATION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Finds the way from where the car is and begins to guide. Ends with VOLANT_ERROR_NO_POSITION, a
 * VOLANT_MAPS_ERROR (off the map, no route) or G_IO_ERROR_CANCELLED (stopped, or another
 * target). */
void
volant_navigation_go_to_async (VolantNavigation *self, const VolantTarget *target,
                               GCancellable *cancellable, GAsyncReadyCallback callback, void *data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  VolantFix fix;

  volant_position_get_fix (self->position, &fix);
  if (fix.valid)
    {
      start_search (self, &fix, target, false, on_routed, task);
      return;
    }
  g_task_return_new_error (task, VOLANT_ERROR, VOLANT_ERROR_NO_POSITION,
                           "the car does not know where it is yet; wait for a position");
  g_object_unref (task);
}

bool
volant_navigation_go_to_finish (VolantNavigation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
volant_navigation_stop (VolantNavigation *self)
{
  cancel_routing (self);
  cancel_review (self);
  drop_route (self);
  g_clear_pointer (&self->target, volant_target_free);
  self->state = VOLANT_NAVIGATION_IDLE;
  g_signal_emit (self, signals[SIGNAL_ROUTE_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

VolantNavigationState
volant_navigation_get_state (VolantNavigation *self)
{
  return self->state;
}

const VolantTarget *
volant_navigation_get_target (VolantNavigation *self)
{
  return self->target;
}

const VolantRoute *
volant_navigation_get_route (VolantNavigation *self)
{
  return self->route;
}

uint32_t
volant_navigation_get_travelled_mm (VolantNavigation *self)
{
  return self->guidance != NULL
           ? (uint32_t) lrint (volant_guidance_get_travelled_m (self->guidance) * 1000.0)
           : 0;
}

double
volant_navigation_get_remaining_m (VolantNavigation *self)
{
  return self->guidance != NULL ? volant_guidance_get_remaining_m (self->guidance) : 0.0;
}

double
volant_navigation_get_remaining_s (VolantNavigation *self)
{
  return self->guidance != NULL ? volant_guidance_get_remaining_s (self->guidance) : 0.0;
}

const VolantManoeuvre *
volant_navigation_get_next (VolantNavigation *self, double *distance_m)
{
  return self->guidance != NULL ? volant_guidance_get_manoeuvre (self->guidance, 0, distance_m)
                                : NULL;
}

const VolantManoeuvre *
volant_navigation_get_after_next (VolantNavigation *self)
{
  return self->guidance != NULL ? volant_guidance_get_manoeuvre (self->guidance, 1, NULL) : NULL;
}

char *
volant_navigation_get_instruction (VolantNavigation *self, const char *language)
{
  const VolantManoeuvre *next = volant_navigation_get_next (self, NULL);

  return next != NULL ? volant_instruction_text (next, language) : g_strdup ("");
}

char *
volant_navigation_get_announcement (VolantNavigation *self, const char *language)
{
  double distance_m = 0.0;
  const VolantManoeuvre *next = volant_navigation_get_next (self, &distance_m);

  return next != NULL ? volant_instruction_at (next, distance_m, language) : g_strdup ("");
}
