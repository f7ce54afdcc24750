/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-registry.h"
#include "app/cli/cli.h"
#include "app/cli/json-text.h"
#include "app/dbus/service.h"
#include "app/error.h"
#include "app/text/text.h"
#include "speech/catalogue.h"

#include <json-glib/json-glib.h>

/* `volant do`: performs an action in the program that runs on this session bus; lists all actions
 * with no program running. */

/* a question may wait for the person */
#define CALL_WITHIN_MS 60000

/* ---- The list ---------------------------------------------------------------------------------
 */

/* The phrases of a language; NULL where its catalogue cannot be read, which is said. */
static VolantCatalogue *
open_phrases (const char *language)
{
  g_autofree char *folder = volant_cli_demo_path ("commands");
  g_autofree char *name = g_strconcat (language, ".commands", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  VolantCatalogue *phrases = volant_catalogue_new_from_file (path, &error);

  if (phrases == NULL)
    g_printerr ("volant do: no phrases: %s\n", error->message);
  return phrases;
}

static GStrv
list_phrases (const VolantCatalogue *phrases, const char *action)
{
  return phrases != NULL ? volant_catalogue_list_phrases (phrases, action) : g_new0 (char *, 1);
}

static const char *
describe_risk (const VolantAction *action)
{
  return action->risk == VOLANT_RISK_ASK         ? "ask"
         : action->risk == VOLANT_RISK_UNCERTAIN ? "uncertain"
                                                 : "act";
}

static void
print_action (const VolantAction *action, const char *language, const VolantCatalogue *phrases)
{
  g_auto (GStrv) lines = list_phrases (phrases, action->name);
  g_autofree char *upper =
      g_ascii_strup (action->parameter_name != NULL ? action->parameter_name : "", -1);

  g_print ("%s%s%s%s%s%s\n    %s\n", action->name, *upper != '\0' ? " " : "", upper,
           *upper != '\0' ? " (" : "", *upper != '\0' ? action->parameter : "",
           *upper != '\0' ? ")" : "", volant_text (language, action->help));
  if (action->risk == VOLANT_RISK_ASK)
    g_print ("    %s\n", volant_text (language, N_ ("Always asked first")));
  if (!action->while_driving)
    g_print ("    %s\n", volant_text (language, N_ ("Not while driving")));
  for (unsigned i = 0; lines[i] != NULL; i++)
    g_print ("    “%s”\n", lines[i]);
}

static void
add_json_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_json_action (JsonBuilder *builder, const VolantAction *action, const char *language,
                 const VolantCatalogue *phrases)
{
  g_auto (GStrv) lines = list_phrases (phrases, action->name);

  json_builder_begin_object (builder);
  add_json_text (builder, "name", action->name);
  add_json_text (builder, "parameter",
                 action->parameter_name != NULL ? action->parameter_name : "");
  add_json_text (builder, "type", action->parameter != NULL ? action->parameter : "");
  add_json_text (builder, "risk", describe_risk (action));
  json_builder_set_member_name (builder, "while_driving");
  json_builder_add_boolean_value (builder, action->while_driving);
  add_json_text (builder, "help", volant_text (language, action->help));
  json_builder_set_member_name (builder, "phrases");
  json_builder_begin_array (builder);
  for (unsigned i = 0; lines[i] != NULL; i++)
    json_builder_add_string_value (builder, lines[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (JsonNode *root)
{
  g_autofree char *text = volant_json_to_text (root, TRUE);

  g_print ("%s\n", text);
}

static int
list_actions (const char *language, bool as_json)
{
  g_autoptr (VolantCatalogue) phrases = open_phrases (language);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  unsigned n_actions;
  const VolantAction *const *actions = volant_actions_list (&n_actions);

  json_builder_begin_array (builder);
  for (unsigned i = 0; i < n_actions; i++)
    if (as_json)
      add_json_action (builder, actions[i], language, phrases);
    else
      print_action (actions[i], language, phrases);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  if (as_json)
    print_json (root);
  return VOLANT_EXIT_DONE;
}

/* ---- The running program ----------------------------------------------------------------------
 */

static int
refuse_call (GError *error)
{
  g_autoptr (GError) words = NULL;

  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    words = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                                 "Volant does not run on this session bus, or is still starting: "
                                 "start it with “volant”");
  else
    {
      g_dbus_error_strip_remote_error (error);
      words = g_error_copy (error);
    }
  return volant_cli_refuse (&volant_command_do, words);
}

static GVariant *
call (const char *method, GVariant *parameters, const char *reply_type, GError **error)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);

  if (connection == NULL)
    {
      g_prefix_error_literal (error, "There is no session bus to reach Volant on: ");
      if (parameters != NULL)
        g_variant_unref (g_variant_ref_sink (parameters));
      return NULL;
    }
  volant_service_register_errors ();
  return g_dbus_connection_call_sync (
      connection, VOLANT_DBUS_NAME, VOLANT_DBUS_PATH, VOLANT_DBUS_INTERFACE, method, parameters,
      G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_WITHIN_MS, NULL, error);
}

static int
show_state (bool as_json)
{
  GError *error = NULL;
  g_autoptr (GVariant) reply = call ("GetState", NULL, "(a{sv})", &error);
  g_autoptr (GVariant) state = NULL;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (reply == NULL)
    {
      g_autoptr (GError) owned = error;

      return refuse_call (owned);
    }
  state = g_variant_get_child_value (reply, 0);
  if (as_json)
    {
      g_autoptr (JsonNode) root = json_gvariant_serialize (state);

      print_json (root);
      return VOLANT_EXIT_DONE;
    }
  g_variant_iter_init (&iter, state);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    {
      g_autofree char *text = g_variant_print (value, FALSE);

      g_print ("%s: %s\n", key, text);
    }
  return VOLANT_EXIT_DONE;
}

static int
perform (const VolantAction *action, GVariant *parameter, bool as_json)
{
  GError *error = NULL;
  g_autoptr (GVariant) reply = NULL;
  const char *message, *undo;

  if (parameter == NULL)
    parameter = g_variant_new_string ("");
  reply = call ("Perform", g_variant_new ("(sv)", action->name, parameter), "(ss)", &error);
  if (reply == NULL)
    {
      g_autoptr (GError) owned = error;

      return refuse_call (owned);
    }
  g_variant_get (reply, "(&s&s)", &message, &undo);
  if (as_json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) root = NULL;

      json_builder_begin_object (builder);
      add_json_text (builder, "message", message);
      add_json_text (builder, "undo", undo);
      json_builder_end_object (builder);
      root = json_builder_get_root (builder);
      print_json (root);
      return VOLANT_EXIT_DONE;
    }
  if (*message != '\0')
    g_print ("%s\n", message);
  if (*undo != '\0')
    g_print ("undo within 8 s: volant do app.undo %s\n", undo);
  return VOLANT_EXIT_DONE;
}

