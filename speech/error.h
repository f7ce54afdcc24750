/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What goes wrong in speech/. The message names the thing and the remedy. */
typedef enum {
  VOLANT_SPEECH_ERROR_INVALID,   /* a catalogue, name or option that cannot be understood */
  VOLANT_SPEECH_ERROR_MODEL,     /* acoustic model or dictionary missing, cut off or of another kind */
  VOLANT_SPEECH_ERROR_AUDIO,     /* a sound file that cannot be read, an odd format */
  VOLANT_SPEECH_ERROR_NO_DEVICE, /* no microphone or no sound card */
  VOLANT_SPEECH_ERROR_VOICE,     /* the synthesizer has no such voice */
  VOLANT_SPEECH_ERROR_BUSY,
} VolantSpeechError;

#define VOLANT_SPEECH_ERROR (volant_speech_error_quark ())
GQuark volant_speech_error_quark (void);

G_END_DECLS
