/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Text in a named language, whatever the process locale is. Catalogues are compiled from
 * data/po/<language>.po at build time and live in the program. A language is "en", "fr" or "zh". */

G_BEGIN_DECLS

/* Marks a string for translation without looking it up. */
#define N_(text) (text)

#define VOLANT_LANGUAGES { "en", "fr", "zh" }

bool volant_language_is_known (const char *language);

/* The text in that language, the text itself where the catalogue has none. Never NULL, not
 * freed. */
const char *volant_text (const char *language, const char *text) G_GNUC_FORMAT (2);
/* The same for a count (gettext plurals). */
const char *volant_text_plural (const char *language, const char *one, const char *many,
                                unsigned long count);
/* printf with the translated format (transfer full). */
char *volant_text_format (const char *language, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Quantities as a person says or reads them: "1.2 km", "350 m"; "1,2 km"; "1.2公里" (transfer
 * full). */
char *volant_text_distance (const char *language, double distance_m);
char *volant_text_duration (const char *language, double duration_s);
/* Clock time of now + duration, 24 h: "14:05" (transfer full). */
char *volant_text_clock (const char *language, GDateTime *time);

/* The same for the voice: "14:05", "14点05分" (transfer full). */
char *volant_text_clock_spoken (const char *language, GDateTime *time);

/* A message for a person for any error of ours or GIO's, in that language (transfer full). */
char *volant_text_error (const char *language, const GError *error);

G_END_DECLS