static int
run_action (const char *name, const char *text, bool as_json)
{
  const VolantAction *action = volant_actions_find (name);
  g_autoptr (GError) error = NULL;
  GVariant *parameter = NULL;

  if (action == NULL)
    return volant_cli_usage (&volant_command_do,
                             "there is no action “%s”: “volant do --list” tells all", name);
  if (text == NULL && action->parameter != NULL && *action->parameter != 's')
    return volant_cli_usage (&volant_command_do, "“%s” needs its %s (type %s)", name,
                             action->parameter_name, action->parameter);
  if (text == NULL && action->parameter != NULL)
    text = "";
  if (text != NULL)
    {
      parameter = volant_action_parse_parameter (action, text, &error);
      if (parameter == NULL)
        return volant_cli_usage (&volant_command_do, "%s", error->message);
    }
  return perform (action, parameter, as_json);
}

static int
run (int argc, char **argv)
{
  gboolean as_json = FALSE, list = FALSE, state = FALSE;
  g_autofree char *language = NULL;
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, "Print all actions with parameters, help and phrases",
      NULL },
    { "state", 0, 0, G_OPTION_ARG_NONE, &state, "Print the state of the running program", NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "Language of --list: en, fr or zh",
      "LANG" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Answer as JSON", NULL },
    { NULL },
  };
  g_autofree char *words = NULL;
  int status;

  if (!volant_cli_parse (&volant_command_do, entries, &argc, &argv, &status))
    return status;
  if (language != NULL && !volant_language_is_known (language))
    return volant_cli_usage (&volant_command_do, "“%s” is no language known here", language);
  if ((list || state) && argc != 1)
    return volant_cli_usage (&volant_command_do, "--list and --state stand alone");
  if (list)
    return list_actions (language != NULL ? language : "en", as_json);
  if (state)
    return show_state (as_json);
  if (argc < 2)
    return volant_cli_usage (&volant_command_do, "name an action");
  /* several words without quotes are one target */
  words = argc > 2 ? g_strjoinv (" ", argv + 2) : NULL;
  return run_action (argv[1], words, as_json);
}

const VolantCommand volant_command_do = {
  .name = "do",
  .arguments = "[NAME [PARAMETER…]]",
  .summary = "Performs an action in the running program.",
  .details = "Examples:\n"
             "  volant do nav.go-to Gare Maritime\n"
             "  volant do media.set-volume 40\n"
             "  volant do --list --language fr",
  .run = run,
};
