/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/tour/targets.h"

#include "maps/csv.h"

#include <string.h>

static void
clear_target (void *data)
{
  g_free (((VolantStationTarget *) data)->station);
}

static bool
refuse (GError **error, unsigned line, const char *what, const char *word)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "line %u: %s “%s”; write a station's id and a number of cars, such as “42,3”", line,
               what, word);
  return false;
}

/* A plain number: no sign, no point, no NaN. */
static bool
parse_cars (const char *text, uint32_t *cars)
{
  uint64_t value = 0;

  if (*text == '\0' || strlen (text) > 9)
    return false;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text))
        return false;
      value = value * 10 + (uint64_t) (*text - '0');
    }
  *cars = (uint32_t) value;
  return value <= VOLANT_TARGETS_MOST_CARS;
}

static bool
read_row (VolantCsv *csv, const int columns[2], GHashTable *seen, GArray *targets, GError **error)
{
  unsigned line = volant_csv_get_line (csv);
  g_autofree char *station = g_strstrip (g_strdup (volant_csv_get (csv, columns[0])));
  g_autofree char *cars = g_strstrip (g_strdup (volant_csv_get (csv, columns[1])));
  VolantStationTarget target = { .line = line };

  if (*station == '\0')
    return refuse (error, line, "there is no station before", cars);
  if (!parse_cars (cars, &target.cars))
    return refuse (error, line, "this is not a number of cars:", cars);
  if (g_hash_table_contains (seen, station))
    return refuse (error, line, "a station comes twice:", station);
  target.station = g_steal_pointer (&station);
  g_hash_table_add (seen, target.station);
  g_array_append_val (targets, target);
  return true;
}

GArray *
volant_targets_parse (const char *text, size_t size, GError **error)
{
  g_autoptr (VolantCsv) csv = volant_csv_new (text, size, ',');
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (VolantStationTarget));
  int columns[2] = { -1, -1 };

  g_array_set_clear_func (targets, clear_target);
  if (volant_csv_next (csv))
    {
      columns[0] = volant_csv_find (csv, "station_id");
      columns[1] = volant_csv_find (csv, "target");
      if (columns[0] < 0 || columns[1] < 0)
        {
          g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                       "the first line is not “station_id,target”; write it above the stations");
          return NULL;
        }
    }
  while (volant_csv_next (csv))
    if (!read_row (csv, columns, seen, targets, error))
      return NULL;
  if (targets->len > 0)
    return g_steal_pointer (&targets);
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
               "there is no target in it; write “station_id,target” and a line for each station");
  return NULL;
}
