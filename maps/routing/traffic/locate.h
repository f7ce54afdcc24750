/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/router.h"
#include "maps/routing/traffic/report.h"

/* Brings reports onto the roads of a city. What cannot be brought there is counted by its kind. */

G_BEGIN_DECLS

typedef struct {
  unsigned n_reports;   /* closures and speeds that were told */
  unsigned n_located;   /* of them, those on the roads of this city */
  unsigned n_elsewhere; /* outside the city, or on ways it does not have */
  unsigned n_unmatched; /* in the city, but where no road of it fits */
  unsigned n_uncharted; /* that say where by codes or words alone */
  unsigned n_other;     /* of other things, besides n_reports */
  uint32_t n_links;     /* of this city that something is told of */
} VolantTrafficTally;

/* The traffic that reports tell of, good until they expire (transfer full). tally may be NULL. */
VolantTraffic *volant_traffic_locate (const VolantTrafficReports *reports,
                                      const VolantRouter *router, VolantTrafficTally *tally);

/* Parses a document of either kind, told by its first byte, also packed with gzip, and locates it
 * (transfer full); what names it in errors. Errors are those of traffic-file.h and datex.h, and
 * VOLANT_MAPS_ERROR_EMPTY for a document that has expired at now_s. *expires_s (nullable): until
 * when it is good. */
VolantTraffic *volant_traffic_read (GBytes *bytes, const char *what, const VolantRouter *router,
                                    int64_t now_s, VolantTrafficTally *tally, int64_t *expires_s,
                                    GError **error);

/* One line in English, for a log or a terminal: "3 of 5 reports on 12 links; …" (transfer full). */
char *volant_traffic_tally_to_text (const VolantTrafficTally *tally);

G_END_DECLS
