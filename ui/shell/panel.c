/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/panel.h"

#include "ui/shell/wording.h"

/* A panel holds a reference to the session; handlers are connected with the panel as their object and
 * end with it. */

typedef struct {
  VolantSession *session;
} VolantPanelPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (VolantPanel, volant_panel, GTK_TYPE_BOX)

static void
volant_panel_dispose (GObject *object)
{
  VolantPanelPrivate *priv = volant_panel_get_instance_private (VOLANT_PANEL (object));

  g_clear_object (&priv->session);
  G_OBJECT_CLASS (volant_panel_parent_class)->dispose (object);
}

static void
volant_panel_class_init (VolantPanelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = volant_panel_dispose;
}

static void
volant_panel_init (VolantPanel *self)
{
}

static void
on_language_changed (VolantPanel *self)
{
  volant_wording_apply (GTK_WIDGET (self), volant_panel_get_language (self));
  volant_panel_refresh (self);
}

void
volant_panel_bind (VolantPanel *self, VolantSession *session)
{
  VolantPanelPrivate *priv = volant_panel_get_instance_private (self);

  g_return_if_fail (VOLANT_IS_PANEL (self) && priv->session == NULL);
  priv->session = g_object_ref (session);
  if (VOLANT_PANEL_GET_CLASS (self)->bind != NULL)
    VOLANT_PANEL_GET_CLASS (self)->bind (self, session);
  g_signal_connect_object (session, "notify::language", G_CALLBACK (on_language_changed), self,
                           G_CONNECT_SWAPPED);
  on_language_changed (self);
}

VolantSession *
volant_panel_get_session (VolantPanel *self)
{
  VolantPanelPrivate *priv = volant_panel_get_instance_private (self);

  return priv->session;
}

const char *
volant_panel_get_language (VolantPanel *self)
{
  VolantPanelPrivate *priv = volant_panel_get_instance_private (self);

  return volant_session_get_language (priv->session);
}

void
volant_panel_refresh (VolantPanel *self)
{
  VolantPanelPrivate *priv = volant_panel_get_instance_private (self);

  if (priv->session != NULL && VOLANT_PANEL_GET_CLASS (self)->refresh != NULL)
    VOLANT_PANEL_GET_CLASS (self)->refresh (self, priv->session,
                                            volant_session_get_language (priv->session));
}
