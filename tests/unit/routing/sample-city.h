/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/router-core.h"

/* Cities for properties: one made at random, and those of the real data. */

G_BEGIN_DECLS

/* A square of n x n junctions about 90 m apart, each street there with one-ways, motorways,
 * paths for walkers, and some left out; with_private: and streets for destinations only (transfer
 * full). */
VolantRouter *sample_city_random (unsigned n, bool with_private);

/* Roads of a file of the real data; NULL, the test skipped, where it is absent (transfer full). */
VolantRouter *sample_city_open (const char *relative);

/* Somewhere on or beside a street of a mode. */
VolantPoint sample_city_point (VolantRouter *router, VolantMode mode, double aside_m);

G_END_DECLS
