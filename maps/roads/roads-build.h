/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/import/elevation.h"
#include "maps/import/osm.h"
#include "maps/roads/roads.h"

/* Makes the roads section out of an OpenStreetMap extract. */

G_BEGIN_DECLS

typedef struct {
  const char *country;        /* ISO 3166-1 alpha-2, "" if unknown: speed limits, driving side */
  VolantElevation *elevation; /* NULL for flat land */
} VolantRoadsOptions;

/* What became of the data; for the person who imports. */
typedef struct {
  uint32_t n_roads;                    /* ways that became segments */
  uint32_t n_missing_refs;             /* nodes of roads that the extract does not hold */
  uint32_t n_clipped_roads;            /* roads that miss at least one */
  uint32_t n_restrictions;             /* relations that became restrictions */
  uint32_t n_restrictions_incomplete;  /* a member is missing, or they do not touch */
  uint32_t n_restrictions_ignored;     /* conditional, of other vehicles, or of an unknown kind */
  uint32_t n_islands;                  /* pieces of the car net cut off from the largest */
  uint32_t n_missing_elevations;       /* points where no height is known */
} VolantRoadsReport;

GBytes *volant_roads_build (const VolantOsm *osm, const VolantRoadsOptions *options,
                            VolantRoadsReport *report, VolantProgress progress, void *data,
                            GError **error);

G_END_DECLS
