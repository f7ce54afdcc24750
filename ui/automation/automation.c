/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/automation/automation.h"

#include "ui/automation/keyboard.h"
#include "ui/automation/tree.h"

#include <math.h>

/* Calls that look at the screen (Screenshot, WaitIdle, Resize) are answered when it has settled:
 * the session is there, two frames were painted since, no screen is sliding and the map has drawn
 * all of its tiles. A snapshot of a widget is empty while a redraw is pending, so pictures are
 * taken after the paint phase of the frame clock. A key is answered in the frame after it
 * has come back from the X server. */

#define SETTLE_EVERY_MS 30
#define SETTLE_WITHIN_S 30
#define FRAMES_TO_SETTLE 2

typedef struct {
  GDBusMethodInvocation *invocation;
  char *path; /* of a picture; NULL: only wait */
  char *tap;  /* id of what to tap; NULL: nothing */
  char *key;  /* name of the key to press; NULL: none */
  unsigned keycode; /* of the key that is under way; 0: none is */
  bool has_come; /* that key */
  bool is_of_map; /* tap the map at point */
  bool has_moved; /* the map was moved to show it */
  VolantPoint point;
  int64_t deadline_us;
  unsigned n_frames;
} Pending;

struct _VolantAutomation {
  GObject parent;

  GDBusConnection *connection;
  unsigned registration;
  VolantWindow *window;
  VolantSession *session;
  VolantKeyboard *keyboard; /* NULL: keys are played on the focused widget */
  GPtrArray *pending;       /* of Pending */
  GdkFrameClock *clock;
  unsigned long after_paint;
  unsigned timer;
};

G_DEFINE_FINAL_TYPE (VolantAutomation, volant_automation, G_TYPE_OBJECT)

static const char interface_xml[]
    = "<node><interface name='" VOLANT_AUTOMATION_INTERFACE "'>"
      "<method name='Tap'><arg name='id' type='s' direction='in'/></method>"
      "<method name='TapMap'><arg name='lat' type='d' direction='in'/>"
      "<arg name='lon' type='d' direction='in'/></method>"
      "<method name='Type'><arg name='id' type='s' direction='in'/>"
      "<arg name='text' type='s' direction='in'/></method>"
      "<method name='Key'><arg name='name' type='s' direction='in'/></method>"
      "<method name='GetText'><arg name='id' type='s' direction='in'/>"
      "<arg name='text' type='s' direction='out'/></method>"
      "<method name='Dump'><arg name='tree' type='s' direction='out'/></method>"
      "<method name='Screenshot'><arg name='path' type='s' direction='in'/></method>"
      "<method name='Resize'><arg name='width' type='i' direction='in'/>"
      "<arg name='height' type='i' direction='in'/></method>"
      "<method name='WaitIdle'/>"
      "<signal name='BecameReady'/>"
      "<property name='Ready' type='b' access='read'/>"
      "</interface></node>";

static void
pending_free (void *data)
{
  Pending *pending = data;

  if (pending->invocation != NULL)
    g_dbus_method_invocation_return_error_literal (pending->invocation, G_IO_ERROR,
                                                   G_IO_ERROR_CLOSED, "the window was closed");
  g_free (pending->path);
  g_free (pending->tap);
  g_free (pending->key);
  g_free (pending);
}

static bool
is_settled (VolantAutomation *self)
{
  return self->session != NULL && self->window != NULL
         && gtk_widget_get_mapped (GTK_WIDGET (self->window))
         && volant_window_is_complete (self->window);
}

/* NULL without error: nothing to take yet, try again. */
static GdkTexture *
take_picture (VolantAutomation *self)
{
  GtkWidget *widget = GTK_WIDGET (self->window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (self->window)), node,
                                         NULL);
  gsk_render_node_unref (node);
  return texture;
}

