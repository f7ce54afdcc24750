/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/shumate-workarounds.h"

/* What libshumate 1.0.3 needs, in one place. Written against 1.0; from 1.2 on upstream has mended the
 * seams and the grid, and this file should be looked at again. */

#if SHUMATE_CHECK_VERSION(1, 2, 0)
#warning "libshumate 1.2 or later: see which of these are still needed"
#endif

/* The layer recomputes its grid from an idle source below the frame clock's priority, which never
 * runs while each frame takes its whole time: new tiles would not come while the car moves. */
static void
on_viewport_changed (ShumateViewport *viewport, GParamSpec *property, ShumateMapLayer *layer)
{
  GSource *source = g_main_context_find_source_by_user_data (NULL, layer);

  gtk_widget_queue_draw (GTK_WIDGET (layer));
  if (source != NULL && g_source_get_priority (source) > G_PRIORITY_HIGH_IDLE)
    g_source_set_priority (source, G_PRIORITY_HIGH_IDLE);
}

void
volant_shumate_keep_awake (ShumateMapLayer *layer)
{
  g_return_if_fail (SHUMATE_IS_MAP_LAYER (layer));

  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (layer)), "notify",
                           G_CALLBACK (on_viewport_changed), layer, G_CONNECT_AFTER);
}

/* The rotate gesture snaps to north between about -14 and +43 degrees, and double click zooms
 * whatever zoom-on-double-click says. */
void
volant_shumate_steady_gestures (ShumateMap *map)
{
  g_autoptr (GListModel) controllers = NULL;

  g_return_if_fail (SHUMATE_IS_MAP (map));

  controllers = gtk_widget_observe_controllers (GTK_WIDGET (map));
  for (unsigned i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_ROTATE (controller) || GTK_IS_GESTURE_CLICK (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}
