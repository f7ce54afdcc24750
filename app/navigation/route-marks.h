/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/route.h"

/* What tells one route from another besides its time and length. */

G_BEGIN_DECLS

/* "2.1 km of motorway, toll", "" where there is nothing to say (transfer full). */
char *volant_route_marks (const VolantRoute *route, const char *language);

/* "There is no way without a toll" for what should have been avoided and could not be; NULL where
 * all could (transfer full). */
char *volant_route_unavoided (const VolantRoute *route, const char *language);

G_END_DECLS
