/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city-file.h"
#include "maps/geo.h"

/* A city as the rest of the program holds it: its file and the few facts that all need. Sections
 * are opened by their own readers (volant_roads_open, volant_turns_open, volant_drawing_open,
 * volant_places_open), each of which keeps a reference to the file. */

G_BEGIN_DECLS

typedef struct {
  const char *name;         /* "Monaco"; the file's name where the data has none */
  const char *country;      /* ISO 3166-1 alpha-2, upper case; "" if unknown */
  const char *attribution;  /* shown on the map: "© OpenStreetMap contributors, ODbL" */
  const char *source;       /* what it was made from, for `volant info` */
  bool drives_on_left;
  VolantBounds bounds;      /* of the roads */
  VolantPoint start;        /* where a simulated car begins: given at import, else the centre */
  uint32_t order_ms;        /* what the order of the roads took at import: for `volant info` */
  uint32_t tree_height;     /* of that order, see maps/routing/turn-topology.h */
  double search_arcs_mean;
} VolantCityInfo;

typedef struct _VolantCity VolantCity;

VolantCity *volant_city_open (const char *path, GError **error);
VolantCity *volant_city_ref (VolantCity *city);
void volant_city_unref (VolantCity *city);
const VolantCityInfo *volant_city_get_info (VolantCity *city);
VolantCityFile *volant_city_get_file (VolantCity *city);

/* For the importer: the INFO section's bytes (transfer full). */
GBytes *volant_city_info_serialize (const VolantCityInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantCity, volant_city_unref)

G_END_DECLS
