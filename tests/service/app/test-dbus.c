/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbus/service.h"
#include "app/error.h"
#include "tests/service/app/small-city.h"

/* org.volant.Volant1 on a private bus, called as another program calls it: by a second connection,
 * and by `volant do`. */

typedef struct {
  GTestDBus *bus;
  VolantSession *session;
  GDBusConnection *server;
  GDBusConnection *client;
  VolantService *service;
  GHashTable *changed; /* key → GVariant, as StateChanged told */
} Fixture;

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_state_changed (GDBusConnection *connection, const char *sender, const char *path,
                  const char *interface, const char *signal, GVariant *parameters, void *data)
{
  Fixture *fixture = data;
  g_autoptr (GVariant) changes = g_variant_get_child_value (parameters, 0);
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, changes);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    g_hash_table_insert (fixture->changed, g_strdup (key), g_variant_ref (value));
}

static void
set_up (Fixture *fixture, const void *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->session = small_city_session (NULL);
  fixture->server = connect_to (fixture->bus);
  fixture->client = connect_to (fixture->bus);
  fixture->changed =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  fixture->service = volant_service_new (fixture->session, fixture->server, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (
      fixture->server, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", VOLANT_DBUS_NAME, 4u), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_signal_subscribe (fixture->client, NULL, VOLANT_DBUS_INTERFACE, "StateChanged",
                                      VOLANT_DBUS_PATH, NULL, 0, on_state_changed, fixture, NULL);
}

static void
tear_down (Fixture *fixture, const void *data)
{
  volant_service_free (fixture->service);
  g_object_unref (fixture->session);
  g_dbus_connection_close_sync (fixture->client, NULL, NULL);
  g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  g_object_unref (fixture->client);
  g_object_unref (fixture->server);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
  g_hash_table_unref (fixture->changed);
}

typedef struct {
  GVariant *reply;
  GError *error;
  bool done;
} Call;

static void
on_called (GObject *source, GAsyncResult *result, void *data)
{
  Call *call = data;

  call->reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &call->error);
  call->done = true;
}

static bool
is_called (void *data)
{
  return ((Call *) data)->done;
}

static GVariant *
call (Fixture *fixture, const char *method, GVariant *parameters, GError **error)
{
  Call call = { 0 };

  g_dbus_connection_call (fixture->client, VOLANT_DBUS_NAME, VOLANT_DBUS_PATH,
                          VOLANT_DBUS_INTERFACE, method, parameters, NULL, 0, 20000, NULL,
                          on_called, &call);
  g_assert_true (volant_test_wait (is_called, &call, 30.0));
  if (call.error != NULL)
    g_propagate_error (error, call.error);
  return call.reply;
}

static GVariant *
perform (Fixture *fixture, const char *name, GVariant *parameter, GError **error)
{
  return call (fixture, "Perform", g_variant_new ("(sv)", name, parameter), error);
}

static bool
knows_target (void *data)
{
  Fixture *fixture = data;
  GVariant *value = g_hash_table_lookup (fixture->changed, "navigation.target");

  return value != NULL && g_str_equal (g_variant_get_string (value, NULL), "Gare Maritime");
}

static void
test_perform_and_state (Fixture *fixture, const void *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      perform (fixture, "nav.go-to", g_variant_new_string ("gare maritime"), &error);
  g_autoptr (GVariant) state = NULL;
  g_autoptr (GVariant) dictionary = NULL;
  g_autoptr (GVariant) undone = NULL;
  const char *message, *undo, *value;

  g_assert_no_error (error);
  g_variant_get (reply, "(&s&s)", &message, &undo);
  g_assert_true (g_str_has_prefix (message, "To Gare Maritime: "));
  g_assert_cmpstr (undo, !=, "");
  g_assert_true (volant_test_wait (knows_target, fixture, 5.0));
  state = call (fixture, "GetState", NULL, &error);
  g_assert_no_error (error);
  dictionary = g_variant_get_child_value (state, 0);
  g_assert_true (g_variant_lookup (dictionary, "navigation.state", "&s", &value));
  g_assert_cmpstr (value, ==, "guiding");
  g_assert_true (g_variant_lookup (dictionary, VOLANT_VSS_SPEED, "d", NULL));
  undone = perform (fixture, "app.undo", g_variant_new_string (undo), &error);
  g_assert_no_error (error);
  g_assert_cmpint (volant_navigation_get_state (volant_session_get_navigation (fixture->session)),
                   ==, VOLANT_NAVIGATION_IDLE);
}

