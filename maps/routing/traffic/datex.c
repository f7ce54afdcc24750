/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/datex.h"

#include "maps/error.h"
#include "maps/routing/traffic/datex-location.h"
#include "maps/routing/traffic/datex-validity.h"

#include <expat.h>
#include <math.h>
#include <string.h>

/* One pass with expat. Elements are known by their local names inside DATEX II's own namespaces, of
 * which version 3 has one for each part of the model. A record is collected while it is open and
 * judged when it ends, since the schemas put what decides at its end. */

#define NAMESPACES "http://datex2.eu/schema/"
#define TYPE_ATTRIBUTE "http://www.w3.org/2001/XMLSchema-instance|type"
#define MAX_BYTES (64u << 20)
#define MAX_DEPTH 64
#define MAX_TEXT_BYTES (1u << 20)
#define MAX_REASON_CHARACTERS 200
#define MAX_REPORTS 100000u

typedef struct {
  bool is_management;  /* RoadOrCarriagewayOrLaneManagement */
  bool is_closure;
  bool is_advice;
  bool is_for_some;    /* vehicles of some kinds … */
  bool is_for_cars;    /* … of which cars are one */
  bool is_both;
  bool is_broken;
  bool is_in_comment;
  char *reason;
  VolantDatexValidity validity;
  GPtrArray *places;   /* VolantTrafficReport, by place alone */
} Record;

typedef struct {
  XML_Parser parser;
  GError *error;
  int64_t now_s;
  unsigned depth;
  unsigned skip_depth;  /* of an element that is left out with all in it; 0 for none */
  bool is_datex;
  bool has_situations;  /* a SituationPublication was seen */
  bool is_in_record;
  Record record;
  VolantDatexLocation *location;
  GString *text;
  VolantTrafficReports *reports;
} Reader;

static void
stop (Reader *reader, VolantMapsError code, const char *words)
{
  if (reader->error == NULL)
    g_set_error (&reader->error, VOLANT_MAPS_ERROR, code, "the DATEX II document %s", words);
  XML_StopParser (reader->parser, XML_FALSE);
}

static bool
is_one_of (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

/* Without its prefix. */
static const char *
local_part (const char *name, char separator)
{
  const char *found = strrchr (name, separator);

  return found != NULL ? found + 1 : name;
}

static const char *
find_type (const char **attributes)
{
  for (unsigned i = 0; attributes[i] != NULL; i += 2)
    if (strcmp (attributes[i], TYPE_ATTRIBUTE) == 0)
      return local_part (attributes[i + 1], ':');
  return "";
}

static void
begin_record (Reader *reader, const char **attributes)
{
  reader->is_in_record = true;
  reader->record = (Record) {
    .is_management = strcmp (find_type (attributes), "RoadOrCarriagewayOrLaneManagement") == 0,
    .places = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_traffic_report_free),
  };
  volant_datex_validity_init (&reader->record.validity);
  volant_datex_location_reset (reader->location);
}

static void
clear_record (Reader *reader)
{
  if (!reader->is_in_record)
    return;
  reader->is_in_record = false;
  g_free (reader->record.reason);
  volant_datex_validity_clear (&reader->record.validity);
  g_ptr_array_unref (reader->record.places);
}

/* A place of a closure at one of its times. */
static void
add_report (Reader *reader, const VolantTrafficReport *place, const VolantInterval *interval)
{
  const Record *record = &reader->record;
  VolantTrafficReport *report = volant_traffic_report_new (place->place);

  *report = *place;
  report->reason = g_strdup (record->reason != NULL ? record->reason : "");
  report->points = g_atomic_rc_box_acquire (place->points);
  report->valid_from_s = interval->from_s;
  report->valid_until_s = interval->until_s;
  if (record->is_both)
    {
      report->directions = VOLANT_TRAFFIC_BOTH;
      report->bearing_deg = NAN;
    }
  g_ptr_array_add (reader->reports->reports, report);
}

static void
end_record (Reader *reader)
{
  const Record *record = &reader->record;
  g_autoptr (GArray) intervals = NULL;

  if (!record->is_management || !record->is_closure || record->is_advice ||
      (record->is_for_some && !record->is_for_cars))
    {
      reader->reports->n_other++;
      clear_record (reader);
      return;
    }
  intervals = volant_datex_validity_list (&record->validity, reader->now_s);
  if (intervals->len == 0)
    reader->reports->n_other++; /* suspended, or not these days */
  else if (record->places->len == 0 || record->is_broken)
    reader->reports->n_uncharted++;
  if (reader->reports->reports->len + record->places->len * intervals->len > MAX_REPORTS)
    stop (reader, VOLANT_MAPS_ERROR_TOO_LARGE, "tells of more than 100000 closures");
  for (unsigned i = 0; i < record->places->len && !record->is_broken && reader->error == NULL; i++)
    for (unsigned k = 0; k < intervals->len; k++)
      add_report (reader, record->places->pdata[i],
                  &g_array_index (intervals, VolantInterval, k));
  clear_record (reader);
}

