/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/osm-load.h"
#include "maps/stations/gbfs.h"
#include "tests/support.h"

#include <glib/gstdio.h>

#include <stdlib.h>
#include <string.h>

/* The demo city keeps its promises, and comes out the same each time. Read as plain OSM, with an own
 * idea of what can be driven, so that the maker and the importer are judged by a third. */

typedef struct {
  char *osm;
  char *heights;
  char *feed;
} Made;

static Made
make_city (const char *name)
{
  g_autofree char *folder = g_build_filename (volant_test_folder (), name, NULL);
  g_autofree char *program = g_build_filename (g_getenv ("VOLANT_TEST_BUILD"), "data", "demo",
                                               "make-city", NULL);
  g_autoptr (GError) error = NULL;
  int status = -1;
  Made made = {
    g_build_filename (folder, "city.osm", NULL),
    g_build_filename (folder, "N46W004.hgt", NULL),
    g_build_filename (folder, "gbfs", NULL),
  };
  char *argv[] = { program, made.osm, made.heights, made.feed, NULL };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return made;
}

static void
clear_made (Made *made)
{
  g_free (made->osm);
  g_free (made->heights);
  g_free (made->feed);
}

static void
assert_same_file (const char *a, const char *b)
{
  g_autoptr (GMappedFile) first = g_mapped_file_new (a, FALSE, NULL);
  g_autoptr (GMappedFile) second = g_mapped_file_new (b, FALSE, NULL);

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_cmpuint (g_mapped_file_get_length (first), ==, g_mapped_file_get_length (second));
  g_assert_true (memcmp (g_mapped_file_get_contents (first), g_mapped_file_get_contents (second),
                         g_mapped_file_get_length (first)) == 0);
}

static Made city;
static VolantOsm *osm;

static void
test_same_bytes (void)
{
  Made again = make_city ("again");

  assert_same_file (city.osm, again.osm);
  assert_same_file (city.heights, again.heights);
  for (unsigned i = 0; i < 2; i++)
    {
      const char *name = i == 0 ? "station_information.json" : "station_status.json";
      g_autofree char *a = g_build_filename (city.feed, name, NULL);
      g_autofree char *b = g_build_filename (again.feed, name, NULL);

      assert_same_file (a, b);
    }
  clear_made (&again);
}

static unsigned
count_ways (const char *key, const char *value)
{
  unsigned n = 0;

  for (size_t i = 0; i < osm->n_ways; i++)
    {
      const char *tag = volant_osm_way_tag (osm, &osm->ways[i], key);

      n += tag != NULL && (value == NULL || strcmp (tag, value) == 0);
    }
  return n;
}

static void
test_promises (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  unsigned n_bans = 0;
  unsigned n_signals = 0;

  for (size_t i = 0; i < osm->n_ways; i++)
    {
      const char *name = volant_osm_way_tag (osm, &osm->ways[i], "name");

      if (name != NULL && volant_osm_way_tag (osm, &osm->ways[i], "highway") != NULL)
        g_hash_table_add (names, (char *) name);
    }
  for (size_t i = 0; i < osm->n_relations; i++)
    n_bans += volant_osm_relation_tag (osm, &osm->relations[i], "restriction") != NULL;
  for (size_t i = 0; i < osm->n_nodes; i++)
    n_signals += g_strcmp0 (volant_osm_node_tag (osm, &osm->nodes[i], "highway"),
                            "traffic_signals") == 0;
  g_test_message ("%u named streets, %u buildings, %u house numbers, %u bridges, %u roundabouts, "
                  "%u ramps, %u banned turns, %u signals",
                  g_hash_table_size (names), count_ways ("building", NULL),
                  count_ways ("addr:housenumber", NULL), count_ways ("bridge", "yes"),
                  count_ways ("junction", "roundabout"), count_ways ("highway", "motorway_link"),
                  n_bans, n_signals);
  g_assert_cmpuint (g_hash_table_size (names), >=, 3000);
  g_assert_cmpuint (count_ways ("building", NULL), >=, 20000);
  g_assert_cmpuint (count_ways ("addr:housenumber", NULL), >=, 20000);
  g_assert_cmpuint (count_ways ("bridge", "yes"), >=, 12);
  g_assert_cmpuint (count_ways ("tunnel", "yes"), >=, 1);
  g_assert_cmpuint (count_ways ("junction", "roundabout"), >=, 8);
  g_assert_cmpuint (count_ways ("highway", "motorway"), >=, 4);
  g_assert_cmpuint (count_ways ("highway", "motorway_link"), >=, 28);
  g_assert_cmpuint (count_ways ("railway", "rail"), >=, 2);
  g_assert_cmpuint (count_ways ("natural", "coastline"), >=, 1);
  g_assert_cmpuint (count_ways ("leisure", "park"), >=, 6);
  g_assert_cmpuint (n_bans, >=, 20);
  g_assert_cmpuint (n_signals, >=, 50);
}

