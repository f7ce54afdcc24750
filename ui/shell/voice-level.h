/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The state of the voice as a shape that can be read at a glance: dots at rest, bars that breathe with
 * the sound while listening, a travelling dot while thinking, a wave while speaking, a dash when off. */
#define VOLANT_TYPE_VOICE_LEVEL (volant_voice_level_get_type ())
G_DECLARE_FINAL_TYPE (VolantVoiceLevel, volant_voice_level, VOLANT, VOICE_LEVEL, GtkWidget)

void volant_voice_level_set_state (VolantVoiceLevel *self, VolantVoiceState state);
void volant_voice_level_set_level (VolantVoiceLevel *self, double level); /* 0…1 */

G_END_DECLS
