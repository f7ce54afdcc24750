/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads-build.h"

/* Turn restrictions of OpenStreetMap as paths of links. Private to maps/roads. */

G_BEGIN_DECLS

bool volant_relation_is_restriction (const VolantOsm *osm, const VolantOsmRelation *relation);

/* roads: segments sorted by way, junctions and out links, with no restrictions yet. junction_of
 * gives the junction of each node of the extract, G_MAXUINT32 where it is none. */
void volant_restrictions_build (const VolantOsm *osm, const VolantRoads *roads,
                                const uint32_t *junction_of, GArray *restrictions, GArray *links,
                                VolantRoadsReport *report);

G_END_DECLS
