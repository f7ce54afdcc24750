/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* Language, light, orientation of the map, voice; what the car goes without; the end of the rental. */
#define VOLANT_TYPE_SETTINGS_SCREEN (volant_settings_screen_get_type ())
G_DECLARE_FINAL_TYPE (VolantSettingsScreen, volant_settings_screen, VOLANT, SETTINGS_SCREEN,
                      VolantPanel)

G_END_DECLS
