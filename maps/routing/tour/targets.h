/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/error.h"

#include <stdint.h>

/* How many cars stations should have, as an operator writes it: a CSV with the columns station_id
 * and target, in any order, others passed over. */

G_BEGIN_DECLS

#define VOLANT_TARGETS_MOST_CARS 100000

typedef struct {
  char *station; /* id */
  uint32_t cars;
  unsigned line; /* from 1 */
} VolantStationTarget;

/* Elements are VolantStationTarget (transfer full). VOLANT_MAPS_ERROR_INVALID names the line
 * that is wrong or the station that comes twice, VOLANT_MAPS_ERROR_EMPTY where there is none,
 * VOLANT_MAPS_ERROR_UNSUPPORTED where the columns are missing. */
GArray *volant_targets_parse (const char *text, size_t size, GError **error);

G_END_DECLS
