/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing-model.h"

#include "maps/drawing/drawing-format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From shapes in full detail to the section's bytes. Each level keeps what can be seen at its zooms,
 * simplified to less than half a pixel (Douglas and Peucker, 1973), sorted along a Hilbert curve and
 * topped with a packed R-tree (drawing-format.h). */

/* Simplification in pixels of the level's highest zoom: unseen even on a panel of scale 2. */
#define TOLERANCE_PX 0.4
/* Areas that would be smaller than this, in pixels of the level's highest zoom, are left out. */
#define SMALLEST_AREA_PX 2.0
#define SMALLEST_BUILDING_PX 3.5
/* The zoom that the full level is made for. */
#define FULL_ZOOM 19

typedef struct {
  VolantDrawingFeature feature;
  uint32_t hilbert;
  uint32_t first_point; /* into the level's points, its parts one after the other */
} Draft;

typedef struct {
  const VolantDrawingModel *model;
  GArray *features; /* VolantDrawingFeature */
  GArray *parts;    /* uint32_t */
  GArray *points;   /* VolantDrawingPoint */
  GArray *boxes;    /* VolantDrawingBox */
  GArray *kept;     /* VolantDrawingPoint: simplified part, reused */
  GArray *draft_parts;  /* uint32_t: lengths, of the table being made */
  GArray *draft_points; /* VolantDrawingPoint */
} Writer;

static double
pixel_units (unsigned zoom)
{
  return ldexp (1.0, 24 - (int) zoom);
}

static unsigned
level_zoom (uint32_t level)
{
  return MIN (volant_drawing_level_max_zoom[level], FULL_ZOOM);
}

static bool
line_is_wanted (const VolantDrawingLook *look, uint32_t level)
{
  bool is_rail = look->kind == VOLANT_LINE_RAIL;

  if (level == 3)
    return true;
  if (look->kind == VOLANT_LINE_ROAD)
    {
      static const uint8_t last_class[3] = { VOLANT_ROAD_TERTIARY, VOLANT_ROAD_LIVING_STREET,
                                             VOLANT_ROAD_CYCLEWAY };
      return look->rank <= last_class[level] || (look->rank == VOLANT_ROAD_FERRY);
    }
  if (level == 2)
    return !(is_rail && look->rank == 3);
  return look->rank <= (is_rail ? level : 1) && look->kind != VOLANT_LINE_PIER;
}

static bool
shape_is_wanted (const VolantDrawingShape *shape, uint32_t level)
{
  const VolantDrawingLook *look = &shape->look;

  switch ((VolantSheet) look->sheet)
    {
    case VOLANT_SHEET_BUILDINGS:
      return level >= 2;
    case VOLANT_SHEET_LINES:
      return line_is_wanted (look, level);
    case VOLANT_SHEET_LABELS:
      return look->min_zoom <= volant_drawing_level_max_zoom[level];
    case VOLANT_SHEET_AREAS:
      return level >= 2 || (look->kind != VOLANT_AREA_PARKING && look->kind != VOLANT_AREA_PITCH);
    case VOLANT_N_SHEETS:
    default:
      return false;
    }
}

static void
box_add (VolantDrawingBox *box, const VolantDrawingBox *other)
{
  box->min_x = MIN (box->min_x, other->min_x);
  box->min_y = MIN (box->min_y, other->min_y);
  box->max_x = MAX (box->max_x, other->max_x);
  box->max_y = MAX (box->max_y, other->max_y);
}

static const VolantDrawingBox empty_box = { UINT32_MAX, UINT32_MAX, 0, 0 };

static double
distance_to_line (VolantDrawingPoint point, VolantDrawingPoint a, VolantDrawingPoint b)
{
  double dx = (double) b.x - a.x;
  double dy = (double) b.y - a.y;
  double px = (double) point.x - a.x;
  double py = (double) point.y - a.y;
  double squared = dx * dx + dy * dy;
  double along = squared > 0.0 ? CLAMP ((px * dx + py * dy) / squared, 0.0, 1.0) : 0.0;

  return hypot (px - along * dx, py - along * dy);
}

/* Douglas and Peucker with an explicit stack; appends the points kept. A ring is cut at the point
 * farthest from its start, so that it cannot collapse by its own closing. */
static void
simplify (const VolantDrawingPoint *points, uint32_t n, double tolerance, GArray *kept)
{
  g_autofree bool *keep = g_new0 (bool, n);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t ends[2] = { 0, n - 1 };

  keep[0] = keep[n - 1] = true;
  g_array_append_vals (stack, ends, 2);
  while (stack->len > 0)
    {
      uint32_t last = g_array_index (stack, uint32_t, stack->len - 1);
      uint32_t first = g_array_index (stack, uint32_t, stack->len - 2);
      uint32_t farthest = first;
      double largest = -1.0;

      g_array_set_size (stack, stack->len - 2);
      for (uint32_t i = first + 1; i < last; i++)
        {
          double distance = distance_to_line (points[i], points[first], points[last]);

          if (distance > largest)
            {
              largest = distance;
              farthest = i;
            }
        }
      if (largest > tolerance)
        {
          uint32_t spans[4] = { first, farthest, farthest, last };

          keep[farthest] = true;
          g_array_append_vals (stack, spans, 4);
        }
    }
  for (uint32_t i = 0; i < n; i++)
    if (keep[i])
      g_array_append_val (kept, points[i]);
}

