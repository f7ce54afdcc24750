/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/error.h"

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

/* Sound files in and out. */

G_BEGIN_DECLS

/* Any file that GStreamer reads, as 16-bit mono at rate_hz; stereo is mixed down. At most limit_s
 * seconds are read. Blocking. VOLANT_SPEECH_ERROR_AUDIO: unreadable, broken, no sound in it, or silent
 * for deadline of 10 s (transfer full: int16_t). */
GArray *volant_sound_read (const char *path, unsigned rate_hz, unsigned limit_s,
                           GCancellable *cancellable, GError **error);

/* A WAV file, 16-bit mono. */
bool volant_sound_write_wav (const char *path, const int16_t *samples, size_t n_samples,
                             unsigned rate_hz, GError **error);

/* Another rate, by GStreamer's resampler (transfer full). */
GArray *volant_sound_resample (const int16_t *samples, size_t n_samples, unsigned from_hz,
                               unsigned to_hz, GError **error);

/* -90…0 dB of full scale. */
double volant_sound_level_db (const int16_t *samples, size_t n_samples);

G_END_DECLS
