/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/import/osm-load.h"
#include "maps/places/places-build.h"
#include "maps/places/places.h"

#include <string.h>

/* The place index as a stranger may have made it: opened, searched, corrected, looked around in. */

static void
search (VolantPlaces *places, const char *text)
{
  VolantPoint near = volant_point_from_degrees (48.8, 2.3);
  g_autoptr (GPtrArray) found = volant_places_search (places, text, &near, 20, NULL);

  for (unsigned i = 0; found != NULL && i < found->len; i++)
    {
      const VolantPlace *place = found->pdata[i];

      g_assert_true (g_utf8_validate (place->id, -1, NULL));
      g_assert_true (g_utf8_validate (place->name, -1, NULL));
      g_assert_true (volant_point_is_valid (place->point));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const texts[] = { "r", "12 rue de la paix", "rmgc", "上海", "piax" };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (VolantPlaces) places = volant_places_open_bytes (bytes, NULL);
  VolantPoint point = volant_point_from_degrees (48.8, 2.3);

  if (places == NULL)
    return 0;
  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    search (places, texts[i]);
  for (VolantPlaceKind kind = VOLANT_PLACE_STREET; kind <= VOLANT_PLACE_LOCALITY; kind++)
    {
      g_autoptr (GPtrArray) near = volant_places_near (places, point, 5000.0, kind, 10, NULL);

      g_assert_true (near == NULL || near->len <= 10);
    }
  volant_place_free (volant_places_get (places, "addr/way/100/12", NULL));
  volant_place_free (volant_places_get (places, "way/100", NULL));
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char town[] =
      "<osm version='0.6'><node id='1' lat='48.80' lon='2.30'/><node id='2' lat='48.801' "
      "lon='2.3'/>"
      "<node id='20' lat='48.8005' lon='2.3001'><tag k='addr:housenumber' v='12'/>"
      "<tag k='addr:street' v='Rue de la Paix'/></node>"
      "<node id='31' lat='48.8031' lon='2.3051'><tag k='name' v='人民广场'/>"
      "<tag k='place' v='town'/></node>"
      "<way id='100'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/>"
      "<tag k='name' v='Rue de la Paix'/></way>"
      "<way id='101'><nd ref='1'/><nd ref='2'/><tag k='highway' v='service'/>"
      "<tag k='name' v='上海路'/></way></osm>";
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantOsm) osm =
      volant_osm_load_bytes (town, strlen (town), "town.osm", false, NULL, NULL, &error);
  g_autoptr (GBytes) image = NULL;
  const void *bytes;
  size_t size;

  g_assert_no_error (error);
  image = volant_places_build (osm, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  bytes = g_bytes_get_data (image, &size);
  add (bytes, size, user_data);
}
