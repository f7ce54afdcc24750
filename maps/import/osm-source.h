/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm-builder.h"

/* The bytes of an OpenStreetMap file as its readers take them; private to maps/import. */

G_BEGIN_DECLS

typedef struct {
  const char *name; /* as shown in messages */
  int descriptor;   /* -1: from memory */
  const uint8_t *bytes;
  uint64_t size;
  uint64_t offset;
  VolantProgress progress; /* may be NULL */
  void *progress_data;
} VolantOsmSource;

/* Reads up to size bytes; 0 at the end, negative with an error set. */
gssize volant_osm_source_read (VolantOsmSource *source, void *buffer, size_t size, GError **error);
/* Tells how far the reading is; false with G_IO_ERROR_CANCELLED where it shall stop. */
bool volant_osm_source_report (VolantOsmSource *source, GError **error);
/* "FILE is damaged: WHAT (at byte N)"; always false. */
bool volant_osm_source_set_corrupt (const VolantOsmSource *source, const char *what,
                                    GError **error);

bool volant_osm_read_pbf (VolantOsmSource *source, VolantOsmBuilder *builder, GError **error);
bool volant_osm_read_xml (VolantOsmSource *source, VolantOsmBuilder *builder, GError **error);

G_END_DECLS
