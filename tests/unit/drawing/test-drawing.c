/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/drawing/drawing-maps.h"

#include "maps/drawing/drawing-build.h"
#include "maps/drawing/drawing-format.h"
#include "maps/error.h"
#include "maps/import/osm-load.h"

#include <gio/gio.h>
#include <string.h>

static const VolantDrawingBox everywhere = { 0, 0, UINT32_MAX, UINT32_MAX };

static VolantDrawing *
open_town (void)
{
  g_autoptr (GBytes) bytes = volant_test_drawing_bytes (volant_test_town);
  g_autoptr (GError) error = NULL;
  VolantDrawing *drawing = volant_drawing_open_bytes (bytes, &error);

  g_assert_no_error (error);
  return drawing;
}

static const VolantDrawingFeature *
find (const VolantDrawing *drawing, VolantSheet sheet, unsigned zoom, unsigned kind,
      const char *name)
{
  VolantDrawingQuery query;
  const VolantDrawingFeature *feature;

  volant_drawing_query_init (&query, drawing, sheet, zoom, &everywhere);
  while ((feature = volant_drawing_query_next (&query)) != NULL)
    if (feature->kind == kind &&
        (name == NULL || g_str_equal (volant_drawing_get_string (drawing, feature->name), name)))
      return feature;
  return NULL;
}

static unsigned
count (const VolantDrawing *drawing, VolantSheet sheet, unsigned zoom, const VolantDrawingBox *box)
{
  VolantDrawingQuery query;
  unsigned n = 0;

  volant_drawing_query_init (&query, drawing, sheet, zoom, box);
  while (volant_drawing_query_next (&query) != NULL)
    n++;
  return n;
}

static void
test_lines (void)
{
  g_autoptr (VolantDrawing) drawing = open_town ();
  const VolantDrawingFeature *street, *avenue;
  const VolantDrawingPoint *points;
  uint32_t n;

  street = find (drawing, VOLANT_SHEET_LINES, 17, VOLANT_LINE_ROAD, "Rue Haute");
  g_assert_nonnull (street);
  points = volant_drawing_get_part (drawing, street, 0, &n);
  /* two ways became one line of four points */
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (street->rank, ==, VOLANT_ROAD_RESIDENTIAL);
  avenue = find (drawing, VOLANT_SHEET_LINES, 17, VOLANT_LINE_ROAD, "Avenue du Nord");
  g_assert_nonnull (avenue);
  g_assert_cmpstr (volant_drawing_get_string (drawing, avenue->ref), ==, "D 7");
  g_assert_true (avenue->flags & VOLANT_DRAWING_ONEWAY);
  points = volant_drawing_get_part (drawing, avenue, 0, &n);
  /* oneway=-1: traffic runs from the north down, and so do the points */
  g_assert_cmpuint (points[0].y, <, points[n - 1].y);
  g_assert_nonnull (find (drawing, VOLANT_SHEET_LINES, 17, VOLANT_LINE_RAIL, NULL));
}

static void
test_levels (void)
{
  g_autoptr (VolantDrawing) drawing = open_town ();

  g_assert_null (find (drawing, VOLANT_SHEET_LINES, 10, VOLANT_LINE_ROAD, "Rue Haute"));
  g_assert_nonnull (find (drawing, VOLANT_SHEET_LINES, 10, VOLANT_LINE_ROAD, "Avenue du Nord"));
  g_assert_nonnull (find (drawing, VOLANT_SHEET_LINES, 13, VOLANT_LINE_ROAD, "Rue Haute"));
  g_assert_cmpuint (count (drawing, VOLANT_SHEET_BUILDINGS, 12, &everywhere), ==, 0);
  g_assert_cmpuint (count (drawing, VOLANT_SHEET_BUILDINGS, 16, &everywhere), ==, 1);
}

static void
test_courtyard (void)
{
  g_autoptr (VolantDrawing) drawing = open_town ();
  const VolantDrawingFeature *house = find (drawing, VOLANT_SHEET_BUILDINGS, 17, 0, NULL);

  g_assert_nonnull (house);
  g_assert_cmpuint (house->n_parts, ==, 2);
}

