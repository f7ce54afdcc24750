/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/navigation/route-marks.h"
#include "app/session-private.h"
#include "app/text/text.h"

#include <string.h>

/* nav.* again: which way, rather than where to. */

static const struct {
  const char *word;
  VolantAvoid avoid;
  const char *avoided;
  const char *allowed;
} kinds[] = {
  { "motorways", VOLANT_AVOID_MOTORWAYS, N_ ("Motorways are avoided"),
    N_ ("Motorways may be taken") },
  { "tolls", VOLANT_AVOID_TOLLS, N_ ("Tolls are avoided"), N_ ("Toll roads may be taken") },
  { "ferries", VOLANT_AVOID_FERRIES, N_ ("Ferries are avoided"), N_ ("Ferries may be taken") },
};

/* What an action that wishes something says and undoes in the end. */
typedef struct {
  char *said;
  const char *undo;      /* NULL: nothing to undo */
  GVariant *parameter;   /* of the undo, (nullable) */
} Wished;

static void
wished_free (Wished *wished)
{
  g_free (wished->said);
  g_clear_pointer (&wished->parameter, g_variant_unref);
  g_free (wished);
}

static void
on_wished (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  VolantSession *session = g_task_get_source_object (task);
  const Wished *wished = g_task_get_task_data (task);
  VolantNavigation *navigation = VOLANT_NAVIGATION (source);
  GError *error = NULL;
  char *undo = NULL;

  if (!volant_navigation_set_wish_finish (navigation, result, &error))
    {
      volant_action_fail (session, task, error);
      return;
    }
  if (wished->undo != NULL)
    undo = volant_action_add_undo (session, wished->undo, wished->parameter);
  if (volant_navigation_get_route (navigation) == NULL)
    volant_action_answer (task, g_strdup (wished->said), undo);
  else
    {
      g_autofree char *trip = volant_action_describe_trip (session);

      volant_action_answer (task, g_strconcat (wished->said, ". ", trip, NULL), undo);
    }
}

/* Takes a new wish (transfer full) into force; said and parameter are taken too. */
static void
wish (VolantSession *session, VolantTripWish *wish, char *said, const char *undo,
      GVariant *parameter, GTask *task)
{
  g_autoptr (VolantTripWish) owned = wish;
  Wished *wished = g_new0 (Wished, 1);

  wished->said = said;
  wished->undo = undo;
  wished->parameter = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  g_task_set_task_data (task, wished, (GDestroyNotify) wished_free);
  volant_navigation_set_wish_async (session->navigation, owned, g_task_get_cancellable (task),
                                    on_wished, g_object_ref (task));
}

/* Index into kinds of what a parameter names; refuses the task and returns -1 where it is none. */
static int
find_kind (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *word = g_variant_get_string (parameter, NULL);
  unsigned avoid = 0;

  if (volant_avoid_parse (word, &avoid, NULL))
    for (unsigned i = 0; i < G_N_ELEMENTS (kinds); i++)
      if (avoid == kinds[i].avoid)
        return (int) i;
  volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                        N_ ("“%s” is not one of motorways, tolls and ferries"), word);
  return -1;
}

static void
set_avoided (VolantSession *session, GVariant *parameter, GTask *task, bool avoided)
{
  VolantTripWish *wished = volant_trip_wish_copy (volant_navigation_get_wish (session->navigation));
  int kind = find_kind (session, parameter, task);
  unsigned before = wished->avoid;

  if (kind < 0)
    {
      volant_trip_wish_free (wished);
      return;
    }
  if (avoided)
    wished->avoid |= kinds[kind].avoid;
  else
    wished->avoid &= ~(unsigned) kinds[kind].avoid;
  wish (session, wished,
        g_strdup (volant_session_text (session, avoided ? kinds[kind].avoided
                                                        : kinds[kind].allowed)),
        before == wished->avoid ? NULL : avoided ? "nav.allow" : "nav.avoid",
        g_variant_new_string (kinds[kind].word), task);
}

static void
avoid (VolantSession *session, GVariant *parameter, GTask *task)
{
  set_avoided (session, parameter, task, true);
}

static void
allow (VolantSession *session, GVariant *parameter, GTask *task)
{
  set_avoided (session, parameter, task, false);
}

static void
block_street (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *language = volant_session_get_language (session);
  g_autofree char *street = NULL;
  g_autoptr (GArray) links = volant_navigation_find_block (session->navigation, &street);
  VolantTripWish *wished;

  if (links == NULL)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NO_POSITION,
                            N_ ("I do not know where the car is"));
      return;
    }
  wished = volant_trip_wish_copy (volant_navigation_get_wish (session->navigation));
  volant_trip_wish_block (wished, links);
  wish (session, wished,
        *street != '\0'
          ? volant_text_format (language, N_ ("%s is blocked for this trip"), street)
          : g_strdup (volant_text (language, N_ ("This street is blocked for this trip"))),
        "nav.open-street", NULL, task);
}

