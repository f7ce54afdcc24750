/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/plan/wish.h"

/* What a driver wishes of all routes: kinds of road to keep clear of, for as long as the rental
 * lasts; streets that are blocked, and stops on the way, for this trip. Plain data. */

G_BEGIN_DECLS

typedef struct {
  unsigned avoid;      /* mask of VolantAvoid */
  GArray *blocked;     /* uint32_t: links of the router */
  GArray *block_sizes; /* unsigned: how many of them were closed at once, the last time last */
  GArray *stops;       /* VolantPoint: still to be passed, in their order */
} VolantTripWish;

VolantTripWish *volant_trip_wish_new (void);
VolantTripWish *volant_trip_wish_copy (const VolantTripWish *wish);
void volant_trip_wish_free (VolantTripWish *wish);

/* Closes links; links is copied. */
void volant_trip_wish_block (VolantTripWish *wish, const GArray *links);
/* Opens again what was closed last; false where nothing is closed. */
bool volant_trip_wish_open (VolantTripWish *wish);

/* Adds a stop behind the others; takes away the last, or the first, which was passed. */
void volant_trip_wish_add_stop (VolantTripWish *wish, VolantPoint stop);
bool volant_trip_wish_remove_stop (VolantTripWish *wish);
void volant_trip_wish_pass_stop (VolantTripWish *wish);
/* Forgets all that is for one trip alone. */
void volant_trip_wish_end_trip (VolantTripWish *wish);

/* Puts the wish into what the router is asked; it borrows from it. */
void volant_trip_wish_apply (const VolantTripWish *wish, VolantRouteWish *asked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTripWish, volant_trip_wish_free)

G_END_DECLS
