/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The plainest sound file there is: RIFF/WAVE, 16-bit PCM, little-endian (Multimedia Programming
 * Interface and Data Specifications 1.0, 1991). What scripts record and speak. */

G_BEGIN_DECLS

/* Writes n_frames frames of interleaved samples, through a temporary name. */
bool volant_wav_write (const char *path, unsigned rate_hz, unsigned n_channels,
                       const int16_t *samples, size_t n_frames, GError **error);

/* Reads a 16-bit PCM file; samples as they stand, interleaved (transfer full, int16_t). */
GArray *volant_wav_read (const char *path, unsigned *rate_hz, unsigned *n_channels,
                         GError **error);

G_END_DECLS
