/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/label-placer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Greedy placement: candidates in order of what matters, each taken where its cells on a coarse grid
 * over the view are free. Labels of the last placement go first among their like, at the anchors they
 * had, so that a moving map does not shuffle its names. Street names are put on the straightest
 * stretch that is long enough, and not again within some distance. */

#define CELL_PX 6.0
#define PADDING_PX 3.0
#define STREET_AGAIN_PX 460.0
#define SHIELD_AGAIN_PX 320.0
#define LARGEST_BEND_PX 3.6
#define WINDOWS 20u
#define KEPT_BONUS 18
#define KEPT_ZOOM_OUT 0.35
#define WRAP_EMS 10.0f

typedef enum {
  CANDIDATE_POINT,
  CANDIDATE_STREET,
  CANDIDATE_SHIELD,
} CandidateKind;

typedef struct {
  int priority; /* the smaller, the sooner */
  CandidateKind kind;
  const VolantDrawingFeature *feature;
} Candidate;

typedef struct {
  uint32_t name;
  bool is_shield;
  double x;
  double y;
} Named;

typedef struct {
  double x;
  double y;
} Pixel;

struct _VolantLabelPlacer {
  VolantDrawing *drawing;
  GArray *candidates; /* Candidate */
  GArray *named;      /* Named: what stands already */
  GArray *line;       /* Pixel */
  GArray *before;     /* VolantLabel: the last placement */
  GArray *obstacles;  /* graphene_rect_t */
  uint8_t *cells;
  int columns;
  int rows;
  double last_zoom;
  /* of the placement under way */
  const VolantMapTransform *transform;
  const VolantMapStyle *style;
  VolantTextCache *texts;
  double beyond_px;
  GArray *labels;
};

VolantLabelPlacer *
volant_label_placer_new (VolantDrawing *drawing)
{
  VolantLabelPlacer *placer = g_new0 (VolantLabelPlacer, 1);

  placer->drawing = volant_drawing_ref (drawing);
  placer->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  placer->named = g_array_new (FALSE, FALSE, sizeof (Named));
  placer->line = g_array_new (FALSE, FALSE, sizeof (Pixel));
  placer->before = g_array_new (FALSE, FALSE, sizeof (VolantLabel));
  placer->obstacles = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  return placer;
}

void
volant_label_placer_free (VolantLabelPlacer *placer)
{
  g_return_if_fail (placer != NULL);

  volant_drawing_unref (placer->drawing);
  g_array_unref (placer->candidates);
  g_array_unref (placer->named);
  g_array_unref (placer->line);
  g_array_unref (placer->before);
  g_array_unref (placer->obstacles);
  g_free (placer->cells);
  g_free (placer);
}

static void
clear_cells (VolantLabelPlacer *placer)
{
  const VolantMapTransform *transform = placer->transform;
  int columns =
      (int) ceil ((2.0 * transform->half_width + 2.0 * placer->beyond_px) / CELL_PX) + 1;
  int rows = (int) ceil ((2.0 * transform->half_height + 2.0 * placer->beyond_px) / CELL_PX) + 1;

  if (columns != placer->columns || rows != placer->rows)
    {
      placer->cells = g_realloc (placer->cells, (size_t) columns * (size_t) rows);
      placer->columns = columns;
      placer->rows = rows;
    }
  memset (placer->cells, 0, (size_t) columns * (size_t) rows);
}

/* Whether the cells under a box are free and on the grid; take marks them. */
static bool
box_cells (VolantLabelPlacer *placer, double x, double y, double width, double height, bool take)
{
  int left = (int) floor ((x + placer->beyond_px) / CELL_PX);
  int top = (int) floor ((y + placer->beyond_px) / CELL_PX);
  int right = (int) floor ((x + width + placer->beyond_px) / CELL_PX);
  int bottom = (int) floor ((y + height + placer->beyond_px) / CELL_PX);

  if (left < 0 || top < 0 || right >= placer->columns || bottom >= placer->rows)
    return false; /* an obstacle at the very edge of the margin hides nothing that is seen */
  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      {
        uint8_t *cell = &placer->cells[row * placer->columns + column];

        if (take)
          *cell = 1;
        else if (*cell != 0)
          return false;
      }
  return true;
}

