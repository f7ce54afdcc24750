/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>
#include <string.h>

/* The ground: coast, river, basins, islands, hills, and a raster that says what a place is taken
 * by. */

#define CELL_M 5.0
#define COLUMNS ((int) ((DEMO_MAX_X - DEMO_MIN_X) / CELL_M))
#define ROWS ((int) ((DEMO_MAX_Y - DEMO_MIN_Y) / CELL_M))

double
demo_lat_deg (DemoPoint point)
{
  return DEMO_LAT_DEG + point.y / 111160.0;
}

double
demo_lon_deg (DemoPoint point)
{
  return DEMO_LON_DEG + point.x / (111320.0 * cos (DEMO_LAT_DEG * G_PI / 180.0));
}

static double
smooth_step (double low, double high, double x)
{
  double t = CLAMP ((x - low) / (high - low), 0.0, 1.0);

  return t * t * (3.0 - 2.0 * t);
}

/* The sea lies south of it. Straight quays in the harbour, a ragged shore away from it. */
double
demo_coast_y (double x)
{
  double wild = smooth_step (1900.0, 3400.0, fabs (x - 300.0));

  return -1500.0 + 380.0 * sin ((x - 900.0) / 2300.0) +
         wild * (130.0 * demo_noise (x / 800.0, 0.5, 11) + 50.0 * demo_noise (x / 260.0, 7.5, 12) +
                 16.0 * demo_noise (x / 80.0, 3.5, 13));
}

double
demo_river_half_width (double along)
{
  return 34.0 + 42.0 * smooth_step (0.0, 11000.0, along) +
         5.0 * demo_noise (along / 500.0, 1.5, 21);
}

double
demo_height_m (DemoPoint point)
{
  static const struct {
    double x;
    double y;
    double radius;
    double height;
  } hills[] = {
    { -860.0, -820.0, 260.0, 34.0 },   { -3350.0, 650.0, 1000.0, 105.0 },
    { -1900.0, 2300.0, 900.0, 58.0 },  { 3300.0, 1900.0, 1000.0, 84.0 },
    { -5600.0, 3800.0, 1900.0, 150.0 }, { 5200.0, 5200.0, 2300.0, 170.0 },
    { -1500.0, 7800.0, 2600.0, 120.0 }, { 300.0, 1900.0, 420.0, 22.0 },
  };
  double inland = point.y - demo_coast_y (point.x);
  double height;

  if (inland <= 0.0)
    return 0.0;
  height = 2.0 + 4.0 * smooth_step (0.0, 300.0, inland) + inland * 0.004;
  for (unsigned i = 0; i < G_N_ELEMENTS (hills); i++)
    {
      double dx = (point.x - hills[i].x) / hills[i].radius;
      double dy = (point.y - hills[i].y) / hills[i].radius;

      height += hills[i].height * exp (-(dx * dx + dy * dy));
    }
  return height * (1.0 + 0.08 * demo_noise (point.x / 400.0, point.y / 400.0, 31));
}

unsigned
demo_mask_at (const DemoPlan *plan, DemoPoint point)
{
  int column = (int) floor ((point.x - DEMO_MIN_X) / CELL_M);
  int row = (int) floor ((point.y - DEMO_MIN_Y) / CELL_M);

  if (column < 0 || row < 0 || column >= COLUMNS || row >= ROWS)
    return DEMO_MASK_WATER;
  return plan->mask[row * COLUMNS + column];
}

void
demo_mask_paint_disc (DemoPlan *plan, DemoPoint middle, double radius, unsigned bits)
{
  int reach = (int) ceil (radius / CELL_M) + 1;
  int column = (int) floor ((middle.x - DEMO_MIN_X) / CELL_M);
  int row = (int) floor ((middle.y - DEMO_MIN_Y) / CELL_M);

  for (int y = MAX (0, row - reach); y <= MIN (ROWS - 1, row + reach); y++)
    for (int x = MAX (0, column - reach); x <= MIN (COLUMNS - 1, column + reach); x++)
      {
        DemoPoint cell = demo_point (DEMO_MIN_X + (x + 0.5) * CELL_M,
                                     DEMO_MIN_Y + (y + 0.5) * CELL_M);

        if (demo_distance (cell, middle) <= radius)
          plan->mask[y * COLUMNS + x] |= (uint8_t) bits;
      }
}

