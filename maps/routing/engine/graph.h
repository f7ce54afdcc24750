/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Never: sums of costs stop there. */
#define VOLANT_COST_LIMIT UINT32_C (0x7fffffff)

/* A directed graph in adjacency arrays: the arcs of node v are first_out[v] … first_out[v + 1].
 * Loops and parallel arcs are allowed. Plain data, owned by whoever made it. */
typedef struct {
  uint32_t n_nodes;
  uint32_t n_arcs;
  const uint32_t *first_out; /* n_nodes + 1 */
  const uint32_t *heads;     /* n_arcs, each < n_nodes */
} VolantGraph;
