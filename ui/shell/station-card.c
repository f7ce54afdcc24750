/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/station-card.h"

#include "app/text/text.h"
#include "ui/shell/nearby.h"

#include <math.h>

/* Unknown counts are a dash, never a nought. News older than STALE_S is marked. */

#define STALE_S 300

struct _VolantStationCard {
  VolantPanel parent;

  GtkLabel *title;
  GtkLabel *distance;
  GtkLabel *cars;
  GtkLabel *docks;
  GtkLabel *chargers;
  GtkLabel *closed;
  GtkLabel *age;
  GtkButton *go;
};

G_DEFINE_FINAL_TYPE (VolantStationCard, volant_station_card, VOLANT_TYPE_PANEL)

static void
set_count (GtkLabel *label, int32_t count)
{
  g_autofree char *text = count < 0 ? g_strdup ("–") : g_strdup_printf ("%d", count);

  gtk_label_set_text (label, text);
}

static void
refresh_age (VolantStationCard *self, VolantSession *session, const char *language)
{
  int64_t age_s = volant_session_get_stations_age_s (session);
  g_autofree char *duration = NULL;
  g_autofree char *words = NULL;

  if (age_s < 0)
    words = g_strdup (volant_text (language, N_ ("Age unknown")));
  else if (age_s < 60)
    words = g_strdup (volant_text (language, N_ ("Just now")));
  else
    {
      duration = volant_text_duration (language, age_s);
      words = volant_text_format (language, N_ ("%s ago"), duration);
    }
  gtk_label_set_text (self->age, words);
  if (age_s > STALE_S)
    gtk_widget_add_css_class (GTK_WIDGET (self->age), "warn");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->age), "warn");
}

static const char *
say_closed (const VolantStation *station, const char *language)
{
  if (!station->is_installed)
    return volant_text (language, N_ ("This station is closed"));
  if (!station->is_returning)
    return volant_text (language, N_ ("No returns at the moment"));
  if (!station->is_renting)
    return volant_text (language, N_ ("No rentals at the moment"));
  return "";
}

static bool
is_target (VolantSession *session, const char *id)
{
  VolantNavigation *navigation = volant_session_get_navigation (session);
  const VolantTarget *target = volant_navigation_get_target (navigation);

  return target != NULL && g_str_equal (target->id, id);
}

static void
volant_station_card_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantStationCard *self = VOLANT_STATION_CARD (panel);
  const char *id = volant_session_get_selected_station (session);
  const VolantStation *station = id != NULL ? volant_session_find_station (session, id) : NULL;
  g_autofree char *target = NULL;
  const char *closed;
  double distance_m;

  gtk_widget_set_visible (GTK_WIDGET (self), station != NULL);
  if (station == NULL)
    return;
  target = g_strconcat ("station:", station->id, NULL);
  distance_m = volant_nearby_distance_m (session, station->point);
  if (isnan (distance_m))
    gtk_label_set_text (self->distance, station->address);
  else
    {
      g_autofree char *distance = volant_text_distance (language, distance_m);

      gtk_label_set_text (self->distance, distance);
    }
  closed = say_closed (station, language);
  gtk_label_set_text (self->title, station->name);
  set_count (self->cars, station->cars_available);
  set_count (self->docks, station->docks_available);
  set_count (self->chargers, station->has_charging ? station->chargers_available : 0);
  gtk_label_set_text (self->closed, closed);
  gtk_widget_set_visible (GTK_WIDGET (self->closed), *closed != '\0');
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->go), "s", target);
  gtk_widget_set_visible (GTK_WIDGET (self->go), !is_target (session, target));
  refresh_age (self, session, language);
}

static void
volant_station_card_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (session, "notify::selected-station", G_CALLBACK (volant_panel_refresh),
                           panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (volant_session_get_navigation (session), "changed",
                           G_CALLBACK (volant_panel_refresh), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "stations-changed", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (volant_session_get_position (session), "changed",
                           G_CALLBACK (volant_panel_refresh), panel, G_CONNECT_SWAPPED);
}

static void
volant_station_card_class_init (VolantStationCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VOLANT_PANEL_CLASS (class)->bind = volant_station_card_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_station_card_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/station-card.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, title);
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, distance);
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, cars);
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, docks);
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, chargers);
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, closed);
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, age);
  gtk_widget_class_bind_template_child (widget_class, VolantStationCard, go);
}

static void
volant_station_card_init (VolantStationCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
