/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>
#include <string.h>

/* What signs say: street names, one-way streets, speed, signals, banned turns. At the end each place
 * that a car can reach can be left again. */

typedef struct {
  DemoPlan *plan;
  unsigned *degrees;
  DemoClass *best; /* most important class at each node */
} Signs;

static DemoEdge *
edge_at (const DemoPlan *plan, unsigned i)
{
  return &g_array_index (plan->edges, DemoEdge, i);
}

static DemoNode *
node_at (const DemoPlan *plan, unsigned i)
{
  return &g_array_index (plan->nodes, DemoNode, i);
}

static const DemoRoad *
road_of (const DemoPlan *plan, const DemoEdge *edge)
{
  return g_ptr_array_index (plan->roads, edge->road);
}

static DemoPoint
edge_middle (const DemoEdge *edge)
{
  return demo_line_at (edge->line, demo_line_length (edge->line) / 2.0, NULL);
}

static void
survey (Signs *signs)
{
  DemoPlan *plan = signs->plan;

  g_free (signs->degrees);
  g_free (signs->best);
  signs->degrees = g_new0 (unsigned, plan->nodes->len);
  signs->best = g_new (DemoClass, plan->nodes->len);
  for (unsigned i = 0; i < plan->nodes->len; i++)
    signs->best[i] = DEMO_FOOTWAY;
  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      const DemoEdge *edge = edge_at (plan, i);

      if (edge->is_gone || edge->kind == DEMO_FOOTWAY)
        continue;
      signs->degrees[edge->from]++;
      signs->degrees[edge->to]++;
      signs->best[edge->from] = MIN (signs->best[edge->from], edge->kind);
      signs->best[edge->to] = MIN (signs->best[edge->to], edge->kind);
    }
}

static unsigned
zone_of (DemoPoint point)
{
  double middle = demo_distance (point, demo_point (0.0, -200.0));

  return demo_distance (point, DEMO_OLD_TOWN) < 540.0 && point.x < 60.0 ? 0
         : middle < 3300.0                                              ? 1
                                                                        : 2;
}

/* A street's kind of name from its class and where it runs. */
static const char *
street_type (Signs *signs, const DemoEdge *edge, bool is_close)
{
  DemoPlan *plan = signs->plan;
  DemoPoint point = edge_middle (edge);
  unsigned zone = zone_of (point);
  unsigned dice = demo_random_below (&plan->random, 100);
  double inland = point.y - demo_coast_y (point.x);

  if (is_close)
    return zone == 0 ? "Passage" : dice < 80 ? "Impasse" : "Square";
  if (edge->kind == DEMO_PRIMARY && inland < 140.0)
    return fabs (point.x) < 2300.0 ? "Quai" : point.x < 0.0 ? "Corniche" : "Promenade";
  if (edge->kind == DEMO_SECONDARY && demo_line_distance (plan->river, point, NULL) < 160.0)
    return "Quai";
  if (edge->kind == DEMO_PRIMARY)
    return dice < 60 ? "Boulevard" : "Avenue";
  if (edge->kind == DEMO_SECONDARY)
    return dice < 70 ? "Avenue" : "Cours";
  if (edge->kind == DEMO_TERTIARY)
    return zone == 2 && dice < 30 ? "Route" : dice < 55 ? "Avenue" : "Rue";
  if (zone == 0)
    return dice < 78 ? "Rue" : dice < 90 ? "Ruelle" : "Venelle";
  if (zone == 1)
    return dice < 88 ? "Rue" : dice < 94 ? "Passage" : "Villa";
  return dice < 62 ? "Rue" : dice < 82 ? "Allée" : dice < 94 ? "Chemin" : "Sentier";
}

/* A street ends where it meets a greater one, or when it has gone on for long. */
static bool
starts_new_street (const Signs *signs, const DemoEdge *edge, double length)
{
  static const double shortest[] = { 0, 0, 620, 420, 290, 124, 124, 100, 100, 0 };
  bool greater = signs->best[edge->from] < edge->kind;

  if (signs->degrees[edge->from] < 3)
    return false;
  return greater ? length > shortest[edge->kind] * 0.8 : length > shortest[edge->kind] * 2.1;
}

