/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/gbfs-stations.h"

#include "maps/stations/json-guard.h"

#include <string.h>

/* station_information makes the stations, station_status fills in their state. The names of members
 * are those of GBFS 2.3 and 3.0, found by which is there rather than by the version: feeds in the
 * field mix them. */

const char *
volant_gbfs_get_text (JsonObject *object, const char *member, const char *language)
{
  const char *text = volant_json_get_string (object, member);
  JsonArray *versions = text == NULL ? volant_json_get_array (object, member) : NULL;

  for (unsigned i = 0; versions != NULL && i < json_array_get_length (versions); i++)
    {
      JsonObject *version = volant_json_element (versions, i);
      const char *found = version != NULL ? volant_json_get_string (version, "text") : NULL;
      const char *its_language =
          version != NULL ? volant_json_get_string (version, "language") : NULL;

      if (found == NULL || *found == '\0')
        continue;
      if (text == NULL)
        text = found;
      /* "fr" fits "fr-CA" as well. */
      if (language != NULL && its_language != NULL &&
          g_ascii_strncasecmp (its_language, language, strlen (language)) == 0)
        return found;
    }
  return text != NULL && *text != '\0' ? text : NULL;
}

int64_t
volant_gbfs_get_time_s (JsonObject *object, const char *member)
{
  const char *text = volant_json_get_string (object, member);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  double number;

  if (time != NULL)
    return MAX (g_date_time_to_unix (time), 0);
  if (!volant_json_get_number (object, member, &number) || number < 0.0 || number > 1e11)
    return 0;
  return (int64_t) number;
}

static bool
read_point (JsonObject *entry, VolantPoint *point)
{
  double lat_deg, lon_deg;

  if (!volant_json_get_number (entry, "lat", &lat_deg) ||
      !volant_json_get_number (entry, "lon", &lon_deg))
    return false;
  /* The corner of the world where a position is that was never filled in. */
  if (lat_deg == 0.0 && lon_deg == 0.0)
    return false;
  if (!(lat_deg >= -90.0 && lat_deg <= 90.0 && lon_deg >= -180.0 && lon_deg <= 180.0))
    return false;
  *point = volant_point_from_degrees (lat_deg, lon_deg);
  return true;
}

static bool
takes_cars (JsonObject *entry, GHashTable *cars)
{
  JsonArray *ids = volant_json_get_array (entry, "vehicle_type_ids");
  const char *id = volant_json_get_string (entry, "vehicle_type_id");

  if (cars == NULL)
    return true;
  if (id != NULL && g_hash_table_contains (cars, id))
    return true;
  for (unsigned i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          g_hash_table_contains (cars, json_node_get_string (node)))
        return true;
    }
  return false;
}

/* Sums an array of { vehicle_type_id(s), count } over cars; false where there is no such array. */
static bool
sum_counts (JsonObject *entry, const char *member, GHashTable *cars, int32_t *sum)
{
  JsonArray *counts = volant_json_get_array (entry, member);
  int64_t total = 0;

  if (counts == NULL || json_array_get_length (counts) == 0)
    return false;
  for (unsigned i = 0; i < json_array_get_length (counts); i++)
    {
      JsonObject *count = volant_json_element (counts, i);
      int32_t n;

      if (count != NULL && volant_json_get_count (count, "count", &n) && takes_cars (count, cars))
        total += n;
    }
  *sum = (int32_t) MIN (total, INT32_MAX);
  return true;
}

/* The same for GBFS 2's object { vehicle_type_id: count }. */
static bool
sum_members (JsonObject *entry, const char *member, GHashTable *cars, int32_t *sum)
{
  JsonObject *counts = volant_json_get_object (entry, member);
  g_autoptr (GList) ids = counts != NULL ? json_object_get_members (counts) : NULL;
  int64_t total = 0;

  if (ids == NULL)
    return false;
  for (GList *link = ids; link != NULL; link = link->next)
    {
      int32_t n;

      if (volant_json_get_count (counts, link->data, &n) &&
          (cars == NULL || g_hash_table_contains (cars, link->data)))
        total += n;
    }
  *sum = (int32_t) MIN (total, INT32_MAX);
  return true;
}

/* How many cars the station holds: the counts of cars where given, else the count of all. */
static uint32_t
read_capacity (JsonObject *entry, GHashTable *cars)
{
  static const char *const arrays[] = {
    "vehicle_docks_capacity",
    "vehicle_types_capacity",
    "vehicle_type_dock_capacity",
    "vehicle_type_area_capacity",
  };
  int32_t capacity;

  for (unsigned i = 0; cars != NULL && i < G_N_ELEMENTS (arrays); i++)
    if (sum_counts (entry, arrays[i], cars, &capacity))
      return (uint32_t) capacity;
  if (cars != NULL && (sum_members (entry, "vehicle_type_capacity", cars, &capacity) ||
                       sum_members (entry, "vehicle_capacity", cars, &capacity)))
    return (uint32_t) capacity;
  if (volant_json_get_count (entry, "capacity", &capacity))
    return (uint32_t) capacity;
  for (unsigned i = 0; i < G_N_ELEMENTS (arrays); i++)
    if (sum_counts (entry, arrays[i], NULL, &capacity))
      return (uint32_t) capacity;
  if (sum_members (entry, "vehicle_type_capacity", NULL, &capacity) ||
      sum_members (entry, "vehicle_capacity", NULL, &capacity))
    return (uint32_t) capacity;
  return 0;
}

