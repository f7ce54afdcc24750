/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/import.h"
#include "maps/import/osm-load.h"
#include "maps/places/places-build.h"
#include "maps/places/places.h"
#include "tests/support.h"

#include <math.h>
#include <string.h>

/* A town drawn by hand:
 *
 *   Rue de la Paix: ways 100 and 101, joined; and way 102, of the same name, 20 km off
 *   Avenue du Général-de-Gaulle: way 103;  Boulevard Saint-Germain: way 104
 *   上海路: way 105;  人民广场: a place;  Rue du 4 Septembre: way 106
 */
static const char town[] =
    "<osm version='0.6'>"
    "<node id='1' lat='48.800' lon='2.300'/><node id='2' lat='48.801' lon='2.300'/>"
    "<node id='3' lat='48.802' lon='2.300'/><node id='4' lat='48.980' lon='2.300'/>"
    "<node id='5' lat='48.981' lon='2.300'/><node id='6' lat='48.800' lon='2.310'/>"
    "<node id='7' lat='48.805' lon='2.310'/><node id='8' lat='48.800' lon='2.320'/>"
    "<node id='9' lat='48.801' lon='2.320'/>"
    "<node id='20' lat='48.8005' lon='2.3001'>"
    " <tag k='addr:housenumber' v='12 bis'/><tag k='addr:street' v='rue de la Paix'/></node>"
    "<node id='21' lat='48.8006' lon='2.3001'>"
    " <tag k='addr:housenumber' v='14;16'/><tag k='addr:street' v='Rue de la Paix'/></node>"
    "<node id='22' lat='48.800' lon='2.3201'>"
    " <tag k='addr:housenumber' v='88号'/><tag k='addr:street' v='上海路'/></node>"
    "<node id='23' lat='48.8011' lon='2.3101'>"
    " <tag k='addr:housenumber' v='7'/><tag k='addr:street' v='Rue Oubliée'/></node>"
    "<node id='30' lat='48.803' lon='2.305'><tag k='name' v='Épinay'/><tag k='place' "
    "v='town'/></node>"
    "<node id='31' lat='48.8031' lon='2.3051'><tag k='name' v='人民广场'/><tag k='place' "
    "v='square'/>"
    " <tag k='name:en' v=\"People's Square\"/></node>"
    "<node id='32' lat='48.804' lon='2.306'><tag k='name' v='Gare de Lyon'/>"
    " <tag k='railway' v='station'/></node>"
    "<node id='33' lat='48.8041' lon='2.3061'><tag k='name' v='Gare de Lyon'/>"
    " <tag k='public_transport' v='station'/></node>"
    "<node id='34' lat='48.8042' lon='2.3062'><tag k='name' v='Pharmacie de la Gare de Lyon'/>"
    " <tag k='amenity' v='pharmacy'/></node>"
    "<node id='35' lat='48.8043' lon='2.3063'><tag k='name' v='Café du Sacré-Cœur'/>"
    " <tag k='amenity' v='cafe'/></node>"
    "<node id='36' lat='48.8044' lon='2.3064'><tag k='name' v='Banc'/><tag k='note' v='x'/></node>"
    "<way id='100'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/>"
    " <tag k='name' v='Rue de la Paix'/></way>"
    "<way id='101'><nd ref='2'/><nd ref='3'/><tag k='highway' v='residential'/>"
    " <tag k='name' v='Rue de la Paix'/></way>"
    "<way id='102'><nd ref='4'/><nd ref='5'/><tag k='highway' v='residential'/>"
    " <tag k='name' v='Rue de la Paix'/></way>"
    "<way id='103'><nd ref='1'/><nd ref='6'/><tag k='highway' v='primary'/>"
    " <tag k='name' v='Avenue du Général-de-Gaulle'/></way>"
    "<way id='104'><nd ref='6'/><nd ref='7'/><tag k='highway' v='secondary'/>"
    " <tag k='name' v='Boulevard Saint-Germain'/></way>"
    "<way id='105'><nd ref='8'/><nd ref='9'/><tag k='highway' v='residential'/>"
    " <tag k='name' v='上海路'/></way>"
    "<way id='106'><nd ref='7'/><nd ref='8'/><tag k='highway' v='residential'/>"
    " <tag k='name' v='Rue du 4 Septembre'/></way>"
    "</osm>";

