/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* The voice, always in the same place: the microphone, its level and state, the words as they come and
 * then what was understood. */
#define VOLANT_TYPE_VOICE_BAR (volant_voice_bar_get_type ())
G_DECLARE_FINAL_TYPE (VolantVoiceBar, volant_voice_bar, VOLANT, VOICE_BAR, VolantPanel)

/* What a touch of the button does now; where the voice is off, words say so. */
void volant_voice_bar_press (VolantVoiceBar *self);

G_END_DECLS
