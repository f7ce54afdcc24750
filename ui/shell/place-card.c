/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/place-card.h"

#include "app/text/text.h"
#include "ui/shell/nearby.h"

#include <math.h>

/* Shown until it is closed, gone to, the map is tapped, or a station is chosen instead. */

struct _VolantPlaceCard {
  VolantPanel parent;

  GtkLabel *title;
  GtkLabel *distance;

  VolantPoint point;
  char *name; /* NULL: it has none */
};

G_DEFINE_FINAL_TYPE (VolantPlaceCard, volant_place_card, VOLANT_TYPE_PANEL)

static void
volant_place_card_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantPlaceCard *self = VOLANT_PLACE_CARD (panel);
  double distance_m;
  g_autofree char *distance = NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  distance_m = volant_nearby_distance_m (session, self->point);
  distance = isnan (distance_m) ? g_strdup ("") : volant_text_distance (language, distance_m);
  gtk_label_set_text (self->title,
                      self->name != NULL ? self->name : volant_text (language, N_ ("This place")));
  gtk_label_set_text (self->distance, distance);
}

static void
on_close (VolantPlaceCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
on_go (VolantPlaceCard *self)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE];
  char lon[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *query = self->name != NULL ? g_uri_escape_string (self->name, NULL, TRUE) : NULL;
  g_autofree char *target = NULL;

  g_ascii_formatd (lat, sizeof lat, "%.7f", volant_point_lat_deg (self->point));
  g_ascii_formatd (lon, sizeof lon, "%.7f", volant_point_lon_deg (self->point));
  target = g_strdup_printf ("geo:%s,%s%s%s", lat, lon, query != NULL ? "?q=" : "",
                            query != NULL ? query : "");
  on_close (self);
  volant_action_perform (volant_panel_get_session (VOLANT_PANEL (self)), "nav.go-to",
                         g_variant_new_string (target));
}

static void
on_selected_station_changed (VolantPlaceCard *self)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));

  if (volant_session_get_selected_station (session) != NULL)
    on_close (self);
}

static void
on_rental_changed (VolantPlaceCard *self)
{
  on_close (self);
}

static void
volant_place_card_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (session, "notify::selected-station",
                           G_CALLBACK (on_selected_station_changed), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::rental", G_CALLBACK (on_rental_changed), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (volant_session_get_position (session), "changed",
                           G_CALLBACK (volant_panel_refresh), panel, G_CONNECT_SWAPPED);
}

static void
volant_place_card_finalize (GObject *object)
{
  g_free (VOLANT_PLACE_CARD (object)->name);
  G_OBJECT_CLASS (volant_place_card_parent_class)->finalize (object);
}

static void
volant_place_card_class_init (VolantPlaceCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = volant_place_card_finalize;
  VOLANT_PANEL_CLASS (class)->bind = volant_place_card_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_place_card_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/place-card.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantPlaceCard, title);
  gtk_widget_class_bind_template_child (widget_class, VolantPlaceCard, distance);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
}

static void
volant_place_card_init (VolantPlaceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
volant_place_card_show (VolantPlaceCard *self, VolantPoint point, const char *name)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));

  volant_action_perform (session, "map.select-station", g_variant_new_string (""));
  g_free (self->name);
  self->name = *name != '\0' ? g_strdup (name) : volant_session_find_street_at (session, point);
  self->point = point;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  volant_panel_refresh (VOLANT_PANEL (self));
}
