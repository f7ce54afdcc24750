/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/traffic-file.h"

#include "maps/error.h"
#include "maps/stations/json-guard.h"

#include <math.h>
#include <string.h>

/* Strict: a document of our own making that is wrong in one place may be wrong in any. */

#define FORMAT "volant-traffic"
#define VERSION 1
#define DEFAULT_TTL_S 300
#define MAX_TTL_S 86400
#define MAX_SPEED_KMH 300.0
#define MAX_ID 9007199254740992.0 /* 2^53: beyond it numbers of JSON lose their last digits */
#define MAX_REASON_BYTES 200

static bool
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static bool
refuse (GError **error, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "the traffic document is wrong: %s", words);
  return false;
}

/* An id of OSM; *id stays where the member is missing. */
static bool
read_id (JsonObject *object, const char *member, int64_t *id)
{
  double number;

  if (!json_object_has_member (object, member))
    return true;
  if (!volant_json_get_number (object, member, &number) || number < 1.0 || number > MAX_ID ||
      number != floor (number))
    return false;
  *id = (int64_t) number;
  return true;
}

static bool
read_time (JsonObject *object, const char *member, int64_t *time_s)
{
  return !json_object_has_member (object, member) ||
         volant_traffic_parse_time (volant_json_get_string (object, member), time_s);
}

static bool
read_direction (JsonObject *object, VolantTrafficReport *report)
{
  static const struct {
    const char *name;
    VolantTrafficDirections directions;
  } names[] = {
    { "forward", VOLANT_TRAFFIC_FORWARD },
    { "backward", VOLANT_TRAFFIC_BACKWARD },
    { "both", VOLANT_TRAFFIC_BOTH },
  };
  const char *name = volant_json_get_string (object, "direction");

  for (unsigned i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i].name) == 0)
      {
        report->directions = names[i].directions;
        return true;
      }
  return !json_object_has_member (object, "direction");
}

static bool
read_state (JsonObject *object, unsigned number, VolantTrafficReport *report, GError **error)
{
  bool is_closed = false;
  double speed_kmh;

  if (json_object_has_member (object, "closed") &&
      !volant_json_get_bool (object, "closed", &is_closed))
    return refuse (error, "link %u: closed must be true or false", number);
  if (is_closed)
    return true;
  if (!json_object_has_member (object, "speed_kmh"))
    return refuse (error, "link %u is neither closed nor has a speed_kmh", number);
  if (!volant_json_get_number (object, "speed_kmh", &speed_kmh) || speed_kmh <= 0.0 ||
      speed_kmh > MAX_SPEED_KMH)
    return refuse (error,
                   "link %u: speed_kmh must be above 0 and at most %.0f; a road that is shut is "
                   "closed", number, MAX_SPEED_KMH);
  report->speed_mm_per_s = MAX ((uint32_t) lrint (speed_kmh / 3.6 * 1000.0), 1);
  return true;
}

static bool
read_link (JsonObject *object, unsigned number, VolantTrafficReport *report, GError **error)
{
  const char *reason = volant_json_get_string (object, "reason");

  if (!read_id (object, "way", &report->way_id) || report->way_id == 0)
    return refuse (error, "link %u has no way, the number of one in OpenStreetMap", number);
  if (!read_id (object, "from_node", &report->from_node) ||
      !read_id (object, "to_node", &report->to_node) ||
      (report->from_node == 0) != (report->to_node == 0))
    return refuse (error, "link %u: from_node and to_node are two numbers, or left out", number);
  if (!read_direction (object, report))
    return refuse (error, "link %u: direction is forward, backward or both", number);
  if (!read_time (object, "valid_from", &report->valid_from_s) ||
      !read_time (object, "valid_until", &report->valid_until_s))
    return refuse (error, "link %u: valid_from and valid_until are times like "
                          "2026-11-23T20:00:00Z", number);
  report->reason = reason != NULL ? g_utf8_substring (reason, 0, MIN (g_utf8_strlen (reason, -1),
                                                                      MAX_REASON_BYTES))
                                  : g_strdup ("");
  return read_state (object, number, report, error);
}

/* Which document it is, and until when it is good. */
static bool
read_head (JsonObject *root, int64_t now_s, VolantTrafficReports *reports, GError **error)
{
  const char *format = volant_json_get_string (root, "format");
  double version, ttl_s = DEFAULT_TTL_S;
  int64_t timestamp_s = 0;

  if (format == NULL || strcmp (format, FORMAT) != 0)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                   "this JSON is no traffic document: its format is not “" FORMAT "”");
      return false;
    }
  if (!volant_json_get_number (root, "version", &version) || version != VERSION)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "the traffic document is not of version %d, which this program reads", VERSION);
      return false;
    }
  if (!volant_traffic_parse_time (volant_json_get_string (root, "timestamp"), &timestamp_s))
    return refuse (error, "its timestamp must be a time like 2026-11-23T08:00:00Z");
  if (json_object_has_member (root, "ttl_s") &&
      (!volant_json_get_number (root, "ttl_s", &ttl_s) || ttl_s < 1.0 || ttl_s > MAX_TTL_S))
    return refuse (error, "its ttl_s must be 1 to %d seconds", MAX_TTL_S);
  reports->expires_s = MIN (timestamp_s, now_s) + (int64_t) ttl_s;
  return true;
}

VolantTrafficReports *
volant_traffic_file_parse (GBytes *bytes, int64_t now_s, GError **error)
{
  g_autoptr (JsonNode) node = volant_json_load (bytes, "the traffic document", error);
  g_autoptr (VolantTrafficReports) reports = NULL;
  JsonArray *links;

  if (node == NULL)
    return NULL;
  reports = volant_traffic_reports_new ();
  if (!read_head (json_node_get_object (node), now_s, reports, error))
    return NULL;
  links = volant_json_get_array (json_node_get_object (node), "links");
  if (links == NULL)
    {
      refuse (error, "it has no list of links; nothing to tell is an empty one");
      return NULL;
    }
  for (unsigned i = 0; i < json_array_get_length (links); i++)
    {
      JsonObject *object = volant_json_element (links, i);
      VolantTrafficReport *report = volant_traffic_report_new (VOLANT_TRAFFIC_ON_WAY);

      g_ptr_array_add (reports->reports, report);
      if (object == NULL)
        refuse (error, "link %u is not an object", i + 1);
      if (object == NULL || !read_link (object, i + 1, report, error))
        return NULL;
    }
  return g_steal_pointer (&reports);
}
