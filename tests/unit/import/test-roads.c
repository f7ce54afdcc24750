/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/import/osm-text.h"

#include "maps/import/osm-load.h"

#include <string.h>

/* Ways cut into segments, restrictions resolved to links, extracts with parts missing: small maps
 * whose answers were worked out by hand. */

static void
test_junctions (void)
{
  /* 2 is a crossing of two ways, 4 carries a signal, 6 only bends */
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.70 7.4\nn 2 43.71 7.4\nn 3 43.72 7.4\nn 4 43.71 7.41 highway=traffic_signals\n"
      "n 5 43.71 7.39\nn 6 43.71 7.395\nn 7 43.71 7.42\n"
      "w 10 1,2,3 highway=residential name=Nord\nw 11 5,6,2,4,7 highway=residential\n", "FR", NULL);

  g_assert_cmpuint (roads->n_junctions, ==, 6);
  g_assert_cmpuint (roads->n_segments, ==, 5);
  g_assert_cmpuint (roads->n_points, ==, 11);
  g_assert_cmpuint (find_segment (roads, 11, 5, 2)->n_points, ==, 3);
  g_assert_cmpuint (find_segment (roads, 10, 2, 3)->n_points, ==, 2);
  g_assert_cmpuint (roads->junctions[find_segment (roads, 11, 2, 4)->to_node].flags, ==,
                    VOLANT_NODE_FLAG_SIGNALS);
  /* 0.01 degree on a mean earth: 1,111.95 m */
  g_assert_cmpuint (ABS ((int) find_segment (roads, 10, 1, 2)->length_mm - 1111951), <=, 2);
  g_assert_cmpstr (volant_roads_string (roads, find_segment (roads, 10, 1, 2)->name), ==, "Nord");
}

static void
test_out_links (void)
{
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.70 7.4\nn 2 43.71 7.4\nn 3 43.72 7.4\nw 10 1,2 highway=residential\n"
      "w 11 2,3 highway=residential oneway=yes\n", "FR", NULL);
  uint32_t middle = find_segment (roads, 10, 1, 2)->to_node;

  /* both directions are listed; the access mask tells who may take them */
  g_assert_cmpuint (roads->first_out[middle + 1] - roads->first_out[middle], ==, 2);
  g_assert_cmpuint (roads->out_links[roads->first_out[middle]], ==, find_link (roads, 10, 2, 1));
  g_assert_cmpuint (roads->out_links[roads->first_out[middle] + 1], ==,
                    find_link (roads, 11, 2, 3));
}

/* A closed way and a way with a node twice: no segment may lead from a junction to itself. */
static void
test_loops (void)
{
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.70 7.4\nn 2 43.71 7.4\nn 3 43.71 7.41\nn 4 43.69 7.4\nn 5 43.70 7.39\nn 6 43.71 "
      "7.39\n"
      "w 10 1,2,3,1 highway=residential junction=roundabout\nw 11 4,1 highway=residential\n"
      "w 12 4,4,5,6,5 highway=residential\n",
      "FR", NULL);

  g_assert_cmpuint (roads->n_segments, ==, 6);
  for (uint32_t i = 0; i < roads->n_segments; i++)
    g_assert_cmpuint (roads->segments[i].from_node, !=, roads->segments[i].to_node);
  g_assert_cmpuint (find_segment (roads, 10, 1, 2)->flags, ==, VOLANT_ROAD_FLAG_ROUNDABOUT);
  g_assert_cmpstr (modes_along (roads, 10, 1, 2), ==, "cbf");
  g_assert_cmpstr (modes_along (roads, 10, 2, 1), ==, "f");
}

static void
test_node_flags (void)
{
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.70 7.4\nn 2 43.71 7.4 highway=stop\nn 3 43.72 7.4 highway=give_way\n"
      "n 4 43.73 7.4 highway=mini_roundabout\nn 5 43.74 7.4 highway=motorway_junction ref=55\n"
      "n 6 43.75 7.4 highway=crossing\nn 7 43.76 7.4 highway=crossing\n"
      "w 10 1,2,3,4,5,6,7 highway=residential\n", "FR", NULL);
  static const unsigned flags[] = {
    0, VOLANT_NODE_FLAG_STOP,    VOLANT_NODE_FLAG_GIVE_WAY, VOLANT_NODE_FLAG_MINI_ROUNDABOUT,
    0, VOLANT_NODE_FLAG_CROSSING
  };

  /* a crossing alone does not cut a street */
  g_assert_cmpuint (roads->n_junctions, ==, 6);
  for (unsigned i = 0; i < 6; i++)
    g_assert_cmpuint (roads->junctions[i].flags, ==, flags[i]);
  g_assert_cmpstr (volant_roads_string (roads, roads->junctions[4].exit_ref), ==, "55");
}

