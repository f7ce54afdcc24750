/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/reach/reach.h"

#include "maps/routing/reach/reach-grid.h"

/* Keeps what is spent at the begin of every link; all answers are made of that. */

/* Pieces of a segment that were reached: from either end, and from the place of the start. */
#define MOST_SPANS 4

struct _VolantReach {
  VolantRouter *router;
  VolantMetric *metric;
  VolantEnd start;
  int64_t *link_values; /* at the begin of each link */
  uint32_t *link_costs; /* the same as the search counts it */
};

/* Shares of a segment from its begin (0) to its end (1). */
typedef struct {
  double begin;
  double end;
} Span;

typedef struct {
  Span spans[MOST_SPANS + 1];
  unsigned n;
} Spans;

/* What the roads of a limit are laid out with. */
typedef struct {
  const VolantReach *reach;
  int64_t limit;
  VolantPlane plane;
  VolantFlatPoint low;
  VolantFlatPoint high;
  VolantReachGrid *grid; /* NULL while the box is measured */
  double roads_m;
} Layout;

static const VolantRoads *
roads_of (const VolantReach *self)
{
  return volant_router_get_roads (self->router);
}

/* Searches from a snap; false where that leads to no other road. */
static bool
search (VolantReach *self, VolantFinder *finder, const VolantSnap *snap, double heading_deg,
        const uint32_t *start_costs)
{
  const VolantRoads *roads = roads_of (self);
  const VolantTurns *turns = volant_router_get_turns (self->router);
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (VolantWaySeed));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (VolantSeed));
  g_autofree uint32_t *costs = g_new (uint32_t, turns->n_states + 1);
  g_autoptr (VolantWayTree) tree = volant_way_tree_new (turns);
  bool has_main = false;

  self->start = volant_ends_on (self->router, self->metric, snap, true, heading_deg);
  for (unsigned i = 0; start_costs != NULL && i < self->start.n_spots; i++)
    self->start.spots[i].penalty = start_costs[self->start.spots[i].link];
  volant_way_seeds_add (seeds, roads, turns, self->metric, &self->start);
  for (unsigned i = 0; i < seeds->len; i++)
    {
      const VolantWaySeed *seed = &g_array_index (seeds, VolantWaySeed, i);

      g_array_append_vals (starts, &(VolantSeed) { seed->state, seed->cost }, 1);
    }
  volant_finder_reach (finder, self->metric, (VolantSeed *) starts->data, starts->len,
                       VOLANT_COST_NEVER - 1, costs);
  volant_way_tree_fill (tree, roads, turns, self->metric, (VolantWaySeed *) seeds->data, seeds->len,
                        costs);
  for (uint32_t link = 0; link < turns->n_links; link++)
    {
      self->link_values[link] = VOLANT_VALUE_NEVER;
      self->link_costs[link] = VOLANT_COST_NEVER;
    }
  for (uint32_t state = 0; state < turns->n_states; state++)
    if (tree->values[state] < VOLANT_VALUE_NEVER)
      {
        uint32_t link = volant_turns_state_link (turns, state);

        if (costs[state] < self->link_costs[link])
          {
            self->link_costs[link] = costs[state];
            self->link_values[link] = tree->peaks[state];
          }
        has_main = has_main || volant_router_is_main (self->router, self->metric->mode,
                                                      volant_link_segment (link));
      }
  return has_main;
}

static VolantReach *
reach_new (VolantRouter *router, VolantFinder *finder, VolantMetric *metric, VolantPoint from,
           double heading_deg, const uint32_t *start_costs, GError **error)
{
  VolantMode mode = metric->mode;
  VolantReach *self;
  VolantSnap nearest, connected;

  if (!volant_ends_snap (router, mode, NULL, from, &nearest, error))
    return NULL;
  self = g_new0 (VolantReach, 1);
  self->router = volant_router_ref (router);
  self->metric = volant_metric_ref (metric);
  self->link_values = g_new (int64_t, metric->n_links + 1);
  self->link_costs = g_new (uint32_t, metric->n_links + 1);
  if (!search (self, finder, &nearest, heading_deg, start_costs) &&
      volant_ends_snap_main (router, mode, NULL, from, &nearest, &connected))
    search (self, finder, &connected, heading_deg, start_costs);
  return self;
}

