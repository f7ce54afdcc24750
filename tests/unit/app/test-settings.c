/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"
#include "tests/support.h"

/* The build tree's schema is found by a program that stands in it; what is set is there again. */
static void
test_kept (void)
{
  g_autoptr (VolantSettings) settings = volant_settings_new ();
  g_autoptr (VolantSettings) again = NULL;
  g_autofree char *theme = volant_settings_get_string (settings, "theme");
  g_autofree char *language = NULL;

  g_assert_true (volant_settings_is_kept (settings));
  g_assert_cmpstr (theme, ==, "auto");
  g_assert_cmpfloat (volant_settings_get_double (settings, "volume"), ==, 0.6);
  g_assert_false (volant_settings_get_boolean (settings, "voice-muted"));
  volant_settings_set_string (settings, "language", "zh");
  volant_settings_set_double (settings, "volume", 0.25);
  volant_settings_set_boolean (settings, "voice-muted", true);
  again = volant_settings_new ();
  language = volant_settings_get_string (again, "language");
  g_assert_cmpstr (language, ==, "zh");
  g_assert_cmpfloat (volant_settings_get_double (again, "volume"), ==, 0.25);
  g_assert_true (volant_settings_get_boolean (again, "voice-muted"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/kept", test_kept);
  return g_test_run ();
}