/* A cross of four ways at node 5: 10 from the south, 11 to the north, 12 west, 13 east. */
#define CROSS \
  "n 1 43.69 7.40\nn 2 43.71 7.40\nn 3 43.70 7.39\nn 4 43.70 7.41\nn 5 43.70 7.40\n" \
  "w 10 1,5 highway=residential\nw 11 5,2 highway=residential\nw 12 5,3 highway=residential\n" \
  "w 13 5,4 highway=residential\n"

typedef struct {
  const char *relation;
  unsigned n_good, n_incomplete, n_ignored;
  unsigned kind;
  unsigned modes; /* car 1, bus 2, foot 4 */
  unsigned n_links;
} Restricted;

static const Restricted restricted[] = {
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn", 1, 0, 0, 0, 3, 2 },
  { "from:w10,via:n5,to:w13 type=restriction restriction=no_right_turn", 1, 0, 0, 0, 3, 2 },
  { "from:w10,via:n5,to:w11 type=restriction restriction=no_straight_on", 1, 0, 0, 0, 3, 2 },
  { "from:w10,via:n5,to:w10 type=restriction restriction=no_u_turn", 1, 0, 0, 0, 3, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_u_turn", 1, 0, 0, 0, 3, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=only_left_turn", 1, 0, 0, 1, 3, 2 },
  { "from:w10,via:n5,to:w13 type=restriction restriction=only_right_turn", 1, 0, 0, 1, 3, 2 },
  { "from:w10,via:n5,to:w11 type=restriction restriction=only_straight_on", 1, 0, 0, 1, 3, 2 },
  { "from:w10,via:n5,to:w10 type=restriction restriction=only_u_turn", 1, 0, 0, 1, 3, 2 },
  { "from:w10,from:w12,via:n5,to:w11 type=restriction restriction=no_entry", 1, 0, 0, 0, 3, 2 },
  { "from:w10,via:n5,to:w11,to:w13 type=restriction restriction=no_exit", 1, 0, 0, 0, 3, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction:bus=no_left_turn", 1, 0, 0, 0, 2, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction:psv=no_left_turn", 1, 0, 0, 0, 2, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction:motorcar=no_left_turn", 1, 0, 0, 0, 1, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction:foot=no_left_turn", 1, 0, 0, 0, 4, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn except=psv", 1, 0, 0, 0, 1,
    2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn except=bicycle;bus", 1, 0, 0,
    0, 1, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn except=motorcar", 1, 0, 0, 0,
    2, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn except=bicycle", 1, 0, 0, 0,
    3, 2 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn except=motorcar;psv", 0, 0, 1,
    0, 0, 0 },
  { "from:w10,via:n5,to:w12 type=restriction restriction:conditional=no_left_turn%20@%20(Mo-Fr)", 0,
    0, 1, 0, 0, 0 },
  { "from:w10,via:n5,to:w12 type=restriction restriction:hgv=no_left_turn", 0, 0, 1, 0, 0, 0 },
  { "from:w10,via:n5,to:w12 type=restriction restriction=no_dancing", 0, 0, 1, 0, 0, 0 },
  { "from:w10,via:n5,to:w12 type=restriction", 0, 0, 1, 0, 0, 0 },
  { "from:w10,via:n5,to:w99 type=restriction restriction=no_left_turn", 0, 1, 0, 0, 0, 0 },
  { "from:w99,via:n5,to:w12 type=restriction restriction=no_left_turn", 0, 1, 0, 0, 0, 0 },
  { "from:w10,via:n99,to:w12 type=restriction restriction=no_left_turn", 0, 1, 0, 0, 0, 0 },
  { "from:w10,via:n1,to:w12 type=restriction restriction=no_left_turn", 0, 1, 0, 0, 0, 0 },
  { "from:w10,to:w12 type=restriction restriction=no_left_turn", 0, 1, 0, 0, 0, 0 },
  { "via:n5,to:w12 type=restriction restriction=no_left_turn", 0, 1, 0, 0, 0, 0 },
  { "from:w10,via:w11,to:w12 type=restriction restriction=no_left_turn", 0, 1, 0, 0, 0, 0 },
  { "from:w10,via:n5,to:w12,to:w13 type=restriction restriction=only_left_turn", 0, 1, 0, 0, 0, 0 },
  { "from:w10,via:n5,to:w12 type=route restriction=no_left_turn", 0, 0, 0, 0, 0, 0 },
};

