/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "ui/map/map-pane.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The one window: the screens, the voice bar under them, questions and toasts over them. */
#define VOLANT_TYPE_WINDOW (volant_window_get_type ())
G_DECLARE_FINAL_TYPE (VolantWindow, volant_window, VOLANT, WINDOW, GtkApplicationWindow)

/* kiosk: fullscreen, no decorations, cannot be closed. Shows the name until a session is set. */
VolantWindow *volant_window_new (GtkApplication *application, int width_px, int height_px,
                                 bool kiosk);
/* Binds every screen to the session; once. */
void volant_window_set_session (VolantWindow *self, VolantSession *session);
/* One line where the screens would be: why the car cannot be shown. */
void volant_window_show_failure (VolantWindow *self, const char *words);
/* NULL before there is a session. */
VolantMapPane *volant_window_get_map_pane (VolantWindow *self);
/* Whether the map has drawn all that is in view (true while it is not shown). */
bool volant_window_is_complete (VolantWindow *self);

G_END_DECLS
