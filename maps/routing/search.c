/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/search.h"

#include <string.h>

/* The queue is a heap of four children a node; a state that gets a smaller label is pushed again,
 * and its older entries are passed over when they come up. */

#define SEED_BIT UINT32_C (0x80000000)

typedef struct {
  uint32_t ms;
  uint32_t state;
} Entry;

struct _VolantSearch {
  const VolantTurns *turns;
  uint32_t run;     /* labels with another stamp are of an older run */
  uint32_t *stamps;
  uint32_t *labels;
  uint32_t *parents; /* a state, or SEED_BIT and the seed's index */
  Entry *heap;
  size_t n_heap;
  size_t heap_size;
};

VolantSearch *
volant_search_new (const VolantTurns *turns)
{
  VolantSearch *self = g_new0 (VolantSearch, 1);

  self->turns = turns;
  self->stamps = g_new0 (uint32_t, turns->n_states + 1);
  self->labels = g_new (uint32_t, turns->n_states + 1);
  self->parents = g_new (uint32_t, turns->n_states + 1);
  self->heap_size = 1024;
  self->heap = g_new (Entry, self->heap_size);
  return self;
}

void
volant_search_free (VolantSearch *self)
{
  if (self == NULL)
    return;
  g_free (self->stamps);
  g_free (self->labels);
  g_free (self->parents);
  g_free (self->heap);
  g_free (self);
}

static void
push (VolantSearch *self, Entry entry)
{
  size_t at = self->n_heap++;

  if (self->n_heap > self->heap_size)
    {
      self->heap_size *= 2;
      self->heap = g_renew (Entry, self->heap, self->heap_size);
    }
  while (at > 0 && self->heap[(at - 1) / 4].ms > entry.ms)
    {
      self->heap[at] = self->heap[(at - 1) / 4];
      at = (at - 1) / 4;
    }
  self->heap[at] = entry;
}

static Entry
pop (VolantSearch *self)
{
  Entry least = self->heap[0];
  Entry last = self->heap[--self->n_heap];
  size_t at = 0;

  for (;;)
    {
      size_t first = at * 4 + 1, best = first;

      if (first >= self->n_heap)
        break;
      for (size_t child = first + 1; child < MIN (first + 4, self->n_heap); child++)
        if (self->heap[child].ms < self->heap[best].ms)
          best = child;
      if (self->heap[best].ms >= last.ms)
        break;
      self->heap[at] = self->heap[best];
      at = best;
    }
  self->heap[at] = last;
  return least;
}

static void
reach (VolantSearch *self, uint32_t state, uint32_t ms, uint32_t parent)
{
  if (ms >= VOLANT_COST_NEVER ||
      (self->stamps[state] == self->run && self->labels[state] <= ms))
    return;
  self->stamps[state] = self->run;
  self->labels[state] = ms;
  self->parents[state] = parent;
  push (self, (Entry) { ms, state });
}

static void
begin (VolantSearch *self, const VolantSeed *seeds, unsigned n_seeds)
{
  if (++self->run == 0)
    {
      memset (self->stamps, 0, self->turns->n_states * sizeof *self->stamps);
      self->run = 1;
    }
  self->n_heap = 0;
  for (unsigned i = 0; i < n_seeds; i++)
    reach (self, seeds[i].state, seeds[i].ms, SEED_BIT | i);
}

VolantSearchResult
volant_search_run (VolantSearch *self, const VolantMetric *metric, const VolantSeed *seeds,
                   unsigned n_seeds, const VolantGoal *goals, unsigned n_goals)
{
  const VolantTurns *turns = self->turns;
  VolantSearchResult best = { VOLANT_COST_NEVER, 0, 0 };

  begin (self, seeds, n_seeds);
  while (self->n_heap > 0 && self->heap[0].ms < best.ms)
    {
      Entry entry = pop (self);
      uint32_t link, end_ms;

      if (self->labels[entry.state] != entry.ms)
        continue;
      link = volant_turns_state_link (turns, entry.state);
      for (unsigned i = 0; i < n_goals; i++)
        if (goals[i].link == link && volant_cost_add (entry.ms, goals[i].ms) < best.ms)
          best = (VolantSearchResult) { entry.ms + goals[i].ms, i, entry.state };
      end_ms = volant_cost_add (entry.ms, metric->link_costs[link]);
      for (uint32_t arc = turns->first_arc[entry.state]; arc < turns->first_arc[entry.state + 1];
           arc++)
        reach (self, turns->heads[arc], volant_cost_add (end_ms, metric->turn_costs[arc]),
               entry.state);
    }
  return best;
}

uint32_t
volant_search_get_label (const VolantSearch *self, uint32_t state)
{
  return self->stamps[state] == self->run ? self->labels[state] : VOLANT_COST_NEVER;
}

bool
volant_search_step_back (const VolantSearch *self, uint32_t *state, uint32_t *seed)
{
  uint32_t parent = self->parents[*state];

  if (parent & SEED_BIT)
    {
      *seed = parent & ~SEED_BIT;
      return false;
    }
  *state = parent;
  return true;
}
