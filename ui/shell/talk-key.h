/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/voice-bar.h"

#include <stdbool.h>

G_BEGIN_DECLS

/* The key of the keyboard, as people read it. */
#define VOLANT_TALK_KEY_NAME "F5"

/* Whether a key, with the modifiers that are held, is the one to talk. */
bool volant_talk_key_matches (unsigned keyval, GdkModifierType modifiers);

/* Has the key do in the whole window what the voice bar's button does. */
void volant_talk_key_install (GtkWindow *window, VolantVoiceBar *bar);

G_END_DECLS
