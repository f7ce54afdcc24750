/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-style.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define VOLANT_TYPE_CAR_LAYER (volant_car_layer_get_type ())
G_DECLARE_FINAL_TYPE (VolantCarLayer, volant_car_layer, VOLANT, CAR_LAYER, ShumateLayer)

VolantCarLayer *volant_car_layer_new (ShumateViewport *viewport);
void volant_car_layer_set_style (VolantCarLayer *self, const VolantMapStyle *style);
/* Where the car is drawn, in drawing units, and where it points, radians clockwise from north;
 * heading NAN draws a round mark. */
void volant_car_layer_set_car (VolantCarLayer *self, bool is_shown, double unit_x, double unit_y,
                               double heading_rad);
/* The destination's flag; NULL takes it away. */
void volant_car_layer_set_target (VolantCarLayer *self, const VolantPoint *target);

G_END_DECLS
