/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/routing/pairs.h"

#include <string.h>

/* The list of pairs: what is read, and that a wrong line is named. */

static void
test_good (void)
{
  static const char text[] = "# from Gare de Lyon\n\n48.8443 2.3744 48.8584 2.2945\r\n"
                             "48.8443,2.3744,48.8584,2.2945 # the same\n-1 -2 3 4";
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pairs = volant_pairs_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, ==, 3);
  g_assert_cmpuint (g_array_index (pairs, VolantPair, 0).line, ==, 3);
  g_assert_cmpint (g_array_index (pairs, VolantPair, 1).to.lat_e7, ==, 488584000);
  g_assert_cmpint (g_array_index (pairs, VolantPair, 2).from.lon_e7, ==, -20000000);
}

static void
test_bad (void)
{
  static const struct {
    const char *text;
    const char *told;
  } cases[] = {
    { "1 2 3 4\n1 2 3\n", "line 2: there are fewer" },
    { "1 2 3 4 5\n", "line 1: there are more" },
    { "1 2 3 4\n\n1 two 3 4\n", "line 3: something is not a number" },
    { "1 2 3 4x\n", "line 1: something is not a number" },
    { "91 2 3 4\n", "line 1: a latitude" },
    { "1 2 nan 4\n", "line 1: a latitude" },
    { "1 2 3 inf\n", "line 1: a longitude" },
    { "", "there is no pair" },
    { "# nothing\n", "there is no pair" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (volant_pairs_parse (cases[i].text, strlen (cases[i].text), &error));
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, cases[i].told));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pairs/good", test_good);
  g_test_add_func ("/pairs/bad", test_bad);
  return g_test_run ();
}
