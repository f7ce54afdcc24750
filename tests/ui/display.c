/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/display.h"

#include <stdlib.h>
#include <unistd.h>

static GSubprocess *server;
static char *display;
static pid_t owner;

/* Not in a forked child: GTestDBus keeps one, which runs the handlers of exit too. */
static void
stop_server (void)
{
  if (getpid () != owner)
    return;
  g_subprocess_send_signal (server, 15);
  g_subprocess_wait (server, NULL, NULL);
  g_clear_object (&server);
  g_clear_pointer (&display, g_free);
}

/* The server picks a free number itself and writes it down once it can be reached. */
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
                             "-nolisten", "tcp", NULL);
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
