/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/traffic.h"

/* What a source of traffic tells, before it is brought onto the roads of a city: made by the parsers
 * (traffic-file.h, datex.h) from bytes, read by locate.h. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_TRAFFIC_ON_WAY,   /* an OSM way, or a part of it */
  VOLANT_TRAFFIC_ON_LINE,  /* the roads along a line */
  VOLANT_TRAFFIC_AT_POINT, /* the road at a point */
} VolantTrafficPlace;

/* Along the way as it is drawn, or the line as it is given, and against it. */
typedef enum {
  VOLANT_TRAFFIC_FORWARD = 1 << 0,
  VOLANT_TRAFFIC_BACKWARD = 1 << 1,
  VOLANT_TRAFFIC_BOTH = VOLANT_TRAFFIC_FORWARD | VOLANT_TRAFFIC_BACKWARD,
} VolantTrafficDirections;

typedef struct {
  uint32_t speed_mm_per_s; /* 0: closed */
  int64_t valid_from_s;
  int64_t valid_until_s;
  char *reason;            /* as told, "" for none */
  VolantTrafficPlace place;
  VolantTrafficDirections directions;
  int64_t way_id;
  int64_t from_node;       /* OSM nodes where the part begins and ends, 0 for the whole way */
  int64_t to_node;
  uint32_t n_points;       /* of the line (>= 2), or the point (1) */
  VolantPoint *points;   /* in an atomic reference-counted box of GLib: reports may share them */
  double trim_start_m;   /* so much of the line's begin and end is only there to find it */
  double trim_end_m;
  double bearing_deg;      /* of traffic at a point; NAN where both directions are meant */
} VolantTrafficReport;

typedef struct {
  GPtrArray *reports;    /* VolantTrafficReport */
  int64_t expires_s;     /* what is told holds no longer than this */
  unsigned n_other;      /* of other things than closures and speeds: not our business */
  unsigned n_uncharted;  /* that say where by codes or words alone, not by coordinates */
} VolantTrafficReports;

VolantTrafficReports *volant_traffic_reports_new (void);
void volant_traffic_reports_free (VolantTrafficReports *reports);
VolantTrafficReport *volant_traffic_report_new (VolantTrafficPlace place);
void volant_traffic_report_free (VolantTrafficReport *report);

/* Seconds since 1970 of a time of RFC 3339 or XML Schema; UTC where it names no zone. */
bool volant_traffic_parse_time (const char *text, int64_t *time_s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTrafficReports, volant_traffic_reports_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTrafficReport, volant_traffic_report_free)

G_END_DECLS
