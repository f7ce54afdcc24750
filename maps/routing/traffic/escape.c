/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/escape.h"

/* Spreads over closed links, first in first out, each state anew where a cheaper way leads to it.
 * It is done twice, for the seeds and again for the way to one of them: what is closed is short. */

#define MAX_STEPS 4096
#define NONE UINT32_MAX

/* A state of a way out. */
typedef struct {
  uint32_t state;
  uint32_t cost;   /* at the begin of its link */
  uint32_t before; /* index of the step before, NONE for the first */
  bool is_open;    /* the closed stretch ends here */
} Step;

typedef struct {
  const VolantTurns *turns;
  const VolantMetric *metric;
  GHashTable *best; /* state → least cost */
  GArray *steps;    /* Step, each after the step before it */
} Escape;

static void
spread (Escape *self, uint32_t state, uint32_t end_cost, uint32_t before)
{
  const VolantTurns *turns = self->turns;

  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    {
      uint32_t head = turns->heads[arc];
      uint32_t cost = volant_cost_add (end_cost, self->metric->turn_costs[arc]);
      Step step = { head, cost, before,
                    !volant_metric_is_closed (self->metric,
                                              volant_turns_state_link (turns, head)) };
      void *known = NULL;

      if (cost == VOLANT_COST_NEVER || self->steps->len >= MAX_STEPS)
        continue;
      if (g_hash_table_lookup_extended (self->best, GUINT_TO_POINTER (head), NULL, &known) &&
          GPOINTER_TO_UINT (known) <= cost)
        continue;
      g_hash_table_insert (self->best, GUINT_TO_POINTER (head), GUINT_TO_POINTER (cost));
      g_array_append_val (self->steps, step);
    }
}

/* All steps from the end of a state's link (transfer full; Step). */
static GArray *
find_steps (const VolantTurns *turns, const VolantMetric *metric, uint32_t state, uint32_t cost)
{
  g_autoptr (GHashTable) best = g_hash_table_new (NULL, NULL);
  Escape self = { turns, metric, best, g_array_new (FALSE, FALSE, sizeof (Step)) };

  spread (&self, state, cost, NONE);
  for (unsigned i = 0; i < self.steps->len; i++)
    {
      Step step = g_array_index (self.steps, Step, i);
      uint32_t link = volant_turns_state_link (turns, step.state);

      if (!step.is_open &&
          GPOINTER_TO_UINT (g_hash_table_lookup (best, GUINT_TO_POINTER (step.state))) == step.cost)
        spread (&self, step.state,
                volant_cost_add (step.cost, volant_metric_cost_on (metric, link)), i);
    }
  return self.steps;
}

void
volant_escape_add_seeds (const VolantTurns *turns, const VolantMetric *metric, uint32_t state,
                         uint32_t cost, GArray *seeds)
{
  g_autoptr (GArray) steps = find_steps (turns, metric, state, cost);

  for (unsigned i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (step->is_open)
        g_array_append_vals (seeds, &(VolantSeed) { step->state, step->cost }, 1);
    }
}

void
volant_escape_prepend (const VolantTurns *turns, const VolantMetric *metric, uint32_t state,
                       uint32_t number, GArray *states)
{
  /* Which step is cheaper does not hang on what was paid before. */
  g_autoptr (GArray) steps = find_steps (turns, metric, state, 0);
  uint32_t at = NONE;

  for (unsigned i = 0; i < steps->len && at == NONE; i++)
    if (g_array_index (steps, Step, i).is_open && number-- == 0)
      at = g_array_index (steps, Step, i).before;
  while (at != NONE)
    {
      const Step *step = &g_array_index (steps, Step, at);

      g_array_prepend_val (states, step->state);
      at = step->before;
    }
}
