/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/report.h"

/* Where a location of DATEX II is, by its coordinates. One location may be told in several ways at
 * once: the most exact is taken. */

G_BEGIN_DECLS

typedef struct _VolantDatexLocation VolantDatexLocation;

VolantDatexLocation *volant_datex_location_new (void);
void volant_datex_location_free (VolantDatexLocation *location);
/* Forgets all. */
void volant_datex_location_reset (VolantDatexLocation *location);

/* An element of a location begins (attributes: name, value, …, NULL, names with their namespaces)
 * and ends with its text; names of other elements are left alone. */
void volant_datex_location_begin (VolantDatexLocation *location, const char *name,
                                  const char **attributes);
void volant_datex_location_end (VolantDatexLocation *location, const char *name, const char *text);

/* The reports of what was told, by place alone, appended (transfer full); false where nothing was
 * told by coordinates that are known here. */
bool volant_datex_location_take (VolantDatexLocation *location, GPtrArray *reports);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDatexLocation, volant_datex_location_free)

G_END_DECLS
