/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Chinese characters read as pinyin (ICU's Han-Latin) and pinyin as English phones. Pure. */

G_BEGIN_DECLS

/* "带我去" → "dai4 wo3 qu4"; other text is left as it is (transfer full). */
char *volant_pinyin_from_text (const char *text);

/* CMU phones of one syllable, "zhan4" → "JH AA N"; NULL where it is none (transfer full). */
char *volant_pinyin_to_phones (const char *syllable);

G_END_DECLS
