/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/error.h"

#include <stdbool.h>
#include <stdint.h>

/* The city file: one little-endian, memory-mapped file of checksummed sections (HOUSE.md,
 * "Decisions taken once"). A section is bytes; what they mean is said where they are written
 * (maps/roads, maps/routing, maps/drawing, maps/places, maps/import). */

G_BEGIN_DECLS

typedef struct _VolantCityFile VolantCityFile;
typedef struct _VolantCityWriter VolantCityWriter;

/* A section's tag: four letters. */
#define VOLANT_CITY_TAG(a, b, c, d) \
  ((uint32_t) (a) | (uint32_t) (b) << 8 | (uint32_t) (c) << 16 | (uint32_t) (d) << 24)

#define VOLANT_CITY_INFO VOLANT_CITY_TAG ('I', 'N', 'F', 'O')     /* maps/city/city.h */
#define VOLANT_CITY_ROADS VOLANT_CITY_TAG ('R', 'O', 'A', 'D')    /* maps/roads/roads.h */
#define VOLANT_CITY_TURNS VOLANT_CITY_TAG ('T', 'U', 'R', 'N')    /* maps/routing/turns.h */
#define VOLANT_CITY_TOPOLOGY VOLANT_CITY_TAG ('T', 'O', 'P', 'O') /* maps/routing/engine */
#define VOLANT_CITY_DRAWING VOLANT_CITY_TAG ('D', 'R', 'A', 'W')  /* maps/drawing/drawing.h */
#define VOLANT_CITY_PLACES VOLANT_CITY_TAG ('P', 'L', 'A', 'C')   /* maps/places/places.h: SQLite */

VolantCityFile *volant_city_file_open (const char *path, GError **error);
VolantCityFile *volant_city_file_open_bytes (GBytes *bytes, GError **error);
VolantCityFile *volant_city_file_ref (VolantCityFile *file);
void volant_city_file_unref (VolantCityFile *file);
bool volant_city_file_has_section (VolantCityFile *file, uint32_t tag);
const void *volant_city_file_get_section (VolantCityFile *file, uint32_t tag, size_t *size,
                                          GError **error);
const void *volant_city_file_get_range (VolantCityFile *file, uint32_t tag, uint64_t offset,
                                        size_t size, GError **error);

VolantCityWriter *volant_city_writer_new (const char *path, GError **error);
bool volant_city_writer_add (VolantCityWriter *writer, uint32_t tag, const void *data, size_t size,
                             GError **error);
bool volant_city_writer_finish (VolantCityWriter *writer, GError **error);
void volant_city_writer_free (VolantCityWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantCityFile, volant_city_file_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantCityWriter, volant_city_writer_free)

G_END_DECLS