static void
test_restrictions (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (restricted); i++)
    {
      const Restricted *row = &restricted[i];
      g_autofree char *text = g_strdup_printf (CROSS "r 7 %s\n", row->relation);
      VolantRoadsReport report;
      g_autoptr (VolantRoads) roads = osm_text_to_roads (text, "FR", &report);

      g_test_message ("%s", row->relation);
      g_assert_cmpuint (report.n_restrictions, ==, row->n_good);
      g_assert_cmpuint (report.n_restrictions_incomplete, ==, row->n_incomplete);
      g_assert_cmpuint (report.n_restrictions_ignored, ==, row->n_ignored);
      g_assert_cmpuint (roads->n_restrictions > 0, ==, row->n_good > 0);
      if (row->n_good == 0)
        continue;
      g_assert_cmpint (roads->restrictions[0].relation_id, ==, 7);
      g_assert_cmpuint (roads->restrictions[0].kind, ==, row->kind);
      g_assert_cmpuint (roads->restrictions[0].modes, ==, row->modes);
      g_assert_cmpuint (roads->restrictions[0].n_links, ==, row->n_links);
      g_assert_cmpuint (roads->restriction_links[0], ==, find_link (roads, 10, 1, 5));
    }
}

static void
test_restriction_links (void)
{
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      CROSS "r 1 from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn\n"
            "r 2 from:w10,via:n5,to:w10 type=restriction restriction=no_u_turn\n"
            "r 3 from:w11,via:n5,to:w11,to:w13 type=restriction restriction=no_exit\n", "FR", NULL);

  g_assert_cmpuint (roads->restriction_links[1], ==, find_link (roads, 12, 5, 3));
  g_assert_cmpuint (roads->restriction_links[3], ==, find_link (roads, 10, 5, 1));
  /* the way back on itself is no exit to forbid but where it is said; the other one stands */
  g_assert_cmpuint (roads->n_restrictions, ==, 3);
  g_assert_cmpuint (roads->restriction_links[4], ==, find_link (roads, 11, 2, 5));
  g_assert_cmpuint (roads->restriction_links[5], ==, find_link (roads, 13, 5, 4));
}

/* Two carriageways (10 north, 12 south) joined by the ways 11a and 11b; a footway cuts the join. */
static void
test_via_ways (void)
{
  VolantRoadsReport report;
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.69 7.40\nn 2 43.70 7.40\nn 3 43.71 7.40\nn 4 43.70 7.398\nn 5 43.70 7.396\n"
      "n 6 43.69 7.396\nn 7 43.71 7.396\nn 8 43.70 7.399\nn 9 43.701 7.399\n"
      "w 10 1,2 highway=primary oneway=yes\nw 14 2,3 highway=primary oneway=yes\n"
      "w 11 2,8,4 highway=primary_link\nw 15 4,5 highway=primary_link\n"
      "w 16 8,9 highway=footway\n"
      "w 12 7,5 highway=primary oneway=yes\nw 13 5,6 highway=primary oneway=yes\n"
      "r 1 from:w10,via:w11,via:w15,to:w13 type=restriction restriction=no_u_turn\n"
      "r 2 from:w10,via:w15,via:w11,to:w13 type=restriction restriction=only_u_turn\n"
      "r 3 from:w10,via:w11,to:w13 type=restriction restriction=no_u_turn\n"
      "r 4 from:w12,via:w15,via:w11,to:w10 type=restriction restriction=no_left_turn\n",
      "FR", &report);

  /* the order of the via members does not matter; 3 leaves a gap, 4 drives against a one-way */
  g_assert_cmpuint (report.n_restrictions, ==, 2);
  g_assert_cmpuint (report.n_restrictions_incomplete, ==, 2);
  for (unsigned i = 0; i < 2; i++)
    {
      const VolantRestriction *restriction = &roads->restrictions[i];
      const uint32_t *links = &roads->restriction_links[restriction->first_link];

      g_assert_cmpuint (restriction->n_links, ==, 5);
      g_assert_cmpuint (restriction->kind, ==, i);
      g_assert_cmpuint (links[0], ==, find_link (roads, 10, 1, 2));
      g_assert_cmpuint (links[1], ==, find_link (roads, 11, 2, 8));
      g_assert_cmpuint (links[2], ==, find_link (roads, 11, 8, 4));
      g_assert_cmpuint (links[3], ==, find_link (roads, 15, 4, 5));
      g_assert_cmpuint (links[4], ==, find_link (roads, 13, 5, 6));
    }
}

