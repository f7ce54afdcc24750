/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm.h"
#include "maps/roads/roads.h"

/* What the tags of a way or a node mean to those who use roads. Pure: tags in, plain values out. */

G_BEGIN_DECLS

/* The attributes that all segments of a way share; strings are owned by the extract or, where they
 * had to be joined, by the caller's chunk. */
typedef struct {
  VolantRoadClass road_class;
  uint16_t flags;        /* VolantRoadFlags */
  int8_t layer;
  uint8_t access[2];     /* forward, backward */
  uint8_t lanes[2];
  const char *name;
  const char *ref;
  const char *destination[2];
  const char *turn_lanes[2];
} VolantWayTraits;

typedef struct {
  uint16_t flags;           /* VolantNodeFlags */
  uint8_t blocked_modes;
  bool is_private;          /* a barrier that opens only for those who belong behind it */
  bool splits;              /* segments must end here so that the flags are not lost */
  const char *exit_ref;     /* NULL where none */
} VolantNodeTraits;

bool volant_way_is_road (const VolantOsm *osm, const VolantOsmWay *way);
bool volant_way_get_traits (const VolantOsm *osm, const VolantOsmWay *way, GStringChunk *strings,
                            VolantWayTraits *traits);
void volant_node_get_traits (const VolantOsm *osm, const VolantOsmNode *node,
                             VolantNodeTraits *traits);
void volant_way_get_limits (const VolantOsm *osm, const VolantOsmWay *way, const uint8_t access[2],
                            GArray *limits);
void volant_node_get_limits (const VolantOsm *osm, const VolantOsmNode *node, GArray *limits);

G_END_DECLS
