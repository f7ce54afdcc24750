/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/reach/polygon.h"

#include <stdlib.h>

/* Points are rounded to 1e-7 degree before rings are held against each other, and that is done in
 * whole numbers: what is found simple here is simple in the file. */

/* Below this tolerance a ring keeps all its points: they are further apart than rounding. */
#define LEAST_TOLERANCE_M 0.1

typedef struct {
  VolantPoint a;
  VolantPoint b;
  int32_t west_e7;
  int32_t east_e7;
  uint32_t ring;
  uint32_t index; /* of the point it begins at */
} Edge;

void
volant_polygon_free (VolantPolygon *polygon)
{
  if (polygon == NULL)
    return;
  g_ptr_array_unref (polygon->rings);
  g_free (polygon);
}

static double
distance_to_line_m (VolantFlatPoint point, VolantFlatPoint a, VolantFlatPoint b)
{
  double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, square = dx * dx + dy * dy;
  double t = square > 0.0 ? ((point.x_m - a.x_m) * dx + (point.y_m - a.y_m) * dy) / square : 0.0;

  t = CLAMP (t, 0.0, 1.0);
  return hypot (point.x_m - a.x_m - t * dx, point.y_m - a.y_m - t * dy);
}

/* Marks what to keep of points first … last, which may run past the end of the ring once. */
static void
keep_between (const GArray *ring, unsigned first, unsigned last, double tolerance_m, bool *keep)
{
  const VolantFlatPoint *points = (const VolantFlatPoint *) ring->data;
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (unsigned[2]));

  g_array_append_vals (open, (unsigned[2]) { first, last }, 1);
  while (open->len > 0)
    {
      const unsigned *span = (const unsigned *) open->data + 2 * (open->len - 1);
      unsigned from = span[0], to = span[1], furthest = from;
      double furthest_m = tolerance_m;

      g_array_set_size (open, open->len - 1);
      for (unsigned i = from + 1; i < to; i++)
        {
          double off_m = distance_to_line_m (points[i % ring->len], points[from],
                                             points[to % ring->len]);

          if (off_m > furthest_m)
            {
              furthest_m = off_m;
              furthest = i;
            }
        }
      if (furthest == from)
        continue;
      keep[furthest] = true;
      g_array_append_vals (open, (unsigned[2]) { from, furthest }, 1);
      g_array_append_vals (open, (unsigned[2]) { furthest, to }, 1);
    }
}

static unsigned
furthest_from_first (const GArray *ring)
{
  const VolantFlatPoint *points = (const VolantFlatPoint *) ring->data;
  unsigned furthest = 0;
  double furthest_m = -1.0;

  for (unsigned i = 1; i < ring->len; i++)
    {
      double off_m = hypot (points[i].x_m - points[0].x_m, points[i].y_m - points[0].y_m);

      if (off_m > furthest_m)
        {
          furthest_m = off_m;
          furthest = i;
        }
    }
  return furthest;
}

/* All points where the tolerance is small, or where less than three would be left. */
static GArray *
thin_ring (const GArray *ring, const VolantPlane *plane, double tolerance_m)
{
  g_autofree bool *keep = g_new0 (bool, ring->len);
  GArray *thin = g_array_new (FALSE, FALSE, sizeof (VolantPoint));
  unsigned n_kept = 0;

  if (tolerance_m >= LEAST_TOLERANCE_M)
    {
      unsigned far = furthest_from_first (ring);

      keep[0] = keep[far] = true;
      keep_between (ring, 0, far, tolerance_m, keep);
      keep_between (ring, far, ring->len, tolerance_m, keep);
    }
  for (unsigned i = 0; i < ring->len; i++)
    n_kept += keep[i];
  for (unsigned i = 0; i < ring->len; i++)
    if (keep[i] || n_kept < 3)
      {
        VolantPoint point =
          volant_plane_raise (plane, g_array_index (ring, VolantFlatPoint, i));

        g_array_append_val (thin, point);
      }
  return thin;
}

static int
compare_edges (const void *a, const void *b)
{
  const Edge *one = a, *other = b;

  return (one->west_e7 > other->west_e7) - (one->west_e7 < other->west_e7);
}

