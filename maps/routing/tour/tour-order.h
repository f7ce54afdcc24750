/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/tour/tour.h"

/* The order of moves, from inside: sequences of (from, to), closed rounds, and what improves
 * them. */

G_BEGIN_DECLS

typedef struct {
  unsigned from;
  unsigned to;
} VolantTourStep;

/* The time of drives and returns of an order (VolantTourStep), handling left out; infinite (past
 * INT64_MAX / 4) where a way is missing. */
int64_t volant_tour_order_cost (const VolantTourProblem *problem, const GArray *order);

/* Joins rounds (GArray of VolantTourStep each, the last leads back to the first) into an order,
 * each where it costs least. */
void volant_tour_order_join (const VolantTourProblem *problem, GArray *order, GPtrArray *rounds);

/* Moves blocks and exchanges ends until nothing helps. */
void volant_tour_order_improve (const VolantTourProblem *problem, GArray *order);

/* Always to the nearest: n_moves steps, fewer where it gets stuck (transfer full). */
GArray *volant_tour_order_nearest (const VolantTourProblem *problem, unsigned n_moves);

/* From a station on, always the move that takes least with the way to it (transfer full). */
GArray *volant_tour_order_cheapest (const VolantTourProblem *problem, unsigned n_moves,
                                    unsigned first);

/* Costs that may be summed without overflow. */
#define VOLANT_TOUR_FAR (INT64_MAX / 1048576)

static inline int64_t
volant_tour_cost (uint32_t ms)
{
  return ms < 0x7fffffffu ? (int64_t) ms : VOLANT_TOUR_FAR;
}

static inline int64_t
volant_tour_drive (const VolantTourProblem *problem, unsigned from, unsigned to)
{
  return volant_tour_cost (problem->drive_ms[(size_t) from * problem->n + to]);
}

static inline int64_t
volant_tour_return (const VolantTourProblem *problem, unsigned from, unsigned to)
{
  return volant_tour_cost (problem->return_ms[(size_t) from * problem->n + to]);
}

static inline int64_t
volant_tour_start (const VolantTourProblem *problem, unsigned to)
{
  return problem->start_ms != NULL ? volant_tour_cost (problem->start_ms[to]) : 0;
}

G_END_DECLS
