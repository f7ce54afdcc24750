/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm-builder.h"
#include "maps/import/osm.h"

/* Reads OpenStreetMap files: PBF and XML, the latter also compressed. */

G_BEGIN_DECLS

VolantOsm *volant_osm_load (const char *path, bool roads_only, VolantProgress progress, void *data,
                            GError **error);

/* The same from bytes (tests, fuzzing); name is shown in messages. */
VolantOsm *volant_osm_load_bytes (const void *bytes, size_t size, const char *name, bool roads_only,
                                  VolantProgress progress, void *data, GError **error);

G_END_DECLS
