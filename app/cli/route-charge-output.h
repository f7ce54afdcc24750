/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/energy/route-charge.h"

#include <json-glib/json-glib.h>

/* How `volant route` writes what a route takes from the battery. */

G_BEGIN_DECLS

/* Lines for a person; nothing where the route has no charge. */
void volant_route_charge_write (GString *text, const VolantRoute *route, const char *language);

/* The member "charge" of the route's object; none where the route has no charge. */
void volant_route_charge_add_json (JsonBuilder *builder, const VolantRoute *route);

G_END_DECLS
