/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/navigation/arrival-charge.h"
#include "app/navigation/nearest-targets.h"
#include "app/navigation/route-marks.h"
#include "app/session-private.h"
#include "app/text/text.h"

#include <math.h>
#include <string.h>

/* nav.*: where to, and what a driver asks on the way. */

#define MAX_CHOICES 6

static GVariant *
target_parameter (const VolantTarget *target)
{
  return g_variant_new_string (target->id);
}

/* Back to the target of before, or to none. */
static char *
add_undo (VolantSession *session, const VolantTarget *before)
{
  if (before != NULL)
    return volant_action_add_undo (session, "nav.go-to", target_parameter (before));
  return volant_action_add_undo (session, "nav.stop", NULL);
}

char *
volant_action_describe_trip (VolantSession *session)
{
  const char *language = volant_session_get_language (session);
  const VolantTarget *target = volant_navigation_get_target (session->navigation);
  double remaining_m = volant_navigation_get_remaining_m (session->navigation);
  double remaining_s = volant_navigation_get_remaining_s (session->navigation);
  g_autofree char *distance = volant_text_distance (language, remaining_m);
  g_autofree char *duration = volant_text_duration (language, remaining_s);
  const VolantRoute *route = volant_navigation_get_route (session->navigation);
  g_autofree char *unavoided = route != NULL ? volant_route_unavoided (route, language) : NULL;
  g_autofree char *trip = NULL;
  bool there = volant_navigation_get_state (session->navigation) == VOLANT_NAVIGATION_ARRIVED;

  if (target != NULL && there)
    return volant_text_format (language, N_ ("You are at %s already"), target->name);
  trip = volant_text_format (language, N_ ("To %s: %s, %s"), target != NULL ? target->name : "",
                             distance, duration);
  return unavoided != NULL ? g_strconcat (trip, ". ", unavoided, NULL) : g_steal_pointer (&trip);
}

static void
on_gone (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  VolantSession *session = g_task_get_source_object (task);
  const VolantTarget *before = g_task_get_task_data (task);
  GError *error = NULL;

  if (!volant_navigation_go_to_finish (VOLANT_NAVIGATION (source), result, &error))
    {
      volant_action_fail (session, task, error);
      return;
    }
  /* whoever asked for a way wants to see it */
  volant_session_set_screen (session, "map");
  volant_action_answer (task, volant_action_describe_trip (session), add_undo (session, before));
}

static void
go_to_target (VolantSession *session, const VolantTarget *target, GTask *task)
{
  const VolantTarget *before = volant_navigation_get_target (session->navigation);
  VolantPoint point;

  if (!volant_session_get_point (session, &point))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NO_POSITION,
                            N_ ("I do not know where the car is"));
      return;
    }
  if (before != NULL)
    g_task_set_task_data (task, volant_target_copy (before), (GDestroyNotify) volant_target_free);
  volant_navigation_go_to_async (session->navigation, target, g_task_get_cancellable (task),
                                 on_gone, g_object_ref (task));
}

/* Several of the first one's name and kind: only the person knows which. */
static unsigned
count_same_named (GPtrArray *targets)
{
  const VolantTarget *first = targets->pdata[0];
  unsigned n_same = 1;

  while (n_same < targets->len)
    {
      const VolantTarget *target = targets->pdata[n_same];

      if (target->is_station != first->is_station || strcmp (target->name, first->name) != 0)
        break;
      n_same++;
    }
  return n_same;
}

static void
go_to (VolantSession *session, GVariant *parameter, GTask *task)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) targets =
      volant_session_resolve (session, g_variant_get_string (parameter, NULL), MAX_CHOICES, &error);
  unsigned n_same;

  if (targets == NULL)
    {
      volant_action_fail (session, task, error);
      return;
    }
  n_same = count_same_named (targets);
  if (n_same > 1)
    {
      g_ptr_array_set_size (targets, (int) n_same);
      volant_conversation_choose (session->conversation, targets, task);
    }
  else
    go_to_target (session, targets->pdata[0], task);
}