/* A from way that runs on through the via: it is not said from which side; never guessed. */
static void
test_ambiguous_restriction (void)
{
  VolantRoadsReport report;
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.69 7.40\nn 2 43.71 7.40\nn 3 43.70 7.39\nn 5 43.70 7.40\n"
      "w 10 1,5,2 highway=residential\nw 12 5,3 highway=residential\n"
      "r 1 from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn\n", "FR", &report);

  g_assert_cmpuint (report.n_restrictions_incomplete, ==, 1);
  g_assert_cmpuint (roads->n_restrictions, ==, 0);
}

/* On a one-way only one side can be meant. */
static void
test_unsplit_one_way (void)
{
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.69 7.40\nn 2 43.71 7.40\nn 3 43.70 7.39\nn 5 43.70 7.40\n"
      "w 10 1,5,2 highway=residential oneway=yes\nw 12 5,3 highway=residential\n"
      "r 1 from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn\n", "FR", NULL);

  g_assert_cmpuint (roads->n_restrictions, ==, 1);
  g_assert_cmpuint (roads->restriction_links[0], ==, find_link (roads, 10, 1, 5));
}

/* A relation that names everything as via must not take for ever. */
static void
test_endless_restriction (void)
{
  g_autoptr (GString) text = g_string_new ("");
  g_autoptr (GString) relation = g_string_new ("r 1 from:w1,to:w2");
  g_autoptr (VolantRoads) roads = NULL;
  VolantRoadsReport report;

  for (unsigned y = 0; y < 12; y++)
    for (unsigned x = 0; x < 12; x++)
      g_string_append_printf (text, "n %u 43.7%02u 7.4%02u\n", 100 + y * 12 + x, y, x);
  for (unsigned y = 0; y < 12; y++)
    {
      g_string_append_printf (text, "w %u ", 1 + y);
      for (unsigned x = 0; x < 12; x++)
        g_string_append_printf (text, "%s%u", x > 0 ? "," : "", 100 + y * 12 + x);
      g_string_append_printf (text, " highway=residential\nw %u ", 31 + y);
      for (unsigned x = 0; x < 12; x++)
        g_string_append_printf (text, "%s%u", x > 0 ? "," : "", 100 + x * 12 + y);
      g_string_append (text, " highway=residential\n");
      g_string_append_printf (relation, ",via:w%u,via:w%u", 1 + y, 31 + y);
    }
  g_string_append_printf (text, "%s type=restriction restriction=no_left_turn\n", relation->str);
  roads = osm_text_to_roads (text->str, "FR", &report);
  g_assert_cmpuint (report.n_restrictions_incomplete, ==, 1);
  g_assert_cmpuint (roads->n_restrictions, ==, 0);
}

/* The extract holds 1, 2, 4, 5 of a road through 1 … 6, and one node of another. */
static void
test_clipped (void)
{
  VolantRoadsReport report;
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.70 7.40\nn 2 43.71 7.40\nn 4 43.73 7.40\nn 5 43.74 7.40\n"
      "w 10 1,2,3,4,5,6 highway=residential\nw 11 2,7,8 highway=residential\n"
      "w 12 8,9 building=yes\n", "FR", &report);

  g_assert_cmpuint (report.n_missing_refs, ==, 4);
  g_assert_cmpuint (report.n_clipped_roads, ==, 2);
  g_assert_cmpuint (report.n_roads, ==, 1);
  g_assert_cmpuint (roads->n_segments, ==, 2);
  find_segment (roads, 10, 1, 2);
  find_segment (roads, 10, 4, 5);
}

