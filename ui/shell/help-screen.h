/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* What can I say? Three sayable sentences for each thing the car does, from the command catalogue,
 * so that what is shown is what is understood. */
#define VOLANT_TYPE_HELP_SCREEN (volant_help_screen_get_type ())
G_DECLARE_FINAL_TYPE (VolantHelpScreen, volant_help_screen, VOLANT, HELP_SCREEN, VolantPanel)

/* Topics side by side. */
void volant_help_screen_set_columns (VolantHelpScreen *self, int n_columns);
/* Fewer examples of each topic. */
void volant_help_screen_set_short (VolantHelpScreen *self, bool is_short);

G_END_DECLS
