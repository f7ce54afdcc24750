/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

#include "app/cli/cli.h"
#include "app/dbus/service.h"
#include "app/text/text.h"
#include "ui/automation/automation.h"
#include "ui/shell/style.h"
#include "ui/shell/window.h"

#include "config.h"
#include "ui/volant-ui-resource.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>

/* The program with a screen: options, one window, one session. The window comes first, with the name
 * on it; the session is opened behind it and the screens are bound when it is there. */

#define KIOSK_WIDTH_PX 1280
#define KIOSK_HEIGHT_PX 800
#define SIDE_MIN_PX 320
#define SIDE_MAX_PX 7680
#define N_SIGNALS 3

typedef struct {
  char *city;
  char *stations;
  char *traffic;
  char *media;
  char *language;
  char *microphone;
  char *speaker;
  char *size;
  double dpi;
  gboolean kiosk;
  gboolean automation;
  gboolean version;
} Options;

struct _VolantApplication {
  GtkApplication parent;

  Options options;
  int width_px;
  int height_px;
  int status;
  VolantWindow *window;
  VolantSession *session;
  VolantAutomation *automation;
  VolantService *service;
  GCancellable *cancellable;
  unsigned signals[N_SIGNALS]; /* sources; 0: has come */
};

#define VOLANT_TYPE_APPLICATION (volant_application_get_type ())
G_DECLARE_FINAL_TYPE (VolantApplication, volant_application, VOLANT, APPLICATION, GtkApplication)
G_DEFINE_FINAL_TYPE (VolantApplication, volant_application, GTK_TYPE_APPLICATION)

/* Without a bus the car drives all the same: only "volant do" and scripts cannot reach it. */
static void
export_session (VolantApplication *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  if (connection == NULL)
    return;
  self->service = volant_service_new (self->session, connection, &error);
  if (self->service == NULL)
    g_printerr ("volant: %s\n", error->message);
}

static void
on_session_ready (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (VolantApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  self->session = volant_session_new_finish (result, &error);
  if (self->session != NULL)
    {
      if (self->window != NULL)
        volant_window_set_session (self->window, self->session);
      if (self->automation != NULL)
        volant_automation_set_session (self->automation, self->session);
      export_session (self);
      g_signal_connect_object (self->session, "quit", G_CALLBACK (g_application_quit), self,
                               G_CONNECT_SWAPPED);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = volant_text_error (self->options.language != NULL ? self->options.language : "en", error);
  g_printerr ("volant: %s\n", error->message);
  if (self->options.kiosk && self->window != NULL)
    {
      volant_window_show_failure (self->window, words);
      return;
    }
  self->status = VOLANT_EXIT_REFUSED;
  g_application_quit (G_APPLICATION (self));
}

static void
open_session (VolantApplication *self)
{
  VolantSessionOptions options = {
    .city = self->options.city,
    .stations = self->options.stations,
    .traffic = self->options.traffic,
    .media = self->options.media,
    .language = self->options.language,
    .microphone = self->options.microphone,
    .speaker = self->options.speaker,
  };

  volant_session_new_async (&options, self->cancellable, on_session_ready, g_object_ref (self));
}

static void
install_style (VolantApplication *self)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GdkMonitor) monitor
      = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  double dpi = self->options.dpi;

  if (dpi == 0.0)
    dpi = volant_style_guess_dpi (monitor, self->width_px, self->options.kiosk);
  volant_style_install (display, dpi);
  /* Night until the session knows better: a dark flash by day is milder than the other way round. */
  volant_style_set_night (true);
}

static void
on_window_destroyed (VolantApplication *self)
{
  self->window = NULL;
}

