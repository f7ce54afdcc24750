/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* What is shown in place of everything else once the rental has ended. */
#define VOLANT_TYPE_GOODBYE_SCREEN (volant_goodbye_screen_get_type ())
G_DECLARE_FINAL_TYPE (VolantGoodbyeScreen, volant_goodbye_screen, VOLANT, GOODBYE_SCREEN,
                      VolantPanel)

/* Signals "opened" (): the rental has ended; "closed" (): it has been read, or nobody is there. */

G_END_DECLS
