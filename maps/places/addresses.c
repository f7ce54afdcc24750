/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/addresses.h"

#include "maps/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* Two sources: the register of a country is taken first where there is one, OpenStreetMap fills in.
 */

#define STREET_WITHIN_M 400.0
#define MARGIN_E7 50000
#define MAX_FILE_BYTES ((size_t) 1 << 30)
#define READ_BYTES ((size_t) 1 << 20)

static void
add_house (VolantPlaceDraft *street, const VolantHouseNumber *number, VolantPoint point,
           const char *locality)
{
  VolantHouse house = { *number, point, locality };

  g_array_append_val (street->houses, house);
}

/* "12;14", "12-16": each number that is written; what lies between is not known to exist. */
static void
add_numbers (VolantPlaceDraft *street, const char *text, VolantPoint point)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ";,-/", 8);

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      VolantHouseNumber number;

      if (volant_house_number_parse (parts[i], &number))
        add_house (street, &number, point, NULL);
    }
}

static void
add_osm_address (VolantStreets *streets, const char *number, const char *street_name,
                 const char *place_name, const char *kind, int64_t id, VolantPoint point)
{
  const char *name = street_name != NULL ? street_name : place_name;
  VolantPlaceDraft *street;

  if (number == NULL || name == NULL || *name == '\0')
    return;
  street = volant_streets_find (streets, name, point, STREET_WITHIN_M);
  if (street == NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s/%" G_GINT64_FORMAT, kind, id);

      street = volant_place_draft_new (VOLANT_PLACE_STREET, text, name);
      street->point = point;
      street->importance = 40;
      volant_streets_add (streets, street);
    }
  add_numbers (street, number, point);
}

void
volant_addresses_collect (VolantStreets *streets, const VolantOsm *osm)
{
  for (size_t i = 0; i < osm->n_nodes; i++)
    if (osm->nodes[i].n_tags > 0)
      add_osm_address (streets, volant_osm_node_tag (osm, &osm->nodes[i], "addr:housenumber"),
                       volant_osm_node_tag (osm, &osm->nodes[i], "addr:street"),
                       volant_osm_node_tag (osm, &osm->nodes[i], "addr:place"), "node",
                       osm->nodes[i].id, osm->nodes[i].point);
  for (size_t i = 0; i < osm->n_ways; i++)
    {
      const VolantOsmWay *way = &osm->ways[i];
      const char *number = volant_osm_way_tag (osm, way, "addr:housenumber");
      VolantPoint point;

      /* The building may be the street's own area in another life: its own tag wins. */
      if (number != NULL && volant_osm_way_tag (osm, way, "highway") == NULL &&
          volant_place_way_point (osm, way, &point))
        add_osm_address (streets, number, volant_osm_way_tag (osm, way, "addr:street"),
                         volant_osm_way_tag (osm, way, "addr:place"), "way", way->id, point);
    }
}

enum {
  BAN_ID,
  BAN_NUMBER,
  BAN_SUFFIX,
  BAN_STREET,
  BAN_CODE,
  BAN_TOWN,
  BAN_LON,
  BAN_LAT,
  BAN_N_COLUMNS,
};

static bool
find_ban_columns (VolantCsv *csv, int *columns)
{
  static const char *const titles[BAN_N_COLUMNS] = {
    "id", "numero", "rep", "nom_voie", "code_postal", "nom_commune", "lon", "lat",
  };

  if (!volant_csv_next (csv))
    return false;
  for (unsigned i = 0; i < BAN_N_COLUMNS; i++)
    if ((columns[i] = volant_csv_find (csv, titles[i])) < 0)
      return false;
  return true;
}

static bool
read_ban_point (VolantCsv *csv, const int *columns, VolantPoint *point)
{
  g_autofree char *text = g_strdup_printf ("%s,%s", volant_csv_get (csv, columns[BAN_LAT]),
                                           volant_csv_get (csv, columns[BAN_LON]));

  return volant_point_parse (text, point, NULL) && (point->lat_e7 != 0 || point->lon_e7 != 0);
}

static bool
read_ban_number (VolantCsv *csv, const int *columns, VolantHouseNumber *number)
{
  g_autofree char *text = g_strdup_printf ("%s %s", volant_csv_get (csv, columns[BAN_NUMBER]),
                                           volant_csv_get (csv, columns[BAN_SUFFIX]));

  /* A few suffixes are of several letters ("bv"): the house is found without them. */
  return volant_house_number_parse (text, number) ||
         volant_house_number_parse (volant_csv_get (csv, columns[BAN_NUMBER]), number);
}

/* "75101_5824_00004" → "ban/75101_5824". */
static char *
make_street_id (const char *address_id)
{
  const char *end = strrchr (address_id, '_');

  return end == NULL ? g_strdup_printf ("ban/%s", address_id)
                     : g_strdup_printf ("ban/%.*s", (int) (end - address_id), address_id);
}

