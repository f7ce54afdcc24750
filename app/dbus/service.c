/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbus/service.h"

#include "app/dbus/volant-dbus.h"
#include "app/error.h"
#include "app/text/text.h"

/* Perform is volant_action_perform_async; StateChanged compares the flat state with what was last
 * told, ten times a second while anyone could be listening. */

#define LOOK_MS 100

struct _VolantService {
  VolantSession *session;
  VolantVolant1 *skeleton;
  GHashTable *told; /* key → GVariant */
  unsigned timer;
};

void
volant_service_register_errors (void)
{
  static const GDBusErrorEntry entries[] = {
    { VOLANT_ERROR_UNKNOWN_ACTION, "org.volant.Error.UnknownAction" },
    { VOLANT_ERROR_BAD_PARAMETER, "org.volant.Error.BadParameter" },
    { VOLANT_ERROR_LOCKED_OUT, "org.volant.Error.LockedOut" },
    { VOLANT_ERROR_NOT_NOW, "org.volant.Error.NotNow" },
    { VOLANT_ERROR_NOT_FOUND, "org.volant.Error.NotFound" },
    { VOLANT_ERROR_NO_POSITION, "org.volant.Error.NoPosition" },
    { VOLANT_ERROR_NO_ROUTE, "org.volant.Error.NoRoute" },
    { VOLANT_ERROR_DECLINED, "org.volant.Error.Declined" },
    { VOLANT_ERROR_UNAVAILABLE, "org.volant.Error.Unavailable" },
    { VOLANT_ERROR_FAILED, "org.volant.Error.Failed" },
  };
  static gsize registered;

  g_dbus_error_register_error_domain ("volant-error-quark", &registered, entries,
                                      G_N_ELEMENTS (entries));
}

static void
on_performed (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GDBusMethodInvocation) invocation = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantActionAnswer) answer =
      volant_action_perform_finish (VOLANT_SESSION (source), result, &error);

  if (answer == NULL)
    g_dbus_method_invocation_return_gerror (g_steal_pointer (&invocation), error);
  else
    g_dbus_method_invocation_return_value (
        g_steal_pointer (&invocation),
        g_variant_new ("(ss)", answer->message, answer->undo != NULL ? answer->undo : ""));
}

/* A variant cannot be left out: an empty text stands for none. */
static bool
is_none (const VolantAction *action, GVariant *parameter)
{
  return action != NULL && action->parameter == NULL &&
         g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING) &&
         *g_variant_get_string (parameter, NULL) == '\0';
}

static gboolean
on_perform (VolantService *self, GDBusMethodInvocation *invocation, const char *name,
            GVariant *boxed)
{
  g_autoptr (GVariant) parameter = g_variant_get_variant (boxed);

  volant_action_perform_async (self->session, name,
                               is_none (volant_actions_find (name), parameter) ? NULL : parameter,
                               NULL, on_performed, g_object_ref (invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_list_actions (VolantService *self, GDBusMethodInvocation *invocation)
{
  static const char *const risks[] = {
    [VOLANT_RISK_ACT] = "act",
    [VOLANT_RISK_UNCERTAIN] = "uncertain",
    [VOLANT_RISK_ASK] = "ask",
  };
  const char *language = volant_session_get_language (self->session);
  GVariantBuilder list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssssbs)"));
  unsigned n_actions;
  const VolantAction *const *actions = volant_actions_list (&n_actions);

  for (unsigned i = 0; i < n_actions; i++)
    g_variant_builder_add (&list, "(ssssbs)", actions[i]->name,
                           actions[i]->parameter != NULL ? actions[i]->parameter : "",
                           actions[i]->parameter_name != NULL ? actions[i]->parameter_name : "",
                           risks[actions[i]->risk], (gboolean) actions[i]->while_driving,
                           volant_text (language, actions[i]->help));
  volant_volant1_complete_list_actions (self->skeleton, invocation, g_variant_builder_end (&list));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_get_state (VolantService *self, GDBusMethodInvocation *invocation)
{
  volant_volant1_complete_get_state (self->skeleton, invocation,
                                     volant_session_get_state (self->session));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* What is no longer there is told as an empty text. */
static void
add_gone (VolantService *self, GVariant *state, GVariantBuilder *changes, unsigned *n_changes)
{
  GHashTableIter iter;
  void *key;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (state, key, NULL);

      if (value != NULL)
        continue;
      g_variant_builder_add (changes, "{sv}", key, g_variant_new_string (""));
      ++*n_changes;
      g_hash_table_iter_remove (&iter);
    }
}

static gboolean
on_look (void *data)
{
  VolantService *self = data;
  g_autoptr (GVariant) state = g_variant_ref_sink (volant_session_get_state (self->session));
  GVariantBuilder changes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) told = NULL;
  unsigned n_changes = 0;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, state);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    {
      GVariant *before = g_hash_table_lookup (self->told, key);

      if (before != NULL && g_variant_equal (before, value))
        continue;
      g_hash_table_insert (self->told, g_strdup (key), g_variant_ref (value));
      g_variant_builder_add (&changes, "{sv}", key, value);
      n_changes++;
    }
  add_gone (self, state, &changes, &n_changes);
  told = g_variant_ref_sink (g_variant_builder_end (&changes));
  if (n_changes > 0)
    volant_volant1_emit_state_changed (self->skeleton, told);
  return G_SOURCE_CONTINUE;
}

VolantService *
volant_service_new (VolantSession *session, GDBusConnection *connection, GError **error)
{
  g_autoptr (VolantService) self = g_new0 (VolantService, 1);

  volant_service_register_errors ();
  self->session = g_object_ref (session);
  self->told =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  self->skeleton = volant_volant1_skeleton_new ();
  g_signal_connect_swapped (self->skeleton, "handle-perform", G_CALLBACK (on_perform), self);
  g_signal_connect_swapped (self->skeleton, "handle-list-actions", G_CALLBACK (on_list_actions),
                            self);
  g_signal_connect_swapped (self->skeleton, "handle-get-state", G_CALLBACK (on_get_state), self);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                         VOLANT_DBUS_PATH, error))
    return NULL;
  self->timer = g_timeout_add (LOOK_MS, on_look, self);
  return g_steal_pointer (&self);
}

void
volant_service_free (VolantService *service)
{
  if (service == NULL)
    return;
  g_clear_handle_id (&service->timer, g_source_remove);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (service->skeleton)))
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (service->skeleton));
  g_object_unref (service->skeleton);
  g_hash_table_unref (service->told);
  g_object_unref (service->session);
  g_free (service);
}
