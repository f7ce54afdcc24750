/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-private.h"
#include "app/text/text.h"
#include "speech/error.h"

/* What the session goes without. Errors are kept, not words: a change of language says the same in
 * the other one. */

static const char *const starts[VOLANT_N_NOTICES] = {
  [VOLANT_NOTICE_MICROPHONE] = N_ ("No microphone: %s"),
  [VOLANT_NOTICE_SOUND] = N_ ("No sound: %s"),
  [VOLANT_NOTICE_POSITION] = N_ ("No position: %s"),
  [VOLANT_NOTICE_STATIONS] = N_ ("Stations could not be read: %s"),
  [VOLANT_NOTICE_TRAFFIC] = N_ ("The traffic could not be read: %s"),
  [VOLANT_NOTICE_MUSIC] = N_ ("No music: %s"),
};

static bool
is_missing_device (const GError *error)
{
  return g_error_matches (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE);
}

/* What comes after the start: that says already what is missing, so only the remedy follows. All
 * about the device stands in the log. */
static char *
tell_cause (VolantSession *self, VolantNotice notice)
{
  const GError *error = self->notices[notice];
  const char *remedy = notice == VOLANT_NOTICE_SOUND ? N_ ("check the loudspeaker")
                                                     : N_ ("check that it is plugged in");

  if (is_missing_device (error))
    return g_strdup (volant_session_text (self, remedy));
  return volant_text_error (self->language, error);
}

void
volant_session_set_notice (VolantSession *self, VolantNotice notice, GError *error)
{
  bool same = error != NULL && self->notices[notice] != NULL &&
              error->domain == self->notices[notice]->domain &&
              g_str_equal (error->message, self->notices[notice]->message);

  if (same || (error == NULL && self->notices[notice] == NULL))
    {
      g_clear_error (&error);
      return;
    }
  g_clear_error (&self->notices[notice]);
  self->notices[notice] = error;
  if (is_missing_device (error))
    g_message ("%s", error->message);
  g_object_notify (G_OBJECT (self), "notices");
}

GStrv
volant_session_get_notices (VolantSession *self)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (unsigned i = 0; i < VOLANT_N_NOTICES; i++)
    if (self->notices[i] != NULL)
      {
        g_autofree char *cause = tell_cause (self, i);
        g_autofree char *line = volant_text_format (self->language, starts[i], cause);

        g_strv_builder_add (lines, line);
      }
  return g_strv_builder_end (lines);
}
