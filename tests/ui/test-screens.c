/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/ui/display.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The real program on the demo city, walked through every screen in two sizes, three languages, by
 * day and by night: every control is named and large enough for a finger, none lies over another,
 * no label that matters is cut off. The pictures are left beside the build's test logs. */

#define PATH "/org/volant/Volant"
#define CALL_WITHIN_MS 40000

typedef struct {
  const char *size;
  const char *dpi;
  int target_px;
} Panel;

typedef struct {
  GTestDBus *bus;
  GDBusConnection *connection;
  GSubprocess *program;
  Panel panel;
} Car;

typedef struct {
  char *id;
  char *type;
  int depth;
  int x, y, width, height;
  char *text; /* NULL: none */
  bool ellipsised;
} Line;

static const char *const screens[] = { "home", "map", "media", "search", "settings", "help" };

/* What may be cut off: names from the data, beside which the rest is told. */
static const char *const may_be_cut[] = { "media-title", "media-artist", "media-album",
                                          "guidance-street", "station-name", "home-notice-text",
                                          "settings-notices", "toast-text", "voice-words" };

static GVariant *
call (Car *car, const char *interface, const char *method, GVariant *parameters, GError **error)
{
  return g_dbus_connection_call_sync (car->connection, "org.volant.Volant", PATH, interface, method,
                                      parameters, NULL, G_DBUS_CALL_FLAGS_NONE, CALL_WITHIN_MS,
                                      NULL, error);
}

static void
automate (Car *car, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = call (car, "org.volant.Automation1", method, parameters, &error);

  g_assert_no_error (error);
}

static void
perform (Car *car, const char *action, const char *parameter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = call (car, "org.volant.Volant1", "Perform",
              g_variant_new ("(sv)", action, g_variant_new_string (parameter)), &error);

  g_assert_no_error (error);
}

static char *
get_state (Car *car, const char *key)
{
  g_autoptr (GVariant) reply = call (car, "org.volant.Volant1", "GetState", NULL, NULL);
  g_autoptr (GVariant) state = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  g_autoptr (GVariant) value = state != NULL ? g_variant_lookup_value (state, key, NULL) : NULL;

  if (value == NULL)
    return NULL;
  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL)
                                                             : g_variant_print (value, FALSE);
}

static bool
is_ready (void *data)
{
  g_autofree char *ready = get_state (data, "ready");

  return g_strcmp0 (ready, "true") == 0;
}

static bool
car_start (Car *car, const Panel *panel)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *display = NULL;

  if (!volant_test_display ())
    return false;
  *car = (Car){ .panel = *panel, .bus = g_test_dbus_new (G_TEST_DBUS_NONE) };
  /* g_test_dbus_up takes DISPLAY away. */
  display = g_strdup (g_getenv ("DISPLAY"));
  g_test_dbus_up (car->bus);
  g_setenv ("DISPLAY", display, TRUE);
  car->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (car->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS",
                                g_test_dbus_get_bus_address (car->bus), TRUE);
  g_subprocess_launcher_setenv (launcher, "GSK_RENDERER", "cairo", TRUE);
  car->program = g_subprocess_launcher_spawn (
      launcher, &error, g_getenv ("VOLANT_TEST_PROGRAM"), "--automation", "--size", panel->size,
      "--dpi", panel->dpi, "--language", "en", "--microphone", "none", "--speaker", "none", NULL);
  g_assert_no_error (error);
  if (volant_test_wait (is_ready, car, 60.0))
    return true;
  g_test_message ("the program is not ready");
  g_test_fail ();
  return false;
}

static void
car_stop (Car *car)
{
  volant_test_end (car->program);
  g_clear_object (&car->program);
  g_clear_object (&car->connection);
  g_test_dbus_down (car->bus);
  g_clear_object (&car->bus);
}

static void
line_free (void *data)
{
  Line *line = data;

  g_free (line->id);
  g_free (line->type);
  g_free (line->text);
  g_free (line);
}

