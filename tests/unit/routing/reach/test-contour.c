/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/reach/polygon.h"

#include "tests/support.h"

/* Lines round what is inside: of grids worked out by hand, and of hundreds at random, thinned at
 * tolerances up to wider than the shapes. */

#define N_GRIDS 300

static VolantGrid
grid_of (unsigned n_columns, unsigned n_rows, float *values)
{
  return (VolantGrid) { n_columns, n_rows, 10.0, { 100.0, 200.0 }, values };
}

static void
test_one_vertex (void)
{
  float values[9] = { 1, 1, 1, 1, -1, 1, 1, 1, 1 };
  VolantGrid grid = grid_of (3, 3, values);
  g_autoptr (GPtrArray) rings = volant_contour_trace (&grid);

  g_assert_cmpuint (rings->len, ==, 1);
  g_assert_cmpuint (((GArray *) rings->pdata[0])->len, ==, 4);
  g_assert_cmpfloat_with_epsilon (volant_contour_area_m2 (rings->pdata[0]), 50.0, 1e-9);
  g_assert_true (volant_contour_contains (rings->pdata[0], (VolantFlatPoint) { 110, 210 }));
  g_assert_false (volant_contour_contains (rings->pdata[0], (VolantFlatPoint) { 104, 204 }));
}

/* A ring of eight vertices about one outside: an outer ring and a hole. */
static void
test_hole (void)
{
  float values[25];
  VolantGrid grid = grid_of (5, 5, values);
  VolantPlane plane = volant_plane_at ((VolantPoint) { 488000000, 23000000 });
  g_autoptr (GPtrArray) rings = NULL;
  g_autoptr (GPtrArray) polygons = NULL;
  const VolantPolygon *polygon;

  for (unsigned i = 0; i < 25; i++)
    values[i] = i % 5 == 0 || i % 5 == 4 || i / 5 == 0 || i / 5 == 4 || i == 12 ? 1.0f : -1.0f;
  rings = volant_contour_trace (&grid);
  g_assert_cmpuint (rings->len, ==, 2);
  polygons = volant_polygon_from_rings (rings, &plane, 0.0);
  g_assert_cmpuint (polygons->len, ==, 1);
  polygon = polygons->pdata[0];
  g_assert_cmpuint (polygon->rings->len, ==, 2);
  g_assert_false (volant_polygon_contains (
    polygon, volant_plane_raise (&plane, (VolantFlatPoint) { 120, 220 })));
  g_assert_true (volant_polygon_contains (
    polygon, volant_plane_raise (&plane, (VolantFlatPoint) { 110, 220 })));
  g_assert_false (volant_polygon_contains (
    polygon, volant_plane_raise (&plane, (VolantFlatPoint) { 100, 220 })));
}

/* Two inside corners of one cell: joined or apart as the middle says, never crossing. */
static void
test_saddle (void)
{
  float values[16];
  VolantGrid grid = grid_of (4, 4, values);

  for (unsigned is_joined = 0; is_joined < 2; is_joined++)
    {
      g_autoptr (GPtrArray) rings = NULL;

      for (unsigned i = 0; i < 16; i++)
        values[i] = 1.0f;
      values[5] = values[10] = is_joined ? -3.0f : -0.5f;
      rings = volant_contour_trace (&grid);
      g_assert_cmpuint (rings->len, ==, is_joined ? 1 : 2);
    }
}

static void
fill_random (VolantGrid *grid)
{
  double share = g_test_rand_double_range (0.1, 0.9);

  for (unsigned row = 0; row < grid->n_rows; row++)
    for (unsigned column = 0; column < grid->n_columns; column++)
      {
        bool is_border = row == 0 || column == 0 || row + 1 == grid->n_rows ||
                         column + 1 == grid->n_columns;
        double value = g_test_rand_double () < share ? -g_test_rand_double ()
                                                     : g_test_rand_double ();

        if (g_test_rand_int_range (0, 20) == 0)
          value = 0.0;
        grid->values[row * grid->n_columns + column] = (float) (is_border ? 1.0 : value);
      }
}

static int64_t
turn_e14 (const GArray *ring)
{
  VolantPoint first = g_array_index (ring, VolantPoint, 0);
  int64_t sum = 0;

  for (unsigned i = 0; i < ring->len; i++)
    {
      VolantPoint a = g_array_index (ring, VolantPoint, i);
      VolantPoint b = g_array_index (ring, VolantPoint, (i + 1) % ring->len);

      sum += (int64_t) (a.lon_e7 - first.lon_e7) * (b.lat_e7 - first.lat_e7) -
             (int64_t) (b.lon_e7 - first.lon_e7) * (a.lat_e7 - first.lat_e7);
    }
  return sum;
}