static void
test_labels (void)
{
  g_autoptr (VolantDrawing) drawing = open_town ();

  g_assert_nonnull (find (drawing, VOLANT_SHEET_LABELS, 10, VOLANT_LABEL_TOWN, "Port-Écume"));
  g_assert_nonnull (find (drawing, VOLANT_SHEET_LABELS, 18, VOLANT_LABEL_NUMBER, "7 bis"));
  g_assert_null (find (drawing, VOLANT_SHEET_LABELS, 14, VOLANT_LABEL_NUMBER, "7 bis"));
  g_assert_nonnull (find (drawing, VOLANT_SHEET_LABELS, 17, VOLANT_LABEL_PARK, "Jardin Public"));
}

/* Even-odd, over all rings of a feature. */
static bool
covers (const VolantDrawing *drawing, const VolantDrawingFeature *area, double lat_deg,
        double lon_deg)
{
  VolantDrawingPoint at = volant_drawing_project (volant_point_from_degrees (lat_deg, lon_deg));
  bool is_inside = false;

  for (uint32_t part = 0; part < area->n_parts; part++)
    {
      uint32_t n;
      const VolantDrawingPoint *ring = volant_drawing_get_part (drawing, area, part, &n);

      for (uint32_t i = 0; i + 1 < n; i++)
        if ((ring[i].y > at.y) != (ring[i + 1].y > at.y) &&
            at.x < ring[i].x + ((double) at.y - ring[i].y) /
                                   ((double) ring[i + 1].y - ring[i].y) *
                                   ((double) ring[i + 1].x - ring[i].x))
          is_inside = !is_inside;
    }
  return is_inside;
}

static void
test_sea (void)
{
  g_autoptr (VolantDrawing) drawing = open_town ();
  const VolantDrawingFeature *sea = find (drawing, VOLANT_SHEET_AREAS, 14, VOLANT_AREA_SEA, NULL);

  g_assert_nonnull (sea);
  g_assert_true (covers (drawing, sea, 47.9930, 2.0200));
  g_assert_true (covers (drawing, sea, 47.8000, 2.0200));
  g_assert_false (covers (drawing, sea, 48.0000, 2.0200));
  g_assert_false (covers (drawing, sea, 48.3000, 2.0200));
  g_assert_false (covers (drawing, sea, 47.9915, 2.0110)); /* the island */
}

/* An island with no other coast: water all around. */
static void
test_island_alone (void)
{
  g_autoptr (GBytes) bytes = volant_test_drawing_bytes (
      "<osm version='0.6'><bounds minlat='10' minlon='10' maxlat='10.1' maxlon='10.1'/>"
      "<node id='1' lat='10.04' lon='10.04'/><node id='2' lat='10.04' lon='10.06'/>"
      "<node id='3' lat='10.06' lon='10.06'/><node id='4' lat='10.06' lon='10.04'/>"
      "<way id='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='4'/><nd ref='1'/>"
      "<tag k='natural' v='coastline'/></way></osm>");
  g_autoptr (VolantDrawing) drawing = volant_drawing_open_bytes (bytes, NULL);
  const VolantDrawingFeature *sea = find (drawing, VOLANT_SHEET_AREAS, 14, VOLANT_AREA_SEA, NULL);

  g_assert_nonnull (sea);
  g_assert_false (covers (drawing, sea, 10.05, 10.05));
  g_assert_true (covers (drawing, sea, 10.02, 10.05));
}

/* A grid of short streets; each query must return exactly what a plain scan of boxes does. */
static GBytes *
make_grid (unsigned side)
{
  g_autoptr (GString) xml = g_string_new ("<osm version='0.6'>");

  for (unsigned i = 0; i < side * side; i++)
    for (unsigned end = 0; end < 2; end++)
      g_string_append_printf (xml, "<node id='%u' lat='48.%05u' lon='2.%05u'/>", 2 * i + end + 1,
                              i / side * 97 + end * 31, i % side * 89 + end * 13);
  for (unsigned i = 0; i < side * side; i++)
    g_string_append_printf (xml,
                            "<way id='%u'><nd ref='%u'/><nd ref='%u'/>"
                            "<tag k='highway' v='residential'/></way>",
                            i + 1, 2 * i + 1, 2 * i + 2);
  g_string_append (xml, "</osm>");
  return volant_test_drawing_bytes (xml->str);
}