/* id Type role x,y WxH "text" marks */
static Line *
read_line (const char *source)
{
  g_autoptr (GRegex) regex = g_regex_new (
      "^( *)(\\S+) (\\S+) (\\S+) (-?\\d+),(-?\\d+) (\\d+)x(\\d+)(?: \"(.*)\")?([a-z ]*)$", 0, 0,
      NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_auto (GStrv) parts = NULL;
  Line *line;

  if (!g_regex_match (regex, source, 0, &match))
    return NULL;
  parts = g_match_info_fetch_all (match);
  line = g_new0 (Line, 1);
  line->depth = (int) strlen (parts[1]) / 2;
  line->id = g_strdup (parts[2]);
  line->type = g_strdup (parts[3]);
  line->x = atoi (parts[5]);
  line->y = atoi (parts[6]);
  line->width = atoi (parts[7]);
  line->height = atoi (parts[8]);
  line->text = *parts[9] != '\0' ? g_strdup (parts[9]) : NULL;
  line->ellipsised = strstr (parts[10], "ellipsised") != NULL;
  return line;
}

static GPtrArray *
read_dump (Car *car)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call (car, "org.volant.Automation1", "Dump", NULL, &error);
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  g_auto (GStrv) sources = NULL;
  const char *dump;

  g_assert_no_error (error);
  g_variant_get (reply, "(&s)", &dump);
  sources = g_strsplit (dump, "\n", -1);
  for (unsigned i = 0; sources[i] != NULL && *sources[i] != '\0'; i++)
    {
      Line *line = read_line (sources[i]);

      if (line == NULL)
        g_test_message ("cannot read: %s", sources[i]);
      g_assert_nonnull (line);
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static bool
overlap (const Line *a, const Line *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* Stations that the map lays out by their place: they may lie over each other. */
static bool
is_of_map (const Line *line)
{
  return g_str_has_prefix (line->id, "station-pl-");
}

static void
check_lines (Car *car, GPtrArray *lines, const char *where)
{
  int window_width;
  int window_height;

  g_assert_cmpint (sscanf (car->panel.size, "%dx%d", &window_width, &window_height), ==, 2);
  for (unsigned i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);
      bool control = strcmp (line->type, "GtkButton") == 0;

      if (line->ellipsised && line->id[0] != '-' && !g_strv_contains (may_be_cut, line->id))
        {
          g_test_message ("%s: %s is cut off: %s", where, line->id, line->text);
          g_test_fail ();
        }
      if (!control || is_of_map (line))
        continue;
      if (line->text == NULL || line->width < car->panel.target_px
          || line->height < car->panel.target_px || line->x < 0 || line->y < 0
          || line->x + line->width > window_width || line->y + line->height > window_height)
        {
          g_test_message ("%s: %s at %d,%d is %dx%d, name %s", where, line->id, line->x, line->y,
                          line->width, line->height, line->text);
          g_test_fail ();
        }
      for (unsigned j = i + 1; j < lines->len; j++)
        {
          const Line *other = g_ptr_array_index (lines, j);

          if (strcmp (other->type, "GtkButton") == 0 && !is_of_map (other)
              && overlap (line, other))
            {
              g_test_message ("%s: %s lies over %s", where, line->id, other->id);
              g_test_fail ();
            }
        }
    }
}

static void
walk (Car *car, const char *language, const char *theme)
{
  g_autofree char *folder
      = g_build_filename (g_getenv ("VOLANT_TEST_BUILD"), "gallery", NULL);

  g_mkdir_with_parents (folder, 0755);
  perform (car, "screen.set-language", language);
  perform (car, "screen.set-theme", theme);
  for (size_t i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autofree char *where
          = g_strdup_printf ("%s-%s-%s-%s", car->panel.size, theme, language, screens[i]);
      g_autofree char *name = g_strconcat (where, ".png", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GPtrArray) lines = NULL;

      perform (car, "screen.show", screens[i]);
      automate (car, "WaitIdle", NULL);
      lines = read_dump (car);
      g_assert_cmpuint (lines->len, >, 10);
      check_lines (car, lines, where);
      automate (car, "Screenshot", g_variant_new ("(s)", path));
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
test_walk (const void *data)
{
  Car car;

  if (!car_start (&car, data))
    return;
  walk (&car, "en", "night");
  walk (&car, "fr", "day");
  walk (&car, "zh", "night");
  car_stop (&car);
}

static const char *
find_text (GPtrArray *lines, const char *id)
{
  for (unsigned i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);

      if (strcmp (line->id, id) == 0)
        return line->text;
    }
  return NULL;
}

static bool
has_results (void *data)
{
  g_autoptr (GPtrArray) lines = read_dump (data);
  const char *first = find_text (lines, "search-result-1");

  return first != NULL && strstr (first, "Gare") != NULL;
}

static bool
is_guiding (void *data)
{
  g_autofree char *state = get_state (data, "navigation.state");

  return g_strcmp0 (state, "guiding") == 0;
}

/* Letters of the keypad, a result touched, guidance; then the language changes under it. */
static void
test_search (const void *data)
{
  static const char *const keys[] = { "key-g", "key-a", "key-r", "key-r", "key-backspace", "key-e" };
  Car car;
  g_autoptr (GPtrArray) english = NULL;
  g_autoptr (GPtrArray) french = NULL;

  if (!car_start (&car, data))
    return;
  automate (&car, "Tap", g_variant_new ("(s)", "home-search"));
  automate (&car, "WaitIdle", NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    automate (&car, "Tap", g_variant_new ("(s)", keys[i]));
  g_assert_true (volant_test_wait (has_results, &car, 20.0));
  automate (&car, "Tap", g_variant_new ("(s)", "search-result-1"));
  g_assert_true (volant_test_wait (is_guiding, &car, 30.0));
  automate (&car, "WaitIdle", NULL);
  english = read_dump (&car);
  g_assert_nonnull (find_text (english, "guidance-distance"));
  g_assert_cmpstr (find_text (english, "trip-stop"), ==, "Stop guidance");
  perform (&car, "screen.set-language", "fr");
  automate (&car, "WaitIdle", NULL);
  french = read_dump (&car);
  g_assert_cmpstr (find_text (french, "trip-stop"), ==, "Arrêter le guidage");
  car_stop (&car);
}

/* A question lies over the screen: what is under it cannot be tapped, its answers can. */
static void
test_covered (const void *data)
{
  Car car;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) refused = NULL;
  g_autoptr (GVariant) unknown = NULL;

  if (!car_start (&car, data))
    return;
  perform (&car, "screen.show", "settings");
  automate (&car, "WaitIdle", NULL);
  automate (&car, "Tap", g_variant_new ("(s)", "settings-end-rental"));
  automate (&car, "WaitIdle", NULL);
  refused = call (&car, "org.volant.Automation1", "Tap", g_variant_new ("(s)", "settings-fr"),
                  &error);
  g_assert_null (refused);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "settings-fr is covered by question"));
  g_clear_error (&error);
  unknown = call (&car, "org.volant.Automation1", "Tap", g_variant_new ("(s)", "nowhere"), &error);
  g_assert_null (unknown);
  g_assert_nonnull (strstr (error->message, "nothing on the screen has the id nowhere"));
  automate (&car, "Tap", g_variant_new ("(s)", "answer-no"));
  automate (&car, "WaitIdle", NULL);
  automate (&car, "Tap", g_variant_new ("(s)", "settings-fr"));
  car_stop (&car);
}

static bool
has_ended (void *data)
{
  return g_subprocess_get_identifier (((Car *) data)->program) == NULL;
}

static bool
has_owner (Car *car)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      car->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "NameHasOwner", g_variant_new ("(s)", "org.volant.Volant"), NULL, G_DBUS_CALL_FLAGS_NONE,
      CALL_WITHIN_MS, NULL, &error);
  gboolean owned = FALSE;

  g_assert_no_error (error);
  g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* A signal ends the program as its own end does: what was set is kept, the name is free. */
