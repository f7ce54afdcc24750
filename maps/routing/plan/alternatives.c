/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/alternatives.h"

#include <string.h>

/* The costs from the start to every state and from every state to the target make two trees. Where
 * they run along the same arcs lies a plateau; the way from the start to it, along it and on to the
 * target is best up to its end and best from its begin: whatever piece of it could be bettered is
 * longer than the plateau. So the long plateaus give the ways worth looking at, and no search is
 * needed to see that such a way has no silly corners. Of these the admissible ones are taken, the
 * quickest with the least in common first.
 *
 * What the search counts besides time (a private road at the end, what is avoided) is paid by all
 * ways alike and says nothing about how they differ: ways are measured by the clock. */

#define NONE UINT32_MAX
#define SEED_BIT UINT32_C (0x80000000)
#define MOST_CANDIDATES 64

typedef struct {
  VolantWay way;
  double time;     /* ms, links and turns */
  double links;    /* ms, its links alone */
  double plateau;  /* ms */
  double rank;
} Candidate;

typedef struct {
  const VolantRouter *router;
  const VolantRoads *roads;
  const VolantTurns *turns;
  const VolantMetric *clock;
  const VolantMetric *metric;
  const VolantEnd *from;
  const VolantEnd *to;
  const VolantWay *best;
  uint32_t limit;       /* of costs */
  double best_time;     /* ms, links and turns */
  double best_links;    /* ms, its links alone */
  unsigned first_seed[3];
  uint32_t *ahead;      /* cost from the start to the begin of each state */
  uint32_t *behind;     /* and from there to the target */
  uint32_t *parent;     /* the state before; SEED_BIT and the seed's index; NONE */
  uint32_t *next;       /* the state after; SEED_BIT and the goal's index; NONE */
  uint32_t *plateau;    /* the state after on the same plateau, NONE at its end */
  uint8_t *is_inner;    /* whether a state has one before it on its plateau */
  uint32_t *in_best;    /* by link: 1 + where it stands in the best way, 0 where it does not */
  uint8_t *taken;       /* by link: whether a way chosen already uses it */
  GArray *candidates;   /* Candidate */
} Finder;

static double
link_ms (const Finder *self, uint32_t link)
{
  return volant_metric_cost_on (self->clock, link);
}

static void
reach_both (Finder *self, VolantFinder *finder)
{
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (VolantSeed));
  g_autoptr (GArray) goals = g_array_new (FALSE, FALSE, sizeof (VolantGoal));

  volant_ways_add_seeds (self->turns, self->metric, self->from, seeds, self->first_seed);
  volant_ways_add_goals (self->to, goals);
  volant_finder_reach (finder, self->metric, (VolantSeed *) seeds->data, seeds->len, self->limit,
                       self->ahead);
  volant_finder_reach_back (finder, self->metric, (VolantGoal *) goals->data, goals->len,
                            self->limit, self->behind);
  memset (self->parent, 0xff, self->turns->n_states * sizeof (uint32_t));
  memset (self->next, 0xff, self->turns->n_states * sizeof (uint32_t));
  memset (self->plateau, 0xff, self->turns->n_states * sizeof (uint32_t));
  for (unsigned i = 0; i < seeds->len; i++)
    {
      VolantSeed seed = g_array_index (seeds, VolantSeed, i);

      if (self->ahead[seed.state] == seed.ms)
        self->parent[seed.state] = SEED_BIT | i;
    }
}

static bool
is_near (const Finder *self, uint32_t state)
{
  return volant_cost_add (self->ahead[state], self->behind[state]) <= self->limit;
}

static void
mark_goal (Finder *self, uint32_t state)
{
  uint32_t link = volant_turns_state_link (self->turns, state);

  for (unsigned i = 0; i < self->to->n_spots; i++)
    if (self->to->spots[i].link == link && self->to->spots[i].at_cost == self->behind[state])
      self->next[state] = SEED_BIT | i;
}

/* Sets parents and followers of a state's arcs that are tight in either tree, and the plateau where
 * one is in both. Every cost is at least 1, so no tree runs in a circle. */
static void
look_at_state (Finder *self, uint32_t state)
{
  const VolantTurns *turns = self->turns;
  uint32_t link_cost = self->metric->link_costs[volant_turns_state_link (turns, state)];

  mark_goal (self, state);
  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    {
      uint32_t head = turns->heads[arc];
      uint32_t cost = volant_cost_add (link_cost, self->metric->turn_costs[arc]);
      bool is_ahead, is_behind;

      if (cost == VOLANT_COST_NEVER || !is_near (self, head))
        continue;
      is_ahead = self->parent[head] == NONE && self->ahead[state] + cost == self->ahead[head];
      is_behind = self->next[state] == NONE && self->behind[head] + cost == self->behind[state];
      if (is_ahead)
        self->parent[head] = state;
      if (is_behind)
        self->next[state] = head;
      if (is_ahead && is_behind)
        {
          self->plateau[state] = head;
          self->is_inner[head] = 1;
        }
    }
}