/* A turned label covers a row of squares as wide as it is high. */
static bool
label_cells (VolantLabelPlacer *placer, const VolantLabel *label, bool take)
{
  double width = label->text->width_px;
  double height = label->text->height_px;
  double angle = label->angle_rad + placer->transform->rotation_rad;
  int squares = label->is_upright ? 1 : MAX ((int) ceil (width / height), 1);
  double x, y;

  volant_map_transform_unit (placer->transform, label->unit_x, label->unit_y, &x, &y);
  y += label->offset_y_px;
  if (label->is_upright)
    return box_cells (placer, x - width / 2.0 - PADDING_PX, y - height / 2.0 - PADDING_PX,
                      width + 2.0 * PADDING_PX, height + 2.0 * PADDING_PX, take);
  for (int i = 0; i < squares; i++)
    {
      double along = (i + 0.5) / squares * width - width / 2.0;

      if (!box_cells (placer, x + cos (angle) * along - height / 2.0,
                      y + sin (angle) * along - height / 2.0, height, height, take))
        return false;
    }
  return true;
}

static void
block_obstacles (VolantLabelPlacer *placer)
{
  for (unsigned i = 0; i < placer->obstacles->len; i++)
    {
      const graphene_rect_t *box = &g_array_index (placer->obstacles, graphene_rect_t, i);

      box_cells (placer, box->origin.x, box->origin.y, box->size.width, box->size.height, true);
    }
}

static bool
try_label (VolantLabelPlacer *placer, const VolantLabel *label)
{
  if (!label_cells (placer, label, false))
    return false;
  label_cells (placer, label, true);
  g_array_append_val (placer->labels, *label);
  return true;
}

static bool
is_named_near (const VolantLabelPlacer *placer, uint32_t name, bool is_shield, double x, double y)
{
  double again = is_shield ? SHIELD_AGAIN_PX : STREET_AGAIN_PX;

  for (unsigned i = 0; i < placer->named->len; i++)
    {
      const Named *named = &g_array_index (placer->named, Named, i);

      if (named->name == name && named->is_shield == is_shield &&
          hypot (named->x - x, named->y - y) < again)
        return true;
    }
  return false;
}

static void
note_named (VolantLabelPlacer *placer, uint32_t name, bool is_shield, double x, double y)
{
  Named named = { name, is_shield, x, y };

  g_array_append_val (placer->named, named);
}

static unsigned
identity_of (const VolantDrawingFeature *feature, CandidateKind kind)
{
  if (kind == CANDIDATE_POINT)
    return feature->name * 32u + feature->kind;
  return kind == CANDIDATE_SHIELD ? feature->ref * 32u + 30u : feature->name * 32u + 31u;
}

/* The label of an identity in the last placement, from index on; NULL where there is none. */
static const VolantLabel *
find_before (const VolantLabelPlacer *placer, unsigned identity, unsigned from)
{
  for (unsigned i = from; i < placer->before->len; i++)
    {
      const VolantLabel *label = &g_array_index (placer->before, VolantLabel, i);

      if (label->identity == identity)
        return label;
    }
  return NULL;
}

static void
add_candidate (VolantLabelPlacer *placer, const VolantDrawingFeature *feature, CandidateKind kind,
               int priority)
{
  Candidate candidate = { .priority = priority, .kind = kind, .feature = feature };

  if (find_before (placer, identity_of (feature, kind), 0) != NULL)
    candidate.priority -= KEPT_BONUS;

  g_array_append_val (placer->candidates, candidate);
}

static double
street_zoom (const VolantDrawingFeature *line)
{
  if (line->rank <= VOLANT_ROAD_SECONDARY)
    return 13.5;
  if (line->rank <= VOLANT_ROAD_TERTIARY)
    return 14.5;
  if (line->rank <= VOLANT_ROAD_LIVING_STREET)
    return 15.4;
  return line->rank <= VOLANT_ROAD_PEDESTRIAN ? 16.4 : 17.4;
}

