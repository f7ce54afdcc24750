/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm.h"

/* Fills a VolantOsm object by object: begin one, add what it has, begin the next. The readers use
 * it, and so do tests. */

G_BEGIN_DECLS

typedef struct _VolantOsmBuilder VolantOsmBuilder;

VolantOsmBuilder *volant_osm_builder_new (bool roads_only);
void volant_osm_builder_free (VolantOsmBuilder *builder);
const char *volant_osm_builder_intern (VolantOsmBuilder *builder, const char *text);

void volant_osm_builder_begin_node (VolantOsmBuilder *builder, int64_t id, VolantPoint point);
void volant_osm_builder_begin_way (VolantOsmBuilder *builder, int64_t id);
void volant_osm_builder_begin_relation (VolantOsmBuilder *builder, int64_t id);
void volant_osm_builder_add_tag (VolantOsmBuilder *builder, const char *key, const char *value);
void volant_osm_builder_add_ref (VolantOsmBuilder *builder, int64_t node_id);
void volant_osm_builder_add_member (VolantOsmBuilder *builder, VolantOsmKind kind, int64_t id,
                                    const char *role);
void volant_osm_builder_drop (VolantOsmBuilder *builder);
void volant_osm_builder_set_bounds (VolantOsmBuilder *builder, VolantBounds bounds);
VolantOsm *volant_osm_builder_finish (VolantOsmBuilder *builder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantOsmBuilder, volant_osm_builder_free)

G_END_DECLS
