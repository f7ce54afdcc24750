/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/drawing/drawing.h"

G_BEGIN_DECLS

/* The DRAW section of a map given as OpenStreetMap XML (transfer full). */
GBytes *volant_test_drawing_bytes (const char *xml);

/* A small town by the sea: streets, a one-way drawn backwards, a bridge, a tunnel, a house with a
 * courtyard, a park, a coast with the sea to its south, an island, names and house numbers. */
extern const char *const volant_test_town;

G_END_DECLS
