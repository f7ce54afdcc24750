/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/voice-bar.h"

#include "app/text/text.h"
#include "ui/shell/talk-key.h"
#include "ui/shell/toast.h"
#include "ui/shell/voice-level.h"
#include "ui/shell/wording.h"

/* The button interrupts in every state: it opens the microphone at rest and while the voice speaks, and
 * cancels while listening or thinking. What was done, with its undo, stands where the words stood: so
 * it covers nothing, and it goes when one speaks again. */

struct _VolantVoiceBar {
  VolantPanel parent;

  GtkButton *listen;
  VolantVoiceLevel *level;
  GtkWidget *words_place;
  GtkLabel *words;
  GtkWidget *toast_place;
  VolantToastCard *toast;

  VolantVoiceState shown;
  bool is_answered; /* the words were, to the end: what is spoken now is something else */
};

G_DEFINE_FINAL_TYPE (VolantVoiceBar, volant_voice_bar, VOLANT_TYPE_PANEL)

static const char *
describe_state (VolantVoiceState state, const char *language)
{
  switch (state)
    {
    case VOLANT_VOICE_OFF:
      return volant_text (language, N_ ("The voice is off"));
    case VOLANT_VOICE_LISTENING:
      return volant_text (language, N_ ("Listening…"));
    case VOLANT_VOICE_THINKING:
      return volant_text (language, N_ ("One moment…"));
    case VOLANT_VOICE_SPEAKING:
      return volant_text (language, N_ ("Speaking…"));
    case VOLANT_VOICE_IDLE:
    default:
      return volant_text (language, N_ ("Touch and speak"));
    }
}

static void
on_level_changed (VolantVoiceBar *self)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));

  volant_voice_level_set_level (self->level, volant_session_get_voice_level (session));
}

static void
show_state (VolantVoiceBar *self, VolantVoiceState state)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (state == VOLANT_VOICE_LISTENING)
    gtk_widget_add_css_class (widget, "listening");
  else
    gtk_widget_remove_css_class (widget, "listening");
  if (state != self->shown)
    volant_voice_level_set_state (self->level, state);
  if (state == VOLANT_VOICE_LISTENING || state == VOLANT_VOICE_THINKING)
    self->is_answered = false;
  else if (state == VOLANT_VOICE_IDLE && self->shown == VOLANT_VOICE_SPEAKING)
    self->is_answered = true;
  self->shown = state;
}

static void
on_toast_visible (VolantVoiceBar *self)
{
  bool told = gtk_widget_get_visible (GTK_WIDGET (self->toast));

  gtk_widget_set_visible (self->words_place, !told);
  gtk_widget_set_visible (self->toast_place, told);
  gtk_widget_set_visible (GTK_WIDGET (self->level), !told);
}

static void
volant_voice_bar_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantVoiceBar *self = VOLANT_VOICE_BAR (panel);
  VolantVoiceState state = volant_session_get_voice_state (session);
  const char *words = volant_session_get_voice_words (session);
  bool busy = state == VOLANT_VOICE_LISTENING || state == VOLANT_VOICE_THINKING;
  bool spoken = words != NULL && *words != '\0' && state != VOLANT_VOICE_OFF;

  show_state (self, state);
  spoken &= !(state == VOLANT_VOICE_SPEAKING && self->is_answered);
  if (busy)
    volant_toast_card_dismiss (self->toast);
  gtk_label_set_text (self->words, spoken ? words : describe_state (state, language));
  if (spoken)
    gtk_widget_remove_css_class (GTK_WIDGET (self->words), "secondary");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->words), "secondary");
  gtk_widget_set_sensitive (GTK_WIDGET (self->listen), state != VOLANT_VOICE_OFF);
  gtk_button_set_icon_name (self->listen, state == VOLANT_VOICE_OFF ? "volant-voice-off-symbolic"
                                          : busy                    ? "volant-close-symbolic"
                                                                    : "volant-voice-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->listen),
                                  busy ? "do.voice.cancel" : "do.voice.listen");
  volant_wording_set_name (GTK_WIDGET (self->listen),
                           busy ? volant_text (language, N_ ("Cancel"))
                                : volant_text (language, N_ ("Speak a command")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  describe_state (state, language), -1);
}

static void
volant_voice_bar_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (session, "notify::voice-state", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::voice-words", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (VOLANT_VOICE_BAR (panel)->toast, "notify::visible",
                           G_CALLBACK (on_toast_visible), panel, G_CONNECT_SWAPPED);
  volant_panel_bind (VOLANT_PANEL (VOLANT_VOICE_BAR (panel)->toast), session);
  g_signal_connect_object (session, "notify::voice-level", G_CALLBACK (on_level_changed), panel,
                           G_CONNECT_SWAPPED);
}

static void
volant_voice_bar_class_init (VolantVoiceBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VOLANT_PANEL_CLASS (class)->bind = volant_voice_bar_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_voice_bar_refresh;
  g_type_ensure (VOLANT_TYPE_VOICE_LEVEL);
  g_type_ensure (VOLANT_TYPE_TOAST_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/voice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantVoiceBar, listen);
  gtk_widget_class_bind_template_child (widget_class, VolantVoiceBar, level);
  gtk_widget_class_bind_template_child (widget_class, VolantVoiceBar, words);
  gtk_widget_class_bind_template_child (widget_class, VolantVoiceBar, words_place);
  gtk_widget_class_bind_template_child (widget_class, VolantVoiceBar, toast_place);
  gtk_widget_class_bind_template_child (widget_class, VolantVoiceBar, toast);
}

static void
volant_voice_bar_init (VolantVoiceBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->listen),
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, VOLANT_TALK_KEY_NAME, -1);
  volant_voice_level_set_state (self->level, VOLANT_VOICE_OFF);
}

void
volant_voice_bar_press (VolantVoiceBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              gtk_actionable_get_action_name (GTK_ACTIONABLE (self->listen)), NULL);
}
