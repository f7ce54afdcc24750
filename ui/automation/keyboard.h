/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* Keys that are really pressed: sent to the X server, they come back to the program as those of any
 * keyboard, through input method, shortcuts, focus and all. */

G_BEGIN_DECLS

typedef struct _VolantKeyboard VolantKeyboard;

/* NULL where the display is not X's, or its server does not know XTEST. */
VolantKeyboard *volant_keyboard_new (GdkDisplay *display);
void volant_keyboard_free (VolantKeyboard *keyboard);

/* The hardware code of a key, as in a key event; 0 where the keyboard has no such key. */
unsigned volant_keyboard_find (VolantKeyboard *keyboard, unsigned keyval);

/* Presses a key and lets it go, on whichever window has the keyboard: is the caller's one active?
 * Its events have not come yet when this returns. */
void volant_keyboard_press (VolantKeyboard *keyboard, unsigned keyval);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantKeyboard, volant_keyboard_free)

G_END_DECLS
