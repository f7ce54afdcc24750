/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/stops/nearest.h"

/* A table of one row, sorted. */

static int
compare_near (gconstpointer a, gconstpointer b)
{
  const VolantNearStop *one = a, *other = b;

  if (one->time_ms != other->time_ms)
    return one->time_ms < other->time_ms ? -1 : 1;
  return (one->stop > other->stop) - (one->stop < other->stop);
}

GArray *
volant_nearest_find (VolantFinder *finder, const VolantMetric *metric, VolantPoint from,
                     double heading_deg, const VolantStops *stops, const bool *wanted,
                     unsigned most, GError **error)
{
  g_autoptr (VolantStops) start =
    volant_stops_new (volant_stops_get_router (stops), metric->mode, &from, 1);
  g_autoptr (VolantTable) table = NULL;
  GArray *near;

  if (!volant_stops_check (start, 0, error))
    return NULL;
  volant_stops_set_heading (start, 0, heading_deg);
  table = volant_table_new (finder, metric, start, stops, false);
  near = g_array_new (FALSE, FALSE, sizeof (VolantNearStop));
  for (unsigned i = 0; i < table->n_to; i++)
    if ((wanted == NULL || wanted[i]) && table->times_ms[i] < VOLANT_TIME_NEVER_MS)
      g_array_append_vals (near, &(VolantNearStop) { i, table->times_ms[i] }, 1);
  g_array_sort (near, compare_near);
  if (near->len > most)
    g_array_set_size (near, most);
  return near;
}
