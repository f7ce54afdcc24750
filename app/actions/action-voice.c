/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

/* voice.* and dialogue.*: the microphone, the voice's own silence, and answers by touch. */

static void
listen (VolantSession *session, GVariant *parameter, GTask *task)
{
  GError *error = NULL;

  if (volant_voice_listen (session->voice, &error))
    volant_action_done (task);
  else
    volant_action_fail (session, task, error);
}

static void
cancel (VolantSession *session, GVariant *parameter, GTask *task)
{
  volant_voice_cancel (session->voice);
  volant_conversation_answer (session->conversation, "cancel");
  volant_action_done (task);
}

static void
set_muted (VolantSession *session, GVariant *parameter, GTask *task)
{
  bool muted = g_variant_get_boolean (parameter);
  bool before = volant_voice_get_muted (session->voice);

  volant_voice_set_muted (session->voice, muted);
  volant_settings_set_boolean (session->settings, "voice-muted", muted);
  volant_action_answer (
      task,
      g_strdup (volant_session_text (session, muted ? N_ ("I keep silent") : N_ ("I speak again"))),
      volant_action_add_undo (session, "voice.set-muted", g_variant_new_boolean (before)));
}

static void
hear_file (VolantSession *session, GVariant *parameter, GTask *task)
{
  volant_voice_hear_file (session->voice, g_variant_get_string (parameter, NULL), task);
}

static void
answer (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *word = g_variant_get_string (parameter, NULL);
  const char *const words[] = { "yes", "no", "cancel", "1", "2", "3", "4", "5", "6", NULL };

  if (!g_strv_contains (words, word))
    volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                          N_ ("“%s” is no answer: yes, no, cancel or 1 to 6"), word);
  else if (volant_session_get_question (session) == NULL)
    volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("Nothing was asked"));
  else
    {
      volant_conversation_answer (session->conversation, word);
      volant_action_done (task);
    }
}

const VolantAction volant_actions_voice[] = {
  { "voice.listen", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Opens the microphone"), listen },
  { "voice.cancel", NULL, NULL, VOLANT_RISK_ACT, true,
    N_ ("Shuts the microphone and silences the voice"), cancel },
  { "voice.set-muted", "b", "muted", VOLANT_RISK_ACT, true,
    N_ ("Silences spoken answers and directions, or not"), set_muted },
  { "voice.hear-file", "s", "path", VOLANT_RISK_ACT, true,
    N_ ("Hears a sound file as if it were spoken"), hear_file },
  { "dialogue.answer", "s", "answer", VOLANT_RISK_ACT, true,
    N_ ("Answers a question: yes, no, cancel or 1 to 6"), answer },
  { NULL },
};
