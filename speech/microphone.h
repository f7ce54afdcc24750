/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/error.h"

#include <gio/gio.h>
#include <stdbool.h>

/* A microphone: pieces of sound, 16 kHz mono, while it is open. */

G_BEGIN_DECLS

typedef struct _VolantMicrophone VolantMicrophone;

/* Comes on a thread of GStreamer. */
typedef void (*VolantMicrophoneSound) (GBytes *sound, void *data);
/* Comes on the main context: error NULL at the end of a file. */
typedef void (*VolantMicrophoneEnd) (const GError *error, void *data);

/* source: a GStreamer description; NULL: the first microphone the system names, and
 * VOLANT_SPEECH_ERROR_NO_DEVICE where it has none (autoaudiosrc would feign one). */
VolantMicrophone *volant_microphone_new (const char *source, VolantMicrophoneSound sound,
                                         VolantMicrophoneEnd end, void *data, GError **error);
void volant_microphone_free (VolantMicrophone *microphone);
bool volant_microphone_open (VolantMicrophone *microphone, GError **error);
void volant_microphone_close (VolantMicrophone *microphone);

G_END_DECLS
