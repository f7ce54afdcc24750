/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/locate-line.h"

#include <math.h>

/* A small map matcher (after Newson and Krumm, 2009): some points of the line are brought onto the
 * roads near them; of all chains of such spots the one is taken whose ways are the most like the
 * line in length and whose spots are the nearest, by dynamic programming. The ways between spots are
 * searched within little more than the line's length. */

#define REACH_M 30.0            /* of a point to its road */
#define MAX_SPOTS 8             /* of one point */
#define MIN_STRIDE_M 100.0      /* between the points that are looked at */
#define BEARING_REACH_M 25.0
#define MAX_LINE_M 100000.0
#define STRAY_DEG 80.0          /* between the directions of line and road */
#define LENGTH_FACTOR 1.5       /* that a way may be longer than the line, and … */
#define LENGTH_MARGIN_M 60.0
#define DISTANCE_WEIGHT 2.0     /* metres beside the road count more than those along it */
#define END_COVER_M 25.0        /* of the first and last link, or half of it … */
#define LEAST_COVER_M 10.0      /* … but not less than this */
#define POINT_TURN_DEG 60.0

#define MOTOR_MODES (VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS))

/* A place where the line may be on a link. */
typedef struct {
  uint32_t link;
  double at_m;        /* from the link's begin */
  double distance_m;  /* from the point */
  double cost;        /* of the best chain up to here, INFINITY where there is none */
  unsigned before;    /* its spot of the point before */
  GArray *links;      /* uint32_t: of the way from there, its own link last; NULL where the same */
} Spot;

typedef struct {
  VolantPoint point;
  double bearing_deg; /* of the line there */
  double leg_m;       /* along the line from the point before */
  unsigned n_spots;
  Spot spots[MAX_SPOTS];
} Stage;

typedef struct {
  const VolantRoads *roads;
  const VolantTurns *turns;
  const VolantSnapIndex *index;
} World;

typedef struct {
  const VolantRoads *roads;
  uint32_t taken[MAX_SPOTS];
  unsigned n_taken;
} Wish;

/* An entry of the search between spots. */
typedef struct {
  double m;        /* to the begin of the state's link */
  uint32_t state;
  unsigned before; /* index of the entry before, UINT_MAX for none */
} Reached;

static double
link_length_m (const VolantRoads *roads, uint32_t link)
{
  return roads->segments[volant_link_segment (link)].length_mm / 1000.0;
}

static bool
is_for_motors (const VolantRoads *roads, uint32_t link)
{
  return (roads->segments[volant_link_segment (link)].access[link & 1] & MOTOR_MODES) != 0;
}

/* Bearing of a segment, as it is drawn, at a share of its length. */
static double
segment_bearing_deg (const VolantRoads *roads, uint32_t segment, double along)
{
  const VolantSegment *drawn = &roads->segments[segment];
  const VolantPoint *points = roads->points + drawn->first_point;
  double total_m = 0.0, passed_m = 0.0, bearing_deg = 0.0;

  for (uint32_t i = 0; i + 1 < drawn->n_points; i++)
    total_m += volant_geo_distance_m (points[i], points[i + 1]);
  for (uint32_t i = 0; i + 1 < drawn->n_points; i++)
    {
      double piece_m = volant_geo_distance_m (points[i], points[i + 1]);

      if (piece_m > 0.0)
        bearing_deg = volant_geo_bearing_deg (points[i], points[i + 1]);
      passed_m += piece_m;
      if (passed_m >= along * total_m)
        break;
    }
  return bearing_deg;
}

static bool
is_wished (uint32_t segment, const void *data)
{
  const Wish *wish = data;

  for (unsigned i = 0; i < wish->n_taken; i++)
    if (wish->taken[i] == segment)
      return false;
  return is_for_motors (wish->roads, 2 * segment) || is_for_motors (wish->roads, 2 * segment + 1);
}

/* Spots on the links of a segment whose direction fits. */
static void
add_spots (const World *world, Stage *stage, const VolantSnap *snap)
{
  double bearing_deg = segment_bearing_deg (world->roads, snap->segment, snap->along);
  double length_m = link_length_m (world->roads, 2 * snap->segment);

  for (unsigned direction = 0; direction < 2 && stage->n_spots < MAX_SPOTS; direction++)
    {
      uint32_t link = 2 * snap->segment + direction;
      double turn_deg = volant_geo_turn_deg (stage->bearing_deg,
                                             fmod (bearing_deg + 180.0 * direction, 360.0));

      if (!is_for_motors (world->roads, link) || fabs (turn_deg) > STRAY_DEG)
        continue;
      stage->spots[stage->n_spots++] =
        (Spot) { .link = link, .distance_m = snap->distance_m, .cost = INFINITY,
                 .at_m = length_m * (direction ? 1.0 - snap->along : snap->along) };
    }
}

