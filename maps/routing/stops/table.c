/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/stops/table.h"

#include "maps/routing/plan/ways.h"
#include "maps/routing/reach/way-tree.h"

/* First between the nearest roads; then, for what was not reached, between the nearest of the roads
 * that are all connected: as volant_router_query_distance does it, pair by pair. */

/* A table under way. */
typedef struct {
  VolantTable *table;
  VolantFinder *finder;
  const VolantMetric *metric;
  const VolantRoads *roads;
  const VolantTurns *turns;
  GArray *rows;       /* unsigned: stops to begin at */
  GArray *columns;    /* unsigned: stops to come to */
  GArray *from_ends;  /* VolantEnd, as rows */
  GArray *to_ends;
} Filling;

/* One walk's memory. */
typedef struct {
  VolantWayTree *tree;
  uint32_t *costs;
  uint32_t *best_states; /* of each link; UINT32_MAX where it was not reached */
  GArray *way_seeds;
  GArray *seeds;
} Walk;

static bool
has_entries (const VolantRoads *roads, VolantMode mode)
{
  for (uint32_t i = 0; mode != VOLANT_MODE_FOOT && i < roads->n_segments; i++)
    if ((roads->segments[i].flags & VOLANT_ROAD_FLAG_DESTINATION_ONLY) &&
        ((roads->segments[i].access[0] | roads->segments[i].access[1]) & VOLANT_MODE_BIT (mode)))
      return true;
  return false;
}

static void
list_ends (const VolantStops *stops, const VolantMetric *metric, bool is_start, bool is_connected,
           const bool *wanted, GArray *indices, GArray *ends)
{
  for (unsigned i = 0; i < volant_stops_get_n (stops); i++)
    {
      VolantEnd end;

      if ((wanted != NULL && !wanted[i]) ||
          !volant_stops_get_end (stops, i, metric, is_start, is_connected, &end))
        continue;
      g_array_append_val (indices, i);
      g_array_append_val (ends, end);
    }
}

/* The way along one link, without its end; never where the links differ or the target is behind. */
static uint32_t
direct_cost (const VolantEnd *from, const VolantEnd *to, uint32_t *time_ms, uint32_t *length_mm)
{
  uint32_t best = VOLANT_COST_NEVER;

  for (unsigned i = 0; i < from->n_spots; i++)
    for (unsigned k = 0; k < to->n_spots; k++)
      {
        const VolantSpot *a = &from->spots[i], *b = &to->spots[k];
        uint32_t cost = volant_cost_add (b->at_cost - a->at_cost, a->penalty);

        if (a->link != b->link || b->at_mm < a->at_mm || cost >= best)
          continue;
        best = cost;
        *time_ms = b->at_cost - a->at_cost;
        *length_mm = b->at_mm - a->at_mm;
      }
  return best;
}

static void
put (Filling *self, unsigned row, unsigned column, uint32_t time_ms, uint32_t length_mm)
{
  size_t at = (size_t) g_array_index (self->rows, unsigned, row) * self->table->n_to +
              g_array_index (self->columns, unsigned, column);

  if (self->table->times_ms[at] != VOLANT_TIME_NEVER_MS || time_ms == VOLANT_TIME_NEVER_MS)
    return;
  self->table->times_ms[at] = time_ms;
  if (self->table->lengths_mm != NULL)
    self->table->lengths_mm[at] = length_mm;
}

static bool
has_penalty (const GArray *ends)
{
  for (unsigned i = 0; i < ends->len; i++)
    {
      const VolantEnd *end = &g_array_index (ends, VolantEnd, i);

      for (unsigned k = 0; k < end->n_spots; k++)
        if (end->spots[k].penalty > 0)
          return true;
    }
  return false;
}

