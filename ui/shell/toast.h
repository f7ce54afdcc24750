/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* What was just done or refused, with undo where it can be undone; goes after eight seconds. */
#define VOLANT_TYPE_TOAST_CARD (volant_toast_card_get_type ())
G_DECLARE_FINAL_TYPE (VolantToastCard, volant_toast_card, VOLANT, TOAST_CARD, VolantPanel)

void volant_toast_card_dismiss (VolantToastCard *self);

G_END_DECLS
