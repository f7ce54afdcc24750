/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* The look of the program on this panel: the style sheet of data/style/ with its lengths turned into
 * pixels by the panel's real density, and its colours by day or night. */

G_BEGIN_DECLS

/* Installs the style for a display. dpi: pixels per inch of the panel, > 0. */
void volant_style_install (GdkDisplay *display, double dpi);
void volant_style_set_night (bool night);

/* Pixels of a length in dp (1/160 inch), and of the smallest touch target. */
int volant_style_px (double length_dp);
int volant_style_target_px (void);

/* The density to assume when nobody says: the monitor's where it is plausible, else that of the
 * panels such cars have (7 inch at 800x480, 10.1 inch at 1280x800). */
double volant_style_guess_dpi (GdkMonitor *monitor, int width_px, bool kiosk);

/* The style sheet as it is given to GTK, for tests (transfer full). */
char *volant_style_compile (const char *css, double dpi, bool night);

G_END_DECLS
