/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Rebalancing: in which order one driver brings cars from stations that have too many to stations
 * that have too few. He drives one car at a time and comes back to the next without one (on foot,
 * on a folding scooter that rides in the boot, in a colleague's car: that is the table of returns).
 * Each move costs handling besides: to unplug, inspect, park, plug. What is sought is the least
 * time until the last car stands; the driver may end anywhere.
 *
 * The bound: the drives of any tour ship cars from surplus to deficit, its returns ship the
 * driver from deficit to surplus; each alone costs no less than the cheapest transport of as
 * many units. The tour begins with these two transports: where they hang together they are the
 * best tour; where they fall into rounds of their own, these are joined at the least extra cost
 * (Karp's patching for the asymmetric travelling salesman, SIAM J. Comput. 8, 1979), and the
 * order is then improved by moving blocks of moves and exchanging their ends (or-opt, exchanges)
 * until none helps. Where few of many cars are moved the bound is low: it does not see that the
 * driver must get from one pair of stations that are close to each other to the next. */

G_BEGIN_DECLS

#define VOLANT_TOUR_MOST_MOVES 5000

typedef struct {
  unsigned n;                 /* stations */
  const uint32_t *cars;
  const uint32_t *docks;      /* that are free and work */
  const uint32_t *targets;    /* cars wanted, at most cars + docks */
  const uint32_t *drive_ms;   /* from * n + to, VOLANT_TIME_NEVER_MS where no way leads */
  const uint32_t *return_ms;
  const uint32_t *start_ms;   /* from where the driver is to each station; NULL: he begins anywhere */
  uint32_t handling_ms;       /* of each move */
  unsigned most_moves;        /* 0: as many as there are */
} VolantTourProblem;

typedef struct {
  unsigned from;
  unsigned to;
  uint32_t come_ms;  /* to the car, from the move before or the start */
  uint32_t drive_ms;
  uint64_t begin_ms; /* when the car is taken, from the tour's begin */
} VolantTourMove;

typedef struct {
  unsigned n_moves;
  VolantTourMove *moves;
  uint64_t time_ms;
  uint64_t bound_ms;   /* no tour of as many moves takes less */
  uint64_t nearest_ms; /* always to the nearest: what a driver would do without a plan; UINT64_MAX
                          where that gets stuck */
  uint32_t surplus;    /* cars above and below the targets, before */
  uint32_t deficit;
} VolantTour;

/* VOLANT_MAPS_ERROR_INVALID for a target that a station has no room for (its index is in the
 * words), VOLANT_MAPS_ERROR_TOO_LARGE, VOLANT_MAPS_ERROR_NO_ROUTE where no tour brings as many cars
 * over these roads. Nothing to do is a tour without moves (transfer full). */
VolantTour *volant_tour_plan (const VolantTourProblem *problem, GError **error);
void volant_tour_free (VolantTour *tour);

/* Shares the cars out by the room that each station has, largest remainders first (Hamilton): sets
 * targets that sum up to the cars. */
void volant_tour_share_out (const uint32_t *cars, const uint32_t *docks, unsigned n,
                            uint32_t *targets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTour, volant_tour_free)

G_END_DECLS