/* Elements in which a location is told; those inside another are locations of their own. */
static bool
is_location (const char *name)
{
  static const char *const names[] = { "groupOfLocations", "locationReference", "location",
                                       "locationContainedInGroup", NULL };

  return is_one_of (name, names);
}

/* What is told besides and would only confuse: places for display, causes that are records. */
static bool
is_left_out (const char *name)
{
  static const char *const names[] = { "locationForDisplay", "coordinatesForDisplay",
                                       "exceptionPeriod", "source", "cause", "impact",
                                       "nonGeneralPublicComment", "headerInformation", NULL };

  return is_one_of (name, names);
}

static void
begin_in_record (Reader *reader, const char *name, const char **attributes)
{
  if (is_left_out (name))
    {
      reader->skip_depth = reader->depth;
      return;
    }
  if (is_location (name))
    volant_datex_location_take (reader->location, reader->record.places);
  volant_datex_location_begin (reader->location, name, attributes);
  if (strcmp (name, "validPeriod") == 0)
    volant_datex_validity_take (&reader->record.validity, name, "");
  else if (strcmp (name, "generalPublicComment") == 0)
    reader->record.is_in_comment = true;
  else if (strcmp (name, "forVehiclesWithCharacteristicsOf") == 0)
    reader->record.is_for_some = true;
}

static void
take_vehicle (Record *record, const char *name, const char *text)
{
  static const char *const cars[] = { "anyVehicle", "car", "carOrLightVehicle", "passengerCar",
                                      "smallCar", "largeCar", NULL };

  if (strcmp (name, "vehicleType") == 0)
    record->is_for_cars |= is_one_of (text, cars);
}

static void
take_direction (Record *record, const char *name, const char *text)
{
  static const char *const names[] = { "applicableForTrafficDirection", "alertCDirectionCoded",
                                       "alertCAffectedDirection", "directionBoundOnLinearSection",
                                       "directionRelativeOnLinearSection", NULL };
  static const char *const both[] = { "bothWays", "allDirections", "both", NULL };

  if (is_one_of (name, names) && is_one_of (text, both))
    record->is_both = true;
}

static void
end_in_record (Reader *reader, const char *name, const char *text)
{
  static const char *const closures[] = { "roadClosed", "carriagewayClosures",
                                          "closedPermanentlyForTheWinter", "overnightClosures",
                                          "intermittentShortTermClosures", NULL };
  Record *record = &reader->record;

  volant_datex_location_end (reader->location, name, text);
  record->is_broken |= !volant_datex_validity_take (
    &record->validity, strcmp (name, "validPeriod") == 0 ? "" : name, text);
  take_vehicle (record, name, text);
  take_direction (record, name, text);
  if (is_location (name))
    volant_datex_location_take (reader->location, record->places);
  else if (strcmp (name, "roadOrCarriagewayOrLaneManagementType") == 0)
    record->is_closure = is_one_of (text, closures);
  else if (strcmp (name, "complianceOption") == 0)
    record->is_advice = strcmp (text, "advisory") == 0;
  else if (strcmp (name, "generalPublicComment") == 0)
    record->is_in_comment = false;
  else if (strcmp (name, "value") == 0 && record->is_in_comment && record->reason == NULL &&
           *text != '\0')
    record->reason = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1),
                                                     MAX_REASON_CHARACTERS));
}

/* Which publication this is. */
static void
begin_publication (Reader *reader, const char **attributes)
{
  const char *type = find_type (attributes);

  if (strcmp (type, "SituationPublication") == 0)
    reader->has_situations = true;
  else if (*type != '\0')
    stop (reader, VOLANT_MAPS_ERROR_UNSUPPORTED,
          "is no SituationPublication; give one with closures of roads");
}

