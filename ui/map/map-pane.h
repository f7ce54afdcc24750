/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

/* The map: our own tiles and layers on a ShumateMap, bound to the session's models (car, route,
 * stations, theme, orientation). Touching a station or a place performs nav.* actions. */

G_BEGIN_DECLS

#define VOLANT_TYPE_MAP_PANE (volant_map_pane_get_type ())
G_DECLARE_FINAL_TYPE (VolantMapPane, volant_map_pane, VOLANT, MAP_PANE, GtkWidget)

GtkWidget *volant_map_pane_new (VolantSession *session);

/* Pixels at each edge that cards of the shell cover: the car and the route are framed in what is
 * left. */
void volant_map_pane_set_insets (VolantMapPane *self, int left, int top, int right, int bottom);

/* Whether every tile in view is drawn: what screenshots and scripts wait for. */
gboolean volant_map_pane_is_complete (VolantMapPane *self);

G_END_DECLS
