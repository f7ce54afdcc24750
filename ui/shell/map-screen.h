/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-pane.h"
#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* The map with the cards that float over it. */
#define VOLANT_TYPE_MAP_SCREEN (volant_map_screen_get_type ())
G_DECLARE_FINAL_TYPE (VolantMapScreen, volant_map_screen, VOLANT, MAP_SCREEN, VolantPanel)

/* On a short screen the controls make room for the station's card. */
void volant_map_screen_set_short (VolantMapScreen *self, bool is_short);
VolantMapPane *volant_map_screen_get_pane (VolantMapScreen *self); /* (nullable) before bind */

G_END_DECLS
