/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/station.h"

/* Plain records; nothing here knows where they came from. */

void
volant_station_free (VolantStation *station)
{
  if (station == NULL)
    return;
  g_free (station->id);
  g_free (station->name);
  g_free (station->spoken_name);
  g_free (station->address);
  g_free (station);
}

VolantStation *
volant_station_copy (const VolantStation *station)
{
  VolantStation *copy;

  if (station == NULL)
    return NULL;
  copy = g_memdup2 (station, sizeof *station);
  copy->id = g_strdup (station->id);
  copy->name = g_strdup (station->name);
  copy->spoken_name = g_strdup (station->spoken_name);
  copy->address = g_strdup (station->address);
  return copy;
}

void
volant_station_feed_free (VolantStationFeed *feed)
{
  if (feed == NULL)
    return;
  g_free (feed->system_id);
  g_free (feed->system_name);
  g_free (feed->version);
  g_free (feed->attribution);
  g_clear_pointer (&feed->stations, g_ptr_array_unref);
  g_strfreev (feed->warnings);
  g_free (feed);
}
