/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/undo.h"
#include "tests/support.h"

static void
test_tokens (void)
{
  g_autoptr (VolantUndo) undo = volant_undo_new ();
  g_autofree char *first = volant_undo_add (undo, "nav.stop", NULL, 1000);
  g_autofree char *second =
      volant_undo_add (undo, "media.set-volume", g_variant_new_int32 (40), 2000);
  g_autoptr (GVariant) parameter = NULL;

  g_assert_cmpstr (first, !=, second);
  g_assert_null (volant_undo_take (undo, "nonsense", 2000, &parameter));
  g_assert_null (volant_undo_take (undo, "99", 2000, &parameter));
  g_assert_null (volant_undo_take (undo, "-1", 2000, &parameter));
  g_assert_cmpstr (volant_undo_take (undo, second, 2000, &parameter), ==, "media.set-volume");
  g_assert_cmpint (g_variant_get_int32 (parameter), ==, 40);
  g_clear_pointer (&parameter, g_variant_unref);
  /* once only */
  g_assert_null (volant_undo_take (undo, second, 2000, &parameter));
  g_assert_cmpstr (volant_undo_take (undo, first, 2000, &parameter), ==, "nav.stop");
  g_assert_null (parameter);
}

static void
test_expiry (void)
{
  g_autoptr (VolantUndo) undo = volant_undo_new ();
  g_autofree char *old = volant_undo_add (undo, "nav.stop", NULL, 1000);
  g_autofree char *fresh =
      volant_undo_add (undo, "screen.set-theme", g_variant_new_string ("day"), 8000);
  g_autoptr (GVariant) parameter = NULL;

  g_assert_null (volant_undo_take (undo, old, 1000 + VOLANT_UNDO_VALID_MS + 1, &parameter));
  g_assert_cmpstr (volant_undo_take (undo, fresh, 8000 + VOLANT_UNDO_VALID_MS, &parameter), ==,
                   "screen.set-theme");
}

static void
test_latest (void)
{
  g_autoptr (VolantUndo) undo = volant_undo_new ();
  g_autofree char *first = volant_undo_add (undo, "nav.stop", NULL, 0);
  g_autofree char *second = volant_undo_add (undo, "nav.go-to", g_variant_new_string ("a"), 0);
  g_autoptr (GVariant) parameter = NULL;

  g_assert_cmpstr (volant_undo_take (undo, "", 10, &parameter), ==, "nav.go-to");
  g_clear_pointer (&parameter, g_variant_unref);
  g_assert_cmpstr (volant_undo_take (undo, "", 10, &parameter), ==, "nav.stop");
  g_assert_null (volant_undo_take (undo, "", 10, &parameter));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/tokens", test_tokens);
  g_test_add_func ("/undo/expiry", test_expiry);
  g_test_add_func ("/undo/latest", test_latest);
  return g_test_run ();
}
