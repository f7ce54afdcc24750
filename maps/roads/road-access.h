/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm.h"
#include "maps/roads/roads.h"

/* Who may use a road, and which way: OSM's access and one-way tags. Private to maps/roads. */

G_BEGIN_DECLS

/* Reads a tag of whatever object is at hand. */
typedef struct {
  const VolantOsm *osm;
  uint32_t first_tag;
  uint32_t n_tags;
} VolantTags;

typedef enum {
  VOLANT_ACCESS_UNKNOWN, /* the tags say nothing: the road's kind decides */
  VOLANT_ACCESS_NO,
  VOLANT_ACCESS_DESTINATION,
  VOLANT_ACCESS_PRIVATE,
  VOLANT_ACCESS_YES,
} VolantAccess;

const char *volant_tags_get (const VolantTags *tags, const char *key);
bool volant_tags_is (const VolantTags *tags, const char *key, const char *value);
bool volant_tags_is_yes (const VolantTags *tags, const char *key);

VolantAccess volant_access_of (const VolantTags *tags, VolantMode mode, int direction,
                               bool *is_specific);
void volant_access_of_road (const VolantTags *tags, VolantRoadClass road_class, unsigned flags,
                            uint8_t access[2], bool *is_destination_only);

G_END_DECLS
