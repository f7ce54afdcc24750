/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/media/media.h"

/* What the tests of the music player share: tracks made on the spot, a player watched, sound read
 * back. */

G_BEGIN_DECLS

/* A folder of its own below the test's (transfer full). */
char *test_media_folder (const char *name);

/* Writes a tone as FLAC into folder; title may be NULL: untagged. */
void test_media_make_tone (const char *folder, const char *file, double seconds, double hertz,
                           const char *title);

/* Opens a folder and waits for it; false with error. */
bool test_media_open (VolantMedia *media, const char *folder, unsigned *n_skipped, GError **error);

bool test_media_wait_position (VolantMedia *media, int64_t at_least_ms, double deadline_s);
bool test_media_wait_state (VolantMedia *media, VolantMediaState state, double deadline_s);
bool test_media_wait_index (VolantMedia *media, unsigned index, double deadline_s);

/* Runs the main context for so long: for what must be heard for a while. */
void test_media_listen (double seconds);

/* The 16-bit samples of the first channel of a WAV (transfer full, of int16_t). */
GArray *test_media_read_wav (const char *path, unsigned *rate_hz);
/* Root mean square of part of them, in dB of full scale. */
double test_media_level_db (const GArray *samples, size_t first, size_t n);

G_END_DECLS
