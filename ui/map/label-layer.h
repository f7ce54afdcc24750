/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-style.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define VOLANT_TYPE_LABEL_LAYER (volant_label_layer_get_type ())
G_DECLARE_FINAL_TYPE (VolantLabelLayer, volant_label_layer, VOLANT, LABEL_LAYER, ShumateLayer)

VolantLabelLayer *volant_label_layer_new (ShumateViewport *viewport);
void volant_label_layer_set_drawing (VolantLabelLayer *self, VolantDrawing *drawing);
void volant_label_layer_set_style (VolantLabelLayer *self, const VolantMapStyle *style);
/* Asked for the boxes (graphene_rect_t) that names must leave free, whenever they are placed. */
typedef void (*VolantLabelObstacles) (GArray *boxes, void *data);
void volant_label_layer_set_obstacles (VolantLabelLayer *self, VolantLabelObstacles obstacles,
                                       void *data);
/* Something in the way has changed: place the names again. */
void volant_label_layer_replace (VolantLabelLayer *self);
/* The name of the place whose label is at a position, NULL where there is none (transfer full);
 * point is where the place is. */
char *volant_label_layer_find_place (VolantLabelLayer *self, double x, double y,
                                     VolantPoint *point);
/* The boxes of the labels in view, for tests: element graphene_rect_t. */
GArray *volant_label_layer_get_boxes (VolantLabelLayer *self);

G_END_DECLS
