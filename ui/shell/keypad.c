/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/keypad.h"

#include "app/text/text.h"
#include "ui/shell/wording.h"

#include <string.h>

/* Ten columns of at least 12.1 mm, three rows. A layout is written as three lines; in the last "#" is
 * the key of the other page, "_" the space, which takes what is left, "<" erases. Accents are not
 * needed: the place index folds them. */

#define N_COLUMNS 10
#define N_ROWS 3

struct _VolantKeypad {
  VolantPanel parent;

  GtkGrid *grid;
  bool digits;
};

G_DEFINE_FINAL_TYPE (VolantKeypad, volant_keypad, VOLANT_TYPE_PANEL)

static unsigned signal_typed;
static unsigned signal_erased;

static const char *const azerty[N_ROWS] = { "azertyuiop", "qsdfghjklm", "#wxcvbn'_<" };
static const char *const qwerty[N_ROWS] = { "qwertyuiop", "asdfghjkl'", "#zxcvbnm_<" };
static const char *const digits[N_ROWS] = { "1234567890", "-/.,'()&:+", "#_<" };

static void
on_key_clicked (GtkButton *button, VolantKeypad *self)
{
  g_signal_emit (self, signal_typed, 0, g_object_get_data (G_OBJECT (button), "volant-key"));
}

static void
on_erase_clicked (VolantKeypad *self)
{
  g_signal_emit (self, signal_erased, 0);
}

static void
on_page_clicked (VolantKeypad *self)
{
  self->digits = !self->digits;
  volant_panel_refresh (VOLANT_PANEL (self));
}

static GtkWidget *
make_letter (VolantKeypad *self, char key)
{
  const char text[] = { key, '\0' };
  GtkWidget *button = gtk_button_new_with_label (text);
  g_autofree char *id = g_strdup_printf ("key-%s", text);

  gtk_widget_set_name (button, id);
  g_object_set_data_full (G_OBJECT (button), "volant-key", g_strdup (text), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_key_clicked), self);
  volant_wording_set_name (button, text);
  return button;
}

static GtkWidget *
make_key (VolantKeypad *self, char key, const char *language)
{
  GtkWidget *button;

  switch (key)
    {
    case '#':
      button = gtk_button_new_with_label (self->digits ? "abc" : "123");
      gtk_widget_set_name (button, "key-digits");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_page_clicked), self);
      volant_wording_set_name (button, self->digits ? volant_text (language, N_ ("Letters"))
                                                    : volant_text (language, N_ ("Digits")));
      break;
    case '<':
      button = gtk_button_new_from_icon_name ("volant-backspace-symbolic");
      gtk_widget_set_name (button, "key-backspace");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_erase_clicked), self);
      volant_wording_set_name (button, volant_text (language, N_ ("Erase")));
      break;
    case '_':
      button = gtk_button_new_from_icon_name ("volant-space-symbolic");
      gtk_widget_set_name (button, "key-space");
      g_object_set_data_full (G_OBJECT (button), "volant-key", g_strdup (" "), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (on_key_clicked), self);
      volant_wording_set_name (button, volant_text (language, N_ ("Space")));
      break;
    default:
      button = make_letter (self, key);
      break;
    }
  gtk_widget_add_css_class (button, "key");
  gtk_widget_set_focus_on_click (button, FALSE);
  return button;
}

static void
volant_keypad_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantKeypad *self = VOLANT_KEYPAD (panel);
  const char *const *layout = self->digits                   ? digits
                              : g_str_equal (language, "fr") ? azerty
                                                             : qwerty;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (int row = 0; row < N_ROWS; row++)
    {
      int n_keys = (int) strlen (layout[row]);
      int column = 0;

      for (int i = 0; i < n_keys; i++)
        {
          int width = layout[row][i] == '_' ? N_COLUMNS - n_keys + 1 : 1;

          gtk_grid_attach (self->grid, make_key (self, layout[row][i], language), column, row,
                           width, 1);
          column += width;
        }
    }
}

static void
volant_keypad_class_init (VolantKeypadClass *class)
{
  VOLANT_PANEL_CLASS (class)->refresh = volant_keypad_refresh;
  signal_typed = g_signal_new ("typed", VOLANT_TYPE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_STRING);
  signal_erased = g_signal_new ("erased", VOLANT_TYPE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
volant_keypad_init (VolantKeypad *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->grid), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "gap-tiny");
  gtk_widget_set_name (GTK_WIDGET (self), "keypad");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->grid));
}
