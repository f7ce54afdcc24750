/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/geo.h"

#include <gio/gio.h>

/* Where the car is. An interface with several providers: the simulation drives along a route; a
 * replay and gpsd come later behind the same. */

G_BEGIN_DECLS

typedef struct {
  bool valid;
  VolantPoint point;
  double heading_deg; /* NAN unknown */
  double speed_mps;   /* NAN unknown */
  double accuracy_m;  /* NAN unknown */
  int64_t at_us;      /* monotonic */
} VolantFix;

#define VOLANT_TYPE_POSITION (volant_position_get_type ())
G_DECLARE_INTERFACE (VolantPosition, volant_position, VOLANT, POSITION, GObject)

struct _VolantPositionInterface {
  GTypeInterface parent;
  void (*get_fix) (VolantPosition *self, VolantFix *fix);
};

void volant_position_get_fix (VolantPosition *self, VolantFix *fix);
/* Signal "changed": a new fix, or the old one became stale. */

G_END_DECLS
