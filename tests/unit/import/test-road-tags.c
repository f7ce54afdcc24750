/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/import/osm-text.h"

#include "maps/roads/road-speed.h"

/* What tags mean, each row worked out by hand: who may go forward and backward along a way. */

#define CAR_STREET "n 90 43.9 7.9\nn 91 43.91 7.9\nw 99 90,91 highway=residential\n"
#define TWO_NODES "n 1 43.7 7.4\nn 2 43.701 7.4\n"

typedef struct {
  const char *tags;
  const char *forward;
  const char *backward;
} Access;

static const Access accesses[] = {
  /* kinds of road */
  { "highway=motorway", "cb", "" },
  { "highway=motorway oneway=no", "cb", "cb" },
  { "highway=motorway_link", "cb", "cb" },
  { "highway=trunk motorroad=yes", "cb", "cb" },
  { "highway=trunk", "cbf", "cbf" },
  { "highway=residential", "cbf", "cbf" },
  { "highway=service", "cbf", "cbf" },
  { "highway=service service=emergency_access", "f", "f" },
  { "highway=track", "f", "f" },
  { "highway=track motor_vehicle=yes", "cbf", "cbf" },
  { "highway=track access=yes", "cbf", "cbf" },
  { "highway=pedestrian", "f", "f" },
  { "highway=pedestrian motor_vehicle=destination", "cbf", "cbf" },
  { "highway=pedestrian psv=yes", "bf", "bf" },
  { "highway=footway access=yes", "f", "f" },
  { "highway=steps motorcar=yes", "f", "f" },
  { "highway=path", "f", "f" },
  { "highway=cycleway foot=yes", "f", "f" },
  { "highway=busway", "b", "b" },
  { "highway=busway foot=yes", "bf", "bf" },
  { "route=ferry", "f", "f" },
  { "route=ferry motor_vehicle=yes", "cbf", "cbf" },
  /* the hierarchy of keys */
  { "highway=residential access=no foot=yes", "f", "f" },
  { "highway=residential access=no bus=yes foot=yes", "bf", "bf" },
  { "highway=residential access=no psv=yes", "b", "b" },
  { "highway=residential vehicle=no", "f", "f" },
  { "highway=residential vehicle=no motor_vehicle=yes", "cbf", "cbf" },
  { "highway=residential motor_vehicle=no", "f", "f" },
  { "highway=residential motor_vehicle=no bus=designated", "bf", "bf" },
  { "highway=residential motor_vehicle=yes motorcar=no", "bf", "bf" },
  { "highway=residential motor_vehicle=agricultural", "f", "f" },
  { "highway=residential motor_vehicle=forestry", "f", "f" },
  { "highway=residential access=psv", "b", "b" },
  { "highway=residential psv=no", "cf", "cf" },
  { "highway=residential psv=no bus=yes", "cbf", "cbf" },
  { "highway=residential foot=no", "cb", "cb" },
  { "highway=residential access=permissive", "cbf", "cbf" },
  { "highway=residential motor_vehicle=unknown", "cbf", "cbf" },
  { "highway=residential motor_vehicle:backward=no", "cbf", "f" },
  { "highway=residential vehicle:forward=no", "f", "cbf" },
  { "highway=residential motor_vehicle:backward=no bus:backward=yes", "cbf", "bf" },
  { "highway=residential access:backward=no", "cbf", "" },
  /* one-way forms */
  { "highway=residential oneway=yes", "cbf", "f" },
  { "highway=residential oneway=1", "cbf", "f" },
  { "highway=residential oneway=true", "cbf", "f" },
  { "highway=residential oneway=-1", "f", "cbf" },
  { "highway=residential oneway=reverse", "f", "cbf" },
  { "highway=residential oneway=no", "cbf", "cbf" },
  { "highway=residential oneway=false", "cbf", "cbf" },
  { "highway=residential oneway=0", "cbf", "cbf" },
  { "highway=residential oneway=reversible", "f", "f" },
  { "highway=residential oneway=alternating", "cbf", "cbf" },
  { "highway=residential junction=roundabout", "cbf", "f" },
  { "highway=residential junction=circular", "cbf", "f" },
  { "highway=residential junction=roundabout oneway=no", "cbf", "cbf" },
  { "highway=residential oneway=yes oneway:bus=no", "cbf", "bf" },
  { "highway=residential oneway=yes oneway:psv=no", "cbf", "bf" },
  { "highway=residential oneway=yes busway=opposite_lane", "cbf", "bf" },
  { "highway=residential oneway=yes busway:left=opposite_lane", "cbf", "bf" },
  { "highway=residential oneway=-1 busway=opposite", "bf", "cbf" },
  { "highway=residential oneway=yes lanes:psv:backward=1", "cbf", "bf" },
  { "highway=residential oneway=yes lanes:bus:backward=1", "cbf", "bf" },
  { "highway=residential oneway=yes lanes:psv:backward=0", "cbf", "f" },
  { "highway=residential oneway=yes bus:backward=designated", "cbf", "bf" },
  { "highway=residential oneway=yes bus:lanes:backward=designated", "cbf", "bf" },
  { "highway=residential oneway=yes psv:lanes:backward=no|yes", "cbf", "bf" },
  { "highway=residential oneway=yes psv:lanes:backward=no", "cbf", "f" },
  { "highway=residential oneway=yes bus:lanes:forward=designated|no", "cbf", "f" },
  { "highway=residential oneway=yes busway=opposite_lane oneway:bus=yes", "cbf", "f" },
  { "highway=residential oneway:motor_vehicle=yes", "cbf", "f" },
  { "highway=residential oneway:motorcar=yes", "cbf", "bf" },
  { "highway=residential oneway=yes oneway:foot=yes", "cbf", "" },
};

