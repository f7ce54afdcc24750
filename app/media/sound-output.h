/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>
#include <stdbool.h>

/* Where sound goes: the system's sound server or card, silence in real time, or a GStreamer
 * description (a recording). A recording stays open while players come and go; it takes what is heard
 * when it is heard, and nothing while nothing plays. */

G_BEGIN_DECLS

typedef struct _VolantSoundOutput VolantSoundOutput;

/* description: NULL the system's, "none" silence, else elements that end in a sink, in which "%s" is
 * replaced by role ("media", "voice"). A description that does not parse is VOLANT_ERROR_BAD_PARAMETER. */
VolantSoundOutput *volant_sound_output_new (const char *description, const char *role,
                                            GError **error);
/* Ends a recording properly: its file is complete afterwards. */
void volant_sound_output_free (VolantSoundOutput *output);

/* Whether what was asked for can be had now; a sound server that is tried may take a moment. */
bool volant_sound_output_is_there (VolantSoundOutput *output);

/* A sink for a pipeline (transfer floating). Where the system has no sound it is a silent one in real
 * time, and *failure (out, transfer full) says so. */
GstElement *volant_sound_output_make_sink (VolantSoundOutput *output, GError **failure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantSoundOutput, volant_sound_output_free)

G_END_DECLS
