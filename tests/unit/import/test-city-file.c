/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/city/city.h"
#include "tests/support.h"

#include <glib/gstdio.h>
#include <string.h>

#define TAG_A VOLANT_CITY_TAG ('A', 'A', 'A', 'A')
#define TAG_B VOLANT_CITY_TAG ('B', 'B', 'B', 'B')
#define TAG_EMPTY VOLANT_CITY_TAG ('N', 'O', 'N', 'E')

static char *
make_path (const char *name)
{
  return g_build_filename (volant_test_folder (), name, NULL);
}

/* A file of three sections: text, nothing, and size_b bytes of a pattern. */
static GBytes *
make_file (size_t size_b)
{
  g_autofree char *path = make_path ("three.city");
  g_autofree uint8_t *pattern = g_malloc (size_b);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCityWriter) writer = volant_city_writer_new (path, &error);
  char *data;
  size_t size;

  for (size_t i = 0; i < size_b; i++)
    pattern[i] = (uint8_t) (i * 31 + i / 256);
  g_assert_no_error (error);
  volant_city_writer_add (writer, TAG_A, "Volant", 6, &error);
  g_assert_no_error (error);
  volant_city_writer_add (writer, TAG_EMPTY, NULL, 0, &error);
  g_assert_no_error (error);
  volant_city_writer_add (writer, TAG_B, pattern, size_b, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  volant_city_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return g_bytes_new_take (data, size);
}

