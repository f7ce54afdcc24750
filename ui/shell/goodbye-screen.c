/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/goodbye-screen.h"

#include "app/text/text.h"

/* The renter's name goes with the rental; it is kept here until the goodbye has been read, and no
 * longer. */

#define STAYS_S 20

struct _VolantGoodbyeScreen {
  VolantPanel parent;

  GtkLabel *title;

  char *renter; /* NULL: nobody */
  bool is_open;
  unsigned timer;
};

G_DEFINE_FINAL_TYPE (VolantGoodbyeScreen, volant_goodbye_screen, VOLANT_TYPE_PANEL)

static unsigned signal_opened;
static unsigned signal_closed;

static void
volant_goodbye_screen_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantGoodbyeScreen *self = VOLANT_GOODBYE_SCREEN (panel);
  g_autofree char *title = NULL;

  if (!self->is_open || self->renter == NULL)
    return;
  title = volant_text_format (language, N_ ("Goodbye, %s"), self->renter);
  gtk_label_set_text (self->title, title);
}

static void
on_close (VolantGoodbyeScreen *self)
{
  if (!self->is_open)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_open = false;
  g_clear_pointer (&self->renter, g_free);
  gtk_label_set_text (self->title, "");
  g_signal_emit (self, signal_closed, 0);
}

static gboolean
on_timer (void *data)
{
  VolantGoodbyeScreen *self = data;

  self->timer = 0;
  on_close (self);
  return G_SOURCE_REMOVE;
}

static void
on_rental_changed (VolantGoodbyeScreen *self)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));
  const VolantRental *rental = volant_session_get_rental (session);

  if (rental != NULL)
    {
      on_close (self);
      g_free (self->renter);
      self->renter = g_strdup (rental->renter);
    }
  else if (self->renter != NULL && !self->is_open)
    {
      self->is_open = true;
      volant_panel_refresh (VOLANT_PANEL (self));
      self->timer = g_timeout_add_seconds (STAYS_S, on_timer, self);
      g_signal_emit (self, signal_opened, 0);
    }
}

static void
volant_goodbye_screen_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (session, "notify::rental", G_CALLBACK (on_rental_changed), panel,
                           G_CONNECT_SWAPPED);
  on_rental_changed (VOLANT_GOODBYE_SCREEN (panel));
}

static void
volant_goodbye_screen_dispose (GObject *object)
{
  VolantGoodbyeScreen *self = VOLANT_GOODBYE_SCREEN (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->renter, g_free);
  G_OBJECT_CLASS (volant_goodbye_screen_parent_class)->dispose (object);
}

static void
volant_goodbye_screen_class_init (VolantGoodbyeScreenClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = volant_goodbye_screen_dispose;
  VOLANT_PANEL_CLASS (class)->bind = volant_goodbye_screen_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_goodbye_screen_refresh;
  signal_opened = g_signal_new ("opened", VOLANT_TYPE_GOODBYE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  signal_closed = g_signal_new ("closed", VOLANT_TYPE_GOODBYE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/goodbye-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantGoodbyeScreen, title);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
volant_goodbye_screen_init (VolantGoodbyeScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
