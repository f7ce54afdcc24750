/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/position/position.h"
#include "ui/map/station-pill.h"

#include "maps/city/city.h"
#include <gtk/gtk.h>

/* The map as a widget with plain setters, knowing no session: ground, route, names, stations, car
 * and the buttons to move it. VolantMapPane binds it to a session. */

G_BEGIN_DECLS

#define VOLANT_TYPE_MAP_VIEW (volant_map_view_get_type ())
G_DECLARE_FINAL_TYPE (VolantMapView, volant_map_view, VOLANT, MAP_VIEW, GtkWidget)

/* Signals: "station-chosen" (const char *id); "place-picked" (double lat, double lon,
 * const char *name, "" where it has none): a name touched, or a long press;
 * "ground-tapped" (): tapped where nothing is to be touched;
 * "following-changed" (): see volant_map_view_is_following (). */

GtkWidget *volant_map_view_new (void);
gboolean volant_map_view_set_city (VolantMapView *self, VolantCity *city, GError **error);
void volant_map_view_set_night (VolantMapView *self, gboolean is_night);
void volant_map_view_set_heading_up (VolantMapView *self, gboolean is_heading_up);
void volant_map_view_set_fix (VolantMapView *self, const VolantFix *fix);
void volant_map_view_set_route (VolantMapView *self, const VolantPoint *points, unsigned n_points);
void volant_map_view_set_travelled (VolantMapView *self, double travelled_m);
void volant_map_view_set_target (VolantMapView *self, const VolantPoint *target);
void volant_map_view_set_stations (VolantMapView *self, GPtrArray *stations);
void volant_map_view_set_station_need (VolantMapView *self, VolantStationNeed need);
void volant_map_view_set_chosen_station (VolantMapView *self, const char *id);
void volant_map_view_set_insets (VolantMapView *self, int left, int top, int right, int bottom);

void volant_map_view_zoom_by (VolantMapView *self, double steps);
void volant_map_view_move_by (VolantMapView *self, double x_px, double y_px);
void volant_map_view_recentre (VolantMapView *self);
void volant_map_view_look_at (VolantMapView *self, VolantPoint point, double zoom,
                              double rotation_deg);
/* Frames all the points in what the insets leave free. */
void volant_map_view_frame (VolantMapView *self, const VolantPoint *points, unsigned n_points);
/* What a finger at a pixel does: a tap on a station, a cluster or a name; where there is none of
 * them, a long press. */
void volant_map_view_touch (VolantMapView *self, double x, double y);
gboolean volant_map_view_is_following (VolantMapView *self);
gboolean volant_map_view_is_complete (VolantMapView *self);

/* For tests: the boxes of upright labels in view (graphene_rect_t), and where a position stands. */
GArray *volant_map_view_get_label_boxes (VolantMapView *self);
void volant_map_view_locate (VolantMapView *self, VolantPoint point, double *x, double *y);

G_END_DECLS
