/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/json-text.h"
#include "tests/support.h"

/* Numbers get shorter, and nothing else changes. */

static void
expect (const char *text, const char *wanted)
{
  g_autofree char *shorter = volant_json_shorten_numbers (text);

  g_assert_cmpstr (shorter, ==, wanted);
}

static void
test_numbers (void)
{
  expect ("[46.533514599999997,-3.4138731,0.10000000000000001]",
          "[46.5335146,-3.4138731,0.1]");
  expect ("{\"a\" : -12.000000000000000,\"b\":15530092.831475558}",
          "{\"a\" : -12.0,\"b\":15530092.831475558}");
  expect ("[300.0,12,-7,1e-07,1.5e+300,4.9406564584124654e-324]",
          "[300.0,12,-7,1e-07,1.5e+300,4.9406564584124654e-324]");
}

static void
test_strings (void)
{
  expect ("{\"0.10000000000000001\":\"1.10000000000000001 \\\" 2.20000000000000001\"}",
          "{\"0.10000000000000001\":\"1.10000000000000001 \\\" 2.20000000000000001\"}");
  expect ("\"cut off 0.10000000000000001", "\"cut off 0.10000000000000001");
  expect ("\"cut off \\", "\"cut off \\");
  expect ("", "");
}

/* Whatever is printed reads back as it was. */
static void
test_round_trip (void)
{
  for (unsigned i = 0; i < 20000; i++)
    {
      double value = g_test_rand_double_range (-1e9, 1e9) / (1 << g_test_rand_int_range (0, 30));
      g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), value);
      g_autofree char *text = volant_json_to_text (node, FALSE);

      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-text/numbers", test_numbers);
  g_test_add_func ("/json-text/strings", test_strings);
  g_test_add_func ("/json-text/round-trip", test_round_trip);
  return g_test_run ();
}
