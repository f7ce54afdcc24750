/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* The start screen of a rented car: welcome, range, nearest stations, what one may do. */
#define VOLANT_TYPE_HOME_SCREEN (volant_home_screen_get_type ())
G_DECLARE_FINAL_TYPE (VolantHomeScreen, volant_home_screen, VOLANT, HOME_SCREEN, VolantPanel)

/* How many stations fit. */
void volant_home_screen_set_rows (VolantHomeScreen *self, unsigned n_rows);

G_END_DECLS
