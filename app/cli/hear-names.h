/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/ears.h"

/* The names that `volant hear` listens for: from a feed of stations and from a text file. */

G_BEGIN_DECLS

/* Every station by its spoken name. feed: a folder, a file or a URL. */
bool volant_hear_add_stations (VolantEars *ears, const char *feed, const char *language,
                               GError **error);

/* The streets and places nearest to where the city begins: at most 150 and 50. */
bool volant_hear_add_city (VolantEars *ears, const char *path, const char *language,
                           GError **error);

/* A line a name: "station<TAB>Gare de Lyon", slots station, street and place; a line without a tab is
 * a station; # begins a comment. The name is its own id. */
bool volant_hear_add_names (VolantEars *ears, const char *path, const char *language,
                            GError **error);

G_END_DECLS
