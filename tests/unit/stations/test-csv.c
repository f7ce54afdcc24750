/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/csv.h"

#include <string.h>

static VolantCsv *
open_text (const char *text, char separator)
{
  return volant_csv_new (text, strlen (text), separator);
}

static void
test_quotes (void)
{
  g_autoptr (VolantCsv) csv = open_text ("\xef\xbb\xbf"
                                         "a,b,c\r\n"
                                         "1,\"two, \"\"2\"\"\nlines\",\r\n\r\n"
                                         "x\n",
                                         ',');

  g_assert_true (volant_csv_next (csv));
  g_assert_cmpint (volant_csv_find (csv, "a"), ==, 0);
  g_assert_cmpint (volant_csv_find (csv, "c"), ==, 2);
  g_assert_cmpint (volant_csv_find (csv, "d"), ==, -1);
  g_assert_true (volant_csv_next (csv));
  g_assert_cmpuint (volant_csv_get_n_fields (csv), ==, 3);
  g_assert_cmpstr (volant_csv_get (csv, 1), ==, "two, \"2\"\nlines");
  g_assert_cmpstr (volant_csv_get (csv, 2), ==, "");
  g_assert_true (volant_csv_next (csv));
  g_assert_cmpuint (volant_csv_get_line (csv), ==, 5);
  g_assert_cmpstr (volant_csv_get (csv, 0), ==, "x");
  g_assert_cmpstr (volant_csv_get (csv, 7), ==, "");
  g_assert_cmpstr (volant_csv_get (csv, -1), ==, "");
  g_assert_false (volant_csv_next (csv));
}

static void
test_encodings (void)
{
  g_autoptr (VolantCsv) csv = open_text ("Place d'\xc9toile;b\xc3\xa9ton\n", ';');

  g_assert_true (volant_csv_next (csv));
  g_assert_cmpstr (volant_csv_get (csv, 0), ==, "Place d'Étoile");
  g_assert_cmpstr (volant_csv_get (csv, 1), ==, "béton");
}

/* Too many fields and an endless quote end somewhere, and the next record is read. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (VolantCsv) csv = NULL;

  for (unsigned i = 0; i < 1000; i++)
    g_string_append (text, "a,");
  g_string_append (text, "\n\"open ");
  for (unsigned i = 0; i < 200000; i++)
    g_string_append_c (text, 'x');
  csv = volant_csv_new (text->str, text->len, ',');
  g_assert_true (volant_csv_next (csv));
  g_assert_cmpuint (volant_csv_get_n_fields (csv), ==, 256);
  g_assert_cmpstr (volant_csv_get (csv, 255), ==, "a");
  g_assert_true (volant_csv_next (csv));
  g_assert_cmpuint (volant_csv_get_n_fields (csv), ==, 1);
  g_assert_cmpuint (strlen (volant_csv_get (csv, 0)), <=, 65536);
  g_assert_false (volant_csv_next (csv));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/quotes", test_quotes);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/bounds", test_bounds);
  return g_test_run ();
}
