/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/geometry.h"

#include <math.h>

/* Plane geometry: points and lines in metres. Chance and the index stand in chance.c. */

static GPtrArray *all_lines;

DemoPoint
demo_point (double x, double y)
{
  return (DemoPoint) { x, y };
}

DemoPoint
demo_add (DemoPoint a, DemoPoint b)
{
  return demo_point (a.x + b.x, a.y + b.y);
}

DemoPoint
demo_sub (DemoPoint a, DemoPoint b)
{
  return demo_point (a.x - b.x, a.y - b.y);
}

DemoPoint
demo_scale (DemoPoint a, double factor)
{
  return demo_point (a.x * factor, a.y * factor);
}

DemoPoint
demo_lerp (DemoPoint a, DemoPoint b, double fraction)
{
  return demo_add (a, demo_scale (demo_sub (b, a), fraction));
}

DemoPoint
demo_unit (DemoPoint a)
{
  double length = demo_length (a);

  return length > 0.0 ? demo_scale (a, 1.0 / length) : demo_point (1.0, 0.0);
}

DemoPoint
demo_left (DemoPoint a)
{
  return demo_point (-a.y, a.x);
}

double
demo_dot (DemoPoint a, DemoPoint b)
{
  return a.x * b.x + a.y * b.y;
}

double
demo_cross (DemoPoint a, DemoPoint b)
{
  return a.x * b.y - a.y * b.x;
}

double
demo_length (DemoPoint a)
{
  return sqrt (a.x * a.x + a.y * a.y);
}

double
demo_distance (DemoPoint a, DemoPoint b)
{
  return demo_length (demo_sub (a, b));
}

DemoPoint
demo_direction (double angle_rad)
{
  return demo_point (cos (angle_rad), sin (angle_rad));
}

static void
free_line (void *data)
{
  DemoLine *line = data;

  g_free (line->points);
  g_free (line);
}

DemoLine *
demo_line_new (void)
{
  DemoLine *line = g_new0 (DemoLine, 1);

  if (all_lines == NULL)
    all_lines = g_ptr_array_new_with_free_func (free_line);
  g_ptr_array_add (all_lines, line);
  return line;
}

void
demo_lines_free (void)
{
  g_clear_pointer (&all_lines, g_ptr_array_unref);
}

void
demo_line_add (DemoLine *line, DemoPoint point)
{
  if (line->n == line->room)
    {
      line->room = line->room == 0 ? 8 : line->room * 2;
      line->points = g_renew (DemoPoint, line->points, line->room);
    }
  line->points[line->n++] = point;
}

void
demo_line_reverse (DemoLine *line)
{
  for (unsigned i = 0; i < line->n / 2; i++)
    {
      DemoPoint point = line->points[i];

      line->points[i] = line->points[line->n - 1 - i];
      line->points[line->n - 1 - i] = point;
    }
}

double
demo_line_length (const DemoLine *line)
{
  double length = 0.0;

  for (unsigned i = 1; i < line->n; i++)
    length += demo_distance (line->points[i - 1], line->points[i]);
  return length;
}

DemoPoint
demo_line_at (const DemoLine *line, double along, DemoPoint *direction)
{
  for (unsigned i = 1; i < line->n; i++)
    {
      DemoPoint a = line->points[i - 1];
      DemoPoint b = line->points[i];
      double length = demo_distance (a, b);

      if (along <= length || i == line->n - 1)
        {
          if (direction != NULL)
            *direction = demo_unit (demo_sub (b, a));
          return demo_lerp (a, b, length > 0.0 ? CLAMP (along / length, 0.0, 1.0) : 0.0);
        }
      along -= length;
    }
  if (direction != NULL)
    *direction = demo_point (1.0, 0.0);
  return line->points[0];
}

double
demo_line_distance (const DemoLine *line, DemoPoint point, double *along)
{
  double best = G_MAXDOUBLE;
  double done = 0.0;

  for (unsigned i = 1; i < line->n; i++)
    {
      DemoPoint a = line->points[i - 1];
      DemoPoint ab = demo_sub (line->points[i], a);
      double length2 = demo_dot (ab, ab);
      double t = length2 > 0.0 ? CLAMP (demo_dot (demo_sub (point, a), ab) / length2, 0.0, 1.0)
                               : 0.0;
      double distance = demo_distance (point, demo_add (a, demo_scale (ab, t)));

      if (distance < best)
        {
          best = distance;
          if (along != NULL)
            *along = done + t * sqrt (length2);
        }
      done += sqrt (length2);
    }
  return best;
}

DemoLine *
demo_line_offset (const DemoLine *line, double offset)
{
  DemoLine *moved = demo_line_new ();

  for (unsigned i = 0; i < line->n; i++)
    {
      DemoPoint before = line->points[i > 0 ? i - 1 : 0];
      DemoPoint after = line->points[i + 1 < line->n ? i + 1 : i];
      DemoPoint left = demo_left (demo_unit (demo_sub (after, before)));

      demo_line_add (moved, demo_add (line->points[i], demo_scale (left, offset)));
    }
  return moved;
}

