/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>

/* Streets follow a field of directions: along the shore and the river, around the old town, in the
 * grids of the quarters, and a little astray. Two families, along the field and across it, are traced
 * with the spacing of their quarter, so that blocks come out as they do in grown cities.
 *
 * Chen, Esch, Wonka, Müller, Zhang: Interactive procedural street modeling (2008);
 * Jobard, Lefer: Creating evenly-spaced streamlines of arbitrary density (1997). */

#define STEP_M 7.0

typedef struct {
  DemoPoint point;
  DemoPoint direction;
} Sample;

typedef struct {
  DemoPlan *plan;
  DemoIndex *index; /* of samples */
  GArray *samples;
  GArray *found;
} Field;

typedef struct {
  double scale;      /* of the spacing */
  double shortest_m;
  double longest_m;
  DemoClass kind;
} Pass;

static double
spacing_m (DemoPoint point, bool across)
{
  double old = demo_distance (point, DEMO_OLD_TOWN);
  double middle = demo_distance (point, demo_point (0.0, 0.0));
  double spacing = 52.0;

  if (old > 560.0)
    spacing = middle < 1500.0 ? 74.0 : middle < 3000.0 ? 86.0 : middle < 4600.0 ? 98.0 : 132.0;
  if (point.x > 700.0 && point.x < 4000.0 && point.y < -950.0)
    spacing = 135.0;
  return spacing * (across ? 1.32 : 1.0) *
         (1.0 + 0.22 * demo_noise (point.x / 700.0, point.y / 700.0, 61));
}

/* Adds direction, as an angle doubled so that back and forth are the same. */
static void
blend (DemoPoint *sum, DemoPoint direction, double weight)
{
  double angle = 2.0 * atan2 (direction.y, direction.x);

  *sum = demo_add (*sum, demo_scale (demo_direction (angle), weight));
}

static double
bell (double distance, double reach)
{
  return exp (-(distance / reach) * (distance / reach));
}

static DemoPoint
field_at (const DemoPlan *plan, DemoPoint point)
{
  static const struct {
    double x;
    double y;
    double angle;
    double reach;
    double weight;
  } grids[] = {
    { -3200.0, -900.0, 0.12, 900.0, 0.9 }, { -2700.0, 900.0, 0.62, 1000.0, 1.0 },
    { -600.0, 3200.0, 1.35, 1100.0, 0.9 }, { 1900.0, 500.0, 0.30, 900.0, 1.1 },
    { 3300.0, 2600.0, 0.85, 1100.0, 1.0 }, { 3600.0, -700.0, -0.10, 1000.0, 1.0 },
    { -900.0, 1500.0, 1.05, 600.0, 0.8 },  { -5300.0, 700.0, 0.4, 900.0, 0.9 },
    { 1300.0, -1100.0, 0.0, 600.0, 2.2 },
  };
  DemoPoint sum = { 0.0, 0.0 };
  DemoPoint direction;
  double along = 0.0;
  double distance = demo_line_distance (plan->river, point, &along);
  double turn;

  demo_line_at (plan->river, along, &direction);
  blend (&sum, direction, 1.5 * bell (distance, 420.0));
  blend (&sum,
         demo_point (80.0, demo_coast_y (point.x + 40.0) - demo_coast_y (point.x - 40.0)),
         1.7 * bell (point.y - demo_coast_y (point.x), 560.0));
  distance = demo_line_distance (plan->ring, point, &along);
  demo_line_at (plan->ring, along, &direction);
  blend (&sum, direction, 1.3 * bell (distance, 520.0));
  distance = demo_line_distance (plan->rail, point, &along);
  demo_line_at (plan->rail, along, &direction);
  blend (&sum, direction, 0.9 * bell (distance, 260.0));
  direction = demo_sub (point, DEMO_OLD_TOWN);
  blend (&sum, direction, 1.2 * bell (demo_length (direction), 1500.0) + 0.12);
  for (unsigned i = 0; i < G_N_ELEMENTS (grids); i++)
    blend (&sum, demo_direction (grids[i].angle),
           grids[i].weight *
               bell (demo_distance (point, demo_point (grids[i].x, grids[i].y)), grids[i].reach));
  turn = 0.30 * demo_noise (point.x / 900.0, point.y / 900.0, 62) +
         (demo_distance (point, DEMO_OLD_TOWN) < 620.0 ? 0.42 : 0.10) *
             demo_noise (point.x / 170.0, point.y / 170.0, 63);
  return demo_direction (atan2 (sum.y, sum.x) / 2.0 + turn);
}

/* Whether a line of about this direction runs nearer than reach. */
static bool
is_crowded (Field *field, DemoPoint point, DemoPoint direction, double reach)
{
  demo_index_find (field->index, demo_sub (point, demo_point (reach, reach)),
                   demo_add (point, demo_point (reach, reach)), field->found);
  for (unsigned i = 0; i < field->found->len; i++)
    {
      const Sample *sample = &g_array_index (field->samples, Sample,
                                             g_array_index (field->found, unsigned, i));

      if (demo_distance (sample->point, point) < reach &&
          fabs (demo_dot (sample->direction, direction)) > 0.78)
        return true;
    }
  return false;
}

