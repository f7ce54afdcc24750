/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/grammar.h"

#include <stddef.h>
#include <stdint.h>

/* One PocketSphinx decoder with named grammars over word graphs. Not thread-safe: one thread each.
 * Sound is 16 kHz, mono, 16 bit. */

G_BEGIN_DECLS

#define VOLANT_DECODER_RATE_HZ 16000

typedef struct _VolantDecoder VolantDecoder;

/* What one pass over an utterance gave. */
typedef struct {
  char *words;    /* tokens with blanks between; "" where nothing was found */
  double score;   /* acoustic log score per frame, in PocketSphinx' units (log 1.0001) */
  int n_frames;   /* that were taken for speech */
  double elapsed_ms;
} VolantDecoding;

void volant_decoding_clear (VolantDecoding *decoding);

/* The files of a model folder: PocketSphinx' own (mdef, means …) in it or in one folder below, and a
 * dictionary beside or in it. NULL: the packaged US English. VOLANT_SPEECH_ERROR_MODEL names what is
 * missing. */
bool volant_decoder_find_model (const char *model, char **acoustic, char **dictionary,
                                GError **error);

VolantDecoder *volant_decoder_new (const char *acoustic, GError **error);
void volant_decoder_free (VolantDecoder *decoder);

/* Whether the model has the English (CMU) phones that our readings are written in. */
bool volant_decoder_knows_cmu (const VolantDecoder *decoder);

bool volant_decoder_has_word (VolantDecoder *decoder, const char *word);
/* False where none of the readings has phones of the model. */
bool volant_decoder_add_word (VolantDecoder *decoder, const char *word,
                              const char *const *readings);

/* Sets a named grammar, or replaces it; tokens: slot → GPtrArray of tokens. Words the decoder lacks
 * are left out, with the ways that lead over them alone. False where nothing is left to say. */
bool volant_decoder_set_grammar (VolantDecoder *decoder, const char *name,
                                 const VolantGrammar *grammar, GHashTable *tokens);
/* How often grammars were set: each costs PocketSphinx about 43 KB for ever. */
unsigned volant_decoder_count_grammars (const VolantDecoder *decoder);

/* The whole utterance at once by the named grammar; NULL: by a loop over all phones. */
bool volant_decoder_decode (VolantDecoder *decoder, const char *name, const int16_t *samples,
                            size_t n_samples, VolantDecoding *decoding);

/* Streaming: begin, feed …, end. */
bool volant_decoder_begin (VolantDecoder *decoder, const char *name, bool is_new_session);
void volant_decoder_feed (VolantDecoder *decoder, const int16_t *samples, size_t n_samples);
bool volant_decoder_is_in_speech (VolantDecoder *decoder);
char *volant_decoder_get_partial (VolantDecoder *decoder);
void volant_decoder_end (VolantDecoder *decoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDecoder, volant_decoder_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VolantDecoding, volant_decoding_clear)

G_END_DECLS
