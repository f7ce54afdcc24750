/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

/* An OpenStreetMap extract held in memory: what every section of the city file is made from.
 * Objects stand sorted by id; tags are interned strings, equal when their pointers are equal.
 * Filled by volant_osm_load () (maps/import/osm-load.h) or by hand in tests with the builder. */

G_BEGIN_DECLS

typedef struct _VolantOsm VolantOsm;

typedef struct {
  const char *key;
  const char *value;
} VolantOsmTag;

typedef struct {
  int64_t id;
  VolantPoint point;
  uint32_t first_tag;
  uint32_t n_tags;
} VolantOsmNode;

typedef struct {
  int64_t id;
  uint32_t first_ref; /* into refs: node ids */
  uint32_t n_refs;
  uint32_t first_tag;
  uint32_t n_tags;
} VolantOsmWay;

typedef enum {
  VOLANT_OSM_NODE,
  VOLANT_OSM_WAY,
  VOLANT_OSM_RELATION,
} VolantOsmKind;

typedef struct {
  int64_t id;
  VolantOsmKind kind;
  const char *role;
} VolantOsmMember;

typedef struct {
  int64_t id;
  uint32_t first_member;
  uint32_t n_members;
  uint32_t first_tag;
  uint32_t n_tags;
} VolantOsmRelation;

struct _VolantOsm {
  VolantOsmNode *nodes;
  size_t n_nodes;
  VolantOsmWay *ways;
  size_t n_ways;
  VolantOsmRelation *relations;
  size_t n_relations;
  VolantOsmTag *tags;
  size_t n_tags;
  int64_t *refs;
  size_t n_refs;
  VolantOsmMember *members;
  size_t n_members;
  GStringChunk *strings;
  bool has_bounds;
  VolantBounds bounds; /* as the file's header says */
};

void volant_osm_free (VolantOsm *osm);

const VolantOsmNode *volant_osm_find_node (const VolantOsm *osm, int64_t id);
const VolantOsmWay *volant_osm_find_way (const VolantOsm *osm, int64_t id);
const VolantOsmRelation *volant_osm_find_relation (const VolantOsm *osm, int64_t id);

/* The value of a tag, NULL where the object has none of that key. */
const char *volant_osm_node_tag (const VolantOsm *osm, const VolantOsmNode *node, const char *key);
const char *volant_osm_way_tag (const VolantOsm *osm, const VolantOsmWay *way, const char *key);
const char *volant_osm_relation_tag (const VolantOsm *osm, const VolantOsmRelation *relation,
                                     const char *key);

/* Called now and then during long work with a fraction 0…1; false asks to stop
 * (the work then fails with G_IO_ERROR_CANCELLED). */
typedef bool (*VolantProgress) (double fraction, const char *stage, void *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantOsm, volant_osm_free)

G_END_DECLS