static void
remember (Field *field, const DemoLine *line)
{
  double length = demo_line_length (line);

  for (double along = 0.0; along <= length; along += 14.0)
    {
      Sample sample;

      sample.point = demo_line_at (line, along, &sample.direction);
      demo_index_add (field->index, sample.point, sample.point, field->samples->len);
      g_array_append_val (field->samples, sample);
    }
}

static bool
is_free (const DemoPlan *plan, DemoPoint point)
{
  unsigned mask = demo_mask_at (plan, point);

  return (mask & DEMO_MASK_CITY) != 0 &&
         (mask & (DEMO_MASK_WATER | DEMO_MASK_PARK | DEMO_MASK_RING | DEMO_MASK_RAIL |
                  DEMO_MASK_GROUNDS)) == 0;
}

static DemoPoint
heading (const DemoPlan *plan, DemoPoint point, bool across, DemoPoint before)
{
  DemoPoint direction = field_at (plan, point);

  if (across)
    direction = demo_left (direction);
  return demo_dot (direction, before) < 0.0 ? demo_scale (direction, -1.0) : direction;
}

/* Follows the field one way from start until something is in the way. */
static void
trace (Field *field, DemoPoint start, DemoPoint direction, bool across, double scale,
       double longest_m, DemoLine *line)
{
  DemoPoint point = start;

  for (double length = 0.0; length < longest_m; length += STEP_M)
    {
      DemoPoint half = heading (field->plan, point, across, direction);
      DemoPoint next;

      half = demo_add (point, demo_scale (half, STEP_M / 2.0));
      direction = heading (field->plan, half, across, direction);
      next = demo_add (point, demo_scale (direction, STEP_M));
      if (!is_free (field->plan, demo_add (next, demo_scale (direction, 9.0))) ||
          is_crowded (field, next, direction, 0.55 * scale * spacing_m (next, across)) ||
          (length > 120.0 && demo_distance (next, start) < 30.0))
        return;
      demo_line_add (line, next);
      point = next;
    }
}

/* Lays a street through seed if there is room for one; true if it was laid. */
static bool
lay_street (Field *field, DemoPoint seed, bool across, const Pass *pass, GArray *seeds)
{
  DemoPlan *plan = field->plan;
  DemoLine *line = demo_line_new ();
  DemoPoint direction;
  double longest;
  double spacing;

  if (!is_free (plan, seed))
    return false;
  direction = field_at (plan, seed);
  if (across)
    direction = demo_left (direction);
  spacing = pass->scale * spacing_m (seed, across);
  if (is_crowded (field, seed, direction, spacing * 0.96))
    return false;
  longest = demo_random_between (&plan->random, pass->shortest_m * 2.0, pass->longest_m);
  trace (field, seed, demo_scale (direction, -1.0), across, pass->scale, longest / 2.0, line);
  demo_line_reverse (line);
  demo_line_add (line, seed);
  trace (field, seed, direction, across, pass->scale, longest / 2.0, line);
  if (line->n < 3 || demo_line_length (line) < pass->shortest_m)
    return false;
  remember (field, line);
  demo_plan_add_road (plan, demo_line_simplify (line, 0.7), pass->kind, NULL);
  for (double along = 0.0; along < demo_line_length (line); along += 45.0)
    for (int side = -1; side <= 1; side += 2)
      {
        DemoPoint point = demo_line_at (line, along, &direction);

        point = demo_add (point, demo_scale (demo_left (direction), side * spacing));
        g_array_append_val (seeds, point);
      }
  return true;
}

static void
lay_family (Field *field, bool across, const Pass *pass, unsigned n_tries)
{
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (DemoPoint));
  unsigned next = 0;

  for (unsigned i = 0; i < n_tries; i++)
    {
      DemoPoint seed = demo_point (demo_random_between (&field->plan->random, -6200.0, 6200.0),
                                   demo_random_between (&field->plan->random, -2200.0, 5400.0));

      lay_street (field, seed, across, pass, seeds);
      for (; next < seeds->len; next++)
        lay_street (field, g_array_index (seeds, DemoPoint, next), across, pass, seeds);
    }
}

void
demo_plan_streets (DemoPlan *plan)
{
  static const Pass collectors = { 4.6, 500.0, 4200.0, DEMO_TERTIARY };
  static const Pass streets = { 1.0, 60.0, 1500.0, DEMO_RESIDENTIAL };
  Field field = { plan };

  field.index = demo_index_new (60.0);
  field.samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  field.found = g_array_new (FALSE, FALSE, sizeof (unsigned));
  for (unsigned i = 0; i < plan->roads->len; i++)
    {
      const DemoRoad *road = g_ptr_array_index (plan->roads, i);

      if (!road->is_tunnel)
        remember (&field, road->line);
    }
  lay_family (&field, true, &collectors, 400);
  lay_family (&field, false, &collectors, 400);
  lay_family (&field, false, &streets, 6000);
  lay_family (&field, true, &streets, 6000);
  demo_index_free (field.index);
  g_array_unref (field.samples);
  g_array_unref (field.found);
}
