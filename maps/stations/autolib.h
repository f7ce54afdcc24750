/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/error.h"
#include "maps/stations/station.h"

/* Station registers as CSV files; which one it is, is seen from the titles of the columns:
 * - Autolib' 2014: the register of stations, ";", version "autolib-2014": docks, no states;
 * - Autolib' 2018: sampled states, ",", version "autolib-2018": several rows a station, the latest
 *   counts; closed stations neither rent nor take back, scheduled ones are not installed, broken
 *   charging offers none;
 * - Shenzhen charging stations, version "shenzhen-charging": position and number of chargers. */

G_BEGIN_DECLS

/* Rows that cannot be used are skipped with a warning that names line and station. Errors:
 * VOLANT_MAPS_ERROR_UNSUPPORTED (titles of no known register), EMPTY, TOO_LARGE (transfer full). */
VolantStationFeed *volant_station_csv_parse (GBytes *bytes, GError **error);

G_END_DECLS
