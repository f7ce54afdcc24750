/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city-file.h"
#include "maps/import/osm.h"

G_BEGIN_DECLS

bool volant_drawing_write (const VolantOsm *osm, VolantCityWriter *writer,
                           VolantProgress progress, void *data, GError **error);
GBytes *volant_drawing_build (const VolantOsm *osm, VolantProgress progress, void *data,
                              GError **error);

G_END_DECLS