static void
test_access (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (accesses); i++)
    {
      g_autofree char *text = g_strdup_printf (CAR_STREET TWO_NODES "w 1 1,2 %s\n",
                                               accesses[i].tags);
      g_autoptr (VolantRoads) roads = osm_text_to_roads (text, "FR", NULL);

      g_test_message ("%s", accesses[i].tags);
      g_assert_cmpstr (modes_along (roads, 1, 1, 2), ==, accesses[i].forward);
      g_assert_cmpstr (modes_along (roads, 1, 2, 1), ==, accesses[i].backward);
    }
}

static void
test_no_road (void)
{
  static const char *const tags[] = { "highway=construction", "highway=proposed", "building=yes",
                                      "railway=rail",         "highway=residential access=no",
                                      "highway=raceway",      "route=bus" };

  for (unsigned i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *text = g_strdup_printf (CAR_STREET TWO_NODES "w 1 1,2 %s\n", tags[i]);
      g_autoptr (VolantRoads) roads = osm_text_to_roads (text, "FR", NULL);

      g_test_message ("%s", tags[i]);
      g_assert_cmpuint (roads->n_segments, ==, 1);
    }
}

static void
test_destination (void)
{
  static const struct {
    const char *tags;
    bool is_destination;
  } rows[] = {
    { "highway=residential", false },
    { "highway=residential access=destination", true },
    { "highway=residential motor_vehicle=destination", true },
    { "highway=residential access=private", true },
    { "highway=residential access=customers", true },
    { "highway=residential motor_vehicle=delivery", true },
    { "highway=residential access=private motor_vehicle=yes", false },
    { "highway=residential motorcar=no bus=destination", true },
    { "highway=service service=driveway", true },
    { "highway=service service=alley", false },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (CAR_STREET TWO_NODES "w 1 1,2 %s\n", rows[i].tags);
      g_autoptr (VolantRoads) roads = osm_text_to_roads (text, "FR", NULL);

      g_test_message ("%s", rows[i].tags);
      g_assert_cmpint ((find_segment (roads, 1, 1, 2)->flags & VOLANT_ROAD_FLAG_DESTINATION_ONLY) !=
                           0,
                       ==, rows[i].is_destination);
    }
}

