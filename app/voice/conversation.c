/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/voice/conversation.h"

#include "app/actions/action-private.h"
#include "app/navigation/route-marks.h"
#include "app/session-private.h"
#include "app/text/text.h"
#include "app/voice/parameters.h"

#include <string.h>

/* A touch that must be asked for enters the core as if it had been heard, certain and by its slots:
 * the core alone decides what is asked, and a question is the same whoever raised it. pending is
 * the call that waits for the answer; it is settled whatever becomes of the question. */

struct _VolantConversation {
  VolantSession *session; /* not owned: it owns this */
  VolantDialogue *dialogue;
  VolantDialogueStep *asked; /* the open question, NULL none */
  VolantQuestion *question;  /* its words */
  GTask *pending;            /* NULL: nobody waits */
  unsigned deadline;         /* timer */
};

static void run_step (VolantConversation *self, VolantDialogueStep *step);

static int64_t
get_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* ---- Words ------------------------------------------------------------------------------------
 */

static void
free_question (VolantQuestion *question)
{
  if (question == NULL)
    return;
  g_free (question->text);
  g_strfreev (question->choices);
  g_free (question);
}

/* The numbers of routes, as choices and as slots. */
#define ROUTE_PREFIX "route:"

/* "12 min, 5.3 km, toll" (transfer full) */
static char *
describe_route (VolantConversation *self, const char *id)
{
  const char *language = volant_session_get_language (self->session);
  const GPtrArray *routes = volant_navigation_get_alternatives (self->session->navigation);
  unsigned number = (unsigned) g_ascii_strtoull (id + strlen (ROUTE_PREFIX), NULL, 10);
  g_autofree char *duration = NULL;
  g_autofree char *distance = NULL;
  g_autofree char *marks = NULL;
  const VolantRoute *route;

  if (routes == NULL || number < 1 || number > routes->len)
    return g_strdup (id);
  route = routes->pdata[number - 1];
  duration = volant_text_duration (language, route->time_ms / 1000.0);
  distance = volant_text_distance (language, route->length_mm / 1000.0);
  marks = volant_route_marks (route, language);
  return *marks != '\0' ? g_strdup_printf ("%s, %s, %s", duration, distance, marks)
                        : g_strdup_printf ("%s, %s", duration, distance);
}

/* What an id is called; with the distance, for a choice (transfer full). */
static char *
describe_choice (VolantConversation *self, const char *id, bool with_distance)
{
  const char *language = volant_session_get_language (self->session);
  bool is_route = g_str_has_prefix (id, ROUTE_PREFIX);
  g_autoptr (GPtrArray) targets =
      is_route ? NULL : volant_session_resolve (self->session, id, 1, NULL);
  const VolantTarget *target = targets != NULL && targets->len > 0 ? targets->pdata[0] : NULL;
  const VolantStation *station = NULL;
  g_autofree char *distance = NULL;
  const char *name;
  VolantPoint from;

  if (is_route)
    return describe_route (self, id);
  if (target == NULL)
    return g_strdup (id);
  if (g_str_has_prefix (target->id, "station:"))
    station = volant_session_find_station (self->session, target->id + strlen ("station:"));
  /* in a list of namesakes the published name tells them apart */
  name = with_distance && station != NULL ? station->name : target->name;
  if (!with_distance || !volant_session_get_point (self->session, &from))
    return g_strdup (name);
  distance = volant_text_distance (language, volant_geo_distance_m (from, target->point));
  return volant_text_format (language, N_ ("%s, %s"), name, distance);
}

static char *
describe_question (VolantConversation *self)
{
  const char *language = volant_session_get_language (self->session);
  const VolantAction *action = volant_actions_find (self->asked->action);
  g_autoptr (GVariant) parameter = NULL;
  g_autofree char *name = NULL;

  if (self->asked->kind == VOLANT_DIALOGUE_CHOOSE)
    return g_strdup (volant_text (language, N_ ("Which one?")));
  if (g_str_equal (self->asked->action, "rental.end"))
    return g_strdup (volant_text (language, N_ ("Do you want to end the rental?")));
  if ((g_str_equal (self->asked->action, "nav.go-to") ||
       g_str_equal (self->asked->action, "nav.add-stop")) &&
      volant_parameters_from_slots (self->session, action, self->asked->parameters, &parameter,
                                    NULL))
    {
      name = describe_choice (self, g_variant_get_string (parameter, NULL), false);
      return g_str_equal (self->asked->action, "nav.go-to")
               ? volant_text_format (language, N_ ("Go to %s?"), name)
               : volant_text_format (language, N_ ("Stop at %s?"), name);
    }
  return volant_text_format (language, N_ ("%s: shall I?"),
                             volant_text (language, action != NULL ? action->help : ""));
}

