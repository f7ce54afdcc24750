/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/places/streets.h"

/* What has a name and is no street: sights, shops, stations, towns and quarters. */

G_BEGIN_DECLS

/* Adds drafts of named places and localities to places (GPtrArray of VolantPlaceDraft). A place
 * drawn twice (a station's node and its building) is taken once; a square that is also a street is
 * left to the streets. */
void volant_named_places_collect (GPtrArray *places, VolantStreets *streets, const VolantOsm *osm);

/* Writes the locality of each draft that has none: the town or quarter that it is nearest to, in
 * relation to the size of its kind. */
void volant_named_places_set_localities (GPtrArray *drafts, GPtrArray *places);

G_END_DECLS
