/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/stations/feed-builder.h"

#include <json-glib/json-glib.h>

/* The two station documents of GBFS, for gbfs.c. */

G_BEGIN_DECLS

/* cars: the vehicle_type_ids of cars; NULL where the vehicle types are not known. */
void volant_gbfs_read_information (JsonObject *data, GHashTable *cars, const char *language,
                                   VolantFeedBuilder *builder);
void volant_gbfs_read_status (JsonObject *data, GHashTable *cars, VolantFeedBuilder *builder);

/* A string of GBFS 2 or a localized string of 3; NULL where missing or empty (transfer none). */
const char *volant_gbfs_get_text (JsonObject *object, const char *member, const char *language);
/* Unix time or RFC 3339; 0 where missing or not a time. */
int64_t volant_gbfs_get_time_s (JsonObject *object, const char *member);

G_END_DECLS
