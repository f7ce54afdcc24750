/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Plane geometry for the demo city, in metres east (x) and north (y) of its middle; a repeatable
 * source of chance; and an index of things by where they lie. */

G_BEGIN_DECLS

typedef struct {
  double x;
  double y;
} DemoPoint;

/* A line of points. Lines live until demo_lines_free (): the makers are short-lived programs. */
typedef struct {
  DemoPoint *points;
  unsigned n;
  unsigned room;
} DemoLine;

DemoPoint demo_point (double x, double y);
DemoPoint demo_add (DemoPoint a, DemoPoint b);
DemoPoint demo_sub (DemoPoint a, DemoPoint b);
DemoPoint demo_scale (DemoPoint a, double factor);
DemoPoint demo_lerp (DemoPoint a, DemoPoint b, double fraction);
/* Of length one; east for the null vector. */
DemoPoint demo_unit (DemoPoint a);
/* A quarter turn to the left. */
DemoPoint demo_left (DemoPoint a);
double demo_dot (DemoPoint a, DemoPoint b);
double demo_cross (DemoPoint a, DemoPoint b);
double demo_length (DemoPoint a);
double demo_distance (DemoPoint a, DemoPoint b);
DemoPoint demo_direction (double angle_rad);

DemoLine *demo_line_new (void);
void demo_lines_free (void);
void demo_line_add (DemoLine *line, DemoPoint point);
void demo_line_reverse (DemoLine *line);
double demo_line_length (const DemoLine *line);
/* The point at along metres (clamped) and the unit direction there (nullable). */
DemoPoint demo_line_at (const DemoLine *line, double along, DemoPoint *direction);
/* Distance from point to the line, and how far along the nearest place is (nullable). */
double demo_line_distance (const DemoLine *line, DemoPoint point, double *along);
/* The line moved left by offset metres (right where negative). */
DemoLine *demo_line_offset (const DemoLine *line, double offset);
/* From one place along to another. */
DemoLine *demo_line_part (const DemoLine *line, double from, double to);
/* Centripetal-looking Catmull-Rom through the points, a point about every step metres. */
DemoLine *demo_line_smooth (const DemoPoint *points, unsigned n, double step);
/* A cubic from a to b leaving along direction_a and arriving along direction_b. */
DemoLine *demo_line_curve (DemoPoint a, DemoPoint direction_a, DemoPoint b, DemoPoint direction_b);
DemoLine *demo_line_circle (DemoPoint middle, double radius, unsigned n);
/* Douglas-Peucker. */
DemoLine *demo_line_simplify (const DemoLine *line, double tolerance);
/* Whether a closed line (last point may or may not repeat the first) contains point. */
bool demo_line_contains (const DemoLine *line, DemoPoint point);

/* splitmix64 */
typedef struct {
  uint64_t state;
} DemoRandom;

double demo_random (DemoRandom *random); /* 0 … 1 */
double demo_random_between (DemoRandom *random, double low, double high);
unsigned demo_random_below (DemoRandom *random, unsigned n);

/* Smooth value noise, -1 … 1, that changes over about one unit. */
double demo_noise (double x, double y, uint32_t seed);

/* Numbers filed by the cell they lie in. */
typedef struct _DemoIndex DemoIndex;

DemoIndex *demo_index_new (double cell_m);
void demo_index_free (DemoIndex *index);
void demo_index_add (DemoIndex *index, DemoPoint low, DemoPoint high, unsigned number);
/* Fills found (of unsigned, cleared first) with each number once, ascending. */
void demo_index_find (DemoIndex *index, DemoPoint low, DemoPoint high, GArray *found);

G_END_DECLS
