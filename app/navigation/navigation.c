/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/navigation.h"

#include "app/error.h"
#include "app/navigation/guidance.h"
#include "app/navigation/instruction.h"
#include "app/navigation/review.h"
#include "app/navigation/route-search.h"
#include "maps/routing/plan/block.h"

#include <math.h>

/* The service around guidance.c: it finds routes in a thread, feeds fixes to the guidance, finds a
 * new route where the car has left the old one, and tells others. While a new target is being
 * routed to, the old route stays in force; where none is found, one goes on by it. Where the traffic
 * has changed, the route at hand is held against the best there is now. */

/* A new route that failed is not tried again before the car has moved on this far. */
#define REROUTE_AGAIN_M 100.0
/* Alternatives are good for as long as the car has not gone on further than this. */
#define ALTERNATIVES_M 1000.0
/* Links of the way ahead that may matter to what is blocked. */
#define AHEAD_LINKS 100

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
  VolantTripWish *wish;
  GPtrArray *alternatives;   /* (nullable) VolantRoute */
  VolantPoint looked_at;     /* where they begin */
  unsigned chosen;           /* of them, from 1 */
  uint32_t n_passed;         /* stops of the route */
};

G_DEFINE_TYPE (VolantNavigation, volant_navigation, G_TYPE_OBJECT)

static void
drop_route (VolantNavigation *self)
{
  g_clear_pointer (&self->guidance, volant_guidance_free);
  g_clear_pointer (&self->route, volant_route_free);
}