static void
answer (GDBusMethodInvocation *invocation, bool done, const GError *error)
{
  if (done)
    g_dbus_method_invocation_return_value (invocation, NULL);
  else if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    g_dbus_method_invocation_return_error_literal (invocation, G_IO_ERROR, G_IO_ERROR_FAILED,
                                                   "nothing took it");
}

/* What was put on the screen a moment ago has its place only after the next frame. */
static bool
try_tap (VolantAutomation *self, Pending *pending)
{
  g_autoptr (GError) error = NULL;
  GDBusMethodInvocation *invocation = pending->invocation;
  bool done;

  if (pending->n_frames++ == 0)
    return false;
  pending->invocation = NULL;
  done = volant_tree_tap (GTK_WIDGET (self->window), pending->tap, &error);
  answer (invocation, done, error);
  return true;
}

/* The map is moved where the point is out of view or under a card; then, once it has settled again,
 * touched. */
static bool
try_tap_map (VolantAutomation *self, Pending *pending)
{
  VolantMapPane *pane = volant_window_get_map_pane (self->window);
  g_autoptr (GError) error = NULL;
  GDBusMethodInvocation *invocation = pending->invocation;
  double x, y;
  bool good;

  volant_map_pane_locate (pane, pending->point, &x, &y);
  good = volant_tree_check_point (GTK_WIDGET (self->window), GTK_WIDGET (pane), x, y, &error);
  if (!good && !pending->has_moved && gtk_widget_get_mapped (GTK_WIDGET (pane)))
    {
      volant_map_pane_show_point (pane, pending->point);
      pending->has_moved = true;
      pending->n_frames = 0;
      return false;
    }
  pending->invocation = NULL;
  if (good)
    volant_map_pane_touch (pane, x, y);
  answer (invocation, good, error);
  return true;
}

/* Where keys cannot be pressed, or the keyboard has no such key, what it does is done. A window
 * without the keyboard gets none: it would go to somebody else. */
static bool
try_key (VolantAutomation *self, Pending *pending)
{
  g_autoptr (GError) error = NULL;
  GDBusMethodInvocation *invocation = pending->invocation;
  unsigned keyval = gdk_keyval_from_name (pending->key);
  unsigned keycode = self->keyboard != NULL ? volant_keyboard_find (self->keyboard, keyval) : 0;
  bool done = pending->has_come;

  if (pending->n_frames++ == 0 || (pending->keycode != 0 && !done))
    return false;
  if (keycode != 0 && !done)
    {
      if (!gtk_window_is_active (GTK_WINDOW (self->window)))
        return false;
      pending->keycode = keycode;
      volant_keyboard_press (self->keyboard, keyval);
      return false;
    }
  pending->invocation = NULL;
  done = done || volant_tree_press_key (GTK_WINDOW (self->window), pending->key, &error);
  answer (invocation, done, error);
  return true;
}

/* The first that waits for this key. Not its release: that is lost where the press took away what
 * had the focus. */
