/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/elevation.h"
#include "tests/unit/import/osm-text.h"

#include <archive.h>
#include <archive_entry.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* The whole import: files in, a city out; heights; stopping; the real data where it is there. */

#define STREETS                                                                                    \
  "n 1 43.700 7.400\nn 2 43.702 7.400\nn 3 43.704 7.400\nn 4 43.702 7.402\n"                       \
  "w 10 1,2,3 highway=residential name=Nord\nw 11 2,4 highway=residential\n"                       \
  "w 12 1,4,3,1 building=yes\n"

static char *
make_path (const char *name)
{
  return g_build_filename (volant_test_folder (), name, NULL);
}

static char *
write_map (const char *name, const char *text)
{
  char *path = make_path (name);
  g_autofree char *xml = osm_text_to_xml (text);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, xml, -1, &error);
  g_assert_no_error (error);
  return path;
}

static VolantCity *
import_good (const char *path, const VolantImportOptions *options, const char *city_name)
{
  g_autofree char *city_path = make_path (city_name);
  g_autoptr (GError) error = NULL;
  VolantCity *city;

  volant_import (path, options, city_path, NULL, NULL, &error);
  g_assert_no_error (error);
  city = volant_city_open (city_path, &error);
  g_assert_no_error (error);
  return city;
}

static void
test_import (void)
{
  g_autofree char *path = write_map ("petite-ville.osm", STREETS);
  VolantImportReport report;
  VolantImportOptions options = { .report = &report };
  g_autoptr (VolantCity) city = import_good (path, &options, "plain.city");
  const VolantCityInfo *info = volant_city_get_info (city);
  g_autoptr (VolantRoads) roads = volant_roads_open (volant_city_get_file (city), NULL);

  g_assert_cmpstr (info->name, ==, "Petite-ville");
  g_assert_cmpstr (info->source, ==, "petite-ville.osm");
  g_assert_nonnull (strstr (info->attribution, "OpenStreetMap"));
  g_assert_cmpint (info->bounds.min_lat_e7, ==, 437000000);
  g_assert_cmpint (info->bounds.max_lon_e7, ==, 74020000);
  /* the junction nearest to the middle 43.702,7.401 that cars reach: 2, or 4 as far away */
  g_assert_cmpint (info->start.lat_e7, ==, 437020000);
  g_assert_cmpuint (roads->n_segments, ==, 3);
  g_assert_cmpuint (report.n_segments, ==, 3);
  g_assert_cmpuint (report.n_nodes, ==, 4);
  g_assert_true (volant_city_file_has_section (volant_city_get_file (city), VOLANT_CITY_TURNS));
  g_assert_true (volant_city_file_has_section (volant_city_get_file (city), VOLANT_CITY_TOPOLOGY));
  g_assert_true (volant_city_file_has_section (volant_city_get_file (city), VOLANT_CITY_DRAWING));
  g_assert_cmpuint (info->tree_height, ==, report.topology.tree_height);
  g_assert_cmpuint (info->tree_height, >, 1);
  g_assert_cmpfloat (info->search_arcs_mean, ==, report.topology.search_arcs_mean);
}

static void
test_options (void)
{
  g_autofree char *path = write_map ("options.osm", STREETS);
  VolantImportOptions options = { .name = "Une ville",
                                  .country = "gb",
                                  .has_start = true,
                                  .start = { 437040000, 74000000 },
                                  .roads_only = true };
  g_autoptr (VolantCity) city = import_good (path, &options, "options.city");
  const VolantCityInfo *info = volant_city_get_info (city);

  g_assert_cmpstr (info->name, ==, "Une ville");
  g_assert_cmpstr (info->country, ==, "GB");
  g_assert_true (info->drives_on_left);
  g_assert_cmpint (info->start.lat_e7, ==, 437040000);
  g_assert_true (volant_city_file_has_section (volant_city_get_file (city), VOLANT_CITY_TOPOLOGY));
  g_assert_false (volant_city_file_has_section (volant_city_get_file (city), VOLANT_CITY_DRAWING));
}

static void
test_country_from_data (void)
{
  static const struct {
    const char *extra;
    const char *country;
  } rows[] = {
    { "", "" },
    { "n 7 43.7 7.4 addr:country=FR\n", "FR" },
    { "w 7 1,2 addr:country=it building=yes\n", "IT" },
    { "n 7 43.7 7.4 addr:country=FR\nn 8 43.7 7.4 addr:country=IT\n", "" },
    { "n 7 43.7 7.4 is_in:country_code=FR\n", "FR" },
    { "r 7 outer:w10 boundary=administrative admin_level=2 ISO3166-1=ES\n", "ES" },
    { "r 7 outer:w10 ISO3166-1:alpha2=ES\nr 8 outer:w10 ISO3166-1:alpha2=FR\n", "" },
    { "n 7 43.7 7.4 addr:country=Frankreich\n", "" },
  };

  for (unsigned i = 0; i < 2 * G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (STREETS, rows[i / 2].extra, NULL);
      g_autofree char *path = write_map ("country.osm", text);
      VolantImportOptions options = { .roads_only = i % 2 };
      g_autoptr (VolantCity) city = import_good (path, &options, "country.city");

      g_test_message ("%s", rows[i / 2].extra);
      g_assert_cmpstr (volant_city_get_info (city)->country, ==, rows[i / 2].country);
    }
}

