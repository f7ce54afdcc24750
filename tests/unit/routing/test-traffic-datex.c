/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/routing/traffic/datex.h"
#include "maps/routing/traffic/locate.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>
#include <string.h>

/* Closures out of DATEX II, versions 2 and 3, written for these tests after the schemas; and the
 * roads that their coordinates come to lie on. */

#define NOW_S 1795420800 /* Monday, 2026-11-23T08:00:00Z */
#define XSI "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""

#define V2_BEGIN \
  "<?xml version=\"1.0\"?><d2LogicalModel xmlns=\"http://datex2.eu/schema/2/2_0\" " XSI \
  " modelBaseVersion=\"2\"><exchange/><payloadPublication xsi:type=\"SituationPublication\" " \
  "lang=\"fr\"><publicationTime>2026-11-23T07:59:00Z</publicationTime><situation id=\"s\" " \
  "version=\"1\">"
#define V2_END "</situation></payloadPublication></d2LogicalModel>"

#define V3_BEGIN \
  "<mc:messageContainer xmlns:mc=\"http://datex2.eu/schema/3/messageContainer\" " \
  "xmlns:sit=\"http://datex2.eu/schema/3/situation\" " \
  "xmlns:com=\"http://datex2.eu/schema/3/common\" " \
  "xmlns:loc=\"http://datex2.eu/schema/3/locationReferencing\" " XSI " modelBaseVersion=\"3\">" \
  "<mc:payload xsi:type=\"sit:SituationPublication\" lang=\"fr\" modelBaseVersion=\"3\">" \
  "<sit:situation id=\"s\">"
#define V3_END "</sit:situation></mc:payload></mc:messageContainer>"

#define V3_VALID \
  "<sit:validity><com:validityStatus>definedByValidityTimeSpec</com:validityStatus>" \
  "<com:validityTimeSpecification><com:overallStartTime>2026-11-23T06:00:00Z" \
  "</com:overallStartTime><com:overallEndTime>2026-11-23T18:00:00+01:00</com:overallEndTime>" \
  "</com:validityTimeSpecification></sit:validity>"
#define V3_CLOSED \
  "<sit:complianceOption>mandatory</sit:complianceOption>" \
  "<sit:roadOrCarriagewayOrLaneManagementType>roadClosed" \
  "</sit:roadOrCarriagewayOrLaneManagementType>"
#define V3_LINE \
  "<sit:locationReference xsi:type=\"loc:LinearLocation\"><loc:gmlLineString>" \
  "<loc:posList>48.85 2.35 48.85 2.36</loc:posList></loc:gmlLineString></sit:locationReference>"

static char *
v3_record (const char *validity, const char *location, const char *rest)
{
  return g_strdup_printf (
    V3_BEGIN "<sit:situationRecord xsi:type=\"sit:RoadOrCarriagewayOrLaneManagement\" id=\"r\" "
    "version=\"1\"><sit:situationRecordCreationTime>2026-11-23T06:00:00Z"
    "</sit:situationRecordCreationTime>%s<sit:generalPublicComment><sit:comment><com:values>"
    "<com:value lang=\"fr\">Pont fermé</com:value></com:values></sit:comment>"
    "</sit:generalPublicComment>%s%s</sit:situationRecord>" V3_END, validity, location, rest);
}

static VolantTrafficReports *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return volant_datex_parse (bytes, NOW_S, error);
}

static VolantTrafficReports *
parse_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  VolantTrafficReports *reports = parse (text, &error);

  g_assert_no_error (error);
  return reports;
}

static void
test_v3 (void)
{
  g_autofree char *text = v3_record (V3_VALID, V3_LINE, V3_CLOSED);
  g_autoptr (VolantTrafficReports) reports = parse_good (text);
  const VolantTrafficReport *report;

  g_assert_cmpuint (reports->reports->len, ==, 1);
  g_assert_cmpint (reports->expires_s, ==, NOW_S + VOLANT_DATEX_TTL_S);
  report = reports->reports->pdata[0];
  g_assert_cmpint (report->place, ==, VOLANT_TRAFFIC_ON_LINE);
  g_assert_cmpint (report->directions, ==, VOLANT_TRAFFIC_FORWARD);
  g_assert_cmpuint (report->n_points, ==, 2);
  g_assert_cmpint (report->points[1].lon_e7, ==, 23600000);
  g_assert_cmpuint (report->speed_mm_per_s, ==, 0);
  g_assert_cmpint (report->valid_from_s, ==, NOW_S - 7200);
  g_assert_cmpint (report->valid_until_s, ==, NOW_S + 9 * 3600);
  g_assert_cmpstr (report->reason, ==, "Pont fermé");
}

