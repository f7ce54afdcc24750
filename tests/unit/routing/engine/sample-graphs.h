/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "maps/routing/engine/graph.h"

G_BEGIN_DECLS

/* Small graphs for tests, built arc by arc. */
typedef struct {
  VolantGraph graph; /* valid after sample_graph_finish */
  uint32_t n_nodes;
  GArray *tails;
  GArray *heads;
  uint32_t *first_out;
  uint32_t *sorted_heads;
} SampleGraph;

SampleGraph *sample_graph_new (uint32_t n_nodes);
void sample_graph_free (SampleGraph *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleGraph, sample_graph_free)

void sample_graph_add (SampleGraph *self, uint32_t tail, uint32_t head);
/* Sorts the arcs; returns the graph (owned by self). */
const VolantGraph *sample_graph_finish (SampleGraph *self);

/* Finished graphs. Grid: node y * width + x. */
SampleGraph *sample_graph_new_grid (uint32_t width, uint32_t height);
SampleGraph *sample_graph_new_path (uint32_t n_nodes);
SampleGraph *sample_graph_new_clique (uint32_t n_nodes);
/* Each of n_arcs joins two nodes at random: loops, parallel arcs and lone nodes occur. */
SampleGraph *sample_graph_new_random (uint32_t n_nodes, uint32_t n_arcs, uint32_t seed);
/* One node a street of a width x height grid of junctions, streets that meet joined: cliques. */
SampleGraph *sample_graph_new_streets (uint32_t width, uint32_t height);

G_END_DECLS
