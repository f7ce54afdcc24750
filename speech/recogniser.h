/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/decoder.h"
#include "speech/hearing.h"

/* From sound to command: a catalogue, names and a decoder in, a hearing out. It has no thread, no
 * clock and no device of its own; one thread uses it at a time. */

G_BEGIN_DECLS

typedef struct _VolantRecogniser VolantRecogniser;

/* model: see volant_decoder_find_model. */
VolantRecogniser *volant_recogniser_new (VolantCatalogue *catalogue, const char *model,
                                         GError **error);
void volant_recogniser_free (VolantRecogniser *self);

/* Replaces the names of a slot. Names that sound the same share a token: which one is meant stands
 * in the hearing's same_named. */
void volant_recogniser_set_names (VolantRecogniser *self, const char *slot,
                                  const VolantSpokenName *names, size_t n_names);

/* Rebuilds the grammars after names changed; costs 0.1 to 1 s with many names. */
bool volant_recogniser_prepare (VolantRecogniser *self, GError **error);

/* An utterance, 16 kHz mono. Never NULL. */
VolantHearing *volant_recogniser_hear (VolantRecogniser *self, const int16_t *samples,
                                       size_t n_samples, VolantExpectation expectation);

/* Streaming, for the end of speech and for words while they are said. */
bool volant_recogniser_begin (VolantRecogniser *self, VolantExpectation expectation);
void volant_recogniser_feed (VolantRecogniser *self, const int16_t *samples, size_t n_samples);
bool volant_recogniser_is_in_speech (VolantRecogniser *self);
char *volant_recogniser_get_partial (VolantRecogniser *self); /* in display form */
void volant_recogniser_end (VolantRecogniser *self);

/* Words of the catalogue that the model cannot pronounce (transfer none). */
GPtrArray *volant_recogniser_get_unknown_words (VolantRecogniser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRecogniser, volant_recogniser_free)

G_END_DECLS
