/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/raw-graph.h"
#include "tests/support.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Raw graphs as files: a good one is read; whatever is wrong is told by the name of its file. */

typedef struct {
  uint32_t first_out[4];
  uint32_t heads[4];
  uint32_t costs[4];
  float latitudes_deg[3];
  float longitudes_deg[3];
} Small;

static const Small small = { { 0, 2, 3, 4 }, { 1, 2, 0, 0 }, { 5, 6, 7, VOLANT_COST_LIMIT },
                             { 48.0f, 48.5f, 49.0f }, { 2.0f, -2.5f, 3.0f } };

static void
fill_files (const Small *self, GBytes *files[RAW_GRAPH_N_FILES])
{
  files[RAW_GRAPH_FIRST_OUT] = g_bytes_new (self->first_out, sizeof self->first_out);
  files[RAW_GRAPH_HEAD] = g_bytes_new (self->heads, sizeof self->heads);
  files[RAW_GRAPH_TRAVEL_TIME] = g_bytes_new (self->costs, sizeof self->costs);
  files[RAW_GRAPH_LATITUDE] = g_bytes_new (self->latitudes_deg, sizeof self->latitudes_deg);
  files[RAW_GRAPH_LONGITUDE] = g_bytes_new (self->longitudes_deg, sizeof self->longitudes_deg);
}

static void
clear_files (GBytes *files[RAW_GRAPH_N_FILES])
{
  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    g_bytes_unref (files[file]);
}

static void
expect_refused (const Small *self, const char *words)
{
  GBytes *files[RAW_GRAPH_N_FILES];
  g_autoptr (GError) error = NULL;

  fill_files (self, files);
  g_assert_null (raw_graph_new (files, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  clear_files (files);
}

static void
test_good (void)
{
  GBytes *files[RAW_GRAPH_N_FILES];
  g_autoptr (GError) error = NULL;
  g_autoptr (RawGraph) raw = NULL;

  fill_files (&small, files);
  raw = raw_graph_new (files, &error);
  clear_files (files);
  g_assert_no_error (error);
  g_assert_cmpuint (raw->graph.n_nodes, ==, 3);
  g_assert_cmpuint (raw->graph.n_arcs, ==, 4);
  g_assert_cmpuint (raw->graph.heads[1], ==, 2);
  g_assert_cmpuint (raw->costs[2], ==, 7);
  g_assert_cmpfloat (raw->longitudes_deg[1], ==, -2.5f);
}

static void
test_numbers (void)
{
  Small wrong = small;

  wrong.first_out[0] = 1;
  expect_refused (&wrong, "first_out: it does not begin");
  wrong = small;
  wrong.first_out[1] = 4;
  expect_refused (&wrong, "first_out: its numbers do not ascend");
  wrong = small;
  wrong.first_out[3] = 5;
  expect_refused (&wrong, "head: it is not as long as first_out");
  wrong = small;
  wrong.heads[3] = 3;
  expect_refused (&wrong, "head: a head is no node");
  wrong = small;
  wrong.costs[0] = VOLANT_COST_LIMIT + 1;
  expect_refused (&wrong, "travel_time");
  wrong = small;
  wrong.latitudes_deg[2] = NAN;
  expect_refused (&wrong, "latitude: a latitude");
  wrong = small;
  wrong.longitudes_deg[0] = INFINITY;
  expect_refused (&wrong, "longitude: a longitude");
}

/* Every file cut by a byte, cut by a number, made longer by either, and empty. */
static void
test_sizes (void)
{
  static const int changes[] = { -4, -1, 1, 4, -1000 };

  for (unsigned i = 0; i < G_N_ELEMENTS (changes) * RAW_GRAPH_N_FILES; i++)
    {
      RawGraphFile file = i % RAW_GRAPH_N_FILES;
      int change = changes[i / RAW_GRAPH_N_FILES];
      GBytes *files[RAW_GRAPH_N_FILES];
      g_autoptr (GError) error = NULL;
      g_autofree uint8_t *copy = NULL;
      size_t size;

      fill_files (&small, files);
      size = g_bytes_get_size (files[file]);
      copy = g_malloc0 (size + 4);
      memcpy (copy, g_bytes_get_data (files[file], NULL), size);
      g_bytes_unref (files[file]);
      files[file] = g_bytes_new (copy, (size_t) MAX (0, (int) size + change));
      g_assert_null (raw_graph_new (files, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
      clear_files (files);
    }
}

static void
test_folder (void)
{
  static const char *const names[] = { "first_out", "head", "travel_time", "latitude",
                                       "longitude" };
  GBytes *files[RAW_GRAPH_N_FILES];
  const char *folder = volant_test_folder ();
  g_autoptr (RawGraph) raw = NULL;
  g_autoptr (GError) error = NULL;

  fill_files (&small, files);
  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    {
      g_autofree char *path = g_build_filename (folder, names[file], NULL);

      g_assert_null (raw_graph_load (folder, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      g_assert_nonnull (strstr (error->message, names[file]));
      g_clear_error (&error);
      g_assert_true (g_file_set_contents (path, g_bytes_get_data (files[file], NULL),
                                          (gssize) g_bytes_get_size (files[file]), NULL));
    }
  clear_files (files);
  raw = raw_graph_load (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (raw->graph.n_arcs, ==, 4);
}

static void
test_pairs (void)
{
  static const char good[] = "0 2\n\n  1\t0 48.1 2.1 and more\r\n \n2 2";
  static const char *const wrong[] = { "0",     "0\n1 2", "0 3", "-1 0", "0 1.5", "0 1x", "a 1",
                                       "0,1",   "0 99999999999999999999", "0 1\n0 4294967296",
                                       "# 0 1", "0x1 1" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pairs = raw_pairs_parse (good, sizeof good - 1, 3, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, ==, 3);
  g_assert_cmpuint (g_array_index (pairs, RawPair, 0).target, ==, 2);
  g_assert_cmpuint (g_array_index (pairs, RawPair, 1).source, ==, 1);
  g_assert_cmpuint (g_array_index (pairs, RawPair, 2).source, ==, 2);
  for (unsigned i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (raw_pairs_parse (wrong[i], strlen (wrong[i]), 3, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_null (raw_pairs_parse ("0 1\0", 4, 3, &error));
  g_clear_error (&error);
  for (unsigned i = 0; i < 2; i++)
    {
      g_assert_null (raw_pairs_parse (" \n\n", i * 3, 3, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
      g_clear_error (&error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raw-graph/good", test_good);
  g_test_add_func ("/raw-graph/numbers", test_numbers);
  g_test_add_func ("/raw-graph/sizes", test_sizes);
  g_test_add_func ("/raw-graph/folder", test_folder);
  g_test_add_func ("/raw-graph/pairs", test_pairs);
  return g_test_run ();
}
