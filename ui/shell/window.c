/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/window.h"

#include "ui/shell/actions.h"
#include "ui/shell/goodbye-screen.h"
#include "ui/shell/help-screen.h"
#include "ui/shell/home-screen.h"
#include "ui/shell/map-screen.h"
#include "ui/shell/media-pane.h"
#include "ui/shell/question-sheet.h"
#include "ui/shell/search-screen.h"
#include "ui/shell/settings-screen.h"
#include "ui/shell/style.h"
#include "ui/shell/talk-key.h"
#include "ui/shell/voice-bar.h"
#include "ui/shell/wording.h"

/* Which screen is shown is the session's; how much of it fits is the window's: a wide window shows
 * map and music side by side, a narrow one shows one large. */

#define WIDE_FROM_DP 1160.0
#define TALL_FROM_DP 640.0
#define MEDIA_SIDE_DP 400.0
#define MEDIA_LARGE_DP 660.0
#define N_LIST_MAX 6

struct _VolantWindow {
  GtkApplicationWindow parent;

  GtkStack *root;
  GtkLabel *failure;
  GtkStack *screens;
  VolantHomeScreen *home;
  VolantMapScreen *map;
  VolantMediaPane *media;
  VolantSearchScreen *search;
  VolantSettingsScreen *settings;
  VolantHelpScreen *help;
  VolantGoodbyeScreen *goodbye;
  VolantQuestionSheet *question;
  VolantVoiceBar *voice;
  GtkWidget *dock;
  GtkWidget *tab_home;
  GtkWidget *tab_map;
  GtkWidget *tab_media;
  GtkWidget *tab_help;
  GtkWidget *tab_settings;

  VolantSession *session;
  bool kiosk;
  int width_px;
  int height_px;
  unsigned layout_idle;
};

G_DEFINE_FINAL_TYPE (VolantWindow, volant_window, GTK_TYPE_APPLICATION_WINDOW)

static void
mark_tab (GtkWidget *tab, bool shown)
{
  if (shown)
    gtk_widget_add_css_class (tab, "active");
  else
    gtk_widget_remove_css_class (tab, "active");
  gtk_accessible_update_state (GTK_ACCESSIBLE (tab), GTK_ACCESSIBLE_STATE_PRESSED,
                               shown ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

/* As many rows as fit between header and voice bar, at most six. */
static unsigned
count_rows (VolantWindow *self, double taken_dp, double gap_dp)
{
  int target_px = volant_style_target_px ();
  int left_px = self->height_px - target_px - volant_style_px (taken_dp);

  return (unsigned) CLAMP (left_px / (target_px + volant_style_px (gap_dp)), 1, N_LIST_MAX);
}

/* Beside the dock, the entry and the three rows of the keypad; see .short .search for the gaps. */
static unsigned
count_result_rows (VolantWindow *self, bool tall)
{
  int target_px = volant_style_target_px ();
  int gap_px = volant_style_px (tall ? 8.0 : 6.0);
  int left_px = self->height_px - 5 * target_px - volant_style_px (tall ? 88.0 : 31.0);

  return (unsigned) MAX (1, (left_px + gap_px) / (target_px + gap_px));
}

static void
lay_out_panes (VolantWindow *self, const char *screen, bool wide)
{
  bool media = g_str_equal (screen, "media");
  bool tall = self->height_px >= volant_style_px (TALL_FROM_DP);
  unsigned n_tracks = media ? count_rows (self, 48.0 + 84.0, 8.0) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->map), wide || !media);
  gtk_widget_set_visible (GTK_WIDGET (self->media), wide || media);
  gtk_widget_set_hexpand (GTK_WIDGET (self->map), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->media), !wide);
  gtk_widget_set_size_request (
      GTK_WIDGET (self->media),
      !wide ? -1 : volant_style_px (media ? MEDIA_LARGE_DP : MEDIA_SIDE_DP), -1);
  volant_media_pane_set_layout (self->media, !tall, n_tracks);
  volant_map_screen_set_short (self->map, !tall);
}

static void
lay_out (VolantWindow *self)
{
  const char *screen = volant_session_get_screen (self->session);
  bool wide = self->width_px >= volant_style_px (WIDE_FROM_DP);
  bool panes = g_str_equal (screen, "map") || g_str_equal (screen, "media");
  bool tall = self->height_px >= volant_style_px (TALL_FROM_DP);

  if (wide)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  if (tall)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "short");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "short");
  lay_out_panes (self, screen, wide);
  volant_help_screen_set_short (self->help, !tall);
  volant_home_screen_set_rows (self->home, MIN (5, count_rows (self, 200.0, 12.0)));
  volant_search_screen_set_results (self->search, 2 * count_result_rows (self, tall));
  gtk_stack_set_visible_child_name (self->screens, panes ? "panes" : screen);
  mark_tab (self->tab_home, g_str_equal (screen, "home"));
  mark_tab (self->tab_map, g_str_equal (screen, "map") || g_str_equal (screen, "search"));
  mark_tab (self->tab_media, g_str_equal (screen, "media"));
  mark_tab (self->tab_help, g_str_equal (screen, "help"));
  mark_tab (self->tab_settings, g_str_equal (screen, "settings"));
}

static void
on_screen_changed (VolantWindow *self)
{
  lay_out (self);
  if (g_str_equal (volant_session_get_screen (self->session), "search"))
    volant_search_screen_focus (self->search);
}

