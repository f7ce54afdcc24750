/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/router.h"

G_BEGIN_DECLS

/* Reads traffic from a file or URL and puts it in force for a command; what of it was not found on
 * the roads goes to the standard error. */
bool volant_route_read_traffic (VolantRouter *router, const char *location, GError **error);

G_END_DECLS