static VolantPlaces *
open_town (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantOsm) osm =
      volant_osm_load_bytes (town, strlen (town), "town.osm", false, NULL, NULL, &error);
  g_autoptr (GBytes) bytes = NULL;
  VolantPlaces *places;

  g_assert_no_error (error);
  bytes = volant_places_build (osm, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  places = volant_places_open_bytes (bytes, &error);
  g_assert_no_error (error);
  return places;
}

/* The id of the best result; "" for none (transfer full). */
static char *
first_id (VolantPlaces *places, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = volant_places_search (places, text, NULL, 5, &error);

  g_assert_no_error (error);
  return g_strdup (found->len > 0 ? ((VolantPlace *) found->pdata[0])->id : "");
}

static const struct {
  const char *text;
  const char *id;
} searches[] = {
  /* whole, begun, abbreviated, without accents */
  { "Avenue du Général-de-Gaulle", "way/103" },
  { "av general de gaulle", "way/103" },
  { "av gal de g", "way/103" },
  { "degaulle", "way/103" },
  { "bd st germain", "way/104" },
  { "BLVD SAINT GERM", "way/104" },
  { "epinay", "node/30" },
  { "sacre coeur", "node/35" },
  { "SACRÉ-CŒUR", "node/35" },
  /* the station before the chemist's, once */
  { "gare de lyon", "node/32" },
  { "pharmacie gare de lyon", "node/34" },
  /* house numbers */
  { "12 bis rue de la paix", "addr/way/100/12bis" },
  { "12bis, rue de la Paix", "addr/way/100/12bis" },
  { "rue de la paix 12 bis", "addr/way/100/12bis" },
  { "12b rue de la paix", "addr/way/100/12bis" },
  { "14 paix", "addr/way/100/14" },
  { "16 rue de la paix epinay", "addr/way/100/16" },
  { "rue de la paix 16 epinay", "addr/way/100/16" },
  { "99 rue de la paix", "way/100" },
  { "7 rue oubliee", "addr/node/23/7" },
  /* a number that is part of the name */
  { "rue du 4 septembre", "way/106" },
  { "4 septembre", "way/106" },
  /* Chinese by characters, part of them, pinyin, with tones, joined, begun, initials, English */
  { "人民广场", "node/31" },
  { "广场", "node/31" },
  { "民", "node/31" },
  { "ren min guang chang", "node/31" },
  { "rén mín guǎng chǎng", "node/31" },
  { "ren2 min2 guang3 chang3", "node/31" },
  { "renmin guangchang", "node/31" },
  { "renminguang", "node/31" },
  { "rmgc", "node/31" },
  { "people's square", "node/31" },
  { "上海路", "way/105" },
  { "shanghai lu", "way/105" },
  { "shl", "way/105" },
  { "上海路88号", "addr/way/105/88" },
  { "88 shanghailu", "addr/way/105/88" },
  { "广海", "" },
  /* slips */
  { "boulevard saint germian", "way/104" },
  { "genral de gaulle", "way/103" },
  { "rue de la paix zzzzz", "way/100" },
  /* nothing */
  { "banc", "" },
  { "xyzzy", "" },
  { "", "" },
  { "  ,;  ", "" },
  { "\" OR *", "" },
};

static void
test_search (void)
{
  g_autoptr (VolantPlaces) places = open_town ();

  for (unsigned i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autofree char *id = first_id (places, searches[i].text);

      g_test_message ("“%s”", searches[i].text);
      g_assert_cmpstr (id, ==, searches[i].id);
    }
}

/* Two streets of one name are two places; the nearer comes first, a joined street is one. */
static void
test_namesakes (void)
{
  g_autoptr (VolantPlaces) places = open_town ();
  VolantPoint north = volant_point_from_degrees (48.97, 2.3);
  VolantPoint south = volant_point_from_degrees (48.81, 2.3);
  g_autoptr (GPtrArray) from_north =
      volant_places_search (places, "rue de la paix", &north, 9, NULL);
  g_autoptr (GPtrArray) from_south =
      volant_places_search (places, "rue de la paix", &south, 9, NULL);
  const VolantPlace *place = from_south->pdata[0];

  g_assert_cmpuint (from_north->len, ==, 2);
  g_assert_cmpstr (((VolantPlace *) from_north->pdata[0])->id, ==, "way/102");
  g_assert_cmpstr (place->id, ==, "way/100");
  g_assert_cmpstr (place->locality, ==, "Épinay");
  g_assert_cmpint (place->point.lat_e7, ==, 488010000); /* its middle node */
  g_assert_cmpfloat (fabs (place->distance_m - 1000.8), <, 2.0);
}