static gboolean
on_key_pressed (VolantAutomation *self, unsigned keyval, unsigned keycode)
{
  for (unsigned i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (pending->keycode != keycode || pending->has_come)
        continue;
      pending->has_come = true;
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
give_up (Pending *pending)
{
  GDBusMethodInvocation *invocation = g_steal_pointer (&pending->invocation);

  if (pending->key != NULL)
    g_dbus_method_invocation_return_error (invocation, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                                           "the window has not had the keyboard for the key %s "
                                           "within %d s",
                                           pending->key, SETTLE_WITHIN_S);
  else
    g_dbus_method_invocation_return_error (invocation, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                                           "the screen has not settled within %d s",
                                           SETTLE_WITHIN_S);
}

/* true when the call was answered. */
static bool
try_answer (VolantAutomation *self, Pending *pending)
{
  g_autoptr (GdkTexture) texture = NULL;
  GDBusMethodInvocation *invocation = pending->invocation;

  if (pending->tap != NULL)
    return try_tap (self, pending);
  if (g_get_monotonic_time () > pending->deadline_us)
    {
      give_up (pending);
      return true;
    }
  if (pending->key != NULL)
    return try_key (self, pending);
  if (!is_settled (self))
    {
      pending->n_frames = 0;
      return false;
    }
  if (++pending->n_frames <= FRAMES_TO_SETTLE)
    return false;
  if (pending->is_of_map)
    return try_tap_map (self, pending);
  if (pending->path != NULL)
    {
      texture = take_picture (self);
      if (texture == NULL)
        return false;
      if (!gdk_texture_save_to_png (texture, pending->path))
        {
          pending->invocation = NULL;
          g_dbus_method_invocation_return_error (invocation, G_IO_ERROR, G_IO_ERROR_FAILED,
                                                 "%s cannot be written", pending->path);
          return true;
        }
    }
  pending->invocation = NULL;
  g_dbus_method_invocation_return_value (invocation, NULL);
  return true;
}

static void
on_after_paint (VolantAutomation *self)
{
  for (unsigned i = 0; i < self->pending->len;)
    if (try_answer (self, g_ptr_array_index (self->pending, i)))
      g_ptr_array_remove_index (self->pending, i);
    else
      i++;
}

static void
watch_clock (VolantAutomation *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  if (clock == self->clock)
    return;
  if (self->clock != NULL)
    g_signal_handler_disconnect (self->clock, self->after_paint);
  g_set_object (&self->clock, clock);
  if (clock != NULL)
    self->after_paint = g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_after_paint),
                                                 self, G_CONNECT_SWAPPED);
}

/* A still window paints no frames: while something waits it is asked for one. */
static gboolean
on_settle_timer (void *data)
{
  VolantAutomation *self = data;

  if (self->pending->len == 0 || self->window == NULL)
    {
      g_ptr_array_set_size (self->pending, 0);
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }
  watch_clock (self);
  if (self->clock == NULL)
    on_after_paint (self);
  else
    gtk_widget_queue_draw (GTK_WIDGET (self->window));
  return G_SOURCE_CONTINUE;
}

static Pending *
answer_later (VolantAutomation *self, GDBusMethodInvocation *invocation, const char *path,
              const char *tap)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->invocation = invocation;
  pending->path = g_strdup (path);
  pending->tap = g_strdup (tap);
  pending->deadline_us = g_get_monotonic_time () + SETTLE_WITHIN_S * G_USEC_PER_SEC;
  g_ptr_array_add (self->pending, pending);
  if (self->timer == 0)
    self->timer = g_timeout_add (SETTLE_EVERY_MS, on_settle_timer, self);
  return pending;
}

static void
tap_map (VolantAutomation *self, GDBusMethodInvocation *invocation, GVariant *parameters)
{
  double lat_deg, lon_deg;
  Pending *pending;

  g_variant_get (parameters, "(dd)", &lat_deg, &lon_deg);
  if (!(fabs (lat_deg) <= 85.0 && fabs (lon_deg) <= 180.0))
    {
      g_dbus_method_invocation_return_error (invocation, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                                             "%g, %g is no place of a map", lat_deg, lon_deg);
      return;
    }
  pending = answer_later (self, invocation, NULL, NULL);
  pending->is_of_map = true;
  pending->point = volant_point_from_degrees (lat_deg, lon_deg);
}

