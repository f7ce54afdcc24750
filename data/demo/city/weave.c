/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>
#include <stdlib.h>

/* Roads become a network: where they cross at grade they share a node, loose ends are led to the
 * next road or cut back, what lies inside a roundabout goes, and what passes over water, rails or the
 * ring road becomes a bridge. */

#define MERGE_M 11.0

typedef struct {
  unsigned road;
  unsigned segment; /* from points[segment] to points[segment + 1] */
} Piece;

typedef struct {
  double along;
  unsigned node;
} Stop;

typedef struct {
  DemoPlan *plan;
  GArray *pieces;
  DemoIndex *index;
  GArray *found;
  GArray **stops; /* one a road, of Stop */
  double **along; /* one a road: metres at each point */
  unsigned *parent; /* of merged nodes */
} Weaver;

static DemoRoad *
road_at (const Weaver *weaver, unsigned i)
{
  return g_ptr_array_index (weaver->plan->roads, i);
}

static unsigned
add_node (DemoPlan *plan, DemoPoint point, bool is_deck)
{
  DemoNode node = { .point = point, .is_deck = is_deck };

  g_array_append_val (plan->nodes, node);
  return plan->nodes->len - 1;
}

static void
add_stop (Weaver *weaver, unsigned road, double along, unsigned node)
{
  Stop stop = { along, node };

  g_array_append_val (weaver->stops[road], stop);
}

static void
index_roads (Weaver *weaver)
{
  unsigned n_roads = weaver->plan->roads->len;

  weaver->stops = g_new0 (GArray *, n_roads);
  weaver->along = g_new0 (double *, n_roads);
  for (unsigned i = 0; i < n_roads; i++)
    {
      const DemoLine *line = road_at (weaver, i)->line;

      weaver->stops[i] = g_array_new (FALSE, FALSE, sizeof (Stop));
      weaver->along[i] = g_new0 (double, line->n);
      for (unsigned k = 0; k + 1 < line->n; k++)
        {
          DemoPoint a = line->points[k];
          DemoPoint b = line->points[k + 1];
          Piece piece = { i, k };

          weaver->along[i][k + 1] = weaver->along[i][k] + demo_distance (a, b);
          demo_index_add (weaver->index, demo_point (MIN (a.x, b.x), MIN (a.y, b.y)),
                          demo_point (MAX (a.x, b.x), MAX (a.y, b.y)), weaver->pieces->len);
          g_array_append_val (weaver->pieces, piece);
        }
    }
}

/* Where p + t r meets the piece; false if it does not. */
static bool
meet (const Weaver *weaver, const Piece *piece, DemoPoint p, DemoPoint r, double *t, double *u)
{
  const DemoLine *line = road_at (weaver, piece->road)->line;
  DemoPoint q = line->points[piece->segment];
  DemoPoint s = demo_sub (line->points[piece->segment + 1], q);
  double cross = demo_cross (r, s);

  if (fabs (cross) < 1e-9)
    return false;
  *t = demo_cross (demo_sub (q, p), s) / cross;
  *u = demo_cross (demo_sub (q, p), r) / cross;
  return *t >= 0.0 && *t <= 1.0 && *u >= 0.0 && *u <= 1.0;
}

static double
piece_along (const Weaver *weaver, const Piece *piece, double u)
{
  const double *along = weaver->along[piece->road];

  return along[piece->segment] + u * (along[piece->segment + 1] - along[piece->segment]);
}

static void
find_near (Weaver *weaver, DemoPoint a, DemoPoint b)
{
  demo_index_find (weaver->index, demo_point (MIN (a.x, b.x), MIN (a.y, b.y)),
                   demo_point (MAX (a.x, b.x), MAX (a.y, b.y)), weaver->found);
}

