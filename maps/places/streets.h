/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/places/place-draft.h"

/* The streets of a city: one for each name and neighbourhood, however many ways it is drawn with.
 */

G_BEGIN_DECLS

typedef struct _VolantStreets VolantStreets;

VolantStreets *volant_streets_new (void);
void volant_streets_free (VolantStreets *streets);

/* Collects the named highways. Ways of one name that touch, or lie within a few hundred metres, are
 * one street; its id is that of its lowest way, its point a node of it near its middle. */
void volant_streets_collect (VolantStreets *streets, const VolantOsm *osm);

/* The street of this name that passes within within_m of the point, nearest first; NULL where none
 * does. Accents, case and abbreviations do not matter. */
VolantPlaceDraft *volant_streets_find (VolantStreets *streets, const char *name, VolantPoint point,
                                       double within_m);
/* A street that no way draws, known from addresses (takes the draft). */
void volant_streets_add (VolantStreets *streets, VolantPlaceDraft *draft);

/* A copy of a text that lives as long as the streets; equal texts are one copy. */
const char *volant_streets_intern (VolantStreets *streets, const char *text);

/* All of them: VolantPlaceDraft (transfer none). */
GPtrArray *volant_streets_get_all (VolantStreets *streets);
/* Box of all streets drawn by ways; empty where there are none. */
VolantBounds volant_streets_get_bounds (VolantStreets *streets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantStreets, volant_streets_free)

G_END_DECLS
