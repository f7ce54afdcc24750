/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/autolib.h"
#include "tests/support.h"

#include <string.h>

static VolantStationFeed *
parse_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return volant_station_csv_parse (bytes, error);
}

static VolantStationFeed *
parse_data (const char *relative)
{
  g_autofree char *path = volant_test_data (relative);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  VolantStationFeed *feed;
  char *data;
  size_t size;

  if (path == NULL)
    return NULL;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  bytes = g_bytes_new_take (data, size);
  feed = volant_station_csv_parse (bytes, &error);
  g_assert_no_error (error);
  return feed;
}

static const VolantStation *
find (const VolantStationFeed *feed, const char *id)
{
  for (unsigned i = 0; i < feed->stations->len; i++)
    if (strcmp (((VolantStation *) feed->stations->pdata[i])->id, id) == 0)
      return feed->stations->pdata[i];
  return NULL;
}

#define TITLES_2014                                                                                \
  "ID;Identifiant Autolib';Rue;Code postal;Ville;Coordonnées "                                    \
  "geo;Emplacement;Autolib';Tiers;Abri\n"

static void
test_2014 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantStationFeed) feed = parse_text (
      "\xef\xbb\xbf" TITLES_2014 "75120-22;Paris/Harpignies/3;3 rue "
                                 "Harpignies;75020;Paris;48.8587455, 2.4101638;Voirie;4;1;0\n"
      "75120-23;Paris/S\xc2\x9cur Rosalie/1;1 rue X;75013;Paris;48.83, 2.35;Voirie;6;0;0\n"
      "75120-24;Paris/Nulle Part/1;;75013;Paris;not here;Voirie;6;0;0\n"
      "75120-22;Paris/Encore/3;;75020;Paris;48.85, 2.41;Voirie;4;1;0\n"
      "75120-25;Paris/Mille/3;;75020;Paris;48.85, 2.41;Voirie;many;0;0\n"
      ";;;;;;;;;\n",
      &error);
  const VolantStation *station;

  g_assert_no_error (error);
  g_assert_cmpstr (feed->version, ==, "autolib-2014");
  g_assert_cmpuint (feed->stations->len, ==, 3);
  g_assert_cmpuint (feed->n_skipped, ==, 3);
  g_assert_cmpuint (g_strv_length (feed->warnings), ==, 4);
  g_assert_nonnull (strstr (feed->warnings[0], "75120-24"));
  station = find (feed, "75120-22");
  g_assert_cmpstr (station->name, ==, "Paris/Harpignies/3");
  g_assert_cmpstr (station->spoken_name, ==, "Harpignies");
  g_assert_cmpstr (station->address, ==, "3 rue Harpignies, 75020 Paris");
  g_assert_cmpuint (station->capacity, ==, 4);
  g_assert_cmpint (station->cars_available, ==, -1);
  g_assert_true (station->has_charging);
  g_assert_cmpint (station->point.lat_e7, ==, 488587455);
  g_assert_cmpint (station->point.lon_e7, ==, 24101638);
  station = find (feed, "75120-23");
  g_assert_cmpstr (station->spoken_name, ==, "Sœur Rosalie");
  g_assert_false (station->has_charging);
}

#define TITLES_2018                                                                                \
  "Address,Cars,Bluecar counter,Utilib counter,Utilib 1.4 counter,Charge Slots,Charging Status,"   \
  "City,Displayed comment,ID,Kind,Geo point,Postal code,Public name,Rental status,Scheduled at,"   \
  "Slots,Station type,Status,Subscription status,year,month,day,hour,minute\n"