VolantReach *
volant_reach_new (VolantRouter *router, VolantFinder *finder, VolantMetric *metric,
                  VolantPoint from, double heading_deg, GError **error)
{
  return reach_new (router, finder, metric, from, heading_deg, NULL, error);
}

VolantReach *
volant_reach_new_energy (VolantRouter *router, VolantFinder *finder,
                         const VolantEnergyCosts *costs, VolantPoint from, GError **error)
{
  return reach_new (router, finder, costs->energy, from, NAN, costs->start_mwh, error);
}

void
volant_reach_free (VolantReach *self)
{
  if (self == NULL)
    return;
  g_free (self->link_values);
  g_free (self->link_costs);
  volant_metric_unref (self->metric);
  volant_router_unref (self->router);
  g_free (self);
}

/* The share of a link that one gets along with what is left; downhill all of it. */
static double
share_of (int64_t left, int64_t link_value, double length)
{
  double whole = (double) link_value * length;

  if (left < 0)
    return -1.0;
  return whole <= (double) left ? length : length * (double) left / whole;
}

static void
add_span (Spans *spans, double begin, double end, bool is_backward)
{
  if (end < begin)
    return;
  if (is_backward)
    spans->spans[spans->n++] = (Span) { 1.0 - end, 1.0 - begin };
  else
    spans->spans[spans->n++] = (Span) { begin, end };
}

static int
compare_spans (const void *a, const void *b)
{
  const Span *one = a, *other = b;

  return (one->begin > other->begin) - (one->begin < other->begin);
}

static void
join_spans (Spans *spans)
{
  unsigned n = 0;

  if (spans->n > 1)
    qsort (spans->spans, spans->n, sizeof (Span), compare_spans);
  for (unsigned i = 0; i < spans->n; i++)
    {
      Span *last = n > 0 ? &spans->spans[n - 1] : NULL;

      if (last != NULL && spans->spans[i].begin <= last->end)
        last->end = MAX (last->end, spans->spans[i].end);
      else
        spans->spans[n++] = spans->spans[i];
    }
  spans->n = n;
}

/* The parts of a segment within a limit, from its begin to its end. */
static Spans
find_spans (const VolantReach *self, uint32_t segment, int64_t limit)
{
  const VolantRoads *roads = roads_of (self);
  Spans spans = { .n = 0 };

  for (unsigned i = 0; i < 2; i++)
    {
      uint32_t link = 2 * segment + i;
      int64_t begin = self->link_values[link];

      if (begin <= limit && self->metric->link_costs[link] < VOLANT_COST_NEVER)
        add_span (&spans, 0.0,
                  share_of (limit - begin, volant_way_link_value (roads, self->metric, link), 1.0),
                  i == 1);
    }
  for (unsigned i = 0; i < self->start.n_spots; i++)
    {
      const VolantSpot *spot = &self->start.spots[i];
      double at = (double) spot->at_mm / roads->segments[segment].length_mm;
      int64_t value;

      if (volant_link_segment (spot->link) != segment)
        continue;
      value = volant_way_link_value (roads, self->metric, spot->link);
      add_span (&spans, at, at + share_of (limit, value, 1.0 - at), spot->link & 1);
    }
  join_spans (&spans);
  return spans;
}

static void
lay_piece (Layout *layout, bool is_reached, VolantFlatPoint a, VolantFlatPoint b)
{
  if (is_reached)
    {
      layout->low.x_m = MIN (layout->low.x_m, MIN (a.x_m, b.x_m));
      layout->low.y_m = MIN (layout->low.y_m, MIN (a.y_m, b.y_m));
      layout->high.x_m = MAX (layout->high.x_m, MAX (a.x_m, b.x_m));
      layout->high.y_m = MAX (layout->high.y_m, MAX (a.y_m, b.y_m));
    }
  if (layout->grid != NULL)
    volant_reach_grid_add (layout->grid, is_reached, a, b);
}

