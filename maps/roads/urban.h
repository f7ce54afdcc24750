/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

/* Where the built-up areas are: wherever there are many residential streets. */

G_BEGIN_DECLS

typedef struct _VolantUrban VolantUrban;

VolantUrban *volant_urban_new (void);
void volant_urban_free (VolantUrban *urban);
void volant_urban_add_street (VolantUrban *urban, VolantPoint a, VolantPoint b);
bool volant_urban_contains (const VolantUrban *urban, VolantPoint point);

G_END_DECLS
