/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>

/* Houses along the streets: terraces in the old town, apartment blocks along boulevards, villas in
 * the suburbs, sheds in the harbour; each with a number, odd on the left. */

static double
street_half_width (DemoClass kind)
{
  static const double widths[] = { 7.0, 4.5, 9.5, 7.5, 6.0, 4.6, 4.0, 4.0, 3.5, 2.0 };

  return widths[kind];
}

static void
paint_streets (DemoPlan *plan)
{
  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      const DemoEdge *edge = &g_array_index (plan->edges, DemoEdge, i);
      const DemoRoad *road = g_ptr_array_index (plan->roads, edge->road);

      if (!edge->is_gone && !road->is_tunnel)
        demo_mask_paint_line (plan, edge->line, street_half_width (edge->kind) + 0.5,
                              DEMO_MASK_STREET);
    }
}

typedef struct {
  double wide;
  double deep;
  double setback;
  double gap;
  const char *kind;
  unsigned levels;
} Lot;

static Lot
choose_lot (DemoPlan *plan, const DemoEdge *edge, DemoPoint point)
{
  DemoRandom *random = &plan->random;
  double middle = demo_distance (point, demo_point (0.0, -200.0));
  double old = demo_distance (point, DEMO_OLD_TOWN);

  if (demo_mask_at (plan, point) & DEMO_MASK_GROUNDS && point.y < -900.0)
    return (Lot) { demo_random_between (random, 32, 70), demo_random_between (random, 24, 38), 6.0,
                   demo_random_between (random, 10, 24), "warehouse", 1 };
  if (old < 560.0)
    return (Lot) { demo_random_between (random, 8, 16), demo_random_between (random, 10, 14), 0.6,
                   demo_random (random) < 0.12 ? 4.0 : 0.0, "house", 4 };
  if (edge->kind <= DEMO_TERTIARY && middle < 3600.0)
    return (Lot) { demo_random_between (random, 18, 38), demo_random_between (random, 12, 16), 2.0,
                   demo_random (random) < 0.35 ? 7.0 : 0.0, "apartments", 6 };
  if (middle < 2000.0)
    return (Lot) { demo_random_between (random, 12, 24), demo_random_between (random, 11, 14), 1.2,
                   demo_random (random) < 0.25 ? 6.0 : 0.0, "apartments", 5 };
  if (middle < 3600.0)
    return (Lot) { demo_random_between (random, 11, 18), demo_random_between (random, 10, 13), 3.0,
                   demo_random_between (random, 2, 9), "house", 3 };
  return (Lot) { demo_random_between (random, 10, 15), demo_random_between (random, 8, 12), 5.5,
                 demo_random_between (random, 6, 17), "house", 2 };
}

/* A block, or one with a wing behind. */
static DemoLine *
footprint (DemoPlan *plan, DemoPoint corner, DemoPoint x, DemoPoint y, const Lot *lot)
{
  DemoLine *line = demo_line_new ();
  double wing = demo_random (&plan->random) < 0.28 ? lot->deep * 0.45 : 0.0;
  double share = demo_random_between (&plan->random, 0.35, 0.6);

  demo_line_add (line, corner);
  demo_line_add (line, demo_add (corner, demo_scale (x, lot->wide)));
  demo_line_add (line, demo_add (line->points[1], demo_scale (y, lot->deep)));
  if (wing > 0.0)
    {
      demo_line_add (line, demo_add (demo_add (corner, demo_scale (x, lot->wide * share)),
                                     demo_scale (y, lot->deep)));
      demo_line_add (line, demo_add (line->points[3], demo_scale (y, wing)));
      demo_line_add (line, demo_add (corner, demo_scale (y, lot->deep + wing)));
    }
  else
    demo_line_add (line, demo_add (corner, demo_scale (y, lot->deep)));
  demo_line_add (line, line->points[0]);
  return line;
}

static bool
has_room (const DemoPlan *plan, const DemoLine *line)
{
  const unsigned taken = DEMO_MASK_WATER | DEMO_MASK_PARK | DEMO_MASK_RAIL | DEMO_MASK_STREET |
                         DEMO_MASK_BUILDING;
  DemoPoint middle = demo_lerp (line->points[0], line->points[2], 0.5);
  unsigned mask = demo_mask_at (plan, middle);
  DemoPoint inner[8];
  DemoLine core = { inner, line->n, line->n };

  /* The raster is coarse: what lies a little inside the walls counts. */
  for (unsigned i = 0; i < line->n; i++)
    {
      double distance = demo_distance (line->points[i], middle);

      inner[i] = demo_lerp (middle, line->points[i], MAX (0.3, 1.0 - 4.2 / distance));
    }

  if ((mask & (taken | DEMO_MASK_RING)) != 0 || (mask & DEMO_MASK_CITY) == 0)
    return false;
  if ((mask & DEMO_MASK_GROUNDS) != 0 && middle.y > -900.0)
    return false;
  return demo_mask_probe (plan, &core, taken) == 0;
}

/* Both sides of one edge; numbers go on from edge to edge of a street. */
static void
build_side (DemoPlan *plan, const DemoEdge *edge, int side, unsigned *number)
{
  double length = demo_line_length (edge->line);
  unsigned first = plan->buildings->len;

  for (double along = 7.0; along < length - 14.0;)
    {
      DemoPoint x;
      DemoPoint y;
      DemoPoint start = demo_line_at (edge->line, along, &x);
      Lot lot = choose_lot (plan, edge, start);
      DemoPoint end;
      DemoBuilding building = { .kind = lot.kind, .street = edge->name, .levels = lot.levels };
      double front = street_half_width (edge->kind) + lot.setback;

      lot.wide = MIN (lot.wide, length - 6.0 - along);
      end = demo_line_at (edge->line, along + lot.wide, NULL);
      x = demo_unit (demo_sub (end, start));
      y = demo_scale (demo_left (x), side);
      along += lot.wide + lot.gap + 0.2;
      if (lot.wide < 7.0)
        continue;
      building.line = footprint (plan, demo_add (start, demo_scale (y, front)), x, y, &lot);
      *number += 2;
      if (!has_room (plan, building.line))
        continue;
      building.number = edge->name != NULL ? *number : 0;
      g_array_append_val (plan->buildings, building);
    }
  for (unsigned i = first; i < plan->buildings->len; i++)
    demo_mask_paint_area (plan, g_array_index (plan->buildings, DemoBuilding, i).line,
                          DEMO_MASK_BUILDING);
}

void
demo_plan_buildings (DemoPlan *plan)
{
  unsigned left = 0;
  unsigned right = 0;
  int street = -1;

  paint_streets (plan);
  for (unsigned i = 0; i < plan->buildings->len; i++)
    demo_mask_paint_area (plan, g_array_index (plan->buildings, DemoBuilding, i).line,
                          DEMO_MASK_BUILDING);
  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      const DemoEdge *edge = &g_array_index (plan->edges, DemoEdge, i);
      const DemoRoad *road = g_ptr_array_index (plan->roads, edge->road);

      if (edge->is_gone || edge->is_bridge || road->is_deck || road->is_roundabout ||
          edge->kind == DEMO_FOOTWAY || edge->kind == DEMO_SERVICE)
        continue;
      if (edge->street != street)
        {
          left = (unsigned) -1;
          right = 0;
          street = edge->street;
        }
      build_side (plan, edge, 1, &left);
      build_side (plan, edge, -1, &right);
    }
}
