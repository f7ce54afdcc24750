/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/script/script-stage.h"

#include "app/script/script.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Servers are children that die with this process (PR_SET_PDEATHSIG), tell their address on a file
 * descriptor, and are ended in the order program, display, bus. */

#define NAME "org.volant.Volant"
#define PATH "/org/volant/Volant"
#define CALL_WITHIN_MS 60000
#define READY_WITHIN_S 60.0
#define POLL_MS 40

struct _VolantStage {
  char *output;
  char *folder;
  GSubprocess *display;
  GSubprocess *bus;
  GSubprocess *program;
  GDBusConnection *connection;
  char *display_name;
  char *bus_address;
};

static void
on_child_setup (void *data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
stage_error (GError **error, const char *words, const GError *cause)
{
  g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_STAGE, "%s%s%s", words,
               cause != NULL ? ": " : "", cause != NULL ? cause->message : "");
}

/* Starts a server that writes one line on descriptor 3: its display number or its address. */
static GSubprocess *
start_server (const char *const *argv, char **line, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                   | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  int fds[2];
  char c = '\0';

  if (pipe2 (fds, O_CLOEXEC) != 0)
    {
      stage_error (error, "no pipe", NULL);
      return NULL;
    }
  g_subprocess_launcher_take_fd (launcher, fds[1], 3);
  g_subprocess_launcher_set_child_setup (launcher, on_child_setup, NULL, NULL);
  server = g_subprocess_launcher_spawnv (launcher, argv, &cause);
  g_clear_object (&launcher);
  while (server != NULL && read (fds[0], &c, 1) == 1 && c != '\n')
    g_string_append_c (told, c);
  close (fds[0]);
  if (server == NULL || c != '\n')
    {
      g_autofree char *words
          = g_strdup_printf ("%s does not start; app/setup installs it", argv[0]);

      stage_error (error, words, cause);
      return NULL;
    }
  *line = g_string_free (g_steal_pointer (&told), FALSE);
  return g_steal_pointer (&server);
}

static bool
start_servers (VolantStage *self, bool show, GError **error)
{
  static const char *const display_argv[]
      = { "Xvfb", "-displayfd", "3", "-screen", "0", "1920x1280x24", "-nolisten", "tcp", NULL };
  static const char *const bus_argv[]
      = { "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=3", NULL };
  g_autofree char *number = NULL;

  self->bus = start_server (bus_argv, &self->bus_address, error);
  if (self->bus == NULL)
    return false;
  if (show)
    return true;
  self->display = start_server (display_argv, &number, error);
  if (self->display == NULL)
    return false;
  self->display_name = g_strdup_printf (":%s", number);
  return true;
}

VolantStage *
volant_stage_new (const char *output, bool show, GError **error)
{
  g_autoptr (VolantStage) self = g_new0 (VolantStage, 1);

  self->output = g_strdup (output);
  self->folder = g_dir_make_tmp ("volant-stage-XXXXXX", error);
  if (self->folder == NULL || !start_servers (self, show, error))
    return NULL;
  self->connection = g_dbus_connection_new_for_address_sync (
      self->bus_address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, error);
  return self->connection != NULL ? g_steal_pointer (&self) : NULL;
}

/* A bare life for the program: nothing of the person's own settings, caches or bus. */
static GSubprocessLauncher *
prepare_launcher (VolantStage *self)
{
  static const char *const folders[][2] = {
    { "XDG_CONFIG_HOME", "config" }, { "XDG_DATA_HOME", "data" },
    { "XDG_CACHE_HOME", "cache" },   { "XDG_RUNTIME_DIR", "run" },
    { "HOME", "home" },
  };
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *log = g_build_filename (self->output, "volant.log", NULL);

  g_unlink (log); /* of an earlier play: the program's words are appended */
  for (unsigned i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, folders[i][1], NULL);

      g_mkdir (path, 0700);
      g_subprocess_launcher_setenv (launcher, folders[i][0], path, TRUE);
    }
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", self->bus_address, TRUE);
  g_subprocess_launcher_setenv (launcher, "GSETTINGS_BACKEND", "memory", TRUE);
  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "none", FALSE);
  if (self->display_name != NULL)
    {
      g_subprocess_launcher_setenv (launcher, "DISPLAY", self->display_name, TRUE);
      g_subprocess_launcher_setenv (launcher, "GDK_BACKEND", "x11", TRUE);
      g_subprocess_launcher_setenv (launcher, "GSK_RENDERER", "cairo", FALSE);
      g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
    }
  g_subprocess_launcher_set_child_setup (launcher, on_child_setup, NULL, NULL);
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_MERGE);
  return launcher;
}

static bool
is_ready (VolantStage *self, void *data, GError **error)
{
  g_autoptr (GHashTable) state = volant_stage_get_state (self, NULL);

  return state != NULL && g_strcmp0 (g_hash_table_lookup (state, "ready"), "true") == 0;
}