static void
test_speed_words (void)
{
  static const struct {
    const char *text;
    const char *country;
    unsigned kmh;
  } rows[] = {
    { "50", "FR", 50 },          { "50 km/h", "FR", 50 },     { "30 mph", "GB", 48 },
    { "70mph", "GB", 113 },      { "none", "DE", 130 },       { "walk", "DE", 7 },
    { "FR:urban", "FR", 50 },    { "FR:rural", "", 80 },      { "FR:motorway", "", 130 },
    { "FR:zone30", "", 30 },     { "FR:30", "", 30 },         { "DE:zone:30", "", 30 },
    { "DE:rural", "FR", 100 },   { "FR:living_street", "", 20 }, { "DE:living_street", "", 7 },
    { "urban", "FR", 50 },       { "zone30", "FR", 30 },      { "GB:nsl_single", "", 97 },
    { "GB:nsl_dual", "", 113 },  { "50;30", "FR", 50 },       { "signals", "FR", 0 },
    { "variable", "FR", 0 },     { "", "FR", 0 },             { "0", "FR", 0 },
    { "-5", "FR", 0 },           { "10 knots", "FR", 19 },    { "1e9", "FR", 255 },
    { "sign", "FR", 0 },         { "50 furlongs", "FR", 0 },  { "FR:", "FR", 0 },
    { "MC:urban", "MC", 50 },    { "CN:motorway", "", 120 },  { "AD:urban", "", 50 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s in %s", rows[i].text, rows[i].country);
      g_assert_cmpuint (volant_speed_parse (rows[i].text, rows[i].country), ==, rows[i].kmh);
    }
}

static void
test_speed_of_ways (void)
{
  static const struct {
    const char *tags;
    const char *country;
    unsigned forward, backward, mask;
  } rows[] = {
    { "highway=residential maxspeed=30", "FR", 30, 30, 3 },
    { "highway=residential", "FR", 50, 50, 0 },
    { "highway=residential oneway=yes maxspeed=30", "FR", 30, 0, 1 },
    { "highway=residential maxspeed=50 maxspeed:forward=30", "FR", 30, 50, 3 },
    { "highway=residential maxspeed:backward=20", "FR", 50, 20, 2 },
    { "highway=living_street", "FR", 20, 20, 0 },
    { "highway=living_street", "DE", 7, 7, 0 },
    { "highway=secondary", "FR", 80, 80, 0 },
    { "highway=secondary", "DE", 100, 100, 0 },
    { "highway=secondary", "MC", 50, 50, 0 },
    { "highway=secondary maxspeed=FR:urban", "FR", 50, 50, 3 },
    { "highway=secondary source:maxspeed=FR:urban", "FR", 50, 50, 3 },
    { "highway=secondary zone:traffic=FR:urban", "FR", 50, 50, 3 },
    { "highway=secondary zone:maxspeed=FR:30", "FR", 30, 30, 3 },
    { "highway=secondary maxspeed:type=DE:rural", "DE", 100, 100, 3 },
    { "highway=secondary source:maxspeed=survey", "FR", 80, 80, 0 },
    { "highway=secondary maxspeed=70 source:maxspeed=FR:urban", "FR", 70, 70, 3 },
    { "highway=secondary maxspeed=signals", "FR", 80, 80, 0 },
    { "highway=motorway", "FR", 130, 0, 0 },
    { "highway=motorway maxspeed=none", "DE", 130, 0, 1 },
    { "highway=motorway", "CN", 120, 0, 0 },
    { "highway=trunk maxspeed=60%20mph", "GB", 97, 97, 3 },
    { "highway=footway", "FR", 0, 0, 0 },
    { "highway=busway", "FR", 50, 50, 0 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (CAR_STREET TWO_NODES "w 1 1,2 %s\n", rows[i].tags);
      g_autoptr (VolantRoads) roads = osm_text_to_roads (text, rows[i].country, NULL);
      const VolantSegment *segment = find_segment (roads, 1, 1, 2);

      g_test_message ("%s in %s", rows[i].tags, rows[i].country);
      g_assert_cmpuint (segment->speed_kmh[0], ==, rows[i].forward);
      g_assert_cmpuint (segment->speed_kmh[1], ==, rows[i].backward);
      g_assert_cmpuint (segment->speed_signed, ==, rows[i].mask);
    }
}

/* The same unsigned road is slower among residential streets. */
static void
test_built_up_area (void)
{
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 48.0000 2.0\nn 2 48.0010 2.0\nn 3 48.1000 2.0\nn 4 48.1010 2.0\n"
      "n 5 48.0005 2.001\nn 6 48.0005 2.0045\nn 7 48.0010 2.0045\nn 8 48.0010 2.001\n"
      "w 1 1,2 highway=tertiary\nw 2 3,4 highway=tertiary\n"
      "w 3 5,6 highway=residential\nw 4 8,7 highway=residential\n", "FR", NULL);

  g_assert_cmpuint (find_segment (roads, 1, 1, 2)->speed_kmh[0], ==, 50);
  g_assert_cmpuint (find_segment (roads, 2, 3, 4)->speed_kmh[0], ==, 80);
}

static void
test_ferry_duration (void)
{
  /* 0.01 degree of latitude is 1,112 m; in 4 minutes that is 16.7 km/h, rounded */
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      CAR_STREET "n 1 43.70 7.4\nn 2 43.71 7.4\n"
      "w 1 1,2 route=ferry motor_vehicle=yes duration=00:04\n", "FR", NULL);

  g_assert_cmpuint (find_segment (roads, 1, 1, 2)->speed_kmh[0], ==, 17);
  g_assert_cmpuint (find_segment (roads, 1, 1, 2)->road_class, ==, VOLANT_ROAD_FERRY);
}

