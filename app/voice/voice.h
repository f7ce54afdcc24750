/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* Ears and mouth at work: opens them, keeps the grammar's names those around the car, speaks
 * answers and directions, lowers the music meanwhile, and keeps the microphone shut while the mouth
 * speaks (there is no echo canceller). Without a microphone or a loudspeaker the rest goes on. */

G_BEGIN_DECLS

typedef struct _VolantVoice VolantVoice;
typedef void (*VolantVoiceOpened) (VolantSession *session);

/* The session owns it. Nothing is opened yet: all below is safe to call, and silent. */
VolantVoice *volant_voice_new (VolantSession *session);
void volant_voice_free (VolantVoice *voice);
/* Opens mouth and ears as the session's options say; opened comes once, when both have said whether
 * they work. What does not is a notice. */
void volant_voice_open (VolantVoice *voice, VolantVoiceOpened opened);

VolantEars *volant_voice_get_ears (VolantVoice *voice);   /* (nullable) */
VolantMouth *volant_voice_get_mouth (VolantVoice *voice); /* (nullable) */
VolantVoiceState volant_voice_get_state (VolantVoice *voice);
bool volant_voice_is_ready (VolantVoice *voice);
double volant_voice_get_level (VolantVoice *voice);
const char *volant_voice_get_words (VolantVoice *voice);
/* The last sentence said, also while muted; "" before the first. */
const char *volant_voice_get_said (VolantVoice *voice);

/* Opens the microphone, silencing the mouth: VOLANT_ERROR_UNAVAILABLE without one. */
bool volant_voice_listen (VolantVoice *voice, GError **error);
/* Shuts the microphone and silences the mouth. */
void volant_voice_cancel (VolantVoice *voice);
/* Hears a sound file; completes task (an action's) when it has been understood and acted on. */
void volant_voice_hear_file (VolantVoice *voice, const char *path, GTask *task);

/* Says text in the session's language; then_listen opens the microphone when it is said. */
void volant_voice_say (VolantVoice *voice, const char *text, VolantSayPriority priority,
                       bool then_listen);
/* Says what concerns the way, as directions are said: it waits until the ears are done. */
void volant_voice_announce (VolantVoice *voice, const char *text);
void volant_voice_set_muted (VolantVoice *voice, bool muted);
bool volant_voice_get_muted (VolantVoice *voice);

/* To be called when what they follow has changed. */
void volant_voice_update_expectation (VolantVoice *voice);
void volant_voice_update_names (VolantVoice *voice, bool anew);
void volant_voice_set_language (VolantVoice *voice);

G_END_DECLS
