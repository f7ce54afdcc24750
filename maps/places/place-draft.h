/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm.h"
#include "maps/places/house-number.h"
#include "maps/places/places.h"

/* A place on its way into the index. */

G_BEGIN_DECLS

typedef struct {
  VolantHouseNumber number;
  VolantPoint point;
  const char *locality; /* interned; NULL: that of the street */
} VolantHouse;

typedef struct {
  char *id;
  VolantPlaceKind kind;
  char *name;
  char *locality;
  char *category;
  GHashTable *more_words; /* char *: postal codes and towns besides its locality */
  VolantPoint point;
  unsigned importance;    /* 0…100, for the order of equals */
  GPtrArray *other_names; /* char *: in other languages, short, old, official */
  GArray *boxes;          /* VolantBounds that cover it; empty: its point */
  GArray *houses;         /* VolantHouse of a street */
} VolantPlaceDraft;

VolantPlaceDraft *volant_place_draft_new (VolantPlaceKind kind, const char *id, const char *name);
void volant_place_draft_free (VolantPlaceDraft *draft);

/* Collects the other names from an object's tags, the importance of its kind aside. */
void volant_place_draft_add_names (VolantPlaceDraft *draft, const VolantOsm *osm,
                                   uint32_t first_tag, uint32_t n_tags);

/* Metres from a point to the nearest of its boxes, 0 inside one. */
double volant_place_draft_distance_m (const VolantPlaceDraft *draft, VolantPoint point);

/* Metres from a point to a box, 0 inside. */
double volant_place_box_distance_m (const VolantBounds *box, VolantPoint point);

/* A point for a way: the middle of the box of its nodes; false where it has none in the extract. */
bool volant_place_way_point (const VolantOsm *osm, const VolantOsmWay *way, VolantPoint *point);

G_END_DECLS
