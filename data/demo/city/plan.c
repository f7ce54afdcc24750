/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

/* The plan's own life. */

DemoPlan *
demo_plan_new (void)
{
  DemoPlan *plan = g_new0 (DemoPlan, 1);

  plan->random.state = 20261122;
  plan->areas = g_array_new (FALSE, TRUE, sizeof (DemoArea));
  plan->islands = g_ptr_array_new ();
  plan->roads = g_ptr_array_new_with_free_func (g_free);
  plan->rails = g_ptr_array_new ();
  plan->circles = g_array_new (FALSE, TRUE, sizeof (DemoCircle));
  plan->nodes = g_array_new (FALSE, TRUE, sizeof (DemoNode));
  plan->edges = g_array_new (FALSE, TRUE, sizeof (DemoEdge));
  plan->places = g_array_new (FALSE, TRUE, sizeof (DemoPlace));
  plan->buildings = g_array_new (FALSE, TRUE, sizeof (DemoBuilding));
  plan->bans = g_array_new (FALSE, TRUE, sizeof (DemoBan));
  plan->strings = g_string_chunk_new (4096);
  return plan;
}

void
demo_plan_free (DemoPlan *plan)
{
  g_array_unref (plan->areas);
  g_ptr_array_unref (plan->islands);
  g_ptr_array_unref (plan->roads);
  g_ptr_array_unref (plan->rails);
  g_array_unref (plan->circles);
  g_array_unref (plan->nodes);
  g_array_unref (plan->edges);
  g_array_unref (plan->places);
  g_array_unref (plan->buildings);
  g_array_unref (plan->bans);
  g_string_chunk_free (plan->strings);
  g_free (plan->mask);
  g_free (plan);
  demo_lines_free ();
}

DemoRoad *
demo_plan_add_road (DemoPlan *plan, DemoLine *line, DemoClass kind, const char *name)
{
  DemoRoad *road = g_new0 (DemoRoad, 1);

  road->line = line;
  road->kind = kind;
  road->name = name;
  road->may_bridge = kind <= DEMO_TERTIARY && kind != DEMO_MOTORWAY_LINK;
  g_ptr_array_add (plan->roads, road);
  return road;
}

void
demo_plan_add_area (DemoPlan *plan, DemoLine *line, const char *key, const char *value,
                    const char *name)
{
  DemoArea area = { line, key, value, name };

  g_array_append_val (plan->areas, area);
}

void
demo_plan_add_place (DemoPlan *plan, DemoPoint point, const char *key, const char *value,
                     const char *name)
{
  DemoPlace place = { point, key, value, name };

  g_array_append_val (plan->places, place);
}
