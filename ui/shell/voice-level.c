/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/voice-level.h"

#include <math.h>

/* Seven bars; each newer level pushes the older ones outwards from the middle. Thinking and speaking
 * move with the frame clock, and stand still when animations are off. */

#define N_BARS 7
#define MIDDLE (N_BARS / 2)

struct _VolantVoiceLevel {
  GtkWidget parent;
  VolantVoiceState state;
  double levels[MIDDLE + 1]; /* newest first */
  int64_t since_us;
  unsigned tick;
};

G_DEFINE_FINAL_TYPE (VolantVoiceLevel, volant_voice_level, GTK_TYPE_WIDGET)

static const char *const state_classes[] = { "off", "idle", "listening", "thinking", "speaking" };

/* Height of a bar as a fraction of the widget's. */
static double
bar_height (VolantVoiceLevel *self, int bar, double time_s)
{
  int distance = ABS (bar - MIDDLE);

  switch (self->state)
    {
    case VOLANT_VOICE_LISTENING:
      return 0.16 + 0.84 * self->levels[distance] * (1.0 - 0.16 * distance);
    case VOLANT_VOICE_THINKING:
      return (int) (time_s * 7.0) % N_BARS == bar ? 0.5 : 0.16;
    case VOLANT_VOICE_SPEAKING:
      return 0.3 + 0.55 * fabs (sin (time_s * 5.0 + bar * 0.9));
    case VOLANT_VOICE_OFF:
      return 0.06;
    case VOLANT_VOICE_IDLE:
    default:
      return 0.16;
    }
}

static void
volant_voice_level_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VolantVoiceLevel *self = VOLANT_VOICE_LEVEL (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double step = width / N_BARS;
  double thickness = step * 0.5;
  double time_s = (g_get_monotonic_time () - self->since_us) / 1e6;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  for (int bar = 0; bar < N_BARS; bar++)
    {
      double tall = MAX (bar_height (self, bar, time_s) * height,
                         self->state == VOLANT_VOICE_OFF ? 2.0 : thickness);
      graphene_rect_t area = GRAPHENE_RECT_INIT (bar * step + (step - thickness) / 2.0,
                                                 (height - tall) / 2.0, thickness, tall);
      GskRoundedRect round;

      gsk_rounded_rect_init_from_rect (&round, &area, MIN (thickness, tall) / 2.0);
      gtk_snapshot_push_rounded_clip (snapshot, &round);
      gtk_snapshot_append_color (snapshot, &colour, &area);
      gtk_snapshot_pop (snapshot);
    }
}

static void
volant_voice_level_class_init (VolantVoiceLevelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->snapshot = volant_voice_level_snapshot;
  gtk_widget_class_set_css_name (widget_class, "voicelevel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
volant_voice_level_init (VolantVoiceLevel *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, void *data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
update_motion (VolantVoiceLevel *self)
{
  gboolean animations = FALSE;
  bool moves;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  moves = animations
          && (self->state == VOLANT_VOICE_THINKING || self->state == VOLANT_VOICE_SPEAKING);
  if (moves && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  if (!moves && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
      self->tick = 0;
    }
}

void
volant_voice_level_set_state (VolantVoiceLevel *self, VolantVoiceState state)
{
  for (size_t i = 0; i < G_N_ELEMENTS (state_classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), state_classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), state_classes[state]);
  self->state = state;
  self->since_us = g_get_monotonic_time ();
  for (size_t i = 0; i < G_N_ELEMENTS (self->levels); i++)
    self->levels[i] = 0.0;
  update_motion (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
volant_voice_level_set_level (VolantVoiceLevel *self, double level)
{
  for (size_t i = G_N_ELEMENTS (self->levels) - 1; i > 0; i--)
    self->levels[i] = self->levels[i - 1];
  self->levels[0] = CLAMP (level, 0.0, 1.0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
