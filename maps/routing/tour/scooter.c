/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/tour/scooter.h"

/* A walker's times, but for what can be ridden. */

#define MS_PER_KM 240000 /* 15 km/h */

VolantMetric *
volant_scooter_metric_new (const VolantRoads *roads, const VolantTurns *turns)
{
  VolantMetric *metric = volant_metric_new_time (roads, turns, VOLANT_MODE_FOOT);

  for (uint32_t link = 0; link < metric->n_links; link++)
    {
      const VolantSegment *segment = &roads->segments[volant_link_segment (link)];
      uint64_t ms = MAX ((uint64_t) segment->length_mm * MS_PER_KM / 1000000, 1);

      if (metric->link_costs[link] < VOLANT_COST_NEVER &&
          segment->road_class != VOLANT_ROAD_STEPS &&
          segment->road_class != VOLANT_ROAD_FERRY)
        metric->link_costs[link] = (uint32_t) MIN (metric->link_costs[link], ms);
    }
  return metric;
}
