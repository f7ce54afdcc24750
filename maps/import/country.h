/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/osm.h"

/* Which country an extract lies in. */

G_BEGIN_DECLS

void volant_country_find (const VolantOsm *osm, char country[3]);

G_END_DECLS
