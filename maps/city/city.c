/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/city/city.h"

#include <math.h>
#include <stdatomic.h>

/* A city: its file, and its INFO section. INFO is a serialized GVariant of type a{sv},
 * little-endian: unknown keys are skipped, a missing one has an empty value, and GVariant bounds
 * every read. */

struct _VolantCity {
  atomic_int ref_count;
  VolantCityFile *file;
  GVariant *values; /* owns the strings of info */
  VolantCityInfo info;
};

static const char *
lookup_string (GVariant *values, const char *key)
{
  const char *text = "";

  g_variant_lookup (values, key, "&s", &text);
  return text;
}

static bool
is_on_earth (const VolantCityInfo *info)
{
  VolantPoint low = { info->bounds.min_lat_e7, info->bounds.min_lon_e7 };
  VolantPoint high = { info->bounds.max_lat_e7, info->bounds.max_lon_e7 };

  return volant_point_is_valid (info->start) &&
         (volant_bounds_is_empty (&info->bounds) ||
          (volant_point_is_valid (low) && volant_point_is_valid (high)));
}

static bool
read_info (VolantCity *city, GError **error)
{
  VolantCityInfo *info = &city->info;
  gboolean left = FALSE;
  g_autoptr (GBytes) bytes = NULL;
  size_t size;
  const void *data = volant_city_file_get_section (city->file, VOLANT_CITY_INFO, &size, error);

  if (data == NULL)
    return false;
  bytes = g_bytes_new (data, size);
  city->values = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  info->name = lookup_string (city->values, "name");
  info->country = lookup_string (city->values, "country");
  info->attribution = lookup_string (city->values, "attribution");
  info->source = lookup_string (city->values, "source");
  info->bounds = VOLANT_BOUNDS_EMPTY;
  g_variant_lookup (city->values, "drives-on-left", "b", &left);
  info->drives_on_left = left;
  g_variant_lookup (city->values, "bounds", "(iiii)", &info->bounds.min_lat_e7,
                    &info->bounds.min_lon_e7, &info->bounds.max_lat_e7, &info->bounds.max_lon_e7);
  g_variant_lookup (city->values, "start", "(ii)", &info->start.lat_e7, &info->start.lon_e7);
  g_variant_lookup (city->values, "order-ms", "u", &info->order_ms);
  g_variant_lookup (city->values, "tree-height", "u", &info->tree_height);
  g_variant_lookup (city->values, "search-arcs-mean", "d", &info->search_arcs_mean);
  if (!isfinite (info->search_arcs_mean))
    info->search_arcs_mean = 0.0;
  if (!is_on_earth (info))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                   "the city file says that it lies outside of the world; make it again with "
                   "“volant import”");
      return false;
    }
  return true;
}

/* Opens a city file and reads its INFO section. Errors as volant_city_file_open (). */
VolantCity *
volant_city_open (const char *path, GError **error)
{
  g_autoptr (VolantCity) city = g_new0 (VolantCity, 1);

  atomic_init (&city->ref_count, 1);
  city->file = volant_city_file_open (path, error);
  if (city->file == NULL || !read_info (city, error))
    return NULL;
  return g_steal_pointer (&city);
}

VolantCity *
volant_city_ref (VolantCity *city)
{
  atomic_fetch_add (&city->ref_count, 1);
  return city;
}

/* city may be NULL. */
void
volant_city_unref (VolantCity *city)
{
  if (city == NULL || atomic_fetch_sub (&city->ref_count, 1) != 1)
    return;
  g_clear_pointer (&city->values, g_variant_unref);
  volant_city_file_unref (city->file);
  g_free (city);
}

/* (transfer none): lives as long as the city. */
const VolantCityInfo *
volant_city_get_info (VolantCity *city)
{
  return &city->info;
}

/* (transfer none) */
VolantCityFile *
volant_city_get_file (VolantCity *city)
{
  return city->file;
}

GBytes *
volant_city_info_serialize (const VolantCityInfo *info)
{
  GVariantDict dict;
  g_autoptr (GVariant) values = NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "name", "s", info->name);
  g_variant_dict_insert (&dict, "country", "s", info->country);
  g_variant_dict_insert (&dict, "attribution", "s", info->attribution);
  g_variant_dict_insert (&dict, "source", "s", info->source);
  g_variant_dict_insert (&dict, "drives-on-left", "b", (gboolean) info->drives_on_left);
  g_variant_dict_insert (&dict, "bounds", "(iiii)", info->bounds.min_lat_e7,
                         info->bounds.min_lon_e7, info->bounds.max_lat_e7, info->bounds.max_lon_e7);
  g_variant_dict_insert (&dict, "start", "(ii)", info->start.lat_e7, info->start.lon_e7);
  g_variant_dict_insert (&dict, "order-ms", "u", info->order_ms);
  g_variant_dict_insert (&dict, "tree-height", "u", info->tree_height);
  g_variant_dict_insert (&dict, "search-arcs-mean", "d", info->search_arcs_mean);
  values = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_get_data_as_bytes (values);
}