/* The line of a part of a segment, laid out flat. */
static void
lay_span (Layout *layout, const VolantSegment *segment, bool is_reached, Span span)
{
  const VolantPoint *points = roads_of (layout->reach)->points + segment->first_point;
  double total_m = 0.0, passed_m = 0.0;

  for (uint32_t i = 0; i + 1 < segment->n_points; i++)
    total_m += volant_geo_distance_m (points[i], points[i + 1]);
  for (uint32_t i = 0; i + 1 < segment->n_points; i++)
    {
      VolantFlatPoint a = volant_plane_flatten (&layout->plane, points[i]);
      VolantFlatPoint b = volant_plane_flatten (&layout->plane, points[i + 1]);
      double piece_m = volant_geo_distance_m (points[i], points[i + 1]);
      double from_m = MAX (span.begin * total_m - passed_m, 0.0);
      double to_m = MIN (span.end * total_m - passed_m, piece_m);
      double per_m = piece_m > 0.0 ? 1.0 / piece_m : 0.0;

      if (from_m <= to_m)
        lay_piece (layout, is_reached,
                   (VolantFlatPoint) { a.x_m + (b.x_m - a.x_m) * from_m * per_m,
                                       a.y_m + (b.y_m - a.y_m) * from_m * per_m },
                   (VolantFlatPoint) { a.x_m + (b.x_m - a.x_m) * to_m * per_m,
                                       a.y_m + (b.y_m - a.y_m) * to_m * per_m });
      passed_m += piece_m;
    }
}

/* What was reached, and what lies between and counts against it. */
static void
lay_segment (Layout *layout, uint32_t index)
{
  const VolantReach *self = layout->reach;
  const VolantSegment *segment = &roads_of (self)->segments[index];
  Spans spans = find_spans (self, index, layout->limit);
  double free_from = 0.0;

  for (unsigned i = 0; i < spans.n; i++)
    {
      lay_span (layout, segment, true, spans.spans[i]);
      layout->roads_m += (spans.spans[i].end - spans.spans[i].begin) * segment->length_mm / 1000.0;
      if (layout->grid != NULL && spans.spans[i].begin > free_from)
        lay_span (layout, segment, false, (Span) { free_from, spans.spans[i].begin });
      free_from = spans.spans[i].end;
    }
  if (layout->grid != NULL && free_from < 1.0)
    lay_span (layout, segment, false, (Span) { free_from, 1.0 });
}

static void
lay_roads (Layout *layout)
{
  const VolantReach *self = layout->reach;

  layout->roads_m = 0.0;
  for (uint32_t i = 0; i < roads_of (self)->n_segments; i++)
    if (self->metric->link_costs[2 * i] < VOLANT_COST_NEVER ||
        self->metric->link_costs[2 * i + 1] < VOLANT_COST_NEVER)
      lay_segment (layout, i);
}

static VolantPoint
start_point (const VolantReach *self)
{
  const VolantRoads *roads = roads_of (self);

  return roads->points[roads->segments[volant_link_segment (self->start.spots[0].link)]
                         .first_point];
}

static double
ring_area_m2 (const VolantPlane *plane, const GArray *ring)
{
  g_autoptr (GArray) flat = g_array_new (FALSE, FALSE, sizeof (VolantFlatPoint));

  for (unsigned i = 0; i < ring->len; i++)
    {
      VolantFlatPoint point =
        volant_plane_flatten (plane, g_array_index (ring, VolantPoint, i));

      g_array_append_val (flat, point);
    }
  return volant_contour_area_m2 (flat);
}

static void
measure_area (const VolantReach *self, const VolantPlane *plane, VolantReachArea *area)
{
  for (unsigned i = 0; i < area->polygons->len; i++)
    {
      const VolantPolygon *polygon = area->polygons->pdata[i];

      for (unsigned k = 0; k < polygon->rings->len; k++)
        area->area_m2 += ring_area_m2 (plane, polygon->rings->pdata[k]);
    }
  for (uint32_t i = 0; i < roads_of (self)->n_junctions; i++)
    area->n_junctions += volant_reach_get_junction (self, i) <= area->limit;
}

