/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-view.h"

G_BEGIN_DECLS

/* Arrows, plus, minus, 0 and the wheel: libshumate 1.0.3 has no keyboard at all. */
void volant_map_keys_attach (VolantMapView *view);

G_END_DECLS
