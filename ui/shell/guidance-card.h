/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* What to do next on the way: arrow, distance, street, and the arrow after it. */
#define VOLANT_TYPE_GUIDANCE_CARD (volant_guidance_card_get_type ())
G_DECLARE_FINAL_TYPE (VolantGuidanceCard, volant_guidance_card, VOLANT, GUIDANCE_CARD, VolantPanel)

/* The icon that shows a manoeuvre. Never NULL. */
const char *volant_guidance_icon (const VolantManoeuvre *manoeuvre);

G_END_DECLS