static void
read_station (JsonObject *entry, unsigned number, GHashTable *cars, const char *language,
              VolantFeedBuilder *builder)
{
  const char *id = entry != NULL ? volant_json_get_string (entry, "station_id") : NULL;
  const char *name = entry != NULL ? volant_gbfs_get_text (entry, "name", language) : NULL;
  const char *address = entry != NULL ? volant_json_get_string (entry, "address") : NULL;
  VolantStation *station;
  VolantPoint point;

  if (id == NULL || *id == '\0')
    {
      volant_feed_builder_skip (builder, "station_information, entry %u: no station_id", number);
      return;
    }
  if (name == NULL)
    {
      volant_feed_builder_skip (builder, "station “%s”: no name", id);
      return;
    }
  if (!read_point (entry, &point))
    {
      volant_feed_builder_skip (builder, "station “%s” (%s): no position on Earth", id, name);
      return;
    }
  station = volant_feed_builder_new_station (id, name, NULL);
  station->point = point;
  station->capacity = read_capacity (entry, cars);
  if (volant_json_get_bool (entry, "is_charging_station", &station->has_charging) &&
      !station->has_charging)
    station->chargers_available = 0;
  if (address != NULL)
    {
      g_free (station->address);
      station->address = g_strdup (address);
    }
  volant_feed_builder_add (builder, station);
}

void
volant_gbfs_read_information (JsonObject *data, GHashTable *cars, const char *language,
                              VolantFeedBuilder *builder)
{
  JsonArray *stations = volant_json_get_array (data, "stations");

  for (unsigned i = 0; stations != NULL && i < json_array_get_length (stations); i++)
    read_station (volant_json_element (stations, i), i + 1, cars, language, builder);
}

/* A count that the feed gives but that is no count is worth a word. */
static void
read_count (JsonObject *status, const char *member, const VolantStation *station, int32_t *count,
            VolantFeedBuilder *builder)
{
  if (!volant_json_get_count (status, member, count) && json_object_has_member (status, member) &&
      !json_object_get_null_member (status, member))
    volant_feed_builder_warn (builder, "station “%s” (%s): %s is not a count", station->id,
                              station->name, member);
}

static void
read_state (JsonObject *status, GHashTable *cars, VolantStation *station,
            VolantFeedBuilder *builder)
{
  static const char *const switches[] = { "is_installed", "is_renting", "is_returning" };
  bool *const places[] = { &station->is_installed, &station->is_renting, &station->is_returning };

  if (cars == NULL ||
      !sum_counts (status, "vehicle_types_available", cars, &station->cars_available))
    {
      read_count (status, "num_bikes_available", station, &station->cars_available, builder);
      read_count (status, "num_vehicles_available", station, &station->cars_available, builder);
    }
  if (cars == NULL ||
      !sum_counts (status, "vehicle_docks_available", cars, &station->docks_available))
    read_count (status, "num_docks_available", station, &station->docks_available, builder);
  for (unsigned i = 0; i < G_N_ELEMENTS (switches); i++)
    if (!volant_json_get_bool (status, switches[i], places[i]))
      volant_feed_builder_warn (builder, "station “%s” (%s): %s is missing; taken as true",
                                station->id, station->name, switches[i]);
  station->reported_at_s = volant_gbfs_get_time_s (status, "last_reported");
}

void
volant_gbfs_read_status (JsonObject *data, GHashTable *cars, VolantFeedBuilder *builder)
{
  JsonArray *stations = volant_json_get_array (data, "stations");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *all = volant_feed_builder_get_feed (builder)->stations;

  for (unsigned i = 0; stations != NULL && i < json_array_get_length (stations); i++)
    {
      JsonObject *status = volant_json_element (stations, i);
      const char *id = status != NULL ? volant_json_get_string (status, "station_id") : NULL;
      VolantStation *station = id != NULL ? volant_feed_builder_find (builder, id) : NULL;

      if (id == NULL)
        volant_feed_builder_skip (builder, "station_status, entry %u: no station_id", i + 1);
      else if (station == NULL)
        volant_feed_builder_skip (builder, "station_status of “%s”: no such station", id);
      else if (!g_hash_table_add (seen, station->id))
        volant_feed_builder_skip (builder,
                                  "station_status of “%s” is there twice; the first counts", id);
      else
        read_state (status, cars, station, builder);
    }
  for (unsigned i = 0; i < all->len; i++)
    {
      VolantStation *station = all->pdata[i];

      if (!g_hash_table_contains (seen, station->id))
        volant_feed_builder_warn (builder, "station “%s” (%s): its state is not published",
                                  station->id, station->name);
    }
}