static void
stop (VolantSession *session, GVariant *parameter, GTask *task)
{
  const VolantTarget *target = volant_navigation_get_target (session->navigation);
  char *undo;

  if (target == NULL)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW,
                            N_ ("There is no guidance to stop"));
      return;
    }
  undo = volant_action_add_undo (session, "nav.go-to", target_parameter (target));
  volant_navigation_stop (session->navigation);
  if (volant_vehicle_simulation_is_driving (session->vehicle))
    volant_vehicle_simulation_drive (session->vehicle, NULL, NULL);
  volant_action_answer (task, g_strdup (volant_session_text (session, N_ ("Guidance has stopped"))),
                        undo);
}

static bool
require_guidance (VolantSession *session, GTask *task)
{
  if (volant_navigation_get_state (session->navigation) == VOLANT_NAVIGATION_GUIDING)
    return true;
  volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW,
                        N_ ("There is no guidance: say where you want to go"));
  return false;
}

static void
repeat (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *said = volant_voice_get_said (session->voice);

  if (*said != '\0')
    volant_action_answer (task, g_strdup (said), NULL);
  else if (require_guidance (session, task))
    volant_action_answer (task,
                          volant_navigation_get_instruction (session->navigation,
                                                             volant_session_get_language (session)),
                          NULL);
}

static void
tell_next (VolantSession *session, GVariant *parameter, GTask *task)
{
  if (require_guidance (session, task))
    volant_action_answer (task,
                          volant_navigation_get_instruction (session->navigation,
                                                             volant_session_get_language (session)),
                          NULL);
}

/* Stations that serve a need, nearest first as the crow flies (transfer full). */
static GPtrArray *
list_targets (VolantSession *session, const char *need)
{
  g_autoptr (GPtrArray) stations = volant_session_rank_stations (session, need, G_MAXUINT);
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_target_free);

  for (unsigned i = 0; i < stations->len; i++)
    g_ptr_array_add (targets, volant_session_target_from_station (stations->pdata[i]));
  return targets;
}

/* Asks which of them are soonest reached by road; false where the car does not know where it is. */
static bool
rank_by_road (VolantSession *session, GPtrArray *targets, unsigned most, GTask *task,
              GAsyncReadyCallback callback)
{
  VolantFix fix;

  volant_position_get_fix (VOLANT_POSITION (session->position), &fix);
  if (fix.valid)
    volant_nearest_targets_async (session->router, &fix, targets, most,
                                  g_task_get_cancellable (task), callback, g_object_ref (task));
  return fix.valid;
}

static void
on_nearest_found (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  VolantSession *session = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) targets = volant_nearest_targets_finish (result, &error);

  if (targets == NULL)
    volant_action_fail (session, task, error);
  else
    go_to_target (session, targets->pdata[0], task);
}

static void
go_to_nearest (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *need = g_variant_get_string (parameter, NULL);
  g_autoptr (GPtrArray) targets = NULL;

  if (*need != '\0' && strcmp (need, "dock") != 0 && strcmp (need, "charger") != 0)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                            N_ ("A station can be sought for “dock” or “charger”, not for “%s”"),
                            need);
      return;
    }
  targets = list_targets (session, need);
  if (targets->len == 0)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_FOUND,
                            strcmp (need, "charger") == 0 ? N_ ("I know no station with a charger")
                            : strcmp (need, "dock") == 0 ? N_ ("I know no station with a free dock")
                                                         : N_ ("I know no station"));
      return;
    }
  if (!rank_by_road (session, targets, 1, task, on_nearest_found))
    go_to_target (session, targets->pdata[0], task);
}

static void
offer_targets (VolantSession *session, GPtrArray *targets, GTask *task)
{
  if (targets->len == 1)
    {
      go_to_target (session, targets->pdata[0], task);
      return;
    }
  g_ptr_array_set_size (targets, (int) MIN (targets->len, MAX_CHOICES));
  volant_conversation_choose (session->conversation, targets, NULL);
  volant_action_done (task);
}