/* Simple, turned as they should be, and every hole in its own polygon. */
static void
check_polygons (const GPtrArray *polygons)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (unsigned i = 0; i < polygons->len; i++)
    {
      const VolantPolygon *polygon = polygons->pdata[i];
      VolantPolygon outer = { g_ptr_array_new () };

      g_ptr_array_add (outer.rings, polygon->rings->pdata[0]);
      for (unsigned k = 0; k < polygon->rings->len; k++)
        {
          const GArray *ring = polygon->rings->pdata[k];

          g_assert_cmpuint (ring->len, >=, 3);
          g_assert_true (k == 0 ? turn_e14 (ring) > 0 : turn_e14 (ring) < 0);
          if (k > 0)
            g_assert_true (
              volant_polygon_contains (&outer, g_array_index (ring, VolantPoint, 0)));
          g_ptr_array_add (all, (void *) ring);
        }
      g_ptr_array_unref (outer.rings);
    }
  g_assert_true (volant_polygon_are_simple (all, NULL));
}

static bool
contain (const GPtrArray *polygons, VolantPoint point)
{
  for (unsigned i = 0; i < polygons->len; i++)
    if (volant_polygon_contains (polygons->pdata[i], point))
      return true;
  return false;
}

static void
test_random (void)
{
  VolantPlane plane = volant_plane_at ((VolantPoint) { 437300000, 74200000 });
  unsigned n_rings = 0, n_points = 0;

  for (unsigned i = 0; i < N_GRIDS; i++)
    {
      unsigned n_columns = (unsigned) g_test_rand_int_range (3, 24);
      unsigned n_rows = (unsigned) g_test_rand_int_range (3, 24);
      g_autofree float *values = g_new (float, n_columns * n_rows);
      VolantGrid grid = grid_of (n_columns, n_rows, values);
      double tolerance_m = i % 4 == 0 ? 0.0 : g_test_rand_double_range (0.0, 40.0);
      g_autoptr (GPtrArray) rings = NULL;
      g_autoptr (GPtrArray) polygons = NULL;

      fill_random (&grid);
      rings = volant_contour_trace (&grid);
      polygons = volant_polygon_from_rings (rings, &plane, tolerance_m);
      check_polygons (polygons);
      n_rings += rings->len;
      for (unsigned k = 0; k < rings->len; k++)
        n_points += ((GArray *) rings->pdata[k])->len;
      for (unsigned vertex = 0; tolerance_m == 0.0 && vertex < n_columns * n_rows; vertex++)
        {
          VolantFlatPoint at = { 100.0 + vertex % n_columns * 10.0,
                                 200.0 + vertex / n_columns * 10.0 };

          g_assert_true (contain (polygons, volant_plane_raise (&plane, at)) ==
                         (values[vertex] <= 0.0f));
        }
    }
  g_test_message ("%u rings of %u points", n_rings, n_points);
  g_assert_cmpuint (n_rings, >, N_GRIDS);
}

static GArray *
ring_of (const VolantPoint *points, unsigned n)
{
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (VolantPoint));

  return g_array_append_vals (ring, points, n);
}

/* The judge of the others must itself be able to say no. */
static void
test_judge (void)
{
  const VolantPoint square[] = { { 0, 0 }, { 0, 10 }, { 10, 10 }, { 10, 0 } };
  const VolantPoint bow[] = { { 0, 0 }, { 10, 10 }, { 10, 0 }, { 0, 10 } };
  const VolantPoint spike[] = { { 0, 0 }, { 0, 10 }, { 10, 10 }, { 0, 10 } };
  const VolantPoint doubled[] = { { 0, 0 }, { 0, 0 }, { 0, 10 }, { 10, 10 } };
  const VolantPoint touching[] = { { 10, 10 }, { 10, 20 }, { 20, 20 } };
  const struct {
    const VolantPoint *points;
    unsigned n;
    bool is_simple;
  } cases[] = {
    { square, 4, true },
    { bow, 4, false },
    { spike, 4, false },
    { doubled, 4, false },
  };
  g_autoptr (GPtrArray) two = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

      g_ptr_array_add (one, ring_of (cases[i].points, cases[i].n));
      g_assert_true (volant_polygon_are_simple (one, NULL) == cases[i].is_simple);
    }
  g_ptr_array_add (two, ring_of (square, 4));
  g_ptr_array_add (two, ring_of (touching, 3));
  g_assert_false (volant_polygon_are_simple (two, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contour/one-vertex", test_one_vertex);
  g_test_add_func ("/contour/hole", test_hole);
  g_test_add_func ("/contour/saddle", test_saddle);
  g_test_add_func ("/contour/random", test_random);
  g_test_add_func ("/contour/judge", test_judge);
  return g_test_run ();
}
