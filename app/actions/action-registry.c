/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

#include <math.h>
#include <string.h>

/* The tables of all domains in one sorted list, and the one call that performs: it checks the name,
 * the parameter's type and the lock-out, and asks first where the action's risk says so. */

static const VolantAction *const tables[] = {
  volant_actions_app, volant_actions_drive,  volant_actions_map,     volant_actions_media,
  volant_actions_nav, volant_actions_route, volant_actions_screen, volant_actions_vehicle, volant_actions_voice,
};

static int
compare_actions (const void *a, const void *b)
{
  return strcmp ((*(const VolantAction *const *) a)->name,
                 (*(const VolantAction *const *) b)->name);
}

static GPtrArray *
get_sorted (void)
{
  static GPtrArray *sorted;
  static gsize made;

  if (g_once_init_enter (&made))
    {
      sorted = g_ptr_array_new ();
      for (unsigned i = 0; i < G_N_ELEMENTS (tables); i++)
        for (const VolantAction *action = tables[i]; action->name != NULL; action++)
          g_ptr_array_add (sorted, (void *) action);
      g_ptr_array_sort (sorted, compare_actions);
      g_once_init_leave (&made, 1);
    }
  return sorted;
}

const VolantAction *const *
volant_actions_list (unsigned *n_actions)
{
  GPtrArray *sorted = get_sorted ();

  *n_actions = sorted->len;
  return (const VolantAction *const *) sorted->pdata;
}

const VolantAction *
volant_actions_find (const char *name)
{
  GPtrArray *sorted = get_sorted ();

  for (unsigned i = 0; i < sorted->len; i++)
    if (g_strcmp0 (((VolantAction *) sorted->pdata[i])->name, name) == 0)
      return sorted->pdata[i];
  return NULL;
}

void
volant_action_answer_free (VolantActionAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->message);
  g_free (answer->undo);
  g_free (answer);
}

void
volant_action_answer (GTask *task, char *message, char *undo)
{
  VolantActionAnswer *answer = g_new0 (VolantActionAnswer, 1);

  answer->message = message;
  answer->undo = undo;
  g_task_return_pointer (task, answer, (GDestroyNotify) volant_action_answer_free);
}

void
volant_action_done (GTask *task)
{
  volant_action_answer (task, g_strdup (""), NULL);
}

void
volant_action_refuse (VolantSession *session, GTask *task, VolantError code, const char *format,
                      ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (volant_session_text (session, format), arguments);
  va_end (arguments);
  g_task_return_new_error (task, VOLANT_ERROR, (int) code, "%s", words);
}

void
volant_action_fail (VolantSession *session, GTask *task, GError *error)
{
  g_autofree char *words = volant_text_error (volant_session_get_language (session), error);
  int code = error->domain == VOLANT_ERROR ? error->code : VOLANT_ERROR_FAILED;

  if (g_error_matches (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE) ||
      g_error_matches (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP))
    code = VOLANT_ERROR_NO_ROUTE;
  else if (g_error_matches (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND))
    code = VOLANT_ERROR_NOT_FOUND;
  else if (error->domain == VOLANT_MAPS_ERROR && error->code == VOLANT_MAPS_ERROR_INVALID)
    code = VOLANT_ERROR_BAD_PARAMETER;
  g_error_free (error);
  g_task_return_new_error (task, VOLANT_ERROR, code, "%s", words);
}

char *
volant_action_add_undo (VolantSession *session, const char *action, GVariant *parameter)
{
  return volant_undo_add (session->undo, action, parameter, g_get_monotonic_time () / 1000);
}

/* A whole number where a decimal one is wanted is no mistake (transfer full; NULL: wrong type). */
static GVariant *
check_parameter (const VolantAction *action, GVariant *parameter)
{
  if (parameter != NULL && g_variant_is_of_type (parameter, G_VARIANT_TYPE_VARIANT))
    {
      g_autoptr (GVariant) inner = g_variant_get_variant (parameter);

      return check_parameter (action, inner);
    }
  if (parameter == NULL || action->parameter == NULL)
    return NULL;
  if (g_variant_is_of_type (parameter, G_VARIANT_TYPE (action->parameter)))
    return g_variant_ref (parameter);
  if (strcmp (action->parameter, "d") == 0 &&
      g_variant_is_of_type (parameter, G_VARIANT_TYPE_INT32))
    return g_variant_ref_sink (g_variant_new_double (g_variant_get_int32 (parameter)));
  return NULL;
}

