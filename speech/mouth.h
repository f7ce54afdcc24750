/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/error.h"

#include <gio/gio.h>
#include <stdbool.h>

/* The mouth: a queue of sentences, spoken by libespeak-ng on a thread that alone owns it, played by
 * GStreamer through an appsrc. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_SAY_CHAT,      /* dropped when anything else waits */
  VOLANT_SAY_ANSWER,
  VOLANT_SAY_MANOEUVRE, /* interrupts an answer; a later one replaces one that still waits */
} VolantSayPriority;

#define VOLANT_TYPE_MOUTH (volant_mouth_get_type ())
G_DECLARE_FINAL_TYPE (VolantMouth, volant_mouth, VOLANT, MOUTH, GObject)

/* sink: GStreamer description of the loudspeaker, in which "%s" is replaced by "voice"; NULL for the
 * system's, "none" for no sound (the sentences still take their time, and the signals come). A missing
 * sound card is no error: it is said once through "failed" and the mouth goes on as with "none". */
VolantMouth *volant_mouth_new (const char *sink, GError **error);

/* Queues a sentence; returns its number (> 0). language: "en", "fr", "zh". */
unsigned volant_mouth_say (VolantMouth *self, const char *text, const char *language,
                           VolantSayPriority priority);
void volant_mouth_stop (VolantMouth *self); /* barge-in: silence now, queue emptied */
bool volant_mouth_is_speaking (VolantMouth *self);
void volant_mouth_set_volume (VolantMouth *self, double volume); /* 0…1 */
void volant_mouth_set_muted (VolantMouth *self, bool muted);

/* Speaks into a WAV file (16-bit mono; rate_hz 0 for the voice's own), for `volant say -o` and
 * for tests. voice: an espeak-ng voice, NULL for the language's. Blocking. */
bool volant_mouth_say_to_file (const char *text, const char *language, const char *voice,
                               unsigned rate_hz, const char *path, GError **error);

/* Property: speaking. Signals: "started" (guint number, const char *text),
 * "finished" (guint number, gboolean complete), "failed" (GError *). */

G_END_DECLS
