/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/hear-names.h"

#include "app/error.h"
#include "app/feeds/stations-feed.h"
#include "maps/places/places.h"

#include <string.h>

/* Names for the ears of `volant hear`, read once before the first file. */

#define FEED_DEADLINE_S 30
#define MAX_STREETS 150
#define MAX_PLACES 50
#define RADIUS_M 20000.0

static void
on_feed (void *source, bool *is_done)
{
  *is_done = true;
}

static void
on_feed_failed (VolantStationsFeed *feed, const GError *error, bool *is_done)
{
  *is_done = true;
}

static gboolean
on_deadline (void *data)
{
  *(bool *) data = true;
  return G_SOURCE_CONTINUE;
}

/* Runs the main context until the feed has spoken. */
static bool
read_feed (VolantStationsFeed *feed, const char *location, GError **error)
{
  bool is_done = false;
  unsigned deadline = g_timeout_add_seconds (FEED_DEADLINE_S, on_deadline, &is_done);

  g_signal_connect (feed, "changed", G_CALLBACK (on_feed), &is_done);
  g_signal_connect (feed, "failed", G_CALLBACK (on_feed_failed), &is_done);
  volant_stations_feed_start (feed);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  volant_stations_feed_stop (feed);
  g_signal_handlers_disconnect_by_data (feed, &is_done);
  if (volant_stations_feed_get_feed (feed) != NULL)
    return true;
  if (volant_stations_feed_get_error (feed) != NULL)
    g_propagate_error (error, g_error_copy (volant_stations_feed_get_error (feed)));
  else
    g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                 "the stations %s do not answer: check the address", location);
  return false;
}

bool
volant_hear_add_stations (VolantEars *ears, const char *location, const char *language,
                          GError **error)
{
  g_autoptr (VolantStationsFeed) feed = volant_stations_feed_new (location, language);
  g_autofree VolantSpokenName *names = NULL;
  VolantStationFeed *stations;

  if (!read_feed (feed, location, error))
    return false;
  stations = volant_stations_feed_get_feed (feed);
  names = g_new0 (VolantSpokenName, stations->stations->len + 1);
  for (unsigned i = 0; i < stations->stations->len; i++)
    {
      const VolantStation *station = g_ptr_array_index (stations->stations, i);

      names[i].id = station->id;
      names[i].text = station->spoken_name;
    }
  volant_ears_set_names (ears, "station", names, stations->stations->len);
  return true;
}

static bool
add_nearest (VolantEars *ears, VolantPlaces *places, VolantPoint point, VolantPlaceKind kind,
             const char *slot, unsigned limit, const char *language, GError **error)
{
  g_autoptr (GPtrArray) found = volant_places_near (places, point, RADIUS_M, kind, limit, error);
  g_autofree VolantSpokenName *names = NULL;

  if (found == NULL)
    return false;
  names = g_new0 (VolantSpokenName, found->len + 1);
  for (unsigned i = 0; i < found->len; i++)
    {
      const VolantPlace *place = g_ptr_array_index (found, i);

      names[i] = (VolantSpokenName){ place->id, place->name, language };
    }
  volant_ears_set_names (ears, slot, names, found->len);
  return true;
}

bool
volant_hear_add_city (VolantEars *ears, const char *path, const char *language, GError **error)
{
  g_autoptr (VolantCity) city = volant_city_open (path, error);
  g_autoptr (VolantPlaces) places = NULL;
  VolantPoint start;

  if (city == NULL)
    return false;
  places = volant_places_open (volant_city_get_file (city), error);
  if (places == NULL)
    return false;
  start = volant_city_get_info (city)->start;
  return add_nearest (ears, places, start, VOLANT_PLACE_STREET, "street", MAX_STREETS, language,
                      error) &&
         add_nearest (ears, places, start, VOLANT_PLACE_POI, "place", MAX_PLACES, language, error);
}

static bool
add_line (GHashTable *slots, const char *line)
{
  const char *tab = strchr (line, '\t');
  g_autofree char *slot = tab != NULL ? g_strndup (line, (size_t) (tab - line))
                                      : g_strdup ("station");
  GPtrArray *names = g_hash_table_lookup (slots, slot);

  if (names == NULL)
    return false;
  g_ptr_array_add (names, g_strstrip (g_strdup (tab != NULL ? tab + 1 : line)));
  return true;
}

bool
volant_hear_add_names (VolantEars *ears, const char *path, const char *language, GError **error)
{
  static const char *const slot_names[] = { "station", "street", "place" };
  g_autoptr (GHashTable) slots =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return false;
  for (unsigned i = 0; i < G_N_ELEMENTS (slot_names); i++)
    g_hash_table_insert (slots, (char *) slot_names[i], g_ptr_array_new_with_free_func (g_free));
  lines = g_strsplit (text, "\n", -1);
  for (unsigned i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] == '\0' || *lines[i] == '#' || add_line (slots, lines[i]))
        continue;
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_BAD_PARAMETER,
                   "%s:%u: the slot before the tab must be station, street or place", path, i + 1);
      return false;
    }
  for (unsigned i = 0; i < G_N_ELEMENTS (slot_names); i++)
    {
      GPtrArray *texts = g_hash_table_lookup (slots, slot_names[i]);
      g_autofree VolantSpokenName *names = g_new0 (VolantSpokenName, texts->len + 1);

      for (unsigned n = 0; n < texts->len; n++)
        names[n] = (VolantSpokenName){ texts->pdata[n], texts->pdata[n], language };
      if (texts->len > 0)
        volant_ears_set_names (ears, slot_names[i], names, texts->len);
    }
  return true;
}