static void
make_question (VolantConversation *self)
{
  g_clear_pointer (&self->question, free_question);
  if (self->asked == NULL)
    return;
  self->question = g_new0 (VolantQuestion, 1);
  self->question->text = describe_question (self);
  if (self->asked->kind == VOLANT_DIALOGUE_CHOOSE && self->asked->choices != NULL)
    {
      unsigned n_choices = g_strv_length (self->asked->choices);

      self->question->choices = g_new0 (char *, n_choices + 1);
      for (unsigned i = 0; i < n_choices; i++)
        self->question->choices[i] = describe_choice (self, self->asked->choices[i], true);
    }
}

/* What is said: the question, and the first three choices with their numbers (transfer full). */
static char *
speak_question (VolantConversation *self)
{
  const char *language = volant_session_get_language (self->session);
  GString *said = g_string_new (self->question->text);

  for (unsigned i = 0;
       self->question->choices != NULL && i < 3 && self->question->choices[i] != NULL; i++)
    {
      g_autofree char *choice = describe_choice (self, self->asked->choices[i], true);
      g_autofree char *line = volant_text_format (language, N_ (" %u: %s."), i + 1, choice);

      g_string_append (said, line);
    }
  return g_string_free (said, FALSE);
}

/* ---- The one who waits ------------------------------------------------------------------------
 */

static void
decline_pending (VolantConversation *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->pending);

  if (task != NULL)
    volant_action_refuse (self->session, task, VOLANT_ERROR_DECLINED, N_ ("Cancelled"));
}

static void
close_question (VolantConversation *self)
{
  bool open = self->asked != NULL;

  g_clear_pointer (&self->asked, volant_dialogue_step_free);
  make_question (self);
  if (open)
    g_object_notify (G_OBJECT (self->session), "question");
}

/* ---- Doing ------------------------------------------------------------------------------------
 */

/* Nobody but the person waits: the answer is shown and said. */
static void
on_heard_performed (GObject *source, GAsyncResult *result, void *data)
{
  VolantSession *session = VOLANT_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantActionAnswer) answer = volant_action_perform_finish (session, result, &error);

  if (session->voice == NULL)
    return;
  if (answer == NULL)
    {
      if (error->code == VOLANT_ERROR_DECLINED)
        return;
      volant_session_show_toast (session, error->message, NULL, true);
      volant_voice_say (session->voice, error->message, VOLANT_SAY_ANSWER, false);
    }
  else if (*answer->message != '\0')
    {
      volant_session_show_toast (session, answer->message, answer->undo, false);
      volant_voice_say (session->voice, answer->message, VOLANT_SAY_ANSWER, false);
    }
}

static void
on_pending_performed (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  VolantActionAnswer *answer =
      volant_action_perform_finish (VOLANT_SESSION (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) volant_action_answer_free);
}