/* All at once, where what the search counts is what a clock shows. */
static void
fill_by_finder (Filling *self)
{
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (VolantSeed));
  g_autoptr (GArray) goals = g_array_new (FALSE, FALSE, sizeof (VolantGoal));
  g_autofree uint32_t *first_seed = g_new (uint32_t, self->rows->len + 1);
  g_autofree uint32_t *first_goal = g_new (uint32_t, self->columns->len + 1);
  g_autofree uint32_t *costs = g_new (uint32_t, (size_t) self->rows->len * self->columns->len + 1);
  VolantSources sources = { self->rows->len, first_seed, NULL };
  VolantTargets targets = { self->columns->len, first_goal, NULL };

  for (unsigned i = 0; i < self->rows->len; i++)
    {
      first_seed[i] = seeds->len;
      volant_ways_add_seeds (self->turns, self->metric,
                             &g_array_index (self->from_ends, VolantEnd, i), seeds, NULL);
    }
  for (unsigned i = 0; i < self->columns->len; i++)
    {
      first_goal[i] = goals->len;
      volant_ways_add_goals (&g_array_index (self->to_ends, VolantEnd, i), goals);
    }
  first_seed[self->rows->len] = seeds->len;
  first_goal[self->columns->len] = goals->len;
  sources.seeds = (VolantSeed *) seeds->data;
  targets.goals = (VolantGoal *) goals->data;
  volant_finder_table (self->finder, self->metric, &sources, &targets, costs);
  for (unsigned row = 0; row < self->rows->len; row++)
    for (unsigned column = 0; column < self->columns->len; column++)
      {
        uint32_t time_ms = 0, length_mm = 0;
        uint32_t cost = costs[(size_t) row * self->columns->len + column];
        uint32_t direct = direct_cost (&g_array_index (self->from_ends, VolantEnd, row),
                                       &g_array_index (self->to_ends, VolantEnd, column),
                                       &time_ms, &length_mm);

        if (direct < VOLANT_COST_NEVER && direct <= cost)
          cost = time_ms;
        put (self, row, column, cost, 0);
      }
}

/* From one end to everywhere. */
static void
walk_from (Filling *self, Walk *walk, const VolantEnd *from)
{
  g_array_set_size (walk->way_seeds, 0);
  g_array_set_size (walk->seeds, 0);
  volant_way_seeds_add (walk->way_seeds, self->roads, self->turns, self->metric, from);
  for (unsigned i = 0; i < walk->way_seeds->len; i++)
    {
      const VolantWaySeed *seed = &g_array_index (walk->way_seeds, VolantWaySeed, i);

      g_array_append_vals (walk->seeds, &(VolantSeed) { seed->state, seed->cost }, 1);
    }
  volant_finder_reach (self->finder, self->metric, (VolantSeed *) walk->seeds->data,
                       walk->seeds->len, VOLANT_COST_NEVER - 1, walk->costs);
  volant_way_tree_fill (walk->tree, self->roads, self->turns, self->metric,
                        (VolantWaySeed *) walk->way_seeds->data, walk->way_seeds->len, walk->costs);
  for (uint32_t link = 0; link < self->turns->n_links; link++)
    walk->best_states[link] = walk->costs[link] < VOLANT_COST_NEVER ? link : UINT32_MAX;
  for (uint32_t state = self->turns->n_links; state < self->turns->n_states; state++)
    {
      uint32_t *best = &walk->best_states[volant_turns_state_link (self->turns, state)];

      if (walk->costs[state] < (*best == UINT32_MAX ? VOLANT_COST_NEVER : walk->costs[*best]))
        *best = state;
    }
}

static void
put_walked (Filling *self, const Walk *walk, unsigned row, unsigned column)
{
  const VolantEnd *from = &g_array_index (self->from_ends, VolantEnd, row);
  const VolantEnd *to = &g_array_index (self->to_ends, VolantEnd, column);
  uint32_t time_ms = VOLANT_TIME_NEVER_MS, length_mm = 0;
  uint32_t best = direct_cost (from, to, &time_ms, &length_mm);

  for (unsigned i = 0; i < to->n_spots; i++)
    {
      const VolantSpot *spot = &to->spots[i];
      uint32_t state = walk->best_states[spot->link];
      uint32_t cost = state == UINT32_MAX ? VOLANT_COST_NEVER
                                          : volant_cost_add (walk->costs[state], spot->at_cost);

      if (cost >= best)
        continue;
      best = cost;
      time_ms = (uint32_t) MIN (walk->tree->values[state] + spot->at_cost, VOLANT_TIME_NEVER_MS);
      length_mm = (uint32_t) MIN ((uint64_t) walk->tree->lengths_mm[state] + spot->at_mm,
                                  UINT32_MAX);
    }
  put (self, row, column, time_ms, length_mm);
}