static bool
is_shield_shown (const VolantDrawingFeature *line, double zoom)
{
  static const double from[] = { 10.5, 11.5, 12.5, 13.5 };

  return line->ref != 0 && line->rank <= VOLANT_ROAD_SECONDARY && zoom >= from[line->rank] &&
         (line->flags & (VOLANT_DRAWING_LINK | VOLANT_DRAWING_ROUNDABOUT)) == 0;
}

static void
collect_lines (VolantLabelPlacer *placer, unsigned zoom, const VolantDrawingBox *box)
{
  VolantDrawingQuery query;
  const VolantDrawingFeature *line;
  double exact = placer->transform->zoom;

  volant_drawing_query_init (&query, placer->drawing, VOLANT_SHEET_LINES, zoom, box);
  while ((line = volant_drawing_query_next (&query)) != NULL)
    {
      double wide = MAX (line->box.max_x - line->box.min_x, line->box.max_y - line->box.min_y) *
                    placer->transform->scale;
      int longer = (int) MIN (wide / 60.0, 9.0);

      if (line->kind == VOLANT_LINE_WATERWAY && line->name != 0 && line->rank <= 1 &&
          exact >= 13.5 && wide > 100.0)
        add_candidate (placer, line, CANDIDATE_STREET, 430 - longer);
      if (line->kind != VOLANT_LINE_ROAD)
        continue;
      if (is_shield_shown (line, exact))
        add_candidate (placer, line, CANDIDATE_SHIELD, 300 + line->rank * 10 - longer);
      if (line->name != 0 && exact >= street_zoom (line) && wide > 40.0)
        add_candidate (placer, line, CANDIDATE_STREET, 350 + line->rank * 10 - longer);
    }
}

static void
collect (VolantLabelPlacer *placer)
{
  VolantDrawingBox box = volant_map_transform_box (placer->transform, placer->beyond_px);
  unsigned zoom = (unsigned) CLAMP (floor (placer->transform->zoom + 0.25), 0.0,
                                    VOLANT_DRAWING_MAX_ZOOM);
  VolantDrawingQuery query;
  const VolantDrawingFeature *label;

  volant_drawing_query_init (&query, placer->drawing, VOLANT_SHEET_LABELS, zoom, &box);
  while ((label = volant_drawing_query_next (&query)) != NULL)
    if (label->name != 0 && label->min_zoom <= zoom &&
        !(label->kind == VOLANT_LABEL_CITY && zoom >= 15) &&
        !(label->kind == VOLANT_LABEL_TOWN && zoom >= 16))
      add_candidate (placer, label, CANDIDATE_POINT, label->rank * 10);
  collect_lines (placer, zoom, &box);
}

static int
compare_candidates (const void *a, const void *b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->priority != other->priority)
    return one->priority < other->priority ? -1 : 1;
  return one->feature < other->feature ? -1 : one->feature > other->feature;
}

static void
look_of_point (const VolantMapStyle *style, unsigned kind, VolantTextLook *look)
{
  static const float sizes[VOLANT_N_LABEL_KINDS] = {
    [VOLANT_LABEL_CITY] = 26.0f,         [VOLANT_LABEL_TOWN] = 22.0f,
    [VOLANT_LABEL_SUBURB] = 18.0f,       [VOLANT_LABEL_VILLAGE] = 18.0f,
    [VOLANT_LABEL_QUARTER] = 16.0f,      [VOLANT_LABEL_HAMLET] = 15.0f,
    [VOLANT_LABEL_WATER] = 15.0f,        [VOLANT_LABEL_PARK] = 14.0f,
    [VOLANT_LABEL_RAIL_STATION] = 15.0f, [VOLANT_LABEL_HOSPITAL] = 14.0f,
    [VOLANT_LABEL_SIGHT] = 13.5f,        [VOLANT_LABEL_PUBLIC] = 13.5f,
    [VOLANT_LABEL_PARKING] = 13.0f,      [VOLANT_LABEL_PEAK] = 13.5f,
    [VOLANT_LABEL_NUMBER] = 12.0f,
  };

  *look = (VolantTextLook) { .colour = style->text_quiet,
                             .halo = style->halo,
                             .size_px = sizes[kind],
                             .max_width_px = sizes[kind] * WRAP_EMS };
  if (kind <= VOLANT_LABEL_HAMLET)
    look->colour = kind <= VOLANT_LABEL_TOWN ? style->text_place : style->text_street;
  if (kind == VOLANT_LABEL_WATER)
    {
      look->colour = style->text_water;
      look->is_italic = true;
    }
  if (kind == VOLANT_LABEL_PARK)
    look->colour = style->text_park;
  if (kind == VOLANT_LABEL_RAIL_STATION)
    look->colour = style->text_street;
  look->is_medium = kind <= VOLANT_LABEL_VILLAGE || kind == VOLANT_LABEL_RAIL_STATION;
}

