/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/state.h"

/* The state is what scripts wait for; what stands there need not be kept twice. */

bool
volant_state_get_boolean (VolantSession *session, const char *key)
{
  g_autoptr (GVariant) state = g_variant_ref_sink (volant_session_get_state (session));
  gboolean value = FALSE;

  g_variant_lookup (state, key, "b", &value);
  return value;
}

void
volant_state_watch (VolantSession *session, const char *property, GCallback callback, void *object)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (session), property) != NULL)
    g_signal_connect_object (session, signal, callback, object, G_CONNECT_SWAPPED);
}