static void
test_signal (const void *data)
{
  static const Panel panel = { "800x480", "133", 64 };
  g_autofree char *settings
      = g_build_filename (volant_test_folder (), "glib-2.0", "settings", "keyfile", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  Car car;

  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("XDG_CONFIG_HOME", volant_test_folder (), TRUE);
  if (car_start (&car, &panel))
    {
      perform (&car, "screen.set-theme", "day");
      g_subprocess_send_signal (car.program, GPOINTER_TO_INT (data));
      g_assert_true (volant_test_wait (has_ended, &car, 20.0));
      g_assert_true (g_subprocess_get_if_exited (car.program)
                     && g_subprocess_get_exit_status (car.program) == 0);
      g_assert_false (has_owner (&car));
      g_assert_true (g_file_get_contents (settings, &kept, NULL, &error));
      g_assert_no_error (error);
      g_assert_nonnull (strstr (kept, "theme='day'"));
      car_stop (&car);
    }
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_unsetenv ("XDG_CONFIG_HOME");
}

int
main (int argc, char **argv)
{
  static const Panel large = { "1280x800", "149", 71 };
  static const Panel small = { "800x480", "133", 64 };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_data_func ("/screens/large", &large, test_walk);
  g_test_add_data_func ("/screens/small", &small, test_walk);
  g_test_add_data_func ("/screens/search", &small, test_search);
  g_test_add_data_func ("/screens/covered", &large, test_covered);
  g_test_add_data_func ("/screens/terminated", GINT_TO_POINTER (SIGTERM), test_signal);
  g_test_add_data_func ("/screens/interrupted", GINT_TO_POINTER (SIGINT), test_signal);
  return g_test_run ();
}
