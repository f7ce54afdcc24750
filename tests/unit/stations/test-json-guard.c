/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/stations/json-guard.h"

#include <string.h>

static int
load (const char *text, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = volant_json_load (bytes, "test", &error);

  g_assert_true ((node != NULL) == (error == NULL));
  return error != NULL ? error->code : -1;
}

static void
test_taken (void)
{
  static const char *const texts[] = {
    "{}",
    " { } ",
    "{\"a\":[]}",
    "{\"a\":[[],{}]}",
    "{\"a\":-0.5e+3,\"b\":0}",
    "{\"a\":true}",
    "{\"a\":false,\"b\":null}",
    "{\"\\u00e9\\\"\\\\\\/\\b\":\"\\ud83d\\ude97\"}",
    "\xef\xbb\xbf{\"a\":1}",
    "{\"a\":{\"b\":{\"c\":[1,2,{\"d\":\"e\"}]}}}\n",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("text %u", i);
      g_assert_cmpint (load (texts[i], strlen (texts[i])), ==, -1);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "{",
    "}",
    "{}}",
    "{} {}",
    "[1,2]",
    "7",
    "\"a\"",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{,}",
    "{\"a\":[1,]}",
    "{\"a\":[1}",
    "{\"a\":[1 2]}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":01}",
    "{\"a\":1.}",
    "{\"a\":.5}",
    "{\"a\":+1}",
    "{\"a\":1e}",
    "{\"a\":-}",
    "{\"a\":nul}",
    "{\"a\":truex}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\ud83d\"}",
    "{\"a\":\"\\ude97\"}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\":\"\n\"}",
    "{\"a\":\"b",
    "/* c */{}",
    "{}//",
    "var a = {}",
    "{\"a\":\"\xff\"}",
    "{\"a\":NaN}",
    "{\"a\":Infinity}",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("text %u", i);
      g_assert_cmpint (load (texts[i], strlen (texts[i])), ==, VOLANT_MAPS_ERROR_CORRUPT);
    }
  g_assert_cmpint (load ("{\0}", 3), ==, VOLANT_MAPS_ERROR_CORRUPT);
  g_assert_cmpint (load ("{}\0", 3), ==, VOLANT_MAPS_ERROR_CORRUPT);
}

/* 64 levels are taken, 65 are not. */
static void
test_depth (void)
{
  for (unsigned depth = 64; depth <= 65; depth++)
    {
      g_autoptr (GString) text = g_string_new ("{\"a\":");

      for (unsigned i = 1; i < depth; i++)
        g_string_append_c (text, '[');
      for (unsigned i = 1; i < depth; i++)
        g_string_append_c (text, ']');
      g_string_append_c (text, '}');
      g_assert_cmpint (load (text->str, text->len), ==,
                       depth == 64 ? -1 : VOLANT_MAPS_ERROR_TOO_LARGE);
    }
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (VOLANT_JSON_MAX_BYTES + 1, ' ');

  g_assert_cmpint (load (text, VOLANT_JSON_MAX_BYTES + 1), ==, VOLANT_MAPS_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-guard/taken", test_taken);
  g_test_add_func ("/json-guard/refused", test_refused);
  g_test_add_func ("/json-guard/depth", test_depth);
  g_test_add_func ("/json-guard/size", test_size);
  return g_test_run ();
}
