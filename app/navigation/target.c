/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/navigation.h"

/* Where one wants to go: a plain value. */

VolantTarget *
volant_target_new (const char *id, const char *name, VolantPoint point, bool is_station)
{
  VolantTarget *target = g_new0 (VolantTarget, 1);

  target->id = g_strdup (id != NULL ? id : "");
  target->name = g_strdup (name != NULL ? name : "");
  target->point = point;
  target->is_station = is_station;
  return target;
}

VolantTarget *
volant_target_copy (const VolantTarget *target)
{
  return volant_target_new (target->id, target->name, target->point, target->is_station);
}

void
volant_target_free (VolantTarget *target)
{
  if (target == NULL)
    return;
  g_free (target->id);
  g_free (target->name);
  g_free (target);
}
