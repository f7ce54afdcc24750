/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

G_BEGIN_DECLS

/* Height of the sun over the horizon in degrees, good to about half a degree: the low-precision
 * formulae of the Astronomical Almanac, page C5. */
double volant_sun_height_deg (VolantPoint point, int64_t unix_s);

G_END_DECLS
