/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/components.h"

/* Strongly connected components by Tarjan's depth-first search (1972), its recursion kept in an
 * array of states, since roads are deeper than stacks. */

typedef struct {
  const VolantTurns *turns;
  const VolantMetric *metric;
  uint32_t *numbers;   /* order of discovery from 1; 0 unseen */
  uint32_t *lowest;    /* lowest number reachable; UINT32_MAX once its component is closed */
  uint32_t *next_arc;
  GArray *path;        /* states being explored */
  GArray *open;        /* states seen whose component is not closed */
  uint32_t n_seen;
  uint32_t *components;
  uint32_t n_components;
  uint32_t best;
  uint32_t best_size;
} Explorer;

static void
enter (Explorer *self, uint32_t state)
{
  self->numbers[state] = self->lowest[state] = ++self->n_seen;
  self->next_arc[state] = self->turns->first_arc[state];
  g_array_append_val (self->path, state);
  g_array_append_val (self->open, state);
}

static void
close_component (Explorer *self, uint32_t root)
{
  uint32_t size = 0, state;

  do
    {
      state = g_array_index (self->open, uint32_t, self->open->len - 1);
      g_array_set_size (self->open, self->open->len - 1);
      self->components[state] = self->n_components;
      self->lowest[state] = UINT32_MAX;
      size++;
    }
  while (state != root);
  if (size > self->best_size)
    {
      self->best_size = size;
      self->best = self->n_components;
    }
  self->n_components++;
}

static void
explore (Explorer *self, uint32_t root)
{
  enter (self, root);
  while (self->path->len > 0)
    {
      uint32_t state = g_array_index (self->path, uint32_t, self->path->len - 1);
      uint32_t arc = self->next_arc[state];

      if (arc < self->turns->first_arc[state + 1])
        {
          uint32_t head = self->turns->heads[arc];

          self->next_arc[state]++;
          if (self->metric->turn_costs[arc] == VOLANT_TIME_NEVER_MS)
            continue;
          if (self->numbers[head] == 0)
            enter (self, head);
          else if (self->lowest[head] != UINT32_MAX)
            self->lowest[state] = MIN (self->lowest[state], self->numbers[head]);
          continue;
        }
      g_array_set_size (self->path, self->path->len - 1);
      if (self->path->len > 0)
        {
          uint32_t before = g_array_index (self->path, uint32_t, self->path->len - 1);

          self->lowest[before] = MIN (self->lowest[before], self->lowest[state]);
        }
      if (self->lowest[state] == self->numbers[state])
        close_component (self, state);
    }
}

bool *
volant_components_main (const VolantTurns *turns, const VolantMetric *metric)
{
  uint32_t n = turns->n_states;
  g_autofree uint32_t *numbers = g_new0 (uint32_t, n + 1);
  g_autofree uint32_t *lowest = g_new0 (uint32_t, n + 1);
  g_autofree uint32_t *next_arc = g_new (uint32_t, n + 1);
  g_autofree uint32_t *components = g_new (uint32_t, n + 1);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  bool *in_main = g_new0 (bool, turns->n_links / 2 + 1);
  Explorer explorer = { turns, metric, numbers, lowest, next_arc, path, open, 0, components,
                        0, UINT32_MAX, 0 };

  for (uint32_t state = 0; state < n; state++)
    if (numbers[state] == 0 &&
        metric->link_costs[volant_turns_state_link (turns, state)] < VOLANT_TIME_NEVER_MS)
      explore (&explorer, state);
  for (uint32_t state = 0; state < n; state++)
    if (numbers[state] != 0 && components[state] == explorer.best)
      in_main[volant_link_segment (volant_turns_state_link (turns, state))] = true;
  return in_main;
}
