/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/automation/keyboard.h"

#include <gdk/x11/gdkx.h>
#include <xcb/xcb.h>
#include <xcb/xcbext.h>

/* XTEST 2.2's FakeInput, written down here as it is one request. On a connection of its own: GTK's
 * is full of what GTK waits for. */

#define FAKE_INPUT 2

typedef struct {
  uint8_t major_opcode; /* filled in by XCB, as is the length */
  uint8_t minor_opcode;
  uint16_t length;
  uint8_t type; /* XCB_KEY_PRESS or XCB_KEY_RELEASE */
  uint8_t keycode;
  uint8_t unused[2];
  uint32_t delay_ms;
  uint8_t unused_for_keys[24];
} FakeInput;

G_STATIC_ASSERT (sizeof (FakeInput) == 36);

static xcb_extension_t xtest = { "XTEST", 0 };

struct _VolantKeyboard {
  GdkDisplay *display;
  xcb_connection_t *connection;
};

static void
send (VolantKeyboard *keyboard, uint8_t type, unsigned keycode)
{
  static const xcb_protocol_request_t protocol = { 2, &xtest, FAKE_INPUT, 1 };
  FakeInput request = { .type = type, .keycode = (uint8_t) keycode };
  struct iovec parts[4] = { { 0 } }; /* the first two are XCB's own */

  parts[2].iov_base = &request;
  parts[2].iov_len = sizeof request;
  xcb_send_request (keyboard->connection, 0, parts + 2, &protocol);
}

/* Of several keys the one that needs the least, in the first layout. */
static bool
find (VolantKeyboard *keyboard, unsigned keyval, GdkKeymapKey *found)
{
  g_autofree GdkKeymapKey *keys = NULL;
  int n_keys = 0;
  bool any = false;

  gdk_display_map_keyval (keyboard->display, keyval, &keys, &n_keys);
  for (int i = 0; i < n_keys; i++)
    if (keys[i].group == 0 && keys[i].level <= 1 && (!any || keys[i].level < found->level))
      {
        *found = keys[i];
        any = true;
      }
  return any;
}

VolantKeyboard *
volant_keyboard_new (GdkDisplay *display)
{
  g_autoptr (VolantKeyboard) keyboard = NULL;
  const xcb_query_extension_reply_t *extension;

  if (!GDK_IS_X11_DISPLAY (display))
    return NULL;
  keyboard = g_new0 (VolantKeyboard, 1);
  keyboard->display = g_object_ref (display);
  keyboard->connection = xcb_connect (gdk_display_get_name (display), NULL);
  extension = xcb_connection_has_error (keyboard->connection) == 0
                  ? xcb_get_extension_data (keyboard->connection, &xtest)
                  : NULL;
  return extension != NULL && extension->present ? g_steal_pointer (&keyboard) : NULL;
}

void
volant_keyboard_free (VolantKeyboard *keyboard)
{
  if (keyboard == NULL)
    return;
  xcb_disconnect (keyboard->connection);
  g_object_unref (keyboard->display);
  g_free (keyboard);
}

unsigned
volant_keyboard_find (VolantKeyboard *keyboard, unsigned keyval)
{
  GdkKeymapKey key;

  return find (keyboard, keyval, &key) ? key.keycode : 0;
}

void
volant_keyboard_press (VolantKeyboard *keyboard, unsigned keyval)
{
  unsigned shift = volant_keyboard_find (keyboard, GDK_KEY_Shift_L);
  GdkKeymapKey key;

  if (!find (keyboard, keyval, &key))
    return;
  if (key.level == 1)
    send (keyboard, XCB_KEY_PRESS, shift);
  send (keyboard, XCB_KEY_PRESS, key.keycode);
  send (keyboard, XCB_KEY_RELEASE, key.keycode);
  if (key.level == 1)
    send (keyboard, XCB_KEY_RELEASE, shift);
  xcb_flush (keyboard->connection);
}