static void
volant_application_activate (GApplication *application)
{
  VolantApplication *self = VOLANT_APPLICATION (application);

  if (self->window == NULL)
    {
      install_style (self);
      self->window = volant_window_new (GTK_APPLICATION (self), self->width_px, self->height_px,
                                        self->options.kiosk);
      g_signal_connect_object (self->window, "destroy", G_CALLBACK (on_window_destroyed), self,
                               G_CONNECT_SWAPPED);
      if (self->automation != NULL)
        volant_automation_set_window (self->automation, self->window);
      open_session (self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

/* The bus name is taken after this: whoever sees the name finds the object. */
static gboolean
volant_application_dbus_register (GApplication *application, GDBusConnection *connection,
                                  const char *path, GError **error)
{
  VolantApplication *self = VOLANT_APPLICATION (application);

  if (!G_APPLICATION_CLASS (volant_application_parent_class)
           ->dbus_register (application, connection, path, error))
    return FALSE;
  return self->automation == NULL || volant_automation_export (self->automation, connection, error);
}

static void
volant_application_dbus_unregister (GApplication *application, GDBusConnection *connection,
                                    const char *path)
{
  VolantApplication *self = VOLANT_APPLICATION (application);

  if (self->automation != NULL)
    volant_automation_unexport (self->automation);
  G_APPLICATION_CLASS (volant_application_parent_class)
      ->dbus_unregister (application, connection, path);
}

/* The same as the window's being closed. Asked once, the next signal kills, should the end hang. */
static gboolean
on_signal (void *data)
{
  VolantApplication *self = data;

  for (unsigned i = 0; i < N_SIGNALS; i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
volant_application_startup (GApplication *application)
{
  VolantApplication *self = VOLANT_APPLICATION (application);
  static const int numbers[N_SIGNALS] = { SIGTERM, SIGINT, SIGHUP };

  G_APPLICATION_CLASS (volant_application_parent_class)->startup (application);
  for (unsigned i = 0; i < N_SIGNALS; i++)
    self->signals[i] = g_unix_signal_add (numbers[i], on_signal, self);
}

static void
volant_application_shutdown (GApplication *application)
{
  VolantApplication *self = VOLANT_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  for (unsigned i = 0; i < N_SIGNALS; i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->automation);
  g_clear_pointer (&self->service, volant_service_free);
  g_clear_object (&self->session);
  G_APPLICATION_CLASS (volant_application_parent_class)->shutdown (application);
}

static void
volant_application_finalize (GObject *object)
{
  VolantApplication *self = VOLANT_APPLICATION (object);

  g_clear_object (&self->cancellable);
  g_free (self->options.city);
  g_free (self->options.stations);
  g_free (self->options.traffic);
  g_free (self->options.media);
  g_free (self->options.language);
  g_free (self->options.microphone);
  g_free (self->options.speaker);
  g_free (self->options.size);
  G_OBJECT_CLASS (volant_application_parent_class)->finalize (object);
}

static void
volant_application_class_init (VolantApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = volant_application_finalize;
  application_class->startup = volant_application_startup;
  application_class->activate = volant_application_activate;
  application_class->shutdown = volant_application_shutdown;
  application_class->dbus_register = volant_application_dbus_register;
  application_class->dbus_unregister = volant_application_dbus_unregister;
}

static void
volant_application_init (VolantApplication *self)
{
  self->cancellable = g_cancellable_new ();
}

static bool
parse_size (const char *text, int *width_px, int *height_px)
{
  int n_read = 0;

  return sscanf (text, "%4dx%4d%n", width_px, height_px, &n_read) == 2 && text[n_read] == '\0'
         && *width_px >= SIDE_MIN_PX && *width_px <= SIDE_MAX_PX && *height_px >= SIDE_MIN_PX
         && *height_px <= SIDE_MAX_PX;
}

static int
refuse_usage (const char *format, const char *value)
{
  g_autofree char *words = g_strdup_printf (format, value);

  g_printerr ("volant: %s\nTry “volant --help”.\n", words);
  return VOLANT_EXIT_USAGE;
}

/* What the options must be, beyond their form; VOLANT_EXIT_DONE where all is well. */
static int
check_options (VolantApplication *self, int argc, char **argv)
{
  const Options *options = &self->options;

  self->width_px = KIOSK_WIDTH_PX;
  self->height_px = KIOSK_HEIGHT_PX;
  if (argc > 1)
    return refuse_usage ("“%s” is neither a command nor an option", argv[1]);
  if (options->size != NULL && !parse_size (options->size, &self->width_px, &self->height_px))
    return refuse_usage ("“%s” is no size: write WIDTHxHEIGHT in pixels, like 1280x800",
                         options->size);
  if (options->language != NULL && !volant_language_is_known (options->language))
    return refuse_usage ("“%s” is no language of the car: write en, fr or zh", options->language);
  if (options->dpi != 0.0 && !(options->dpi >= 50.0 && options->dpi <= 600.0))
    return refuse_usage ("%s lies outside 50 to 600 dots per inch", "--dpi");
  return VOLANT_EXIT_DONE;
}

static bool
parse_options (VolantApplication *self, int *argc, char ***argv)
{
  Options *options = &self->options;
  const GOptionEntry entries[] = {
    { "city", 'c', 0, G_OPTION_ARG_FILENAME, &options->city, "City file (the demo city)", "FILE" },
    { "stations", 's', 0, G_OPTION_ARG_STRING, &options->stations,
      "Stations: a GBFS folder or address, or an Autolib’ table (the demo’s)", "SOURCE" },
    { "traffic", 't', 0, G_OPTION_ARG_STRING, &options->traffic,
      "Speeds and closures: a file or address, Volant’s own or DATEX II (none)", "SOURCE" },
    { "media", 'm', 0, G_OPTION_ARG_FILENAME, &options->media, "Folder of music (the demo’s)",
      "FOLDER" },
    { "kiosk", 'k', 0, G_OPTION_ARG_NONE, &options->kiosk,
      "Fill the screen, without frame, and refuse to be closed", NULL },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options->size, "Size of the window in pixels",
      "WIDTHxHEIGHT" },
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &options->dpi,
      "Density of the panel in dots per inch (guessed)", "N" },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &options->language, "en, fr or zh", "LANGUAGE" },
    { "microphone", 0, 0, G_OPTION_ARG_STRING, &options->microphone,
      "GStreamer source of the voice, or “none”", "SOURCE" },
    { "speaker", 0, 0, G_OPTION_ARG_STRING, &options->speaker,
      "GStreamer sink of voice and music, or “none”", "SINK" },
    { "automation", 0, 0, G_OPTION_ARG_NONE, &options->automation,
      "Let scripts tap, type and take pictures over D-Bus", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Show the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (
      context, "Shows the shell of the car. “volant COMMAND --help” tells of the commands: do, hear,\n"
               "import, info, route, say, script, search, stations.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return true;
  refuse_usage ("%s", error->message);
  return false;
}

int
volant_application_run (int argc, char **argv)
{
  g_autoptr (VolantApplication) self = NULL;
  int status;

  volant_ui_register_resource ();
  g_set_prgname ("volant");
  g_set_application_name ("Volant");
  self = g_object_new (VOLANT_TYPE_APPLICATION, "application-id", "org.volant.Volant", "flags",
                       G_APPLICATION_DEFAULT_FLAGS, NULL);
  if (!parse_options (self, &argc, &argv))
    return VOLANT_EXIT_USAGE;
  if (self->options.version)
    {
      g_print ("volant %s\n", VOLANT_VERSION);
      return VOLANT_EXIT_DONE;
    }
  status = check_options (self, argc, argv);
  if (status != VOLANT_EXIT_DONE)
    return status;
  if (!gtk_init_check ())
    {
      g_printerr ("volant: there is no display to show the car on: start a desktop or cage, or use "
                  "the commands that need none (“volant --help”)\n");
      return VOLANT_EXIT_REFUSED;
    }
  if (self->options.automation)
    self->automation = volant_automation_new ();
  status = g_application_run (G_APPLICATION (self), 1, argv);
  return status != 0 ? status : self->status;
}
