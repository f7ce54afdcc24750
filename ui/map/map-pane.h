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

/* Signals: "place-picked" (double lat, double lon, const char *name, "" where it has none): a name
 * touched, or a long press; where nobody connects, the car is sent there. "ground-tapped" (): a tap
 * where nothing is to be touched. */

/* Marks a place that the person looks at, as a destination is marked; NULL for none, and the
 * destination is marked again. */
void volant_map_pane_set_mark (VolantMapPane *self, const VolantPoint *point);

/* Where a position stands, in pixels of the pane, be it in view or not. */
void volant_map_pane_locate (VolantMapPane *self, VolantPoint point, double *x, double *y);
/* Moves the map so that the position is in the middle of what no card covers; stops following. */
void volant_map_pane_show_point (VolantMapPane *self, VolantPoint point);
/* What a finger at a pixel does: a tap on what is drawn there to be touched, else a long press. */
void volant_map_pane_touch (VolantMapPane *self, double x, double y);

/* Whether every tile in view is drawn: what screenshots and scripts wait for. */
gboolean volant_map_pane_is_complete (VolantMapPane *self);

G_END_DECLS
