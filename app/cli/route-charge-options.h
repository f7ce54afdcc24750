/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/route-ends.h"
#include "maps/routing/energy/charge-plan.h"

/* The options of `volant route` that are about the battery, and what they ask for. */

G_BEGIN_DECLS

typedef struct {
  char *charge; /* percent; NULL: nothing is asked of the battery */
  char *reserve;
  char *vehicle;
  char *temperature;
} VolantRouteChargeOptions;

/* The entries, to be put beside others (static). */
void volant_route_charge_options_add (VolantRouteChargeOptions *options, GOptionEntry *entries);
#define VOLANT_N_ROUTE_CHARGE_OPTIONS 4
void volant_route_charge_options_clear (VolantRouteChargeOptions *options);

/* Words that do not go together or are no numbers: a sentence for the usage (transfer full), NULL
 * where all is well. mode: as chosen (nullable). */
char *volant_route_charge_options_check (const VolantRouteChargeOptions *options,
                                         const char *mode);

/* The wish without its chargers; the route's gets the vehicle's mode, and its size where none was
 * given. Errors: an unknown vehicle, and those of volant_charge_wish_check(). */
bool volant_route_charge_options_read (const VolantRouteChargeOptions *options,
                                       VolantRouteWish *route_wish, VolantChargeWish *wish,
                                       GError **error);

G_END_DECLS
