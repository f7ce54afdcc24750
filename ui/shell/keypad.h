/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* The program's own keypad: AZERTY in French, QWERTY in English, the letters of pinyin in Chinese, and a
 * page of digits. Signals: "typed" (const char *text), "erased". Keys have the ids "key-a", "key-1",
 * "key-space", "key-backspace", "key-digits". */
#define VOLANT_TYPE_KEYPAD (volant_keypad_get_type ())
G_DECLARE_FINAL_TYPE (VolantKeypad, volant_keypad, VOLANT, KEYPAD, VolantPanel)

G_END_DECLS