/* Crossings at grade. */
static void
cross_roads (Weaver *weaver)
{
  for (unsigned i = 0; i < weaver->pieces->len; i++)
    {
      Piece piece = g_array_index (weaver->pieces, Piece, i);
      const DemoRoad *road = road_at (weaver, piece.road);
      DemoPoint a = road->line->points[piece.segment];
      DemoPoint b = road->line->points[piece.segment + 1];

      if (road->is_deck)
        continue;
      find_near (weaver, a, b);
      for (unsigned k = 0; k < weaver->found->len; k++)
        {
          unsigned number = g_array_index (weaver->found, unsigned, k);
          const Piece *other = &g_array_index (weaver->pieces, Piece, number);
          double t = 0.0;
          double u = 0.0;
          unsigned node;

          if (number <= i || road_at (weaver, other->road)->is_deck ||
              (other->road == piece.road && other->segment <= piece.segment + 1) ||
              !meet (weaver, other, a, demo_sub (b, a), &t, &u))
            continue;
          node = add_node (weaver->plan, demo_lerp (a, b, t), false);
          add_stop (weaver, piece.road, piece_along (weaver, &piece, t), node);
          add_stop (weaver, other->road, piece_along (weaver, other, u), node);
        }
    }
}

/* The nearest road to an end, within reach; decks are reached by decks only. */
static bool
find_landing (Weaver *weaver, unsigned road, DemoPoint end, double reach, unsigned *landing,
              double *along)
{
  double best = reach;

  find_near (weaver, demo_sub (end, demo_point (reach, reach)),
             demo_add (end, demo_point (reach, reach)));
  for (unsigned k = 0; k < weaver->found->len; k++)
    {
      const Piece *other = &g_array_index (weaver->pieces, Piece,
                                           g_array_index (weaver->found, unsigned, k));
      const DemoRoad *target = road_at (weaver, other->road);
      DemoLine part = { &target->line->points[other->segment], 2, 2 };
      double at = 0.0;
      double distance;

      if (other->road == road || (target->is_deck && !road_at (weaver, road)->is_deck))
        continue;
      distance = demo_line_distance (&part, end, &at);
      if (distance < best)
        {
          best = distance;
          *landing = other->road;
          *along = weaver->along[other->road][other->segment] + at;
        }
    }
  return best < reach;
}

/* Straight on from an end to the next road. */
static bool
find_ahead (Weaver *weaver, unsigned road, DemoPoint end, DemoPoint direction, double reach,
            unsigned *landing, double *along)
{
  DemoPoint ray = demo_scale (direction, reach);
  double best = 1.0;

  find_near (weaver, end, demo_add (end, ray));
  for (unsigned k = 0; k < weaver->found->len; k++)
    {
      const Piece *other = &g_array_index (weaver->pieces, Piece,
                                           g_array_index (weaver->found, unsigned, k));
      double t = 0.0;
      double u = 0.0;

      if (other->road == road || road_at (weaver, other->road)->is_deck ||
          !meet (weaver, other, end, ray, &t, &u) || t >= best)
        continue;
      best = t;
      *landing = other->road;
      *along = piece_along (weaver, other, u);
    }
  for (double t = 0.0; best < 1.0 && t < best; t += 5.0 / reach)
    if (demo_mask_at (weaver->plan, demo_add (end, demo_scale (ray, t))) &
        (DEMO_MASK_WATER | DEMO_MASK_RAIL))
      return false;
  return best < 1.0;
}

static void
land_end (Weaver *weaver, unsigned i, bool at_start)
{
  DemoRoad *road = road_at (weaver, i);
  DemoLine *line = road->line;
  DemoPoint *end = &line->points[at_start ? 0 : line->n - 1];
  DemoPoint inner = line->points[at_start ? 1 : line->n - 2];
  double own = at_start ? 0.0 : weaver->along[i][line->n - 1];
  unsigned landing = 0;
  double along = 0.0;
  unsigned node;
  bool found = find_landing (weaver, i, *end, road->is_deck ? 3.0 : 13.0, &landing, &along);

  if (!found && !road->is_deck)
    found = find_ahead (weaver, i, *end, demo_unit (demo_sub (*end, inner)),
                        road->kind <= DEMO_SECONDARY ? 190.0 : 95.0, &landing, &along);
  if (!found)
    {
      add_stop (weaver, i, own, add_node (weaver->plan, *end, road->is_deck));
      return;
    }
  *end = demo_line_at (road_at (weaver, landing)->line, along, NULL);
  node = add_node (weaver->plan, *end, road_at (weaver, landing)->is_deck);
  add_stop (weaver, i, own, node);
  add_stop (weaver, landing, along, node);
}