static void
name_streets (Signs *signs)
{
  DemoPlan *plan = signs->plan;
  const DemoEdge *before = NULL;
  double length = 0.0;

  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      DemoEdge *edge = edge_at (plan, i);
      const DemoRoad *road = road_of (plan, edge);

      if (edge->is_gone || edge->kind == DEMO_FOOTWAY || edge->kind == DEMO_MOTORWAY_LINK ||
          edge->kind == DEMO_MOTORWAY)
        continue;
      if (before == NULL || before->road != edge->road || before->to != edge->from ||
          (road->name == NULL && starts_new_street (signs, edge, length)))
        {
          bool is_close = edge->kind >= DEMO_RESIDENTIAL &&
                          signs->degrees[edge->to] == 1;
          g_autofree char *name = NULL;

          edge->street = (int) plan->n_streets++;
          if (road->name == NULL && !road->is_roundabout)
            {
              name = demo_next_name (plan, street_type (signs, edge, is_close),
                                     edge->kind <= DEMO_TERTIARY ? DEMO_GREAT_STREETS
                                                                 : zone_of (edge_middle (edge)));
              edge->name = g_string_chunk_insert (plan->strings, name);
            }
          length = 0.0;
        }
      else
        {
          edge->street = before->street;
          edge->name = before->name;
        }
      length += demo_line_length (edge->line);
      before = edge;
    }
}

/* The same for every edge of a street. */
static unsigned
street_dice (int street)
{
  uint64_t z = (uint64_t) street * 0x9e3779b97f4a7c15ull;

  return (unsigned) ((z >> 33) % 100);
}

static void
set_manners (Signs *signs)
{
  DemoPlan *plan = signs->plan;
  g_autoptr (GHashTable) zones = g_hash_table_new (NULL, NULL);

  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      DemoEdge *edge = edge_at (plan, i);
      unsigned dice = street_dice (edge->street);
      void *zone;

      if (edge->is_gone || edge->kind != DEMO_RESIDENTIAL)
        continue;
      if (!g_hash_table_contains (zones, GINT_TO_POINTER (edge->street)))
        g_hash_table_insert (zones, GINT_TO_POINTER (edge->street),
                             GUINT_TO_POINTER (zone_of (edge_middle (edge)) + 1));
      zone = g_hash_table_lookup (zones, GINT_TO_POINTER (edge->street));
      switch (GPOINTER_TO_UINT (zone) - 1)
        {
        case 0:
          edge->kind = dice < 16 ? DEMO_PEDESTRIAN : dice < 34 ? DEMO_LIVING_STREET
                                                               : DEMO_RESIDENTIAL;
          edge->oneway = dice < 16 || dice > 88 ? 0 : dice % 2 == 0 ? 1 : -1;
          break;
        case 1:
          edge->oneway = dice < 17 ? 1 : dice < 34 ? -1 : 0;
          break;
        default:
          edge->kind = dice < 5 ? DEMO_LIVING_STREET : DEMO_RESIDENTIAL;
          edge->oneway = dice > 94 ? 1 : 0;
          break;
        }
    }
}

static bool
is_drivable (const DemoEdge *edge)
{
  return !edge->is_gone && edge->kind != DEMO_FOOTWAY && edge->kind != DEMO_PEDESTRIAN;
}

/* Marks what can be reached from start, along the edges or against them. */
static void
flood (const DemoPlan *plan, unsigned start, bool along, bool *reached)
{
  bool again = true;

  memset (reached, 0, plan->nodes->len * sizeof *reached);
  reached[start] = true;
  while (again)
    {
      again = false;
      for (unsigned i = 0; i < plan->edges->len; i++)
        {
          const DemoEdge *edge = edge_at (plan, i);
          bool forth = edge->oneway >= 0;
          bool back = edge->oneway <= 0;

          if (!is_drivable (edge))
            continue;
          if (!along)
            {
              bool swap = forth;

              forth = back;
              back = swap;
            }
          if (forth && reached[edge->from] && !reached[edge->to])
            reached[edge->to] = again = true;
          if (back && reached[edge->to] && !reached[edge->from])
            reached[edge->from] = again = true;
        }
    }
}

/* One-way streets that trap are opened; what stays cut off is taken away. */
static void
connect_all (DemoPlan *plan)
{
  g_autofree bool *to = g_new0 (bool, plan->nodes->len);
  g_autofree bool *fro = g_new0 (bool, plan->nodes->len);
  unsigned n_bad = 1;

  for (unsigned round = 0; round < 6 && n_bad > 0; round++)
    {
      g_autoptr (GHashTable) opened = g_hash_table_new (NULL, NULL);

      n_bad = 0;
      flood (plan, edge_at (plan, 0)->from, true, to);
      flood (plan, edge_at (plan, 0)->from, false, fro);
      for (unsigned i = 0; i < plan->edges->len; i++)
        {
          const DemoEdge *edge = edge_at (plan, i);

          if (!is_drivable (edge) || (to[edge->from] && fro[edge->from] && to[edge->to] &&
                                      fro[edge->to]))
            continue;
          n_bad++;
          g_hash_table_add (opened, GINT_TO_POINTER (edge->street));
        }
      for (unsigned i = 0; i < plan->edges->len; i++)
        {
          DemoEdge *edge = edge_at (plan, i);

          if (edge->kind >= DEMO_RESIDENTIAL && edge->kind != DEMO_PEDESTRIAN &&
              g_hash_table_contains (opened, GINT_TO_POINTER (edge->street)))
            edge->oneway = 0;
          if (round == 5 && is_drivable (edge) &&
              !(to[edge->from] && fro[edge->from] && to[edge->to] && fro[edge->to]))
            edge->is_gone = true;
        }
    }
}

