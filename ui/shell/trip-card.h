/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* The trip under way: time of arrival, what remains, mute and stop. */
#define VOLANT_TYPE_TRIP_CARD (volant_trip_card_get_type ())
G_DECLARE_FINAL_TYPE (VolantTripCard, volant_trip_card, VOLANT, TRIP_CARD, VolantPanel)

G_END_DECLS