static bool
check (VolantSession *session, const VolantAction *action, const char *name, GVariant *given,
       GVariant **parameter, GTask *task)
{
  if (action == NULL)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_UNKNOWN_ACTION,
                            N_ ("There is no action “%s”"), name);
      return false;
    }
  *parameter = check_parameter (action, given);
  if ((action->parameter != NULL) != (*parameter != NULL) ||
      (action->parameter == NULL && given != NULL))
    {
      if (action->parameter == NULL)
        volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                              N_ ("“%s” takes no parameter"), name);
      else
        volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                              N_ ("“%s” needs its %s (type %s)"), name, action->parameter_name,
                              action->parameter);
      return false;
    }
  if (!action->while_driving && volant_vehicle_is_moving (volant_session_get_vehicle (session)))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_LOCKED_OUT, N_ ("Not while driving"));
      return false;
    }
  return true;
}

static void
perform (VolantSession *session, const char *name, GVariant *given, bool confirmed,
         GCancellable *cancellable, GAsyncReadyCallback callback, void *data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, data);
  const VolantAction *action = volant_actions_find (name);
  g_autoptr (GVariant) owned = given != NULL ? g_variant_ref_sink (given) : NULL;
  g_autoptr (GVariant) parameter = NULL;

  g_task_set_source_tag (task, volant_action_perform_async);
  if (!check (session, action, name, owned, &parameter, task))
    return;
  if (action->risk == VOLANT_RISK_ASK && !confirmed)
    volant_conversation_ask (session->conversation, action, parameter, task);
  else
    action->perform (session, parameter, task);
}

void
volant_action_perform_async (VolantSession *session, const char *name, GVariant *parameter,
                             GCancellable *cancellable, GAsyncReadyCallback callback, void *data)
{
  perform (session, name, parameter, false, cancellable, callback, data);
}

void
volant_action_perform_confirmed_async (VolantSession *session, const char *name,
                                       GVariant *parameter, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, void *data)
{
  perform (session, name, parameter, true, cancellable, callback, data);
}

VolantActionAnswer *
volant_action_perform_finish (VolantSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_performed (GObject *source, GAsyncResult *result, void *data)
{
  VolantSession *session = VOLANT_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantActionAnswer) answer = volant_action_perform_finish (session, result, &error);

  if (answer == NULL)
    volant_session_show_toast (session, error->message, NULL, true);
  else if (*answer->message != '\0')
    volant_session_show_toast (session, answer->message, answer->undo, false);
}

void
volant_action_perform (VolantSession *session, const char *name, GVariant *parameter)
{
  volant_action_perform_async (session, name, parameter, NULL, on_performed, NULL);
}

static GVariant *
parse_number (const VolantAction *action, const char *text)
{
  int64_t whole;
  double number;
  char *end;

  if (*action->parameter == 'i')
    return g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &whole, NULL)
               ? g_variant_new_int32 ((int32_t) whole)
               : NULL;
  number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (number) ? g_variant_new_double (number) : NULL;
}

static GVariant *
parse_boolean (const char *text)
{
  static const char *const words[][2] = {
    { "false", "true" },
    { "no", "yes" },
    { "off", "on" },
    { "0", "1" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (words); i++)
    for (unsigned value = 0; value < 2; value++)
      if (g_ascii_strcasecmp (text, words[i][value]) == 0)
        return g_variant_new_boolean (value == 1);
  return NULL;
}

GVariant *
volant_action_parse_parameter (const VolantAction *action, const char *text, GError **error)
{
  GVariant *parameter = NULL;

  if (action->parameter == NULL)
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_BAD_PARAMETER, "“%s” takes no parameter",
                   action->name);
      return NULL;
    }
  if (*action->parameter == 's' && g_utf8_validate (text, -1, NULL))
    parameter = g_variant_new_string (text);
  else if (*action->parameter == 'b')
    parameter = parse_boolean (text);
  else if (*action->parameter != 's')
    parameter = parse_number (action, text);
  if (parameter == NULL)
    g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_BAD_PARAMETER,
                 "“%s” is no %s for “%s” (type %s)", text, action->parameter_name, action->name,
                 action->parameter);
  return parameter;
}
