/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/places/streets.h"

/* House numbers, hung on the streets they belong to. */

G_BEGIN_DECLS

/* From OpenStreetMap: nodes and ways with addr:housenumber and addr:street (or addr:place). */
void volant_addresses_collect (VolantStreets *streets, const VolantOsm *osm);

/* From the Base Adresse Nationale, the CSV of a commune or département (";", titles in the first
 * line). Addresses well outside the drawn streets are left out, if any are drawn. Streets not drawn
 * are added, with an id of the register ("ban/75101_5824"). Returns the number of addresses taken;
 * -1 with VOLANT_MAPS_ERROR_UNSUPPORTED where the titles are not the BAN's, VOLANT_MAPS_ERROR_EMPTY
 * where not one row has an address. */
int64_t volant_addresses_read_ban (VolantStreets *streets, GBytes *bytes, GError **error);

/* Bytes of a file that may be gzipped (transfer full). */
GBytes *volant_addresses_load_file (const char *path, GError **error);

G_END_DECLS
