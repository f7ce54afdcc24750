/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Chinese characters read as pinyin (ICU's Han-Latin) and pinyin as English phones. Pure. */

G_BEGIN_DECLS

/* "带我去" → "dai4 wo3 qu4"; other text is left as it is (transfer full). */
char *volant_pinyin_from_text (const char *text);

/* CMU phones of one syllable, "zhan4" → "JH AA N"; alternate: 0 or 1, the second choice for vowels
 * that English lacks; NULL where it is no syllable (transfer full). */
char *volant_pinyin_to_phones (const char *syllable, unsigned alternate);

/* The second reading of a character that has one, "乐" → "yue4"; NULL where not. */
const char *volant_pinyin_second_reading (const char *character);

G_END_DECLS
