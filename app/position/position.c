/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/position/position.h"

#include <math.h>

/* The interface. */

G_DEFINE_INTERFACE (VolantPosition, volant_position, G_TYPE_OBJECT)

static void
volant_position_default_init (VolantPositionInterface *iface)
{
  g_signal_new ("changed", VOLANT_TYPE_POSITION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

/* volant_position_get_fix:
 *
 * The last fix; valid is false, and the numbers NAN, where the car does not know where it is. */
void
volant_position_get_fix (VolantPosition *self, VolantFix *fix)
{
  *fix = (VolantFix){ .heading_deg = NAN, .speed_mps = NAN, .accuracy_m = NAN };
  VOLANT_POSITION_GET_IFACE (self)->get_fix (self, fix);
}