static void
set_signals (Signs *signs)
{
  DemoPlan *plan = signs->plan;
  g_autofree uint8_t *arms = g_new0 (uint8_t, plan->nodes->len);

  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      const DemoEdge *edge = edge_at (plan, i);
      const DemoRoad *road = road_of (plan, edge);

      if (edge->is_gone)
        continue;
      if (road->is_roundabout || road->is_tunnel)
        arms[edge->from] |= 0x80;
      else if (edge->kind <= DEMO_TERTIARY)
        {
          arms[edge->from] += arms[edge->from] < 0x70;
          arms[edge->to] += arms[edge->to] < 0x70;
        }
      if (road->exit_ref != NULL && edge->along < 1.0)
        node_at (plan, edge->from)->exit_ref = road->exit_ref;
    }
  for (unsigned i = 0; i < plan->nodes->len; i++)
    {
      DemoNode *node = node_at (plan, i);

      if (node->is_deck || (arms[i] & 0x80) != 0)
        continue;
      node->has_signals = arms[i] >= 3 && signs->best[i] <= DEMO_SECONDARY;
      node->is_crossing = !node->has_signals && signs->degrees[i] >= 3 &&
                          signs->best[i] <= DEMO_TERTIARY;
    }
}

static DemoPoint
leaving_direction (const DemoEdge *edge, unsigned node)
{
  const DemoLine *line = edge->line;

  return edge->from == node
             ? demo_unit (demo_sub (line->points[1], line->points[0]))
             : demo_unit (demo_sub (line->points[line->n - 2], line->points[line->n - 1]));
}

/* At some signals one may not turn left off a boulevard, or only straight on. */
static void
ban_turns (Signs *signs)
{
  DemoPlan *plan = signs->plan;
  g_autofree GArray **arms = g_new0 (GArray *, plan->nodes->len);

  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      const DemoEdge *edge = edge_at (plan, i);
      unsigned ends[] = { edge->from, edge->to };

      for (unsigned k = 0; k < 2 && is_drivable (edge); k++)
        {
          if (arms[ends[k]] == NULL)
            arms[ends[k]] = g_array_new (FALSE, FALSE, sizeof (unsigned));
          g_array_append_val (arms[ends[k]], i);
        }
    }
  for (unsigned n = 0; n < plan->nodes->len; n++)
    {
      bool is_banned = !node_at (plan, n)->has_signals || arms[n] == NULL || arms[n]->len != 4 ||
                       demo_random (&plan->random) > 0.85;

      for (unsigned a = 0; !is_banned && a < arms[n]->len; a++)
        for (unsigned b = 0; !is_banned && b < arms[n]->len; b++)
          {
            unsigned from = g_array_index (arms[n], unsigned, a);
            unsigned to = g_array_index (arms[n], unsigned, b);
            DemoPoint arrive = demo_scale (leaving_direction (edge_at (plan, from), n), -1.0);
            double turn = demo_cross (arrive, leaving_direction (edge_at (plan, to), n));
            DemoBan ban = { from, n, to, "no_left_turn" };

            if (a == b || edge_at (plan, from)->kind > DEMO_SECONDARY || turn < 0.8 ||
                edge_at (plan, from)->oneway != 0 || edge_at (plan, to)->oneway != 0 ||
                signs->degrees[edge_at (plan, to)->from] < 3 ||
                signs->degrees[edge_at (plan, to)->to] < 3)
              continue;
            g_array_append_val (plan->bans, ban);
            is_banned = true;
          }
      if (arms[n] != NULL)
        g_array_unref (arms[n]);
    }
}

void
demo_plan_rules (DemoPlan *plan)
{
  Signs signs = { plan };

  demo_names_reset ();
  survey (&signs);
  name_streets (&signs);
  set_manners (&signs);
  connect_all (plan);
  survey (&signs);
  set_signals (&signs);
  ban_turns (&signs);
  g_free (signs.degrees);
  g_free (signs.best);
}