static void
answer_text (GDBusMethodInvocation *invocation, char *text, const GError *error)
{
  g_autofree char *owned = text;

  if (owned != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", owned));
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
}

static void
on_method_call (GDBusConnection *connection, const char *sender, const char *path,
                const char *interface, const char *method, GVariant *parameters,
                GDBusMethodInvocation *invocation, void *data)
{
  VolantAutomation *self = data;
  GtkWidget *root = GTK_WIDGET (self->window);
  g_autoptr (GError) error = NULL;
  const char *first = NULL;
  const char *second = NULL;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ss)")))
    g_variant_get (parameters, "(&s&s)", &first, &second);
  else if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s)")))
    g_variant_get (parameters, "(&s)", &first);
  if (root == NULL)
    g_dbus_method_invocation_return_error_literal (invocation, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                                   "there is no window");
  else if (g_str_equal (method, "Tap"))
    answer_later (self, invocation, NULL, first);
  else if (g_str_equal (method, "TapMap"))
    tap_map (self, invocation, parameters);
  else if (g_str_equal (method, "Type"))
    {
      bool done = volant_tree_type (root, first, second, &error);

      answer (invocation, done, error);
    }
  else if (g_str_equal (method, "Key"))
    answer_later (self, invocation, NULL, NULL)->key = g_strdup (first);
  else if (g_str_equal (method, "GetText"))
    {
      char *text = volant_tree_get_text (root, first, &error);

      answer_text (invocation, text, error);
    }
  else if (g_str_equal (method, "Dump"))
    answer_text (invocation, volant_tree_dump (root), NULL);
  else if (g_str_equal (method, "Resize"))
    {
      int width_px;
      int height_px;

      g_variant_get (parameters, "(ii)", &width_px, &height_px);
      gtk_window_set_default_size (GTK_WINDOW (root), CLAMP (width_px, 320, 7680),
                                   CLAMP (height_px, 320, 7680));
      answer_later (self, invocation, NULL, NULL);
    }
  else
    answer_later (self, invocation, first, NULL);
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path,
                 const char *interface, const char *property, GError **error, void *data)
{
  VolantAutomation *self = data;

  return g_variant_new_boolean (self->session != NULL);
}

static void
volant_automation_dispose (GObject *object)
{
  VolantAutomation *self = VOLANT_AUTOMATION (object);

  volant_automation_unexport (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_ptr_array_set_size (self->pending, 0);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->keyboard, volant_keyboard_free);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (volant_automation_parent_class)->dispose (object);
}

static void
volant_automation_finalize (GObject *object)
{
  g_ptr_array_unref (VOLANT_AUTOMATION (object)->pending);
  G_OBJECT_CLASS (volant_automation_parent_class)->finalize (object);
}

static void
volant_automation_class_init (VolantAutomationClass *class)
{
  G_OBJECT_CLASS (class)->dispose = volant_automation_dispose;
  G_OBJECT_CLASS (class)->finalize = volant_automation_finalize;
}

static void
volant_automation_init (VolantAutomation *self)
{
  self->pending = g_ptr_array_new_with_free_func (pending_free);
}

VolantAutomation *
volant_automation_new (void)
{
  return g_object_new (VOLANT_TYPE_AUTOMATION, NULL);
}

bool
volant_automation_export (VolantAutomation *self, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable table = { on_method_call, on_get_property, NULL, { 0 } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, error);

  if (node == NULL)
    return false;
  self->registration
      = g_dbus_connection_register_object (connection, VOLANT_AUTOMATION_PATH, node->interfaces[0],
                                           &table, self, NULL, error);
  g_set_object (&self->connection, connection);
  return self->registration != 0;
}

void
volant_automation_unexport (VolantAutomation *self)
{
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}

void
volant_automation_set_window (VolantAutomation *self, VolantWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_set_weak_pointer (&self->window, window);
  g_clear_pointer (&self->keyboard, volant_keyboard_free);
  self->keyboard = volant_keyboard_new (gtk_widget_get_display (GTK_WIDGET (window)));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  /* Pictures and taps of a script must not depend on how far a slide has come. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-enable-animations", FALSE, NULL);
}

void
volant_automation_set_session (VolantAutomation *self, VolantSession *session)
{
  g_set_object (&self->session, session);
  if (self->connection != NULL)
    g_dbus_connection_emit_signal (self->connection, NULL, VOLANT_AUTOMATION_PATH,
                                   VOLANT_AUTOMATION_INTERFACE, "BecameReady", NULL, NULL);
}
