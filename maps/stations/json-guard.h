/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <stdbool.h>
#include <stdint.h>

/* JSON from strangers: bounded before json-glib sees it, and read without trusting any type. */

G_BEGIN_DECLS

/* json-glib's parser descends by recursion: nesting deeper than this is refused. */
#define VOLANT_JSON_MAX_DEPTH 64
/* Greater than any feed of one system that is published today (about 2 MiB). */
#define VOLANT_JSON_MAX_BYTES (16u << 20)

/* Parses one document whose root must be an object; what names it in errors ("station_status").
 * VOLANT_MAPS_ERROR_TOO_LARGE past the limits above, VOLANT_MAPS_ERROR_CORRUPT where it is no JSON
 * (comments and other extensions that json-glib would take are not JSON). */
JsonNode *volant_json_load (GBytes *bytes, const char *what, GError **error);

/* Members of an object by type; NULL, or false with the value untouched, where the member is
 * missing or of another type. */
JsonObject *volant_json_get_object (JsonObject *object, const char *member);
JsonArray *volant_json_get_array (JsonObject *object, const char *member);
const char *volant_json_get_string (JsonObject *object, const char *member);
bool volant_json_get_number (JsonObject *object, const char *member, double *value);
/* Also takes 0 and 1, as GBFS 1 wrote them. */
bool volant_json_get_bool (JsonObject *object, const char *member, bool *value);
/* A whole number of things, 0…1,000,000. */
bool volant_json_get_count (JsonObject *object, const char *member, int32_t *value);
/* The element of an array as an object, NULL where it is something else. */
JsonObject *volant_json_element (JsonArray *array, unsigned i);

G_END_DECLS
