/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/ui/display.h"
#include "ui/shell/talk-key.h"
#include "ui/volant-ui-resource.h"

/* The key to talk as GTK's controllers hand it out; that it comes through a real keyboard, whatever
 * has the focus, is played by talk.volant. */

#define VOICE_COMMAND 0x10081246 /* XF86VoiceCommand */
#define ASSISTANT 0x10081247     /* XF86Assistant */

typedef struct {
  GtkWidget *window;
  GtkWidget *bar;
  GtkEventController *key;
  unsigned n_listens;
} Scene;

static void
on_activate (Scene *scene)
{
  scene->n_listens++;
}

static GtkEventController *
find_key (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (unsigned i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "talk-key") == 0)
        return controller;
    }
  return NULL;
}

static bool
is_mapped (void *data)
{
  return gtk_widget_get_mapped (((Scene *) data)->bar);
}

static void
scene_open (Scene *scene)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) listen = g_simple_action_new ("voice.listen", NULL);

  volant_ui_register_resource ();
  *scene = (Scene){ .window = gtk_window_new () };
  scene->bar = g_object_new (VOLANT_TYPE_VOICE_BAR, NULL);
  g_signal_connect_swapped (listen, "activate", G_CALLBACK (on_activate), scene);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (listen));
  gtk_widget_insert_action_group (scene->window, "do", G_ACTION_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (scene->window), scene->bar);
  volant_talk_key_install (GTK_WINDOW (scene->window), VOLANT_VOICE_BAR (scene->bar));
  scene->key = find_key (scene->window);
  g_assert_nonnull (scene->key);
  gtk_window_present (GTK_WINDOW (scene->window));
  g_assert_true (volant_test_wait (is_mapped, scene, 10.0));
}

static bool
press (Scene *scene, unsigned keyval)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (scene->key, "key-pressed", keyval, 0, 0, &taken);
  return taken;
}

static void
let_go (Scene *scene, unsigned keyval)
{
  g_signal_emit_by_name (scene->key, "key-released", keyval, 0, 0);
}

static void
test_keys (void)
{
  g_assert_true (volant_talk_key_matches (GDK_KEY_F5, 0));
  g_assert_true (volant_talk_key_matches (GDK_KEY_F5, GDK_LOCK_MASK));
  g_assert_true (volant_talk_key_matches (VOICE_COMMAND, 0));
  g_assert_true (volant_talk_key_matches (ASSISTANT, 0));
  g_assert_false (volant_talk_key_matches (GDK_KEY_F5, GDK_CONTROL_MASK));
  g_assert_false (volant_talk_key_matches (GDK_KEY_F6, 0));
  g_assert_false (volant_talk_key_matches (GDK_KEY_space, 0));
  g_assert_false (volant_talk_key_matches (GDK_KEY_AudioMicMute, 0));
}

/* The repetitions of a held key are one press, also where another window got its release. */
static void
test_held (void)
{
  Scene scene;

  if (!volant_test_display () || !gtk_init_check ())
    return;
  scene_open (&scene);
  g_assert_cmpint (gtk_event_controller_get_propagation_phase (scene.key), ==, GTK_PHASE_CAPTURE);
  for (unsigned i = 0; i < 30; i++)
    g_assert_true (press (&scene, GDK_KEY_F5));
  g_assert_cmpuint (scene.n_listens, ==, 1);
  let_go (&scene, GDK_KEY_F5);
  g_assert_true (press (&scene, GDK_KEY_F5));
  g_assert_cmpuint (scene.n_listens, ==, 2);
  g_object_notify (G_OBJECT (scene.window), "is-active");
  g_assert_true (press (&scene, GDK_KEY_F5));
  g_assert_cmpuint (scene.n_listens, ==, 3);
  g_assert_false (press (&scene, GDK_KEY_a));
  gtk_window_destroy (GTK_WINDOW (scene.window));
}

/* A microphone that cannot be seen is not opened: on the goodbye screen, before the session. */
static void
test_hidden (void)
{
  Scene scene;

  if (!volant_test_display () || !gtk_init_check ())
    return;
  scene_open (&scene);
  gtk_widget_set_visible (scene.bar, FALSE);
  g_assert_false (press (&scene, GDK_KEY_F5));
  g_assert_cmpuint (scene.n_listens, ==, 0);
  gtk_window_destroy (GTK_WINDOW (scene.window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/talk-key/keys", test_keys);
  g_test_add_func ("/talk-key/held", test_held);
  g_test_add_func ("/talk-key/hidden", test_hidden);
  return g_test_run ();
}
