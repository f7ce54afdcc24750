/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

/* map.*: what the map pane does on command, and which station is chosen. */

static void
zoom_in (VolantSession *session, GVariant *parameter, GTask *task)
{
  g_signal_emit_by_name (session, "map-command", "zoom-in");
  volant_action_done (task);
}

static void
zoom_out (VolantSession *session, GVariant *parameter, GTask *task)
{
  g_signal_emit_by_name (session, "map-command", "zoom-out");
  volant_action_done (task);
}

static void
recentre (VolantSession *session, GVariant *parameter, GTask *task)
{
  g_signal_emit_by_name (session, "map-command", "recentre");
  volant_action_done (task);
}

static void
set_orientation (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *orientation = g_variant_get_string (parameter, NULL);
  const char *before = volant_session_get_orientation (session);
  bool heading = g_str_equal (orientation, "heading");
  char *undo;

  if (!heading && !g_str_equal (orientation, "north"))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                            N_ ("The map can be turned to “heading” or “north”, not to “%s”"),
                            orientation);
      return;
    }
  undo = volant_action_add_undo (session, "map.set-orientation", g_variant_new_string (before));
  volant_session_set_orientation (session, orientation);
  volant_action_answer (
      task,
      g_strdup (volant_session_text (session, heading ? N_ ("The map turns with the car")
                                                      : N_ ("North is up"))),
      undo);
}

static void
select_station (VolantSession *session, GVariant *parameter, GTask *task)
{
  const char *id = g_variant_get_string (parameter, NULL);

  if (g_str_has_prefix (id, "station:"))
    id += strlen ("station:");
  if (*id != '\0' && volant_session_find_station (session, id) == NULL)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_FOUND, N_ ("There is no station “%s”"),
                            id);
      return;
    }
  volant_session_select_station (session, *id != '\0' ? id : NULL);
  volant_action_done (task);
}

const VolantAction volant_actions_map[] = {
  { "map.zoom-in", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Shows the map closer"), zoom_in },
  { "map.zoom-out", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Shows more of the map"), zoom_out },
  { "map.recentre", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Brings the map back to the car"),
    recentre },
  { "map.set-orientation", "s", "orientation", VOLANT_RISK_ACT, true,
    N_ ("Turns the map: heading (with the car) or north"), set_orientation },
  { "map.select-station", "s", "id", VOLANT_RISK_ACT, true,
    N_ ("Shows the card of a station; empty for none"), select_station },
  { NULL },
};
