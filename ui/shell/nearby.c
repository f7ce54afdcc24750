/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/nearby.h"

#include "app/text/text.h"
#include "ui/shell/wording.h"

#include <math.h>

/* A car is being returned, so the number that matters is the free docks; a bolt where it charges. */

typedef struct {
  const VolantStation *station;
  double distance_m;
} Nearby;

double
volant_nearby_distance_m (VolantSession *session, VolantPoint point)
{
  VolantPosition *position = volant_session_get_position (session);
  VolantFix fix = { 0 };

  if (position != NULL)
    volant_position_get_fix (position, &fix);
  return fix.valid ? volant_geo_distance_m (fix.point, point) : NAN;
}

static int
compare_nearby (const void *a, const void *b)
{
  const Nearby *left = a;
  const Nearby *right = b;

  return (left->distance_m > right->distance_m) - (left->distance_m < right->distance_m);
}

GPtrArray *
volant_nearby_stations (VolantSession *session, unsigned limit)
{
  GPtrArray *all = volant_session_get_stations (session);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Nearby));
  GPtrArray *nearest = g_ptr_array_new ();

  for (unsigned i = 0; all != NULL && i < all->len; i++)
    {
      const VolantStation *station = g_ptr_array_index (all, i);
      Nearby nearby = { station, volant_nearby_distance_m (session, station->point) };

      if (station->is_installed && station->is_returning)
        g_array_append_val (sorted, nearby);
    }
  if (sorted->len > 0 && !isnan (g_array_index (sorted, Nearby, 0).distance_m))
    g_array_sort (sorted, compare_nearby);
  for (unsigned i = 0; i < sorted->len && i < limit; i++)
    g_ptr_array_add (nearest, (void *) g_array_index (sorted, Nearby, i).station);
  return nearest;
}

static void
on_row_clicked (GtkButton *button, VolantSession *session)
{
  const char *id = g_object_get_data (G_OBJECT (button), "volant-station");

  volant_action_perform (session, "map.select-station", g_variant_new_string (id));
  volant_action_perform (session, "screen.show", g_variant_new_string ("map"));
}

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, class);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
make_count (VolantSession *session, const VolantStation *station)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *bolt = gtk_image_new_from_icon_name ("volant-charger-symbolic");
  g_autofree char *docks = station->docks_available < 0
                               ? g_strdup ("–")
                               : g_strdup_printf ("%d", station->docks_available);
  GtkWidget *number = gtk_label_new (docks);

  gtk_widget_add_css_class (box, "gap-tiny");
  gtk_widget_add_css_class (bolt, "tiny");
  gtk_widget_add_css_class (bolt, "good");
  gtk_widget_set_opacity (bolt, station->has_charging ? 1.0 : 0.0);
  gtk_widget_add_css_class (number, "body");
  gtk_widget_add_css_class (number, station->docks_available == 0 ? "bad" : "medium");
  gtk_label_set_width_chars (GTK_LABEL (number), 2);
  gtk_label_set_xalign (GTK_LABEL (number), 1.0f);
  gtk_box_append (GTK_BOX (box), bolt);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("volant-dock-symbolic"));
  gtk_box_append (GTK_BOX (box), number);
  return box;
}

GtkWidget *
volant_nearby_row_new (VolantSession *session, const VolantStation *station, const char *id)
{
  const char *language = volant_session_get_language (session);
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  double distance_m = volant_nearby_distance_m (session, station->point);
  g_autofree char *distance = isnan (distance_m) ? g_strdup ("")
                                                 : volant_text_distance (language, distance_m);
  g_autofree char *name = volant_text_format (language, N_ ("%s, %s, %d free docks"), station->name,
                                              distance, MAX (0, station->docks_available));

  gtk_widget_set_name (row, id);
  gtk_widget_add_css_class (row, "row");
  gtk_widget_add_css_class (box, "gap");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), make_label (station->name, "medium"));
  gtk_box_append (GTK_BOX (words), make_label (distance, "secondary"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), make_count (session, station));
  gtk_button_set_child (GTK_BUTTON (row), box);
  volant_wording_set_name (row, name);
  g_object_set_data_full (G_OBJECT (row), "volant-station", g_strdup (station->id), g_free);
  g_signal_connect_object (row, "clicked", G_CALLBACK (on_row_clicked), session, 0);
  return row;
}