static void
open_street (VolantSession *session, GVariant *parameter, GTask *task)
{
  VolantTripWish *wished = volant_trip_wish_copy (volant_navigation_get_wish (session->navigation));

  if (!volant_trip_wish_open (wished))
    {
      volant_trip_wish_free (wished);
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("No street is blocked"));
      return;
    }
  wish (session, wished,
        g_strdup (volant_session_text (session, N_ ("The street is open again"))), NULL, NULL,
        task);
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
on_alternatives (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  VolantSession *session = g_task_get_source_object (task);
  VolantNavigation *navigation = VOLANT_NAVIGATION (source);
  const GPtrArray *routes;
  GError *error = NULL;

  if (!volant_navigation_find_alternatives_finish (navigation, result, &error))
    {
      volant_action_fail (session, task, error);
      return;
    }
  routes = volant_navigation_get_alternatives (navigation);
  if (routes == NULL || routes->len < 2)
    {
      volant_action_answer (
        task, g_strdup (volant_session_text (session, N_ ("There is no other way worth taking"))),
        NULL);
      return;
    }
  volant_session_set_screen (session, "map");
  volant_conversation_choose_route (session->conversation, routes->len);
  volant_action_done (task);
}

static void
show_alternatives (VolantSession *session, GVariant *parameter, GTask *task)
{
  if (require_guidance (session, task))
    volant_navigation_find_alternatives_async (session->navigation, g_task_get_cancellable (task),
                                               on_alternatives, g_object_ref (task));
}

static void
choose_route (VolantSession *session, GVariant *parameter, GTask *task)
{
  int number = g_variant_get_int32 (parameter);
  int before = (int) volant_navigation_get_chosen (session->navigation);

  if (!require_guidance (session, task))
    return;
  if (number < 1 || !volant_navigation_choose (session->navigation, (unsigned) number))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW,
                            N_ ("There is no route %d: ask for the alternatives first"), number);
      return;
    }
  volant_session_set_screen (session, "map");
  volant_action_answer (task, volant_action_describe_trip (session),
                        number == before
                          ? NULL
                          : volant_action_add_undo (session, "nav.choose-route",
                                                    g_variant_new_int32 (before)));
}

static void
add_stop (VolantSession *session, GVariant *parameter, GTask *task)
{
  const VolantTripWish *before = volant_navigation_get_wish (session->navigation);
  g_autoptr (GPtrArray) targets = NULL;
  const VolantTarget *target;
  VolantTripWish *wished;
  GError *error = NULL;

  if (!require_guidance (session, task))
    return;
  targets = volant_session_resolve (session, g_variant_get_string (parameter, NULL), 1, &error);
  if (targets == NULL)
    {
      volant_action_fail (session, task, error);
      return;
    }
  if (before->stops->len == VOLANT_WISH_MOST_VIAS)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW,
                            N_ ("There are %u stops already: no more can be added"),
                            before->stops->len);
      return;
    }
  target = targets->pdata[0];
  wished = volant_trip_wish_copy (before);
  volant_trip_wish_add_stop (wished, target->point);
  wish (session, wished,
        volant_text_format (volant_session_get_language (session), N_ ("With a stop at %s"),
                            target->name),
        "nav.remove-stop", NULL, task);
}

static void
remove_stop (VolantSession *session, GVariant *parameter, GTask *task)
{
  VolantTripWish *wished = volant_trip_wish_copy (volant_navigation_get_wish (session->navigation));

  if (!volant_trip_wish_remove_stop (wished))
    {
      volant_trip_wish_free (wished);
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW,
                            N_ ("There is no stop on the way"));
      return;
    }
  wish (session, wished, g_strdup (volant_session_text (session, N_ ("The stop is left out"))),
        NULL, NULL, task);
}

const VolantAction volant_actions_route[] = {
  { "nav.avoid", "s", "what", VOLANT_RISK_ACT, true,
    N_ ("Keeps clear of motorways, tolls or ferries where there is another way"), avoid },
  { "nav.allow", "s", "what", VOLANT_RISK_ACT, true,
    N_ ("Takes motorways, tolls or ferries again"), allow },
  { "nav.block-street", NULL, NULL, VOLANT_RISK_ACT, true,
    N_ ("Finds a way round: the street ahead is blocked, for this trip"), block_street },
  { "nav.open-street", NULL, NULL, VOLANT_RISK_ACT, true,
    N_ ("Takes the street again that was blocked last"), open_street },
  { "nav.add-stop", "s", "target", VOLANT_RISK_UNCERTAIN, true,
    N_ ("Passes a station, street, address or place on the way"), add_stop },
  { "nav.remove-stop", NULL, NULL, VOLANT_RISK_ACT, true,
    N_ ("Leaves out the stop that was added last"), remove_stop },
  { "nav.show-alternatives", NULL, NULL, VOLANT_RISK_ACT, true,
    N_ ("Shows up to three ways to choose from"), show_alternatives },
  { "nav.choose-route", "i", "route", VOLANT_RISK_ACT, true,
    N_ ("Goes by one of the ways that were shown, from 1"), choose_route },
  { NULL },
};
