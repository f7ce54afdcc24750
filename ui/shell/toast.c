/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/toast.h"

/* The undo token is good for eight seconds, so the toast stays that long. A new toast replaces the old
 * one at once: only the newest can be undone by touch. */

#define SHOWN_S 8

struct _VolantToastCard {
  VolantPanel parent;

  GtkImage *icon;
  GtkLabel *text;
  GtkWidget *undo;

  unsigned serial;
  unsigned timer;
};

G_DEFINE_FINAL_TYPE (VolantToastCard, volant_toast_card, VOLANT_TYPE_PANEL)

static void
hide (VolantToastCard *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
on_timer (void *data)
{
  VolantToastCard *self = data;

  self->timer = 0;
  hide (self);
  return G_SOURCE_REMOVE;
}

static void
on_toast_changed (VolantToastCard *self)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));
  const VolantToast *toast = volant_session_get_toast (session);
  bool undoable = toast != NULL && toast->undo != NULL;

  if (toast == NULL || toast->text == NULL || *toast->text == '\0')
    {
      hide (self);
      return;
    }
  if (toast->serial == self->serial)
    return;
  self->serial = toast->serial;
  gtk_label_set_text (self->text, toast->text);
  gtk_image_set_from_icon_name (self->icon, toast->is_error ? "volant-warning-symbolic"
                                                            : "volant-done-symbolic");
  if (toast->is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "bad");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "bad");
  gtk_widget_set_visible (self->undo, undoable);
  if (undoable)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->undo), "s", toast->undo);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (SHOWN_S, on_timer, self);
}

static void
volant_toast_card_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (session, "notify::toast", G_CALLBACK (on_toast_changed), panel,
                           G_CONNECT_SWAPPED);
  on_toast_changed (VOLANT_TOAST_CARD (panel));
}

static void
volant_toast_card_dispose (GObject *object)
{
  VolantToastCard *self = VOLANT_TOAST_CARD (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (volant_toast_card_parent_class)->dispose (object);
}

static void
volant_toast_card_class_init (VolantToastCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = volant_toast_card_dispose;
  VOLANT_PANEL_CLASS (class)->bind = volant_toast_card_bind;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/volant/Volant/shell/toast.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantToastCard, icon);
  gtk_widget_class_bind_template_child (widget_class, VolantToastCard, text);
  gtk_widget_class_bind_template_child (widget_class, VolantToastCard, undo);
}

static void
volant_toast_card_init (VolantToastCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
volant_toast_card_dismiss (VolantToastCard *self)
{
  hide (self);
}
