/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/charge-plan.h"
#include "maps/stations/station.h"

/* Stations of a car-sharing feed as places to charge at. */

G_BEGIN_DECLS

/* Those in service that charge and, as far as is known, have a charger and a dock free
 * (VolantCharger, transfer full; names are borrowed from the feed). Feeds do not tell the power of
 * a charger: it is taken to be as strong as the vehicle bears. */
GArray *volant_chargers_of_feed (const VolantStationFeed *feed);

G_END_DECLS