/* Position along a Hilbert curve of order 16 (Warren, Hacker's Delight, the plain rotation form). */
static uint32_t
hilbert_of (uint32_t x, uint32_t y)
{
  uint32_t distance = 0;

  for (uint32_t side = 1u << 15; side > 0; side >>= 1)
    {
      uint32_t right = (x & side) != 0;
      uint32_t down = (y & side) != 0;

      distance += side * side * ((3 * right) ^ down);
      if (!down)
        {
          uint32_t swap;

          if (right)
            {
              x = 0xffff - x;
              y = 0xffff - y;
            }
          swap = x;
          x = y;
          y = swap;
        }
    }
  return distance;
}

static uint32_t
hilbert_of_box (const VolantDrawingBox *box, const VolantDrawingBox *world)
{
  double width = MAX ((double) world->max_x - world->min_x, 1.0);
  double height = MAX ((double) world->max_y - world->min_y, 1.0);
  double x = (((double) box->min_x + box->max_x) / 2.0 - world->min_x) / width;
  double y = (((double) box->min_y + box->max_y) / 2.0 - world->min_y) / height;

  return hilbert_of ((uint32_t) (CLAMP (x, 0.0, 1.0) * 65535.0),
                     (uint32_t) (CLAMP (y, 0.0, 1.0) * 65535.0));
}

static VolantDrawingBox
box_of_points (const GArray *points)
{
  VolantDrawingBox box = empty_box;

  for (uint32_t i = 0; i < points->len; i++)
    {
      VolantDrawingPoint at = g_array_index (points, VolantDrawingPoint, i);

      box_add (&box, &(VolantDrawingBox) { at.x, at.y, at.x, at.y });
    }
  return box;
}

/* Adds one simplified part to the table being made; false where nothing of it is left to see. */
static bool
draft_part (Writer *writer, const VolantDrawingLook *look, uint32_t part, uint32_t level,
            VolantDrawingBox *box)
{
  const VolantDrawingModel *model = writer->model;
  uint32_t first = g_array_index (model->parts, uint32_t, part);
  uint32_t n = volant_drawing_model_part_end (model, part) - first;
  const VolantDrawingPoint *points = &g_array_index (model->points, VolantDrawingPoint, first);
  bool is_area = look->sheet == VOLANT_SHEET_AREAS || look->sheet == VOLANT_SHEET_BUILDINGS;
  double pixel = pixel_units (level_zoom (level));
  double smallest_px =
      look->sheet == VOLANT_SHEET_BUILDINGS ? SMALLEST_BUILDING_PX : SMALLEST_AREA_PX;
  VolantDrawingBox own;

  g_array_set_size (writer->kept, 0);
  simplify (points, n, pixel * TOLERANCE_PX, writer->kept);
  if (is_area && writer->kept->len < 4)
    return false;
  own = box_of_points (writer->kept);
  if (is_area && level < VOLANT_DRAWING_N_LEVELS - 1 &&
      MAX (own.max_x - own.min_x, own.max_y - own.min_y) < smallest_px * pixel)
    return false;
  box_add (box, &own);
  g_array_append_val (writer->draft_parts, writer->kept->len);
  g_array_append_vals (writer->draft_points, writer->kept->data, writer->kept->len);
  return true;
}

static void
draft_shape (Writer *writer, const VolantDrawingShape *shape, uint32_t level, GArray *drafts)
{
  const VolantDrawingLook *look = &shape->look;
  Draft draft = { .first_point = writer->draft_points->len,
                  .feature = { .box = empty_box,
                               .first_part = writer->draft_parts->len,
                               .name = look->name,
                               .ref = look->ref,
                               .flags = look->flags,
                               .kind = look->kind,
                               .rank = look->rank,
                               .layer = look->layer,
                               .min_zoom = look->min_zoom } };

  for (uint32_t i = 0; i < shape->n_parts; i++)
    if (draft_part (writer, look, shape->first_part + i, level, &draft.feature.box))
      draft.feature.n_parts++;
  if (draft.feature.n_parts > 0)
    g_array_append_val (drafts, draft);
}

static int
compare_drafts (const void *a, const void *b)
{
  const Draft *one = a;
  const Draft *other = b;

  if (one->hilbert != other->hilbert)
    return one->hilbert < other->hilbert ? -1 : 1;
  return one->first_point < other->first_point ? -1 : one->first_point > other->first_point;
}