static void
on_night_changed (VolantWindow *self)
{
  volant_style_set_night (volant_session_is_night (self->session));
}

static void
on_language_changed (VolantWindow *self)
{
  volant_wording_apply (self->dock, volant_session_get_language (self->session));
}

static void
on_goodbye_opened (VolantWindow *self)
{
  gtk_stack_set_visible_child_name (self->root, "goodbye");
}

static void
on_goodbye_closed (VolantWindow *self)
{
  gtk_stack_set_visible_child_name (self->root, "car");
}

static gboolean
on_layout_idle (void *data)
{
  VolantWindow *self = data;

  self->layout_idle = 0;
  if (self->session != NULL)
    lay_out (self);
  return G_SOURCE_REMOVE;
}

/* What is visible may not change while sizes are being handed out: done just after. */
static void
volant_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VolantWindow *self = VOLANT_WINDOW (widget);

  GTK_WIDGET_CLASS (volant_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->width_px == width && self->height_px == height)
    return;
  self->width_px = width;
  self->height_px = height;
  if (self->layout_idle == 0)
    self->layout_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_layout_idle, self, NULL);
}

static gboolean
volant_window_close_request (GtkWindow *window)
{
  if (VOLANT_WINDOW (window)->kiosk)
    return TRUE;
  return GTK_WINDOW_CLASS (volant_window_parent_class)->close_request (window);
}

static void
volant_window_dispose (GObject *object)
{
  VolantWindow *self = VOLANT_WINDOW (object);

  g_clear_handle_id (&self->layout_idle, g_source_remove);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "do", NULL);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (volant_window_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (VOLANT_TYPE_HOME_SCREEN);
  g_type_ensure (VOLANT_TYPE_MAP_SCREEN);
  g_type_ensure (VOLANT_TYPE_MEDIA_PANE);
  g_type_ensure (VOLANT_TYPE_SEARCH_SCREEN);
  g_type_ensure (VOLANT_TYPE_SETTINGS_SCREEN);
  g_type_ensure (VOLANT_TYPE_HELP_SCREEN);
  g_type_ensure (VOLANT_TYPE_GOODBYE_SCREEN);
  g_type_ensure (VOLANT_TYPE_QUESTION_SHEET);
  g_type_ensure (VOLANT_TYPE_VOICE_BAR);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, root);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, screens);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, home);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, map);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, media);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, search);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, settings);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, help);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, question);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, goodbye);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, voice);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, dock);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, tab_home);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, tab_map);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, tab_media);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, tab_help);
  gtk_widget_class_bind_template_child (widget_class, VolantWindow, tab_settings);
}

static void
volant_window_class_init (VolantWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = volant_window_dispose;
  widget_class->size_allocate = volant_window_size_allocate;
  GTK_WINDOW_CLASS (class)->close_request = volant_window_close_request;
  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/org/volant/Volant/shell/window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_goodbye_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_goodbye_closed);
}

static void
volant_window_init (VolantWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  volant_talk_key_install (GTK_WINDOW (self), self->voice);
}

VolantWindow *
volant_window_new (GtkApplication *application, int width_px, int height_px, bool kiosk)
{
  VolantWindow *self
      = g_object_new (VOLANT_TYPE_WINDOW, "application", application, "default-width", width_px,
                      "default-height", height_px, NULL);

  self->kiosk = kiosk;
  self->width_px = width_px;
  self->height_px = height_px;
  if (kiosk)
    {
      gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
      gtk_window_set_deletable (GTK_WINDOW (self), FALSE);
      gtk_window_fullscreen (GTK_WINDOW (self));
    }
  return self;
}

void
volant_window_set_session (VolantWindow *self, VolantSession *session)
{
  VolantPanel *panels[] = {
    VOLANT_PANEL (self->home),     VOLANT_PANEL (self->map),  VOLANT_PANEL (self->media),
    VOLANT_PANEL (self->search),   VOLANT_PANEL (self->help), VOLANT_PANEL (self->settings),
    VOLANT_PANEL (self->question), VOLANT_PANEL (self->voice), VOLANT_PANEL (self->goodbye),
  };
  GActionGroup *actions = volant_shell_actions_new (session);

  g_return_if_fail (self->session == NULL);
  self->session = g_object_ref (session);
  on_night_changed (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "do", actions);
  g_object_unref (actions);
  for (size_t i = 0; i < G_N_ELEMENTS (panels); i++)
    volant_panel_bind (panels[i], session);
  g_signal_connect_object (session, "notify::screen", G_CALLBACK (on_screen_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::night", G_CALLBACK (on_night_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::language", G_CALLBACK (on_language_changed), self,
                           G_CONNECT_SWAPPED);
  on_language_changed (self);
  lay_out (self);
  gtk_stack_set_visible_child_name (self->root, "car");
}

void
volant_window_show_failure (VolantWindow *self, const char *words)
{
  gtk_label_set_text (self->failure, words);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
  gtk_stack_set_visible_child_name (self->root, "waiting");
}

VolantMapPane *
volant_window_get_map_pane (VolantWindow *self)
{
  return volant_map_screen_get_pane (self->map);
}

bool
volant_window_is_complete (VolantWindow *self)
{
  VolantMapPane *pane = volant_map_screen_get_pane (self->map);

  return pane == NULL || !gtk_widget_get_mapped (GTK_WIDGET (pane))
         || volant_map_pane_is_complete (pane);
}