static void
test_attributes (void)
{
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      CAR_STREET TWO_NODES
      "w 1 1,2 highway=motorway_link oneway=yes name=Bretelle ref=A%208 tunnel=yes layer=-2 "
      "toll=yes "
      "lanes=3 turn:lanes=left|through|right destination=Nice;Menton destination:ref=A%208\n"
      "w 2 1,2 highway=secondary lanes=4 bridge=viaduct surface=gravel name:zh=滨江路 "
      "destination:backward=Port turn:lanes:backward=left|right\n"
      "w 3 1,2 highway=secondary lanes=3 lanes:forward=2\n"
      "w 4 1,2 highway=residential oneway=-1 destination=Gare lanes=1 tunnel=no bridge=no\n",
      "FR", NULL);
  const VolantSegment *ramp = find_segment (roads, 1, 1, 2);
  const VolantSegment *bridge = find_segment (roads, 2, 1, 2);
  const VolantSegment *three = find_segment (roads, 3, 1, 2);
  const VolantSegment *against = find_segment (roads, 4, 1, 2);

  g_assert_cmpuint (ramp->road_class, ==, VOLANT_ROAD_MOTORWAY);
  g_assert_cmpuint (ramp->flags, ==, VOLANT_ROAD_FLAG_LINK | VOLANT_ROAD_FLAG_TUNNEL |
                                         VOLANT_ROAD_FLAG_TOLL);
  g_assert_cmpint (ramp->layer, ==, -2);
  g_assert_cmpuint (ramp->lanes[0], ==, 3);
  g_assert_cmpuint (ramp->lanes[1], ==, 0);
  g_assert_cmpstr (volant_roads_string (roads, ramp->name), ==, "Bretelle");
  g_assert_cmpstr (volant_roads_string (roads, ramp->ref), ==, "A 8");
  g_assert_cmpstr (volant_roads_string (roads, ramp->destination), ==, "A 8;Nice;Menton");
  g_assert_cmpstr (volant_roads_string (roads, ramp->destination_backward), ==, "");
  g_assert_cmpstr (volant_roads_string (roads, ramp->turn_lanes), ==, "left|through|right");
  g_assert_cmpuint (bridge->flags, ==, VOLANT_ROAD_FLAG_BRIDGE | VOLANT_ROAD_FLAG_UNPAVED);
  g_assert_cmpuint (bridge->lanes[0], ==, 2);
  g_assert_cmpuint (bridge->lanes[1], ==, 2);
  g_assert_cmpstr (volant_roads_string (roads, bridge->name), ==, "滨江路");
  g_assert_cmpstr (volant_roads_string (roads, bridge->destination_backward), ==, "Port");
  g_assert_cmpstr (volant_roads_string (roads, bridge->turn_lanes_backward), ==, "left|right");
  g_assert_cmpuint (three->lanes[0], ==, 2);
  g_assert_cmpuint (three->lanes[1], ==, 1);
  g_assert_cmpuint (against->flags, ==, 0);
  g_assert_cmpuint (against->lanes[1], ==, 1);
  g_assert_cmpstr (volant_roads_string (roads, against->destination), ==, "");
  g_assert_cmpstr (volant_roads_string (roads, against->destination_backward), ==, "Gare");
}