static unsigned
root (const Weaver *weaver, unsigned node)
{
  while (weaver->parent[node] != node)
    node = weaver->parent[node];
  return node;
}

static int
compare_stops (const void *a, const void *b)
{
  const Stop *x = a;
  const Stop *y = b;

  return x->along < y->along ? -1 : x->along > y->along ? 1 : (x->node > y->node) - (x->node < y->node);
}

/* Nodes that lie close together on one road are one junction. */
static void
merge_nodes (Weaver *weaver)
{
  GArray *nodes = weaver->plan->nodes;

  weaver->parent = g_new (unsigned, nodes->len);
  for (unsigned i = 0; i < nodes->len; i++)
    weaver->parent[i] = i;
  for (unsigned i = 0; i < weaver->plan->roads->len; i++)
    {
      GArray *stops = weaver->stops[i];
      double reach = road_at (weaver, i)->is_deck ? 1.0 : MERGE_M;

      g_array_sort (stops, compare_stops);
      for (unsigned k = 1; k < stops->len; k++)
        {
          const Stop *a = &g_array_index (stops, Stop, k - 1);
          const Stop *b = &g_array_index (stops, Stop, k);
          unsigned x = root (weaver, a->node);
          unsigned y = root (weaver, b->node);

          if (b->along - a->along < reach && x != y &&
              demo_distance (g_array_index (nodes, DemoNode, x).point,
                             g_array_index (nodes, DemoNode, y).point) < 1.7 * MERGE_M)
            weaver->parent[MAX (x, y)] = MIN (x, y);
        }
    }
}

static void
add_edge (Weaver *weaver, unsigned i, const Stop *a, const Stop *b)
{
  const DemoRoad *road = road_at (weaver, i);
  GArray *nodes = weaver->plan->nodes;
  DemoEdge edge = {
    .road = i,
    .from = root (weaver, a->node),
    .to = root (weaver, b->node),
    .line = demo_line_new (),
    .along = a->along,
    .oneway = road->is_oneway,
    .kind = road->kind,
    .layer = road->layer,
    .name = road->name,
    .street = -1,
  };

  demo_line_add (edge.line, g_array_index (nodes, DemoNode, edge.from).point);
  for (unsigned k = 0; k < road->line->n; k++)
    if (weaver->along[i][k] > a->along + 4.0 && weaver->along[i][k] < b->along - 4.0)
      demo_line_add (edge.line, road->line->points[k]);
  demo_line_add (edge.line, g_array_index (nodes, DemoNode, edge.to).point);
  if (edge.from == edge.to && demo_line_length (edge.line) < 60.0)
    return;
  g_array_append_val (weaver->plan->edges, edge);
}

/* By the lengths that the road had when it was cut; its ends may have been moved since. */
static unsigned
piece_at (const Weaver *weaver, unsigned road, double along)
{
  unsigned piece = 0;

  while (piece + 2 < road_at (weaver, road)->line->n && weaver->along[road][piece + 1] < along)
    piece++;
  return piece;
}

/* A junction that was merged stands elsewhere along the road than where the road was cut: by the old
 * places a road would run back and forth there. */
