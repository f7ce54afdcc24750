/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

/* screen.*: what is shown, how, and in which language. */

static const char *const screens[] = { "home", "map", "media", "search", "settings", "help", NULL };
static const char *const themes[] = { "auto", "day", "night", NULL };

/* Text entry and long reading wait until the car stands (NHTSA's per-se lock-outs). */
static bool
is_locked_while_driving (const char *screen)
{
  return g_str_equal (screen, "search") || g_str_equal (screen, "settings") ||
         g_str_equal (screen, "help");
}

static void
show (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *screen = g_variant_get_string (parameter, NULL);

  if (!g_strv_contains (screens, screen))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                            N_ ("There is no screen “%s”"), screen);
      return;
    }
  if (is_locked_while_driving (screen) &&
      volant_vehicle_is_moving (volant_session_get_vehicle (session)))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_LOCKED_OUT, N_ ("Not while driving"));
      return;
    }
  volant_session_set_screen (session, screen);
  volant_action_done (task);
}

static void
set_theme (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *theme = g_variant_get_string (parameter, NULL);
  const char *before = volant_session_get_theme (session);
  const char *message;
  char *undo;

  if (!g_strv_contains (themes, theme))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                            N_ ("There is no theme “%s”"), theme);
      return;
    }
  undo = volant_action_add_undo (session, "screen.set-theme", g_variant_new_string (before));
  volant_session_set_theme (session, theme);
  message = g_str_equal (theme, "day")     ? N_ ("Day colours")
            : g_str_equal (theme, "night") ? N_ ("Night colours")
                                           : N_ ("Colours follow the light outside");
  volant_action_answer (task, g_strdup (volant_session_text (session, message)), undo);
}

static void
set_language (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *language = g_variant_get_string (parameter, NULL);
  const char *before = volant_session_get_language (session);
  char *undo;

  if (!volant_language_is_known (language))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER, N_ ("I do not speak “%s”"),
                            language);
      return;
    }
  undo = volant_action_add_undo (session, "screen.set-language", g_variant_new_string (before));
  volant_session_set_language (session, language);
  volant_action_answer (task, g_strdup (volant_session_text (session, N_ ("I speak English now"))),
                        undo);
}

const VolantAction volant_actions_screen[] = {
  { "screen.show", "s", "screen", VOLANT_RISK_ACT, true,
    N_ ("Shows a screen: home, map, media, search, settings or help"), show },
  { "screen.set-theme", "s", "theme", VOLANT_RISK_ACT, true,
    N_ ("Sets the colours: auto, day or night"), set_theme },
  { "screen.set-language", "s", "language", VOLANT_RISK_ACT, true,
    N_ ("Sets the language of screen and voice: en, fr or zh"), set_language },
  { NULL },
};
