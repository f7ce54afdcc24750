/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/snap-index.h"

#include <math.h>
#include <stdlib.h>

/* Levels of boxes, each the union of FAN boxes of the level below; level 0 are the segments in the
 * order of the tiles. */

#define FAN 16
#define MOST_LEVELS 9 /* 16^8 is past any uint32 */

struct _VolantSnapIndex {
  const VolantRoads *roads;
  uint32_t *segments;     /* by place in level 0 */
  VolantBounds *boxes;    /* all levels, level 0 first */
  unsigned n_levels;
  uint32_t first[MOST_LEVELS + 1];
};

typedef struct {
  uint32_t segment;
  VolantBounds box;
} Leaf;

typedef struct {
  double distance_m;
  uint32_t box;
  unsigned level;
} Visit;

static int
compare_lon (const void *a, const void *b)
{
  const VolantBounds *x = &((const Leaf *) a)->box, *y = &((const Leaf *) b)->box;
  int64_t mid_x = (int64_t) x->min_lon_e7 + x->max_lon_e7;
  int64_t mid_y = (int64_t) y->min_lon_e7 + y->max_lon_e7;

  return (mid_x > mid_y) - (mid_x < mid_y);
}

static int
compare_lat (const void *a, const void *b)
{
  const VolantBounds *x = &((const Leaf *) a)->box, *y = &((const Leaf *) b)->box;
  int64_t mid_x = (int64_t) x->min_lat_e7 + x->max_lat_e7;
  int64_t mid_y = (int64_t) y->min_lat_e7 + y->max_lat_e7;

  return (mid_x > mid_y) - (mid_x < mid_y);
}

static Leaf *
tile_segments (const VolantRoads *roads)
{
  uint32_t n = roads->n_segments;
  Leaf *leaves = g_new (Leaf, n + 1);
  uint32_t n_leaf_pages = (n + FAN - 1) / FAN;
  uint32_t slice = (uint32_t) ceil (sqrt (MAX (n_leaf_pages, 1))) * FAN;

  for (uint32_t i = 0; i < n; i++)
    {
      const VolantSegment *segment = &roads->segments[i];

      leaves[i] = (Leaf) { i, VOLANT_BOUNDS_EMPTY };
      for (uint32_t k = 0; k < segment->n_points; k++)
        volant_bounds_add (&leaves[i].box, roads->points[segment->first_point + k]);
    }
  qsort (leaves, n, sizeof *leaves, compare_lon);
  for (uint32_t i = 0; i < n; i += slice)
    qsort (leaves + i, MIN (slice, n - i), sizeof *leaves, compare_lat);
  return leaves;
}

static void
stack_levels (VolantSnapIndex *self)
{
  uint32_t n = self->roads->n_segments;

  self->n_levels = 1;
  self->first[1] = n;
  while (n > 1)
    {
      uint32_t below = self->first[self->n_levels - 1], at = self->first[self->n_levels];
      uint32_t n_above = (n + FAN - 1) / FAN;

      for (uint32_t i = 0; i < n_above; i++)
        {
          VolantBounds box = VOLANT_BOUNDS_EMPTY;

          for (uint32_t k = i * FAN; k < MIN ((i + 1) * FAN, n); k++)
            {
              const VolantBounds *child = &self->boxes[below + k];

              volant_bounds_add (&box, (VolantPoint) { child->min_lat_e7, child->min_lon_e7 });
              volant_bounds_add (&box, (VolantPoint) { child->max_lat_e7, child->max_lon_e7 });
            }
          self->boxes[at + i] = box;
        }
      self->n_levels++;
      self->first[self->n_levels] = at + n_above;
      n = n_above;
    }
}

VolantSnapIndex *
volant_snap_index_new (const VolantRoads *roads)
{
  VolantSnapIndex *self = g_new0 (VolantSnapIndex, 1);
  g_autofree Leaf *leaves = tile_segments (roads);

  self->roads = roads;
  self->segments = g_new (uint32_t, roads->n_segments + 1);
  /* The levels above hold less than an eighth of level 0, and one box each at least. */
  self->boxes = g_new (VolantBounds, roads->n_segments + roads->n_segments / 8 + 2 * MOST_LEVELS);
  for (uint32_t i = 0; i < roads->n_segments; i++)
    {
      self->segments[i] = leaves[i].segment;
      self->boxes[i] = leaves[i].box;
    }
  stack_levels (self);
  return self;
}

