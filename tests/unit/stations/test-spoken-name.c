/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/autolib.h"
#include "maps/stations/spoken-name.h"
#include "tests/support.h"

#include <string.h>

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *town;
    const char *spoken;
  } cases[] = {
    { "Paris/Harpignies/3", "Paris", "Harpignies" },
    { "Paris/Harpignies/3", NULL, "Harpignies" },
    { "Rueil-Malmaison/18 Juin 1940/175", "Rueil-Malmaison", "18 Juin 1940" },
    { "Paris/Pierre 1er de Serbie/33", "Paris", "Pierre 1er de Serbie" },
    { "Levallois-Perret/Verdun/Parking2", "Levallois-Perret", "Verdun" },
    { "Neuilly-sur-Seine/Parmentier/parking", NULL, "Parmentier" },
    { "Paris/Grenelle 31/Parking", "Paris", "Grenelle" },
    { "Paris/Nonnains d'Hyères/1", "Paris", "Nonnains d'Hyères" },
    { "Saint-Maurice/Montgolfier/Parking", "Saint-Maurice", "Montgolfier" },
    { "Gare de Lyon - Paris 12", NULL, "Gare de Lyon" },
    { "Gare de Lyon – Lyon 3e", NULL, "Gare de Lyon" },
    { "Hôtel de Ville - Monaco", "Monaco", "Hôtel de Ville" },
    { "12 bis, rue de Rivoli, 75004 Paris", NULL, "rue de Rivoli" },
    { "12 rue de Rivoli", NULL, "rue de Rivoli" },
    { "3 rue Harpignies", "Paris", "rue Harpignies" },
    { "Place d'Italie", NULL, "Place d'Italie" },
    { "Gare de Lyon (sous-sol, niveau -2)", NULL, "Gare de Lyon" },
    { "10042 - Poissonnière - Enghien", NULL, "Poissonnière - Enghien" },
    { "Hauptstraße 5a", NULL, "Hauptstraße" },
    { "Avenue de la Marne 12 bis", NULL, "Avenue de la Marne" },
    { "Terminal 2", NULL, "Terminal 2" },
    { "Place du 8 Mai 1945", NULL, "Place du 8 Mai 1945" },
    { "2 ROUES", NULL, "2 ROUES" },
    { "SE Belmont & SE 10th", NULL, "SE Belmont & SE 10th" },
    { "上海路12号", NULL, "上海路" },
    { "人民广场", NULL, "人民广场" },
    { "  42  ", NULL, "42" },
    { "Paris", "Paris", "Paris" },
    { "", NULL, "" },
    { "///", NULL, "///" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *spoken = volant_spoken_name (cases[i].name, cases[i].town);

      g_test_message ("case %u", i);
      g_assert_cmpstr (spoken, ==, cases[i].spoken);
    }
}

/* Of the 869 stations of 2014, 614 names differ once town and number are off (counted apart with a
 * script over the middle part of "Town/Street/Number"). */
static void
test_register (void)
{
  g_autofree char *path = volant_test_data ("stations/autolib-docks-2014.csv");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (VolantStationFeed) feed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *data;
  size_t size;
  unsigned n_jaures = 0;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  bytes = g_bytes_new_take (data, size);
  feed = volant_station_csv_parse (bytes, &error);
  g_assert_no_error (error);
  for (unsigned i = 0; i < feed->stations->len; i++)
    {
      const VolantStation *station = feed->stations->pdata[i];

      g_assert_cmpuint (strlen (station->spoken_name), >, 0);
      g_hash_table_add (names, station->spoken_name);
      n_jaures += strcmp (station->spoken_name, "Jean Jaurès") == 0;
    }
  g_assert_cmpuint (n_jaures, ==, 15);
  g_assert_true (g_hash_table_contains (names, "Sœur Rosalie"));
  g_assert_cmpuint (g_hash_table_size (names), ==, 614);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spoken-name/names", test_names);
  g_test_add_func ("/spoken-name/register", test_register);
  return g_test_run ();
}
