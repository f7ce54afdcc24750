/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

G_BEGIN_DECLS

/* Keeps a map layer's grid of tiles up to date while other layers animate. */
void volant_shumate_keep_awake (ShumateMapLayer *layer);
/* Takes away the gesture that turns the map by two fingers, and the double click. */
void volant_shumate_steady_gestures (ShumateMap *map);

G_END_DECLS
