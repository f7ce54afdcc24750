/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* Widgets as a script sees them: found by id, tapped if a finger could, written down as text. */

G_BEGIN_DECLS

/* What goes wrong when a script touches the screen. */
typedef enum {
  VOLANT_TREE_ERROR_NOT_FOUND, /* no widget has this id */
  VOLANT_TREE_ERROR_HIDDEN,
  VOLANT_TREE_ERROR_DISABLED,
  VOLANT_TREE_ERROR_COVERED,
  VOLANT_TREE_ERROR_UNSUITABLE, /* cannot be tapped or typed into */
} VolantTreeError;

#define VOLANT_TREE_ERROR (volant_tree_error_quark ())
GQuark volant_tree_error_quark (void);

/* The widget of that id; a shown one goes before hidden ones. NULL where there is none. */
GtkWidget *volant_tree_find (GtkWidget *root, const char *id);

/* Whether a finger can reach it: shown, sensitive, in the window and not covered. */
bool volant_tree_check_reachable (GtkWidget *root, GtkWidget *widget, GError **error);

/* Whether a finger can reach the pixel x, y of it. */
bool volant_tree_check_point (GtkWidget *root, GtkWidget *widget, double x, double y,
                              GError **error);

/* Taps a control. Refuses with words what a finger could not do. */
bool volant_tree_tap (GtkWidget *root, const char *id, GError **error);
/* Puts text into an entry in place of what is there, or a number into a slider. */
bool volant_tree_type (GtkWidget *root, const char *id, const char *text, GError **error);
/* What a key of that name ("Tab", "Return", "a") does to the focused widget, where no keyboard can
 * press it: see keyboard.h. */
bool volant_tree_press_key (GtkWindow *window, const char *name, GError **error);

/* What is written on a widget and in it, as read: labels and entries in order, a space between
 * (transfer full). */
char *volant_tree_get_text (GtkWidget *root, const char *id, GError **error);

/* Every shown widget that has an id or text, a line each, indented by depth:
 * "media-play GtkButton button 24,610 140x71 "Pause"", then " disabled", " focus", " ellipsised"
 * where it is so (transfer full). */
char *volant_tree_dump (GtkWidget *root);

G_END_DECLS