/* A street may lie in several towns: its first is the one that is told, all are found. */
static void
add_town (VolantPlaceDraft *street, const char *town, const char *postal_code)
{
  if (*street->locality == '\0')
    {
      g_free (street->locality);
      street->locality = g_strdup (town);
    }
  g_hash_table_add (street->more_words, g_strdup (town));
  g_hash_table_add (street->more_words, g_strdup (postal_code));
}

static VolantPlaceDraft *
find_ban_street (VolantStreets *streets, VolantCsv *csv, const int *columns, VolantPoint point)
{
  const char *name = volant_csv_get (csv, columns[BAN_STREET]);
  VolantPlaceDraft *street = volant_streets_find (streets, name, point, STREET_WITHIN_M);

  if (street == NULL)
    {
      g_autofree char *id = make_street_id (volant_csv_get (csv, columns[BAN_ID]));

      street = volant_place_draft_new (VOLANT_PLACE_STREET, id, name);
      street->point = point;
      street->importance = 40;
      volant_streets_add (streets, street);
    }
  add_town (street, volant_csv_get (csv, columns[BAN_TOWN]),
            volant_csv_get (csv, columns[BAN_CODE]));
  return street;
}

/* A street known from its houses is where its houses are: each widens its box, so that the next
 * house finds it. */
static void
widen (VolantPlaceDraft *street, VolantPoint point)
{
  VolantBounds box = VOLANT_BOUNDS_EMPTY;

  if (!g_str_has_prefix (street->id, "ban/"))
    return;
  if (street->boxes->len > 0)
    {
      volant_bounds_add (&g_array_index (street->boxes, VolantBounds, 0), point);
      return;
    }
  volant_bounds_add (&box, point);
  g_array_append_val (street->boxes, box);
}

int64_t
volant_addresses_read_ban (VolantStreets *streets, GBytes *bytes, GError **error)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (VolantCsv) csv = volant_csv_new (data, size, ';');
  VolantBounds bounds = volant_streets_get_bounds (streets);
  bool is_open = volant_bounds_is_empty (&bounds);
  int columns[BAN_N_COLUMNS];
  int64_t n_valid = 0;
  int64_t n_taken = 0;

  if (!find_ban_columns (csv, columns))
    {
      g_set_error_literal (
          error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
          "The address file is not a CSV of the Base Adresse Nationale: its first "
          "line must name id, numero, rep, nom_voie, code_postal, nom_commune, lon "
          "and lat, parted by semicolons");
      return -1;
    }
  if (!is_open)
    {
      bounds.min_lat_e7 -= MARGIN_E7;
      bounds.min_lon_e7 -= MARGIN_E7;
      bounds.max_lat_e7 += MARGIN_E7;
      bounds.max_lon_e7 += MARGIN_E7;
    }
  while (volant_csv_next (csv))
    {
      VolantHouseNumber number;
      VolantPlaceDraft *street;
      VolantPoint point;
      const char *town;

      if (*volant_csv_get (csv, columns[BAN_STREET]) == '\0' ||
          !read_ban_point (csv, columns, &point) || !read_ban_number (csv, columns, &number))
        continue;
      n_valid++;
      if (!is_open && !volant_bounds_contain (&bounds, point))
        continue;
      street = find_ban_street (streets, csv, columns, point);
      widen (street, point);
      town = volant_csv_get (csv, columns[BAN_TOWN]);
      add_house (street, &number, point,
                 strcmp (town, street->locality) != 0 ? volant_streets_intern (streets, town)
                                                      : NULL);
      n_taken++;
    }
  if (n_valid == 0)
    {
      g_set_error_literal (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                           "The address file has no address with street, number and position");
      return -1;
    }
  return n_taken;
}

GBytes *
volant_addresses_load_file (const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gzFile file = descriptor >= 0 ? gzdopen (descriptor, "rb") : NULL;
  int n = -1;
  int problem = errno;

  if (file == NULL)
    {
      if (descriptor >= 0)
        close (descriptor);
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND,
                   "Cannot open the address file %s: %s", path, g_strerror (problem));
      return NULL;
    }
  do
    {
      guint before = bytes->len;

      g_byte_array_set_size (bytes, before + READ_BYTES);
      n = gzread (file, bytes->data + before, READ_BYTES);
      g_byte_array_set_size (bytes, before + (guint) MAX (n, 0));
  } while (n > 0 && bytes->len < MAX_FILE_BYTES);
  /* A gzip file that is cut off shows only when it is closed. */
  if (gzclose (file) != Z_OK || n != 0)
    {
      g_set_error (error, VOLANT_MAPS_ERROR,
                   n > 0 ? VOLANT_MAPS_ERROR_TOO_LARGE : VOLANT_MAPS_ERROR_CORRUPT,
                   "The address file %s is %s", path,
                   n > 0 ? "larger than 1 GiB; give that of one département"
                         : "damaged or cut off; fetch it again");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