static void
perform (VolantConversation *self, const VolantDialogueStep *step)
{
  const VolantAction *action = volant_actions_find (step->action);
  g_autoptr (GVariant) parameter = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = g_steal_pointer (&self->pending);

  close_question (self);
  if (action == NULL)
    g_set_error (&error, VOLANT_ERROR, VOLANT_ERROR_UNKNOWN_ACTION,
                 volant_session_text (self->session, N_ ("There is no action “%s”")), step->action);
  else
    volant_parameters_from_slots (self->session, action, step->parameters, &parameter, &error);
  if (error != NULL)
    {
      volant_session_show_toast (self->session, error->message, NULL, true);
      volant_voice_say (self->session->voice, error->message, VOLANT_SAY_ANSWER, false);
      if (task != NULL)
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (task != NULL)
    volant_action_perform_confirmed_async (self->session, action->name, parameter, NULL,
                                           on_pending_performed, g_steal_pointer (&task));
  else
    volant_action_perform_confirmed_async (self->session, action->name, parameter, NULL,
                                           on_heard_performed, NULL);
}

static void
ask (VolantConversation *self, VolantDialogueStep *step)
{
  g_autofree char *said = NULL;

  g_clear_pointer (&self->asked, volant_dialogue_step_free);
  self->asked = step;
  make_question (self);
  g_object_notify (G_OBJECT (self->session), "question");
  said = speak_question (self);
  volant_voice_say (self->session->voice, said, VOLANT_SAY_ANSWER, step->listen);
}

static void
tell_missed (VolantConversation *self, const VolantDialogueStep *step)
{
  VolantSession *session = self->session;
  const char *text;

  if (step->misses >= 3)
    text = N_ ("Sorry. Please use the screen when the car stands");
  else if (step->misses == 2)
    text = N_ ("I still did not understand. Say for example: take me to a station, play music, "
               "how far can I go");
  else
    text = N_ ("I did not understand. Please say it again");
  /* the core has given the question up */
  if (step->misses >= 3)
    {
      decline_pending (self);
      close_question (self);
    }
  volant_session_show_toast (session, volant_session_text (session, text), NULL, true);
  volant_voice_say (session->voice, volant_session_text (session, text), VOLANT_SAY_ANSWER,
                    step->listen);
}

static void
tell_cancelled (VolantConversation *self)
{
  VolantSession *session = self->session;

  decline_pending (self);
  if (self->asked == NULL)
    return;
  close_question (self);
  volant_session_show_toast (session, volant_session_text (session, N_ ("Cancelled")), NULL, false);
}

static gboolean
on_deadline (void *data)
{
  VolantConversation *self = data;

  self->deadline = 0;
  run_step (self, volant_dialogue_tick (self->dialogue, get_now_ms ()));
  return G_SOURCE_REMOVE;
}

static void
arm_deadline (VolantConversation *self)
{
  int64_t due_ms = volant_dialogue_get_deadline_ms (self->dialogue);

  g_clear_handle_id (&self->deadline, g_source_remove);
  if (due_ms >= 0)
    self->deadline =
        g_timeout_add ((unsigned) CLAMP (due_ms - get_now_ms () + 1, 1, 600000), on_deadline, self);
}

/* step: transfer full, nullable */
static void
run_step (VolantConversation *self, VolantDialogueStep *step)
{
  g_autoptr (VolantDialogueStep) owned = step;

  if (owned != NULL)
    switch (owned->kind)
      {
      case VOLANT_DIALOGUE_PERFORM:
        perform (self, owned);
        break;
      case VOLANT_DIALOGUE_ASK:
      case VOLANT_DIALOGUE_CHOOSE:
        ask (self, g_steal_pointer (&owned));
        break;
      case VOLANT_DIALOGUE_MISSED:
        tell_missed (self, owned);
        break;
      case VOLANT_DIALOGUE_CANCELLED:
        tell_cancelled (self);
        break;
      case VOLANT_DIALOGUE_NOTHING:
      default:
        break;
      }
  arm_deadline (self);
  volant_voice_update_expectation (self->session->voice);
}

/* ---- What the core asks of us -----------------------------------------------------------------
 */

static VolantConfirm
confirm (const char *name, void *data)
{
  const VolantAction *action = volant_actions_find (name);

  if (action == NULL)
    return VOLANT_CONFIRM_NEVER;
  switch (action->risk)
    {
    case VOLANT_RISK_ASK:
      return VOLANT_CONFIRM_ALWAYS;
    case VOLANT_RISK_UNCERTAIN:
      return VOLANT_CONFIRM_UNCERTAIN;
    case VOLANT_RISK_ACT:
    default:
      return VOLANT_CONFIRM_NEVER;
    }
}

typedef struct {
  char *id;
  double distance_m;
} Ranked;

static int
compare_ranked (const void *a, const void *b)
{
  double first_m = ((const Ranked *) a)->distance_m, second_m = ((const Ranked *) b)->distance_m;

  return (first_m > second_m) - (first_m < second_m);
}

static void
rank (GStrv ids, void *data)
{
  VolantConversation *self = data;
  unsigned n_ids = g_strv_length (ids);
  g_autofree Ranked *ranked = g_new0 (Ranked, n_ids);
  VolantPoint from;

  /* routes have been ranked by who found them */
  if (n_ids < 2 || g_str_has_prefix (ids[0], ROUTE_PREFIX) ||
      !volant_session_get_point (self->session, &from))
    return;
  for (unsigned i = 0; i < n_ids; i++)
    {
      g_autoptr (GPtrArray) targets = volant_session_resolve (self->session, ids[i], 1, NULL);

      ranked[i].id = ids[i];
      ranked[i].distance_m =
          targets != NULL && targets->len > 0
              ? volant_geo_distance_m (from, ((VolantTarget *) targets->pdata[0])->point)
              : 1e9;
    }
  qsort (ranked, n_ids, sizeof *ranked, compare_ranked);
  for (unsigned i = 0; i < n_ids; i++)
    ids[i] = ranked[i].id;
}

/* ---- Public -----------------------------------------------------------------------------------
 */

VolantConversation *
volant_conversation_new (VolantSession *session)
{
  VolantConversation *self = g_new0 (VolantConversation, 1);

  self->session = session;
  self->dialogue = volant_dialogue_new (confirm, rank, self);
  return self;
}

void
volant_conversation_free (VolantConversation *conversation)
{
  if (conversation == NULL)
    return;
  decline_pending (conversation);
  g_clear_handle_id (&conversation->deadline, g_source_remove);
  g_clear_pointer (&conversation->asked, volant_dialogue_step_free);
  g_clear_pointer (&conversation->question, free_question);
  g_clear_pointer (&conversation->dialogue, volant_dialogue_free);
  g_free (conversation);
}

/* As if it had been heard, certain. slots and same_named are borrowed. */
static void
enter (VolantConversation *self, const char *action, GVariant *slots, GStrv same_named, GTask *task)
{
  char *const none[] = { NULL };
  g_autoptr (GVariant) parameters = g_variant_ref_sink (slots);
  VolantHearing hearing = {
    .words = (char *) "",
    .action = (char *) action,
    .parameters = parameters,
    .same_named = same_named != NULL ? same_named : (GStrv) none,
    .confidence = 1.0,
    .decision = VOLANT_HEARING_ACT,
    .note = (char *) "",
  };

  decline_pending (self);
  if (task != NULL)
    self->pending = g_object_ref (task);
  run_step (self, volant_dialogue_hear (self->dialogue, &hearing, get_now_ms ()));
}

static GVariant *
make_slots (const char *slot, const char *value)
{
  GVariantBuilder slots = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  if (value != NULL)
    g_variant_builder_add (&slots, "{ss}", slot, value);
  return g_variant_builder_end (&slots);
}

void
volant_conversation_ask (VolantConversation *conversation, const VolantAction *action,
                         GVariant *parameter, GTask *task)
{
  const char *value = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;

  enter (conversation, action->name, make_slots (action->parameter_name, value), NULL, task);
}

void
volant_conversation_choose (VolantConversation *conversation, GPtrArray *targets, GTask *task)
{
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
  g_auto (GStrv) same_named = NULL;
  const VolantTarget *first = targets->pdata[0];

  for (unsigned i = 1; i < targets->len; i++)
    g_strv_builder_add (others, ((VolantTarget *) targets->pdata[i])->id);
  same_named = g_strv_builder_end (others);
  enter (conversation, "nav.go-to", make_slots (first->is_station ? "station" : "place", first->id),
         same_named, task);
}

void
volant_conversation_choose_route (VolantConversation *conversation, unsigned n_routes)
{
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
  g_auto (GStrv) same_named = NULL;

  for (unsigned i = 2; i <= n_routes; i++)
    {
      g_autofree char *id = g_strdup_printf (ROUTE_PREFIX "%u", i);

      g_strv_builder_add (others, id);
    }
  same_named = g_strv_builder_end (others);
  enter (conversation, "nav.choose-route", make_slots ("route", ROUTE_PREFIX "1"), same_named,
         NULL);
}

void
volant_conversation_hear (VolantConversation *conversation, const VolantHearing *hearing)
{
  bool answers = hearing->action != NULL && g_str_has_prefix (hearing->action, "dialogue.");

  /* another command than an answer leaves the question behind */
  if (hearing->action != NULL && !answers && hearing->decision != VOLANT_HEARING_REJECT)
    {
      decline_pending (conversation);
      close_question (conversation);
    }
  run_step (conversation, volant_dialogue_hear (conversation->dialogue, hearing, get_now_ms ()));
}

void
volant_conversation_answer (VolantConversation *conversation, const char *word)
{
  if (conversation->asked == NULL)
    return;
  run_step (conversation, volant_dialogue_answer (conversation->dialogue, word, get_now_ms ()));
}

const VolantQuestion *
volant_conversation_get_question (VolantConversation *conversation)
{
  return conversation->question;
}

VolantExpectation
volant_conversation_get_expectation (VolantConversation *conversation)
{
  return conversation->asked != NULL ? conversation->asked->expectation : VOLANT_EXPECT_COMMAND;
}

void
volant_conversation_set_language (VolantConversation *conversation)
{
  if (conversation->asked == NULL)
    return;
  make_question (conversation);
  g_object_notify (G_OBJECT (conversation->session), "question");
}