static bool
is_dotted (unsigned kind)
{
  return kind >= VOLANT_LABEL_RAIL_STATION && kind <= VOLANT_LABEL_PEAK;
}

/* A settlement's name may stand somewhat above or below its middle. */
static bool
try_point (VolantLabelPlacer *placer, VolantLabel *label)
{
  static const double shifts_px[] = { 0.0, -28.0, 28.0, -54.0, 54.0 };
  bool is_free = label->kind <= VOLANT_LABEL_HAMLET;

  for (unsigned i = 0; i < (is_free ? G_N_ELEMENTS (shifts_px) : 1); i++)
    {
      if (is_free)
        label->offset_y_px = shifts_px[i];
      if (try_label (placer, label))
        return true;
    }
  return false;
}

static void
place_point (VolantLabelPlacer *placer, const VolantDrawingFeature *feature)
{
  uint32_t n;
  const VolantDrawingPoint *at = volant_drawing_get_part (placer->drawing, feature, 0, &n);
  VolantLabel label = { .unit_x = at->x,
                        .unit_y = at->y,
                        .is_upright = true,
                        .is_marked = is_dotted (feature->kind),
                        .kind = feature->kind,
                        .identity = identity_of (feature, CANDIDATE_POINT) };
  VolantTextLook look;
  double x, y;

  look_of_point (placer->style, feature->kind, &look);
  volant_map_transform_point (placer->transform, *at, &x, &y);
  if (feature->kind != VOLANT_LABEL_NUMBER && is_named_near (placer, feature->name, false, x, y))
    return;
  label.text = volant_text_cache_get (
      placer->texts, volant_drawing_get_string (placer->drawing, feature->name), &look);
  label.dot = look.colour;
  if (label.is_marked)
    label.offset_y_px = label.text->height_px / 2.0 + 5.0;
  if (try_point (placer, &label) && feature->kind != VOLANT_LABEL_NUMBER)
    note_named (placer, feature->name, false, x, y);
}

static double
lay_out_line (VolantLabelPlacer *placer, const VolantDrawingFeature *line)
{
  uint32_t n;
  const VolantDrawingPoint *points = volant_drawing_get_part (placer->drawing, line, 0, &n);
  double length = 0.0;
  Pixel last = { 0.0, 0.0 };

  g_array_set_size (placer->line, 0);
  for (uint32_t i = 0; i < n; i++)
    {
      Pixel at;

      volant_map_transform_point (placer->transform, points[i], &at.x, &at.y);
      if (i > 0)
        length += hypot (at.x - last.x, at.y - last.y);
      g_array_append_val (placer->line, at);
      last = at;
    }
  return length;
}

/* The point at a distance along the line, and the index of the point before it. */
static Pixel
along_line (const GArray *line, double distance, unsigned *before)
{
  Pixel from = g_array_index (line, Pixel, 0);

  for (unsigned i = 1; i < line->len; i++)
    {
      Pixel to = g_array_index (line, Pixel, i);
      double length = hypot (to.x - from.x, to.y - from.y);

      if (distance <= length && length > 0.0)
        {
          *before = i - 1;
          return (Pixel) { from.x + (to.x - from.x) * distance / length,
                           from.y + (to.y - from.y) * distance / length };
        }
      distance -= length;
      from = to;
    }
  *before = line->len - 1;
  return from;
}

