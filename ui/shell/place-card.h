/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* A place touched on the map: its name, how far, go there. */
#define VOLANT_TYPE_PLACE_CARD (volant_place_card_get_type ())
G_DECLARE_FINAL_TYPE (VolantPlaceCard, volant_place_card, VOLANT, PLACE_CARD, VolantPanel)

/* name: "" where the place has none; then it is called by its street. Any chosen station is let go:
 * both cards stand in the same corner. */
void volant_place_card_show (VolantPlaceCard *self, VolantPoint point, const char *name);

G_END_DECLS
