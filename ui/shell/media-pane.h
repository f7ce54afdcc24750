/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* Music: what plays, where in it, the controls, and the tracks a page at a time. */
#define VOLANT_TYPE_MEDIA_PANE (volant_media_pane_get_type ())
G_DECLARE_FINAL_TYPE (VolantMediaPane, volant_media_pane, VOLANT, MEDIA_PANE, VolantPanel)

/* narrow: the cover stands beside the words instead of above them. n_rows: tracks in the list; 0 hides
 * the list. */
void volant_media_pane_set_layout (VolantMediaPane *self, bool narrow, unsigned n_rows);

G_END_DECLS
