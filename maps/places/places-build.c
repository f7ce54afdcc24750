/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/places-build.h"

#include "maps/places/addresses.h"
#include "maps/places/named-places.h"
#include "maps/places/places-database.h"

#include <string.h>

/* Collects in the order in which the parts need each other (streets, register, OpenStreetMap's
 * house numbers, named places, localities), orders by importance and writes. */

/* A street known only from its houses stands at the house nearest to their middle. */
static void
choose_point (VolantPlaceDraft *street)
{
  double best_m = G_MAXDOUBLE;
  int64_t lat_e7 = 0;
  int64_t lon_e7 = 0;
  VolantPoint middle;

  if (g_str_has_prefix (street->id, "way/") || street->houses->len == 0)
    return;
  for (unsigned i = 0; i < street->houses->len; i++)
    {
      lat_e7 += g_array_index (street->houses, VolantHouse, i).point.lat_e7;
      lon_e7 += g_array_index (street->houses, VolantHouse, i).point.lon_e7;
    }
  middle.lat_e7 = (int32_t) (lat_e7 / street->houses->len);
  middle.lon_e7 = (int32_t) (lon_e7 / street->houses->len);
  for (unsigned i = 0; i < street->houses->len; i++)
    {
      VolantPoint point = g_array_index (street->houses, VolantHouse, i).point;
      double distance_m = volant_geo_distance_m (middle, point);

      if (distance_m >= best_m)
        continue;
      best_m = distance_m;
      street->point = point;
    }
}

static int
compare_drafts (gconstpointer a, gconstpointer b)
{
  const VolantPlaceDraft *one = *(VolantPlaceDraft *const *) a;
  const VolantPlaceDraft *other = *(VolantPlaceDraft *const *) b;

  if (one->importance != other->importance)
    return one->importance > other->importance ? -1 : 1;
  return strcmp (one->id, other->id);
}

/* Two streets may claim one id where a building lends its id to a street that is not drawn. */
static void
drop_same_ids (GPtrArray *drafts)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned i = 0; i < drafts->len; i++)
    {
      VolantPlaceDraft *draft = drafts->pdata[i];
      unsigned n = 2;

      while (g_hash_table_contains (ids, draft->id))
        {
          g_autofree char *before = g_steal_pointer (&draft->id);

          draft->id = g_strdup_printf ("%s+%u", before, n++);
        }
      g_hash_table_add (ids, draft->id);
    }
}

GBytes *
volant_places_build (const VolantOsm *osm, GBytes *addresses, VolantProgress progress, void *data,
                     GError **error)
{
  g_autoptr (VolantStreets) streets = volant_streets_new ();
  g_autoptr (GPtrArray) places =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_place_draft_free);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *drawn = volant_streets_get_all (streets);

  if (osm != NULL)
    volant_streets_collect (streets, osm);
  if (addresses != NULL && volant_addresses_read_ban (streets, addresses, error) < 0)
    return NULL;
  if (osm != NULL)
    {
      volant_addresses_collect (streets, osm);
      volant_named_places_collect (places, streets, osm);
    }
  for (unsigned i = 0; i < drawn->len; i++)
    choose_point (drawn->pdata[i]);
  volant_named_places_set_localities (drawn, places);
  volant_named_places_set_localities (places, places);
  g_ptr_array_extend (all, drawn, NULL, NULL);
  g_ptr_array_extend (all, places, NULL, NULL);
  g_ptr_array_sort (all, compare_drafts);
  drop_same_ids (all);
  return volant_places_database_write (all, progress, data, error);
}

bool
volant_places_write (const VolantOsm *osm, const char *addresses_path, const char *country,
                     VolantCityWriter *writer, VolantProgress progress, void *data, GError **error)
{
  g_autoptr (GBytes) addresses = NULL;
  g_autoptr (GBytes) image = NULL;
  const void *bytes;
  size_t size;

  if (addresses_path != NULL)
    {
      addresses = volant_addresses_load_file (addresses_path, error);
      if (addresses == NULL)
        return false;
    }
  image = volant_places_build (osm, addresses, progress, data, error);
  if (image == NULL)
    return false;
  bytes = g_bytes_get_data (image, &size);
  return volant_city_writer_add (writer, VOLANT_CITY_PLACES, bytes, size, error);
}