static void
test_sections (void)
{
  g_autoptr (GBytes) bytes = make_file (200000);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCityFile) file = volant_city_file_open_bytes (bytes, &error);
  size_t size = 0;
  const uint8_t *data;

  g_assert_no_error (error);
  g_assert_true (volant_city_file_has_section (file, TAG_A));
  g_assert_false (volant_city_file_has_section (file, VOLANT_CITY_ROADS));
  data = volant_city_file_get_section (file, TAG_A, &size, &error);
  g_assert_cmpmem (data, size, "Volant", 6);
  g_assert_nonnull (volant_city_file_get_section (file, TAG_EMPTY, &size, &error));
  g_assert_cmpuint (size, ==, 0);
  data = volant_city_file_get_section (file, TAG_B, &size, &error);
  g_assert_cmpuint (size, ==, 200000);
  g_assert_cmpuint ((uintptr_t) data % 64, ==, (uintptr_t) g_bytes_get_data (bytes, NULL) % 64);
  g_assert_cmpuint (data[70000], ==, (uint8_t) (70000 * 31 + 70000 / 256));
  g_assert_true (volant_city_file_get_range (file, TAG_B, 70000, 10, &error) == data + 70000);
  g_assert_null (volant_city_file_get_range (file, TAG_B, 199999, 2, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (volant_city_file_get_range (file, TAG_B, UINT64_MAX, 2, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (volant_city_file_get_section (file, VOLANT_CITY_ROADS, &size, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND);
}

/* Only what is touched is checked: a flip in the third block does not keep the first from use. */
static void
test_blocks_checked_when_used (void)
{
  g_autoptr (GBytes) whole = make_file (200000);
  size_t size;
  uint8_t *data = g_memdup2 (g_bytes_get_data (whole, &size), g_bytes_get_size (whole));
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, g_bytes_get_size (whole));
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCityFile) file = NULL;

  data[64 + 64 + 140000] ^= 4;
  file = volant_city_file_open_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (volant_city_file_get_range (file, TAG_B, 0, 131072, &error));
  g_assert_no_error (error);
  g_assert_null (volant_city_file_get_range (file, TAG_B, 131000, 73, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (volant_city_file_get_section (file, TAG_B, &size, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
}

/* Whether a changed file is noticed when it is opened or when all of its sections are read. */
static bool
is_refused (const uint8_t *data, size_t size)
{
  static const uint32_t tags[] = { TAG_A, TAG_EMPTY, TAG_B };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCityFile) file = volant_city_file_open_bytes (bytes, &error);
  bool refused = file == NULL;
  size_t unused;

  for (unsigned i = 0; i < G_N_ELEMENTS (tags) && !refused; i++)
    refused = volant_city_file_get_section (file, tags[i], &unused, &error) == NULL;
  g_assert_true (refused == (error != NULL));
  return refused;
}

static void
test_every_flipped_bit (void)
{
  g_autoptr (GBytes) whole = make_file (300);
  size_t size;
  g_autofree uint8_t *data = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));

  size = g_bytes_get_size (whole);
  g_assert_false (is_refused (data, size));
  for (size_t bit = 0; bit < size * 8; bit++)
    {
      data[bit / 8] ^= (uint8_t) (1 << bit % 8);
      g_assert_true (is_refused (data, size));
      data[bit / 8] ^= (uint8_t) (1 << bit % 8);
    }
}

static void
test_every_truncation (void)
{
  g_autoptr (GBytes) whole = make_file (300);
  g_autofree uint8_t *longer = g_malloc0 (g_bytes_get_size (whole) + 1);
  size_t size = g_bytes_get_size (whole);

  memcpy (longer, g_bytes_get_data (whole, NULL), size);
  for (size_t length = 0; length < size; length++)
    g_assert_true (is_refused (longer, length));
  g_assert_false (is_refused (longer, size));
  g_assert_true (is_refused (longer, size + 1));
}

/* What is not finished leaves nothing, and an older file of that name as it was. */
static void
test_unfinished (void)
{
  g_autofree char *path = make_path ("unfinished.city");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *text = NULL;
  VolantCityWriter *writer;
  const char *name;

  g_file_set_contents (path, "older", -1, &error);
  g_assert_no_error (error);
  writer = volant_city_writer_new (path, &error);
  g_assert_true (volant_city_writer_add (writer, TAG_A, "new", 3, &error));
  volant_city_writer_free (writer);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
  g_unlink (path);
  dir = g_dir_open (volant_test_folder (), 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "unfinished"));
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (volant_city_writer_new ("/nonexistent/folder/a.city", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_null (volant_city_writer_new (volant_test_folder (), &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
}

static void *
read_all (void *data)
{
  VolantCityFile *file = data;
  size_t size;

  for (unsigned i = 0; i < 50; i++)
    g_assert_nonnull (volant_city_file_get_section (file, TAG_B, &size, NULL));
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GBytes) bytes = make_file (1000000);
  g_autoptr (VolantCityFile) file = volant_city_file_open_bytes (bytes, NULL);
  GThread *threads[4];

  for (unsigned i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_all, file);
  for (unsigned i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_info (void)
{
  g_autofree char *path = make_path ("info.city");
  VolantCityInfo info = { .name = "Port-Lumière",
                          .country = "FR",
                          .attribution = "© no one",
                          .source = "a test",
                          .drives_on_left = true,
                          .bounds = { -10, -20, 30, 40 },
                          .start = { 5, -6 } };
  g_autoptr (GBytes) bytes = volant_city_info_serialize (&info);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCityWriter) writer = volant_city_writer_new (path, &error);
  g_autoptr (VolantCity) city = NULL;
  const VolantCityInfo *read;

  volant_city_writer_add (writer, VOLANT_CITY_INFO, g_bytes_get_data (bytes, NULL),
                          g_bytes_get_size (bytes), &error);
  volant_city_writer_finish (writer, &error);
  g_assert_no_error (error);
  city = volant_city_open (path, &error);
  g_assert_no_error (error);
  read = volant_city_get_info (city);
  g_assert_cmpstr (read->name, ==, info.name);
  g_assert_cmpstr (read->country, ==, "FR");
  g_assert_cmpstr (read->attribution, ==, info.attribution);
  g_assert_cmpstr (read->source, ==, "a test");
  g_assert_true (read->drives_on_left);
  g_assert_cmpmem (&read->bounds, sizeof read->bounds, &info.bounds, sizeof info.bounds);
  g_assert_cmpint (read->start.lon_e7, ==, -6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/city-file/sections", test_sections);
  g_test_add_func ("/city-file/blocks-checked-when-used", test_blocks_checked_when_used);
  g_test_add_func ("/city-file/every-flipped-bit", test_every_flipped_bit);
  g_test_add_func ("/city-file/every-truncation", test_every_truncation);
  g_test_add_func ("/city-file/unfinished", test_unfinished);
  g_test_add_func ("/city-file/no-folder", test_no_folder);
  g_test_add_func ("/city-file/threads", test_threads);
  g_test_add_func ("/city/info", test_info);
  return g_test_run ();
}
