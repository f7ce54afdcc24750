/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libespeak-ng holds one state for the whole process: one thread, started at first use, alone calls
 * it. These calls may come from any thread and wait for their turn. */

G_BEGIN_DECLS

/* A piece of sound; false stops the sentence. Called on the speaker thread: be quick. */
typedef bool (*VolantEspeakSound) (const int16_t *samples, size_t n_samples, void *data);

/* The rate of its sound (22,050 Hz); 0 where libespeak-ng or its data is missing. */
unsigned volant_espeak_get_rate_hz (void);

/* The voice of a language: "fr" → "fr", "zh" → "cmn-latn-pinyin", "en" → "en-us". */
const char *volant_espeak_voice_for (const char *language);

/* IPA, phonemes parted by "_", words by blanks; stress left in (transfer full). Text in the writing
 * the voice reads (pinyin for cmn-latn-pinyin). VOLANT_SPEECH_ERROR_VOICE: no such voice. */
char *volant_espeak_get_phonemes (const char *text, const char *voice, GError **error);

/* Synthesizes a sentence. */
bool volant_espeak_speak (const char *text, const char *voice, VolantEspeakSound sound, void *data,
                          GError **error);

G_END_DECLS