static void
test_left_and_right (void)
{
  static const char *const left[] = { "GB", "JP", "HK", "MT" }, *const right[] = { "FR", "MC", "CN",
                                                                                   "" };

  for (unsigned i = 0; i < 4; i++)
    {
      g_autoptr (VolantRoads) a = osm_text_to_roads (CAR_STREET, left[i], NULL);
      g_autoptr (VolantRoads) b = osm_text_to_roads (CAR_STREET, right[i], NULL);

      g_assert_true (a->drives_on_left);
      g_assert_false (b->drives_on_left);
    }
}

static void
test_barriers (void)
{
  static const struct {
    const char *tags;
    unsigned blocked; /* car 1, bus 2, foot 4 */
    bool is_private;
  } rows[] = {
    { "barrier=bollard", 3, false },
    { "barrier=block", 3, false },
    { "barrier=gate", 0, false },
    { "barrier=lift_gate", 0, false },
    { "barrier=toll_booth", 0, false },
    { "barrier=gate access=no", 7, false },
    { "barrier=gate access=no foot=yes", 3, false },
    { "barrier=gate motor_vehicle=no", 3, false },
    { "barrier=gate access=private", 0, true },
    { "barrier=bollard access=yes", 3, false },
    { "barrier=bollard motor_vehicle=yes", 0, false },
    { "barrier=bollard bus=yes", 1, false },
    { "barrier=bus_trap", 1, false },
    { "barrier=cycle_barrier", 3, false },
    { "barrier=kerb", 0, false },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "n 1 43.70 7.4\nn 2 43.71 7.4 %s\nn 3 43.72 7.4\nw 1 1,2,3 highway=residential\n",
          rows[i].tags);
      g_autoptr (VolantRoads) roads = osm_text_to_roads (text, "FR", NULL);
      bool is_split = rows[i].blocked != 0 || rows[i].is_private;

      g_test_message ("%s", rows[i].tags);
      g_assert_cmpuint (roads->n_segments, ==, is_split ? 2 : 1);
      if (!is_split)
        continue;
      g_assert_cmpint (roads->junctions[1].node_id, ==, 2);
      g_assert_cmpuint (roads->junctions[1].blocked_modes, ==, rows[i].blocked);
      g_assert_cmpuint (roads->junctions[1].reserved, ==, 0);
      g_assert_cmpint ((roads->segments[0].flags & VOLANT_ROAD_FLAG_DESTINATION_ONLY) != 0, ==,
                       rows[i].is_private);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/road-tags/access", test_access);
  g_test_add_func ("/road-tags/no-road", test_no_road);
  g_test_add_func ("/road-tags/destination", test_destination);
  g_test_add_func ("/road-tags/speed-words", test_speed_words);
  g_test_add_func ("/road-tags/speed-of-ways", test_speed_of_ways);
  g_test_add_func ("/road-tags/built-up-area", test_built_up_area);
  g_test_add_func ("/road-tags/ferry-duration", test_ferry_duration);
  g_test_add_func ("/road-tags/attributes", test_attributes);
  g_test_add_func ("/road-tags/left-and-right", test_left_and_right);
  g_test_add_func ("/road-tags/barriers", test_barriers);
  return g_test_run ();
}