/* How far the line strays from the chord between two of its points; infinite where it is so bent
 * that the chord is much shorter. */
static double
bend_of (const GArray *line, Pixel from, unsigned from_before, Pixel to, unsigned to_before,
         double length)
{
  double chord = hypot (to.x - from.x, to.y - from.y);
  double worst = 0.0;

  if (chord < 0.95 * length)
    return INFINITY;
  for (unsigned i = from_before + 1; i <= to_before && i < line->len; i++)
    {
      Pixel at = g_array_index (line, Pixel, i);
      double off = fabs ((at.x - from.x) * (to.y - from.y) - (at.y - from.y) * (to.x - from.x));

      worst = MAX (worst, off / chord);
    }
  return worst;
}

/* Puts a street's name where it stood in the last placement. */
static void
place_street_again (VolantLabelPlacer *placer, uint32_t name, unsigned identity, VolantText *text)
{
  if (placer->transform->zoom < placer->last_zoom - KEPT_ZOOM_OUT)
    return;
  for (unsigned i = 0; i < placer->before->len; i++)
    {
      VolantLabel label = g_array_index (placer->before, VolantLabel, i);
      double x, y;

      if (label.identity != identity)
        continue;
      label.text = text;
      volant_map_transform_unit (placer->transform, label.unit_x, label.unit_y, &x, &y);
      if (!is_named_near (placer, name, false, x, y) && try_label (placer, &label))
        note_named (placer, name, false, x, y);
    }
}

static void
place_street_at (VolantLabelPlacer *placer, const VolantDrawingFeature *line, VolantText *text,
                 double start, double needed)
{
  unsigned from_before, to_before;
  Pixel from = along_line (placer->line, start, &from_before);
  Pixel to = along_line (placer->line, start + needed, &to_before);
  Pixel at = { (from.x + to.x) / 2.0, (from.y + to.y) / 2.0 };
  VolantLabel label = { .text = text,
                        .kind = VOLANT_N_LABEL_KINDS,
                        .identity = identity_of (line, CANDIDATE_STREET) };

  if (bend_of (placer->line, from, from_before, to, to_before, needed) > LARGEST_BEND_PX ||
      is_named_near (placer, line->name, false, at.x, at.y))
    return;
  volant_map_transform_invert (placer->transform, at.x, at.y, &label.unit_x, &label.unit_y);
  label.angle_rad = atan2 (to.y - from.y, to.x - from.x) - placer->transform->rotation_rad;
  if (try_label (placer, &label))
    note_named (placer, line->name, false, at.x, at.y);
}

static void
place_street (VolantLabelPlacer *placer, const VolantDrawingFeature *line)
{
  const VolantMapStyle *style = placer->style;
  bool is_water = line->kind == VOLANT_LINE_WATERWAY;
  bool is_major = !is_water && line->rank <= VOLANT_ROAD_SECONDARY;
  VolantTextLook look = { .colour = is_water ? style->text_water : style->text_street,
                          .halo = style->halo,
                          .size_px = is_major ? 16.0f : 14.5f,
                          .is_italic = is_water };
  VolantText *text = volant_text_cache_get (
      placer->texts, volant_drawing_get_string (placer->drawing, line->name), &look);
  double length = lay_out_line (placer, line);
  double needed = text->width_px + 4.0;
  double spare = length - needed;
  double step = MAX (spare / WINDOWS, 12.0);

  if (spare < 0.0)
    return;
  place_street_again (placer, line->name, identity_of (line, CANDIDATE_STREET), text);
  /* from the middle outwards, to both sides in turn */
  for (unsigned i = 0; i * step <= spare + step; i++)
    {
      double side = (i & 1) != 0 ? 1.0 : -1.0;

      place_street_at (placer, line, text,
                       CLAMP (spare / 2.0 + side * ((i + 1) / 2) * step, 0.0, spare), needed);
    }
}