static void
find_spots (const World *world, Stage *stage)
{
  Wish wish = { .roads = world->roads };
  VolantSnap snap;

  while (wish.n_taken < MAX_SPOTS && stage->n_spots < MAX_SPOTS &&
         volant_snap_index_find (world->index, stage->point, REACH_M, is_wished, &wish, &snap))
    {
      wish.taken[wish.n_taken++] = snap.segment;
      add_spots (world, stage, &snap);
    }
}

/* Bearing of the line around a point, far enough that a shaking hand does not matter. */
static double
line_bearing_deg (const VolantPoint *points, uint32_t n_points, uint32_t at)
{
  uint32_t before = at, after = at;

  while (before > 0 && volant_geo_distance_m (points[before], points[at]) < BEARING_REACH_M)
    before--;
  while (after + 1 < n_points && volant_geo_distance_m (points[after], points[at]) < BEARING_REACH_M)
    after++;
  return volant_geo_bearing_deg (points[before], points[after]);
}

/* The points of the line to look at: not closer together than a stride, the first and last among
 * them. NULL where it has no length, or too much. */
static GArray *
choose_stages (const VolantPoint *points, uint32_t n_points)
{
  g_autoptr (GArray) stages = g_array_new (FALSE, TRUE, sizeof (Stage));
  double passed_m = 0.0, total_m = 0.0;

  for (uint32_t i = 0; i < n_points; i++)
    {
      bool is_last = i + 1 == n_points;
      Stage stage = { .point = points[i] };

      if (i > 0)
        passed_m += volant_geo_distance_m (points[i - 1], points[i]);
      if (i > 0 && !is_last && passed_m < MIN_STRIDE_M)
        continue;
      stage.bearing_deg = line_bearing_deg (points, n_points, i);
      stage.leg_m = passed_m;
      total_m += passed_m;
      passed_m = 0.0;
      /* One that stands close before the last tells nothing more. */
      if (is_last && stages->len > 1 && stage.leg_m < MIN_STRIDE_M / 2)
        {
          stage.leg_m += g_array_index (stages, Stage, stages->len - 1).leg_m;
          g_array_set_size (stages, stages->len - 1);
        }
      g_array_append_val (stages, stage);
    }
  return total_m > 0.0 && total_m <= MAX_LINE_M ? g_steal_pointer (&stages) : NULL;
}

static void
push_reached (GArray *heap, GArray *reached, Reached entry)
{
  uint32_t number = reached->len;
  unsigned at = heap->len;

  g_array_append_val (reached, entry);
  g_array_append_val (heap, number);
  while (at > 0)
    {
      unsigned parent = (at - 1) / 2;
      uint32_t above = g_array_index (heap, uint32_t, parent);

      if (g_array_index (reached, Reached, above).m <= entry.m)
        break;
      g_array_index (heap, uint32_t, at) = above;
      at = parent;
    }
  g_array_index (heap, uint32_t, at) = number;
}

static uint32_t
pop_reached (GArray *heap, const GArray *reached)
{
  uint32_t least = g_array_index (heap, uint32_t, 0);
  uint32_t last = g_array_index (heap, uint32_t, heap->len - 1);
  double last_m = g_array_index (reached, Reached, last).m;
  unsigned at = 0, child;

  g_array_set_size (heap, heap->len - 1);
  while ((child = 2 * at + 1) < heap->len)
    {
      uint32_t number = g_array_index (heap, uint32_t, child);

      if (child + 1 < heap->len &&
          g_array_index (reached, Reached, g_array_index (heap, uint32_t, child + 1)).m <
            g_array_index (reached, Reached, number).m)
        number = g_array_index (heap, uint32_t, ++child);
      if (g_array_index (reached, Reached, number).m >= last_m)
        break;
      g_array_index (heap, uint32_t, at) = number;
      at = child;
    }
  if (heap->len > 0)
    g_array_index (heap, uint32_t, at) = last;
  return least;
}