static GArray *
list_edges (const GPtrArray *rings)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (unsigned i = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];

      for (unsigned k = 0; k < ring->len; k++)
        {
          VolantPoint a = g_array_index (ring, VolantPoint, k);
          VolantPoint b = g_array_index (ring, VolantPoint, (k + 1) % ring->len);
          Edge edge = { a, b, MIN (a.lon_e7, b.lon_e7), MAX (a.lon_e7, b.lon_e7), i, k };

          g_array_append_val (edges, edge);
        }
    }
  if (edges->len > 0)
    qsort (edges->data, edges->len, sizeof (Edge), compare_edges);
  return edges;
}

/* Which side of a line a point is on: 1 left, -1 right, 0 on it. */
static int
side_of (VolantPoint a, VolantPoint b, VolantPoint point)
{
  int64_t left = ((int64_t) b.lon_e7 - a.lon_e7) * ((int64_t) point.lat_e7 - a.lat_e7);
  int64_t right = ((int64_t) b.lat_e7 - a.lat_e7) * ((int64_t) point.lon_e7 - a.lon_e7);

  return (left > right) - (left < right);
}

static bool
is_between (VolantPoint a, VolantPoint b, VolantPoint point)
{
  return side_of (a, b, point) == 0 && point.lon_e7 >= MIN (a.lon_e7, b.lon_e7) &&
         point.lon_e7 <= MAX (a.lon_e7, b.lon_e7) && point.lat_e7 >= MIN (a.lat_e7, b.lat_e7) &&
         point.lat_e7 <= MAX (a.lat_e7, b.lat_e7);
}

static bool
do_meet (const Edge *one, const Edge *other, const GPtrArray *rings)
{
  const GArray *ring = rings->pdata[one->ring];

  if (one->ring == other->ring && (one->index + 1) % ring->len == other->index)
    return is_between (one->a, one->b, other->b) || is_between (other->a, other->b, one->a);
  if (one->ring == other->ring && (other->index + 1) % ring->len == one->index)
    return is_between (one->a, one->b, other->a) || is_between (other->a, other->b, one->b);
  if (side_of (one->a, one->b, other->a) * side_of (one->a, one->b, other->b) < 0 &&
      side_of (other->a, other->b, one->a) * side_of (other->a, other->b, one->b) < 0)
    return true;
  return is_between (one->a, one->b, other->a) || is_between (one->a, one->b, other->b) ||
         is_between (other->a, other->b, one->a) || is_between (other->a, other->b, one->b);
}

bool
volant_polygon_are_simple (const GPtrArray *rings, bool *meeting)
{
  g_autoptr (GArray) edges = list_edges (rings);
  bool is_simple = true;

  for (unsigned i = 0; i < edges->len; i++)
    {
      const Edge *one = &g_array_index (edges, Edge, i);

      if (one->a.lat_e7 == one->b.lat_e7 && one->a.lon_e7 == one->b.lon_e7)
        {
          is_simple = false;
          if (meeting != NULL)
            meeting[one->ring] = true;
        }
      for (unsigned k = i + 1; k < edges->len; k++)
        {
          const Edge *other = &g_array_index (edges, Edge, k);

          if (other->west_e7 > one->east_e7)
            break;
          if (!do_meet (one, other, rings))
            continue;
          is_simple = false;
          if (meeting != NULL)
            meeting[one->ring] = meeting[other->ring] = true;
        }
    }
  return is_simple;
}

static bool
ring_contains (const GArray *ring, VolantPoint point)
{
  bool is_in = false;

  for (unsigned i = 0, last = ring->len - 1; i < ring->len; last = i++)
    {
      VolantPoint a = g_array_index (ring, VolantPoint, last);
      VolantPoint b = g_array_index (ring, VolantPoint, i);

      if ((a.lat_e7 > point.lat_e7) != (b.lat_e7 > point.lat_e7) &&
          side_of (a, b, point) == (b.lat_e7 > a.lat_e7 ? 1 : -1))
        is_in = !is_in;
    }
  return is_in;
}

/* Twice the area, positive where the ring turns counterclockwise. */
static double
turn_of (const GArray *ring)
{
  VolantPoint first = g_array_index (ring, VolantPoint, 0);
  double sum = 0.0;

  for (unsigned i = 1; i + 1 < ring->len; i++)
    {
      VolantPoint a = g_array_index (ring, VolantPoint, i);
      VolantPoint b = g_array_index (ring, VolantPoint, i + 1);

      sum += ((double) a.lon_e7 - first.lon_e7) * ((double) b.lat_e7 - first.lat_e7) -
             ((double) b.lon_e7 - first.lon_e7) * ((double) a.lat_e7 - first.lat_e7);
    }
  return sum;
}

