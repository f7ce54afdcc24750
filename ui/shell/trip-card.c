/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/trip-card.h"

#include "app/text/text.h"
#include "ui/shell/state.h"
#include "ui/shell/wording.h"

/* Shown from the moment a route is there until guidance is stopped. */

struct _VolantTripCard {
  VolantPanel parent;

  GtkWidget *words;
  GtkLabel *arrival;
  GtkLabel *remaining;
  GtkButton *mute;
  GtkWidget *end;
};

G_DEFINE_FINAL_TYPE (VolantTripCard, volant_trip_card, VOLANT_TYPE_PANEL)

static void
refresh_mute (VolantTripCard *self, VolantSession *session, const char *language)
{
  bool muted = volant_state_get_boolean (session, "voice.muted");

  gtk_button_set_icon_name (self->mute,
                            muted ? "volant-volume-muted-symbolic" : "volant-volume-symbolic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->mute), "b", !muted);
  volant_wording_set_name (GTK_WIDGET (self->mute),
                           muted ? volant_text (language, N_ ("Let the voice speak"))
                                 : volant_text (language, N_ ("Mute the voice")));
}

/* At a station a car may be left: what most people want there is to end the rental. */
static bool
may_end (VolantSession *session)
{
  VolantNavigation *navigation = volant_session_get_navigation (session);
  const VolantTarget *target = volant_navigation_get_target (navigation);

  return volant_navigation_get_state (navigation) == VOLANT_NAVIGATION_ARRIVED && target != NULL
         && target->is_station && volant_session_get_rental (session) != NULL;
}

static void
volant_trip_card_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantTripCard *self = VOLANT_TRIP_CARD (panel);
  VolantNavigation *navigation = volant_session_get_navigation (session);
  VolantNavigationState state = volant_navigation_get_state (navigation);
  double remaining_s = volant_navigation_get_remaining_s (navigation);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *distance = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *rest = NULL;

  refresh_mute (self, session, language);
  gtk_widget_set_visible (self->end, may_end (session));
  gtk_widget_set_visible (GTK_WIDGET (self->mute), state == VOLANT_NAVIGATION_GUIDING);
  gtk_widget_set_visible (GTK_WIDGET (self), state == VOLANT_NAVIGATION_GUIDING
                                                 || state == VOLANT_NAVIGATION_ARRIVED);
  /* The guidance card tells of the arrival. */
  gtk_widget_set_visible (self->words, state == VOLANT_NAVIGATION_GUIDING);
  if (state != VOLANT_NAVIGATION_GUIDING)
    return;
  then = g_date_time_add_seconds (now, remaining_s);
  clock = volant_text_clock (language, then);
  distance = volant_text_distance (language, volant_navigation_get_remaining_m (navigation));
  duration = volant_text_duration (language, remaining_s);
  rest = g_strdup_printf ("%s · %s", duration, distance);
  gtk_label_set_text (self->arrival, clock);
  gtk_label_set_text (self->remaining, rest);
}

static void
volant_trip_card_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (volant_session_get_navigation (session), "changed",
                           G_CALLBACK (volant_panel_refresh), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::rental", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  volant_state_watch (session, "toast", G_CALLBACK (volant_panel_refresh), panel);
}

static void
volant_trip_card_class_init (VolantTripCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VOLANT_PANEL_CLASS (class)->bind = volant_trip_card_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_trip_card_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/trip-card.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantTripCard, words);
  gtk_widget_class_bind_template_child (widget_class, VolantTripCard, arrival);
  gtk_widget_class_bind_template_child (widget_class, VolantTripCard, remaining);
  gtk_widget_class_bind_template_child (widget_class, VolantTripCard, mute);
  gtk_widget_class_bind_template_child (widget_class, VolantTripCard, end);
}

static void
volant_trip_card_init (VolantTripCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
