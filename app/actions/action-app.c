/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

/* app.*: undo, help, quit. */

static void
on_undone (GObject *source, GAsyncResult *result, void *data)
{
  VolantSession *session = VOLANT_SESSION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (VolantActionAnswer) answer = volant_action_perform_finish (session, result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  volant_action_answer (task, g_strdup (volant_session_text (session, N_ ("Undone"))), NULL);
}

static void
undo (VolantSession *session, GVariant *parameter, GTask *task)
{
  g_autoptr (GVariant) before = NULL;
  const char *action = volant_undo_take (session->undo, g_variant_get_string (parameter, NULL),
                                         g_get_monotonic_time () / 1000, &before);

  if (action == NULL)
    volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("There is nothing to undo"));
  else
    volant_action_perform_confirmed_async (session, action, before, NULL, on_undone,
                                           g_object_ref (task));
}

/* Help names what can be said; the screen of it, only while the car stands. */
static void
help (VolantSession *session, GVariant *parameter, GTask *task)
{
  if (!volant_vehicle_is_moving (volant_session_get_vehicle (session)))
    volant_session_set_screen (session, "help");
  volant_action_answer (
      task,
      g_strdup (volant_session_text (
          session, N_ ("You can say: take me to a station, play music, how far can "
                       "I go"))),
      NULL);
}

static void
quit (VolantSession *session, GVariant *parameter, GTask *task)
{
  volant_action_done (task);
  g_signal_emit_by_name (session, "quit");
}

const VolantAction volant_actions_app[] = {
  { "app.undo", "s", "token", VOLANT_RISK_ACT, true,
    N_ ("Undoes what was done in the last 8 seconds; empty for the latest"), undo },
  { "app.help", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Tells what can be said"), help },
  { "app.quit", NULL, NULL, VOLANT_RISK_ACT, false, N_ ("Closes the program"), quit },
  { NULL },
};
