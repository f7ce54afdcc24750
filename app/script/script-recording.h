/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A recording of everything the program lets hear. Each of its pipelines (music, voice) writes raw
 * sound, paced by its clock, into a pipe of its own; a thread lays what arrives on one timeline and
 * mixes it, so that words and music stand as a person would hear them. */

G_BEGIN_DECLS

typedef struct _VolantRecording VolantRecording;

/* Makes the pipes in folder and begins the timeline. */
VolantRecording *volant_recording_new (const char *folder, GError **error);

/* What to give the program as its loudspeaker: a GStreamer description in which %s stands for "media"
 * or "voice" (transfer full). */
char *volant_recording_get_sink (const VolantRecording *recording);

/* Ends it and writes a 16-bit stereo WAV; an error where not one sample came. */
bool volant_recording_finish (VolantRecording *recording, const char *path, GError **error);
void volant_recording_free (VolantRecording *recording);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRecording, volant_recording_free)

G_END_DECLS
