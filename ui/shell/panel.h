/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

/* What every screen and card of the shell is: a box made from a template, bound once to the session
 * whose models it shows, and put into words again when the language changes. */

G_BEGIN_DECLS

#define VOLANT_TYPE_PANEL (volant_panel_get_type ())
G_DECLARE_DERIVABLE_TYPE (VolantPanel, volant_panel, VOLANT, PANEL, GtkBox)

struct _VolantPanelClass {
  GtkBoxClass parent_class;

  /* Connects to the models and binds the panels inside; called once. May be NULL. */
  void (*bind) (VolantPanel *self, VolantSession *session);
  /* Writes all text that is made by code; called after bind and at each change of language. May be
   * NULL. */
  void (*refresh) (VolantPanel *self, VolantSession *session, const char *language);
};

void volant_panel_bind (VolantPanel *self, VolantSession *session);
VolantSession *volant_panel_get_session (VolantPanel *self);  /* (nullable) before bind */
const char *volant_panel_get_language (VolantPanel *self);
/* Calls the class's refresh, if bound: what signal handlers connect to. */
void volant_panel_refresh (VolantPanel *self);

G_END_DECLS
