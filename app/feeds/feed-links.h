/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/stations/gbfs.h"

/* Where the documents of a feed lie. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_FEED_SYSTEM_INFORMATION,
  VOLANT_FEED_STATION_INFORMATION,
  VOLANT_FEED_STATION_STATUS,
  VOLANT_FEED_VEHICLE_TYPES,
  VOLANT_FEED_REGISTER, /* a CSV file, alone */
  VOLANT_FEED_N_DOCUMENTS,
} VolantFeedDocument;

/* The address to read first: of a folder its gbfs.json, else the location itself; NULL for a folder
 * that has station_information.json but no gbfs.json (transfer full). */
char *volant_feed_first_document (const char *location);

/* The documents of such a folder by their usual names; those missing stay NULL (transfer full). */
void volant_feed_list_folder (const char *folder, char **addresses);

/* Addresses of the documents that the gbfs.json at base links to (transfer full; NULL where not
 * published). A copy of a feed in a folder has its documents beside gbfs.json, whatever their
 * published addresses; a feed from the network leads to the network only, a folder's relative links
 * not out of the folder: else VOLANT_ERROR_UNAVAILABLE. */
bool volant_feed_resolve_links (const char *base, const VolantGbfsLinks *links, char **addresses,
                                GError **error);

G_END_DECLS
