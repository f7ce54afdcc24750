/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/talk-key.h"

/* The talk key, for a thumb on the wheel and for a keyboard.
 *
 * A car's talk button sends KEY_VOICECOMMAND (HID consumer usage 0xCF) or KEY_ASSISTANT. Their key
 * codes lie beyond the 255 that X can carry: there, and on a desktop, it is F5. No letter, digit or
 * space can be it, as an entry may have the focus, nor Tab, Enter, Escape or an arrow, which a
 * rotary knob sends; of the function keys GTK takes F6, F8 and F10, desktops and consoles F1, F3,
 * F11 and F12. F5 types nothing, is one key without modifiers, has nothing here to reload, and
 * bears the microphone on some keyboards. XF86AudioMicMute is none: it shuts the microphone
 * everywhere else.
 *
 * It is taken on its way down to the widgets (the capture phase), so that no entry or input method is
 * asked first. A key that is held repeats: only its first press counts. */

/* Not in GDK's own list of 4.8; the values are X.Org's (XF86keysym.h). */
#define KEY_VOICE_COMMAND 0x10081246
#define KEY_ASSISTANT 0x10081247

typedef struct {
  GtkWindow *window; /* not owned: it owns this */
  VolantVoiceBar *bar;
  unsigned held;       /* keyval; 0: none */
} TalkKey;

/* A question that is cancelled goes with the answer that had the focus. GTK looks for another only
 * after the next frame, and until then no key finds the window: the release would be lost. */
static void
mend_focus (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (window)))
    gtk_window_set_focus (window, NULL);
}

static gboolean
on_key_pressed (TalkKey *self, unsigned keyval, unsigned keycode, GdkModifierType modifiers)
{
  if (!volant_talk_key_matches (keyval, modifiers)
      || !gtk_widget_get_mapped (GTK_WIDGET (self->bar)))
    return GDK_EVENT_PROPAGATE;
  if (self->held != keyval)
    volant_voice_bar_press (self->bar);
  self->held = keyval;
  mend_focus (self->window);
  return GDK_EVENT_STOP;
}

static void
on_key_released (TalkKey *self, unsigned keyval)
{
  if (self->held == keyval)
    self->held = 0;
}

/* Let go while another window had the keyboard: nobody told. */
static void
on_is_active (GtkEventController *controller)
{
  TalkKey *self = g_object_get_data (G_OBJECT (controller), "volant-talk-key");

  self->held = 0;
}

bool
volant_talk_key_matches (unsigned keyval, GdkModifierType modifiers)
{
  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return false;
  return keyval == GDK_KEY_F5 || keyval == KEY_VOICE_COMMAND || keyval == KEY_ASSISTANT;
}

void
volant_talk_key_install (GtkWindow *window, VolantVoiceBar *bar)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  TalkKey *self = g_new0 (TalkKey, 1);

  self->window = window;
  self->bar = bar;
  g_object_set_data_full (G_OBJECT (controller), "volant-talk-key", self, g_free);
  gtk_event_controller_set_name (controller, "talk-key");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (controller, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (controller, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_is_active), controller,
                           G_CONNECT_SWAPPED);
}
