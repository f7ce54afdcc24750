/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/error.h"
#include "maps/stations/station.h"

/* The General Bikeshare Feed Specification, versions 2.0 to 2.3 and 3.x: the documents' bytes in, a
 * feed out. Which bytes to fetch stands in the discovery document, gbfs.json; fetching is not done
 * here (app/feeds). Text written in several languages is taken in the one asked for, else the
 * system's first. */

G_BEGIN_DECLS

/* Addresses as published: absolute, or relative to where gbfs.json was; NULL where not published.
 */
typedef struct {
  char *version;
  uint32_t ttl_s;
  char *system_information;
  char *station_information;
  char *station_status;
  char *vehicle_types;
} VolantGbfsLinks;

/* The documents of one system; all but station_information may be NULL. */
typedef struct {
  GBytes *system_information;
  GBytes *station_information;
  GBytes *station_status;
  GBytes *vehicle_types;
} VolantGbfsDocuments;

/* Reads gbfs.json; language ("fr") chooses among those of GBFS 2, NULL takes the first (transfer
 * full). Errors: CORRUPT, TOO_LARGE, UNSUPPORTED (another version), EMPTY (no stations published).
 */
VolantGbfsLinks *volant_gbfs_parse_discovery (GBytes *bytes, const char *language, GError **error);
void volant_gbfs_links_free (VolantGbfsLinks *links);

/* Puts the documents together. An entry that cannot be used (no id, name or position, an id twice)
 * is skipped with a warning that names it; a document other than station_information that cannot be
 * read is left out with a warning. Where vehicle types are known, only cars and the docks that take
 * cars are counted. Errors as above (transfer full). */
VolantStationFeed *volant_gbfs_parse (const VolantGbfsDocuments *documents, const char *language,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantGbfsLinks, volant_gbfs_links_free)

G_END_DECLS
