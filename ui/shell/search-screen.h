/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* Where to? Letters from the keypad or a keyboard, results as they come, a touch goes there. */
#define VOLANT_TYPE_SEARCH_SCREEN (volant_search_screen_get_type ())
G_DECLARE_FINAL_TYPE (VolantSearchScreen, volant_search_screen, VOLANT, SEARCH_SCREEN, VolantPanel)

/* Results shown, in two columns: 2 to 6. */
void volant_search_screen_set_results (VolantSearchScreen *self, unsigned n_results);
void volant_search_screen_focus (VolantSearchScreen *self);

G_END_DECLS
