/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/stations/station.h"

/* What all parsers of station feeds share: a feed under construction, its stations by id, and the
 * list of what was odd in it. */

G_BEGIN_DECLS

/* More stations than any operator has; a feed past it is refused. */
#define VOLANT_FEED_MAX_STATIONS 100000
/* Further warnings are counted in one last line. */
#define VOLANT_FEED_MAX_WARNINGS 100

typedef struct _VolantFeedBuilder VolantFeedBuilder;

VolantFeedBuilder *volant_feed_builder_new (const char *version);
void volant_feed_builder_free (VolantFeedBuilder *builder);

/* The feed being filled (transfer none). */
VolantStationFeed *volant_feed_builder_get_feed (VolantFeedBuilder *builder);
/* A station of this id, NULL where none was added. */
VolantStation *volant_feed_builder_find (VolantFeedBuilder *builder, const char *id);

/* A station with nothing known of its state: in service, no counts (transfer full). */
VolantStation *volant_feed_builder_new_station (const char *id, const char *name, const char *town);

/* Takes the station; one whose id was there before is skipped with a warning (false). */
bool volant_feed_builder_add (VolantFeedBuilder *builder, VolantStation *station);
/* An entry is left out, or something else is odd: the words name the entry. */
void volant_feed_builder_skip (VolantFeedBuilder *builder, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
void volant_feed_builder_warn (VolantFeedBuilder *builder, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* The finished feed (transfer full); NULL with VOLANT_MAPS_ERROR_EMPTY where it has no station, or
 * VOLANT_MAPS_ERROR_TOO_LARGE past VOLANT_FEED_MAX_STATIONS. Frees the builder. */
VolantStationFeed *volant_feed_builder_finish (VolantFeedBuilder *builder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantFeedBuilder, volant_feed_builder_free)

G_END_DECLS
