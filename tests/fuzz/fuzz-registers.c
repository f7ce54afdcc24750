/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/stations/autolib.h"

/* Registers of stations as CSV. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (VolantStationFeed) feed = volant_station_csv_parse (bytes, NULL);

  for (unsigned i = 0; feed != NULL && i < feed->stations->len; i++)
    {
      const VolantStation *station = feed->stations->pdata[i];

      g_assert_true (volant_point_is_valid (station->point));
      g_assert_true (g_utf8_validate (station->name, -1, NULL));
      g_assert_true (g_utf8_validate (station->spoken_name, -1, NULL));
    }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char docks[] =
      "\xef\xbb\xbfID;Identifiant Autolib';Rue;Code postal;Ville;Coordonnées "
      "geo;Emplacement;Autolib';"
      "Tiers;Abri\n"
      "75120-22;Paris/Harpignies/3;3 rue Harpignies;75020;Paris;48.8587455, "
      "2.4101638;Voirie;4;1;0\n"
      "75120-23;Paris/S\xc2\x9cur Rosalie/1;1 rue X;75013;Paris;48.83, 2.35;Voirie;6;0;0\n";
  static const char states[] =
      "Address,Cars,Bluecar counter,Utilib counter,Utilib 1.4 counter,Charge Slots,Charging Status,"
      "City,Displayed comment,ID,Kind,Geo point,Postal code,Public name,Rental status,Scheduled at,"
      "Slots,Station type,Status,Subscription status,year,month,day,hour,minute\n"
      "1 Rue A,2,2,0,0,3,operational,Paris,,paris-a-1,STATION,\"48.85, 2.35\",75001,Paris/A Ã‰/1,"
      "operational,,4,station,ok,nonexistent,2018,4,8,11,43\n"
      "1 Rue A,5,5,0,0,1,broken,Paris,,paris-a-1,STATION,\"48.85, 2.35\",75001,Paris/EugÃ¨ne/1,"
      "operational,,1,station,closed,nonexistent,2018,4,9,1,2\n";
  static const char chargers[] = "station_id,latitude,longitude,fast,slow,count\n"
                                 "1,22.716272,113.826349,5,5,10\n";

  add (docks, sizeof docks - 1, user_data);
  add (states, sizeof states - 1, user_data);
  add (chargers, sizeof chargers - 1, user_data);
}
