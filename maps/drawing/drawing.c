/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing.h"

#include "maps/drawing/drawing-format.h"

#include <math.h>
#include <string.h>

/* The reader of the DRAW section. All that could lead outside the section is checked once, at
 * opening: sizes, part and point runs, string offsets, kinds. Boxes are not trusted with memory: a
 * wrong one can only hide or show a feature. After that nothing is written, so threads share it. */

#define MERCATOR_LIMIT_DEG 85.05112877980659 /* atan (sinh (pi)): the square world of EPSG:3857 */
#define WORLD_UNITS 4294967296.0

struct _VolantDrawing {
  gatomicrefcount references;
  VolantCityFile *file; /* (nullable) one of the two keeps the memory alive */
  GBytes *bytes;        /* (nullable) */
  const VolantDrawingHeader *header;
  const VolantDrawingFeature *features;
  const uint32_t *parts;
  const VolantDrawingPoint *points;
  const VolantDrawingBox *boxes;
  const char *strings;
};

static bool
refuse (GError **error, const char *what)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "the city's drawing is damaged (%s); import the city again", what);
  return false;
}

static bool
check_sizes (const VolantDrawingHeader *header, size_t size, GError **error)
{
  uint64_t expected = sizeof *header;

  if (size < sizeof *header)
    return refuse (error, "cut off in its header");
  if (header->magic != VOLANT_DRAWING_MAGIC)
    return refuse (error, "not a drawing");
  if (header->version != VOLANT_DRAWING_VERSION || header->n_levels != VOLANT_DRAWING_N_LEVELS)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "the city's drawing is of version %u, this program reads version %u; import the "
                   "city again",
                   header->version, VOLANT_DRAWING_VERSION);
      return false;
    }
  expected += (uint64_t) header->n_features * sizeof (VolantDrawingFeature);
  expected += ((uint64_t) header->n_parts + 1) * sizeof (uint32_t);
  expected += (uint64_t) header->n_points * sizeof (VolantDrawingPoint);
  expected += (uint64_t) header->n_boxes * sizeof (VolantDrawingBox);
  expected += header->strings_size;
  if (expected != size)
    return refuse (error, "its size is not what its header says");
  return true;
}

static void
lay_out (VolantDrawing *drawing)
{
  const VolantDrawingHeader *header = drawing->header;

  drawing->features = (const VolantDrawingFeature *) (header + 1);
  drawing->parts = (const uint32_t *) (drawing->features + header->n_features);
  drawing->points = (const VolantDrawingPoint *) (drawing->parts + header->n_parts + 1);
  drawing->boxes = (const VolantDrawingBox *) (drawing->points + header->n_points);
  drawing->strings = (const char *) (drawing->boxes + header->n_boxes);
}

static unsigned
count_kinds (unsigned sheet)
{
  static const unsigned counts[VOLANT_N_SHEETS] = {
    [VOLANT_SHEET_AREAS] = VOLANT_N_AREA_KINDS,
    [VOLANT_SHEET_BUILDINGS] = 1,
    [VOLANT_SHEET_LINES] = VOLANT_N_LINE_KINDS,
    [VOLANT_SHEET_LABELS] = VOLANT_N_LABEL_KINDS,
  };

  return counts[sheet];
}

static bool
check_feature (const VolantDrawing *drawing, const VolantDrawingFeature *feature, unsigned sheet)
{
  const VolantDrawingHeader *header = drawing->header;
  uint32_t last = feature->first_part + feature->n_parts;

  if (feature->n_parts == 0 || last < feature->first_part || last > header->n_parts)
    return false;
  if (feature->name >= header->strings_size || feature->ref >= header->strings_size)
    return false;
  if (feature->kind >= count_kinds (sheet))
    return false;
  if (sheet == VOLANT_SHEET_LINES && feature->kind == VOLANT_LINE_ROAD)
    return feature->rank < VOLANT_N_ROAD_CLASSES;
  return true;
}

