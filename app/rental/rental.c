/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/rental/rental.h"

/* Plain data today; a fleet link fills it later. */

VolantRental *
volant_rental_new (const char *renter, const char *vehicle_id, const char *vehicle_name,
                   int64_t since_s)
{
  VolantRental *rental = g_new0 (VolantRental, 1);

  rental->renter = g_strdup (renter);
  rental->vehicle_id = g_strdup (vehicle_id);
  rental->vehicle_name = g_strdup (vehicle_name);
  rental->since_s = since_s;
  return rental;
}

VolantRental *
volant_rental_new_simulated (int64_t now_s)
{
  return volant_rental_new ("Camille", "VL-2042", "Bluecar 2042", now_s);
}

void
volant_rental_free (VolantRental *rental)
{
  if (rental == NULL)
    return;
  g_free (rental->renter);
  g_free (rental->vehicle_id);
  g_free (rental->vehicle_name);
  g_free (rental);
}
