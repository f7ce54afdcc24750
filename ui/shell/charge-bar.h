/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How full the battery is, as a bar. */
#define VOLANT_TYPE_CHARGE_BAR (volant_charge_bar_get_type ())
G_DECLARE_FINAL_TYPE (VolantChargeBar, volant_charge_bar, VOLANT, CHARGE_BAR, GtkWidget)

void volant_charge_bar_set_percent (VolantChargeBar *self, double percent); /* NAN unknown */

G_END_DECLS