/* Three pieces for cars, though a footway joins two of them: two islands. */
static void
test_islands (void)
{
  VolantRoadsReport report;
  g_autoptr (VolantRoads) roads = osm_text_to_roads (
      "n 1 43.70 7.40\nn 2 43.71 7.40\nn 3 43.72 7.40\nn 4 43.73 7.40\nn 5 43.74 7.40\n"
      "n 6 43.75 7.40\nw 10 1,2 highway=residential\nw 11 3,2 highway=residential oneway=yes\n"
      "w 12 3,4 highway=footway\nw 13 4,5 highway=residential\nw 14 6,7,8 highway=residential\n"
      "n 7 43.76 7.40\nn 8 43.77 7.40\n",
      "FR", &report);

  g_assert_cmpuint (roads->n_segments, ==, 5);
  g_assert_cmpuint (report.n_islands, ==, 2);
}

static void
assert_empty (const char *text)
{
  g_autofree char *xml = osm_text_to_xml (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantOsm) osm = volant_osm_load_bytes (xml, strlen (xml), "a map", false, NULL, NULL,
                                                     &error);
  VolantRoadsOptions options = { .country = "" };
  VolantRoadsReport report;

  g_assert_no_error (error);
  g_assert_null (volant_roads_build (osm, &options, &report, NULL, NULL, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
}

static void
test_no_roads (void)
{
  assert_empty ("");
  assert_empty ("n 1 43.7 7.4\nn 2 43.8 7.4\nw 1 1,2 building=yes\n");
  assert_empty ("n 1 43.7 7.4\nn 2 43.8 7.4\nw 1 1,2 highway=footway\n");
  assert_empty ("w 1 1,2 highway=residential\n");
}

/* Any word of the section may be damaged: it is refused or it is still within bounds. */
static void
test_damaged_section (void)
{
  g_autofree char *xml = osm_text_to_xml (
      CROSS "r 1 from:w10,via:n5,to:w12 type=restriction restriction=no_left_turn\n");
  g_autoptr (VolantOsm) osm =
      volant_osm_load_bytes (xml, strlen (xml), "a map", false, NULL, NULL, NULL);
  VolantRoadsOptions options = { .country = "FR" };
  VolantRoadsReport report;
  g_autoptr (GBytes) bytes = volant_roads_build (osm, &options, &report, NULL, NULL, NULL);
  size_t size = g_bytes_get_size (bytes);

  for (size_t bit = 0; bit < size * 8; bit++)
    {
      uint8_t *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) damaged = g_bytes_new_take (data, size);
      g_autoptr (VolantRoads) roads = NULL;

      data[bit / 8] ^= (uint8_t) (1 << bit % 8);
      roads = volant_roads_open_bytes (damaged, NULL);
      if (roads != NULL)
        g_bytes_unref (volant_turns_build (roads));
    }
  for (size_t length = 0; length < size; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);

      g_assert_null (volant_roads_open_bytes (cut, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roads/junctions", test_junctions);
  g_test_add_func ("/roads/out-links", test_out_links);
  g_test_add_func ("/roads/loops", test_loops);
  g_test_add_func ("/roads/node-flags", test_node_flags);
  g_test_add_func ("/roads/restrictions", test_restrictions);
  g_test_add_func ("/roads/restriction-links", test_restriction_links);
  g_test_add_func ("/roads/via-ways", test_via_ways);
  g_test_add_func ("/roads/ambiguous-restriction", test_ambiguous_restriction);
  g_test_add_func ("/roads/unsplit-one-way", test_unsplit_one_way);
  g_test_add_func ("/roads/endless-restriction", test_endless_restriction);
  g_test_add_func ("/roads/clipped", test_clipped);
  g_test_add_func ("/roads/islands", test_islands);
  g_test_add_func ("/roads/no-roads", test_no_roads);
  g_test_add_func ("/roads/damaged-section", test_damaged_section);
  return g_test_run ();
}