static void
write_boxes (Writer *writer, const VolantDrawingFeature *features, VolantDrawingTable *table)
{
  uint32_t row = table->n_features;
  uint32_t below = writer->boxes->len;

  table->first_box = writer->boxes->len;
  for (bool is_lowest = true; row > 1; is_lowest = false)
    {
      uint32_t above = (row + VOLANT_DRAWING_NODE_SIZE - 1) >> VOLANT_DRAWING_NODE_BITS;
      uint32_t start = writer->boxes->len;

      for (uint32_t node = 0; node < above; node++)
        {
          VolantDrawingBox box = empty_box;
          uint32_t end = MIN ((node + 1) << VOLANT_DRAWING_NODE_BITS, row);

          for (uint32_t i = node << VOLANT_DRAWING_NODE_BITS; i < end; i++)
            box_add (&box, is_lowest ? &features[i].box
                                     : &g_array_index (writer->boxes, VolantDrawingBox, below + i));
          g_array_append_val (writer->boxes, box);
        }
      below = start;
      row = above;
    }
  table->n_boxes = writer->boxes->len - table->first_box;
}

static void
write_draft (Writer *writer, const Draft *draft)
{
  VolantDrawingFeature feature = draft->feature;
  uint32_t point = draft->first_point;

  feature.first_part = writer->parts->len;
  for (uint32_t i = 0; i < feature.n_parts; i++)
    {
      uint32_t n = g_array_index (writer->draft_parts, uint32_t, draft->feature.first_part + i);

      g_array_append_val (writer->parts, writer->points->len);
      g_array_append_vals (writer->points,
                           &g_array_index (writer->draft_points, VolantDrawingPoint, point), n);
      point += n;
    }
  g_array_append_val (writer->features, feature);
}

static void
write_table (Writer *writer, uint32_t level, uint32_t sheet, const VolantDrawingBox *world,
             VolantDrawingTable *table)
{
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  const GArray *shapes = writer->model->shapes;

  g_array_set_size (writer->draft_parts, 0);
  g_array_set_size (writer->draft_points, 0);
  for (uint32_t i = 0; i < shapes->len; i++)
    {
      const VolantDrawingShape *shape = &g_array_index (shapes, VolantDrawingShape, i);

      if (shape->look.sheet == sheet && shape_is_wanted (shape, level))
        draft_shape (writer, shape, level, drafts);
    }
  for (uint32_t i = 0; i < drafts->len; i++)
    {
      Draft *draft = &g_array_index (drafts, Draft, i);

      draft->hilbert = hilbert_of_box (&draft->feature.box, world);
    }
  if (drafts->len > 0)
    qsort (drafts->data, drafts->len, sizeof (Draft), compare_drafts);
  table->first_feature = writer->features->len;
  table->n_features = drafts->len;
  for (uint32_t i = 0; i < drafts->len; i++)
    write_draft (writer, &g_array_index (drafts, Draft, i));
  write_boxes (writer,
               (const VolantDrawingFeature *) (void *) writer->features->data +
                   table->first_feature,
               table);
}

static void
writer_init (Writer *writer, const VolantDrawingModel *model)
{
  writer->model = model;
  writer->features = g_array_new (FALSE, FALSE, sizeof (VolantDrawingFeature));
  writer->parts = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  writer->points = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
  writer->boxes = g_array_new (FALSE, FALSE, sizeof (VolantDrawingBox));
  writer->kept = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
  writer->draft_parts = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  writer->draft_points = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
}

static void
writer_clear (Writer *writer)
{
  g_array_unref (writer->features);
  g_array_unref (writer->parts);
  g_array_unref (writer->points);
  g_array_unref (writer->boxes);
  g_array_unref (writer->kept);
  g_array_unref (writer->draft_parts);
  g_array_unref (writer->draft_points);
}

static void
append_array (GByteArray *bytes, const GArray *array, size_t element_size)
{
  g_byte_array_append (bytes, (const uint8_t *) array->data,
                       (unsigned) (array->len * element_size));
}

GBytes *
volant_drawing_model_serialize (const VolantDrawingModel *model, const VolantDrawingBox *box)
{
  Writer writer = { 0 };
  VolantDrawingHeader header = { .magic = VOLANT_DRAWING_MAGIC,
                                 .version = VOLANT_DRAWING_VERSION,
                                 .box = *box,
                                 .n_levels = VOLANT_DRAWING_N_LEVELS,
                                 .strings_size = (uint32_t) model->strings->len };
  GByteArray *bytes = g_byte_array_new ();

  writer_init (&writer, model);
  for (uint32_t level = 0; level < VOLANT_DRAWING_N_LEVELS; level++)
    for (uint32_t sheet = 0; sheet < VOLANT_N_SHEETS; sheet++)
      write_table (&writer, level, sheet, box, &header.tables[level][sheet]);
  header.n_features = writer.features->len;
  header.n_parts = writer.parts->len;
  header.n_points = writer.points->len;
  header.n_boxes = writer.boxes->len;
  g_array_append_val (writer.parts, header.n_points);
  g_byte_array_append (bytes, (const uint8_t *) &header, sizeof header);
  append_array (bytes, writer.features, sizeof (VolantDrawingFeature));
  append_array (bytes, writer.parts, sizeof (uint32_t));
  append_array (bytes, writer.points, sizeof (VolantDrawingPoint));
  append_array (bytes, writer.boxes, sizeof (VolantDrawingBox));
  g_byte_array_append (bytes, (const uint8_t *) model->strings->str, header.strings_size);
  writer_clear (&writer);
  return g_byte_array_free_to_bytes (bytes);
}
