/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm.h"

/* Writes the PBF form of a small extract, to test the reader with: a header, then a block each of
 * nodes, ways and relations. */

G_BEGIN_DECLS

typedef enum {
  PBF_PLAIN_NODES = 1 << 0, /* Node messages rather than DenseNodes */
  PBF_RAW = 1 << 1,         /* blocks that are not compressed */
  PBF_COARSE = 1 << 2,      /* granularity 1000 with offsets */
} PbfFlags;

/* feature: a required feature besides the usual ones, or NULL. Block borders are appended to
 * borders (size_t), if not NULL. */
GBytes *pbf_from_osm (const VolantOsm *osm, PbfFlags flags, const char *feature, GArray *borders);

/* A blob of a given type with a given content, as a file holds it. */
void pbf_append_blob (GByteArray *file, const char *type, const GByteArray *content,
                      PbfFlags flags);
void pbf_append_bytes (GByteArray *message, unsigned field, const void *data, size_t size);
void pbf_append_varint (GByteArray *message, unsigned field, uint64_t value);

G_END_DECLS
