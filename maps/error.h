/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What goes wrong in maps/. The message names the thing and the remedy. */
typedef enum {
  VOLANT_MAPS_ERROR_INVALID,     /* a word, number or position that cannot be understood */
  VOLANT_MAPS_ERROR_CORRUPT,     /* a file or feed that is damaged, cut off or of another kind */
  VOLANT_MAPS_ERROR_UNSUPPORTED, /* well formed, but a version or feature not known here */
  VOLANT_MAPS_ERROR_EMPTY,       /* nothing in it to work with: no roads, no stations */
  VOLANT_MAPS_ERROR_NOT_FOUND,   /* no such place, station, street or section */
  VOLANT_MAPS_ERROR_OFF_MAP,     /* too far from any road of this city */
  VOLANT_MAPS_ERROR_NO_ROUTE,    /* both ends are on the map, no way leads from one to the other */
  VOLANT_MAPS_ERROR_TOO_LARGE,   /* past a documented limit */
  VOLANT_MAPS_ERROR_NO_CHARGE,   /* there is a way, but the battery does not bear it */
} VolantMapsError;

#define VOLANT_MAPS_ERROR (volant_maps_error_quark ())
GQuark volant_maps_error_quark (void);

G_END_DECLS
