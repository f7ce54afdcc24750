/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/engine/sample-graphs.h"

SampleGraph *
sample_graph_new (uint32_t n_nodes)
{
  SampleGraph *self = g_new0 (SampleGraph, 1);

  self->n_nodes = n_nodes;
  self->tails = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->heads = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  return self;
}

void
sample_graph_free (SampleGraph *self)
{
  g_array_unref (self->tails);
  g_array_unref (self->heads);
  g_free (self->first_out);
  g_free (self->sorted_heads);
  g_free (self);
}

void
sample_graph_add (SampleGraph *self, uint32_t tail, uint32_t head)
{
  g_assert_cmpuint (tail, <, self->n_nodes);
  g_assert_cmpuint (head, <, self->n_nodes);
  g_array_append_val (self->tails, tail);
  g_array_append_val (self->heads, head);
}

const VolantGraph *
sample_graph_finish (SampleGraph *self)
{
  uint32_t n_arcs = self->tails->len;

  self->first_out = g_new0 (uint32_t, self->n_nodes + 2);
  self->sorted_heads = g_new (uint32_t, n_arcs + 1);
  for (uint32_t arc = 0; arc < n_arcs; arc++)
    self->first_out[g_array_index (self->tails, uint32_t, arc) + 2]++;
  for (uint32_t node = 1; node <= self->n_nodes; node++)
    self->first_out[node + 1] += self->first_out[node];
  for (uint32_t arc = 0; arc < n_arcs; arc++)
    {
      uint32_t tail = g_array_index (self->tails, uint32_t, arc);

      self->sorted_heads[self->first_out[tail + 1]++] = g_array_index (self->heads, uint32_t, arc);
    }
  self->graph = (VolantGraph){ self->n_nodes, n_arcs, self->first_out, self->sorted_heads };
  return &self->graph;
}

SampleGraph *
sample_graph_new_grid (uint32_t width, uint32_t height)
{
  SampleGraph *self = sample_graph_new (width * height);

  for (uint32_t y = 0; y < height; y++)
    for (uint32_t x = 0; x < width; x++)
      {
        if (x + 1 < width)
          sample_graph_add (self, y * width + x, y * width + x + 1);
        if (y + 1 < height)
          sample_graph_add (self, (y + 1) * width + x, y * width + x);
      }
  sample_graph_finish (self);
  return self;
}

SampleGraph *
sample_graph_new_path (uint32_t n_nodes)
{
  return sample_graph_new_grid (n_nodes, 1);
}

SampleGraph *
sample_graph_new_clique (uint32_t n_nodes)
{
  SampleGraph *self = sample_graph_new (n_nodes);

  for (uint32_t a = 0; a < n_nodes; a++)
    for (uint32_t b = 0; b < a; b++)
      sample_graph_add (self, a, b);
  sample_graph_finish (self);
  return self;
}

SampleGraph *
sample_graph_new_random (uint32_t n_nodes, uint32_t n_arcs, uint32_t seed)
{
  SampleGraph *self = sample_graph_new (n_nodes);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (uint32_t arc = 0; arc < n_arcs; arc++)
    {
      uint32_t tail = (uint32_t) g_rand_int_range (random, 0, (gint32) n_nodes);

      sample_graph_add (self, tail, (uint32_t) g_rand_int_range (random, 0, (gint32) n_nodes));
    }
  sample_graph_finish (self);
  return self;
}

SampleGraph *
sample_graph_new_streets (uint32_t width, uint32_t height)
{
  uint32_t n_across = (width - 1) * height, n_nodes = n_across + width * (height - 1);
  SampleGraph *self = sample_graph_new (n_nodes);

  for (uint32_t y = 0; y < height; y++)
    for (uint32_t x = 0; x < width; x++)
      {
        uint32_t streets[4], n_streets = 0;

        if (x > 0)
          streets[n_streets++] = y * (width - 1) + x - 1;
        if (x + 1 < width)
          streets[n_streets++] = y * (width - 1) + x;
        if (y > 0)
          streets[n_streets++] = n_across + (y - 1) * width + x;
        if (y + 1 < height)
          streets[n_streets++] = n_across + y * width + x;
        for (uint32_t a = 0; a < n_streets; a++)
          for (uint32_t b = 0; b < n_streets; b++)
            if (a != b)
              sample_graph_add (self, streets[a], streets[b]);
      }
  sample_graph_finish (self);
  return self;
}