bool
volant_stage_start (VolantStage *self, const char *const *arguments, GError **error)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = prepare_launcher (self);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (self->program == NULL, false);
  if (program == NULL)
    return false;
  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (char *) "--automation");
  for (unsigned i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  self->program = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
  if (self->program == NULL)
    return false;
  if (volant_stage_wait (self, is_ready, NULL, READY_WITHIN_S, &cause))
    return true;
  stage_error (error, "the program is not ready; its words are in volant.log", cause);
  return false;
}

bool
volant_stage_has_started (const VolantStage *stage)
{
  return stage->program != NULL;
}

const char *
volant_stage_get_folder (const VolantStage *stage)
{
  return stage->folder;
}

GVariant *
volant_stage_call (VolantStage *stage, const char *interface, const char *method,
                   GVariant *parameters, const char *reply_type, GError **error)
{
  g_autofree char *full = g_strdup_printf ("%s.%s", "org.volant", interface);
  GVariant *reply = g_dbus_connection_call_sync (
      stage->connection, NAME, PATH, full, method, parameters, G_VARIANT_TYPE (reply_type),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_WITHIN_MS, NULL, error);

  if (reply == NULL && error != NULL)
    g_dbus_error_strip_remote_error (*error);
  return reply;
}

/* One value as a script sees it: text bare, numbers plain, lists one element a line. */
static char *
print_value (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (value, NULL);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **list = g_variant_get_strv (value, NULL);

      return g_strjoinv ("\n", (char **) list);
    }
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    return g_strdup_printf ("%.7g", g_variant_get_double (value));
  return g_variant_print (value, FALSE);
}

GHashTable *
volant_stage_get_state (VolantStage *stage, GError **error)
{
  g_autoptr (GVariant) reply
      = volant_stage_call (stage, "Volant1", "GetState", NULL, "(a{sv})", error);
  g_autoptr (GVariantIter) iter = NULL;
  GHashTable *state;
  const char *key;
  GVariant *value;

  if (reply == NULL)
    return NULL;
  state = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_variant_get (reply, "(a{sv})", &iter);
  while (g_variant_iter_loop (iter, "{&sv}", &key, &value))
    g_hash_table_insert (state, g_strdup (key), print_value (value));
  return state;
}

static gboolean
on_poll (void *data)
{
  return G_SOURCE_CONTINUE;
}

static bool
has_ended (VolantStage *self, GError **error)
{
  g_autofree char *words = NULL;

  if (self->program == NULL || g_subprocess_get_identifier (self->program) != NULL)
    return false;
  words = g_subprocess_get_if_signaled (self->program)
            ? g_strdup_printf ("the program was killed by signal %d; its words are in volant.log",
                               g_subprocess_get_term_sig (self->program))
            : g_strdup_printf ("the program ended with status %d; its words are in volant.log",
                               g_subprocess_get_exit_status (self->program));
  stage_error (error, words, NULL);
  return true;
}

bool
volant_stage_wait (VolantStage *stage, VolantStageCondition condition, void *data, double within_s,
                   GError **error)
{
  int64_t deadline_us = g_get_monotonic_time () + (int64_t) (within_s * 1e6);
  unsigned poll = g_timeout_add (POLL_MS, on_poll, NULL);
  g_autoptr (GError) fault = NULL;
  bool holds = false;

  while (!(holds = condition (stage, data, &fault)) && fault == NULL && !has_ended (stage, &fault)
         && g_get_monotonic_time () < deadline_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (poll);
  if (!holds && fault == NULL)
    g_set_error (&fault, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED,
                 "not so within %.0f s", within_s);
  if (!holds)
    g_propagate_error (error, g_steal_pointer (&fault));
  return holds;
}

static void
end_child (GSubprocess **child, int first_signal)
{
  int64_t deadline_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  unsigned poll;

  if (*child == NULL)
    return;
  g_subprocess_send_signal (*child, first_signal);
  poll = g_timeout_add (POLL_MS, on_poll, NULL);
  while (g_subprocess_get_identifier (*child) != NULL && g_get_monotonic_time () < deadline_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (poll);
  g_subprocess_force_exit (*child);
  g_subprocess_wait (*child, NULL, NULL);
  g_clear_object (child);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
volant_stage_free (VolantStage *stage)
{
  if (stage == NULL)
    return;
  end_child (&stage->program, SIGTERM);
  if (stage->connection != NULL)
    g_dbus_connection_close_sync (stage->connection, NULL, NULL);
  g_clear_object (&stage->connection);
  end_child (&stage->display, SIGTERM);
  end_child (&stage->bus, SIGTERM);
  if (stage->folder != NULL)
    remove_tree (stage->folder);
  g_free (stage->folder);
  g_free (stage->output);
  g_free (stage->display_name);
  g_free (stage->bus_address);
  g_free (stage);
}