/* The local name where the element is of DATEX II; NULL otherwise. */
static const char *
datex_name (Reader *reader, const char *name)
{
  const char *version;

  if (!g_str_has_prefix (name, NAMESPACES))
    return NULL;
  version = name + strlen (NAMESPACES);
  if (*version != '2' && *version != '3')
    {
      stop (reader, VOLANT_MAPS_ERROR_UNSUPPORTED,
            "is of another version than 2 and 3, which this program reads");
      return NULL;
    }
  reader->is_datex = true;
  return local_part (name, '|');
}

static void
on_start (void *data, const char *full_name, const char **attributes)
{
  Reader *reader = data;
  const char *name;

  g_string_truncate (reader->text, 0);
  if (++reader->depth > MAX_DEPTH)
    {
      stop (reader, VOLANT_MAPS_ERROR_TOO_LARGE, "is nested too deeply");
      return;
    }
  name = reader->skip_depth == 0 ? datex_name (reader, full_name) : NULL;
  if (name == NULL)
    return;
  if (reader->is_in_record)
    begin_in_record (reader, name, attributes);
  else if (strcmp (name, "situationRecord") == 0)
    begin_record (reader, attributes);
  else if (strcmp (name, "payloadPublication") == 0 || strcmp (name, "payload") == 0)
    begin_publication (reader, attributes);
}

static void
on_end (void *data, const char *full_name)
{
  Reader *reader = data;
  const char *name = reader->skip_depth == 0 ? datex_name (reader, full_name) : NULL;

  if (reader->skip_depth == reader->depth)
    reader->skip_depth = 0;
  reader->depth--;
  if (name == NULL || !reader->is_in_record)
    return;
  if (strcmp (name, "situationRecord") == 0)
    end_record (reader);
  else
    end_in_record (reader, name, g_strstrip (reader->text->str));
  g_string_truncate (reader->text, 0);
}

static void
on_text (void *data, const char *text, int length)
{
  Reader *reader = data;

  if (!reader->is_in_record || reader->skip_depth != 0)
    return;
  if (reader->text->len + (size_t) length > MAX_TEXT_BYTES)
    stop (reader, VOLANT_MAPS_ERROR_TOO_LARGE, "has a text without end");
  else
    g_string_append_len (reader->text, text, length);
}

static void
on_doctype (void *data, const char *name, const char *system, const char *public,
            int has_internal_subset)
{
  stop (data, VOLANT_MAPS_ERROR_CORRUPT, "has a document type, which DATEX II does not allow");
}

static bool
check_end (Reader *reader, enum XML_Status status, GError **error)
{
  if (reader->error == NULL && status != XML_STATUS_OK)
    g_set_error (&reader->error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                 "the DATEX II document is no XML, or is cut off: line %lu: %s",
                 XML_GetCurrentLineNumber (reader->parser),
                 XML_ErrorString (XML_GetErrorCode (reader->parser)));
  if (reader->error == NULL && !reader->is_datex)
    stop (reader, VOLANT_MAPS_ERROR_CORRUPT,
          "is none: its elements are not of http://datex2.eu/schema/2 or 3");
  if (reader->error == NULL && !reader->has_situations)
    stop (reader, VOLANT_MAPS_ERROR_UNSUPPORTED,
          "holds no SituationPublication; give one with closures of roads");
  if (reader->error == NULL)
    return true;
  g_propagate_error (error, g_steal_pointer (&reader->error));
  return false;
}

VolantTrafficReports *
volant_datex_parse (GBytes *bytes, int64_t now_s, GError **error)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  Reader reader = { .now_s = now_s };
  VolantTrafficReports *reports = NULL;

  if (size > MAX_BYTES)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "the DATEX II document has %zu bytes; %u are the most", size, MAX_BYTES);
      return NULL;
    }
  reader.parser = XML_ParserCreateNS (NULL, '|');
  reader.location = volant_datex_location_new ();
  reader.text = g_string_new (NULL);
  reader.reports = volant_traffic_reports_new ();
  reader.reports->expires_s = now_s + VOLANT_DATEX_TTL_S;
  XML_SetUserData (reader.parser, &reader);
  XML_SetElementHandler (reader.parser, on_start, on_end);
  XML_SetCharacterDataHandler (reader.parser, on_text);
  XML_SetStartDoctypeDeclHandler (reader.parser, on_doctype);
  if (check_end (&reader, XML_Parse (reader.parser, data, (int) size, XML_TRUE), error))
    reports = g_steal_pointer (&reader.reports);
  XML_ParserFree (reader.parser);
  clear_record (&reader);
  volant_datex_location_free (reader.location);
  g_string_free (reader.text, TRUE);
  volant_traffic_reports_free (reader.reports);
  return reports;
}