/* The links of the way over a plateau, and the ends it begins and ends with. */
static void
write_way (const Finder *self, uint32_t first, VolantWay *way)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t state = first;
  unsigned spot = 0;

  for (; !(self->parent[state] & SEED_BIT); state = self->parent[state])
    g_array_append_val (before, state);
  g_array_append_val (before, state);
  g_assert (self->parent[state] != NONE);
  while ((self->parent[state] & ~SEED_BIT) >= self->first_seed[spot + 1])
    spot++;
  *way = (VolantWay) { .links = g_array_new (FALSE, FALSE, sizeof (uint32_t)),
                       .begin_mm = self->from->spots[spot].at_mm };
  g_array_append_val (way->links, self->from->spots[spot].link);
  for (unsigned i = before->len; i-- > 0;)
    {
      uint32_t link = volant_turns_state_link (self->turns, g_array_index (before, uint32_t, i));

      g_array_append_val (way->links, link);
    }
  for (state = first; !(self->next[state] & SEED_BIT);)
    {
      uint32_t link;

      state = self->next[state];
      link = volant_turns_state_link (self->turns, state);
      g_array_append_val (way->links, link);
    }
  g_assert (self->next[state] != NONE);
  way->end_mm = self->to->spots[self->next[state] & ~SEED_BIT].at_mm;
}

/* Time of a way's links that chosen ways use too. */
static double
shared_ms (const Finder *self, const VolantWay *way)
{
  double ms = 0.0;

  for (unsigned i = 0; i < way->links->len; i++)
    if (self->taken[g_array_index (way->links, uint32_t, i)])
      ms += link_ms (self, g_array_index (way->links, uint32_t, i));
  return ms;
}

static double
links_ms (const Finder *self, const VolantWay *way, unsigned first, unsigned after)
{
  double ms = 0.0;

  for (unsigned i = first; i < after; i++)
    ms += link_ms (self, g_array_index (way->links, uint32_t, i));
  return ms;
}

/* Whether each stretch that leaves the best way comes back to it further on, and in good time. */
static bool
has_fair_detours (const Finder *self, const VolantWay *way)
{
  unsigned n_links = way->links->len, n_best = self->best->links->len;
  unsigned left_at = 0; /* links of the best way that are behind one */

  for (unsigned i = 0; i < n_links;)
    {
      unsigned begin = i, back_at;

      while (i < n_links && self->in_best[g_array_index (way->links, uint32_t, i)] == 0)
        i++;
      back_at = i < n_links ? self->in_best[g_array_index (way->links, uint32_t, i)] - 1 : n_best;
      if (back_at < left_at)
        return false;
      if (i > begin && links_ms (self, way, begin, i) >
                         VOLANT_ALTERNATIVE_DETOUR_STRETCH *
                           links_ms (self, self->best, left_at, back_at))
        return false;
      left_at = back_at + 1;
      i++;
    }
  return true;
}

/* How often a way comes to a junction where it was before. */
static unsigned
count_returns (const Finder *self, const VolantWay *way)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  unsigned n_returns = 0;

  for (unsigned i = 0; i + 1 < way->links->len; i++)
    n_returns += !g_hash_table_add (
      seen, GUINT_TO_POINTER (volant_roads_link_to (self->roads,
                                                    g_array_index (way->links, uint32_t, i))));
  return n_returns;
}

static bool
is_admissible (const Finder *self, const Candidate *candidate)
{
  return candidate->time <= VOLANT_ALTERNATIVE_STRETCH * self->best_time &&
         shared_ms (self, &candidate->way) <= VOLANT_ALTERNATIVE_SHARING * self->best_links &&
         count_returns (self, &candidate->way) <= count_returns (self, self->best) &&
         has_fair_detours (self, &candidate->way);
}

static void
add_candidate (Finder *self, uint32_t first, double plateau_ms)
{
  Candidate candidate = { .plateau = plateau_ms };
  uint32_t time_ms, length_mm;

  write_way (self, first, &candidate.way);
  volant_way_measure (self->router, self->clock, &candidate.way, &time_ms, &length_mm);
  candidate.time = time_ms;
  if (!is_admissible (self, &candidate))
    {
      volant_way_clear (&candidate.way);
      return;
    }
  candidate.rank = 2.0 * candidate.time + shared_ms (self, &candidate.way) - plateau_ms;
  g_array_append_val (self->candidates, candidate);
}