/* What INFO holds, but for the time that the import took. */
static GBytes *
copy_info (VolantCity *city)
{
  VolantCityInfo info = *volant_city_get_info (city);

  info.order_ms = 0;
  return volant_city_info_serialize (&info);
}

/* The same input gives the same bytes. */
static void
assert_repeatable (const char *path, const VolantImportOptions *options)
{
  static const uint32_t tags[] = { VOLANT_CITY_ROADS, VOLANT_CITY_TURNS, VOLANT_CITY_TOPOLOGY,
                                   VOLANT_CITY_DRAWING, VOLANT_CITY_PLACES };
  g_autoptr (VolantCity) first = import_good (path, options, "first.city");
  g_autoptr (VolantCity) second = import_good (path, options, "second.city");
  g_autoptr (GBytes) a = copy_info (first), b = copy_info (second);

  g_assert_true (g_bytes_equal (a, b));
  for (unsigned i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      VolantCityFile *files[2] = { volant_city_get_file (first), volant_city_get_file (second) };
      size_t sizes[2] = { 0, 0 };
      const void *data[2] = { NULL, NULL };

      for (unsigned k = 0; k < 2; k++)
        if (volant_city_file_has_section (files[k], tags[i]))
          data[k] = volant_city_file_get_section (files[k], tags[i], &sizes[k], NULL);
      g_assert_cmpmem (data[0], sizes[0], data[1], sizes[1]);
    }
}

static void
test_repeatable (void)
{
  g_autofree char *path = write_map ("again.osm", STREETS);
  VolantImportOptions options = { 0 };

  assert_repeatable (path, &options);
}

typedef struct {
  unsigned n_calls;
  unsigned stop_at;
  double last;
} Watch;

static bool
on_progress (double fraction, const char *stage, void *data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  g_assert_nonnull (stage);
  watch->last = fraction;
  return ++watch->n_calls != watch->stop_at;
}

static unsigned
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (volant_test_folder (), 0, NULL);
  unsigned count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* Stopped at each report in turn: G_IO_ERROR_CANCELLED, and not a file more than before. */
