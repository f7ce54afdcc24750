/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* The chosen station: how far, how many cars, docks and chargers, how old the news is, go there. */
#define VOLANT_TYPE_STATION_CARD (volant_station_card_get_type ())
G_DECLARE_FINAL_TYPE (VolantStationCard, volant_station_card, VOLANT, STATION_CARD, VolantPanel)

G_END_DECLS
