/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/report.h"

/* Closures out of DATEX II (CEN 16157), the language in which European road operators publish them:
 * SituationPublication of versions 2 (namespace http://datex2.eu/schema/2/…) and 3
 * (http://datex2.eu/schema/3/…), bare or in a SOAP envelope.
 *
 * Taken are records of the type RoadOrCarriagewayOrLaneManagement whose management type is
 * roadClosed, carriagewayClosures, closedPermanentlyForTheWinter, overnightClosures or
 * intermittentShortTermClosures, that are mandatory, in force or to come, and for cars (a closure
 * for lorries is none). Where they are is read from coordinates: gmlLineString (posList; WGS 84 or
 * ETRS89), OpenLR lines by their points, TPEG linear locations by from and to, pointByCoordinates
 * with its bearing, TPEG points. A record that says it by Alert-C, road numbers or words alone is
 * counted: there are no tables of those here. Coordinates for display alone do not count.
 *
 * The direction is that of the line as given, or the bearing; both where TPEG says bothWays or the
 * measure applies to both. */

G_BEGIN_DECLS

/* How long what was read is good: DATEX II does not say. */
#define VOLANT_DATEX_TTL_S 900

/* Errors: VOLANT_MAPS_ERROR_CORRUPT (no XML, cut off, no DATEX II), _UNSUPPORTED (version 1, or a
 * publication of another kind), _TOO_LARGE. Document types, and so entities, are refused. */
VolantTrafficReports *volant_datex_parse (GBytes *bytes, int64_t now_s, GError **error);

G_END_DECLS
