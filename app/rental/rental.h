/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Who has the car, which car it is, and since when. */

G_BEGIN_DECLS

typedef struct {
  char *renter;       /* first name */
  char *vehicle_id;   /* "VL-2042" */
  char *vehicle_name; /* "Bluecar 2042" */
  int64_t since_s;    /* Unix time */
} VolantRental;

VolantRental *volant_rental_new (const char *renter, const char *vehicle_id,
                                 const char *vehicle_name, int64_t since_s);
/* The rental of the simulation, begun now. */
VolantRental *volant_rental_new_simulated (int64_t now_s);
void volant_rental_free (VolantRental *rental);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRental, volant_rental_free)

G_END_DECLS
