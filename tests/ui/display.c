/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/display.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define ENDS_WITHIN_S 10

static GSubprocess *server;
static char *display;
static pid_t owner;

static void
on_gone (GObject *source, GAsyncResult *result, void *data)
{
  bool *gone = data;

  *gone = true;
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
}

static gboolean
on_deadline (void *data)
{
  g_subprocess_force_exit (data);
  return G_SOURCE_REMOVE;
}

/* In a context of its own: the window system of this process may be what ends. */
void
volant_test_end (GSubprocess *process)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) deadline = g_timeout_source_new_seconds (ENDS_WITHIN_S);
  bool gone = false;

  g_main_context_push_thread_default (context);
  g_source_set_callback (deadline, on_deadline, process, NULL);
  g_source_attach (deadline, context);
  g_subprocess_wait_async (process, NULL, on_gone, &gone);
  g_subprocess_send_signal (process, SIGTERM);
  while (!gone)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (deadline);
  g_main_context_pop_thread_default (context);
}

/* Not in a forked child: GTestDBus keeps one, which runs the handlers of exit too. */
static void
stop_server (void)
{
  if (getpid () != owner)
    return;
  volant_test_end (server);
  g_clear_object (&server);
  g_clear_pointer (&display, g_free);
}

/* The server picks a free number itself and writes it down once it can be reached.
 * It stays as it is when its last client goes: the next program of the test finds it at once. */
bool
volant_test_display (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) answer = NULL;
  g_autofree char *number = NULL;

  if (server != NULL)
    {
      g_setenv ("DISPLAY", display, TRUE);
      return true;
    }
  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                             &error, "Xvfb", "-displayfd", "1", "-screen", "0", "1920x1400x24",
                             "-noreset", "-nolisten", "tcp", NULL);
  if (server == NULL)
    {
      g_test_skip_printf ("no virtual display: %s", error->message);
      return false;
    }
  owner = getpid ();
  atexit (stop_server);
  answer = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  number = g_data_input_stream_read_line (answer, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (number);
  display = g_strconcat (":", number, NULL);
  g_setenv ("DISPLAY", display, TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  return true;
}
