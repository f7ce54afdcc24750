/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

/* A car-sharing station, as GBFS 2.3/3.0 and the Autolib' registers tell of it. */

G_BEGIN_DECLS

typedef struct {
  char *id;          /* GBFS station_id */
  char *name;        /* as published: "Paris/Harpignies/3" */
  char *spoken_name; /* street or place without number and town: "Harpignies" */
  char *address;     /* "" if unknown */
  VolantPoint point;
  uint32_t capacity;          /* docks, 0 unknown */
  int32_t cars_available;     /* -1 unknown */
  int32_t docks_available;    /* -1 unknown */
  int32_t chargers_available; /* -1 unknown, 0 none */
  bool has_charging;
  bool is_installed;
  bool is_renting;
  bool is_returning;
  int64_t reported_at_s; /* Unix time of the state, 0 unknown */
} VolantStation;

/* What one feed says, at one time. */
typedef struct {
  char *system_id;
  char *system_name;
  char *version;     /* "2.3", "3.0", "autolib-2014" */
  char *attribution; /* licence line to show, "" if none */
  uint32_t ttl_s;
  int64_t updated_at_s;
  GPtrArray *stations; /* VolantStation */
  uint32_t n_skipped;  /* entries refused, each said in warnings */
  GStrv warnings;
} VolantStationFeed;

void volant_station_free (VolantStation *station);
VolantStation *volant_station_copy (const VolantStation *station);
void volant_station_feed_free (VolantStationFeed *feed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantStation, volant_station_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantStationFeed, volant_station_feed_free)

G_END_DECLS
