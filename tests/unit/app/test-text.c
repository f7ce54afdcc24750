/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/text/mo.h"
#include "app/text/text.h"
#include "maps/error.h"
#include "tests/support.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define EQUALS(text, expected)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *made = (text);                                                                \
    g_assert_cmpstr (made, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

/* A catalogue of two messages and a header entry, made by hand: "" → header, "a" → "A",
 * "b\0bs" → "x\0y". */
static GByteArray *
make_catalogue (bool swapped)
{
  static const char *const originals[] = { "", "a", "b\0bs" };
  static const size_t original_lengths[] = { 0, 1, 4 };
  static const char *const translations[] = { "h", "A", "x\0y" };
  static const size_t translation_lengths[] = { 1, 1, 3 };
  GByteArray *bytes = g_byte_array_new ();
  uint32_t words[7 + 12] = { 0x950412de, 0, 3, 28, 52, 0, 0 };
  uint32_t offset = sizeof words;

  for (unsigned i = 0; i < 3; i++)
    {
      words[7 + 2 * i] = original_lengths[i];
      words[8 + 2 * i] = offset;
      offset += original_lengths[i] + 1;
    }
  for (unsigned i = 0; i < 3; i++)
    {
      words[13 + 2 * i] = translation_lengths[i];
      words[14 + 2 * i] = offset;
      offset += translation_lengths[i] + 1;
    }
  for (unsigned i = 0; swapped && i < G_N_ELEMENTS (words); i++)
    words[i] = GUINT32_SWAP_LE_BE (words[i]);
  g_byte_array_append (bytes, (const guint8 *) words, sizeof words);
  for (unsigned i = 0; i < 3; i++)
    g_byte_array_append (bytes, (const guint8 *) originals[i], original_lengths[i] + 1);
  for (unsigned i = 0; i < 3; i++)
    g_byte_array_append (bytes, (const guint8 *) translations[i], translation_lengths[i] + 1);
  return bytes;
}

static void
test_mo_reads (void)
{
  for (unsigned swapped = 0; swapped < 2; swapped++)
    {
      g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (make_catalogue (swapped));
      g_autoptr (GError) error = NULL;
      g_autoptr (VolantMo) mo = volant_mo_new (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (volant_mo_get_n_messages (mo), ==, 3);
      g_assert_cmpstr (volant_mo_lookup (mo, "a", 0), ==, "A");
      g_assert_cmpstr (volant_mo_lookup (mo, "a", 1), ==, "A");
      g_assert_cmpstr (volant_mo_lookup (mo, "b", 0), ==, "x");
      g_assert_cmpstr (volant_mo_lookup (mo, "b", 1), ==, "y");
      g_assert_cmpstr (volant_mo_lookup (mo, "b", 9), ==, "y");
      g_assert_null (volant_mo_lookup (mo, "bs", 0));
      g_assert_null (volant_mo_lookup (mo, "c", 0));
    }
}

/* Cut at every length and changed in every byte: refused, or read with every string in bounds. */
static void
test_mo_damaged (void)
{
  g_autoptr (GByteArray) whole = make_catalogue (false);
  unsigned n_refused = 0;

  for (unsigned length = 0; length < whole->len; length++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (whole->data, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (volant_mo_new (bytes, &error));
      g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_FAILED);
    }
  for (unsigned i = 0; i < whole->len * 8; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (whole->data, whole->len);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (VolantMo) mo = NULL;

      copy[i / 8] ^= 1u << i % 8;
      bytes = g_bytes_new (copy, whole->len);
      mo = volant_mo_new (bytes, NULL);
      n_refused += mo == NULL;
      if (mo != NULL && volant_mo_lookup (mo, "b", 1) != NULL)
        g_assert_true (strlen (volant_mo_lookup (mo, "b", 1)) <= whole->len);
    }
  g_assert_cmpuint (n_refused, >, 200);
}

static void
test_quantities (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 22, 14, 5, 0);

  EQUALS (volant_text_distance ("en", 0.0), "0 m");
  EQUALS (volant_text_distance ("en", NAN), "0 m");
  EQUALS (volant_text_distance ("en", 42.0), "40 m");
  EQUALS (volant_text_distance ("en", 97.0), "100 m");
  EQUALS (volant_text_distance ("fr", 349.0), "350 m");
  EQUALS (volant_text_distance ("zh", 349.0), "350米");
  EQUALS (volant_text_distance ("en", 980.0), "1.0 km");
  EQUALS (volant_text_distance ("en", 1249.0), "1.2 km");
  EQUALS (volant_text_distance ("fr", 1249.0), "1,2 km");
  EQUALS (volant_text_distance ("zh", 1249.0), "1.2公里");
  EQUALS (volant_text_distance ("fr", 12600.0), "13 km");
  EQUALS (volant_text_duration ("en", -5.0), "1 min");
  EQUALS (volant_text_duration ("en", 299.0), "5 min");
  EQUALS (volant_text_duration ("fr", 3900.0), "1 h 05 min");
  EQUALS (volant_text_duration ("zh", 3900.0), "1小时5分钟");
  EQUALS (volant_text_duration ("zh", 7200.0), "2小时");
  EQUALS (volant_text_clock ("fr", time), "14:05");
  EQUALS (volant_text_clock_spoken ("fr", time), "14:05");
  EQUALS (volant_text_clock_spoken ("zh", time), "14点05分");
}

static void
test_languages (void)
{
  g_assert_true (volant_language_is_known ("zh"));
  g_assert_false (volant_language_is_known ("de"));
  g_assert_false (volant_language_is_known (NULL));
  g_assert_cmpstr (volant_text ("fr", "Cancelled"), ==, "Annulé");
  g_assert_cmpstr (volant_text ("zh", "Cancelled"), ==, "已取消");
  g_assert_cmpstr (volant_text ("en", "Cancelled"), ==, "Cancelled");
  g_assert_cmpstr (volant_text ("de", "Cancelled"), ==, "Cancelled");
  g_assert_cmpstr (volant_text ("fr", ""), ==, "");
  g_assert_cmpstr (volant_text_plural ("xx", "dog", "dogs", 1), ==, "dog");
  g_assert_cmpstr (volant_text_plural ("en", "dog", "dogs", 0), ==, "dogs");
}

static void
test_errors (void)
{
  g_autoptr (GError) no_route =
      g_error_new_literal (VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NO_ROUTE, "no route");
  g_autoptr (GError) corrupt =
      g_error_new_literal (VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT, "a.city: block 3");
  g_autoptr (GError) own = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_NOT_NOW, "Rien");
  g_autoptr (GError) kept = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                                                 "use the screen instead of the voice");

  EQUALS (volant_text_error ("fr", no_route), "Aucun chemin n’y mène en voiture");
  EQUALS (volant_text_error ("zh", corrupt), "数据已损坏（a.city: block 3）");
  EQUALS (volant_text_error ("fr", own), "Rien");
  EQUALS (volant_text_error ("fr", kept), "servez-vous de l’écran au lieu de la voix");
  EQUALS (volant_text_error ("zh", kept), "请用屏幕代替语音");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/mo-reads", test_mo_reads);
  g_test_add_func ("/text/mo-damaged", test_mo_damaged);
  g_test_add_func ("/text/quantities", test_quantities);
  g_test_add_func ("/text/languages", test_languages);
  g_test_add_func ("/text/errors", test_errors);
  return g_test_run ();
}
