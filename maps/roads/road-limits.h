/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/road-access.h"

/* How high, wide, long and heavy a vehicle may be: OSM's max* tags. Private to maps/roads. */

G_BEGIN_DECLS

/* Appends what a way's tags forbid (VolantLimit with place 0), for the directions that cars or buses
 * may drive. */
void volant_limits_of_way (const VolantTags *tags, const uint8_t access[2], GArray *limits);
/* The same for what stands at a node: a height restrictor, a gate. */
void volant_limits_of_node (const VolantTags *tags, GArray *limits);

/* "3.5", "3,5 m", "350 cm", "11'6\"", "11 ft" in centimetres; "3.5", "7.5 t", "3500 kg",
 * "16000 lbs" in tens of kilograms. 0 where the text is no such number. */
uint16_t volant_limit_parse_length (const char *text);
uint16_t volant_limit_parse_weight (const char *text);

G_END_DECLS