static void
place_shield (VolantLabelPlacer *placer, const VolantDrawingFeature *line)
{
  VolantTextLook look = { .colour = placer->style->shield_text,
                          .plate = placer->style->shield,
                          .size_px = 13.0f,
                          .is_medium = true };
  const char *ref = volant_drawing_get_string (placer->drawing, line->ref);
  g_autofree char *first = g_strndup (ref, strcspn (ref, ";"));
  VolantLabel label = { .text = volant_text_cache_get (placer->texts, first, &look),
                        .is_upright = true,
                        .kind = VOLANT_N_LABEL_KINDS,
                        .identity = identity_of (line, CANDIDATE_SHIELD) };
  double length = lay_out_line (placer, line);
  unsigned before;
  Pixel at = along_line (placer->line, length / 2.0, &before);

  if (length < 60.0 || strlen (first) > 8 || is_named_near (placer, line->ref, true, at.x, at.y))
    return;
  volant_map_transform_invert (placer->transform, at.x, at.y, &label.unit_x, &label.unit_y);
  if (try_label (placer, &label))
    note_named (placer, line->ref, true, at.x, at.y);
}

static void
place (VolantLabelPlacer *placer, const Candidate *candidate)
{
  if (candidate->kind == CANDIDATE_POINT)
    place_point (placer, candidate->feature);
  else if (candidate->kind == CANDIDATE_SHIELD)
    place_shield (placer, candidate->feature);
  else
    place_street (placer, candidate->feature);
}

/* Fade on where the same label stood before. */
static void
restore_opacities (VolantLabelPlacer *placer)
{
  for (unsigned i = 0; i < placer->labels->len; i++)
    {
      VolantLabel *label = &g_array_index (placer->labels, VolantLabel, i);
      const VolantLabel *old = find_before (placer, label->identity, 0);

      label->opacity = old != NULL ? old->opacity : 0.0;
    }
}

void
volant_label_placer_set_obstacles (VolantLabelPlacer *placer, const GArray *boxes)
{
  g_return_if_fail (placer != NULL);

  g_array_set_size (placer->obstacles, 0);
  if (boxes != NULL)
    g_array_append_vals (placer->obstacles, boxes->data, boxes->len);
}

void
volant_label_placer_place (VolantLabelPlacer *placer, const VolantMapTransform *transform,
                           const VolantMapStyle *style, VolantTextCache *texts, double beyond_px,
                           GArray *labels)
{
  g_return_if_fail (placer != NULL && labels != NULL);

  placer->transform = transform;
  placer->style = style;
  placer->texts = texts;
  placer->beyond_px = beyond_px;
  placer->labels = labels;
  g_array_set_size (placer->before, 0);
  g_array_append_vals (placer->before, labels->data, labels->len);
  g_array_set_size (labels, 0);
  g_array_set_size (placer->named, 0);
  g_array_set_size (placer->candidates, 0);
  clear_cells (placer);
  block_obstacles (placer);
  collect (placer);
  if (placer->candidates->len > 0)
    qsort (placer->candidates->data, placer->candidates->len, sizeof (Candidate),
           compare_candidates);
  for (unsigned i = 0; i < placer->candidates->len; i++)
    place (placer, &g_array_index (placer->candidates, Candidate, i));
  restore_opacities (placer);
  placer->last_zoom = transform->zoom;
}

/* The box a label covers, its dot left out. */
void
volant_label_get_box (const VolantLabel *label, const VolantMapTransform *transform,
                      graphene_rect_t *box)
{
  double angle = label->is_upright ? 0.0 : label->angle_rad + transform->rotation_rad;
  double across = fabs (cos (angle)) * label->text->width_px +
                  fabs (sin (angle)) * label->text->height_px;
  double down = fabs (sin (angle)) * label->text->width_px +
                fabs (cos (angle)) * label->text->height_px;
  double x, y;

  volant_map_transform_unit (transform, label->unit_x, label->unit_y, &x, &y);
  graphene_rect_init (box, (float) (x - across / 2.0),
                      (float) (y + label->offset_y_px - down / 2.0), (float) across,
                      (float) down);
}
