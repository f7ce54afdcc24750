/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/plan/wish.h"

#include "maps/error.h"

#include <math.h>
#include <string.h>

/* The wish of those who have none but to be there, and the words of those who have. */

static const struct {
  const char *name;
  const char *singular;
  VolantAvoid avoid;
} avoids[VOLANT_N_AVOIDS] = {
  { "motorways", "motorway", VOLANT_AVOID_MOTORWAYS },
  { "tolls", "toll", VOLANT_AVOID_TOLLS },
  { "ferries", "ferry", VOLANT_AVOID_FERRIES },
};

VolantRouteWish
volant_route_wish (VolantMode mode, VolantPoint from, VolantPoint to)
{
  return (VolantRouteWish) { .mode = mode, .from = from, .heading_deg = NAN, .to = to };
}

const char *
volant_avoid_name (VolantAvoid avoid)
{
  for (unsigned i = 0; i < VOLANT_N_AVOIDS; i++)
    if (avoids[i].avoid == avoid)
      return avoids[i].name;
  g_return_val_if_reached ("");
}

bool
volant_avoid_parse (const char *text, unsigned *avoid, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", \t", -1);

  *avoid = 0;
  for (char **word = words; *word != NULL; word++)
    {
      unsigned i = 0;

      if (**word == '\0')
        continue;
      while (i < VOLANT_N_AVOIDS && strcmp (*word, avoids[i].name) != 0 &&
             strcmp (*word, avoids[i].singular) != 0)
        i++;
      if (i == VOLANT_N_AVOIDS)
        {
          g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                       "“%s” cannot be avoided; choose among motorways, tolls and ferries", *word);
          return false;
        }
      *avoid |= avoids[i].avoid;
    }
  return true;
}

bool
volant_vehicle_size_fits (const VolantVehicleSize *size, const VolantLimit *limit)
{
  switch ((VolantLimitKind) limit->kind)
    {
    case VOLANT_LIMIT_HEIGHT:
      return size->height_cm <= limit->value;
    case VOLANT_LIMIT_WIDTH:
      return size->width_cm <= limit->value;
    case VOLANT_LIMIT_LENGTH:
      return size->length_cm <= limit->value;
    case VOLANT_LIMIT_WEIGHT:
      return size->weight_kg <= limit->value * 10u;
    case VOLANT_LIMIT_AXLE_LOAD:
      return size->axle_load_kg <= limit->value * 10u;
    case VOLANT_N_LIMIT_KINDS:
    default:
      g_return_val_if_reached (true);
    }
}