/* Sets the rings that came out wrong: they meet, turn the other way, or a line cut a corner behind
 * which another whole ring lay. */
static bool
find_faults (const GPtrArray *rings, const GPtrArray *thin, bool *faulty)
{
  bool is_good = volant_polygon_are_simple (thin, faulty);

  for (unsigned i = 0; i < rings->len; i++)
    if ((turn_of (thin->pdata[i]) > 0.0) != (volant_contour_area_m2 (rings->pdata[i]) > 0.0))
      {
        faulty[i] = true;
        is_good = false;
      }
  for (unsigned i = 0; is_good && i < rings->len; i++)
    for (unsigned k = 0; k < rings->len; k++)
      {
        VolantFlatPoint at = g_array_index ((GArray *) rings->pdata[i], VolantFlatPoint, 0);
        VolantPoint point = g_array_index ((GArray *) thin->pdata[i], VolantPoint, 0);

        if (k != i && volant_contour_contains (rings->pdata[k], at) !=
                        ring_contains (thin->pdata[k], point))
          faulty[i] = faulty[k] = true;
      }
  for (unsigned i = 0; is_good && i < rings->len; i++)
    is_good = !faulty[i];
  return !is_good;
}

static GPtrArray *
thin_rings (const GPtrArray *rings, const VolantPlane *plane, double tolerance_m)
{
  g_autofree bool *faulty = g_new0 (bool, rings->len + 1);
  g_autofree double *tolerances_m = g_new (double, rings->len + 1);
  GPtrArray *thin = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  bool all_whole = false;

  for (unsigned i = 0; i < rings->len; i++)
    {
      tolerances_m[i] = tolerance_m;
      g_ptr_array_add (thin, thin_ring (rings->pdata[i], plane, tolerance_m));
    }
  while (!all_whole && find_faults (rings, thin, faulty))
    {
      all_whole = true;
      for (unsigned i = 0; i < rings->len; i++)
        {
          if (!faulty[i])
            continue;
          all_whole = all_whole && tolerances_m[i] < LEAST_TOLERANCE_M;
          tolerances_m[i] /= 2.0;
          faulty[i] = false;
          g_array_unref (thin->pdata[i]);
          thin->pdata[i] = thin_ring (rings->pdata[i], plane, tolerances_m[i]);
        }
    }
  return thin;
}

/* The smallest outer ring about a hole. */
static unsigned
find_outer (const GPtrArray *rings, const double *areas_m2, unsigned hole)
{
  VolantFlatPoint point = g_array_index ((const GArray *) rings->pdata[hole], VolantFlatPoint, 0);
  unsigned best = rings->len;

  for (unsigned i = 0; i < rings->len; i++)
    if (areas_m2[i] > 0.0 && (best == rings->len || areas_m2[i] < areas_m2[best]) &&
        volant_contour_contains (rings->pdata[i], point))
      best = i;
  return best;
}

GPtrArray *
volant_polygon_from_rings (const GPtrArray *rings, const VolantPlane *plane, double tolerance_m)
{
  GPtrArray *polygons = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_polygon_free);
  g_autoptr (GPtrArray) thin = thin_rings (rings, plane, tolerance_m);
  g_autofree double *areas_m2 = g_new (double, rings->len + 1);
  g_autofree VolantPolygon **by_ring = g_new0 (VolantPolygon *, rings->len + 1);

  for (unsigned i = 0; i < rings->len; i++)
    areas_m2[i] = volant_contour_area_m2 (rings->pdata[i]);
  for (unsigned i = 0; i < rings->len; i++)
    if (areas_m2[i] > 0.0)
      {
        by_ring[i] = g_new0 (VolantPolygon, 1);
        by_ring[i]->rings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
        g_ptr_array_add (by_ring[i]->rings, g_array_ref (thin->pdata[i]));
        g_ptr_array_add (polygons, by_ring[i]);
      }
  for (unsigned i = 0; i < rings->len; i++)
    {
      unsigned outer = areas_m2[i] > 0.0 ? rings->len : find_outer (rings, areas_m2, i);

      if (outer < rings->len)
        g_ptr_array_add (by_ring[outer]->rings, g_array_ref (thin->pdata[i]));
    }
  return polygons;
}

bool
volant_polygon_contains (const VolantPolygon *polygon, VolantPoint point)
{
  for (unsigned i = 0; i < polygon->rings->len; i++)
    if (ring_contains (polygon->rings->pdata[i], point) != (i == 0))
      return false;
  return true;
}