static void
test_stopped (void)
{
  g_autofree char *path = write_map ("stopped.osm", STREETS);
  g_autofree char *city_path = make_path ("stopped.city");
  Watch whole = { .last = 0.0 };
  unsigned n_files;

  g_assert_true (volant_import (path, NULL, city_path, on_progress, &whole, NULL));
  g_assert_cmpuint (whole.n_calls, >, 3);
  g_unlink (city_path);
  n_files = count_files ();
  for (unsigned i = 1; i <= whole.n_calls; i++)
    {
      Watch watch = { .stop_at = i };
      g_autoptr (GError) error = NULL;

      g_assert_false (volant_import (path, NULL, city_path, on_progress, &watch, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (count_files (), ==, n_files);
    }
}

static void
assert_import_fails (const char *path, const VolantImportOptions *options, const char *city_path,
                     GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  unsigned n_files = count_files ();

  g_assert_false (volant_import (path, options, city_path, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpuint (count_files (), ==, n_files);
}

static void
test_refused (void)
{
  g_autofree char *path = write_map ("good.osm", STREETS);
  g_autofree char *empty = write_map ("empty.osm", "");
  g_autofree char *city_path = make_path ("refused.city");
  VolantImportOptions country = { .country = "France" };
  VolantImportOptions heights = { .elevation_dir = volant_test_folder () };
  VolantImportOptions nowhere = { .elevation_dir = "/nonexistent" };

  assert_import_fails (empty, NULL, city_path, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
  assert_import_fails ("/nonexistent.osm", NULL, city_path, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  assert_import_fails (path, NULL, "/nonexistent/a.city", G_FILE_ERROR, G_FILE_ERROR_NOENT);
  assert_import_fails (path, NULL, path, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
  assert_import_fails (path, &country, city_path, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
  assert_import_fails (path, &heights, city_path, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND);
  assert_import_fails (path, &nowhere, city_path, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* A square of 1201 posts whose height is 10 m for each row south of the north edge and 1 m for each
 * column east, with one post unknown. */
static void
write_square (const char *folder, const char *name, bool as_zip)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree uint8_t *data = g_malloc (1201 * 1201 * 2);
  struct archive *archive;
  struct archive_entry *entry;

  g_mkdir_with_parents (folder, 0755);
  for (unsigned row = 0; row < 1201; row++)
    for (unsigned column = 0; column < 1201; column++)
      {
        int height = row == 600 && column == 600 ? -32768 : (int)(10 * row + column);

        data[2 * (row * 1201 + column)] = (uint8_t)((unsigned)height >> 8);
        data[2 * (row * 1201 + column) + 1] = (uint8_t)height;
      }
  if (!as_zip)
    {
      g_file_set_contents (path, (const char *)data, 1201 * 1201 * 2, NULL);
      return;
    }
  archive = archive_write_new ();
  entry = archive_entry_new ();
  archive_write_set_format_zip (archive);
  archive_write_open_filename (archive, path);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_pathname (entry, "N43E007.hgt");
  archive_entry_set_size (entry, 1201 * 1201 * 2);
  archive_write_header (archive, entry);
  archive_write_data (archive, data, 1201 * 1201 * 2);
  archive_entry_free (entry);
  archive_write_free (archive);
}

static void
assert_height (VolantElevation *elevation, double lat_deg, double lon_deg, double expected_m)
{
  double height_m = NAN;

  g_assert_true (
      volant_elevation_get (elevation, volant_point_from_degrees (lat_deg, lon_deg), &height_m));
  g_assert_cmpfloat_with_epsilon (height_m, expected_m, 0.01);
}

static void
test_elevation (void)
{
  for (unsigned as_zip = 0; as_zip < 2; as_zip++)
    {
      g_autofree char *folder = make_path (as_zip ? "zipped" : "plain");
      g_autoptr (VolantElevation) elevation = NULL;
      g_autoptr (GError) error = NULL;
      double height_m;

      write_square (folder, as_zip ? "srtm-n43e007.hgt.zip" : "N43E007.hgt", as_zip);
      elevation = volant_elevation_new (folder, &error);
      g_assert_no_error (error);
      assert_height (elevation, 43.9999999, 7.0, 0.0);
      assert_height (elevation, 44.0 - 1.0 / 1200, 7.0 + 2.0 / 1200, 12.0);
      /* a quarter of the way between rows and a half between columns */
      assert_height (elevation, 44.0 - 100.25 / 1200, 7.0 + 200.5 / 1200, 1203.0);
      /* beside the unknown post the other three count */
      assert_height (elevation, 43.5 + 0.5 / 1200, 7.5 - 0.5 / 1200,
                     (5990 + 599 + 5990 + 600 + 6000 + 599) / 3.0);
      assert_height (elevation, 43.0, 7.9999999, 13200.0);
      g_assert_false (
          volant_elevation_get (elevation, volant_point_from_degrees (43.5, 7.5), &height_m));
      g_assert_false (
          volant_elevation_get (elevation, volant_point_from_degrees (42.5, 7.5), &height_m));
      g_assert_true (volant_elevation_check (elevation, &error));
    }
}

static void
test_damaged_elevation (void)
{
  g_autofree char *folder = make_path ("damaged");
  g_autofree char *square = g_build_filename (folder, "N43E007.hgt", NULL);
  g_autofree char *path = write_map ("damaged.osm", STREETS);
  g_autofree char *city_path = make_path ("damaged.city");
  VolantImportOptions options = { .elevation_dir = folder };

  g_mkdir_with_parents (folder, 0755);
  g_file_set_contents (square, "short", -1, NULL);
  assert_import_fails (path, &options, city_path, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
}

/* Along 7.0 east the ground falls 10 m northwards for each 1/1200 degree; a bridge in two ways does
 * not follow it but goes evenly from one end to the other, longer ways more. */
static void
test_heights_of_roads (void)
{
  g_autofree char *folder = make_path ("heights");
  g_autofree char *path =
      write_map ("heights.osm",
                 "n 1 43.900 7.0\nn 2 43.901 7.0\nn 3 43.902 7.001\nn 4 43.903 7.5\nn 5 43.905 "
                 "7.5\nn 6 43.9015 7.0\n"
                 "w 10 1,6,2 highway=residential\nw 11 2,3 highway=residential bridge=yes layer=1\n"
                 "w 12 3,4,5 highway=residential tunnel=yes\nw 13 5,1 highway=residential\n");
  VolantImportOptions options = { .elevation_dir = folder, .roads_only = true };
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (VolantRoads) roads = NULL;
  const VolantSegment *ground, *bridge, *tunnel;
  double from_dm, to_dm, share;

  write_square (folder, "N43E007.hgt", false);
  city = import_good (path, &options, "heights.city");
  roads = volant_roads_open (volant_city_get_file (city), NULL);
  g_assert_true (roads->has_elevation);
  ground = find_segment (roads, 10, 1, 2);
  bridge = find_segment (roads, 11, 2, 3);
  tunnel = find_segment (roads, 12, 3, 5);
  /* 43.9 is 120 rows south of the edge: 1,200 m */
  g_assert_cmpint (roads->elevations_dm[ground->first_point], ==, 12000);
  g_assert_cmpint (roads->elevations_dm[ground->first_point + 1], ==, 11820);
  g_assert_cmpint (roads->elevations_dm[ground->first_point + 2], ==, 11880);
  from_dm = roads->elevations_dm[bridge->first_point];
  to_dm = roads->elevations_dm[tunnel->first_point + 2];
  g_assert_cmpfloat (from_dm, ==, 11880);
  g_assert_cmpfloat (to_dm, ==, 11400 + 6000);
  /* a mean of neighbours weighted by closeness is linear along a chain */
  share = bridge->length_mm / ((double)bridge->length_mm + tunnel->length_mm);
  g_assert_cmpfloat_with_epsilon (roads->elevations_dm[bridge->first_point + 1],
                                  from_dm + (to_dm - from_dm) * share, 2.0);
  g_assert_cmpint (roads->elevations_dm[tunnel->first_point], ==,
                   roads->elevations_dm[bridge->first_point + 1]);
}

/* What the real extracts hold; the numbers of roads were counted with another program's rules in
 * mind, so they are floors. */
static void
test_real (void)
{
  static const struct {
    const char *file;
    const char *country;
    unsigned min_roads, min_restrictions;
  } rows[] = {
    { "osm/monaco.osm.pbf", "MC", 2500, 20 },
    { "osm/north-bayreuth.osm.gz", "DE", 1800, 30 },
    { "osm/andorra.osm.gz", "AD", 1500, 0 },
    { "osm/paris-west-2022.osm.pbf", "FR", 3000, 0 },
    { "osm/paris-streets.osm.pbf", "FR", 17958, 0 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = volant_test_data (rows[i].file);
      VolantImportReport report;
      VolantImportOptions options = { .report = &report, .roads_only = true };
      g_autoptr (VolantCity) city = NULL;

      if (path == NULL)
        return;
      city = import_good (path, &options, "real.city");
      g_assert_cmpstr (volant_city_get_info (city)->country, ==, rows[i].country);
      g_assert_cmpuint (report.roads.n_roads, >=, rows[i].min_roads);
      g_assert_cmpuint (report.roads.n_restrictions, >=, rows[i].min_restrictions);
      assert_repeatable (path, &options);
    }
}

static void
test_monaco_climbs (void)
{
  g_autofree char *path = volant_test_data ("osm/monaco.osm.pbf");
  g_autofree char *square =
      path != NULL ? volant_test_data ("osm/monaco-srtm-N43E007.hgt.zip") : NULL;
  g_autofree char *folder = square != NULL ? g_path_get_dirname (square) : NULL;
  VolantImportReport report;
  VolantImportOptions options = { .elevation_dir = folder, .roads_only = true, .report = &report };
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (VolantRoads) roads = NULL;
  int low_dm = INT16_MAX, high_dm = INT16_MIN;

  if (square == NULL)
    return;
  city = import_good (path, &options, "monaco.city");
  roads = volant_roads_open (volant_city_get_file (city), NULL);
  for (uint32_t i = 0; i < roads->n_points; i++)
    {
      low_dm = MIN (low_dm, roads->elevations_dm[i]);
      high_dm = MAX (high_dm, roads->elevations_dm[i]);
    }
  g_test_message ("from %d to %d dm", low_dm, high_dm);
  g_assert_cmpint (low_dm, >=, -100);
  g_assert_cmpint (low_dm, <=, 50);
  g_assert_cmpint (high_dm, >=, 4500);
  g_assert_cmpuint (report.roads.n_missing_elevations, <, roads->n_points / 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/import", test_import);
  g_test_add_func ("/import/options", test_options);
  g_test_add_func ("/import/country-from-data", test_country_from_data);
  g_test_add_func ("/import/repeatable", test_repeatable);
  g_test_add_func ("/import/stopped", test_stopped);
  g_test_add_func ("/import/refused", test_refused);
  g_test_add_func ("/import/elevation", test_elevation);
  g_test_add_func ("/import/damaged-elevation", test_damaged_elevation);
  g_test_add_func ("/import/heights-of-roads", test_heights_of_roads);
  g_test_add_func ("/import/real", test_real);
  g_test_add_func ("/import/monaco-climbs", test_monaco_climbs);
  return g_test_run ();
}
