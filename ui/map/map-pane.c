/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/map-pane.h"

#include "app/text/text.h"
#include "ui/map/map-view.h"

/* Binds a VolantMapView to the session: models in, actions out. Of its own it
 * knows only what cards cover, what is marked, and whether there was a route. */

struct _VolantMapPane {
  GtkWidget parent;
  GtkWidget *view;
  VolantSession *session;
  bool has_route;
  bool has_mark;
  VolantPoint mark;
  int left_px;
  int top_px;
  int right_px;
  int bottom_px;
};

G_DEFINE_FINAL_TYPE (VolantMapPane, volant_map_pane, GTK_TYPE_WIDGET)

enum {
  PLACE_PICKED,
  GROUND_TAPPED,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

static VolantMapView *
view_of (VolantMapPane *self)
{
  return VOLANT_MAP_VIEW (self->view);
}

static void
on_route_changed (VolantMapPane *self)
{
  VolantNavigation *navigation = volant_session_get_navigation (self->session);
  const VolantRoute *route = volant_navigation_get_route (navigation);

  volant_map_view_set_route (view_of (self), route != NULL ? route->geometry : NULL,
                             route != NULL ? route->n_points : 0);
  /* Whoever has looked about and then sets off wants to see the way. */
  if (route != NULL && !self->has_route)
    volant_map_view_recentre (view_of (self));
  self->has_route = route != NULL;
}

static void
on_navigation_changed (VolantMapPane *self)
{
  VolantNavigation *navigation = volant_session_get_navigation (self->session);
  const VolantTarget *target = volant_navigation_get_target (navigation);

  const VolantPoint *point = target != NULL ? &target->point : NULL;

  volant_map_view_set_target (view_of (self), self->has_mark ? &self->mark : point);
  volant_map_view_set_travelled (view_of (self),
                                 volant_navigation_get_travelled_mm (navigation) / 1000.0);
}

static void
on_position_changed (VolantMapPane *self)
{
  VolantFix fix = { 0 };

  volant_position_get_fix (volant_session_get_position (self->session), &fix);
  volant_map_view_set_fix (view_of (self), &fix);
}

static void
on_stations_changed (VolantMapPane *self)
{
  volant_map_view_set_stations (view_of (self), volant_session_get_stations (self->session));
}

static void
on_selected_station_changed (VolantMapPane *self)
{
  volant_map_view_set_chosen_station (view_of (self),
                                      volant_session_get_selected_station (self->session));
}

static void
on_night_changed (VolantMapPane *self)
{
  volant_map_view_set_night (view_of (self), volant_session_is_night (self->session));
}

static void
on_orientation_changed (VolantMapPane *self)
{
  const char *orientation = volant_session_get_orientation (self->session);

  volant_map_view_set_heading_up (view_of (self), g_strcmp0 (orientation, "north") != 0);
}

static void
on_language_changed (VolantMapPane *self)
{
  const char *language = volant_session_get_language (self->session);

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
      volant_text (language, N_ ("Map")), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      volant_text (language, N_ ("Arrows move it, plus and minus zoom, 0 goes back to the car")),
      -1);
}

static void
on_map_command (VolantSession *session, const char *command, VolantMapPane *self)
{
  if (g_str_equal (command, "zoom-in"))
    volant_map_view_zoom_by (view_of (self), 1.0);
  else if (g_str_equal (command, "zoom-out"))
    volant_map_view_zoom_by (view_of (self), -1.0);
  else if (g_str_equal (command, "recentre"))
    volant_map_view_recentre (view_of (self));
}

static void
on_station_chosen (VolantMapView *view, const char *id, VolantMapPane *self)
{
  volant_action_perform (self->session, "map.select-station", g_variant_new_string (id));
}

/* Where nobody shows a card for the place, the car is sent there: that can be undone. */
static void
on_place_picked (VolantMapView *view, double lat_deg, double lon_deg, const char *name,
                 VolantMapPane *self)
{
  char target[2 * G_ASCII_DTOSTR_BUF_SIZE + 8];
  char lat[G_ASCII_DTOSTR_BUF_SIZE];
  char lon[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_signal_has_handler_pending (self, signals[PLACE_PICKED], 0, TRUE))
    {
      g_signal_emit (self, signals[PLACE_PICKED], 0, lat_deg, lon_deg, name);
      return;
    }
  g_ascii_formatd (lat, sizeof lat, "%.7f", lat_deg);
  g_ascii_formatd (lon, sizeof lon, "%.7f", lon_deg);
  g_snprintf (target, sizeof target, "geo:%s,%s", lat, lon);
  volant_action_perform (self->session, "nav.go-to", g_variant_new_string (target));
}

static void
on_ground_tapped (VolantMapPane *self)
{
  g_signal_emit (self, signals[GROUND_TAPPED], 0);
}