/* Beside all roads, the stations are listed as the crow flies. */
static void
on_listed (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  VolantSession *session = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) targets = volant_nearest_targets_finish (result, &error);

  if (targets == NULL && g_error_matches (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP))
    {
      g_clear_error (&error);
      targets = list_targets (session, "");
    }
  if (targets == NULL)
    volant_action_fail (session, task, error);
  else if (targets->len == 0)
    volant_action_refuse (session, task, VOLANT_ERROR_NOT_FOUND, N_ ("I know no station"));
  else
    offer_targets (session, targets, task);
}

static void
list_stations (VolantSession *session, GVariant *parameter, GTask *task)
{
  g_autoptr (GPtrArray) targets = list_targets (session, "");

  if (targets->len == 0)
    volant_action_refuse (session, task, VOLANT_ERROR_NOT_FOUND, N_ ("I know no station"));
  else if (!rank_by_road (session, targets, MAX_CHOICES, task, on_listed))
    offer_targets (session, targets, task);
}

static void
tell_arrival (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *language = volant_session_get_language (session);
  double remaining_s;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) then = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *duration = NULL;
  double charge;

  if (!require_guidance (session, task))
    return;
  charge = volant_arrival_charge_percent (session->navigation, session->router,
                                          VOLANT_VEHICLE (session->vehicle));
  remaining_s = volant_navigation_get_remaining_s (session->navigation);
  now = g_date_time_new_now_local ();
  then = g_date_time_add_seconds (now, remaining_s);
  clock = volant_text_clock_spoken (language, then);
  duration = volant_text_duration (language, remaining_s);
  if (isnan (charge))
    volant_action_answer (
        task, volant_text_format (language, N_ ("You arrive at %s, in %s"), clock, duration), NULL);
  else if (charge < 0.0)
    volant_action_answer (
        task,
        volant_text_format (
            language, N_ ("You would arrive at %s, in %s, but the charge does not suffice"), clock,
            duration),
        NULL);
  else
    volant_action_answer (task,
                          volant_text_format (
                              language, N_ ("You arrive at %s, in %s, with %d %% of charge"),
                              clock, duration, (int) floor (charge)),
                          NULL);
}

static void
tell_distance (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *language = volant_session_get_language (session);
  g_autofree char *distance = NULL;

  if (!require_guidance (session, task))
    return;
  distance =
      volant_text_distance (language, volant_navigation_get_remaining_m (session->navigation));
  volant_action_answer (
      task,
      volant_text_format (language, N_ ("%s to %s"), distance,
                          volant_navigation_get_target (session->navigation)->name),
      NULL);
}

static void
tell_position (VolantSession *session, GVariant *parameter, GTask *task)
{
  g_autofree char *street = volant_session_find_street (session);
  VolantPoint point;

  if (!volant_session_get_point (session, &point))
    volant_action_refuse (session, task, VOLANT_ERROR_NO_POSITION,
                          N_ ("I do not know where the car is"));
  else if (street == NULL)
    volant_action_answer (task,
                          volant_text_format (volant_session_get_language (session),
                                              N_ ("You are in %s, on a road without a name"),
                                              volant_city_get_info (session->city)->name),
                          NULL);
  else
    volant_action_answer (
        task,
        volant_text_format (volant_session_get_language (session), N_ ("You are on %s"), street),
        NULL);
}

const VolantAction volant_actions_nav[] = {
  { "nav.go-to", "s", "target", VOLANT_RISK_UNCERTAIN, true,
    N_ ("Guides to a station, street, address or place: words, station:ID or geo:LAT,LON"), go_to },
  { "nav.go-to-nearest-station", "s", "need", VOLANT_RISK_ACT, true,
    N_ ("Guides to the nearest station: any (empty), with a free dock, or with a charger"),
    go_to_nearest },
  { "nav.stop", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Stops the guidance"), stop },
  { "nav.repeat", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Says the last sentence again"), repeat },
  { "nav.tell-next", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Tells what to do next"), tell_next },
  { "nav.tell-arrival", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Tells when you arrive"),
    tell_arrival },
  { "nav.tell-distance", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Tells how far it still is"),
    tell_distance },
  { "nav.tell-position", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Tells which street this is"),
    tell_position },
  { "nav.list-stations", NULL, NULL, VOLANT_RISK_ACT, true,
    N_ ("Shows the nearest stations to choose from"), list_stations },
  { NULL },
};
