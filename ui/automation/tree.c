/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/automation/tree.h"

#include "ui/shell/wording.h"

#include <math.h>
#include <string.h>

/* Signals are emitted rather than widgets activated: gtk_widget_activate animates, and fifty quick
 * ones become one. */

G_DEFINE_QUARK (volant-tree-error-quark, volant_tree_error)

/* A widget that was given no id carries its type's name. */
static const char *
id_of (GtkWidget *widget)
{
  const char *name = gtk_widget_get_name (widget);

  return name == NULL || g_str_equal (name, G_OBJECT_TYPE_NAME (widget)) ? NULL : name;
}

static GtkWidget *
find (GtkWidget *root, const char *id, bool mapped)
{
  if (g_strcmp0 (id_of (root), id) == 0 && (!mapped || gtk_widget_get_mapped (root)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, id, mapped);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
volant_tree_find (GtkWidget *root, const char *id)
{
  GtkWidget *shown = find (root, id, true);

  return shown != NULL ? shown : find (root, id, false);
}

bool
volant_tree_check_point (GtkWidget *root, GtkWidget *widget, double x, double y, GError **error)
{
  const char *id = id_of (widget) != NULL ? id_of (widget) : G_OBJECT_TYPE_NAME (widget);
  double root_x, root_y;
  GtkWidget *top;

  if (!gtk_widget_get_mapped (widget)
      || !gtk_widget_translate_coordinates (widget, root, x, y, &root_x, &root_y))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_HIDDEN, "%s is not shown", id);
      return false;
    }
  top = gtk_widget_pick (root, root_x, root_y, GTK_PICK_DEFAULT);
  if (top != NULL && (top == widget || gtk_widget_is_ancestor (top, widget)))
    return true;
  while (top != NULL && id_of (top) == NULL)
    top = gtk_widget_get_parent (top);
  g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_COVERED, "%s is covered by %s", id,
               top != NULL ? id_of (top) : "the edge of the window");
  return false;
}

bool
volant_tree_check_reachable (GtkWidget *root, GtkWidget *widget, GError **error)
{
  const char *id = id_of (widget) != NULL ? id_of (widget) : G_OBJECT_TYPE_NAME (widget);
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, widget, &bounds))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_HIDDEN, "%s is not shown", id);
      return false;
    }
  if (!gtk_widget_is_sensitive (widget))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_DISABLED, "%s is disabled", id);
      return false;
    }
  return volant_tree_check_point (root, widget, bounds.origin.x + bounds.size.width / 2.0,
                                  bounds.origin.y + bounds.size.height / 2.0, error);
}

static GtkWidget *
find_reachable (GtkWidget *root, const char *id, GError **error)
{
  GtkWidget *widget = volant_tree_find (root, id);

  if (widget == NULL)
    g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_NOT_FOUND,
                 "nothing on the screen has the id %s", id);
  else if (volant_tree_check_reachable (root, widget, error))
    return widget;
  return NULL;
}

/* Whether a widget that is no control listens for taps: then it hears one in its middle. */
static bool
tap_gesture (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (unsigned i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_CLICK (controller))
        continue;
      g_signal_emit_by_name (controller, "released", 1, gtk_widget_get_width (widget) / 2.0,
                             gtk_widget_get_height (widget) / 2.0);
      return true;
    }
  return false;
}

bool
volant_tree_tap (GtkWidget *root, const char *id, GError **error)
{
  GtkWidget *widget = find_reachable (root, id, error);

  if (widget == NULL)
    return false;
  if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else if (GTK_IS_SWITCH (widget))
    g_signal_emit_by_name (widget, "activate");
  else if (GTK_IS_EDITABLE (widget))
    gtk_widget_grab_focus (widget);
  else if (!tap_gesture (widget))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_UNSUITABLE,
                   "%s is a %s, not a control", id, G_OBJECT_TYPE_NAME (widget));
      return false;
    }
  return true;
}

static bool
move_slider (GtkRange *range, const char *id, const char *text, GError **error)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  gboolean handled = FALSE;

  if (end == text || *end != '\0' || !isfinite (value))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_UNSUITABLE,
                   "%s is a slider: “%s” is no number", id, text);
      return false;
    }
  g_signal_emit_by_name (range, "change-value", GTK_SCROLL_JUMP, value, &handled);
  return true;
}

bool
volant_tree_type (GtkWidget *root, const char *id, const char *text, GError **error)
{
  GtkWidget *widget = find_reachable (root, id, error);

  if (widget == NULL)
    return false;
  if (GTK_IS_RANGE (widget))
    return move_slider (GTK_RANGE (widget), id, text, error);
  if (!GTK_IS_EDITABLE (widget))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_UNSUITABLE,
                   "%s is a %s: nothing can be typed into it", id, G_OBJECT_TYPE_NAME (widget));
      return false;
    }
  gtk_widget_grab_focus (widget);
  gtk_editable_set_text (GTK_EDITABLE (widget), text);
  gtk_editable_set_position (GTK_EDITABLE (widget), -1);
  return true;
}