/* Where a car may go: node indices, along the drawing and, unless one-way, against it. */
typedef struct {
  GArray *from;
  GArray *to;
} Arcs;

static unsigned
node_number (int64_t id)
{
  const VolantOsmNode *node = volant_osm_find_node (osm, id);

  g_assert_nonnull (node);
  return (unsigned) (node - osm->nodes);
}

static void
add_way (Arcs *arcs, const VolantOsmWay *way)
{
  const char *highway = volant_osm_way_tag (osm, way, "highway");
  bool is_oneway = g_strcmp0 (volant_osm_way_tag (osm, way, "oneway"), "yes") == 0;

  if (highway == NULL || strcmp (highway, "footway") == 0 || strcmp (highway, "pedestrian") == 0)
    return;
  for (uint32_t k = 1; k < way->n_refs; k++)
    {
      unsigned a = node_number (osm->refs[way->first_ref + k - 1]);
      unsigned b = node_number (osm->refs[way->first_ref + k]);

      g_array_append_val (arcs->from, a);
      g_array_append_val (arcs->to, b);
      if (is_oneway)
        continue;
      g_array_append_val (arcs->from, b);
      g_array_append_val (arcs->to, a);
    }
}

/* How many nodes can be reached from start by arcs from → to. */
static unsigned
count_reached (const GArray *from, const GArray *to, unsigned start)
{
  g_autofree unsigned *first = g_new0 (unsigned, osm->n_nodes + 2);
  g_autofree unsigned *heads = g_new (unsigned, from->len + 1);
  g_autofree bool *seen = g_new0 (bool, osm->n_nodes);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (unsigned));
  unsigned n = 0;

  for (unsigned i = 0; i < from->len; i++)
    first[g_array_index (from, unsigned, i) + 2]++;
  for (size_t i = 1; i < osm->n_nodes + 2; i++)
    first[i] += first[i - 1];
  for (unsigned i = 0; i < from->len; i++)
    heads[first[g_array_index (from, unsigned, i) + 1]++] = g_array_index (to, unsigned, i);
  seen[start] = true;
  g_array_append_val (stack, start);
  while (stack->len > 0)
    {
      unsigned node = g_array_index (stack, unsigned, stack->len - 1);

      n++;
      g_array_set_size (stack, stack->len - 1);
      for (unsigned i = first[node]; i < first[node + 1]; i++)
        if (!seen[heads[i]])
          {
            seen[heads[i]] = true;
            g_array_append_val (stack, heads[i]);
          }
    }
  return n;
}

