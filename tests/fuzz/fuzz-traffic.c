/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/routing/traffic/locate.h"
#include "tests/unit/routing/text-map.h"

#include <string.h>

/* Documents of traffic of both kinds, told apart by themselves, and brought onto a small map. What
 * comes out must hold together, and the router must be able to live with it. */

#define NOW_S 1795420800

static TextMap *map;

static void
check (VolantTraffic *traffic, const VolantTrafficTally *tally)
{
  VolantRouter *router = text_map_router (map);
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (router);
  g_autofree char *text = volant_traffic_tally_to_text (tally);
  uint32_t n_changes;
  const VolantLinkChange *changes = volant_traffic_get_changes (traffic, &n_changes);

  g_assert_true (g_str_has_suffix (text, "links") || strchr (text, ';') != NULL);
  g_assert_cmpuint (tally->n_located + tally->n_elsewhere + tally->n_unmatched +
                      tally->n_uncharted, ==, tally->n_reports);
  for (uint32_t i = 0; i < n_changes; i++)
    {
      g_assert_cmpuint (changes[i].link, <, 2 * text_map_roads (map)->n_segments);
      g_assert_cmpint (changes[i].valid_from_s, <, changes[i].valid_until_s);
      g_assert_true (g_utf8_validate (volant_traffic_get_reason (traffic, changes[i].reason), -1,
                                      NULL));
    }
  volant_router_set_traffic (router, traffic, NOW_S);
  volant_route_free (volant_router_query_route (query, VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                                0.0, text_map_point (map, 'e'), NULL));
  volant_router_set_traffic (router, NULL, NOW_S);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantTraffic) traffic = NULL;
  VolantTrafficTally tally = { 0 };

  if (map == NULL)
    map = text_map_new ("a---------b---------c---------d\n"
                        "          |         |         |\n"
                        "k---------l---------m---------e\n",
                        (const char *[]) { "way abcde residential", "way klme residential",
                                           "way bl residential", "way cm residential oneway",
                                           NULL });
  traffic = volant_traffic_read (bytes, "fuzz", text_map_router (map), NOW_S, &tally, NULL, &error);
  g_assert_true ((traffic == NULL) == (error != NULL));
  if (traffic != NULL)
    check (traffic, &tally);
  return 0;
}

#define XSI "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char own[] =
    "{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"2026-11-23T07:59:00Z\","
    "\"ttl_s\":600,\"links\":[{\"way\":1,\"direction\":\"forward\",\"speed_kmh\":12.5},"
    "{\"way\":1,\"from_node\":98,\"to_node\":100,\"closed\":true,\"reason\":\"works\","
    "\"valid_from\":\"2026-11-23T07:00:00Z\",\"valid_until\":\"2026-11-23T09:00:00+01:00\"}]}";
  static const char version_3[] =
    "<m:messageContainer xmlns:m=\"http://datex2.eu/schema/3/messageContainer\" "
    "xmlns=\"http://datex2.eu/schema/3/situation\" " XSI "><m:payload "
    "xsi:type=\"SituationPublication\"><situation><situationRecord "
    "xsi:type=\"RoadOrCarriagewayOrLaneManagement\"><validity><validityStatus>"
    "definedByValidityTimeSpec</validityStatus><validityTimeSpecification><overallStartTime>"
    "2026-11-01T00:00:00Z</overallStartTime><validPeriod><startOfPeriod>2026-11-02T00:00:00Z"
    "</startOfPeriod><recurringTimePeriodOfDay><startTimeOfPeriod>07:00:00</startTimeOfPeriod>"
    "<endTimeOfPeriod>05:00:00</endTimeOfPeriod></recurringTimePeriodOfDay>"
    "<recurringDayWeekMonthPeriod><applicableDay>monday</applicableDay>"
    "</recurringDayWeekMonthPeriod></validPeriod></validityTimeSpecification></validity>"
    "<locationReference><gmlLineString srsName=\"EPSG:4326\"><posList>48.85 2.35 48.85 2.352 48.85 "
    "2.3535</posList></gmlLineString></locationReference><complianceOption>mandatory"
    "</complianceOption><roadOrCarriagewayOrLaneManagementType>roadClosed"
    "</roadOrCarriagewayOrLaneManagementType></situationRecord></situation></m:payload>"
    "</m:messageContainer>";
  static const char version_2[] =
    "<d2LogicalModel xmlns=\"http://datex2.eu/schema/2/2_0\" " XSI "><payloadPublication "
    "xsi:type=\"SituationPublication\"><situation><situationRecord "
    "xsi:type=\"RoadOrCarriagewayOrLaneManagement\"><validity><validityStatus>active"
    "</validityStatus></validity><generalPublicComment><comment><values><value>&#233;t&#233;</value>"
    "</values></comment></generalPublicComment><groupOfLocations><tpegLinearLocation>"
    "<tpegDirection>bothWays</tpegDirection><to><pointCoordinates><latitude>48.85</latitude>"
    "<longitude>2.3525</longitude></pointCoordinates></to><from><pointCoordinates><latitude>48.85"
    "</latitude><longitude>2.3505</longitude></pointCoordinates></from></tpegLinearLocation>"
    "<pointByCoordinates><bearing>90</bearing><pointCoordinates><latitude>48.85</latitude>"
    "<longitude>2.351</longitude></pointCoordinates></pointByCoordinates></groupOfLocations>"
    "<roadOrCarriagewayOrLaneManagementType>roadClosed</roadOrCarriagewayOrLaneManagementType>"
    "</situationRecord></situation></payloadPublication></d2LogicalModel>";

  add (own, sizeof own - 1, user_data);
  add (version_3, sizeof version_3 - 1, user_data);
  add (version_2, sizeof version_2 - 1, user_data);
}