/* The links from the first entry to this one (transfer full). */
static GArray *
trace_links (const World *world, const GArray *reached, unsigned at)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  while (at != UINT_MAX)
    {
      const Reached *entry = &g_array_index (reached, Reached, at);
      uint32_t link = volant_turns_state_link (world->turns, entry->state);

      g_array_prepend_val (links, link);
      at = entry->before;
    }
  return links;
}

/* A way of so many metres leads from a spot to the link of others: is any of their chains better by
 * it? */
static void
offer_way (const World *world, Stage *to, const Spot *from, unsigned from_spot, uint32_t link,
           double begin_m, const GArray *reached, unsigned at)
{
  for (unsigned i = 0; i < to->n_spots; i++)
    {
      Spot *spot = &to->spots[i];
      double way_m = begin_m + spot->at_m, cost;

      if (spot->link != link || way_m < 0.0 ||
          way_m > LENGTH_FACTOR * to->leg_m + LENGTH_MARGIN_M)
        continue;
      cost = from->cost + fabs (way_m - to->leg_m) + DISTANCE_WEIGHT * spot->distance_m;
      if (cost >= spot->cost)
        continue;
      spot->cost = cost;
      spot->before = from_spot;
      g_clear_pointer (&spot->links, g_array_unref);
      if (reached != NULL)
        spot->links = trace_links (world, reached, at);
    }
}

static void
spread (const World *world, GArray *heap, GArray *reached, uint32_t state, double end_m,
        unsigned before)
{
  const VolantTurns *turns = world->turns;

  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    if (turns->modes[arc] & MOTOR_MODES)
      push_reached (heap, reached, (Reached) { end_m, turns->heads[arc], before });
}

/* The shortest ways from one spot to those of the next stage (Dijkstra 1959, within a limit). */
static void
go_from (const World *world, const Stage *from, unsigned from_spot, Stage *to)
{
  const Spot *spot = &from->spots[from_spot];
  g_autoptr (GHashTable) settled = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autoptr (GArray) reached = g_array_new (FALSE, FALSE, sizeof (Reached));
  double limit_m = LENGTH_FACTOR * to->leg_m + LENGTH_MARGIN_M;

  offer_way (world, to, spot, from_spot, spot->link, -spot->at_m, NULL, 0);
  spread (world, heap, reached, spot->link, link_length_m (world->roads, spot->link) - spot->at_m,
          UINT_MAX);
  while (heap->len > 0)
    {
      unsigned at = pop_reached (heap, reached);
      Reached entry = g_array_index (reached, Reached, at);
      uint32_t link = volant_turns_state_link (world->turns, entry.state);

      if (entry.m > limit_m)
        break;
      if (!g_hash_table_add (settled, GUINT_TO_POINTER (entry.state)))
        continue;
      offer_way (world, to, spot, from_spot, link, entry.m, reached, at);
      spread (world, heap, reached, entry.state, entry.m + link_length_m (world->roads, link), at);
    }
}

/* The cheapest spot of a stage that a chain leads to; MAX_SPOTS where there is none. */
static unsigned
find_best_spot (const Stage *stage)
{
  unsigned best = MAX_SPOTS;

  for (unsigned k = 0; k < stage->n_spots; k++)
    if (isfinite (stage->spots[k].cost) &&
        (best == MAX_SPOTS || stage->spots[k].cost < stage->spots[best].cost))
      best = k;
  return best;
}

/* Finds the best chain; the spot that it ends at, MAX_SPOTS where there is none. A point in the
 * middle that no road fits, the apex of a bend perhaps, is passed over. */
static unsigned
find_chain (const World *world, GArray *stages)
{
  for (unsigned i = 0; i < stages->len; i++)
    {
      Stage *stage = &g_array_index (stages, Stage, i);

      find_spots (world, stage);
      for (unsigned k = 0; i == 0 && k < stage->n_spots; k++)
        stage->spots[k].cost = DISTANCE_WEIGHT * stage->spots[k].distance_m;
      for (unsigned k = 0; i > 0 && k < (stage - 1)->n_spots; k++)
        if (isfinite ((stage - 1)->spots[k].cost))
          go_from (world, stage - 1, k, stage);
      if (i > 0 && i + 1 < stages->len && find_best_spot (stage) == MAX_SPOTS)
        {
          (stage + 1)->leg_m += stage->leg_m;
          g_array_remove_index (stages, i--);
        }
    }
  return find_best_spot (&g_array_index (stages, Stage, stages->len - 1));
}

