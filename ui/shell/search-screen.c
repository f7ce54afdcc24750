/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/search-screen.h"

#include "app/text/text.h"
#include "ui/shell/keypad.h"
#include "ui/shell/nearby.h"
#include "ui/shell/wording.h"

#include <math.h>

/* The letters are searched a moment after the last one, so that fast typing is not held up. */

#define SEARCH_AFTER_MS 60
#define N_RESULTS_MAX 6

struct _VolantSearchScreen {
  VolantPanel parent;

  GtkEntry *entry;
  GtkWidget *clear;
  GtkGrid *results;
  GtkLabel *message;
  VolantKeypad *keypad;

  unsigned n_results;
  unsigned search_timer;
};

G_DEFINE_FINAL_TYPE (VolantSearchScreen, volant_search_screen, VOLANT_TYPE_PANEL)

static void
go_to (VolantSearchScreen *self, const char *id)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));

  volant_action_perform (session, "nav.go-to", g_variant_new_string (id));
  volant_action_perform (session, "screen.show", g_variant_new_string ("map"));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
on_result_clicked (GtkButton *button, VolantSearchScreen *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "volant-target"));

  go_to (self, id);
}

static GtkWidget *
make_line (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
make_result (VolantSearchScreen *self, const VolantTarget *target, unsigned number)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (
      target->is_station ? "volant-station-symbolic" : "volant-place-symbolic");
  g_autofree char *id = g_strdup_printf ("search-result-%u", number);
  double distance_m = volant_nearby_distance_m (session, target->point);

  gtk_widget_set_name (button, id);
  gtk_widget_add_css_class (button, "row");
  gtk_widget_add_css_class (button, "result");
  gtk_widget_add_css_class (icon, target->is_station ? "good" : "secondary");
  gtk_widget_add_css_class (box, "gap-small");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (words), make_line (target->name, "medium"));
  if (!isnan (distance_m))
    {
      g_autofree char *distance
          = volant_text_distance (volant_session_get_language (session), distance_m);

      gtk_box_append (GTK_BOX (words), make_line (distance, "secondary"));
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  volant_wording_set_name (button, target->name);
  g_object_set_data_full (G_OBJECT (button), "volant-target", g_strdup (target->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_result_clicked), self);
  return button;
}

static void
show_results (VolantSearchScreen *self, GPtrArray *targets, const char *message)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->results))) != NULL)
    gtk_grid_remove (self->results, child);
  for (unsigned i = 0; targets != NULL && i < MIN (targets->len, self->n_results); i++)
    gtk_grid_attach (self->results, make_result (self, g_ptr_array_index (targets, i), i + 1),
                     (int) i % 2, (int) i / 2, 1, 1);
  gtk_label_set_text (self->message, message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *message != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->results), *message == '\0');
}

/* Before the first letter: the stations nearby, which is where most people go. */
static void
suggest (VolantSearchScreen *self, VolantSession *session, const char *language)
{
  g_autoptr (GPtrArray) nearest = volant_nearby_stations (session, self->n_results);
  g_autoptr (GPtrArray) targets
      = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_target_free);

  for (unsigned i = 0; i < nearest->len; i++)
    {
      const VolantStation *station = g_ptr_array_index (nearest, i);
      g_autofree char *id = g_strconcat ("station:", station->id, NULL);

      g_ptr_array_add (targets, volant_target_new (id, station->name, station->point, true));
    }
  show_results (self, targets,
                targets->len > 0
                    ? ""
                    : volant_text (language, N_ ("Type a few letters, or touch the microphone.")));
}

static void
search (VolantSearchScreen *self)
{
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (self));
  const char *language = volant_session_get_language (session);
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (GError) error = NULL;

  if (*text == '\0')
    {
      suggest (self, session, language);
      return;
    }
  targets = volant_session_resolve (session, text, N_RESULTS_MAX, &error);
  if (targets != NULL && targets->len > 0)
    show_results (self, targets, "");
  else
    {
      g_autofree char *words
          = volant_text_format (language, N_ ("Nothing here is called “%s”."), text);

      show_results (self, NULL, words);
    }
}

