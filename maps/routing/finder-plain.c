/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/finder-core.h"

/* The plain search's answers: the oracle of the engine's. */

static VolantSearch *
take_search (VolantFinder *self)
{
  if (self->search == NULL)
    self->search = volant_search_new (self->turns);
  return self->search;
}

static void
reverse_states (GArray *states)
{
  for (unsigned i = 0, k = states->len; i + 1 < k; i++)
    {
      uint32_t state = g_array_index (states, uint32_t, i);

      k--;
      g_array_index (states, uint32_t, i) = g_array_index (states, uint32_t, k);
      g_array_index (states, uint32_t, k) = state;
    }
}

VolantSearchResult
volant_finder_plain_run (VolantFinder *self, const VolantMetric *metric, const VolantSeed *seeds,
                         unsigned n_seeds, const VolantGoal *goals, unsigned n_goals,
                         GArray *states, uint32_t *seed)
{
  VolantSearch *search = take_search (self);
  VolantSearchResult result =
    volant_search_run (search, metric, seeds, n_seeds, goals, n_goals);
  uint32_t state = result.state, first = 0;
  bool more = result.ms < VOLANT_COST_NEVER;

  if (states != NULL)
    g_array_set_size (states, 0);
  while (more)
    {
      if (states != NULL)
        g_array_append_val (states, state);
      more = volant_search_step_back (search, &state, &first);
    }
  if (states != NULL)
    reverse_states (states);
  if (seed != NULL)
    *seed = first;
  return result;
}

void
volant_finder_plain_reach (VolantFinder *self, const VolantMetric *metric,
                           const VolantSeed *seeds, unsigned n_seeds, uint32_t limit,
                           uint32_t *costs)
{
  VolantSearch *search = take_search (self);

  volant_search_run (search, metric, seeds, n_seeds, NULL, 0);
  for (uint32_t state = 0; state < self->turns->n_states; state++)
    {
      costs[state] = volant_search_get_label (search, state);
      if (costs[state] > limit)
        costs[state] = VOLANT_COST_NEVER;
    }
}

static void
turn_arcs_round (VolantFinder *self)
{
  const VolantTurns *turns = self->turns;

  self->first_in = g_new0 (uint32_t, turns->n_states + 2);
  self->in_arcs = g_new (uint32_t, turns->n_arcs + 1);
  self->tails = g_new (uint32_t, turns->n_arcs + 1);
  for (uint32_t arc = 0; arc < turns->n_arcs; arc++)
    self->first_in[turns->heads[arc] + 2]++;
  for (uint32_t state = 0; state < turns->n_states; state++)
    self->first_in[state + 2] += self->first_in[state + 1];
  for (uint32_t state = 0; state < turns->n_states; state++)
    for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
      {
        self->tails[arc] = state;
        self->in_arcs[self->first_in[turns->heads[arc] + 1]++] = arc;
      }
}

static void
push_label (GArray *heap, uint32_t *costs, uint32_t state, uint32_t cost)
{
  VolantSeed entry = { state, cost };
  unsigned at = heap->len;

  if (cost >= costs[state])
    return;
  costs[state] = cost;
  g_array_append_val (heap, entry);
  while (at > 0 && g_array_index (heap, VolantSeed, (at - 1) / 2).ms > cost)
    {
      g_array_index (heap, VolantSeed, at) = g_array_index (heap, VolantSeed, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  g_array_index (heap, VolantSeed, at) = entry;
}

static VolantSeed
pop_label (GArray *heap)
{
  VolantSeed least = g_array_index (heap, VolantSeed, 0);
  VolantSeed last = g_array_index (heap, VolantSeed, heap->len - 1);
  unsigned at = 0, child;

  g_array_set_size (heap, heap->len - 1);
  while ((child = 2 * at + 1) < heap->len)
    {
      if (child + 1 < heap->len && g_array_index (heap, VolantSeed, child + 1).ms <
                                     g_array_index (heap, VolantSeed, child).ms)
        child++;
      if (g_array_index (heap, VolantSeed, child).ms >= last.ms)
        break;
      g_array_index (heap, VolantSeed, at) = g_array_index (heap, VolantSeed, child);
      at = child;
    }
  if (heap->len > 0)
    g_array_index (heap, VolantSeed, at) = last;
  return least;
}

void
volant_finder_plain_reach_back (VolantFinder *self, const VolantMetric *metric,
                                const VolantGoal *goals, unsigned n_goals, uint32_t limit,
                                uint32_t *costs)
{
  const VolantTurns *turns = self->turns;
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (VolantSeed));

  if (self->first_in == NULL)
    turn_arcs_round (self);
  for (uint32_t state = 0; state < turns->n_states; state++)
    costs[state] = VOLANT_COST_NEVER;
  for (uint32_t state = 0; state < turns->n_states; state++)
    for (unsigned i = 0; i < n_goals; i++)
      if (goals[i].link == volant_turns_state_link (turns, state) && goals[i].ms <= limit)
        push_label (heap, costs, state, goals[i].ms);
  while (heap->len > 0)
    {
      VolantSeed entry = pop_label (heap);

      if (costs[entry.state] != entry.ms)
        continue;
      for (uint32_t i = self->first_in[entry.state]; i < self->first_in[entry.state + 1]; i++)
        {
          uint32_t arc = self->in_arcs[i], tail = self->tails[arc];
          uint32_t link = volant_turns_state_link (turns, tail);
          uint32_t cost = volant_cost_add (metric->link_costs[link], metric->turn_costs[arc]);

          cost = volant_cost_add (cost, entry.ms);
          if (cost <= limit)
            push_label (heap, costs, tail, cost);
        }
    }
}

static uint32_t
least_to_target (const VolantFinder *self, const VolantTargets *targets, uint32_t target,
                 const uint32_t *reached)
{
  uint32_t best = VOLANT_COST_NEVER;

  for (uint32_t i = targets->first[target]; i < targets->first[target + 1]; i++)
    {
      const VolantGoal *goal = &targets->goals[i];

      best = MIN (best, volant_cost_add (reached[goal->link], goal->ms));
      for (uint32_t copy = self->turns->n_links; copy < self->turns->n_states; copy++)
        if (self->turns->copy_links[copy - self->turns->n_links] == goal->link)
          best = MIN (best, volant_cost_add (reached[copy], goal->ms));
    }
  return best;
}

void
volant_finder_plain_table (VolantFinder *self, const VolantMetric *metric,
                           const VolantSources *sources, const VolantTargets *targets,
                           uint32_t *costs)
{
  g_autofree uint32_t *reached = g_new (uint32_t, self->turns->n_states + 1);

  for (uint32_t source = 0; source < sources->n; source++)
    {
      uint32_t first = sources->first[source];

      volant_finder_plain_reach (self, metric, sources->seeds + first,
                                 sources->first[source + 1] - first, VOLANT_COST_NEVER - 1,
                                 reached);
      for (uint32_t target = 0; target < targets->n; target++)
        costs[(size_t) source * targets->n + target] =
          least_to_target (self, targets, target, reached);
    }
}