static void
test_connected (void)
{
  Arcs arcs = {
    g_array_new (FALSE, FALSE, sizeof (unsigned)),
    g_array_new (FALSE, FALSE, sizeof (unsigned)),
  };
  g_autofree bool *is_used = g_new0 (bool, osm->n_nodes);
  unsigned n_used = 0;
  unsigned start;

  for (size_t i = 0; i < osm->n_ways; i++)
    add_way (&arcs, &osm->ways[i]);
  for (unsigned i = 0; i < arcs.from->len; i++)
    is_used[g_array_index (arcs.from, unsigned, i)] = is_used[g_array_index (arcs.to, unsigned, i)] =
        true;
  for (size_t i = 0; i < osm->n_nodes; i++)
    n_used += is_used[i];
  start = g_array_index (arcs.from, unsigned, 0);
  g_test_message ("%u nodes that a car can stand on", n_used);
  g_assert_cmpuint (n_used, >=, 10000);
  g_assert_cmpuint (count_reached (arcs.from, arcs.to, start), ==, n_used);
  g_assert_cmpuint (count_reached (arcs.to, arcs.from, start), ==, n_used);
  g_array_unref (arcs.from);
  g_array_unref (arcs.to);
}

/* Land lies to the left of a coastline: the old town is left of the shore, drawn from west to east,
 * and islands turn to the left. */
static void
test_coastline (void)
{
  for (size_t i = 0; i < osm->n_ways; i++)
    {
      const VolantOsmWay *way = &osm->ways[i];
      double area = 0.0;
      VolantPoint first;
      VolantPoint last;

      if (g_strcmp0 (volant_osm_way_tag (osm, way, "natural"), "coastline") != 0)
        continue;
      first = volant_osm_find_node (osm, osm->refs[way->first_ref])->point;
      last = volant_osm_find_node (osm, osm->refs[way->first_ref + way->n_refs - 1])->point;
      for (uint32_t k = 1; k < way->n_refs; k++)
        {
          VolantPoint a = volant_osm_find_node (osm, osm->refs[way->first_ref + k - 1])->point;
          VolantPoint b = volant_osm_find_node (osm, osm->refs[way->first_ref + k])->point;

          area += (double) (a.lon_e7 - first.lon_e7) * (b.lat_e7 - first.lat_e7) -
                  (double) (b.lon_e7 - first.lon_e7) * (a.lat_e7 - first.lat_e7);
        }
      if (osm->refs[way->first_ref] == osm->refs[way->first_ref + way->n_refs - 1])
        g_assert_cmpfloat (area, >, 0.0);
      else
        g_assert_cmpint (first.lon_e7, <, last.lon_e7);
    }
}

static GBytes *
read_feed_file (const char *name)
{
  g_autofree char *path = g_build_filename (city.feed, name, NULL);
  char *text = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  return g_bytes_new_take (text, size);
}

static void
test_stations (void)
{
  g_autoptr (GBytes) information = read_feed_file ("station_information.json");
  g_autoptr (GBytes) status = read_feed_file ("station_status.json");
  VolantGbfsDocuments documents = { .station_information = information,
                                    .station_status = status };
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantStationFeed) feed = volant_gbfs_parse (&documents, "fr", &error);
  unsigned n_empty = 0;
  unsigned n_full = 0;
  unsigned n_closed = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (feed->stations->len, ==, 40);
  g_assert_cmpuint (feed->n_skipped, ==, 0);
  for (unsigned i = 0; i < feed->stations->len; i++)
    {
      const VolantStation *station = g_ptr_array_index (feed->stations, i);

      g_assert_cmpuint (station->capacity, >=, 4);
      g_assert_cmpuint (station->capacity, <=, 8);
      g_assert_cmpint (station->cars_available + station->docks_available, <=,
                       (int) station->capacity);
      n_empty += station->cars_available == 0;
      n_full += station->docks_available == 0;
      n_closed += !station->is_renting && !station->is_returning;
    }
  g_assert_cmpuint (n_empty, >=, 1);
  g_assert_cmpuint (n_full, >=, 2);
  g_assert_cmpuint (n_closed, ==, 1);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  city = make_city ("city");
  osm = volant_osm_load (city.osm, false, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/demo-city/promises", test_promises);
  g_test_add_func ("/demo-city/connected", test_connected);
  g_test_add_func ("/demo-city/coastline", test_coastline);
  g_test_add_func ("/demo-city/stations", test_stations);
  g_test_add_func ("/demo-city/same-bytes", test_same_bytes);
  status = g_test_run ();
  volant_osm_free (osm);
  clear_made (&city);
  return status;
}