static void
move_stops (Weaver *weaver, unsigned i)
{
  GArray *stops = weaver->stops[i];
  const DemoLine *line = road_at (weaver, i)->line;

  for (unsigned k = 0; k < stops->len; k++)
    {
      Stop *stop = &g_array_index (stops, Stop, k);
      const DemoNode *node = &g_array_index (weaver->plan->nodes, DemoNode,
                                             root (weaver, stop->node));
      unsigned piece = piece_at (weaver, i, stop->along);
      const double *along = weaver->along[i];
      DemoPoint a = line->points[piece];
      DemoPoint b = line->points[piece + 1];
      double length = along[piece + 1] - along[piece];
      DemoPoint cut = demo_lerp (a, b, length > 0.0 ? (stop->along - along[piece]) / length : 0.0);

      stop->along += demo_dot (demo_sub (node->point, cut), demo_unit (demo_sub (b, a)));
    }
  g_array_sort (stops, compare_stops);
}

static void
make_edges (Weaver *weaver)
{
  for (unsigned i = 0; i < weaver->plan->roads->len; i++)
    {
      GArray *stops = weaver->stops[i];

      move_stops (weaver, i);
      for (unsigned k = 1; k < stops->len; k++)
        add_edge (weaver, i, &g_array_index (stops, Stop, k - 1), &g_array_index (stops, Stop, k));
    }
}

/* Roundabouts keep their middle to themselves; two roads between the same nodes, side by side, are
 * one. */
static void
clear_insides (DemoPlan *plan)
{
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      DemoEdge *edge = &g_array_index (plan->edges, DemoEdge, i);
      const DemoRoad *road = g_ptr_array_index (plan->roads, edge->road);
      double length = demo_line_length (edge->line);
      DemoPoint middle = demo_line_at (edge->line, length / 2.0, NULL);
      int64_t *key;
      DemoEdge *twin;

      for (unsigned k = 0; !road->is_roundabout && k < plan->circles->len; k++)
        {
          const DemoCircle *circle = &g_array_index (plan->circles, DemoCircle, k);

          edge->is_gone |= !road->is_tunnel &&
                           demo_distance (middle, circle->middle) < circle->radius - 1.0;
        }
      if (edge->is_gone || road->is_deck || road->is_roundabout)
        continue;
      key = g_new (int64_t, 1);
      *key = ((int64_t) MIN (edge->from, edge->to) << 32) | MAX (edge->from, edge->to);
      twin = g_hash_table_lookup (pairs, key);
      if (twin == NULL)
        g_hash_table_insert (pairs, key, edge);
      else
        {
          DemoEdge *lesser = twin->kind > edge->kind ? twin : edge;

          g_free (key);
          if (fabs (demo_line_length (twin->line) - length) < 0.25 * length)
            lesser->is_gone = true;
        }
    }
}

static unsigned *
count_degrees (const DemoPlan *plan)
{
  unsigned *degrees = g_new0 (unsigned, plan->nodes->len);

  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      const DemoEdge *edge = &g_array_index (plan->edges, DemoEdge, i);

      if (edge->is_gone)
        continue;
      degrees[edge->from]++;
      degrees[edge->to]++;
    }
  return degrees;
}

/* Short dead ends go, and boulevards that lead nowhere; longer ones stay as closes. */
static void
trim_stubs (DemoPlan *plan)
{
  bool again = true;

  for (unsigned round = 0; again && round < 12; round++)
    {
      g_autofree unsigned *degrees = count_degrees (plan);

      again = false;
      for (unsigned i = 0; i < plan->edges->len; i++)
        {
          DemoEdge *edge = &g_array_index (plan->edges, DemoEdge, i);
          const DemoRoad *road = g_ptr_array_index (plan->roads, edge->road);
          double shortest = edge->kind <= DEMO_SECONDARY ? 400.0 : 48.0;

          if (!edge->is_gone && !road->is_deck &&
              (degrees[edge->from] == 1 || degrees[edge->to] == 1) &&
              (demo_line_length (edge->line) < shortest || edge->kind == DEMO_FOOTWAY ||
               degrees[edge->from] + degrees[edge->to] == 2))
            edge->is_gone = again = true;
        }
    }
}