static gboolean
on_search_timer (void *data)
{
  VolantSearchScreen *self = data;

  self->search_timer = 0;
  search (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (VolantSearchScreen *self)
{
  g_clear_handle_id (&self->search_timer, g_source_remove);
  self->search_timer = g_timeout_add (SEARCH_AFTER_MS, on_search_timer, self);
  gtk_widget_set_sensitive (self->clear,
                            *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

static void
on_activate (VolantSearchScreen *self)
{
  GtkWidget *first;

  g_clear_handle_id (&self->search_timer, g_source_remove);
  search (self);
  first = gtk_grid_get_child_at (self->results, 0, 0);
  if (first != NULL && gtk_widget_get_visible (GTK_WIDGET (self->results)))
    on_result_clicked (GTK_BUTTON (first), self);
}

static void
on_clear (VolantSearchScreen *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
on_typed (VolantSearchScreen *self, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  int position;

  gtk_editable_delete_selection (editable);
  position = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, position);
}

static void
on_erased (VolantSearchScreen *self)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  int position = gtk_editable_get_position (editable);

  if (gtk_editable_get_selection_bounds (editable, NULL, NULL))
    gtk_editable_delete_selection (editable);
  else if (position > 0)
    gtk_editable_delete_text (editable, position - 1, position);
}

static void
volant_search_screen_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  search (VOLANT_SEARCH_SCREEN (panel));
}

/* What is near has changed while another screen was shown. */
static void
volant_search_screen_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (volant_search_screen_parent_class)->map (widget);
  volant_panel_refresh (VOLANT_PANEL (widget));
}

static void
volant_search_screen_bind (VolantPanel *panel, VolantSession *session)
{
  VolantSearchScreen *self = VOLANT_SEARCH_SCREEN (panel);

  g_signal_connect_object (session, "stations-changed", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  volant_panel_bind (VOLANT_PANEL (self->keypad), session);
  g_signal_connect_object (self->keypad, "typed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keypad, "erased", G_CALLBACK (on_erased), self,
                           G_CONNECT_SWAPPED);
}

static void
volant_search_screen_dispose (GObject *object)
{
  VolantSearchScreen *self = VOLANT_SEARCH_SCREEN (object);

  g_clear_handle_id (&self->search_timer, g_source_remove);
  G_OBJECT_CLASS (volant_search_screen_parent_class)->dispose (object);
}

static void
volant_search_screen_class_init (VolantSearchScreenClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = volant_search_screen_dispose;
  widget_class->map = volant_search_screen_map;
  VOLANT_PANEL_CLASS (class)->bind = volant_search_screen_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_search_screen_refresh;
  g_type_ensure (VOLANT_TYPE_KEYPAD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/search-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantSearchScreen, entry);
  gtk_widget_class_bind_template_child (widget_class, VolantSearchScreen, clear);
  gtk_widget_class_bind_template_child (widget_class, VolantSearchScreen, results);
  gtk_widget_class_bind_template_child (widget_class, VolantSearchScreen, message);
  gtk_widget_class_bind_template_child (widget_class, VolantSearchScreen, keypad);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
}

static void
volant_search_screen_init (VolantSearchScreen *self)
{
  self->n_results = N_RESULTS_MAX;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->clear, FALSE);
}

void
volant_search_screen_set_results (VolantSearchScreen *self, unsigned n_results)
{
  n_results = CLAMP (n_results, 2, N_RESULTS_MAX);
  if (self->n_results == n_results)
    return;
  self->n_results = n_results;
  volant_panel_refresh (VOLANT_PANEL (self));
}

void
volant_search_screen_focus (VolantSearchScreen *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
