/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/stop-list.h"
#include "maps/routing/tour/tour.h"

/* How `volant tour` writes a tour: for the driver, as JSON and as GeoJSON (RFC 7946). */

G_BEGIN_DECLS

typedef struct {
  const VolantStopList *list;
  const VolantTour *tour;
  const unsigned *stops;      /* of the tour's stations, by number: index into the list */
  unsigned n_stations;        /* that take part */
  const char *return_name;    /* "scooter" */
  uint32_t handling_ms;
} VolantTourAnswer;

/* All transfer full, ending with a newline. */
char *volant_tour_to_text (const VolantTourAnswer *answer);
char *volant_tour_to_json (const VolantTourAnswer *answer);
/* A line for each drive, along the streets. */
char *volant_tour_to_geojson (const VolantTourAnswer *answer);

G_END_DECLS