static bool
check_table (const VolantDrawing *drawing, const VolantDrawingTable *table, unsigned sheet)
{
  const VolantDrawingHeader *header = drawing->header;

  if ((uint64_t) table->first_feature + table->n_features > header->n_features)
    return false;
  if ((uint64_t) table->first_box + table->n_boxes > header->n_boxes)
    return false;
  if (table->n_boxes != volant_drawing_count_boxes (table->n_features))
    return false;
  for (uint32_t i = 0; i < table->n_features; i++)
    if (!check_feature (drawing, &drawing->features[table->first_feature + i], sheet))
      return false;
  return true;
}

static bool
check_content (const VolantDrawing *drawing, GError **error)
{
  const VolantDrawingHeader *header = drawing->header;
  uint64_t total = 0;

  if (header->strings_size == 0 || drawing->strings[0] != '\0' ||
      drawing->strings[header->strings_size - 1] != '\0')
    return refuse (error, "its strings have no end");
  if (drawing->parts[0] != 0 || drawing->parts[header->n_parts] != header->n_points)
    return refuse (error, "its parts do not fit its points");
  for (uint32_t i = 0; i < header->n_parts; i++)
    if (drawing->parts[i] >= drawing->parts[i + 1])
      return refuse (error, "its parts are out of order");
  for (unsigned level = 0; level < VOLANT_DRAWING_N_LEVELS; level++)
    for (unsigned sheet = 0; sheet < VOLANT_N_SHEETS; sheet++)
      {
        if (!check_table (drawing, &header->tables[level][sheet], sheet))
          return refuse (error, "a feature points outside");
        total += header->tables[level][sheet].n_features;
      }
  if (total > header->n_features)
    return refuse (error, "a feature stands in two tables");
  return true;
}

static VolantDrawing *
open_memory (const void *data, size_t size, GError **error)
{
  g_autoptr (VolantDrawing) drawing = g_new0 (VolantDrawing, 1);

  g_atomic_ref_count_init (&drawing->references);
  drawing->header = data;
  if (((uintptr_t) data & 3) != 0)
    {
      refuse (error, "it does not stand on a multiple of four bytes");
      return NULL;
    }
  if (!check_sizes (drawing->header, size, error))
    return NULL;
  lay_out (drawing);
  if (!check_content (drawing, error))
    return NULL;
  return g_steal_pointer (&drawing);
}

/* Opens the DRAW section of file and keeps a reference to the file. Sets a VolantMapsError where the
 * section is missing, damaged or of another version. */
VolantDrawing *
volant_drawing_open (VolantCityFile *file, GError **error)
{
  size_t size = 0;
  const void *data;
  VolantDrawing *drawing;

  g_return_val_if_fail (file != NULL, NULL);

  data = volant_city_file_get_section (file, VOLANT_CITY_DRAWING, &size, error);
  if (data == NULL)
    return NULL;
  drawing = open_memory (data, size, error);
  if (drawing != NULL)
    drawing->file = volant_city_file_ref (file);
  return drawing;
}

/* The same from the section's bytes, of which a reference is kept. */
VolantDrawing *
volant_drawing_open_bytes (GBytes *bytes, GError **error)
{
  size_t size = 0;
  const void *data;
  VolantDrawing *drawing;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  drawing = open_memory (data, size, error);
  if (drawing != NULL)
    drawing->bytes = g_bytes_ref (bytes);
  return drawing;
}

VolantDrawing *
volant_drawing_ref (VolantDrawing *drawing)
{
  g_return_val_if_fail (drawing != NULL, NULL);

  g_atomic_ref_count_inc (&drawing->references);
  return drawing;
}

void
volant_drawing_unref (VolantDrawing *drawing)
{
  g_return_if_fail (drawing != NULL);

  if (!g_atomic_ref_count_dec (&drawing->references))
    return;
  g_clear_pointer (&drawing->file, volant_city_file_unref);
  g_clear_pointer (&drawing->bytes, g_bytes_unref);
  g_free (drawing);
}

VolantDrawingBox
volant_drawing_get_box (const VolantDrawing *drawing)
{
  return drawing->header->box;
}

