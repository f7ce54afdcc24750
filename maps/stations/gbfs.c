/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/gbfs.h"

#include "maps/stations/gbfs-stations.h"
#include "maps/stations/json-guard.h"

#include <string.h>

/* The frame that all GBFS documents share (last_updated, ttl, version, data), the discovery
 * document, the system's name and its vehicle types. Stations are read in gbfs-stations.c. */

#define MAX_TTL_S (7 * 24 * 3600)

/* Opens a document: its "data" object (borrowed from *root), version and ttl. */
static JsonObject *
open_document (GBytes *bytes, const char *what, JsonNode **root, GError **error)
{
  g_autoptr (JsonNode) node = volant_json_load (bytes, what, error);
  const char *version;
  JsonObject *data;

  if (node == NULL)
    return NULL;
  version = volant_json_get_string (json_node_get_object (node), "version");
  if (version == NULL || (!g_str_has_prefix (version, "2.") && !g_str_has_prefix (version, "3.")))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "%s is of GBFS version %s; versions 2.0 to 3.0 are known here", what,
                   version != NULL ? version : "1 or none");
      return NULL;
    }
  data = volant_json_get_object (json_node_get_object (node), "data");
  if (data == NULL)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT, "%s has no “data” object",
                   what);
      return NULL;
    }
  *root = g_steal_pointer (&node);
  return data;
}

static uint32_t
get_ttl_s (JsonNode *root)
{
  double ttl_s;

  if (!volant_json_get_number (json_node_get_object (root), "ttl", &ttl_s) || ttl_s < 0.0)
    return 0;
  return (uint32_t) MIN (ttl_s, MAX_TTL_S);
}

/* GBFS 3 has one list of feeds, GBFS 2 one for each language. */
static JsonArray *
find_feeds (JsonObject *data, const char *language)
{
  JsonArray *feeds = volant_json_get_array (data, "feeds");
  JsonObject *chosen = language != NULL ? volant_json_get_object (data, language) : NULL;
  g_autoptr (GList) members = NULL;

  if (feeds != NULL)
    return feeds;
  if (chosen != NULL && (feeds = volant_json_get_array (chosen, "feeds")) != NULL)
    return feeds;
  members = json_object_get_members (data);
  for (GList *link = members; link != NULL; link = link->next)
    if ((chosen = volant_json_get_object (data, link->data)) != NULL &&
        (feeds = volant_json_get_array (chosen, "feeds")) != NULL)
      return feeds;
  return NULL;
}

static void
take_link (VolantGbfsLinks *links, const char *name, const char *url)
{
  char **place = strcmp (name, "system_information") == 0    ? &links->system_information
                 : strcmp (name, "station_information") == 0 ? &links->station_information
                 : strcmp (name, "station_status") == 0      ? &links->station_status
                 : strcmp (name, "vehicle_types") == 0       ? &links->vehicle_types
                                                             : NULL;

  if (place == NULL)
    return;
  g_free (*place);
  *place = g_strdup (url);
}

VolantGbfsLinks *
volant_gbfs_parse_discovery (GBytes *bytes, const char *language, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (VolantGbfsLinks) links = g_new0 (VolantGbfsLinks, 1);
  JsonObject *data = open_document (bytes, "gbfs.json", &root, error);
  JsonArray *feeds;

  if (data == NULL)
    return NULL;
  links->version = g_strdup (volant_json_get_string (json_node_get_object (root), "version"));
  links->ttl_s = get_ttl_s (root);
  feeds = find_feeds (data, language);
  for (unsigned i = 0; feeds != NULL && i < json_array_get_length (feeds); i++)
    {
      JsonObject *feed = volant_json_element (feeds, i);
      const char *name = feed != NULL ? volant_json_get_string (feed, "name") : NULL;
      const char *url = feed != NULL ? volant_json_get_string (feed, "url") : NULL;

      if (name != NULL && url != NULL && *url != '\0')
        take_link (links, name, url);
    }
  if (links->station_information == NULL)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                   "gbfs.json publishes no station_information: this system has no stations");
      return NULL;
    }
  return g_steal_pointer (&links);
}