DemoLine *
demo_line_part (const DemoLine *line, double from, double to)
{
  DemoLine *part = demo_line_new ();
  double done = 0.0;

  demo_line_add (part, demo_line_at (line, from, NULL));
  for (unsigned i = 1; i < line->n; i++)
    {
      done += demo_distance (line->points[i - 1], line->points[i]);
      if (done > from + 0.5 && done < to - 0.5)
        demo_line_add (part, line->points[i]);
    }
  demo_line_add (part, demo_line_at (line, to, NULL));
  return part;
}

static DemoPoint
spline_at (DemoPoint p0, DemoPoint p1, DemoPoint p2, DemoPoint p3, double t)
{
  double t2 = t * t;
  double t3 = t2 * t;
  double a = -0.5 * t3 + t2 - 0.5 * t;
  double b = 1.5 * t3 - 2.5 * t2 + 1.0;
  double c = -1.5 * t3 + 2.0 * t2 + 0.5 * t;
  double d = 0.5 * t3 - 0.5 * t2;

  return demo_point (a * p0.x + b * p1.x + c * p2.x + d * p3.x,
                     a * p0.y + b * p1.y + c * p2.y + d * p3.y);
}

DemoLine *
demo_line_smooth (const DemoPoint *points, unsigned n, double step)
{
  DemoLine *line = demo_line_new ();

  for (unsigned i = 0; i + 1 < n; i++)
    {
      DemoPoint before = i > 0 ? points[i - 1] : demo_sub (demo_scale (points[0], 2.0), points[1]);
      DemoPoint after = i + 2 < n ? points[i + 2]
                                  : demo_sub (demo_scale (points[n - 1], 2.0), points[n - 2]);
      unsigned n_steps = (unsigned) MAX (1.0, demo_distance (points[i], points[i + 1]) / step);

      for (unsigned k = 0; k < n_steps; k++)
        demo_line_add (line, spline_at (before, points[i], points[i + 1], after,
                                        (double) k / (double) n_steps));
    }
  demo_line_add (line, points[n - 1]);
  return line;
}

DemoLine *
demo_line_curve (DemoPoint a, DemoPoint direction_a, DemoPoint b, DemoPoint direction_b)
{
  DemoLine *line = demo_line_new ();
  double reach = demo_distance (a, b) * 0.42;
  DemoPoint c1 = demo_add (a, demo_scale (demo_unit (direction_a), reach));
  DemoPoint c2 = demo_sub (b, demo_scale (demo_unit (direction_b), reach));
  unsigned n = (unsigned) CLAMP (demo_distance (a, b) / 14.0, 6.0, 40.0);

  for (unsigned i = 0; i <= n; i++)
    {
      double t = (double) i / (double) n;
      double s = 1.0 - t;
      double k0 = s * s * s;
      double k1 = 3.0 * s * s * t;
      double k2 = 3.0 * s * t * t;
      double k3 = t * t * t;

      demo_line_add (line, demo_point (k0 * a.x + k1 * c1.x + k2 * c2.x + k3 * b.x,
                                       k0 * a.y + k1 * c1.y + k2 * c2.y + k3 * b.y));
    }
  return line;
}

DemoLine *
demo_line_circle (DemoPoint middle, double radius, unsigned n)
{
  DemoLine *line = demo_line_new ();

  for (unsigned i = 0; i <= n; i++)
    demo_line_add (line, demo_add (middle, demo_scale (demo_direction (2.0 * G_PI * (i % n) / n),
                                                       radius)));
  return line;
}

static void
simplify (const DemoLine *line, unsigned first, unsigned last, double tolerance, bool *keep)
{
  DemoLine chord = { (DemoPoint[]) { line->points[first], line->points[last] }, 2, 2 };
  double worst = 0.0;
  unsigned at = first;

  for (unsigned i = first + 1; i < last; i++)
    {
      double distance = demo_line_distance (&chord, line->points[i], NULL);

      if (distance > worst)
        {
          worst = distance;
          at = i;
        }
    }
  if (worst <= tolerance)
    return;
  keep[at] = true;
  simplify (line, first, at, tolerance, keep);
  simplify (line, at, last, tolerance, keep);
}

DemoLine *
demo_line_simplify (const DemoLine *line, double tolerance)
{
  g_autofree bool *keep = g_new0 (bool, line->n);
  DemoLine *simple = demo_line_new ();

  keep[0] = keep[line->n - 1] = true;
  simplify (line, 0, line->n - 1, tolerance, keep);
  for (unsigned i = 0; i < line->n; i++)
    if (keep[i])
      demo_line_add (simple, line->points[i]);
  return simple;
}

bool
demo_line_contains (const DemoLine *line, DemoPoint point)
{
  bool inside = false;

  for (unsigned i = 0, j = line->n - 1; i < line->n; j = i++)
    {
      DemoPoint a = line->points[i];
      DemoPoint b = line->points[j];

      if ((a.y > point.y) != (b.y > point.y) &&
          point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x)
        inside = !inside;
    }
  return inside;
}