VolantReachArea *
volant_reach_get_area (const VolantReach *self, int64_t limit)
{
  VolantReachArea *area = g_new0 (VolantReachArea, 1);
  Layout layout = { self, limit, volant_plane_at (start_point (self)), { 1e9, 1e9 },
                    { -1e9, -1e9 }, NULL, 0.0 };
  g_autoptr (VolantReachGrid) grid = NULL;
  g_autoptr (GPtrArray) rings = NULL;

  area->limit = limit;
  lay_roads (&layout);
  if (layout.low.x_m > layout.high.x_m)
    {
      area->polygons = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_polygon_free);
      return area;
    }
  layout.grid = grid = volant_reach_grid_new (layout.low, layout.high);
  lay_roads (&layout);
  volant_reach_grid_finish (grid);
  rings = volant_contour_trace (&grid->grid);
  area->polygons = volant_polygon_from_rings (rings, &layout.plane, grid->tolerance_m);
  area->roads_m = layout.roads_m;
  measure_area (self, &layout.plane, area);
  return area;
}

void
volant_reach_area_free (VolantReachArea *area)
{
  if (area == NULL)
    return;
  g_ptr_array_unref (area->polygons);
  g_free (area);
}

bool
volant_reach_area_contains (const VolantReachArea *area, VolantPoint point)
{
  for (unsigned i = 0; i < area->polygons->len; i++)
    if (volant_polygon_contains (area->polygons->pdata[i], point))
      return true;
  return false;
}

/* By the end of a link that leads here, or the begin of one that leads on. */
int64_t
volant_reach_get_junction (const VolantReach *self, uint32_t junction)
{
  const VolantRoads *roads = roads_of (self);
  int64_t least = VOLANT_VALUE_NEVER;

  for (uint32_t i = roads->first_out[junction]; i < roads->first_out[junction + 1]; i++)
    {
      uint32_t link = volant_link_reverse (roads->out_links[i]);
      int64_t begin = self->link_values[link];

      if (self->metric->link_costs[link] >= VOLANT_COST_NEVER)
        continue;
      if (begin < VOLANT_VALUE_NEVER)
        least = MIN (least, MAX (begin, begin + volant_way_link_value (roads, self->metric, link)));
      for (unsigned k = 0; k < self->start.n_spots; k++)
        if (self->start.spots[k].link == link)
          {
            uint32_t length_mm = roads->segments[volant_link_segment (link)].length_mm;
            int64_t value = volant_way_link_value (roads, self->metric, link);

            value -= value * self->start.spots[k].at_mm / length_mm;
            least = MIN (least, MAX (value, 0));
          }
    }
  return least;
}

/* Of the ways to a spot, by its link's begin or straight from the start, the one that the search
 * holds for cheaper. */
static void
find_value (const VolantReach *self, const VolantSpot *spot, uint32_t *least_cost, int64_t *least)
{
  const VolantRoads *roads = roads_of (self);
  uint32_t length_mm = roads->segments[volant_link_segment (spot->link)].length_mm;
  int64_t value = volant_way_link_value (roads, self->metric, spot->link);
  int64_t begin = self->link_values[spot->link];
  uint32_t cost = volant_cost_add (self->link_costs[spot->link], spot->at_cost);

  if (cost < *least_cost)
    {
      *least_cost = cost;
      *least = begin + MAX (value * spot->at_mm / length_mm, 0);
    }
  for (unsigned i = 0; i < self->start.n_spots; i++)
    {
      const VolantSpot *start = &self->start.spots[i];

      if (start->link != spot->link || start->at_mm > spot->at_mm)
        continue;
      cost = volant_cost_add (spot->at_cost - start->at_cost, start->penalty);
      if (cost <= *least_cost)
        {
          *least_cost = cost;
          *least = MAX (value * spot->at_mm / length_mm - value * start->at_mm / length_mm, 0);
        }
    }
}

int64_t
volant_reach_get_point (const VolantReach *self, VolantPoint point)
{
  int64_t least = VOLANT_VALUE_NEVER;
  uint32_t least_cost = VOLANT_COST_NEVER;
  VolantSnap snap;
  VolantEnd end;

  if (!volant_ends_snap (self->router, self->metric->mode, self->metric, point, &snap, NULL))
    return least;
  end = volant_ends_on (self->router, self->metric, &snap, false, NAN);
  for (unsigned i = 0; i < end.n_spots; i++)
    find_value (self, &end.spots[i], &least_cost, &least);
  return least;
}