void
demo_mask_paint_line (DemoPlan *plan, const DemoLine *line, double radius, unsigned bits)
{
  double length = demo_line_length (line);
  double step = MAX (radius * 0.4, CELL_M * 0.7);

  for (double along = 0.0; along < length + step; along += step)
    demo_mask_paint_disc (plan, demo_line_at (line, along, NULL), radius, bits);
}

void
demo_mask_paint_area (DemoPlan *plan, const DemoLine *line, unsigned bits)
{
  double low = G_MAXDOUBLE;
  double high = -G_MAXDOUBLE;
  double west = G_MAXDOUBLE;
  double east = -G_MAXDOUBLE;

  for (unsigned i = 0; i < line->n; i++)
    {
      low = MIN (low, line->points[i].y);
      high = MAX (high, line->points[i].y);
      west = MIN (west, line->points[i].x);
      east = MAX (east, line->points[i].x);
    }
  for (int row = MAX (0, (int) floor ((low - DEMO_MIN_Y) / CELL_M));
       row <= MIN (ROWS - 1, (int) floor ((high - DEMO_MIN_Y) / CELL_M)); row++)
    {
      double y = DEMO_MIN_Y + (row + 0.5) * CELL_M;
      double crossings[64];
      unsigned n = 0;

      for (unsigned i = 0, j = line->n - 1; i < line->n && n < G_N_ELEMENTS (crossings); j = i++)
        {
          DemoPoint a = line->points[i];
          DemoPoint b = line->points[j];

          if ((a.y > y) != (b.y > y))
            crossings[n++] = (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x;
        }
      for (int column = MAX (0, (int) floor ((west - DEMO_MIN_X) / CELL_M));
           column <= MIN (COLUMNS - 1, (int) floor ((east - DEMO_MIN_X) / CELL_M)); column++)
        {
          double x = DEMO_MIN_X + (column + 0.5) * CELL_M;
          unsigned n_left = 0;

          for (unsigned i = 0; i < n; i++)
            n_left += crossings[i] < x;
          if (n_left % 2 == 1)
            plan->mask[row * COLUMNS + column] |= (uint8_t) bits;
        }
    }
}

unsigned
demo_mask_probe (const DemoPlan *plan, const DemoLine *line, unsigned bits)
{
  unsigned n = 0;

  for (unsigned i = 0; i + 1 < line->n; i++)
    {
      double length = demo_distance (line->points[i], line->points[i + 1]);

      for (double along = 0.0; along < length; along += 3.0)
        n += (demo_mask_at (plan, demo_lerp (line->points[i], line->points[i + 1],
                                             along / length)) &
              bits) != 0;
    }
  return n;
}

static void
lay_coast (DemoPlan *plan)
{
  plan->coast = demo_line_new ();
  for (double x = DEMO_MIN_X - 400.0; x <= DEMO_MAX_X + 400.0; x += 20.0)
    demo_line_add (plan->coast, demo_point (x, demo_coast_y (x)));
  plan->coast = demo_line_simplify (plan->coast, 1.0);
  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < COLUMNS; column++)
      if (DEMO_MIN_Y + (row + 0.5) * CELL_M < demo_coast_y (DEMO_MIN_X + (column + 0.5) * CELL_M))
        plan->mask[row * COLUMNS + column] |= DEMO_MASK_WATER;
}

static void
lay_river (DemoPlan *plan)
{
  static const DemoPoint course[] = {
    { 1900.0, 9400.0 }, { 1500.0, 7000.0 }, { 2150.0, 5200.0 }, { 1500.0, 3600.0 },
    { 560.0, 2600.0 },  { 760.0, 1400.0 },  { 330.0, 300.0 },   { 110.0, -700.0 },
    { 240.0, -1500.0 }, { 300.0, -1900.0 },
  };
  DemoLine *right = demo_line_new ();
  double along = 0.0;

  plan->river = demo_line_smooth (course, G_N_ELEMENTS (course), 40.0);
  plan->river_outline = demo_line_new ();
  for (unsigned i = 0; i < plan->river->n; i++)
    {
      DemoPoint direction;
      DemoPoint side;

      demo_line_at (plan->river, along + 0.1, &direction);
      side = demo_scale (demo_left (direction), demo_river_half_width (along));
      demo_line_add (plan->river_outline, demo_add (plan->river->points[i], side));
      demo_line_add (right, demo_sub (plan->river->points[i], side));
      if (i + 1 < plan->river->n)
        along += demo_distance (plan->river->points[i], plan->river->points[i + 1]);
    }
  for (unsigned i = right->n; i > 0; i--)
    demo_line_add (plan->river_outline, right->points[i - 1]);
  demo_line_add (plan->river_outline, plan->river_outline->points[0]);
  demo_mask_paint_area (plan, plan->river_outline, DEMO_MASK_WATER);
}

