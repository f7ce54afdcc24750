/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/station-pill.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define VOLANT_TYPE_STATION_LAYER (volant_station_layer_get_type ())
G_DECLARE_FINAL_TYPE (VolantStationLayer, volant_station_layer, VOLANT, STATION_LAYER,
                      ShumateLayer)

/* Signal "station-chosen" (const char *id): one of the buttons of the nearest stations. */

VolantStationLayer *volant_station_layer_new (ShumateViewport *viewport);
void volant_station_layer_set_style (VolantStationLayer *self, const VolantMapStyle *style);
/* Element VolantStation; a reference to the array is kept. */
void volant_station_layer_set_stations (VolantStationLayer *self, GPtrArray *stations);
void volant_station_layer_set_need (VolantStationLayer *self, VolantStationNeed need);
void volant_station_layer_set_chosen (VolantStationLayer *self, const char *id);
/* Adds the boxes of the pills around the view to boxes (graphene_rect_t). */
void volant_station_layer_add_boxes (VolantStationLayer *self, GArray *boxes);
/* What a touch at a position means: a station's id, or NULL. Where it is a cluster, cluster is set
 * to its middle. */
const char *volant_station_layer_find (VolantStationLayer *self, double x, double y,
                                       gboolean *is_cluster, VolantPoint *cluster);

G_END_DECLS
