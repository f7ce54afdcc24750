/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/feed-builder.h"

#include "maps/error.h"
#include "maps/stations/spoken-name.h"

/* The stations stand in the feed in the order of their coming; by_id points into it. */

struct _VolantFeedBuilder {
  VolantStationFeed *feed;
  GHashTable *by_id;
  GPtrArray *warnings;
  unsigned n_more_warnings;
  bool is_full;
};

VolantFeedBuilder *
volant_feed_builder_new (const char *version)
{
  VolantFeedBuilder *builder = g_new0 (VolantFeedBuilder, 1);

  builder->feed = g_new0 (VolantStationFeed, 1);
  builder->feed->system_id = g_strdup ("");
  builder->feed->system_name = g_strdup ("");
  builder->feed->version = g_strdup (version);
  builder->feed->attribution = g_strdup ("");
  builder->feed->stations = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_station_free);
  builder->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  builder->warnings = g_ptr_array_new_with_free_func (g_free);
  return builder;
}

void
volant_feed_builder_free (VolantFeedBuilder *builder)
{
  if (builder == NULL)
    return;
  volant_station_feed_free (builder->feed);
  g_hash_table_unref (builder->by_id);
  g_ptr_array_unref (builder->warnings);
  g_free (builder);
}

VolantStationFeed *
volant_feed_builder_get_feed (VolantFeedBuilder *builder)
{
  return builder->feed;
}

VolantStation *
volant_feed_builder_find (VolantFeedBuilder *builder, const char *id)
{
  return g_hash_table_lookup (builder->by_id, id);
}

VolantStation *
volant_feed_builder_new_station (const char *id, const char *name, const char *town)
{
  VolantStation *station = g_new0 (VolantStation, 1);

  station->id = g_strdup (id);
  station->name = g_strdup (name);
  station->spoken_name = volant_spoken_name (name, town);
  station->address = g_strdup ("");
  station->cars_available = -1;
  station->docks_available = -1;
  station->chargers_available = -1;
  station->is_installed = station->is_renting = station->is_returning = true;
  return station;
}

static void
add_warning (VolantFeedBuilder *builder, const char *format, va_list arguments)
{
  if (builder->warnings->len < VOLANT_FEED_MAX_WARNINGS)
    g_ptr_array_add (builder->warnings, g_strdup_vprintf (format, arguments));
  else
    builder->n_more_warnings++;
}

void
volant_feed_builder_skip (VolantFeedBuilder *builder, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_warning (builder, format, arguments);
  va_end (arguments);
  builder->feed->n_skipped++;
}

void
volant_feed_builder_warn (VolantFeedBuilder *builder, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_warning (builder, format, arguments);
  va_end (arguments);
}

bool
volant_feed_builder_add (VolantFeedBuilder *builder, VolantStation *station)
{
  if (g_hash_table_contains (builder->by_id, station->id))
    {
      volant_feed_builder_skip (builder,
                                "station “%s” (%s): its id is there twice; the first counts",
                                station->id, station->name);
      volant_station_free (station);
      return false;
    }
  if (builder->feed->stations->len >= VOLANT_FEED_MAX_STATIONS)
    {
      builder->is_full = true;
      volant_station_free (station);
      return false;
    }
  g_ptr_array_add (builder->feed->stations, station);
  g_hash_table_insert (builder->by_id, station->id, station);
  return true;
}

VolantStationFeed *
volant_feed_builder_finish (VolantFeedBuilder *builder, GError **error)
{
  g_autoptr (VolantFeedBuilder) owned = builder;

  if (owned->is_full)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "The feed names more than %d stations; give the feed of one city",
                   VOLANT_FEED_MAX_STATIONS);
      return NULL;
    }
  if (owned->feed->stations->len == 0)
    {
      const char *first = owned->warnings->len > 0 ? owned->warnings->pdata[0] : NULL;

      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                   "The feed has no station that can be used%s%s%s", first != NULL ? " (" : "",
                   first != NULL ? first : "", first != NULL ? ")" : "");
      return NULL;
    }
  if (owned->n_more_warnings > 0)
    g_ptr_array_add (owned->warnings,
                     g_strdup_printf ("… and %u more warnings", owned->n_more_warnings));
  g_ptr_array_add (owned->warnings, NULL);
  owned->feed->warnings = (GStrv) g_ptr_array_steal (owned->warnings, NULL);
  return g_steal_pointer (&owned->feed);
}