void
volant_snap_index_free (VolantSnapIndex *self)
{
  if (self == NULL)
    return;
  g_free (self->segments);
  g_free (self->boxes);
  g_free (self);
}

/* Measured as the projection measures, so that it never exceeds the distance to what is inside. */
static double
box_distance_m (VolantPoint point, const VolantBounds *box)
{
  VolantPoint nearest = { CLAMP (point.lat_e7, box->min_lat_e7, box->max_lat_e7),
                          CLAMP (point.lon_e7, box->min_lon_e7, box->max_lon_e7) };
  double distance_m;

  volant_geo_project (point, nearest, nearest, NULL, &distance_m);
  return distance_m;
}

static void
push_visit (GArray *heap, Visit visit)
{
  unsigned at = heap->len;

  g_array_append_val (heap, visit);
  while (at > 0 && g_array_index (heap, Visit, (at - 1) / 2).distance_m > visit.distance_m)
    {
      g_array_index (heap, Visit, at) = g_array_index (heap, Visit, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  g_array_index (heap, Visit, at) = visit;
}

static Visit
pop_visit (GArray *heap)
{
  Visit least = g_array_index (heap, Visit, 0);
  Visit last = g_array_index (heap, Visit, heap->len - 1);
  unsigned at = 0;

  g_array_set_size (heap, heap->len - 1);
  if (heap->len == 0)
    return least;
  for (;;)
    {
      unsigned child = at * 2 + 1;

      if (child + 1 < heap->len && g_array_index (heap, Visit, child + 1).distance_m <
                                     g_array_index (heap, Visit, child).distance_m)
        child++;
      if (child >= heap->len || g_array_index (heap, Visit, child).distance_m >= last.distance_m)
        break;
      g_array_index (heap, Visit, at) = g_array_index (heap, Visit, child);
      at = child;
    }
  g_array_index (heap, Visit, at) = last;
  return least;
}

/* Projects onto one segment; keeps the result where it is nearer. */
static void
measure_segment (const VolantSnapIndex *self, uint32_t index, VolantPoint point, VolantSnap *best)
{
  const VolantSegment *segment = &self->roads->segments[index];
  const VolantPoint *points = self->roads->points + segment->first_point;
  double total_m = 0.0, along_m = 0.0;
  bool nearer = false;

  for (uint32_t i = 0; i + 1 < segment->n_points; i++)
    {
      double fraction, distance_m;
      VolantPoint on_road = volant_geo_project (point, points[i], points[i + 1], &fraction,
                                                &distance_m);
      double piece_m = volant_geo_distance_m (points[i], points[i + 1]);

      if (distance_m < best->distance_m)
        {
          *best = (VolantSnap) { index, on_road, distance_m, 0.0 };
          along_m = total_m + piece_m * fraction;
          nearer = true;
        }
      total_m += piece_m;
    }
  if (nearer)
    best->along = total_m > 0.0 ? CLAMP (along_m / total_m, 0.0, 1.0) : 0.0;
}

bool
volant_snap_index_find (const VolantSnapIndex *self, VolantPoint point, double limit_m,
                        VolantSnapFilter filter, const void *data, VolantSnap *snap)
{
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (Visit));
  VolantSnap best = { UINT32_MAX, point, nextafter (limit_m, INFINITY), 0.0 };

  if (self->roads->n_segments > 0)
    push_visit (heap, (Visit) { 0.0, 0, self->n_levels - 1 });
  while (heap->len > 0)
    {
      Visit visit = pop_visit (heap);
      uint32_t n;

      if (visit.distance_m >= best.distance_m)
        break;
      if (visit.level == 0)
        {
          if (filter (self->segments[visit.box], data))
            measure_segment (self, self->segments[visit.box], point, &best);
          continue;
        }
      n = self->first[visit.level] - self->first[visit.level - 1];
      for (uint32_t k = visit.box * FAN; k < MIN ((visit.box + 1) * FAN, n); k++)
        {
          const VolantBounds *box = &self->boxes[self->first[visit.level - 1] + k];
          double distance_m = box_distance_m (point, box);

          if (distance_m < best.distance_m)
            push_visit (heap, (Visit) { distance_m, k, visit.level - 1 });
        }
    }
  *snap = best;
  return best.segment != UINT32_MAX;
}
