/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-style.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define VOLANT_TYPE_ROUTE_LAYER (volant_route_layer_get_type ())
G_DECLARE_FINAL_TYPE (VolantRouteLayer, volant_route_layer, VOLANT, ROUTE_LAYER, ShumateLayer)

VolantRouteLayer *volant_route_layer_new (ShumateViewport *viewport);
void volant_route_layer_set_style (VolantRouteLayer *self, const VolantMapStyle *style);
void volant_route_layer_set_route (VolantRouteLayer *self, const VolantPoint *points,
                                   unsigned n_points);
void volant_route_layer_set_travelled (VolantRouteLayer *self, double travelled_m);

G_END_DECLS