/* The last sample of a station counts, wherever it stands in the file. */
static void
test_2018 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantStationFeed) feed = parse_text (
      TITLES_2018
      "1 Rue A,2,2,0,0,3,operational,Paris,,paris-a-1,STATION,\"48.85, 2.35\",75001,Paris/A Ã‰/1,"
      "operational,,4,station,ok,nonexistent,2018,4,8,11,43\n"
      "1 Rue A,5,5,0,0,1,broken,Paris,,paris-a-1,STATION,\"48.85, 2.35\",75001,Paris/A/1,"
      "operational,,1,station,ok,nonexistent,2018,4,9,1,2\n"
      "1 Rue A,0,0,0,0,0,operational,Paris,,paris-a-1,STATION,\"48.85, 2.35\",75001,Paris/A/1,"
      "operational,,6,station,ok,nonexistent,2018,4,1,23,59\n"
      "1 Rue B,3,3,0,0,2,operational,Paris,,paris-b-1,STATION,\"48.86, 2.36\",75001,"
      "Paris/EugÃ¨ne OudinÃ©/1,broken,,2,station,closed,nonexistent,2018,4,9,1,2\n"
      "1 Rue C,0,0,0,0,0,nonexistent,Paris,,paris-c-1,STATION,\"48.86, 2.36\",75001,Paris/C/1,"
      "future,2018-01-03T10:52:00,0,station,scheduled,nonexistent,2018,4,9,1,2\n",
      &error);
  const VolantStation *station;

  g_assert_no_error (error);
  g_assert_cmpuint (feed->stations->len, ==, 3);
  station = find (feed, "paris-a-1");
  g_assert_cmpint (station->cars_available, ==, 5);
  g_assert_cmpint (station->docks_available, ==, 1);
  g_assert_true (station->has_charging);
  g_assert_cmpint (station->chargers_available, ==, 0);
  g_assert_true (station->is_renting && station->is_returning);
  g_assert_cmpint (station->reported_at_s, ==, 1523235720); /* 2018-04-09 01:02 */
  station = find (feed, "paris-b-1");
  g_assert_cmpstr (station->spoken_name, ==, "Eugène Oudiné");
  g_assert_true (station->is_installed);
  g_assert_false (station->is_renting || station->is_returning);
  g_assert_cmpint (station->chargers_available, ==, 2);
  station = find (feed, "paris-c-1");
  g_assert_false (station->is_installed || station->is_renting || station->is_returning);
  g_assert_false (station->has_charging);
}

static void
test_refused (void)
{
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) nothing = NULL;

  g_assert_null (parse_text ("a,b,c\n1,2,3\n", &unknown));
  g_assert_error (unknown, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED);
  g_assert_null (parse_text (TITLES_2014, &empty));
  g_assert_error (empty, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
  g_assert_null (parse_text ("", &nothing));
  g_assert_error (nothing, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED);
}

static void
test_real_2014 (void)
{
  g_autoptr (VolantStationFeed) feed = parse_data ("stations/autolib-docks-2014.csv");
  unsigned n_docks = 0;

  if (feed == NULL)
    return;
  for (unsigned i = 0; i < feed->stations->len; i++)
    n_docks += ((VolantStation *) feed->stations->pdata[i])->capacity;
  g_assert_cmpuint (feed->stations->len, ==, 869);
  g_assert_cmpuint (n_docks, ==, 4136);
  g_assert_cmpuint (feed->n_skipped, ==, 0);
}

static void
test_real_2018 (void)
{
  g_autoptr (VolantStationFeed) feed = parse_data ("stations/autolib-states-2018-04.csv");

  if (feed == NULL)
    return;
  g_assert_cmpuint (feed->stations->len, ==, 1105);
  g_assert_cmpuint (feed->n_skipped, ==, 0);
  for (unsigned i = 0; i < feed->stations->len; i++)
    {
      const VolantStation *station = feed->stations->pdata[i];

      g_assert_null (strstr (station->name, "Ã"));
      g_assert_cmpint (station->reported_at_s, >, 1522540799);
    }
}

static void
test_real_shenzhen (void)
{
  g_autoptr (VolantStationFeed) feed = parse_data ("stations/shenzhen-charging.csv");

  if (feed == NULL)
    return;
  g_assert_cmpstr (feed->version, ==, "shenzhen-charging");
  g_assert_cmpuint (feed->stations->len, >, 1000);
  g_assert_true (((VolantStation *) feed->stations->pdata[0])->has_charging);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registers/2014", test_2014);
  g_test_add_func ("/registers/2018", test_2018);
  g_test_add_func ("/registers/refused", test_refused);
  g_test_add_func ("/registers/real-2014", test_real_2014);
  g_test_add_func ("/registers/real-2018", test_real_2018);
  g_test_add_func ("/registers/real-shenzhen", test_real_shenzhen);
  return g_test_run ();
}
