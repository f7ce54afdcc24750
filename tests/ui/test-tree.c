/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/ui/display.h"
#include "ui/automation/tree.h"

/* What a script may tap: what a finger could. */

typedef struct {
  GtkWidget *window;
  GtkWidget *button;
  GtkWidget *entry;
  GtkWidget *cover;
  unsigned n_clicks;
} Scene;

static void
on_clicked (Scene *scene)
{
  scene->n_clicks++;
}

static bool
is_allocated (void *data)
{
  Scene *scene = data;

  return gtk_widget_get_mapped (scene->entry) && gtk_widget_get_width (scene->entry) > 0;
}

static void
scene_open (Scene *scene)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *scene = (Scene){ .window = gtk_window_new () };
  scene->button = gtk_button_new_with_label ("Go");
  scene->entry = gtk_entry_new ();
  scene->cover = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_name (scene->button, "go");
  gtk_widget_set_name (scene->entry, "words");
  gtk_widget_set_name (scene->cover, "cover");
  gtk_widget_set_visible (scene->cover, FALSE);
  g_signal_connect_swapped (scene->button, "clicked", G_CALLBACK (on_clicked), scene);
  gtk_box_append (GTK_BOX (box), scene->button);
  gtk_box_append (GTK_BOX (box), scene->entry);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), box);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), scene->cover);
  gtk_window_set_child (GTK_WINDOW (scene->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (scene->window), 400, 300);
  gtk_window_present (GTK_WINDOW (scene->window));
  g_assert_true (volant_test_wait (is_allocated, scene, 10.0));
}

static void
test_tap (void)
{
  Scene scene;
  g_autoptr (GError) error = NULL;

  if (!volant_test_display () || !gtk_init_check ())
    return;
  scene_open (&scene);
  for (unsigned i = 0; i < 50; i++)
    g_assert_true (volant_tree_tap (scene.window, "go", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (scene.n_clicks, ==, 50);
  g_assert_false (volant_tree_tap (scene.window, "nowhere", &error));
  g_assert_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_NOT_FOUND);
  gtk_window_destroy (GTK_WINDOW (scene.window));
}

static bool
is_covered (void *data)
{
  return gtk_widget_get_width (((Scene *) data)->cover) > 0;
}

static void
test_refused (void)
{
  Scene scene;
  g_autoptr (GError) covered = NULL;
  g_autoptr (GError) disabled = NULL;
  g_autoptr (GError) hidden = NULL;

  if (!volant_test_display () || !gtk_init_check ())
    return;
  scene_open (&scene);
  gtk_widget_set_sensitive (scene.button, FALSE);
  g_assert_false (volant_tree_tap (scene.window, "go", &disabled));
  g_assert_error (disabled, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_DISABLED);
  gtk_widget_set_sensitive (scene.button, TRUE);
  gtk_widget_set_visible (scene.cover, TRUE);
  g_assert_true (volant_test_wait (is_covered, &scene, 10.0));
  g_assert_false (volant_tree_tap (scene.window, "go", &covered));
  g_assert_error (covered, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_COVERED);
  g_assert_cmpstr (covered->message, ==, "go is covered by cover");
  gtk_widget_set_visible (scene.cover, FALSE);
  gtk_widget_set_visible (scene.button, FALSE);
  g_assert_false (volant_tree_tap (scene.window, "go", &hidden));
  g_assert_error (hidden, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_HIDDEN);
  g_assert_cmpuint (scene.n_clicks, ==, 0);
  gtk_window_destroy (GTK_WINDOW (scene.window));
}

static void
test_type (void)
{
  Scene scene;
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *text = NULL;

  if (!volant_test_display () || !gtk_init_check ())
    return;
  scene_open (&scene);
  g_assert_true (volant_tree_type (scene.window, "words", "quai 中", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (scene.entry)), ==, "quai 中");
  text = volant_tree_get_text (scene.window, "words", &error);
  g_assert_cmpstr (text, ==, "quai 中");
  dump = volant_tree_dump (scene.window);
  g_assert_nonnull (strstr (dump, "words GtkEntry text-box"));
  g_assert_nonnull (strstr (dump, "\"quai 中\""));
  g_assert_true (volant_tree_press_key (GTK_WINDOW (scene.window), "BackSpace", &error));
  g_assert_true (volant_tree_press_key (GTK_WINDOW (scene.window), "x", &error));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (scene.entry)), ==, "quai x");
  g_assert_false (volant_tree_type (scene.window, "go", "x", &error));
  g_assert_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_UNSUITABLE);
  gtk_window_destroy (GTK_WINDOW (scene.window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/tree/tap", test_tap);
  g_test_add_func ("/tree/refused", test_refused);
  g_test_add_func ("/tree/type", test_type);
  return g_test_run ();
}