void
volant_gbfs_links_free (VolantGbfsLinks *links)
{
  if (links == NULL)
    return;
  g_free (links->version);
  g_free (links->system_information);
  g_free (links->station_information);
  g_free (links->station_status);
  g_free (links->vehicle_types);
  g_free (links);
}

static void
replace_text (char **place, const char *text)
{
  if (text == NULL)
    return;
  g_free (*place);
  *place = g_strdup (text);
}

static void
read_system (JsonObject *data, const char *language, VolantStationFeed *feed)
{
  const char *organization = volant_gbfs_get_text (data, "attribution_organization_name", language);
  const char *licence = volant_json_get_string (data, "license_id");

  if (licence == NULL)
    licence = volant_json_get_string (data, "license_url");
  replace_text (&feed->system_id, volant_json_get_string (data, "system_id"));
  replace_text (&feed->system_name, volant_gbfs_get_text (data, "name", language));
  if (organization == NULL && licence == NULL)
    return;
  if (organization == NULL)
    organization = feed->system_name;
  g_free (feed->attribution);
  feed->attribution =
      licence != NULL ? g_strdup_printf ("%s, %s", organization, licence) : g_strdup (organization);
}

/* The ids of cars among the vehicle types (transfer full). */
static GHashTable *
read_vehicle_types (JsonObject *data)
{
  JsonArray *types = volant_json_get_array (data, "vehicle_types");
  GHashTable *cars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned i = 0; types != NULL && i < json_array_get_length (types); i++)
    {
      JsonObject *type = volant_json_element (types, i);
      const char *id = type != NULL ? volant_json_get_string (type, "vehicle_type_id") : NULL;
      const char *form = type != NULL ? volant_json_get_string (type, "form_factor") : NULL;

      if (id != NULL && g_strcmp0 (form, "car") == 0)
        g_hash_table_add (cars, g_strdup (id));
    }
  return cars;
}

/* Opens a document that may be missing: what is wrong with it becomes a warning. */
static JsonObject *
open_optional (GBytes *bytes, const char *what, JsonNode **root, VolantFeedBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  JsonObject *data = NULL;

  if (bytes == NULL)
    return NULL;
  data = open_document (bytes, what, root, &error);
  if (data == NULL)
    volant_feed_builder_warn (builder, "left out: %s", error->message);
  return data;
}

VolantStationFeed *
volant_gbfs_parse (const VolantGbfsDocuments *documents, const char *language, GError **error)
{
  g_autoptr (JsonNode) information_root = NULL;
  g_autoptr (JsonNode) status_root = NULL;
  g_autoptr (JsonNode) system_root = NULL;
  g_autoptr (JsonNode) types_root = NULL;
  g_autoptr (GHashTable) cars = NULL;
  g_autoptr (VolantFeedBuilder) builder = NULL;
  JsonObject *information = open_document (documents->station_information, "station_information",
                                           &information_root, error);
  JsonObject *status, *system, *types;
  JsonNode *leading;
  VolantStationFeed *feed;

  if (information == NULL)
    return NULL;
  builder = volant_feed_builder_new (
      volant_json_get_string (json_node_get_object (information_root), "version"));
  feed = volant_feed_builder_get_feed (builder);
  status = open_optional (documents->station_status, "station_status", &status_root, builder);
  system =
      open_optional (documents->system_information, "system_information", &system_root, builder);
  types = open_optional (documents->vehicle_types, "vehicle_types", &types_root, builder);
  leading = status != NULL ? status_root : information_root;
  feed->ttl_s = get_ttl_s (leading);
  feed->updated_at_s = volant_gbfs_get_time_s (json_node_get_object (leading), "last_updated");
  if (system != NULL)
    read_system (system, language, feed);
  cars = types != NULL ? read_vehicle_types (types) : NULL;
  volant_gbfs_read_information (information, cars, language, builder);
  if (status != NULL)
    volant_gbfs_read_status (status, cars, builder);
  return volant_feed_builder_finish (g_steal_pointer (&builder), error);
}
