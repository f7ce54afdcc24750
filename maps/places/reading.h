/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How Chinese names are typed with Latin letters. */

G_BEGIN_DECLS

typedef struct _VolantReading VolantReading;

/* NULL with VOLANT_MAPS_ERROR_UNSUPPORTED where ICU has no Han-Latin transliteration. */
VolantReading *volant_reading_new (GError **error);
void volant_reading_free (VolantReading *reading);

/* Pinyin without tones, a word a character: "人民广场" → "ren min guang chang"; NULL where the text
 * has no Chinese character (transfer full). ü is written u. */
char *volant_reading_spell (VolantReading *reading, const char *text);

/* The words under which such a spelling is found, appended to words: the syllables, every run of
 * them written together ("renmin", "renminguangchang"), the initials ("rmgc"). */
void volant_reading_add_words (const char *spelling, GString *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantReading, volant_reading_free)

G_END_DECLS
