/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A node as JSON text (transfer full) with each number as short as it can be written and read back
 * as the same: 46.5335146, where json-glib writes 46.533514599999997. */
char *volant_json_to_text (JsonNode *node, gboolean is_pretty);

/* The same for text that is JSON already (transfer full). */
char *volant_json_shorten_numbers (const char *text);

/* A member of the object at hand; a number that is NAN becomes null. */
void volant_json_add_number (JsonBuilder *builder, const char *name, double value);
void volant_json_add_integer (JsonBuilder *builder, const char *name, int64_t value);
void volant_json_add_string (JsonBuilder *builder, const char *name, const char *value);
/* A position as GeoJSON has it (RFC 7946): longitude, latitude. */
void volant_json_add_position (JsonBuilder *builder, VolantPoint point);

G_END_DECLS