/* All links of a chain in their order (transfer full), and its first spot. */
static GArray *
read_chain (const GArray *stages, unsigned spot, const Spot **first)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (unsigned i = stages->len; i-- > 1;)
    {
      const Spot *here = &g_array_index (stages, Stage, i).spots[spot];

      if (here->links != NULL)
        g_array_prepend_vals (links, here->links->data, here->links->len);
      spot = here->before;
    }
  *first = &g_array_index (stages, Stage, 0).spots[spot];
  g_array_prepend_val (links, (*first)->link);
  return links;
}

static bool
is_covered (double covered_m, double length_m)
{
  return covered_m >= LEAST_COVER_M && (covered_m >= END_COVER_M || covered_m >= length_m / 2);
}

/* Which links of a chain are covered from begin_m to end_m, both from the begin of the first link.
 * A line that ends a few metres behind a junction does not mean the road there. */
static void
add_covered (const VolantRoads *roads, const GArray *chain, double begin_m, double end_m,
             GArray *links)
{
  double passed_m = 0.0;

  for (unsigned i = 0; i < chain->len; i++)
    {
      uint32_t link = g_array_index (chain, uint32_t, i);
      double length_m = link_length_m (roads, link);
      double covered_m = MIN (passed_m + length_m, end_m) - MAX (passed_m, begin_m);
      bool is_whole = passed_m >= begin_m && passed_m + length_m <= end_m;
      bool is_alone = passed_m <= begin_m && passed_m + length_m >= end_m;

      if (is_whole || is_alone || is_covered (covered_m, length_m))
        g_array_append_val (links, link);
      passed_m += length_m;
    }
}

/* The length of all links of a chain but the last. */
static double
chain_length_m (const VolantRoads *roads, const GArray *chain)
{
  double length_m = 0.0;

  for (unsigned i = 0; i + 1 < chain->len; i++)
    length_m += link_length_m (roads, g_array_index (chain, uint32_t, i));
  return length_m;
}

bool
volant_locate_line (const VolantRoads *roads, const VolantTurns *turns,
                    const VolantSnapIndex *index, const VolantPoint *points, uint32_t n_points,
                    double trim_start_m, double trim_end_m, GArray *links)
{
  const World world = { roads, turns, index };
  g_autoptr (GArray) stages = n_points > 1 ? choose_stages (points, n_points) : NULL;
  unsigned n_before = links->len, spot;

  if (stages == NULL)
    return false;
  spot = find_chain (&world, stages);
  if (spot < MAX_SPOTS)
    {
      const Spot *first, *last = &g_array_index (stages, Stage, stages->len - 1).spots[spot];
      g_autoptr (GArray) chain = read_chain (stages, spot, &first);

      double begin_m = first->at_m + trim_start_m;
      double end_m = chain_length_m (roads, chain) + last->at_m - trim_end_m;

      if (begin_m < end_m)
        add_covered (roads, chain, begin_m, end_m, links);
    }
  for (unsigned i = 0; i < stages->len; i++)
    for (unsigned k = 0; k < MAX_SPOTS; k++)
      g_clear_pointer (&g_array_index (stages, Stage, i).spots[k].links, g_array_unref);
  return links->len > n_before;
}

bool
volant_locate_point (const VolantRoads *roads, const VolantSnapIndex *index, VolantPoint point,
                     double bearing_deg, GArray *links)
{
  Wish wish = { .roads = roads };
  unsigned n_before = links->len;
  VolantSnap snap;
  double road_deg;

  if (!volant_snap_index_find (index, point, REACH_M, is_wished, &wish, &snap))
    return false;
  road_deg = segment_bearing_deg (roads, snap.segment, snap.along);
  for (unsigned direction = 0; direction < 2; direction++)
    {
      uint32_t link = 2 * snap.segment + direction;
      double turn_deg = volant_geo_turn_deg (bearing_deg,
                                             fmod (road_deg + 180.0 * direction, 360.0));

      if (is_for_motors (roads, link) &&
          (!isfinite (bearing_deg) || fabs (turn_deg) <= POINT_TURN_DEG))
        g_array_append_val (links, link);
    }
  return links->len > n_before;
}