/* As French operators send it: in an envelope, prefixes on elements and types, a TPEG line with its
 * end before its beginning. */
static void
test_v2 (void)
{
  static const char text[] =
    "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\"><soap:Body>"
    "<ns2:d2LogicalModel xmlns:ns2=\"http://datex2.eu/schema/2/2_0\"><ns2:payloadPublication " XSI
    " xsi:type=\"ns2:SituationPublication\"><ns2:situation id=\"1\"><ns2:situationRecord "
    "xsi:type=\"ns2:RoadOrCarriagewayOrLaneManagement\" id=\"1\"><ns2:validity>"
    "<ns2:validityStatus>active</ns2:validityStatus><ns2:validityTimeSpecification>"
    "<ns2:overallStartTime>2026-12-01T00:00:00Z</ns2:overallStartTime>"
    "</ns2:validityTimeSpecification></ns2:validity><ns2:groupOfLocations xsi:type=\"ns2:Linear\">"
    "<ns2:locationForDisplay><ns2:latitude>1</ns2:latitude><ns2:longitude>1</ns2:longitude>"
    "</ns2:locationForDisplay><ns2:tpegLinearLocation><ns2:tpegDirection>bothWays"
    "</ns2:tpegDirection><ns2:to xsi:type=\"ns2:TpegNonJunctionPoint\"><ns2:pointCoordinates>"
    "<ns2:latitude>48.2</ns2:latitude><ns2:longitude>2.2</ns2:longitude></ns2:pointCoordinates>"
    "</ns2:to><ns2:from xsi:type=\"ns2:TpegNonJunctionPoint\"><ns2:pointCoordinates>"
    "<ns2:latitude>48.1</ns2:latitude><ns2:longitude>2.1</ns2:longitude></ns2:pointCoordinates>"
    "</ns2:from></ns2:tpegLinearLocation></ns2:groupOfLocations>"
    "<ns2:complianceOption>mandatory</ns2:complianceOption>"
    "<ns2:roadOrCarriagewayOrLaneManagementType>carriagewayClosures"
    "</ns2:roadOrCarriagewayOrLaneManagementType></ns2:situationRecord></ns2:situation>"
    "</ns2:payloadPublication></ns2:d2LogicalModel></soap:Body></soap:Envelope>";
  g_autoptr (VolantTrafficReports) reports = parse_good (text);
  const VolantTrafficReport *report;

  g_assert_cmpuint (reports->reports->len, ==, 1);
  report = reports->reports->pdata[0];
  g_assert_cmpint (report->directions, ==, VOLANT_TRAFFIC_BOTH);
  g_assert_cmpuint (report->n_points, ==, 2);
  g_assert_cmpint (report->points[0].lat_e7, ==, 481000000);
  g_assert_cmpint (report->points[1].lat_e7, ==, 482000000);
  g_assert_cmpint (report->valid_from_s, ==, VOLANT_TRAFFIC_ALWAYS_S);
  g_assert_cmpint (report->valid_until_s, ==, VOLANT_TRAFFIC_NO_END_S);
}