static void
test_errors_have_names (Fixture *fixture, const void *data)
{
  const struct {
    const char *action;
    GVariant *parameter;
    const char *name;
  } cases[] = {
    { "nav.fly", g_variant_new_string (""), "org.volant.Error.UnknownAction" },
    { "media.set-volume", g_variant_new_string ("loud"), "org.volant.Error.BadParameter" },
    { "nav.go-to", g_variant_new_string ("Atlantis"), "org.volant.Error.NotFound" },
    { "nav.stop", g_variant_new_string (""), "org.volant.Error.NotNow" },
    { "drive.start", g_variant_new_string (""), "org.volant.Error.NoRoute" },
    { "voice.listen", g_variant_new_string (""), "org.volant.Error.Unavailable" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) reply = perform (fixture, cases[i].action, cases[i].parameter, &error);
      g_autofree char *name = NULL;

      g_assert_null (reply);
      g_assert_nonnull (error);
      name = g_dbus_error_encode_gerror (error);
      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_true (error->domain == VOLANT_ERROR);
    }
}

static void
test_list (Fixture *fixture, const void *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call (fixture, "ListActions", NULL, &error);
  g_autoptr (GVariant) list = NULL;
  unsigned n_actions;

  g_assert_no_error (error);
  volant_actions_list (&n_actions);
  list = g_variant_get_child_value (reply, 0);
  g_assert_true (g_variant_is_of_type (list, G_VARIANT_TYPE ("a(ssssbs)")));
  g_assert_cmpuint (g_variant_n_children (list), ==, n_actions);
}

/* ---- volant do --------------------------------------------------------------------------------
 */

typedef struct {
  GSubprocess *process;
  char *output;
  char *words;
  bool done;
} Command;

static void
on_ended (GObject *source, GAsyncResult *result, void *data)
{
  Command *command = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &command->output,
                                        &command->words, &error);
  g_assert_no_error (error);
  command->done = true;
}

static bool
has_ended (void *data)
{
  return ((Command *) data)->done;
}

/* Its exit status; output and words are filled (transfer full). */
static int
run_do (const char *address, const char *const *arguments, char **output, char **words)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  Command command = { 0 };
  int status;

  g_ptr_array_add (line, (void *) g_getenv ("VOLANT_TEST_PROGRAM"));
  g_ptr_array_add (line, (void *) "do");
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (line, (void *) *arguments);
  g_ptr_array_add (line, NULL);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  command.process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) line->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (command.process, NULL, NULL, on_ended, &command);
  g_assert_true (volant_test_wait (has_ended, &command, 30.0));
  status = g_subprocess_get_exit_status (command.process);
  g_object_unref (command.process);
  *output = command.output;
  *words = command.words;
  return status;
}

static void
test_do (Fixture *fixture, const void *data)
{
  const struct {
    const char *arguments[4];
    int status;
    const char *output; /* NULL: none */
    const char *words;
  } cases[] = {
    { { "nav.go-to", "gare", "maritime" }, 0, "To Gare Maritime: ", NULL },
    { { "nav.go-to", "Atlantis" }, 1, NULL, "I know no place called “Atlantis”" },
    { { "--state" }, 0, "navigation.state: 'guiding'", NULL },
    { { "--state", "--json" }, 0, "\"navigation.state\"", NULL },
    { { "nav.stop", "--json" }, 0, "\"undo\"", NULL },
    { { "nav.fly" }, 2, NULL, "there is no action “nav.fly”" },
    { { "media.set-volume" }, 2, NULL, "needs its percent" },
    { { "media.set-volume", "loud" }, 2, NULL, "“loud” is no percent" },
    { { NULL }, 2, NULL, "name an action" },
    { { "--list", "--language", "fr" }, 0, "Met la musique en pause", NULL },
    { { "--list", "--json" }, 0, "\"phrases\"", NULL },
  };
  const char *address = g_test_dbus_get_bus_address (fixture->bus);

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *output = NULL;
      g_autofree char *words = NULL;

      g_assert_cmpint (run_do (address, cases[i].arguments, &output, &words), ==, cases[i].status);
      if (cases[i].output != NULL)
        g_assert_nonnull (strstr (output, cases[i].output));
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (words, cases[i].words));
    }
}

static void
test_do_without_program (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  const char *const arguments[] = { "nav.stop", NULL };
  g_autofree char *output = NULL;
  g_autofree char *words = NULL;

  g_test_dbus_up (bus);
  g_assert_cmpint (run_do (g_test_dbus_get_bus_address (bus), arguments, &output, &words), ==, 1);
  g_assert_nonnull (strstr (words, "Volant does not run on this session bus"));
  g_test_dbus_down (bus);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/dbus/perform-and-state", Fixture, NULL, set_up, test_perform_and_state, tear_down);
  g_test_add ("/dbus/errors-have-names", Fixture, NULL, set_up, test_errors_have_names, tear_down);
  g_test_add ("/dbus/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/dbus/do", Fixture, NULL, set_up, test_do, tear_down);
  g_test_add_func ("/dbus/do-without-program", test_do_without_program);
  return g_test_run ();
}