/* The string at an offset that a feature names; never NULL. */
const char *
volant_drawing_get_string (const VolantDrawing *drawing, uint32_t offset)
{
  g_return_val_if_fail (offset < drawing->header->strings_size, "");

  return drawing->strings + offset;
}

const VolantDrawingPoint *
volant_drawing_get_part (const VolantDrawing *drawing, const VolantDrawingFeature *feature,
                         uint32_t part, uint32_t *n_points)
{
  const uint32_t *start = &drawing->parts[feature->first_part + part];

  g_return_val_if_fail (part < feature->n_parts, NULL);

  *n_points = start[1] - start[0];
  return &drawing->points[start[0]];
}

void
volant_drawing_query_init (VolantDrawingQuery *query, const VolantDrawing *drawing,
                           VolantSheet sheet, unsigned zoom, const VolantDrawingBox *box)
{
  g_return_if_fail ((unsigned) sheet < VOLANT_N_SHEETS);

  query->drawing = drawing;
  query->box = *box;
  query->level = volant_drawing_level_of_zoom (zoom);
  query->sheet = sheet;
  query->next = 0;
}

/* How many features from index on can be passed over because a box above them misses the query's;
 * 0 when none. Index is a multiple of 16^k exactly when it begins a subtree k rows up, so no stack
 * is needed: rows are looked at from the lowest, and the highest that misses wins. */
static uint32_t
count_missed (const VolantDrawingQuery *query, const VolantDrawingTable *table, uint32_t index)
{
  const VolantDrawingBox *row = &query->drawing->boxes[table->first_box];
  uint32_t length = table->n_features;
  uint32_t missed = 0;

  for (unsigned shift = VOLANT_DRAWING_NODE_BITS; length > 1; shift += VOLANT_DRAWING_NODE_BITS)
    {
      length = (length + VOLANT_DRAWING_NODE_SIZE - 1) >> VOLANT_DRAWING_NODE_BITS;
      if ((index & ((UINT64_C (1) << shift) - 1)) != 0)
        break;
      if (!volant_drawing_boxes_touch (&row[index >> shift], &query->box))
        missed = 1u << MIN (shift, 31u);
      row += length;
    }
  return missed;
}

const VolantDrawingFeature *
volant_drawing_query_next (VolantDrawingQuery *query)
{
  const VolantDrawingTable *table = &query->drawing->header->tables[query->level][query->sheet];
  const VolantDrawingFeature *features = &query->drawing->features[table->first_feature];

  while (query->next < table->n_features)
    {
      uint32_t index = query->next;
      uint32_t missed = 0;

      if ((index & (VOLANT_DRAWING_NODE_SIZE - 1)) == 0)
        missed = count_missed (query, table, index);
      if (missed > 0)
        {
          query->next = missed < table->n_features - index ? index + missed : table->n_features;
          continue;
        }
      query->next++;
      if (volant_drawing_boxes_touch (&features[index].box, &query->box))
        return &features[index];
    }
  return NULL;
}

/* Web Mercator (EPSG:3857) of a position, clamped to the square world. */
VolantDrawingPoint
volant_drawing_project (VolantPoint point)
{
  double lat_deg = CLAMP (volant_point_lat_deg (point), -MERCATOR_LIMIT_DEG, MERCATOR_LIMIT_DEG);
  double x = (volant_point_lon_deg (point) + 180.0) / 360.0;
  double y = 0.5 - asinh (tan (lat_deg * G_PI / 180.0)) / (2.0 * G_PI);

  return (VolantDrawingPoint) { (uint32_t) CLAMP (x * WORLD_UNITS + 0.5, 0.0, WORLD_UNITS - 1.0),
                                (uint32_t) CLAMP (y * WORLD_UNITS + 0.5, 0.0, WORLD_UNITS - 1.0) };
}

VolantPoint
volant_drawing_unproject (VolantDrawingPoint point)
{
  double lon_deg = point.x / WORLD_UNITS * 360.0 - 180.0;
  double lat_deg = atan (sinh (G_PI * (1.0 - 2.0 * point.y / WORLD_UNITS))) * 180.0 / G_PI;

  return volant_point_from_degrees (lat_deg, lon_deg);
}