static unsigned
obstacle_at (const DemoPlan *plan, DemoPoint point, const DemoEdge *edge)
{
  bool deck = ((const DemoRoad *) g_ptr_array_index (plan->roads, edge->road))->is_deck;

  if (demo_mask_at (plan, point) & DEMO_MASK_WATER)
    return 1;
  if (demo_line_distance (plan->rail, point, NULL) < 12.0)
    return 1;
  return !deck && (demo_line_distance (plan->ring, point, NULL) < 24.0 ||
                   demo_line_distance (plan->motorway, point, NULL) < 24.0);
}

static int
compare_edges (const void *a, const void *b)
{
  const DemoEdge *x = a;
  const DemoEdge *y = b;

  if (x->road != y->road)
    return x->road < y->road ? -1 : 1;
  return x->along < y->along ? -1 : x->along > y->along;
}

/* Cuts the edge where it passes over something; what passes becomes a bridge. */
static void
bridge_edge (DemoPlan *plan, unsigned number)
{
  DemoEdge edge = g_array_index (plan->edges, DemoEdge, number);
  double length = demo_line_length (edge.line);
  double first = -1.0;
  double last = -1.0;
  double cuts[4];
  unsigned n_cuts = 0;
  unsigned from = edge.from;

  for (double along = 4.0; along < length - 4.0; along += 4.0)
    if (obstacle_at (plan, demo_line_at (edge.line, along, NULL), &edge))
      {
        first = first < 0.0 ? along : first;
        last = along;
      }
  if (first < 0.0)
    return;
  first -= 9.0;
  last += 9.0;
  cuts[n_cuts++] = 0.0;
  if (first > 12.0)
    cuts[n_cuts++] = first;
  if (last < length - 12.0)
    cuts[n_cuts++] = last;
  cuts[n_cuts++] = length;
  for (unsigned i = 1; i < n_cuts; i++)
    {
      DemoEdge part = edge;

      part.line = demo_line_part (edge.line, cuts[i - 1], cuts[i]);
      part.from = from;
      part.along = edge.along + cuts[i - 1];
      part.to = i + 1 < n_cuts
                    ? add_node (plan, part.line->points[part.line->n - 1], false)
                    : edge.to;
      part.is_bridge = cuts[i - 1] < last - 1.0 && cuts[i] > first + 1.0;
      part.layer = part.is_bridge ? MAX (1, edge.layer) : edge.layer;
      from = part.to;
      if (i == 1)
        g_array_index (plan->edges, DemoEdge, number) = part;
      else
        g_array_append_val (plan->edges, part);
    }
}

static void
build_bridges (DemoPlan *plan)
{
  unsigned n_edges = plan->edges->len;

  for (unsigned i = 0; i < n_edges; i++)
    {
      const DemoEdge *edge = &g_array_index (plan->edges, DemoEdge, i);
      const DemoRoad *road = g_ptr_array_index (plan->roads, edge->road);

      if (!edge->is_gone && road->may_bridge)
        bridge_edge (plan, i);
    }
}

void
demo_plan_weave (DemoPlan *plan)
{
  Weaver weaver = { plan };
  unsigned n_roads = plan->roads->len;

  weaver.pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  weaver.index = demo_index_new (60.0);
  weaver.found = g_array_new (FALSE, FALSE, sizeof (unsigned));
  index_roads (&weaver);
  cross_roads (&weaver);
  for (unsigned i = 0; i < n_roads; i++)
    {
      land_end (&weaver, i, true);
      land_end (&weaver, i, false);
    }
  merge_nodes (&weaver);
  make_edges (&weaver);
  clear_insides (plan);
  trim_stubs (plan);
  build_bridges (plan);
  g_array_sort (plan->edges, compare_edges);
  for (unsigned i = 0; i < n_roads; i++)
    {
      g_array_unref (weaver.stops[i]);
      g_free (weaver.along[i]);
    }
  g_free (weaver.stops);
  g_free (weaver.along);
  g_free (weaver.parent);
  g_array_unref (weaver.pieces);
  g_array_unref (weaver.found);
  demo_index_free (weaver.index);
}
