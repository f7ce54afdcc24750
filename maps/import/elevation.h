/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

/* Heights of the ground from SRTM squares (.hgt). */

G_BEGIN_DECLS

typedef struct _VolantElevation VolantElevation;

VolantElevation *volant_elevation_new (const char *folder, GError **error);
void volant_elevation_free (VolantElevation *elevation);
bool volant_elevation_get (VolantElevation *elevation, VolantPoint point, double *height_m);
bool volant_elevation_check (VolantElevation *elevation, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantElevation, volant_elevation_free)

G_END_DECLS
