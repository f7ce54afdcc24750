/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/road-tags.h"

/* Speed limits: signed ones, and what the law of a country says where there is no sign. */

G_BEGIN_DECLS

typedef struct {
  uint8_t speed_kmh[2];
  uint8_t signed_mask; /* bit 0 forward, bit 1 backward */
} VolantWaySpeed;

uint8_t volant_speed_parse (const char *text, const char *country);
uint8_t volant_speed_default (const char *country, VolantRoadClass road_class, bool is_link,
                              bool is_urban);
void volant_way_get_speed (const VolantOsm *osm, const VolantOsmWay *way,
                           const VolantWayTraits *traits, const char *country, bool is_urban,
                           double length_m, VolantWaySpeed *speed);
bool volant_country_drives_on_left (const char *country);

G_END_DECLS