static void
bind (VolantMapPane *self, void *source, const char *signal, GCallback callback)
{
  g_signal_connect_object (source, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
bind_session (VolantMapPane *self)
{
  VolantSession *session = self->session;
  VolantNavigation *navigation = volant_session_get_navigation (session);

  bind (self, navigation, "route-changed", G_CALLBACK (on_route_changed));
  bind (self, navigation, "changed", G_CALLBACK (on_navigation_changed));
  bind (self, volant_session_get_position (session), "changed", G_CALLBACK (on_position_changed));
  bind (self, session, "stations-changed", G_CALLBACK (on_stations_changed));
  bind (self, session, "notify::selected-station", G_CALLBACK (on_selected_station_changed));
  bind (self, session, "notify::night", G_CALLBACK (on_night_changed));
  bind (self, session, "notify::orientation", G_CALLBACK (on_orientation_changed));
  bind (self, session, "notify::language", G_CALLBACK (on_language_changed));
  g_signal_connect_object (session, "map-command", G_CALLBACK (on_map_command), self, 0);
}

static void
show_session (VolantMapPane *self)
{
  g_autoptr (GError) error = NULL;
  VolantCity *city = volant_session_get_city (self->session);

  on_night_changed (self);
  if (city != NULL && !volant_map_view_set_city (view_of (self), city, &error))
    g_message ("the map stays empty: %s", error->message);
  on_orientation_changed (self);
  on_language_changed (self);
  /* Who sits in a shared car looks for a place to leave it. */
  volant_map_view_set_station_need (view_of (self), volant_session_get_rental (self->session) != NULL
                                                        ? VOLANT_STATION_SHOWS_DOCKS
                                                        : VOLANT_STATION_SHOWS_CARS);
  on_stations_changed (self);
  on_selected_station_changed (self);
  on_route_changed (self);
  on_navigation_changed (self);
  on_position_changed (self);
}

static void
volant_map_pane_dispose (GObject *object)
{
  VolantMapPane *self = VOLANT_MAP_PANE (object);

  g_clear_pointer (&self->view, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (volant_map_pane_parent_class)->dispose (object);
}

static void
volant_map_pane_class_init (VolantMapPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = volant_map_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  /* double lat, double lon, const char *name ("" where the place has none): touched by name or
   * pressed long. Who connects shows what may be done with it. */
  signals[PLACE_PICKED] =
      g_signal_new ("place-picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_STRING);
  signals[GROUND_TAPPED] = g_signal_new ("ground-tapped", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
volant_map_pane_init (VolantMapPane *self)
{
  self->view = volant_map_view_new ();
  gtk_widget_set_name (self->view, "map-view");
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect (self->view, "station-chosen", G_CALLBACK (on_station_chosen), self);
  g_signal_connect (self->view, "place-picked", G_CALLBACK (on_place_picked), self);
  bind (self, self->view, "ground-tapped", G_CALLBACK (on_ground_tapped));
}

GtkWidget *
volant_map_pane_new (VolantSession *session)
{
  VolantMapPane *self = g_object_new (VOLANT_TYPE_MAP_PANE, NULL);

  g_return_val_if_fail (VOLANT_IS_SESSION (session), GTK_WIDGET (self));

  self->session = g_object_ref (session);
  bind_session (self);
  show_session (self);
  return GTK_WIDGET (self);
}

void
volant_map_pane_set_insets (VolantMapPane *self, int left, int top, int right, int bottom)
{
  g_return_if_fail (VOLANT_IS_MAP_PANE (self));

  self->left_px = left;
  self->top_px = top;
  self->right_px = right;
  self->bottom_px = bottom;
  volant_map_view_set_insets (view_of (self), left, top, right, bottom);
}

void
volant_map_pane_set_mark (VolantMapPane *self, const VolantPoint *point)
{
  g_return_if_fail (VOLANT_IS_MAP_PANE (self));

  self->has_mark = point != NULL;
  if (point != NULL)
    self->mark = *point;
  on_navigation_changed (self);
}

void
volant_map_pane_locate (VolantMapPane *self, VolantPoint point, double *x, double *y)
{
  g_return_if_fail (VOLANT_IS_MAP_PANE (self));

  volant_map_view_locate (view_of (self), point, x, y);
}

void
volant_map_pane_show_point (VolantMapPane *self, VolantPoint point)
{
  double x, y;

  g_return_if_fail (VOLANT_IS_MAP_PANE (self));

  volant_map_view_locate (view_of (self), point, &x, &y);
  volant_map_view_move_by (
      view_of (self),
      x - (gtk_widget_get_width (self->view) + self->left_px - self->right_px) / 2.0,
      y - (gtk_widget_get_height (self->view) + self->top_px - self->bottom_px) / 2.0);
}

void
volant_map_pane_touch (VolantMapPane *self, double x, double y)
{
  g_return_if_fail (VOLANT_IS_MAP_PANE (self));

  volant_map_view_touch (view_of (self), x, y);
}

gboolean
volant_map_pane_is_complete (VolantMapPane *self)
{
  g_return_val_if_fail (VOLANT_IS_MAP_PANE (self), FALSE);

  return volant_map_view_is_complete (view_of (self));
}
