/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/addresses.h"
#include "maps/places/places-build.h"
#include "maps/places/places.h"
#include "tests/support.h"

#include <string.h>

/* The Base Adresse Nationale: small files of our own, and the addresses of Paris. */

#define TITLES "id;numero;rep;nom_voie;code_postal;nom_commune;lon;lat\n"

static VolantPlaces *
open_ban (GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) image = volant_places_build (NULL, bytes, NULL, NULL, error);

  return image != NULL ? volant_places_open_bytes (image, error) : NULL;
}

static void
test_small (void)
{
  static const char text[] = TITLES
      "75101_1_00001;1;;Rue de l'Échelle;75001;Paris 1er Arrondissement;2.3341;48.8641\n"
      "75101_1_00001_b;1;b;Rue de l'Échelle;75001;Paris 1er Arrondissement;2.3342;48.8642\n"
      "75101_1_00001_x;1;xyz;Rue de l'Échelle;75001;Paris 1er Arrondissement;2.3342;48.8642\n"
      "75102_2_00003;3;;Rue de l'Échelle;75002;Paris 2e Arrondissement;2.3351;48.8645\n"
      "bad;;;;;;;\n"
      "bad;5;;Rue Sans Lieu;75001;Paris;;\n"
      "bad;5;;Rue Lointaine;75001;Paris;999;48.8\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantPlaces) places = open_ban (bytes, &error);
  g_autoptr (VolantPlace) bis = NULL;
  g_autoptr (VolantPlace) third = NULL;
  g_autoptr (GPtrArray) by_code = NULL;

  g_assert_no_error (error);
  bis = volant_places_get (places, "addr/ban/75101_1/1bis", &error);
  g_assert_no_error (error);
  g_assert_cmpint (bis->point.lon_e7, ==, 23342000);
  third = volant_places_get (places, "addr/ban/75101_1/3", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (third->locality, ==, "Paris 2e Arrondissement");
  by_code = volant_places_search (places, "3, rue de l'echelle, 75002 Paris", NULL, 5, &error);
  g_assert_cmpuint (by_code->len, ==, 1);
  g_assert_cmpstr (((VolantPlace *) by_code->pdata[0])->name, ==, "3 Rue de l'Échelle");
}

static void
test_refused (void)
{
  static const char other[] = "a;b;c\n1;2;3\n";
  static const char titles[] = TITLES;
  g_autoptr (GBytes) wrong = g_bytes_new_static (other, sizeof other - 1);
  g_autoptr (GBytes) empty = g_bytes_new_static (titles, sizeof titles - 1);
  g_autoptr (GError) unsupported = NULL;
  g_autoptr (GError) no_rows = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) damaged = NULL;
  g_autofree char *path = g_build_filename (volant_test_folder (), "cut.csv.gz", NULL);

  g_assert_null (open_ban (wrong, &unsupported));
  g_assert_error (unsupported, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED);
  g_assert_null (open_ban (empty, &no_rows));
  g_assert_error (no_rows, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
  g_assert_null (volant_addresses_load_file ("/nowhere/ban.csv", &missing));
  g_assert_error (missing, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (path, "\x1f\x8b\x08\0\0\0\0\0\0\x03Kcut", 14, NULL));
  g_assert_null (volant_addresses_load_file (path, &damaged));
  g_assert_error (damaged, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
}

static void
test_paris (void)
{
  static const struct {
    const char *text;
    const char *name;
    double lat_deg;
    double lon_deg;
  } cases[] = {
    { "4 quai du louvre", "4 Quai du Louvre", 48.858752, 2.342221 },
    { "quai du louvre 4 75001", "4 Quai du Louvre", 48.858752, 2.342221 },
    { "74, rue Petit, 75019 Paris", "74 Rue Petit", 48.885692, 2.387693 },
    { "74 rue pettit", "74 Rue Petit", 48.885692, 2.387693 },
    { "2 av gal lemonnier", "2 Avenue du Général Lemonnier", 48.861059, 2.330403 },
  };
  g_autofree char *path = volant_test_data ("addresses/ban-paris.csv.gz");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (VolantPlaces) places = NULL;

  if (path == NULL)
    return;
  bytes = volant_addresses_load_file (path, &error);
  g_assert_no_error (error);
  places = open_ban (bytes, &error);
  g_assert_no_error (error);
  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = volant_places_search (places, cases[i].text, NULL, 3, &error);
      const VolantPlace *first;

      g_test_message ("“%s”", cases[i].text);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, >, 0);
      first = found->pdata[0];
      g_assert_cmpstr (first->name, ==, cases[i].name);
      g_assert_cmpfloat (
          volant_geo_distance_m (first->point,
                                 volant_point_from_degrees (cases[i].lat_deg, cases[i].lon_deg)),
          <, 1.0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ban/small", test_small);
  g_test_add_func ("/ban/refused", test_refused);
  g_test_add_func ("/ban/paris", test_paris);
  return g_test_run ();
}
