/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/error.h"

/* How words and names sound, in the phones of the packaged English model (CMU): the dictionary's own
 * reading, and libespeak-ng's French, English or our Chinese reading mapped to those phones. */

G_BEGIN_DECLS

typedef struct _VolantPronunciation VolantPronunciation;

/* dictionary: a PocketSphinx dictionary (word, blank, phones a line); NULL for none. */
VolantPronunciation *volant_pronunciation_new (const char *dictionary, GError **error);
void volant_pronunciation_free (VolantPronunciation *self);

/* The dictionary's readings of one word, at most limit (transfer full, may be empty). */
GStrv volant_pronunciation_look_up (const VolantPronunciation *self, const char *word,
                                    unsigned limit);

/* All readings of a word of a sentence in that language: in English the dictionary's where it has
 * one, and Britain's for a few. May be empty. Blocking: libespeak-ng is asked (transfer full). */
GStrv volant_pronunciation_of_word (const VolantPronunciation *self, const char *word,
                                    const char *language);

/* All readings of a name ("Gare de Lyon") of a language ("fr") as people who speak English, French
 * or Chinese say it; two to five, the likeliest first. May be empty. Blocking (transfer full). */
GStrv volant_pronunciation_of_name (const VolantPronunciation *self, const char *name,
                                    const char *language);

/* IPA as volant_espeak_get_phonemes gives it → CMU phones; alternate: 0 or 1, the second choice where
 * French has sounds that English lacks (transfer full). Pure. */
char *volant_pronunciation_from_ipa (const char *ipa, unsigned alternate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantPronunciation, volant_pronunciation_free)

G_END_DECLS
