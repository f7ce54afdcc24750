/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/traffic/traffic.h"

/* When a record of DATEX II holds: Validity and OverallPeriod with its valid periods, of which some
 * come back at certain hours or on certain days. */

G_BEGIN_DECLS

typedef struct {
  int64_t from_s;
  int64_t until_s;
} VolantInterval;

typedef enum {
  VOLANT_DATEX_BY_TIMES,  /* definedByValidityTimeSpec, planned */
  VOLANT_DATEX_ACTIVE,
  VOLANT_DATEX_SUSPENDED,
} VolantDatexStatus;

typedef struct {
  VolantDatexStatus status;
  bool is_overrunning;    /* goes on past its end */
  int64_t from_s;
  int64_t until_s;
  GArray *periods;        /* private to datex-validity.c */
} VolantDatexValidity;

void volant_datex_validity_init (VolantDatexValidity *validity);
void volant_datex_validity_clear (VolantDatexValidity *validity);

/* Takes the text of one of its elements, by name; names that are none of its own are left alone.
 * "validPeriod" is to be given when it begins. False where the text is no time. */
bool volant_datex_validity_take (VolantDatexValidity *validity, const char *name,
                                 const char *text);

/* When it holds around now_s (VolantInterval; transfer full): whole, but of periods that come back,
 * only the days around now. Hours are those of the machine's time zone, as the standard has it. */
GArray *volant_datex_validity_list (const VolantDatexValidity *validity, int64_t now_s);

G_END_DECLS
