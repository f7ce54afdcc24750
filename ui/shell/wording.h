/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Text of templates in the session's language, rebound when it changes. A template holds the English
 * text: in labels of the style class "phrase", and in the tooltip of a control, which becomes its
 * accessible name (a touch screen shows no tooltips). */

G_BEGIN_DECLS

/* Puts every phrase under root into a language. */
void volant_wording_apply (GtkWidget *root, const char *language);

/* Names a control for those who do not see it; name is already in the session's language. */
void volant_wording_set_name (GtkWidget *widget, const char *name);
/* The name given above or by a template; NULL where there is none. */
const char *volant_wording_get_name (GtkWidget *widget);

G_END_DECLS
