/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

/* Stations as the shell shows them. */

G_BEGIN_DECLS

/* Metres from the car to a point as the crow flies; NAN without a position. */
double volant_nearby_distance_m (VolantSession *session, VolantPoint point);

/* Up to limit stations that are open, nearest first; in the feed's order without a position. Elements
 * are const VolantStation, owned by the session and good until its stations change (transfer
 * container). */
GPtrArray *volant_nearby_stations (VolantSession *session, unsigned limit);

/* A touchable row: name, distance, free docks and whether it charges. Touched, it selects the station
 * and shows it on the map (transfer floating). id: stable name of the widget. */
GtkWidget *volant_nearby_row_new (VolantSession *session, const VolantStation *station,
                                  const char *id);

G_END_DECLS
