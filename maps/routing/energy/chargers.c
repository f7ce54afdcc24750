/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/chargers.h"

#include <math.h>

static bool
charges (const VolantStation *station)
{
  return station->is_installed && station->is_returning && station->has_charging &&
         station->chargers_available != 0 && station->docks_available != 0;
}

GArray *
volant_chargers_of_feed (const VolantStationFeed *feed)
{
  GArray *chargers = g_array_new (FALSE, FALSE, sizeof (VolantCharger));

  for (unsigned i = 0; i < feed->stations->len; i++)
    {
      const VolantStation *station = feed->stations->pdata[i];
      VolantCharger charger = { station->name, station->point, INFINITY };

      if (charges (station))
        g_array_append_val (chargers, charger);
    }
  return chargers;
}