static void
test_query_oracle (void)
{
  g_autoptr (GBytes) bytes = make_grid (40);
  g_autoptr (VolantDrawing) drawing = volant_drawing_open_bytes (bytes, NULL);
  const VolantDrawingHeader *header = g_bytes_get_data (bytes, NULL);
  const VolantDrawingTable *table = &header->tables[3][VOLANT_SHEET_LINES];
  const VolantDrawingFeature *features =
      (const VolantDrawingFeature *) (header + 1) + table->first_feature;
  VolantDrawingBox all = volant_drawing_get_box (drawing);

  g_assert_cmpuint (table->n_features, ==, 1600);
  for (unsigned round = 0; round < 300; round++)
    {
      uint32_t x = all.min_x + (uint32_t) g_random_double_range (0.0, all.max_x - all.min_x);
      uint32_t y = all.min_y + (uint32_t) g_random_double_range (0.0, all.max_y - all.min_y);
      uint32_t reach = 1u << g_random_int_range (4, 20);
      VolantDrawingBox box = { x - reach, y - reach, x + reach, y + reach };
      unsigned expected = 0;

      for (uint32_t i = 0; i < table->n_features; i++)
        expected += volant_drawing_boxes_touch (&features[i].box, &box);
      g_assert_cmpuint (count (drawing, VOLANT_SHEET_LINES, 18, &box), ==, expected);
    }
}

static void
assert_refused (const void *data, size_t size, int code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (volant_drawing_open_bytes (bytes, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, code);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) bytes = volant_test_drawing_bytes (volant_test_town);
  size_t size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autofree uint8_t *copy = g_memdup2 (data, size);
  VolantDrawingHeader *header = (VolantDrawingHeader *) (void *) copy;
  VolantDrawingFeature *feature = (VolantDrawingFeature *) (void *) (header + 1);

  assert_refused (data, 0, VOLANT_MAPS_ERROR_CORRUPT);
  assert_refused (data, sizeof *header - 1, VOLANT_MAPS_ERROR_CORRUPT);
  assert_refused (data, size - 1, VOLANT_MAPS_ERROR_CORRUPT);
  header->version++;
  assert_refused (copy, size, VOLANT_MAPS_ERROR_UNSUPPORTED);
  header->version--;
  feature->first_part = UINT32_MAX;
  assert_refused (copy, size, VOLANT_MAPS_ERROR_CORRUPT);
  feature->first_part = 0;
  feature->name = header->strings_size;
  assert_refused (copy, size, VOLANT_MAPS_ERROR_CORRUPT);
  copy[size - 1] = 'x';
  assert_refused (copy, size, VOLANT_MAPS_ERROR_CORRUPT);
}

static bool
stop_at_once (double fraction, const char *stage, void *data)
{
  return false;
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantOsm) osm = volant_osm_load_bytes (
      volant_test_town, strlen (volant_test_town), "test.osm", false, NULL, NULL, NULL);

  g_assert_null (volant_drawing_build (osm, stop_at_once, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_projection (void)
{
  VolantPoint paris = { 488566000, 23522000 };
  VolantDrawingPoint at = volant_drawing_project (paris);
  VolantPoint back = volant_drawing_unproject (at);

  /* tile 17/66392/45092, by the formula of the OpenStreetMap wiki */
  g_assert_cmpuint (at.x >> 15, ==, 66392);
  g_assert_cmpuint (at.y >> 15, ==, 45092);
  g_assert_cmpint (ABS (back.lat_e7 - paris.lat_e7), <=, 1);
  g_assert_cmpint (ABS (back.lon_e7 - paris.lon_e7), <=, 1);
  at = volant_drawing_project ((VolantPoint) { 900000000, -1800000000 });
  g_assert_cmpuint (at.x, ==, 0);
  g_assert_cmpuint (at.y, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drawing/lines", test_lines);
  g_test_add_func ("/drawing/levels", test_levels);
  g_test_add_func ("/drawing/courtyard", test_courtyard);
  g_test_add_func ("/drawing/labels", test_labels);
  g_test_add_func ("/drawing/sea", test_sea);
  g_test_add_func ("/drawing/island-alone", test_island_alone);
  g_test_add_func ("/drawing/query-oracle", test_query_oracle);
  g_test_add_func ("/drawing/refused", test_refused);
  g_test_add_func ("/drawing/cancelled", test_cancelled);
  g_test_add_func ("/drawing/projection", test_projection);
  return g_test_run ();
}
