/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

/* A list of pairs of points: "lat lon lat lon" a line, in degrees, separated by blanks or commas.
 * Empty lines and what follows a # are passed over. */

G_BEGIN_DECLS

typedef struct {
  VolantPoint from;
  VolantPoint to;
  unsigned line; /* from 1 */
} VolantPair;

/* Elements are VolantPair (transfer full). VOLANT_MAPS_ERROR_INVALID names the line that is wrong,
 * VOLANT_MAPS_ERROR_EMPTY where there is none at all. */
GArray *volant_pairs_parse (const char *text, size_t size, GError **error);

G_END_DECLS