/* The ways of telling a place, and which is taken where there are several. */
static void
test_places (void)
{
  static const struct {
    const char *location;
    unsigned n_reports;
    unsigned n_points;
    unsigned n_uncharted;
  } cases[] = {
    { "<sit:locationReference><loc:pointByCoordinates><loc:bearing>90</loc:bearing>"
      "<loc:pointCoordinates><loc:latitude>48.85</loc:latitude><loc:longitude>2.35</loc:longitude>"
      "</loc:pointCoordinates></loc:pointByCoordinates></sit:locationReference>", 1, 1, 0 },
    { "<sit:locationReference><loc:alertCLinear><loc:specificLocation>8802</loc:specificLocation>"
      "</loc:alertCLinear></sit:locationReference>", 0, 0, 1 },
    { "<sit:locationReference><loc:coordinatesForDisplay><loc:latitude>48</loc:latitude>"
      "<loc:longitude>2</loc:longitude></loc:coordinatesForDisplay></sit:locationReference>",
      0, 0, 1 },
    { "<sit:locationReference><loc:gmlLineString srsName=\"EPSG:28992\"><loc:posList>155000 463000 "
      "155100 463000</loc:posList></loc:gmlLineString></sit:locationReference>", 0, 0, 1 },
    { "<sit:locationReference><loc:gmlLineString srsName=\"urn:ogc:def:crs:EPSG::4326\" "
      "srsDimension=\"3\"><loc:posList>48.8 2.3 35 48.9 2.3 36 48.9 2.4 37</loc:posList>"
      "</loc:gmlLineString></sit:locationReference>", 1, 3, 0 },
    { "<sit:locationReference><loc:gmlLineString><loc:posList>48.8 2.3 48.9</loc:posList>"
      "</loc:gmlLineString></sit:locationReference>", 0, 0, 1 },
    { "<sit:locationReference><loc:gmlLineString><loc:posList>a b c d</loc:posList>"
      "</loc:gmlLineString></sit:locationReference>", 0, 0, 1 },
    { "<sit:locationReference><loc:openlrLinear><loc:firstDirection>"
      "<loc:openlrLocationReferencePoint><loc:openlrCoordinates>"
      "<loc:latitude>48.85</loc:latitude><loc:longitude>2.35</loc:longitude>"
      "</loc:openlrCoordinates></loc:openlrLocationReferencePoint>"
      "<loc:openlrLastLocationReferencePoint><loc:openlrCoordinates><loc:latitude>48.86"
      "</loc:latitude><loc:longitude>2.36</loc:longitude></loc:openlrCoordinates>"
      "</loc:openlrLastLocationReferencePoint><loc:openlrOffsets><loc:openlrPositiveOffset>35"
      "</loc:openlrPositiveOffset></loc:openlrOffsets></loc:firstDirection></loc:openlrLinear>"
      "</sit:locationReference>", 1, 2, 0 },
    { "<sit:locationReference xsi:type=\"loc:ItineraryByIndexedLocations\">"
      "<loc:locationContainedInItinerary index=\"0\"><loc:location><loc:gmlLineString><loc:posList>"
      "48.1 2.1 48.2 2.2 48.3 2.3</loc:posList></loc:gmlLineString></loc:location>"
      "</loc:locationContainedInItinerary><loc:locationContainedInItinerary index=\"1\">"
      "<loc:location><loc:alertCLinear/></loc:location></loc:locationContainedInItinerary>"
      "</sit:locationReference>", 1, 3, 0 },
    { "", 0, 0, 1 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = v3_record (V3_VALID, cases[i].location, V3_CLOSED);
      g_autoptr (VolantTrafficReports) reports = parse_good (text);

      g_test_message ("place %u", i);
      g_assert_cmpuint (reports->reports->len, ==, cases[i].n_reports);
      g_assert_cmpuint (reports->n_uncharted, ==, cases[i].n_uncharted);
      if (reports->reports->len > 0)
        g_assert_cmpuint (((VolantTrafficReport *) reports->reports->pdata[0])->n_points, ==,
                          cases[i].n_points);
    }
}

/* What closes nothing for a car is counted as something else. */
static void
test_other (void)
{
  static const char *const rests[] = {
    "<sit:roadOrCarriagewayOrLaneManagementType>laneClosures"
    "</sit:roadOrCarriagewayOrLaneManagementType>",
    "<sit:complianceOption>advisory</sit:complianceOption>"
    "<sit:roadOrCarriagewayOrLaneManagementType>roadClosed"
    "</sit:roadOrCarriagewayOrLaneManagementType>",
    "<sit:forVehiclesWithCharacteristicsOf><com:vehicleType>lorry</com:vehicleType>"
    "</sit:forVehiclesWithCharacteristicsOf>" V3_CLOSED,
  };
  g_autofree char *suspended = v3_record (
    "<sit:validity><com:validityStatus>suspended</com:validityStatus></sit:validity>", V3_LINE,
    V3_CLOSED);
  g_autofree char *cars = v3_record (V3_VALID, V3_LINE,
    "<sit:forVehiclesWithCharacteristicsOf><com:vehicleType>lorry</com:vehicleType>"
    "<com:vehicleType>anyVehicle</com:vehicleType></sit:forVehiclesWithCharacteristicsOf>"
    V3_CLOSED);
  g_autoptr (VolantTrafficReports) none = parse_good (suspended);
  g_autoptr (VolantTrafficReports) some = parse_good (cars);

  for (unsigned i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autofree char *text = v3_record (V3_VALID, V3_LINE, rests[i]);
      g_autoptr (VolantTrafficReports) reports = parse_good (text);

      g_assert_cmpuint (reports->reports->len, ==, 0);
      g_assert_cmpuint (reports->n_other, ==, 1);
    }
  g_assert_cmpuint (none->reports->len, ==, 0);
  g_assert_cmpuint (none->n_other, ==, 1);
  g_assert_cmpuint (some->reports->len, ==, 1);
}

/* Nights from Monday to Thursday, of which those around now are told one by one. */
static void
test_nights (void)
{
  g_autofree char *text = v3_record (
    "<sit:validity><com:validityStatus>definedByValidityTimeSpec</com:validityStatus>"
    "<com:validityTimeSpecification><com:overallStartTime>2026-11-01T00:00:00Z"
    "</com:overallStartTime><com:overallEndTime>2026-11-30T00:00:00Z</com:overallEndTime>"
    "<com:validPeriod><com:recurringTimePeriodOfDay xsi:type=\"com:TimePeriodByHour\">"
    "<com:startTimeOfPeriod>21:30:00</com:startTimeOfPeriod><com:endTimeOfPeriod>05:00:00"
    "</com:endTimeOfPeriod></com:recurringTimePeriodOfDay><com:recurringDayWeekMonthPeriod>"
    "<com:applicableDay>monday</com:applicableDay><com:applicableDay>tuesday</com:applicableDay>"
    "</com:recurringDayWeekMonthPeriod></com:validPeriod></com:validityTimeSpecification>"
    "</sit:validity>", V3_LINE, V3_CLOSED);
  g_autoptr (VolantTrafficReports) reports = parse_good (text);
  const VolantTrafficReport *tonight, *tomorrow;

  g_assert_cmpuint (reports->reports->len, ==, 2); /* not Sunday's */
  tonight = reports->reports->pdata[0];
  tomorrow = reports->reports->pdata[1];
  g_assert_cmpint (tonight->valid_from_s, ==, NOW_S + 13 * 3600 + 1800);
  g_assert_cmpint (tonight->valid_until_s, ==, NOW_S + 21 * 3600);
  g_assert_cmpint (tomorrow->valid_from_s, ==, tonight->valid_from_s + 86400);
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    int code;
  } cases[] = {
    { "", VOLANT_MAPS_ERROR_CORRUPT },
    { "<html/>", VOLANT_MAPS_ERROR_CORRUPT },
    { V2_BEGIN "<situationRecord>", VOLANT_MAPS_ERROR_CORRUPT },
    { "<!DOCTYPE d [<!ENTITY a \"aaaa\">]><d>&a;</d>", VOLANT_MAPS_ERROR_CORRUPT },
    { "<d2LogicalModel xmlns=\"http://datex2.eu/schema/1_0/1_0\"/>",
      VOLANT_MAPS_ERROR_UNSUPPORTED },
    { "<d2LogicalModel xmlns=\"http://datex2.eu/schema/2/2_0\"/>", VOLANT_MAPS_ERROR_UNSUPPORTED },
    { "<d2LogicalModel xmlns=\"http://datex2.eu/schema/2/2_0\" " XSI "><payloadPublication "
      "xsi:type=\"MeasuredDataPublication\"/></d2LogicalModel>", VOLANT_MAPS_ERROR_UNSUPPORTED },
  };
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_null (parse (cases[i].text, &refusal));
      g_assert_error (refusal, VOLANT_MAPS_ERROR, cases[i].code);
    }
  for (unsigned i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  g_assert_null (parse (deep->str, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE);
}

static void
test_empty (void)
{
  g_autoptr (VolantTrafficReports) two = parse_good (V2_BEGIN V2_END);
  g_autoptr (VolantTrafficReports) three = parse_good (V3_BEGIN V3_END);

  g_assert_cmpuint (two->reports->len + three->reports->len, ==, 0);
}

/* ---- On the roads ------------------------------------------------------------------------------
 */

/* A street with a bend and crossings, and one beside it, 80 m away. */
static TextMap *
new_streets (void)
{
  return text_map_new (
    "a---------b---------c---------d\n"
    "          |         |         |\n"
    "          |         |         |\n"
    "          |         |         |\n"
    "          |         |         |\n"
    "          |         |         |\n"
    "          |         |         |\n"
    "          |         |         |\n"
    "k---------l---------m---------e\n",
    (const char *[]) { "way abcde residential", "way klme residential", "way bl residential",
                       "way cm residential", NULL });
}

/* Locates one report; the letters of the links found, each as two ("ab bc"). */
static char *
locate (TextMap *map, VolantTrafficReport *report, VolantTrafficTally *tally)
{
  g_autoptr (VolantTrafficReports) reports = volant_traffic_reports_new ();
  g_autoptr (VolantTraffic) traffic = NULL;
  const VolantLinkChange *changes;
  GString *letters = g_string_new (NULL);
  uint32_t n;

  report->reason = g_strdup ("");
  g_ptr_array_add (reports->reports, report);
  traffic = volant_traffic_locate (reports, text_map_router (map), tally);
  changes = volant_traffic_get_changes (traffic, &n);
  for (uint32_t i = 0; i < n; i++)
    {
      g_autofree char *pair = text_map_letters (map, &changes[i].link, 1);

      g_string_append_printf (letters, "%s%s", i > 0 ? " " : "", pair);
    }
  return g_string_free (letters, FALSE);
}

static VolantTrafficReport *
line_report (const VolantPoint *points, unsigned n_points, VolantTrafficDirections directions)
{
  VolantTrafficReport *report = volant_traffic_report_new (VOLANT_TRAFFIC_ON_LINE);

  report->n_points = n_points;
  report->points = g_atomic_rc_box_alloc (n_points * sizeof *points);
  memcpy (report->points, points, n_points * sizeof *points);
  report->directions = directions;
  return report;
}

static void
test_lines (void)
{
  g_autoptr (TextMap) map = new_streets ();
  /* Some metres beside the road, from past b to a little past d, round the corner. */
  const VolantPoint along[] = { text_map_near (map, 'b', 8, 6), text_map_near (map, 'c', 0, -7),
                                text_map_near (map, 'd', -2, 5), text_map_near (map, 'd', 4, 9) };
  const VolantPoint sparse[] = { text_map_near (map, 'k', 10, 3),
                                 text_map_near (map, 'e', -5, -4) };
  const VolantPoint corner[] = { text_map_near (map, 'c', 5, 0), text_map_near (map, 'e', 2, -10) };
  const VolantPoint field[] = { text_map_near (map, 'b', 50, 38),
                                text_map_near (map, 'c', -30, 41) };
  const VolantPoint far_off[] = { { 0, 0 }, { 100000, 0 } };
  VolantTrafficTally tally;
  g_autofree char *forward =
    locate (map, line_report (along, 4, VOLANT_TRAFFIC_FORWARD), NULL);
  g_autofree char *both = locate (map, line_report (along, 4, VOLANT_TRAFFIC_BOTH), NULL);
  g_autofree char *straight = locate (map, line_report (sparse, 2, VOLANT_TRAFFIC_FORWARD), NULL);
  g_autofree char *bend = locate (map, line_report (corner, 2, VOLANT_TRAFFIC_FORWARD), NULL);
  g_autofree char *nothing = locate (map, line_report (field, 2, VOLANT_TRAFFIC_FORWARD), &tally);
  g_autofree char *elsewhere = NULL;

  g_assert_cmpstr (forward, ==, "bc cd");
  g_assert_cmpstr (both, ==, "bc cb cd dc");
  g_assert_cmpstr (straight, ==, "kl lm me");
  g_assert_cmpstr (bend, ==, "cd de");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpuint (tally.n_unmatched, ==, 1);
  elsewhere = locate (map, line_report (far_off, 2, VOLANT_TRAFFIC_FORWARD), &tally);
  g_assert_cmpstr (elsewhere, ==, "");
  g_assert_cmpuint (tally.n_elsewhere, ==, 1);
}

/* What OpenLR's offsets leave out is not closed. */
static void
test_trimmed (void)
{
  g_autoptr (TextMap) map = new_streets ();
  const VolantPoint points[] = { text_map_point (map, 'a'), text_map_point (map, 'd') };
  VolantTrafficReport *report = line_report (points, 2, VOLANT_TRAFFIC_FORWARD);
  g_autofree char *letters = NULL;

  report->trim_start_m = 95.0;
  report->trim_end_m = 40.0;
  letters = locate (map, report, NULL);
  g_assert_cmpstr (letters, ==, "bc cd");
}

static void
test_points (void)
{
  g_autoptr (TextMap) map = new_streets ();
  VolantPoint point = text_map_near (map, 'b', 50, 4);
  double bearings[] = { 80.0, 265.0, 0.0, NAN };
  const char *const expected[] = { "bc", "cb", "", "bc cb" };

  for (unsigned i = 0; i < G_N_ELEMENTS (bearings); i++)
    {
      VolantTrafficReport *report = line_report (&point, 1, VOLANT_TRAFFIC_FORWARD);
      g_autofree char *letters = NULL;

      report->place = VOLANT_TRAFFIC_AT_POINT;
      report->bearing_deg = bearings[i];
      letters = locate (map, report, NULL);
      g_assert_cmpstr (letters, ==, expected[i]);
    }
}

/* From the bytes to the route. */
static void
test_route (void)
{
  g_autoptr (TextMap) map = new_streets ();
  VolantPoint b = text_map_point (map, 'b'), c = text_map_point (map, 'c');
  g_autofree char *line = g_strdup_printf (
    "<sit:locationReference><loc:gmlLineString><loc:posList>%.7f %.7f %.7f %.7f</loc:posList>"
    "</loc:gmlLineString></sit:locationReference>", volant_point_lat_deg (b),
    volant_point_lon_deg (b), volant_point_lat_deg (c), volant_point_lon_deg (c));
  g_autofree char *text = v3_record (V3_VALID, line, V3_CLOSED);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  VolantTrafficTally tally;
  g_autoptr (VolantTraffic) traffic =
    volant_traffic_read (bytes, "test", text_map_router (map), NOW_S, &tally, NULL, &error);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (VolantRoute) route = NULL;
  g_autofree char *letters = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (tally.n_located, ==, 1);
  volant_router_set_traffic (text_map_router (map), traffic, NOW_S);
  route = volant_router_query_route (query, VOLANT_MODE_CAR, text_map_near (map, 'a', 10, 0), NAN,
                                     text_map_near (map, 'c', 20, 0), &error);
  g_assert_no_error (error);
  letters = text_map_route_letters (map, route);
  g_assert_cmpstr (letters, ==, "ablmcd");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic-datex/v3", test_v3);
  g_test_add_func ("/traffic-datex/v2", test_v2);
  g_test_add_func ("/traffic-datex/places", test_places);
  g_test_add_func ("/traffic-datex/other", test_other);
  g_test_add_func ("/traffic-datex/nights", test_nights);
  g_test_add_func ("/traffic-datex/refused", test_refused);
  g_test_add_func ("/traffic-datex/empty", test_empty);
  g_test_add_func ("/traffic-datex/lines", test_lines);
  g_test_add_func ("/traffic-datex/trimmed", test_trimmed);
  g_test_add_func ("/traffic-datex/points", test_points);
  g_test_add_func ("/traffic-datex/route", test_route);
  return g_test_run ();
}
