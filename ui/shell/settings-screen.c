/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/settings-screen.h"

#include "app/text/text.h"
#include "ui/shell/state.h"

/* Every choice is a button that performs an action; which one is chosen is read back from the session,
 * so that a spoken command moves the mark too. */

struct _VolantSettingsScreen {
  VolantPanel parent;

  GtkWidget *english;
  GtkWidget *french;
  GtkWidget *chinese;
  GtkWidget *automatic;
  GtkWidget *day;
  GtkWidget *night;
  GtkWidget *heading;
  GtkWidget *north;
  GtkWidget *voice_on;
  GtkWidget *voice_off;
  GtkLabel *notices;
};

G_DEFINE_FINAL_TYPE (VolantSettingsScreen, volant_settings_screen, VOLANT_TYPE_PANEL)

static void
mark (GtkWidget *button, bool chosen)
{
  if (chosen)
    gtk_widget_add_css_class (button, "active");
  else
    gtk_widget_remove_css_class (button, "active");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
                               chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                      : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
refresh_notices (VolantSettingsScreen *self, VolantSession *session, const char *language)
{
  g_auto (GStrv) notices = volant_session_get_notices (session);
  g_autofree char *lines = notices != NULL ? g_strjoinv (" · ", notices) : NULL;

  gtk_label_set_text (self->notices, lines != NULL && *lines != '\0'
                                         ? lines
                                         : volant_text (language, N_ ("Everything works.")));
}

static void
volant_settings_screen_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantSettingsScreen *self = VOLANT_SETTINGS_SCREEN (panel);
  const char *theme = volant_session_get_theme (session);
  bool north = g_strcmp0 (volant_session_get_orientation (session), "north") == 0;
  bool muted = volant_state_get_boolean (session, "voice.muted");

  mark (self->english, g_str_equal (language, "en"));
  mark (self->french, g_str_equal (language, "fr"));
  mark (self->chinese, g_str_equal (language, "zh"));
  mark (self->automatic, g_strcmp0 (theme, "auto") == 0);
  mark (self->day, g_strcmp0 (theme, "day") == 0);
  mark (self->night, g_strcmp0 (theme, "night") == 0);
  mark (self->heading, !north);
  mark (self->north, north);
  mark (self->voice_on, !muted);
  mark (self->voice_off, muted);
  refresh_notices (self, session, language);
}

static void
volant_settings_screen_bind (VolantPanel *panel, VolantSession *session)
{
  static const char *const properties[] = { "theme", "orientation", "notices", "toast" };

  for (size_t i = 0; i < G_N_ELEMENTS (properties); i++)
    volant_state_watch (session, properties[i], G_CALLBACK (volant_panel_refresh), panel);
}

static void
volant_settings_screen_class_init (VolantSettingsScreenClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VOLANT_PANEL_CLASS (class)->bind = volant_settings_screen_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_settings_screen_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/settings-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, english);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, french);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, chinese);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, automatic);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, day);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, night);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, heading);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, north);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, voice_on);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, voice_off);
  gtk_widget_class_bind_template_child (widget_class, VolantSettingsScreen, notices);
}

static void
volant_settings_screen_init (VolantSettingsScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
