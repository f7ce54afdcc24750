/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/report.h"

/* Volant's own traffic document, JSON (RFC 8259), described for those who make it in volant(1):
 *
 *   { "format": "volant-traffic", "version": 1,
 *     "timestamp": "2026-11-23T08:00:00Z",    what is told was so at this time (RFC 3339)
 *     "ttl_s": 300,                           and is good for so long after it, 1 … 86400
 *     "links": [
 *       { "way": 4253, "direction": "forward", "speed_kmh": 12.5 },
 *       { "way": 4254, "from_node": 11, "to_node": 17, "closed": true, "reason": "works",
 *         "valid_from": "2026-11-23T20:00:00Z", "valid_until": "2026-11-24T05:00:00Z" } ] }
 *
 * way is an OSM way; direction is "forward" (as it is drawn), "backward" or "both" (default).
 * from_node and to_node, given together, bound a part of it: both are junctions of the way, in the
 * order in which it is drawn (on a ring the part may pass its seam); in the other order the same
 * part is meant. Each entry is closed or has a speed, in kilometres an hour, above 0 and up to 300.
 * Other members are left alone. */

G_BEGIN_DECLS

/* Errors: VOLANT_MAPS_ERROR_CORRUPT (not such a document, or cut off), _UNSUPPORTED (another
 * version), _INVALID (an entry that cannot be understood, which is named: none of it is taken),
 * _TOO_LARGE. now_s: a timestamp from the future counts as now. */
VolantTrafficReports *volant_traffic_file_parse (GBytes *bytes, int64_t now_s, GError **error);

G_END_DECLS
