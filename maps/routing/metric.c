/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/metric.h"

#include "maps/routing/profile.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct {
  VolantMetric metric; /* first: it is what others see */
  atomic_int references;
  pthread_mutex_t making;            /* one thread makes the weights, others wait for it */
  _Atomic (VolantWeights *) weights; /* NULL until asked for */
  atomic_uint n_questions;
} Metric;

static VolantMetric *
allocate (VolantMode mode, VolantCost cost, uint32_t n_links, uint32_t n_arcs,
          uint32_t n_junctions)
{
  Metric *self = g_new0 (Metric, 1);

  atomic_init (&self->references, 1);
  atomic_init (&self->weights, NULL);
  atomic_init (&self->n_questions, 0);
  pthread_mutex_init (&self->making, NULL);
  self->metric = (VolantMetric) { .mode = mode,
                                  .cost = cost,
                                  .n_links = n_links,
                                  .n_arcs = n_arcs,
                                  .n_junctions = n_junctions,
                                  .link_costs = g_new0 (uint32_t, n_links + 1),
                                  .turn_costs = g_new0 (uint32_t, n_arcs + 1) };
  return &self->metric;
}

VolantMetric *
volant_metric_new (const VolantRoads *roads, const VolantTurns *turns, VolantMode mode,
                   VolantCost cost)
{
  VolantMetric *metric = allocate (mode, cost, turns->n_links, turns->n_arcs, roads->n_junctions);

  for (uint32_t link = 0; link < turns->n_links; link++)
    if (!volant_roads_link_allows (roads, link, mode))
      metric->link_costs[link] = VOLANT_COST_NEVER;
  for (uint32_t arc = 0; arc < turns->n_arcs; arc++)
    if (!(turns->modes[arc] & VOLANT_MODE_BIT (mode)))
      metric->turn_costs[arc] = VOLANT_COST_NEVER;
  return metric;
}

VolantMetric *
volant_metric_new_time (const VolantRoads *roads, const VolantTurns *turns, VolantMode mode)
{
  VolantMetric *metric = volant_metric_new (roads, turns, mode, VOLANT_COST_TIME);

  for (uint32_t link = 0; link < turns->n_links; link++)
    metric->link_costs[link] = volant_profile_link_ms (roads, mode, link);
  for (uint32_t state = 0; state < turns->n_states; state++)
    for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
      {
        uint32_t from = volant_turns_state_link (turns, state);
        uint32_t to = volant_turns_state_link (turns, turns->heads[arc]);

        if (metric->turn_costs[arc] < VOLANT_COST_NEVER)
          metric->turn_costs[arc] =
            volant_cost_add (volant_profile_turn_ms (roads, turns, mode, from, to),
                             volant_profile_entry_ms (roads, mode, from, to));
      }
  return metric;
}

VolantMetric *
volant_metric_copy (const VolantMetric *metric)
{
  VolantMetric *copy =
    allocate (metric->mode, metric->cost, metric->n_links, metric->n_arcs, metric->n_junctions);

  memcpy (copy->link_costs, metric->link_costs, metric->n_links * sizeof (uint32_t));
  memcpy (copy->turn_costs, metric->turn_costs, metric->n_arcs * sizeof (uint32_t));
  if (metric->potentials != NULL)
    copy->potentials = g_memdup2 (metric->potentials, metric->n_junctions * sizeof (int32_t));
  if (metric->free != NULL)
    copy->free = volant_metric_ref (metric->free);
  return copy;
}

VolantMetric *
volant_metric_ref (VolantMetric *metric)
{
  atomic_fetch_add (&((Metric *) metric)->references, 1);
  return metric;
}

void
volant_metric_unref (VolantMetric *metric)
{
  if (metric == NULL || atomic_fetch_sub (&((Metric *) metric)->references, 1) != 1)
    return;
  g_free (metric->link_costs);
  g_free (metric->turn_costs);
  g_free (metric->potentials);
  volant_metric_unref (metric->free);
  volant_weights_free (atomic_load (&((Metric *) metric)->weights));
  pthread_mutex_destroy (&((Metric *) metric)->making);
  g_free (metric);
}

static uint32_t *
lay_costs (const VolantMetric *metric, const VolantTurns *turns)
{
  uint32_t *costs = g_new (uint32_t, turns->n_arcs + 1);

  for (uint32_t state = 0; state < turns->n_states; state++)
    {
      uint32_t cost = metric->link_costs[volant_turns_state_link (turns, state)];

      for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
        costs[arc] = volant_cost_add (cost, metric->turn_costs[arc]);
    }
  return costs;
}

static VolantWeights *
make_weights (const VolantMetric *metric, const VolantTurns *turns, const VolantTopology *topology)
{
  g_autofree uint32_t *costs = lay_costs (metric, turns);

  return volant_weights_new (topology, costs, g_get_num_processors ());
}

/* From another metric's weights: only what the arcs that differ reach is made anew. */
static VolantWeights *
derive_weights (const VolantMetric *metric, const VolantMetric *before,
                const VolantWeights *weights_before, const VolantTurns *turns)
{
  g_autofree uint32_t *costs = lay_costs (metric, turns);
  g_autofree uint32_t *costs_before = lay_costs (before, turns);
  g_autoptr (GArray) arcs = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  VolantWeights *weights = volant_weights_copy (weights_before);

  for (uint32_t arc = 0; arc < turns->n_arcs; arc++)
    if (costs[arc] != costs_before[arc])
      g_array_append_val (arcs, arc);
  volant_weights_update (weights, costs, (const uint32_t *) arcs->data, arcs->len,
                         g_get_num_processors ());
  return weights;
}

void
volant_metric_derive_weights (const VolantMetric *metric, const VolantMetric *before,
                              const VolantTurns *turns)
{
  Metric *self = (Metric *) metric; /* as below */
  const VolantWeights *weights_before = atomic_load (&((Metric *) before)->weights);

  if (metric == before || weights_before == NULL)
    return;
  pthread_mutex_lock (&self->making);
  if (atomic_load (&self->weights) == NULL)
    atomic_store (&self->weights, derive_weights (metric, before, weights_before, turns));
  pthread_mutex_unlock (&self->making);
}

const VolantWeights *
volant_metric_get_weights (const VolantMetric *metric, const VolantTurns *turns,
                           const VolantTopology *topology)
{
  Metric *self = (Metric *) metric; /* what others see of it does not change */
  VolantWeights *weights = atomic_load (&self->weights);

  if (weights == NULL)
    {
      pthread_mutex_lock (&self->making);
      weights = atomic_load (&self->weights);
      if (weights == NULL)
        {
          weights = make_weights (metric, turns, topology);
          atomic_store (&self->weights, weights);
        }
      pthread_mutex_unlock (&self->making);
    }
  return weights->topology == topology ? weights : NULL;
}

bool
volant_metric_has_weights (const VolantMetric *metric)
{
  return atomic_load (&((Metric *) metric)->weights) != NULL;
}

unsigned
volant_metric_count_questions (const VolantMetric *metric, unsigned n)
{
  return atomic_fetch_add (&((Metric *) metric)->n_questions, n) + n;
}
