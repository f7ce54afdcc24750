/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/import.h"
#include "maps/routing/turns-build.h"
#include "tests/support.h"

/* Small OpenStreetMap maps written by hand. A map is lines of text:
 *
 *   n 1 43.7 7.4 highway=stop          a node: number, latitude, longitude, tags
 *   w 10 1,2,3 highway=residential     a way: number, nodes, tags
 *   r 5 from:w10,via:n2,to:w11 type=restriction restriction=no_left_turn
 *
 * An underscore in a value stands for itself; a tag ends at a space, so "%20" stands for one. */

G_BEGIN_DECLS

char *osm_text_to_xml (const char *text);
VolantRoads *osm_text_to_roads (const char *text, const char *country, VolantRoadsReport *report);

/* The only segment of a way between two nodes, by OSM numbers; the test fails where there is none. */
const VolantSegment *find_segment (const VolantRoads *roads, int64_t way, int64_t from, int64_t to);
/* The link that goes along a way from one node to another. */
uint32_t find_link (const VolantRoads *roads, int64_t way, int64_t from, int64_t to);
/* The modes that may go along a way, as letters: "cbf". */
const char *modes_along (const VolantRoads *roads, int64_t way, int64_t from, int64_t to);

G_END_DECLS
