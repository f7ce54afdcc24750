/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/map-keys.h"

/* What moves the map without touching it: a keyboard, a knob that sends its keys, a wheel. */

#define KEY_MOVE_PX 120.0

static gboolean
on_key (GtkEventControllerKey *controller, unsigned key, unsigned code, GdkModifierType state,
        VolantMapView *self)
{
  switch (key)
    {
    case GDK_KEY_Left:
      volant_map_view_move_by (self, -KEY_MOVE_PX, 0.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      volant_map_view_move_by (self, KEY_MOVE_PX, 0.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      volant_map_view_move_by (self, 0.0, -KEY_MOVE_PX);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      volant_map_view_move_by (self, 0.0, KEY_MOVE_PX);
      return GDK_EVENT_STOP;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      volant_map_view_zoom_by (self, 1.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      volant_map_view_zoom_by (self, -1.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      volant_map_view_recentre (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, VolantMapView *self)
{
  volant_map_view_zoom_by (self, -CLAMP (dy, -1.0, 1.0));
  return GDK_EVENT_STOP;
}

void
volant_map_keys_attach (VolantMapView *view)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_return_if_fail (VOLANT_IS_MAP_VIEW (view));

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), view);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), view);
  gtk_widget_add_controller (GTK_WIDGET (view), key);
  gtk_widget_add_controller (GTK_WIDGET (view), scroll);
}
