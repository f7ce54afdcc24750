/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/actions.h"

/* The group does not outlive the session: it holds a reference to it through its closures' object. */

static void
on_activate (VolantSession *session, GVariant *parameter, GSimpleAction *action)
{
  volant_action_perform (session, g_action_get_name (G_ACTION (action)), parameter);
}

GActionGroup *
volant_shell_actions_new (VolantSession *session)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  unsigned n_actions;
  const VolantAction *const *actions = volant_actions_list (&n_actions);

  for (unsigned i = 0; i < n_actions; i++)
    {
      const char *type = actions[i]->parameter;
      g_autoptr (GSimpleAction) action
          = g_simple_action_new (actions[i]->name, type != NULL ? G_VARIANT_TYPE (type) : NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (on_activate), session,
                               G_CONNECT_SWAPPED);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  return G_ACTION_GROUP (group);
}
