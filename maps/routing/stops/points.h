/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

/* A list of points: "lat lon" a line, in degrees, separated by blanks or a comma, with a name
 * behind it if one is wanted. Empty lines and what follows a # are passed over. */

G_BEGIN_DECLS

typedef struct {
  VolantPoint point;
  char *name;    /* "" where none is given */
  unsigned line; /* from 1 */
} VolantNamedPoint;

/* Elements are VolantNamedPoint (transfer full). VOLANT_MAPS_ERROR_INVALID names the line that is
 * wrong, VOLANT_MAPS_ERROR_EMPTY where there is none at all. */
GArray *volant_points_parse (const char *text, size_t size, GError **error);

G_END_DECLS