static bool
move_focus (GtkWindow *window, unsigned key)
{
  static const struct {
    unsigned key;
    GtkDirectionType direction;
  } moves[] = {
    { GDK_KEY_Tab, GTK_DIR_TAB_FORWARD }, { GDK_KEY_ISO_Left_Tab, GTK_DIR_TAB_BACKWARD },
    { GDK_KEY_Left, GTK_DIR_LEFT },       { GDK_KEY_Right, GTK_DIR_RIGHT },
    { GDK_KEY_Up, GTK_DIR_UP },           { GDK_KEY_Down, GTK_DIR_DOWN },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].key == key)
      {
        gtk_widget_child_focus (GTK_WIDGET (window), moves[i].direction);
        return true;
      }
  return false;
}

/* The entry whose inner text has the focus. */
static GtkEditable *
focused_editable (GtkWidget *focus)
{
  GtkWidget *editable = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_EDITABLE) : NULL;

  return editable != NULL ? GTK_EDITABLE (editable) : NULL;
}

bool
volant_tree_press_key (GtkWindow *window, const char *name, GError **error)
{
  unsigned key = gdk_keyval_from_name (name);
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkEditable *editable = focused_editable (focus);
  uint32_t character = gdk_keyval_to_unicode (key);
  int position;

  if (key == GDK_KEY_VoidSymbol)
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_UNSUITABLE, "there is no key “%s”",
                   name);
      return false;
    }
  if (move_focus (window, key))
    return true;
  if (key == GDK_KEY_Return || (key == GDK_KEY_space && editable == NULL))
    return focus != NULL && gtk_widget_activate (focus);
  if (editable == NULL || (character < ' ' && key != GDK_KEY_BackSpace))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_UNSUITABLE,
                   "nothing that has the focus takes the key %s", name);
      return false;
    }
  position = gtk_editable_get_position (editable);
  if (key == GDK_KEY_BackSpace)
    gtk_editable_delete_text (editable, MAX (0, position - 1), position);
  else
    {
      char text[7] = { 0 };

      g_unichar_to_utf8 (character, text);
      gtk_editable_insert_text (editable, text, -1, &position);
      gtk_editable_set_position (editable, position);
    }
  return true;
}

static const char *
role_of (GtkWidget *widget)
{
  g_autoptr (GEnumClass) roles = g_type_class_ref (GTK_TYPE_ACCESSIBLE_ROLE);
  GEnumValue *role = g_enum_get_value (
      roles, (int) gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)));

  return role != NULL ? role->value_nick : "none";
}

static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_EDITABLE (widget))
    return gtk_editable_get_text (GTK_EDITABLE (widget));
  return volant_wording_get_name (widget);
}

static void
collect_text (GString *text, GtkWidget *widget)
{
  bool written = GTK_IS_LABEL (widget) || GTK_IS_ENTRY (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  if (written && *text_of (widget) != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", text_of (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !written;
       child = gtk_widget_get_next_sibling (child))
    collect_text (text, child);
}

char *
volant_tree_get_text (GtkWidget *root, const char *id, GError **error)
{
  GtkWidget *widget = volant_tree_find (root, id);
  g_autoptr (GString) text = g_string_new (NULL);

  if (widget == NULL || !gtk_widget_get_mapped (widget))
    {
      g_set_error (error, VOLANT_TREE_ERROR, VOLANT_TREE_ERROR_HIDDEN, "%s is not shown", id);
      return NULL;
    }
  collect_text (text, widget);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_line (GString *dump, GtkWidget *root, GtkWidget *widget, int depth)
{
  const char *text = text_of (widget);
  g_autofree char *line = text != NULL ? g_strdelimit (g_strdup (text), "\n\r", ' ') : NULL;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  if (!gtk_widget_compute_bounds (widget, root, &bounds))
    return;
  g_string_append_printf (dump, "%*s%s %s %s %d,%d %dx%d", 2 * depth, "",
                          id_of (widget) != NULL ? id_of (widget) : "-",
                          G_OBJECT_TYPE_NAME (widget), role_of (widget),
                          (int) round (bounds.origin.x), (int) round (bounds.origin.y),
                          (int) round (bounds.size.width), (int) round (bounds.size.height));
  if (line != NULL)
    g_string_append_printf (dump, " \"%s\"", line);
  if (!gtk_widget_is_sensitive (widget))
    g_string_append (dump, " disabled");
  if (gtk_widget_has_focus (widget))
    g_string_append (dump, " focus");
  if (GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    g_string_append (dump, " ellipsised");
  g_string_append_c (dump, '\n');
}

static void
dump_tree (GString *dump, GtkWidget *root, GtkWidget *widget, int depth)
{
  bool told = id_of (widget) != NULL || (GTK_IS_LABEL (widget) && *text_of (widget) != '\0');

  if (!gtk_widget_get_mapped (widget))
    return;
  if (told)
    append_line (dump, root, widget, depth);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    dump_tree (dump, root, child, depth + (told ? 1 : 0));
}

char *
volant_tree_dump (GtkWidget *root)
{
  g_autoptr (GString) dump = g_string_new (NULL);

  dump_tree (dump, root, root, 0);
  return g_string_free (g_steal_pointer (&dump), FALSE);
}