static void
drop_alternatives (VolantNavigation *self)
{
  g_clear_pointer (&self->alternatives, g_ptr_array_unref);
  self->chosen = 1;
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
take_route (VolantNavigation *self, VolantRoute *route, const VolantRouteSearch *search)
{
  VolantTarget *target = volant_target_copy (search->target); /* they may be those at hand */
  VolantTripWish *wish = volant_trip_wish_copy (search->wish);

  cancel_review (self);
  drop_route (self);
  drop_alternatives (self);
  g_clear_pointer (&self->target, volant_target_free);
  self->target = target;
  volant_trip_wish_free (self->wish);
  self->wish = wish;
  self->n_passed = 0;
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

static void
start_search (VolantNavigation *self, const VolantFix *fix, const VolantTarget *target,
              const VolantTripWish *wish, bool is_reroute, GAsyncReadyCallback callback, void *data)
{
  VolantRouteSearch *search = volant_route_search_new (self->router, fix, target, wish, 1);
  g_autoptr (GTask) task = NULL;

  cancel_routing (self);
  self->routing = g_cancellable_new ();
  search->is_reroute = is_reroute;
  task = g_task_new (self, self->routing, callback, data);
  volant_route_search_start (search, task);
  set_state (self, VOLANT_NAVIGATION_ROUTING);
}

/* The route of a search that is still wanted; NULL otherwise. The old route, if any, goes on. */
static bool
finish_search (VolantNavigation *self, GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  const VolantRouteSearch *search = g_task_get_task_data (task);
  bool is_wanted = g_task_get_cancellable (task) == self->routing;
  g_autoptr (GPtrArray) routes = g_task_propagate_pointer (task, error);

  if (is_wanted)
    g_clear_object (&self->routing);
  if (routes != NULL)
    {
      take_route (self, g_ptr_array_steal_index (routes, 0), search);
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
  start_search (self, fix, self->target, self->wish, true, on_rerouted, NULL);
}

/* Takes the better route, or goes on by the old one with its times of now. */
static void
finish_review (VolantNavigation *self, const VolantRouteSearch *search, VolantRoute *best)
{
  uint32_t travelled_mm = volant_navigation_get_travelled_mm (self);
  const VolantRoute *route = self->route;
  g_autoptr (VolantRouteNow) now = volant_route_now (self->router, route, travelled_mm);
  /* whoever has chosen a way has not asked for the fastest */
  bool is_same = self->chosen > 1 ||
                 (best != NULL && volant_route_goes_on_as (route, travelled_mm, best));
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
  g_autoptr (GPtrArray) routes = g_task_propagate_pointer (task, NULL);
  VolantRoute *best = routes != NULL ? g_ptr_array_steal_index (routes, 0) : NULL;
  const VolantRouteSearch *search = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) != self->reviewing)
    {
      volant_route_free (best);
      return;
    }
  g_clear_object (&self->reviewing);
  if (self->routing == NULL && state_of_route (self) == VOLANT_NAVIGATION_GUIDING &&
      search->wish->stops->len == self->wish->stops->len)
    finish_review (self, search, best);
  else
    volant_route_free (best);
  review_again (self);
}

void
volant_navigation_review (VolantNavigation *self)
{
  g_autoptr (GTask) task = NULL;
  VolantRouteSearch *search;
  VolantFix fix;

  volant_position_get_fix (self->position, &fix);
  self->wants_review = self->routing != NULL || self->reviewing != NULL;
  if (self->wants_review || !fix.valid || state_of_route (self) != VOLANT_NAVIGATION_GUIDING)
    return;
  self->reviewing = g_cancellable_new ();
  search = volant_route_search_new (self->router, &fix, self->target, self->wish, 1);
  search->is_reroute = true;
  search->is_told = true;
  task = g_task_new (self, self->reviewing, on_reviewed, NULL);
  volant_route_search_start (search, task);
}

/* A stop that was passed is not gone to again, whatever new way is found. */
static void
pass_stops (VolantNavigation *self)
{
  uint32_t travelled_mm = volant_navigation_get_travelled_mm (self);

  while (self->n_passed < self->route->n_stops &&
         self->route->stops[self->n_passed].at_mm <= travelled_mm)
    {
      self->n_passed++;
      volant_trip_wish_pass_stop (self->wish);
    }
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
  pass_stops (self);
  if (state == VOLANT_GUIDANCE_OFF_ROUTE)
    {
      reroute (self, &fix);
      return;
    }
  if (state == VOLANT_GUIDANCE_ARRIVED)
    {
      cancel_routing (self);
      drop_alternatives (self);
      volant_trip_wish_end_trip (self->wish);
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
  drop_alternatives (self);
  g_clear_pointer (&self->target, volant_target_free);
  g_clear_pointer (&self->wish, volant_trip_wish_free);
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
  self->wish = volant_trip_wish_new ();
  self->chosen = 1;
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

/* Goes to a target by a wish; task is taken. */
static void
go_by (VolantNavigation *self, const VolantTarget *target, const VolantTripWish *wish, GTask *task)
{
  VolantFix fix;

  volant_position_get_fix (self->position, &fix);
  if (fix.valid)
    {
      start_search (self, &fix, target, wish, false, on_routed, task);
      return;
    }
  g_task_return_new_error (task, VOLANT_ERROR, VOLANT_ERROR_NO_POSITION,
                           "the car does not know where it is yet; wait for a position");
  g_object_unref (task);
}

/* Finds the way from where the car is and begins to guide. Ends with VOLANT_ERROR_NO_POSITION, a
 * VOLANT_MAPS_ERROR (off the map, no route) or G_IO_ERROR_CANCELLED (stopped, or another
 * target). */
void
volant_navigation_go_to_async (VolantNavigation *self, const VolantTarget *target,
                               GCancellable *cancellable, GAsyncReadyCallback callback, void *data)
{
  g_autoptr (VolantTripWish) wish = volant_trip_wish_copy (self->wish);

  /* stops were on the way to another target; what is blocked is so for this one too */
  g_array_set_size (wish->stops, 0);
  go_by (self, target, wish, g_task_new (self, cancellable, callback, data));
}

bool
volant_navigation_go_to_finish (VolantNavigation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const VolantTripWish *
volant_navigation_get_wish (VolantNavigation *self)
{
  return self->wish;
}

void
volant_navigation_set_wish_async (VolantNavigation *self, const VolantTripWish *wish,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  void *data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  if (self->guidance != NULL && !volant_guidance_has_arrived (self->guidance))
    {
      g_autoptr (VolantTarget) target = volant_target_copy (self->target);

      go_by (self, target, wish, g_steal_pointer (&task));
      return;
    }
  g_clear_pointer (&self->wish, volant_trip_wish_free);
  self->wish = volant_trip_wish_copy (wish);
  g_task_return_boolean (task, TRUE);
}

bool
volant_navigation_set_wish_finish (VolantNavigation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
volant_navigation_forget (VolantNavigation *self)
{
  self->wish->avoid = 0;
  volant_navigation_stop (self);
}

/* The links ahead on the route, the car's first, and what is left of that. */
static GArray *
find_links_ahead (VolantNavigation *self, double *left_m)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  double travelled_mm = volant_navigation_get_travelled_mm (self);

  for (uint32_t i = 0; i < self->route->n_steps && links->len < AHEAD_LINKS; i++)
    {
      bool is_last = i + 1 == self->route->n_steps;
      double end_mm = is_last ? self->route->length_mm : self->route->steps[i + 1].at_mm;

      if (end_mm <= travelled_mm && !is_last)
        continue;
      if (links->len == 0)
        *left_m = MAX (end_mm - travelled_mm, 0.0) / 1000.0;
      g_array_append_val (links, self->route->steps[i].link);
    }
  return links;
}

/* The same where there is no route: the road under the car, and nothing known beyond. */
static GArray *
find_link_here (VolantNavigation *self, double *left_m)
{
  const VolantRoads *roads = volant_router_get_roads (self->router);
  GArray *links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  VolantPoint end;
  VolantFix fix;
  uint32_t link;

  volant_position_get_fix (self->position, &fix);
  if (!fix.valid || !volant_router_snap (self->router, VOLANT_MODE_CAR, fix.point, &link, NULL,
                                         NULL, NULL))
    return links;
  end = roads->junctions[volant_roads_link_to (roads, link)].point;
  if (isfinite (fix.heading_deg) &&
      fabs (volant_geo_turn_deg (fix.heading_deg, volant_geo_bearing_deg (fix.point, end))) > 90.0)
    link = volant_link_reverse (link);
  *left_m = INFINITY;
  g_array_append_val (links, link);
  return links;
}

GArray *
volant_navigation_find_block (VolantNavigation *self, char **name)
{
  const VolantRoads *roads = volant_router_get_roads (self->router);
  GArray *blocked = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autoptr (GArray) links = NULL;
  double left_m = 0.0;
  uint32_t first;

  links = self->state == VOLANT_NAVIGATION_GUIDING ? find_links_ahead (self, &left_m)
                                                   : find_link_here (self, &left_m);
  if (links->len == 0)
    {
      g_array_unref (blocked);
      return NULL;
    }
  first = volant_block_ahead (roads, VOLANT_MODE_CAR, (uint32_t *) (void *) links->data, links->len,
                              left_m, blocked);
  *name = g_strdup (
    volant_roads_string (roads, roads->segments[volant_link_segment (first)].name));
  return blocked;
}

void
volant_navigation_find_alternatives_async (VolantNavigation *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, void *data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  VolantFix fix;

  volant_position_get_fix (self->position, &fix);
  if (self->target == NULL || !fix.valid)
    g_task_return_new_error (task, VOLANT_ERROR, VOLANT_ERROR_NO_POSITION,
                             "the car does not know where it is yet; wait for a position");
  else
    volant_route_search_start (volant_route_search_new (self->router, &fix, self->target,
                                                        self->wish, VOLANT_WISH_MOST_ROUTES),
                               task);
}

bool
volant_navigation_find_alternatives_finish (VolantNavigation *self, GAsyncResult *result,
                                            GError **error)
{
  const VolantRouteSearch *search = g_task_get_task_data (G_TASK (result));
  GPtrArray *routes = g_task_propagate_pointer (G_TASK (result), error);

  if (routes == NULL)
    return false;
  drop_alternatives (self);
  self->alternatives = routes;
  self->looked_at = search->fix.point;
  return true;
}

const GPtrArray *
volant_navigation_get_alternatives (VolantNavigation *self)
{
  VolantFix fix;

  volant_position_get_fix (self->position, &fix);
  if (self->guidance == NULL || !fix.valid ||
      volant_geo_distance_m (fix.point, self->looked_at) > ALTERNATIVES_M)
    return NULL;
  return self->alternatives;
}

bool
volant_navigation_choose (VolantNavigation *self, unsigned number)
{
  const GPtrArray *routes = volant_navigation_get_alternatives (self);
  VolantFix fix;

  if (routes == NULL || number < 1 || number > routes->len)
    return false;
  cancel_routing (self);
  cancel_review (self);
  drop_route (self);
  self->chosen = number;
  self->n_passed = 0;
  self->route = volant_route_copy (routes->pdata[number - 1]);
  volant_review_begin (&self->review, self->route);
  self->guidance = volant_guidance_new (self->route, volant_router_get_roads (self->router));
  volant_position_get_fix (self->position, &fix);
  volant_guidance_update (self->guidance, &fix);
  self->state = state_of_route (self);
  g_signal_emit (self, signals[SIGNAL_ROUTE_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  give_prompts (self);
  return true;
}

unsigned
volant_navigation_get_chosen (VolantNavigation *self)
{
  return self->chosen;
}

void
volant_navigation_stop (VolantNavigation *self)
{
  cancel_routing (self);
  cancel_review (self);
  drop_route (self);
  drop_alternatives (self);
  volant_trip_wish_end_trip (self->wish);
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