static void
fill_by_walks (Filling *self)
{
  uint32_t n_states = self->turns->n_states;
  Walk walk = { volant_way_tree_new (self->turns), g_new (uint32_t, n_states + 1),
                g_new (uint32_t, n_states + 1), g_array_new (FALSE, FALSE, sizeof (VolantWaySeed)),
                g_array_new (FALSE, FALSE, sizeof (VolantSeed)) };

  for (unsigned row = 0; row < self->rows->len; row++)
    {
      walk_from (self, &walk, &g_array_index (self->from_ends, VolantEnd, row));
      for (unsigned column = 0; column < self->columns->len; column++)
        put_walked (self, &walk, row, column);
    }
  volant_way_tree_free (walk.tree);
  g_free (walk.costs);
  g_free (walk.best_states);
  g_array_unref (walk.way_seeds);
  g_array_unref (walk.seeds);
}

/* Between the stops wanted (NULL for all) that have such an end. */
static void
fill (Filling *self, const VolantStops *from, const VolantStops *to, bool is_connected,
      const bool *rows, const bool *columns)
{
  bool is_plain = self->table->lengths_mm == NULL && !has_entries (self->roads, self->metric->mode);

  g_array_set_size (self->rows, 0);
  g_array_set_size (self->columns, 0);
  g_array_set_size (self->from_ends, 0);
  g_array_set_size (self->to_ends, 0);
  list_ends (from, self->metric, true, is_connected, rows, self->rows, self->from_ends);
  list_ends (to, self->metric, false, is_connected, columns, self->columns, self->to_ends);
  if (is_plain && !has_penalty (self->from_ends))
    fill_by_finder (self);
  else
    fill_by_walks (self);
}

/* Which stops on the map are not reached, or do not reach, another. */
static bool
find_unreached (const VolantTable *table, const VolantStops *from, const VolantStops *to,
                bool *rows, bool *columns)
{
  bool is_any = false;

  for (unsigned row = 0; row < table->n_from; row++)
    for (unsigned column = 0; column < table->n_to; column++)
      if (volant_table_get_ms (table, row, column) == VOLANT_TIME_NEVER_MS &&
          volant_stops_is_on_map (from, row) && volant_stops_is_on_map (to, column))
        is_any = rows[row] = columns[column] = true;
  return is_any;
}

VolantTable *
volant_table_new (VolantFinder *finder, const VolantMetric *metric, const VolantStops *from,
                  const VolantStops *to, bool with_lengths)
{
  VolantRouter *router = volant_stops_get_router (from);
  VolantTable *table = g_new0 (VolantTable, 1);
  Filling filling = { table, finder, metric, volant_router_get_roads (router),
                      volant_router_get_turns (router),
                      g_array_new (FALSE, FALSE, sizeof (unsigned)),
                      g_array_new (FALSE, FALSE, sizeof (unsigned)),
                      g_array_new (FALSE, FALSE, sizeof (VolantEnd)),
                      g_array_new (FALSE, FALSE, sizeof (VolantEnd)) };
  g_autofree bool *rows = g_new0 (bool, volant_stops_get_n (from) + 1);
  g_autofree bool *columns = g_new0 (bool, volant_stops_get_n (to) + 1);
  size_t n;

  table->n_from = volant_stops_get_n (from);
  table->n_to = volant_stops_get_n (to);
  n = (size_t) table->n_from * table->n_to;
  table->times_ms = g_new (uint32_t, n + 1);
  table->lengths_mm = with_lengths ? g_new0 (uint32_t, n + 1) : NULL;
  for (size_t i = 0; i < n; i++)
    table->times_ms[i] = VOLANT_TIME_NEVER_MS;
  fill (&filling, from, to, false, NULL, NULL);
  if (find_unreached (table, from, to, rows, columns))
    fill (&filling, from, to, true, rows, columns);
  g_array_unref (filling.rows);
  g_array_unref (filling.columns);
  g_array_unref (filling.from_ends);
  g_array_unref (filling.to_ends);
  return table;
}

void
volant_table_free (VolantTable *table)
{
  if (table == NULL)
    return;
  g_free (table->times_ms);
  g_free (table->lengths_mm);
  g_free (table);
}