static void
test_house_name (void)
{
  g_autoptr (VolantPlaces) places = open_town ();
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantPlace) house = volant_places_get (places, "addr/way/100/12bis", &error);
  g_autoptr (VolantPlace) chinese = volant_places_get (places, "addr/way/105/88", NULL);
  g_autoptr (VolantPlace) station = volant_places_get (places, "node/32", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (house->name, ==, "12 bis Rue de la Paix");
  g_assert_cmpint (house->kind, ==, VOLANT_PLACE_ADDRESS);
  g_assert_cmpint (house->point.lat_e7, ==, 488005000);
  g_assert_true (isnan (house->distance_m));
  g_assert_cmpstr (chinese->name, ==, "上海路88号");
  g_assert_cmpstr (station->category, ==, "railway=station");
  g_assert_null (volant_places_get (places, "addr/way/100/13", &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (volant_places_get (places, "way/101", &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND);
}

static void
test_near (void)
{
  g_autoptr (VolantPlaces) places = open_town ();
  VolantPoint point = volant_point_from_degrees (48.8004, 2.3002);
  g_autoptr (GPtrArray) streets =
      volant_places_near (places, point, 2000.0, VOLANT_PLACE_STREET, 10, NULL);
  g_autoptr (GPtrArray) houses =
      volant_places_near (places, point, 500.0, VOLANT_PLACE_ADDRESS, 2, NULL);
  g_autoptr (GPtrArray) none = volant_places_near (places, point, 10.0, VOLANT_PLACE_POI, 10, NULL);
  const VolantPlace *first = streets->pdata[0];

  g_assert_cmpuint (streets->len, ==, 6);
  g_assert_cmpstr (first->id, ==, "way/100");
  g_assert_cmpfloat (first->distance_m, <, 30.0);
  g_assert_cmpuint (houses->len, ==, 2);
  g_assert_cmpstr (((VolantPlace *) houses->pdata[0])->id, ==, "addr/way/100/12bis");
  g_assert_cmpuint (none->len, ==, 0);
}

/* The other way round: what cannot be an index is refused. */
static void
test_refused (void)
{
  static const char text[] = "this is no database, however long one goes on reading it";
  g_autofree char *padded = g_strnfill (8192, 'x');
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) wrong = g_bytes_new_static (text, sizeof text);
  g_autoptr (GBytes) longer = g_bytes_new (padded, 8192);
  GBytes *all[] = { empty, wrong, longer };

  for (unsigned i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (volant_places_open_bytes (all[i], &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
    }
}

static bool
stop (double fraction, const char *stage, void *data)
{
  return false;
}

static void
test_stopped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantOsm) osm =
      volant_osm_load_bytes (town, strlen (town), "town.osm", false, NULL, NULL, NULL);

  g_assert_null (volant_places_build (osm, NULL, stop, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Through the whole import, from the mapped file. */
static void
test_imported (void)
{
  g_autofree char *source = g_build_filename (volant_test_folder (), "town.osm", NULL);
  g_autofree char *path = g_build_filename (volant_test_folder (), "town.city", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCity) city = NULL;
  g_autoptr (VolantPlaces) places = NULL;
  g_autofree char *id = NULL;

  g_assert_true (g_file_set_contents (source, town, -1, NULL));
  volant_import (source, NULL, path, NULL, NULL, &error);
  g_assert_no_error (error);
  city = volant_city_open (path, &error);
  g_assert_no_error (error);
  places = volant_places_open (volant_city_get_file (city), &error);
  g_assert_no_error (error);
  g_clear_pointer (&city, volant_city_unref);
  id = first_id (places, "上海");
  g_assert_cmpstr (id, ==, "way/105");
}

static void *
search_often (void *data)
{
  for (unsigned i = 0; i < 40; i++)
    {
      g_autofree char *id = first_id (data, i % 2 == 0 ? "rmgc" : "boulevard saint germian");

      g_assert_cmpstr (id, ==, i % 2 == 0 ? "node/31" : "way/104");
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (VolantPlaces) places = open_town ();
  GThread *threads[4];

  for (unsigned i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("search", search_often, places);
  for (unsigned i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/places/search", test_search);
  g_test_add_func ("/places/namesakes", test_namesakes);
  g_test_add_func ("/places/house-name", test_house_name);
  g_test_add_func ("/places/near", test_near);
  g_test_add_func ("/places/refused", test_refused);
  g_test_add_func ("/places/stopped", test_stopped);
  g_test_add_func ("/places/imported", test_imported);
  g_test_add_func ("/places/threads", test_threads);
  return g_test_run ();
}
