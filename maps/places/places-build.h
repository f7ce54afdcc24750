/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city-file.h"
#include "maps/import/osm.h"

/* The place index of a city, made at import. */

G_BEGIN_DECLS

/* Writes the VOLANT_CITY_PLACES section: streets, house numbers, named places and localities of the
 * extract, house numbers of the address register at addresses_path besides (NULL for none; the
 * BAN's CSV, gzipped or not). country: ISO 3166-1 alpha-2, "" if unknown. progress may be NULL.
 * Errors: those of the address file (maps/places/addresses.h), G_IO_ERROR_CANCELLED. */
bool volant_places_write (const VolantOsm *osm, const char *addresses_path, const char *country,
                          VolantCityWriter *writer, VolantProgress progress, void *data,
                          GError **error);

/* The same as bytes; osm NULL: the streets of the register alone (transfer full). */
GBytes *volant_places_build (const VolantOsm *osm, GBytes *addresses, VolantProgress progress,
                             void *data, GError **error);

G_END_DECLS
