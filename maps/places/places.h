/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city.h"

/* The place index of a city: streets, house numbers, named places; an SQLite database (FTS5) that
 * lies inside the city file. Accents are folded, Chinese is found by characters and by pinyin. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_PLACE_STREET,
  VOLANT_PLACE_ADDRESS,  /* a house number on a street */
  VOLANT_PLACE_POI,      /* a named place: kind is its OSM tag, "amenity=hospital" */
  VOLANT_PLACE_LOCALITY, /* town, suburb, quarter */
} VolantPlaceKind;

typedef struct {
  char *id; /* lasting: "way/123", "node/45", "addr/…" (OSM object or feed id) */
  VolantPlaceKind kind;
  char *name;     /* "Rue de Rivoli", "12 Rue de Rivoli", "Hôpital Central" */
  char *locality; /* town or quarter, "" if unknown */
  char *category; /* OSM "key=value" of a POI, else "" */
  VolantPoint point;
  double distance_m; /* from the point searched around; NAN without one */
  double score;      /* greater is better */
} VolantPlace;

void volant_place_free (VolantPlace *place);
VolantPlace *volant_place_copy (const VolantPlace *place);

typedef struct _VolantPlaces VolantPlaces;

/* Opens the index where it lies in the mapped file, without a copy. It may be used from any thread,
 * one call at a time passes. VOLANT_MAPS_ERROR_NOT_FOUND where the city was imported without one,
 * VOLANT_MAPS_ERROR_CORRUPT where it is damaged. */
VolantPlaces *volant_places_open (VolantCityFile *file, GError **error);
/* The same from the section's bytes. */
VolantPlaces *volant_places_open_bytes (GBytes *bytes, GError **error);
void volant_places_free (VolantPlaces *places);

/* Up to limit places for what a person types (whole words, a last word begun, a house number before
 * or after the street); near may be NULL: nearer wins between equals. Elements are VolantPlace
 * (transfer full), best first; an empty array where nothing fits. */
GPtrArray *volant_places_search (VolantPlaces *places, const char *text, const VolantPoint *near,
                                 unsigned limit, GError **error);

/* One place by its id; "addr/<street id>/12bis" is a house. VOLANT_MAPS_ERROR_NOT_FOUND. */
VolantPlace *volant_places_get (VolantPlaces *places, const char *id, GError **error);

/* Places of one kind around a point, nearest first: what the recogniser keeps active. The distance
 * of a street is that of its nearest part (to some 100 m), though its point is in its middle. */
GPtrArray *volant_places_near (VolantPlaces *places, VolantPoint point, double radius_m,
                               VolantPlaceKind kind, unsigned limit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantPlace, volant_place_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantPlaces, volant_places_free)

G_END_DECLS
