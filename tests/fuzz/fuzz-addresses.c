/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/places/addresses.h"

/* The address register, as it is read; the index made of it is not in question here. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (VolantStreets) streets = volant_streets_new ();
  int64_t n = volant_addresses_read_ban (streets, bytes, NULL);
  GPtrArray *all = volant_streets_get_all (streets);
  int64_t n_houses = 0;

  for (unsigned i = 0; i < all->len; i++)
    n_houses += ((VolantPlaceDraft *) all->pdata[i])->houses->len;
  g_assert_cmpint (n_houses, ==, MAX (n, 0));
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char paris[] =
      "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat;alias\n"
      "75101_1_00001;;1;;Rue de l'Échelle;75001;75101;Paris "
      "1er;650852.91;6862571.27;2.3341;48.8641;\n"
      "75101_1_00001_b;;1;b;\"Rue de l'Échelle\";75001;75101;Paris 1er;0;0;2.3342;48.8642;\n"
      "75102_2_00003;;3;bv;上海路;75002;75102;Paris 2e;0;0;2.3351;48.8645;\n";

  add (paris, sizeof paris - 1, user_data);
}
