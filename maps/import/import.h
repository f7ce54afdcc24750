/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city.h"
#include "maps/import/osm.h"
#include "maps/roads/roads-build.h"
#include "maps/routing/turn-topology.h"

/* The whole import: an OpenStreetMap file in, a city file out. */

G_BEGIN_DECLS

/* How much of what went into a city. */
typedef struct {
  char country[3];
  size_t n_nodes;
  size_t n_ways;
  size_t n_relations;
  uint32_t n_segments;
  uint32_t n_junctions;
  VolantRoadsReport roads;
  VolantTurnTopologyReport topology;
} VolantImportReport;

/* All may be zero: then the city is flat, named after the file and of the country that the data
 * tells. */
typedef struct {
  const char *name;           /* shown name; NULL: the file's */
  const char *attribution;    /* whom the data is owed to; NULL: OpenStreetMap */
  const char *country;        /* ISO 3166-1 alpha-2; NULL: from the data */
  const char *elevation_dir;  /* SRTM squares; NULL: none */
  const char *addresses_path; /* BAN CSV; NULL: none */
  bool has_start;
  VolantPoint start;          /* where a simulated car begins */
  bool roads_only;            /* leave out what is drawn and what is searched */
  VolantImportReport *report; /* filled where not NULL */
} VolantImportOptions;

bool volant_import (const char *path, const VolantImportOptions *options, const char *city_path,
                    VolantProgress progress, void *data, GError **error);

G_END_DECLS
