/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/help-screen.h"

#include "app/text/text.h"
#include "app/voice/examples.h"
#include "ui/shell/nearby.h"
#include "ui/shell/talk-key.h"

#include <string.h>

/* A topic is a card: a picture, a title and one example of each of its actions, the first three on
 * a short panel. Slots are filled with what is really there: the nearest station's name. */

#define N_EXAMPLES 5
#define N_EXAMPLES_SHORT 3

struct _VolantHelpScreen {
  VolantPanel parent;

  GtkLabel *how;
  GtkGrid *topics;
  int n_columns;
  unsigned n_examples; /* of each topic */
};

G_DEFINE_FINAL_TYPE (VolantHelpScreen, volant_help_screen, VOLANT_TYPE_PANEL)

static const struct {
  const char *id;
  const char *icon;
  const char *title;
  const char *actions[N_EXAMPLES];
} topics[] = {
  { "help-way",
    "volant-turn-straight-symbolic",
    N_ ("The way"),
    { "nav.go-to", "nav.tell-arrival", "nav.stop", "nav.tell-next", "nav.repeat" } },
  { "help-stations",
    "volant-station-symbolic",
    N_ ("Stations and charge"),
    { "nav.go-to-nearest-station", "nav.list-stations", "vehicle.tell-range",
      "vehicle.tell-charge", "rental.end" } },
  { "help-music",
    "volant-media-symbolic",
    N_ ("Music"),
    { "media.play", "media.next", "media.louder", "media.pause", "media.previous" } },
  { "help-screen",
    "volant-map-symbolic",
    N_ ("The screen"),
    { "screen.show", "map.zoom-in", "screen.set-theme", "map.recentre", "app.undo" } },
};

/* "take me to <station>" → “take me to Quai des Brumes”. */
static char *
fill_slots (VolantSession *session, const char *example)
{
  g_autoptr (GPtrArray) nearest = volant_nearby_stations (session, 1);
  g_autoptr (GString) text = g_string_new (example);

  if (nearest->len > 0)
    {
      const VolantStation *station = g_ptr_array_index (nearest, 0);
      const char *name = station->spoken_name != NULL && *station->spoken_name != '\0'
                             ? station->spoken_name
                             : station->name;

      g_string_replace (text, "<station>", name, 0);
    }
  g_string_replace (text, "<number>", "2", 0);
  if (strchr (text->str, '<') != NULL)
    return NULL;
  return volant_text_format (volant_session_get_language (session), N_ ("“%s”"), text->str);
}

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  return label;
}

static void
add_examples (VolantSession *session, GtkBox *card, const char *action)
{
  g_auto (GStrv) examples = volant_examples_list (session, action, N_EXAMPLES);

  for (unsigned i = 0; examples != NULL && examples[i] != NULL; i++)
    {
      g_autofree char *text = fill_slots (session, examples[i]);

      if (text == NULL)
        continue;
      gtk_box_append (card, make_label (text, "example"));
      return;
    }
}

static GtkWidget *
make_topic (VolantSession *session, size_t topic, const char *language, unsigned n_examples)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (topics[topic].icon);

  gtk_widget_set_name (card, topics[topic].id);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "topic");
  gtk_widget_add_css_class (card, "gap-small");
  gtk_widget_add_css_class (head, "gap-small");
  gtk_widget_add_css_class (icon, "accent");
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), make_label (volant_text (language, topics[topic].title), "body"));
  gtk_box_append (GTK_BOX (card), head);
  for (unsigned i = 0; i < n_examples; i++)
    add_examples (session, GTK_BOX (card), topics[topic].actions[i]);
  return card;
}

/* The key is told of where there are keys. */
static void
refresh_how (VolantHelpScreen *self, const char *language)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  bool has_keys = seat != NULL
                  && (gdk_seat_get_capabilities (seat) & GDK_SEAT_CAPABILITY_KEYBOARD) != 0;
  g_autofree char *with_key = volant_text_format (
      language, N_ ("Touch the microphone or press %s, wait for the bars, speak."),
      VOLANT_TALK_KEY_NAME);

  gtk_label_set_text (
      self->how, has_keys ? with_key
                          : volant_text (language,
                                         N_ ("Touch the microphone, wait for the bars, speak.")));
}

static void
volant_help_screen_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantHelpScreen *self = VOLANT_HELP_SCREEN (panel);
  GtkWidget *child;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  refresh_how (self, language);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->topics))) != NULL)
    gtk_grid_remove (self->topics, child);
  for (size_t i = 0; i < G_N_ELEMENTS (topics); i++)
    gtk_grid_attach (self->topics, make_topic (session, i, language, self->n_examples),
                     (int) i % self->n_columns, (int) i / self->n_columns, 1, 1);
}

static void
volant_help_screen_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (volant_help_screen_parent_class)->map (widget);
  volant_panel_refresh (VOLANT_PANEL (widget));
}

static void
volant_help_screen_class_init (VolantHelpScreenClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->map = volant_help_screen_map;
  VOLANT_PANEL_CLASS (class)->refresh = volant_help_screen_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/help-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantHelpScreen, how);
  gtk_widget_class_bind_template_child (widget_class, VolantHelpScreen, topics);
}

static void
volant_help_screen_init (VolantHelpScreen *self)
{
  self->n_columns = 2;
  self->n_examples = N_EXAMPLES;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
volant_help_screen_set_columns (VolantHelpScreen *self, int n_columns)
{
  self->n_columns = n_columns;
  volant_panel_refresh (VOLANT_PANEL (self));
}

void
volant_help_screen_set_short (VolantHelpScreen *self, bool is_short)
{
  self->n_examples = is_short ? N_EXAMPLES_SHORT : N_EXAMPLES;
  volant_panel_refresh (VOLANT_PANEL (self));
}