static void
find_candidates (Finder *self)
{
  for (uint32_t state = 0; state < self->turns->n_states; state++)
    if (is_near (self, state))
      look_at_state (self, state);
  for (uint32_t state = 0;
       state < self->turns->n_states && self->candidates->len < MOST_CANDIDATES; state++)
    {
      double plateau_ms = 0.0;

      if (self->is_inner[state] || self->plateau[state] == NONE)
        continue;
      for (uint32_t at = state; at != NONE; at = self->plateau[at])
        plateau_ms += link_ms (self, volant_turns_state_link (self->turns, at));
      if (plateau_ms >= VOLANT_ALTERNATIVE_OPTIMALITY * self->best_links)
        add_candidate (self, state, plateau_ms);
    }
}

static int
compare_ranks (const void *a, const void *b)
{
  double first = ((const Candidate *) a)->rank, second = ((const Candidate *) b)->rank;

  return (first > second) - (first < second);
}

static void
take_links (Finder *self, const VolantWay *way)
{
  for (unsigned i = 0; i < way->links->len; i++)
    self->taken[g_array_index (way->links, uint32_t, i)] = 1;
}

/* The best rank first; each must differ from all before it. */
static void
choose (Finder *self, unsigned n_most, GArray *ways)
{
  unsigned n_chosen = 0;

  g_array_sort (self->candidates, compare_ranks);
  for (unsigned i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (self->candidates, Candidate, i);

      if (n_chosen == n_most ||
          shared_ms (self, &candidate->way) > VOLANT_ALTERNATIVE_SHARING * self->best_links)
        {
          volant_way_clear (&candidate->way);
          continue;
        }
      take_links (self, &candidate->way);
      g_array_append_val (ways, candidate->way);
      n_chosen++;
    }
}

static void
measure_best (Finder *self, uint32_t cost)
{
  uint32_t time_ms, length_mm;

  volant_way_measure (self->router, self->clock, self->best, &time_ms, &length_mm);
  self->best_time = time_ms;
  self->best_links = links_ms (self, self->best, 0, self->best->links->len);
  self->limit = (uint32_t) MIN (cost + (VOLANT_ALTERNATIVE_STRETCH - 1.0) * time_ms,
                                VOLANT_COST_NEVER - 1.0);
  take_links (self, self->best);
  for (unsigned i = self->best->links->len; i-- > 0;)
    self->in_best[g_array_index (self->best->links, uint32_t, i)] = i + 1;
}

/* Alternatives are no good to one who must first get out of a closed road. */
static bool
begins_openly (const VolantMetric *metric, const VolantEnd *from)
{
  for (unsigned i = 0; i < from->n_spots; i++)
    if (volant_metric_is_closed (metric, from->spots[i].link))
      return false;
  return true;
}

void
volant_alternatives_find (VolantFinder *finder, const VolantRouter *router,
                          const VolantCosts *costs, const VolantEnd *from, const VolantEnd *to,
                          const VolantWay *best, uint32_t cost, unsigned n_most, GArray *ways)
{
  const VolantTurns *turns = volant_router_get_turns (router);
  Finder self = { .router = router, .roads = volant_router_get_roads (router), .turns = turns,
                  .clock = costs->clock, .metric = costs->search, .from = from, .to = to,
                  .best = best };

  if (n_most == 0 || best->links->len < 2 || !begins_openly (costs->search, from))
    return;
  self.ahead = g_new (uint32_t, turns->n_states + 1);
  self.behind = g_new (uint32_t, turns->n_states + 1);
  self.parent = g_new (uint32_t, turns->n_states + 1);
  self.next = g_new (uint32_t, turns->n_states + 1);
  self.plateau = g_new (uint32_t, turns->n_states + 1);
  self.is_inner = g_new0 (uint8_t, turns->n_states + 1);
  self.in_best = g_new0 (uint32_t, turns->n_links + 1);
  self.taken = g_new0 (uint8_t, turns->n_links + 1);
  self.candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  measure_best (&self, cost);
  reach_both (&self, finder);
  find_candidates (&self);
  choose (&self, n_most, ways);
  g_array_unref (self.candidates);
  g_free (self.ahead);
  g_free (self.behind);
  g_free (self.parent);
  g_free (self.next);
  g_free (self.plateau);
  g_free (self.is_inner);
  g_free (self.in_best);
  g_free (self.taken);
}
