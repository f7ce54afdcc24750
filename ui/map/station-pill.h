/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/stations/station.h"
#include "ui/map/map-style.h"

#include <gtk/gtk.h>

/* The picture of a station on the map. */

G_BEGIN_DECLS

/* Which number matters now: cars when one looks for a car, docks when one returns it. */
typedef enum {
  VOLANT_STATION_SHOWS_CARS,
  VOLANT_STATION_SHOWS_DOCKS,
} VolantStationNeed;

typedef struct {
  int number;     /* -1 unknown */
  bool has_bolt;
  bool is_closed;
  bool is_chosen;
  bool is_cluster;
} VolantStationPill;

VolantStationPill volant_station_pill_of (const VolantStation *station, VolantStationNeed need,
                                          bool is_chosen);
/* Its size, the tip that touches the place included: at the middle of the lower edge. */
void volant_station_pill_measure (const VolantStationPill *pill, float *width_px,
                                  float *height_px);
GdkTexture *volant_station_pill_paint (const VolantStationPill *pill, const VolantMapStyle *style,
                                       GtkWidget *widget);

G_END_DECLS
