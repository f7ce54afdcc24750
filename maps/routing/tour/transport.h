/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* The transport problem: so many units from supplies to demands at the least cost, by successive
 * shortest ways with potentials (Edmonds and Karp, J. ACM 19, 1972; dense, so Dijkstra without a
 * heap). */

G_BEGIN_DECLS

/* A pair that nothing is to be sent along. */
#define VOLANT_TRANSPORT_NEVER INT64_MAX

typedef struct {
  unsigned n_supplies;
  unsigned n_demands;
  const uint32_t *supplies; /* units at each */
  const uint32_t *demands;
  const int64_t *costs;     /* of a unit: supply * n_demands + demand, >= 0 */
} VolantTransport;

/* Sends exactly units, or as many as can be sent, and tells how many; cost is set to what they cost
 * in all. flows: n_supplies * n_demands units, nullable. */
uint32_t volant_transport_solve (const VolantTransport *problem, uint32_t units, int64_t *cost,
                                 uint32_t *flows);

G_END_DECLS
