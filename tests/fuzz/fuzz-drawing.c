/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/drawing/drawing-maps.h"

/* The DRAW section from any bytes: opened, every sheet asked for at every level, every point and
 * string touched. */

static uint32_t
touch (const VolantDrawing *drawing, const VolantDrawingFeature *feature)
{
  uint32_t sum = (uint8_t) *volant_drawing_get_string (drawing, feature->name) +
                 (uint8_t) *volant_drawing_get_string (drawing, feature->ref);

  for (uint32_t part = 0; part < feature->n_parts; part++)
    {
      uint32_t n;
      const VolantDrawingPoint *points = volant_drawing_get_part (drawing, feature, part, &n);

      for (uint32_t i = 0; i < n; i++)
        sum += points[i].x ^ points[i].y;
    }
  return sum;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const VolantDrawingBox boxes[] = { { 0, 0, UINT32_MAX, UINT32_MAX },
                                            { 2171000000u, 1477000000u, 2172000000u,
                                              1478000000u } };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (VolantDrawing) drawing = volant_drawing_open_bytes (bytes, NULL);
  volatile uint32_t sum = 0;

  if (drawing == NULL)
    return 0;
  for (unsigned zoom = 8; zoom <= 18; zoom += 2)
    for (unsigned sheet = 0; sheet < VOLANT_N_SHEETS; sheet++)
      for (unsigned box = 0; box < G_N_ELEMENTS (boxes); box++)
        {
          VolantDrawingQuery query;
          const VolantDrawingFeature *feature;

          volant_drawing_query_init (&query, drawing, sheet, zoom, &boxes[box]);
          while ((feature = volant_drawing_query_next (&query)) != NULL)
            sum += touch (drawing, feature);
        }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  g_autoptr (GBytes) town = volant_test_drawing_bytes (volant_test_town);
  g_autoptr (GBytes) empty = volant_test_drawing_bytes ("<osm version='0.6'></osm>");
  size_t size;
  const void *data = g_bytes_get_data (town, &size);

  add (data, size, user_data);
  data = g_bytes_get_data (empty, &size);
  add (data, size, user_data);
}