static DemoLine *
box (double west, double south, double east, double north)
{
  DemoLine *line = demo_line_new ();

  demo_line_add (line, demo_point (west, south));
  demo_line_add (line, demo_point (east, south));
  demo_line_add (line, demo_point (east, north));
  demo_line_add (line, demo_point (west, north));
  demo_line_add (line, demo_point (west, south));
  return line;
}

static void
lay_basins (DemoPlan *plan)
{
  static const struct {
    double west;
    double east;
    double north;
    const char *name;
  } basins[] = {
    { 900.0, 1040.0, -960.0, "Bassin du Commerce" },
    { 1330.0, 1440.0, -1040.0, "Bassin des Chalutiers" },
    { 1730.0, 1900.0, -1120.0, "Bassin à Flot" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (basins); i++)
    {
      DemoLine *line = box (basins[i].west, -1640.0, basins[i].east, basins[i].north);

      demo_plan_add_area (plan, line, "natural", "water", basins[i].name);
      demo_mask_paint_area (plan, line, DEMO_MASK_WATER);
    }
}

/* Two breakwaters with a gap before the harbour, and an island with the lighthouse. */
static void
lay_islands (DemoPlan *plan)
{
  static const DemoPoint west_mole[] = {
    { -900.0, -2150.0 }, { -500.0, -2330.0 }, { -50.0, -2420.0 }, { 250.0, -2430.0 },
  };
  static const DemoPoint east_mole[] = {
    { 480.0, -2380.0 }, { 1000.0, -2350.0 }, { 1700.0, -2180.0 }, { 2300.0, -1850.0 },
  };
  const DemoPoint *moles[] = { west_mole, east_mole };
  DemoLine *island = demo_line_new ();

  for (unsigned i = 0; i < G_N_ELEMENTS (moles); i++)
    {
      DemoLine *mole = demo_line_smooth (moles[i], 4, 60.0);
      DemoLine *ring = demo_line_offset (mole, -9.0);
      DemoLine *back = demo_line_offset (mole, 9.0);

      for (unsigned k = back->n; k > 0; k--)
        demo_line_add (ring, back->points[k - 1]);
      demo_line_add (ring, ring->points[0]);
      g_ptr_array_add (plan->islands, ring);
    }
  for (unsigned i = 0; i < 40; i++)
    {
      DemoPoint direction = demo_direction (2.0 * G_PI * i / 40.0);
      double radius = 210.0 + 70.0 * demo_noise (direction.x * 1.3, direction.y * 1.3, 41) +
                      18.0 * demo_noise (direction.x * 4.0, direction.y * 4.0, 42);

      demo_line_add (island, demo_point (-2300.0 + 1.5 * radius * direction.x,
                                         -3050.0 + radius * direction.y));
    }
  demo_line_add (island, island->points[0]);
  g_ptr_array_add (plan->islands, island);
  demo_plan_add_area (plan, island, "natural", "heath", NULL);
}

/* Where streets are laid: within the ring road, and ragged suburbs beyond. */
static void
lay_outline (DemoPlan *plan)
{
  DemoLine *line = demo_line_new ();

  for (unsigned i = 0; i <= 120; i++)
    {
      double angle = G_PI * 1.06 - i * (G_PI * 1.12 / 120.0);
      DemoPoint direction = demo_direction (angle);
      double radius = 5150.0 + 430.0 * demo_noise (angle * 2.5, 0.5, 51) +
                      260.0 * demo_noise (angle * 8.0, 3.5, 52);

      demo_line_add (line, demo_add (demo_point (0.0, -400.0),
                                     demo_point (direction.x * radius * 1.04, direction.y * radius)));
    }
  demo_line_add (line, demo_point (4600.0, -2600.0));
  demo_line_add (line, demo_point (-4600.0, -2600.0));
  demo_line_add (line, line->points[0]);
  plan->city = line;
  demo_mask_paint_area (plan, line, DEMO_MASK_CITY);
}

void
demo_plan_terrain (DemoPlan *plan)
{
  plan->mask = g_new0 (uint8_t, (size_t) COLUMNS * ROWS);
  lay_coast (plan);
  lay_river (plan);
  lay_basins (plan);
  lay_islands (plan);
  lay_outline (plan);
}
